using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.TikTok;

/// <summary>An answer of TikTok's API: data, and an error whose code is "ok" when there is none.</summary>
internal sealed record TikTokAnswer(int Status, JsonObject Data, string Code, string Message)
{
    public static TikTokAnswer Ok(JsonObject data) => new(StatusCodes.Status200OK, data, "ok", "");

    public static TikTokAnswer Error(int status, string code, string message) => new(status, [], code, message);

    public static TikTokAnswer Invalid(string message) => Error(StatusCodes.Status400BadRequest, "invalid_params", message);

    /// <summary>The posting calls have a name of their own for it.</summary>
    public static TikTokAnswer InvalidPost(string message) => Error(StatusCodes.Status400BadRequest, "invalid_param", message);

    public static TikTokAnswer TokenInvalid => Error(StatusCodes.Status401Unauthorized, "access_token_invalid", "The access token is invalid or not found in the request.");

    public static TikTokAnswer ScopeMissing(string? fields = null) => Error(StatusCodes.Status401Unauthorized, "scope_not_authorized",
        "The user did not authorize the scope required for completing this request." + (fields is null ? "" : $" Fields that need it: {fields}"));

    public Task WriteAsync(HttpContext context, TimeProvider time) => Json.WriteAsync(context, Status, new JsonObject
    {
        ["data"] = Data,
        ["error"] = new JsonObject { ["code"] = Code, ["message"] = Message, ["log_id"] = LogId(time) },
    });

    /// <summary>A time and something random, as TikTok's are.</summary>
    public static string LogId(TimeProvider time) =>
        time.GetUtcNow().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture) + Guid.NewGuid().ToString("N")[..18].ToUpperInvariant();
}
