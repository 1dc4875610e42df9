using System.Text.Json;

namespace Patchbay.Platform.Chat.Planning;

/// <summary>
/// An app's schema from a file: <c>{"app","timezone","entities":{"Task":{"plural","synonyms"?,"fields":{"title":"string",
/// "status":{"enum":[...]}}}}}</c>.
/// </summary>
public static class AppSchemaFile
{
    /// <exception cref="JsonException">The text is no JSON, or not of this form.</exception>
    public static (AppSchema Schema, string TimeZone) Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("entities", out var entities) || entities.ValueKind != JsonValueKind.Object)
            throw new JsonException("An app schema is an object with \"entities\".");
        return (new(Text(root, "app") ?? "App", [.. entities.EnumerateObject().Select(e => Entity(e.Name, e.Value))]), Text(root, "timezone") ?? "UTC");
    }

    /// <summary>The same from the JSON Schema of an entity (<c>type</c>, <c>format</c>, <c>enum</c>), as records have it.</summary>
    public static EntitySchema FromJsonSchema(string name, JsonElement schema) => new(name, null,
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object
            ? [.. properties.EnumerateObject().Select(p => Field(p.Name, p.Value))]
            : [],
        []);

    private static EntitySchema Entity(string name, JsonElement value) => new(name, Text(value, "plural"),
        value.TryGetProperty("fields", out var fields) && fields.ValueKind == JsonValueKind.Object
            ? [.. fields.EnumerateObject().Select(f => Field(f.Name, f.Value))]
            : [],
        value.TryGetProperty("synonyms", out var synonyms) && synonyms.ValueKind == JsonValueKind.Array
            ? [.. synonyms.EnumerateArray().Select(s => s.ToString())]
            : []);

    private static FieldSchema Field(string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
            return new(name, Kind(value.GetString()!, null));
        if (value.ValueKind != JsonValueKind.Object)
            return new(name, FieldKind.Other);
        if (value.TryGetProperty("enum", out var values) && values.ValueKind == JsonValueKind.Array)
            return new(name, FieldKind.Enum, [.. values.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.String).Select(v => v.GetString()!)], []);
        return new(name, Kind(Text(value, "type") ?? "", Text(value, "format")));
    }

    private static FieldKind Kind(string type, string? format) => (type, format) switch
    {
        (_, "email") or ("email", _) => FieldKind.Email,
        (_, "date-time") or ("datetime", _) => FieldKind.DateTime,
        (_, "date") or ("date", _) => FieldKind.Date,
        (_, "uri") or (_, "url") or ("url", _) => FieldKind.Url,
        ("string" or "text", _) => FieldKind.Text,
        ("number" or "integer", _) => FieldKind.Number,
        ("boolean", _) => FieldKind.Boolean,
        _ => FieldKind.Other,
    };

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
