using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.State;
using Patchbay.Sandbox.Vendors.Google.Gmail.Mime;

namespace Patchbay.Sandbox.Vendors.Google.Gmail;

/// <summary>Messages as the API writes them.</summary>
internal static class GmailShapes
{
    public static JsonObject Reference(GmailMessage message) => new() { ["id"] = message.Id, ["threadId"] = message.ThreadId };

    public static JsonObject Brief(GmailMessage message)
    {
        var shape = Reference(message);
        shape["labelIds"] = Json.Array(message.Labels);
        return shape;
    }

    /// <param name="message">Which.</param>
    /// <param name="raw">Its bytes.</param>
    /// <param name="format">full, metadata, minimal or raw.</param>
    /// <param name="headers">With metadata: only these; empty for all.</param>
    public static JsonObject Message(GmailMessage message, byte[] raw, string format, IReadOnlyList<string> headers)
    {
        var shape = Brief(message);
        shape["snippet"] = message.Snippet;
        shape["historyId"] = $"{message.HistoryId}";
        shape["internalDate"] = $"{message.Date}";
        shape["sizeEstimate"] = message.Size;
        switch (format)
        {
            case "raw":
                shape["raw"] = Secrets.Base64Url(raw);
                break;
            case "metadata":
                var whole = MimeParser.Parse(raw);
                shape["payload"] = new JsonObject
                {
                    ["mimeType"] = whole.MediaType,
                    ["headers"] = Headers(whole.Headers.Where(header => headers.Count == 0 || headers.Contains(header.Name, StringComparer.OrdinalIgnoreCase))),
                };
                break;
            case "full":
                shape["payload"] = Part(MimeParser.Parse(raw), "");
                break;
        }

        return shape;
    }

    /// <summary>The part of an id such as "1.0"; null when there is none.</summary>
    public static MimePart? FindPart(MimePart root, string id)
    {
        var part = root;
        foreach (var step in id.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!int.TryParse(step, out var index) || index < 0 || index >= part.Parts.Count)
                return null;
            part = part.Parts[index];
        }

        return part;
    }

    private static JsonObject Part(MimePart part, string id)
    {
        var body = new JsonObject { ["size"] = part.Body.Length };
        if (part.FileName.Length > 0)
            body["attachmentId"] = "att-" + id;
        else if (part.Parts.Count == 0)
            body["data"] = Secrets.Base64Url(part.Body);

        var shape = new JsonObject
        {
            ["partId"] = id,
            ["mimeType"] = part.MediaType,
            ["filename"] = part.FileName,
            ["headers"] = Headers(part.Headers),
            ["body"] = body,
        };
        if (part.Parts.Count > 0)
            shape["parts"] = new JsonArray([.. part.Parts.Select((child, index) => (JsonNode)Part(child, id.Length == 0 ? $"{index}" : $"{id}.{index}"))]);
        return shape;
    }

    private static JsonArray Headers(IEnumerable<MimeHeader> headers) =>
        [.. headers.Select(header => (JsonNode)new JsonObject { ["name"] = header.Name, ["value"] = header.Value })];
}
