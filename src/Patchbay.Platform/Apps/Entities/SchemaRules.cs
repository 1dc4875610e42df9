using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Patchbay.Platform.Apps.Entities;

/// <summary>Reads an entity's JSON Schema subset and checks records against it: <c>type</c> (string, number, integer, boolean,
/// array, object, or a list of them), <c>enum</c>, <c>format</c> (email, date, date-time, uri), <c>required</c>.</summary>
public static partial class SchemaRules
{
    public static IReadOnlyList<string> ServerFields { get; } = ["id", "created_date", "updated_date", "created_by", "created_by_id", "is_sample"];

    private static readonly string[] Types = ["string", "number", "integer", "boolean", "array", "object", "null"];

    /// <summary>Null if the schema may be saved, otherwise what is wrong.</summary>
    public static string? Fault(string name, JsonObject schema)
    {
        if (!EntityName().IsMatch(name))
            return "An entity's name begins with a letter and has up to 60 letters, digits and underscores.";
        if (Text(schema["type"]) is { } type && type != "object")
            return "An entity's schema has the type object.";
        if (schema["properties"] is not JsonObject { Count: <= 200 } properties)
            return "An entity's schema needs properties: an object with up to 200 fields.";
        foreach (var (field, node) in properties)
        {
            if (!FieldName().IsMatch(field))
                return $"'{field}' is no field name: a letter or underscore, then up to 60 letters, digits and underscores.";
            if (ServerFields.Contains(field))
                return $"The field '{field}' belongs to the server and cannot be declared.";
            if (node is not JsonObject property)
                return $"The field '{field}' needs a schema: an object.";
            if (TypesOf(property).FirstOrDefault(t => !Types.Contains(t)) is { } unknown)
                return $"The field '{field}' has the unknown type '{unknown}'.";
            if (property["enum"] is { } values and not JsonArray || property["enum"] is JsonArray { Count: 0 })
                return $"The field '{field}' has an enum that is not a list of values.";
        }
        if (schema["required"] is { } required && (required is not JsonArray names || names.Any(n => Text(n) is not { } one || !properties.ContainsKey(one))))
            return "required must be a list of the entity's own fields.";
        return null;
    }

    /// <summary>Field to what it must be, for every field that does not fit. Unknown fields are faults too.</summary>
    public static IReadOnlyDictionary<string, string> Check(JsonObject schema, JsonObject data)
    {
        var faults = new Dictionary<string, string>();
        var properties = schema["properties"] as JsonObject ?? [];
        foreach (var (field, value) in data)
        {
            if (properties[field] is not JsonObject property)
                faults[field] = "a field that the entity has";
            else if (value is not null && FaultOf(property, value) is { } wanted)
                faults[field] = wanted;
        }
        foreach (var name in (schema["required"] as JsonArray ?? []).Select(Text).OfType<string>().Where(n => data[n] is null))
            faults[name] = "given";
        return faults;
    }

    private static string? FaultOf(JsonObject property, JsonNode value)
    {
        var types = TypesOf(property);
        if (types.Count > 0 && !types.Any(t => Is(value, t)))
            return "a " + string.Join(" or ", types);
        if (property["enum"] is JsonArray values && !values.Any(v => JsonNode.DeepEquals(v, value)))
            return "one of " + string.Join(", ", values.Select(v => v?.ToString() ?? "null"));
        if (value.GetValueKind() != JsonValueKind.String)
            return null;
        var text = value.GetValue<string>();
        return Text(property["format"]) switch
        {
            "email" when !Workspaces.WorkspaceService.IsEmail(text) => "an e-mail address",
            "date" when !DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) => "a date such as 2026-05-31",
            "date-time" when !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _) => "a date and time such as 2026-05-31T09:00:00Z",
            "uri" or "url" when !Uri.TryCreate(text, UriKind.Absolute, out _) => "an address such as https://example.com",
            _ => null,
        };
    }

    private static bool Is(JsonNode value, string type) => (type, value.GetValueKind()) switch
    {
        ("string", JsonValueKind.String) or ("number", JsonValueKind.Number) or ("array", JsonValueKind.Array) or ("object", JsonValueKind.Object) => true,
        ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("integer", JsonValueKind.Number) => double.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number == Math.Floor(number),
        _ => false,
    };

    private static List<string> TypesOf(JsonObject property) => property["type"] switch
    {
        JsonArray many => [.. many.Select(Text).OfType<string>()],
        JsonValue one when Text(one) is { } type => [type],
        _ => [],
    };

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    // Not $: it would let a line break at the end pass.
    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_]{0,59}\z")]
    private static partial Regex EntityName();

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]{0,60}\z")]
    private static partial Regex FieldName();
}
