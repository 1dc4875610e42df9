using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Http;

/// <summary>Replies and bodies as JSON trees: vendors' shapes are too irregular for a type each.</summary>
internal static class Json
{
    /// <summary>Non-ASCII stays readable; the replies are never embedded in markup.</summary>
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // A name twice in one object parses otherwise, and throws only when it is first read.
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    public static async Task WriteAsync(HttpContext context, int status, JsonNode body)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, Options);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    /// <summary>Null when the text is not JSON; never throws for bad input.</summary>
    public static JsonNode? TryParse(string text)
    {
        try
        {
            return Readable(JsonNode.Parse(text, documentOptions: Strict));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The body as an object; null when it is anything else.</summary>
    public static async Task<JsonObject?> ReadObjectAsync(HttpContext context)
    {
        try
        {
            return Readable(await JsonNode.ParseAsync(context.Request.Body, documentOptions: Strict, cancellationToken: context.RequestAborted)) as JsonObject;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Reads every text once: half a surrogate pair as an escape parses, and would throw wherever it is first read.</summary>
    private static JsonNode? Readable(JsonNode? node)
    {
        Read(node);
        return node;
    }

    private static void Read(JsonNode? node)
    {
        if (node is JsonObject map)
        {
            foreach (var (_, value) in map)
                Read(value);
        }
        else if (node is JsonArray list)
        {
            foreach (var item in list)
                Read(item);
        }
        else
        {
            _ = node?.GetValueKind() == JsonValueKind.String && node.AsValue().TryGetValue<string>(out _);
        }
    }

    /// <summary>A string member; null when absent or not a string.</summary>
    public static string? Text(this JsonNode? node, string member) =>
        node is JsonObject map && map[member] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>A member of any kind; null when absent or when the node is no object.</summary>
    public static JsonNode? Child(this JsonNode? node, string member) => node is JsonObject map ? map[member] : null;

    public static bool Flag(this JsonNode? node, string member) =>
        node is JsonObject map && map[member] is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;

    public static int? Number(this JsonNode? node, string member) =>
        node is JsonObject map && map[member] is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;

    /// <summary>The strings of a list member; empty when absent, other items are left out.</summary>
    public static IReadOnlyList<string> Texts(this JsonNode? node, string member) =>
        node is JsonObject map && map[member] is JsonArray list
            ? [.. list.OfType<JsonValue>().Select(item => item.TryGetValue<string>(out var text) ? text : null).OfType<string>()]
            : [];

    public static JsonArray Array(IEnumerable<string> items) => [.. items.Select(item => (JsonNode)item)];
}
