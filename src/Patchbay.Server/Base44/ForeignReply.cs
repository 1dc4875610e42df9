using Patchbay.Platform.Functions;
using Patchbay.Server.Api;
using Patchbay.Server.Security;

namespace Patchbay.Server.Base44;

/// <summary>Passes on what a function answered. Its bytes are not ours: on the dashboard's host they can neither run nor be
/// opened in place, and nowhere may they set cookies or wipe what browsers keep of us (DESIGN 3.1).</summary>
internal static class ForeignReply
{
    private static readonly HashSet<string> DroppedEverywhere = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Content-Length",
        "Set-Cookie", "Clear-Site-Data", "Service-Worker-Allowed", "Strict-Transport-Security", "Alt-Svc", "NEL", "Report-To", "Reporting-Endpoints", "Public-Key-Pins",
    };

    private static readonly HashSet<string> DroppedOnDashboard = new(StringComparer.OrdinalIgnoreCase)
    {
        "Content-Security-Policy", "Content-Disposition", "X-Frame-Options", "X-Content-Type-Options", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy",
        "Cross-Origin-Embedder-Policy", "Refresh", "Link", "SourceMap",
    };

    public static async Task WriteAsync(HttpContext context, FunctionCall call)
    {
        var response = context.Response;
        if (call.Problem != FunctionProblem.None)
        {
            await ApiError.WriteAsync(context, StatusOf(call.Problem), "PB1801", call.Message ?? "The function gave no answer.");
            return;
        }
        var onAppHost = context.Features.Get<AppOrigin>() is not null;
        response.StatusCode = call.Status;
        foreach (var (name, value) in call.Headers)
        {
            if (!DroppedEverywhere.Contains(name) && (onAppHost || !DroppedOnDashboard.Contains(name) && !name.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase)))
                response.Headers.Append(name, value);
        }
        response.Headers.XContentTypeOptions = "nosniff";
        if (!onAppHost)
        {
            response.Headers.ContentSecurityPolicy = SecurityHeaders.ForeignPolicy;
            if (!IsPlain(response.ContentType))
                response.Headers.ContentDisposition = "attachment";
        }
        await call.Body.CopyToAsync(response.Body, context.RequestAborted);
    }

    /// <summary>JSON and plain text may be shown in place: with nosniff no browser takes them for a page.</summary>
    private static bool IsPlain(string? contentType) =>
        contentType?.Split(';')[0].Trim().ToLowerInvariant() is "application/json" or "text/plain";

    private static int StatusOf(FunctionProblem problem) => problem switch
    {
        FunctionProblem.Missing => 404,
        FunctionProblem.NotAllowed => 402,
        FunctionProblem.Cancelled => 499,
        _ => 502,
    };
}
