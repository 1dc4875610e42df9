using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.Notion;

/// <summary>
/// Notion's no, on its way out of the middle of a body that is read piece by piece. An exception and not a value,
/// because it can arise ten levels deep in a tree of blocks and must undo the transaction around it.
/// </summary>
internal sealed class NotionRefusal(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public JsonObject? More { get; init; }

    public static NotionRefusal Validation(string message) => new(400, "validation_error", message);

    /// <summary>The body's shape is wrong: Notion names the path and what it found.</summary>
    public static NotionRefusal Body(string path, string should, JsonNode? instead) =>
        new(400, "validation_error", $"body failed validation: body.{path} should be {should}, instead was `{Shown(instead)}`.");

    public static NotionRefusal Missing(string path) => new(400, "validation_error", $"body failed validation: body.{path} should be defined, instead was `undefined`.");

    public static NotionRefusal NotFound(string what, string id, string integration) => new(404, "object_not_found",
        $"Could not find {what} with ID: {id}. Make sure the relevant pages and databases are shared with your integration \"{integration}\".");

    public static NotionRefusal Unauthorized { get; } = new(401, "unauthorized", "API token is invalid.");

    public static NotionRefusal Restricted { get; } = new(403, "restricted_resource", "Insufficient permissions for this endpoint.");

    public static NotionRefusal InvalidJson { get; } = new(400, "invalid_json", "Error parsing JSON body.");

    public static NotionRefusal Url { get; } = new(400, "invalid_request_url", "Invalid request URL.");

    private static string Shown(JsonNode? node)
    {
        var text = node?.ToJsonString(Http.Json.Options) ?? "null";
        return text.Length > 200 ? text[..200] + "..." : text;
    }
}
