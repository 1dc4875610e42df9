using System.Text.Encodings.Web;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Google;

/// <summary>What Google's front end answers before any product sees the call.</summary>
internal static class GooglePages
{
    /// <summary>An unknown path is a page at Google, not JSON: clients that parse it anyway should fail here as they would there.</summary>
    public static async Task NotFoundAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        var below = path[(VendorPath.Host(context.Request.Path).Length + 1)..];
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        context.Response.ContentType = "text/html; charset=UTF-8";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";
        await context.Response.WriteAsync(
            $"<!DOCTYPE html><html lang=en><meta charset=utf-8><title>Error 404 (Not Found)!!1</title><p><b>404.</b> That's an error. <p>The requested URL <code>{HtmlEncoder.Default.Encode(below)}</code> was not found on this server. (Patchbay sandbox, not Google.)\n",
            context.RequestAborted);
    }

    public static Task FailAsync(HttpContext context, int status) => (status switch
    {
        429 => GoogleAnswer.Error(429, "Quota exceeded for quota metric 'Queries' and limit 'Queries per minute per user'.", "rateLimitExceeded", "RESOURCE_EXHAUSTED"),
        401 => GoogleAnswer.Error(401, "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.", "authError", "UNAUTHENTICATED"),
        403 => GoogleAnswer.Error(403, "User Rate Limit Exceeded", "userRateLimitExceeded", "PERMISSION_DENIED"),
        404 => GoogleAnswer.Error(404, "Requested entity was not found.", "notFound", "NOT_FOUND"),
        < 500 => GoogleAnswer.Error(status, "Request contains an invalid argument.", "badRequest", status == 409 ? "ABORTED" : "INVALID_ARGUMENT"),
        503 => GoogleAnswer.Error(503, "The service is currently unavailable.", "backendError", "UNAVAILABLE"),
        _ => GoogleAnswer.Error(status, "Internal error encountered.", "backendError", "INTERNAL"),
    }).WriteAsync(context);
}
