namespace Patchbay.Sandbox.Http;

/// <summary>
/// Answers only to the loopback names it was opened under (421 otherwise), so that a foreign page which
/// points its own domain at 127.0.0.1 (DNS rebinding) reaches nothing.
/// </summary>
internal static class HostCheck
{
    public static async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        var host = context.Request.Host;
        if (host.Port == context.Connection.LocalPort && host.Host is "127.0.0.1" or "localhost")
        {
            await next(context);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        await context.Response.WriteAsync("The sandbox answers only to 127.0.0.1 and localhost with its own port.\n", context.RequestAborted);
    }
}
