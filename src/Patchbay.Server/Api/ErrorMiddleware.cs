using System.Text.Json;
using Patchbay.Platform;
using Patchbay.Platform.Apps.Entities;
using Patchbay.Server.Base44;
using Patchbay.Vault.OAuth;

namespace Patchbay.Server.Api;

/// <summary>Turns refusals into our error body, and everything unforeseen into a 500 that says nothing of its cause.</summary>
internal sealed partial class ErrorMiddleware(RequestDelegate next, ILogger<ErrorMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller is gone: there is nobody to answer.
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            var (status, error) = Of(e);
            if (status == 500)
                LogUnforeseen(context.Request.Method, context.Request.Path, e);
            context.Response.StatusCode = status;
            // Base44's clients read the message at the top level.
            if (context.Request.Path.StartsWithSegments("/api/apps", StringComparison.Ordinal))
                await context.Response.WriteAsJsonAsync(ForeignError.Of(status, error.Code, error.Message, error.Detail));
            else
                await context.Response.WriteAsJsonAsync(new ApiErrorBody(error));
        }
    }

    private static (int, ApiError) Of(Exception e) => e switch
    {
        UserVisibleException refusal => (StatusOf(refusal.Kind), new(refusal.Code, refusal.Message, refusal.Detail)),
        RecordRefusedException refused => (422, new("PB1608", refused.Message)),
        VaultRefusedException { Code: "PB2115" } refused => (422, new(refused.Code, refused.Message)),
        VaultRefusedException { Code: "PB2117" } refused => (404, new(refused.Code, refused.Message)),
        VaultRefusedException refused => (409, new(refused.Code, refused.Message)),
        BadHttpRequestException bad => (bad.StatusCode, new("PB1002", bad.StatusCode == 413 ? "The request is too large." : "The request is not what this address takes. Compare it with /openapi/v1.json.")),
        JsonException => (400, new("PB1002", "The request's body is no JSON of the shape this address takes. Compare it with /openapi/v1.json.")),
        _ => (500, new("PB1000", "Something failed on our side. An operator finds the cause in the server's log.")),
    };

    public static int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.NotFound => 404,
        RefusalKind.Invalid => 422,
        RefusalKind.Conflict => 409,
        RefusalKind.Forbidden => 403,
        RefusalKind.PlanOrSwitch => 402,
        RefusalKind.NeedsPerson => 401,
        RefusalKind.TooMany => 429,
        RefusalKind.Gone => 410,
        RefusalKind.TooLarge => 413,
        _ => 500,
    };

    [LoggerMessage(EventId = 1000, Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private partial void LogUnforeseen(string method, string path, Exception exception);
}
