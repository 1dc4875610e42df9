using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.HubSpot;

/// <summary>An answer of HubSpot's API.</summary>
/// <param name="Status">Exact: its own client libraries take a wrong 2xx for a failure.</param>
/// <param name="Body">Null sends none.</param>
internal sealed record HubSpotAnswer(int Status, JsonNode? Body)
{
    public static HubSpotAnswer NoContent { get; } = new(StatusCodes.Status204NoContent, null);

    public static HubSpotAnswer Ok(JsonNode body) => new(StatusCodes.Status200OK, body);

    public static HubSpotAnswer Created(JsonNode body) => new(StatusCodes.Status201Created, body);

    public static HubSpotAnswer Error(int status, string category, string message, params ReadOnlySpan<JsonNode?> errors)
    {
        var body = new JsonObject { ["status"] = "error", ["message"] = message, ["correlationId"] = Guid.NewGuid().ToString() };
        if (!errors.IsEmpty)
            body["errors"] = new JsonArray([.. errors]);
        body["category"] = category;
        return new HubSpotAnswer(status, body);
    }

    public static HubSpotAnswer Invalid(string message, params ReadOnlySpan<JsonNode?> errors) => Error(StatusCodes.Status400BadRequest, "VALIDATION_ERROR", message, errors);

    public static HubSpotAnswer NotFound(string message = "resource not found") => Error(StatusCodes.Status404NotFound, "OBJECT_NOT_FOUND", message);

    public static HubSpotAnswer Conflict(string message) => Error(StatusCodes.Status409Conflict, "CONFLICT", message);

    public static HubSpotAnswer Unauthenticated(string message, string category = "INVALID_AUTHENTICATION") =>
        Error(StatusCodes.Status401Unauthorized, category, message);

    public static HubSpotAnswer MissingScopes(IEnumerable<string> accepted)
    {
        var answer = Error(
            StatusCodes.Status403Forbidden, "MISSING_SCOPES",
            "This app hasn't been granted all required scopes to make this call. Read more about required scopes here: https://developers.hubspot.com/scopes.",
            new JsonObject
            {
                ["message"] = "One or more of the following scopes are required.",
                ["context"] = new JsonObject { ["requiredGranularScopes"] = Json.Array(accepted) },
            });
        answer.Body!["links"] = new JsonObject { ["scopes"] = "https://developers.hubspot.com/scopes" };
        return answer;
    }

    public async Task WriteAsync(HttpContext context)
    {
        if (Body is null)
            context.Response.StatusCode = Status;
        else
            await Json.WriteAsync(context, Status, Body);
    }
}

/// <summary>
/// A refusal from deep inside a call. Thrown rather than returned, because leaving <c>Store.Atomic</c> by an exception
/// takes back what the call has written so far: a batch that fails at its last record leaves nothing behind.
/// </summary>
internal sealed class HubSpotRefusalException(HubSpotAnswer answer) : Exception("HubSpot refuses the call.")
{
    public HubSpotAnswer Answer => answer;
}
