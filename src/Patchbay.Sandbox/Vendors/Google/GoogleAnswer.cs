using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Google;

/// <summary>An answer of a Google API: a body, or an error in Google's shape.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">Null sends no body (204).</param>
internal sealed record GoogleAnswer(int Status, JsonObject? Body)
{
    /// <summary>Value of a WWW-Authenticate header.</summary>
    public string? Challenge { get; init; }

    /// <summary>Bytes instead of a JSON body.</summary>
    public GoogleMedia? Media { get; init; }

    /// <summary>More headers of the answer.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public static GoogleAnswer Ok(JsonObject body) => new(StatusCodes.Status200OK, body);

    public static GoogleAnswer NotFound { get; } = Error(404, "Requested entity was not found.", "notFound", "NOT_FOUND");

    public static GoogleAnswer Invalid(string message) => Error(400, message, "invalidArgument", "INVALID_ARGUMENT");

    public static GoogleAnswer Error(int code, string message, string reason, string status, JsonObject? at = null, params ReadOnlySpan<JsonNode?> details)
    {
        var first = new JsonObject { ["message"] = message, ["domain"] = "global", ["reason"] = reason };
        if (at is not null)
        {
            foreach (var (name, value) in at)
                first[name] = value?.DeepClone();
        }

        var error = new JsonObject { ["code"] = code, ["message"] = message, ["errors"] = new JsonArray(first), ["status"] = status };
        if (!details.IsEmpty)
            error["details"] = new JsonArray([.. details]);
        return new GoogleAnswer(code, new JsonObject { ["error"] = error });
    }

    public static GoogleAnswer Unauthenticated(bool presented) => Error(
        401,
        presented
            ? "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential."
            : "Request is missing required authentication credential. Expected OAuth 2 access token, login cookie or other valid authentication credential.",
        presented ? "authError" : "required",
        "UNAUTHENTICATED",
        new JsonObject { ["location"] = "Authorization", ["locationType"] = "header" }) with
    {
        Challenge = presented ? "Bearer realm=\"https://accounts.google.com/\", error=\"invalid_token\"" : "Bearer realm=\"https://accounts.google.com/\"",
    };

    /// <param name="field">The part of the mask that names nothing.</param>
    public static GoogleAnswer InvalidFields(string field) => Error(400, $"Invalid field selection {field}", "invalidParameter", "INVALID_ARGUMENT",
        new JsonObject { ["location"] = "fields", ["locationType"] = "parameter" });

    /// <param name="service">Such as gmail.googleapis.com.</param>
    /// <param name="method">Google's own name of the method.</param>
    /// <param name="accepted">Any of these would have done.</param>
    public static GoogleAnswer ScopeInsufficient(string service, string method, IEnumerable<string> accepted) => Error(
        403, "Request had insufficient authentication scopes.", "insufficientPermissions", "PERMISSION_DENIED", null,
        new JsonObject
        {
            ["@type"] = "type.googleapis.com/google.rpc.ErrorInfo",
            ["reason"] = "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
            ["domain"] = "googleapis.com",
            ["metadata"] = new JsonObject { ["service"] = service, ["method"] = method },
        }) with
    {
        Challenge = $"Bearer realm=\"https://accounts.google.com/\", error=\"insufficient_scope\", scope=\"{string.Join(' ', accepted)}\"",
    };

    /// <summary>Writes it; a <c>fields</c> mask of the request is honoured.</summary>
    public async Task WriteAsync(HttpContext context)
    {
        if (Status == StatusCodes.Status200OK && Media is null && context.Request.Query["fields"].ToString() is { Length: > 0 } mask)
        {
            if (GoogleFields.Parse(mask) is not { } fields)
            {
                await InvalidFields(mask).WriteAsync(context);
                return;
            }

            fields.Keep(Body);
        }

        if (Challenge is not null)
            context.Response.Headers.WWWAuthenticate = Challenge;
        foreach (var (name, value) in Headers)
            context.Response.Headers[name] = value;
        if (Media is not null)
        {
            await Media.WriteAsync(context);
            return;
        }

        if (Body is null)
        {
            context.Response.StatusCode = Status;
            return;
        }

        await Json.WriteAsync(context, Status, Body);
    }
}
