namespace Patchbay.Sandbox.Http;

/// <summary>Reading of forms that never throws for bad input.</summary>
internal static class Forms
{
    /// <summary>The form, or an empty one when the body is not a form or a broken one.</summary>
    public static async Task<IFormCollection> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
            return FormCollection.Empty;
        try
        {
            return await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            return FormCollection.Empty;
        }
    }

    /// <summary>A browser says where a post comes from; another site's is refused. Other clients say nothing.</summary>
    public static bool FromElsewhere(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"] is [{ } site] && site is not ("same-origin" or "none")
        || request.Headers.Origin is [{ } origin] && origin != $"{request.Scheme}://{request.Host}";
}
