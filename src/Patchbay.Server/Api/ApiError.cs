using System.Text.Json.Nodes;

namespace Patchbay.Server.Api;

/// <summary>The body of every error of our own API: <c>{"error":{"code","message","detail"}}</c>.</summary>
/// <param name="Code">Stable, <c>PB1203</c>; its page says more.</param>
/// <param name="Message">What failed and who must do what. Never a secret, never a body.</param>
public sealed record ApiError(string Code, string Message, JsonNode? Detail = null)
{
    public static IResult Result(int status, string code, string message, JsonNode? detail = null) =>
        TypedResults.Json(new ApiErrorBody(new ApiError(code, message, detail)), statusCode: status);

    public static Task WriteAsync(HttpContext context, int status, string code, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new ApiErrorBody(new ApiError(code, message)));
    }
}

public sealed record ApiErrorBody(ApiError Error);
