using System.Text.Json;
using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.Salesforce;

/// <summary>Reading of JSON bodies that never throws later: no repeated names, no halves of characters.</summary>
internal static class SalesforceJson
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    /// <summary>Null when the text is not JSON.</summary>
    public static JsonNode? Parse(string text)
    {
        try
        {
            var node = JsonNode.Parse(text, documentOptions: Options);
            Touch(node);
            return node;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    public static JsonObject Object(string text) =>
        Parse(text) as JsonObject ?? throw new SalesforceRefusal(SalesforceError.BadJson("Unexpected content: the body must be a JSON object at [line:1, column:1]"));

    public static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>The objects of a list member; others are refused.</summary>
    public static IReadOnlyList<JsonObject> Objects(JsonObject body, string member)
    {
        if (body[member] is not JsonArray list)
            throw new SalesforceRefusal(SalesforceError.BadJson($"Missing or wrong member '{member}': a list is expected"));
        return [.. list.Select(item => item as JsonObject ?? throw new SalesforceRefusal(SalesforceError.BadJson($"'{member}' must be a list of objects")))];
    }

    /// <summary>A string with an unpaired surrogate parses, and throws only when it is read: it is read here.</summary>
    private static void Touch(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var (_, member) in map)
                    Touch(member);
                break;
            case JsonArray list:
                foreach (var item in list)
                    Touch(item);
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                value.GetValue<string>();
                break;
        }
    }
}
