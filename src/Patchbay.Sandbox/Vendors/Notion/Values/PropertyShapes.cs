using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Notion.Values;

/// <summary>Shows property values of a page, calculated ones included.</summary>
internal sealed class PropertyShapes(NotionWorld world, NotionUsers users, FileValue files)
{
    /// <summary>All of a page's properties by name; a page outside a data source has only a title.</summary>
    /// <param name="page">The page.</param>
    /// <param name="emails">Whether people come with their addresses.</param>
    /// <param name="only">Ids or names; null for all.</param>
    public JsonObject All(NotionPageRecord page, bool emails, IReadOnlyList<string>? only = null)
    {
        if (page.Parent.Kind != NotionParentKind.Source || world.Source(page.Parent.Id) is not { } source)
            return new JsonObject { ["title"] = new JsonObject { ["id"] = "title", ["type"] = "title", ["title"] = page.Values["title"]?.DeepClone() ?? new JsonArray() } };
        var all = new JsonObject();
        foreach (var (id, property) in source.Schema)
        {
            if (only is null || only.Contains(id) || only.Contains(Uri.EscapeDataString(id)) || only.Contains(property.Text("name")!))
                all[property.Text("name")!] = One(page, (JsonObject)property!, emails);
        }

        return all;
    }

    /// <summary>{id, type, {type}: value}.</summary>
    public JsonObject One(NotionPageRecord page, JsonObject property, bool emails)
    {
        var type = property.Text("type")!;
        var shape = new JsonObject { ["id"] = property.Text("id"), ["type"] = type, [type] = Value(page, property, emails) };
        if (type == "relation")
            shape["has_more"] = false;
        return shape;
    }

    public JsonNode? Value(NotionPageRecord page, JsonObject property, bool emails)
    {
        var type = property.Text("type")!;
        var stored = page.Values[property.Text("id")!];
        return type switch
        {
            "title" or "rich_text" => stored?.DeepClone() ?? new JsonArray(),
            "checkbox" => stored?.DeepClone() ?? false,
            "select" or "status" => Option(property, stored?.ToString()),
            "multi_select" => new JsonArray([.. Relations.Ids(stored).Select(id => Option(property, id)).OfType<JsonNode>()]),
            "people" => new JsonArray([.. Relations.Ids(stored).Select(id => (JsonNode)users.Shape(id, emails))]),
            "relation" => new JsonArray([.. Relations.Ids(stored).Where(id => world.Page(id) is not null).Select(id => (JsonNode)new JsonObject { ["id"] = id })]),
            "files" => new JsonArray([.. ((stored as JsonArray) ?? []).Select(item => (JsonNode)File(item))]),
            "created_time" => DateValue.Shown(page.CreatedTime),
            "last_edited_time" => DateValue.Shown(page.LastEditedTime),
            "created_by" => users.Shape(page.CreatedBy, emails),
            "last_edited_by" => users.Shape(page.LastEditedBy, emails),
            "unique_id" => new JsonObject { ["prefix"] = property["unique_id"].Text("prefix"), ["number"] = stored?.DeepClone() },
            "rollup" => new Rollups(world, this).Of(page, property, emails),
            _ => stored?.DeepClone(),
        };
    }

    /// <summary>A value in words, as a person reads it in a table.</summary>
    public string Words(NotionPageRecord page, JsonObject property)
    {
        var value = Value(page, property, emails: false);
        return property.Text("type") switch
        {
            "title" or "rich_text" => RichText.Plain(value as JsonArray),
            "select" or "status" => value.Text("name") ?? "",
            "multi_select" or "people" or "files" => string.Join(", ", (value as JsonArray ?? []).Select(item => item.Text("name"))),
            "relation" => string.Join(", ", (value as JsonArray ?? []).Select(item => world.Page(item.Text("id")) is { } related ? NotionWorld.TitleOf(related) : "")),
            "date" => value is null ? "" : value.Text("end") is { } end ? $"{value.Text("start")} → {end}" : value.Text("start") ?? "",
            "created_by" or "last_edited_by" => value.Text("name") ?? "",
            "unique_id" => value.Text("prefix") is { } prefix ? $"{prefix}-{value?["number"]}" : $"{value?["number"]}",
            "rollup" => value.Text("type") is { } kind && value?[kind] is { } rolled and not JsonArray ? rolled.ToString() : $"{(value?["array"] as JsonArray)?.Count}",
            "checkbox" => value?.GetValue<bool>() == true ? "Yes" : "",
            _ => value?.ToString() ?? "",
        };
    }

    public static JsonObject? Option(JsonObject property, string? id)
    {
        var options = (property[property.Text("type")!] as JsonObject)?["options"] as JsonArray;
        var found = options?.FirstOrDefault(option => option.Text("id") == id);
        return found is null ? null : new JsonObject { ["id"] = id, ["name"] = found.Text("name"), ["color"] = found.Text("color") };
    }

    private JsonObject File(JsonNode? stored)
    {
        var shown = (JsonObject)files.Shown(stored?["file"] as JsonObject)!;
        shown["name"] = stored.Text("name");
        return shown;
    }
}
