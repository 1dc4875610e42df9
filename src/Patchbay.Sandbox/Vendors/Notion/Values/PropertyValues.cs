using System.Text.Json;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Notion.Values;

/// <summary>
/// Reads property values of pages. What is stored, by type: title and rich_text a list of rich text; number a number;
/// select and status an option's id; multi_select and people and relation lists of ids; date {start, end, time_zone};
/// files a list of {name, file}; checkbox a boolean; url, email and phone_number text; unique_id a number. The rest is calculated.
/// </summary>
internal sealed class PropertyValues(NotionWorld world, RichText richText, FileValue files)
{
    private static readonly string[] Calculated = ["formula", "rollup", "created_time", "created_by", "last_edited_time", "last_edited_by", "unique_id"];

    /// <summary>Writes what a client sent into stored values. Unknown names, wrong types and calculated properties are refused.</summary>
    /// <param name="values">Stored values, changed in place.</param>
    /// <param name="node">The body's properties.</param>
    /// <param name="schema">Columns; options that did not exist are added to it. Null for a page outside a data source.</param>
    /// <param name="call">Whose call it is.</param>
    /// <returns>Whether the schema changed.</returns>
    public bool Write(JsonObject values, JsonNode? node, JsonObject? schema, NotionCall call)
    {
        if (node is not JsonObject given)
            throw node is null ? NotionRefusal.Missing("properties") : NotionRefusal.Body("properties", "an object", node);
        var changed = false;
        foreach (var (name, value) in given)
        {
            if (schema is null)
            {
                if (name != "title")
                    throw NotionRefusal.Validation($"{name} is not a property that exists.");
                // A page outside a data source takes its title bare or wrapped.
                values["title"] = richText.Read(value is JsonArray ? value : value.Child("title"), "properties.title");
                continue;
            }

            var property = PropertySchema.Find(schema, name) ?? throw NotionRefusal.Validation($"{name} is not a property that exists.");
            changed |= WriteOne(values, property, name, value, call);
        }

        return changed;
    }

    private bool WriteOne(JsonObject values, JsonObject property, string name, JsonNode? sent, NotionCall call)
    {
        var type = property.Text("type")!;
        var id = property.Text("id")!;
        if (Calculated.Contains(type))
            throw NotionRefusal.Validation($"{name} is a {type} property, which cannot be updated through the API.");
        if (sent is not JsonObject given)
            throw NotionRefusal.Body($"properties.{name}", "an object", sent);
        if (!given.ContainsKey(type))
            throw NotionRefusal.Validation($"{name} is expected to be {type}.");
        var value = given[type];
        var path = $"properties.{name}.{type}";
        var options = ((property[type] as JsonObject)?["options"] as JsonArray)?.Count;
        values[id] = type switch
        {
            "title" or "rich_text" => richText.Read(value, path),
            "number" => value is null ? null : value.GetValueKind() == JsonValueKind.Number ? value.DeepClone() : throw NotionRefusal.Body(path, "a number or `null`", value),
            "checkbox" => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? value.DeepClone() : throw NotionRefusal.Body(path, "a boolean", value),
            "select" => value is null ? null : Option(property, value, path),
            "status" => value is null ? null : Status(property, value),
            "multi_select" => List(value, path, item => Option(property, item, path)),
            "date" => value switch
            {
                null => null,
                JsonObject date => DateValue.Read(date, path),
                _ => throw NotionRefusal.Body(path, "an object or `null`", value),
            },
            "people" => List(value, path, item => Person(item, path, call)),
            "relation" => List(value, path, item => Related(property, item, path, call)),
            "files" => List(value, path, item => File(item, path, call)),
            "url" or "email" or "phone_number" => Line(value, path),
            _ => throw NotionRefusal.Validation($"{name} cannot be written."),
        };
        if (type == "relation")
            return false;
        return ((property[type] as JsonObject)?["options"] as JsonArray)?.Count != options;
    }

    private static string? Line(JsonNode? value, string path)
    {
        if (value is null)
            return null;
        if (value.GetValueKind() != JsonValueKind.String)
            throw NotionRefusal.Body(path, "a string or `null`", value);
        var text = value.GetValue<string>();
        if (text.Length is 0 or > 2000)
            throw text.Length == 0 ? NotionRefusal.Body(path + ".length", "≥ `1`", 0) : NotionRefusal.Body(path + ".length", "≤ `2000`", text.Length);
        return text;
    }

    private static JsonArray List(JsonNode? value, string path, Func<JsonNode?, JsonNode?> each)
    {
        if (value is not JsonArray list)
            throw NotionRefusal.Body(path, "an array", value);
        return list.Count <= 100 ? [.. list.Select(each)] : throw NotionRefusal.Body($"{path}.length", "≤ `100`", list.Count);
    }

    private static string Option(JsonObject property, JsonNode? value, string path)
    {
        var options = (JsonArray)property[property.Text("type")!]!["options"]!;
        if (value.Text("id") is { } id)
            return options.Any(option => option.Text("id") == id) ? id : throw NotionRefusal.Validation($"Invalid select option id: {id}");
        var name = value.Text("name") is { Length: > 0 } given ? given : throw NotionRefusal.Missing($"{path}.name");
        return PropertySchema.EnsureOption(property, name, value.Text("color")).Text("id")!;
    }

    private static string Status(JsonObject property, JsonNode? value)
    {
        var options = (JsonArray)property["status"]!["options"]!;
        var found = options.FirstOrDefault(option => value.Text("id") is { } id ? option.Text("id") == id : option.Text("name") == value.Text("name"));
        return found.Text("id") ?? throw NotionRefusal.Validation($"Invalid status option. Status option \"{value.Text("name") ?? value.Text("id")}\" does not exist\".");
    }

    private string Person(JsonNode? item, string path, NotionCall call)
    {
        var id = NotionCall.BodyId(item, "id", $"{path}.id");
        return world.User(id)?.WorkspaceId == call.Bot.WorkspaceId || world.Bot(id)?.WorkspaceId == call.Bot.WorkspaceId ? id : throw NotionRefusal.NotFound("user", id, call.Bot.Name);
    }

    private static string Related(JsonObject property, JsonNode? item, string path, NotionCall call)
    {
        var page = call.Page(NotionCall.BodyId(item, "id", $"{path}.id"));
        return page.Parent.Id == property["relation"].Text("data_source_id") ? page.Id
            : throw NotionRefusal.Validation($"Page with ID {page.Id} is not in the data source that {property.Text("name")} relates to.");
    }

    private JsonObject File(JsonNode? item, string path, NotionCall call)
    {
        var given = item as JsonObject ?? throw NotionRefusal.Body(path, "an array of file objects", item);
        var stored = files.Read(given, path, call);
        return new JsonObject { ["name"] = given.Text("name") ?? (stored["external"].Text("url") is { } url ? url : "Untitled"), ["file"] = stored };
    }
}
