using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Notion.Values;

/// <summary>Icons, covers and files: an emoji, an address elsewhere, or something that was uploaded.</summary>
internal sealed class FileValue(NotionFiles files)
{
    public JsonObject? Icon(JsonNode? node, string path, NotionCall call) => node switch
    {
        null => null,
        JsonObject given when given.Text("emoji") is { Length: > 0 } emoji => new JsonObject { ["type"] = "emoji", ["emoji"] = emoji },
        JsonObject given => Read(given, path, call),
        _ => throw NotionRefusal.Body(path, "an object or `null`", node),
    };

    public JsonObject? Cover(JsonNode? node, string path, NotionCall call) => node switch
    {
        null => null,
        JsonObject given => Read(given, path, call),
        _ => throw NotionRefusal.Body(path, "an object or `null`", node),
    };

    /// <summary>A file in stored form: external as it came, an upload as {type: "file_upload", id}, whose address is made when it is shown.</summary>
    public JsonObject Read(JsonObject given, string path, NotionCall call)
    {
        if (given["external"] is JsonObject external)
        {
            var url = external.Text("url");
            if (url is null || url.Length > 2000)
                throw NotionRefusal.Body($"{path}.external.url", "a string of at most 2000 characters", external["url"]);
            if (!Uri.TryCreate(url, UriKind.Absolute, out _))
                throw NotionRefusal.Validation($"Invalid URL for {path}.external.url.");
            return new JsonObject { ["type"] = "external", ["external"] = new JsonObject { ["url"] = url } };
        }

        if (given["file_upload"] is JsonObject upload)
        {
            var id = NotionIds.Parse(upload.Text("id")) ?? throw NotionRefusal.Body($"{path}.file_upload.id", "a valid uuid", upload["id"]);
            files.Attach(id, call);
            return new JsonObject { ["type"] = "file_upload", ["file_upload"] = new JsonObject { ["id"] = id } };
        }

        // A file that Notion showed before comes back with an address that ran out: the id in it says which.
        if (given["file"].Text("url") is { } shown && NotionFiles.IdInAddress(shown) is { } known)
            return new JsonObject { ["type"] = "file_upload", ["file_upload"] = new JsonObject { ["id"] = known } };
        throw NotionRefusal.Body(path, "an external file or a file upload", given);
    }

    public JsonNode? Shown(JsonObject? stored) => stored.Text("type") switch
    {
        null => null,
        "file_upload" => files.Shown(stored!["file_upload"].Text("id")!),
        _ => stored!.DeepClone(),
    };
}
