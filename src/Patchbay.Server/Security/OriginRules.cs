namespace Patchbay.Server.Security;

/// <summary>Against cross-site requests: a change authenticated by cookie must come from the dashboard's own pages
/// (DESIGN 3.1).</summary>
internal static class OriginRules
{
    public const string Header = "X-Patchbay";

    public static bool IsChange(string method) => !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsOptions(method);

    /// <returns>Null if the request may pass, otherwise why not.</returns>
    public static string? Refusal(HttpRequest request, Uri publicUrl)
    {
        if (!request.HasJsonContentType() && !request.Headers.ContainsKey(Header))
            return "A change needs the content type application/json or the header X-Patchbay.";
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
            return site == "same-origin" ? null : "A change must come from the dashboard's own pages.";
        return request.Headers.Origin.ToString() == publicUrl.GetLeftPart(UriPartial.Authority)
            ? null : "A change must come from the dashboard's own pages (its Origin is another, or missing).";
    }
}
