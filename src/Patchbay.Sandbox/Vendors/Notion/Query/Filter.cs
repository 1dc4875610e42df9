using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors.Notion.Values;

namespace Patchbay.Sandbox.Vendors.Notion.Query;

/// <summary>Reads the filter of a query: one condition on a property or a timestamp, or "and"/"or" of such, two levels deep.</summary>
internal sealed class Filter(NotionSource source, PropertyShapes shapes, NotionCall call)
{
    private const int DeepestCompound = 2;

    /// <exception cref="NotionRefusal">It names an unknown property, the wrong type for one, or no condition of that type.</exception>
    public Func<NotionPageRecord, bool> Read(JsonNode? node) => node is null or JsonObject { Count: 0 } ? _ => true : Read(node, "filter", 0);

    private Func<NotionPageRecord, bool> Read(JsonNode? node, string path, int depth)
    {
        if (node is not JsonObject given)
            throw NotionRefusal.Body(path, "an object", node);
        foreach (var word in (string[])["and", "or"])
        {
            if (given[word] is not { } parts)
                continue;
            if (depth >= DeepestCompound)
                throw NotionRefusal.Body(path, "nested at most two levels deep", given);
            var list = parts as JsonArray ?? throw NotionRefusal.Body($"{path}.{word}", "an array", parts);
            if (list.Count > 100)
                throw NotionRefusal.Body($"{path}.{word}.length", "≤ `100`", list.Count);
            var tests = list.Select((part, index) => Read(part, $"{path}.{word}[{index}]", depth + 1)).ToList();
            return word == "and" ? page => tests.TrueForAll(test => test(page)) : page => tests.Exists(test => test(page));
        }

        if (given.Text("timestamp") is { } timestamp)
            return Timestamp(timestamp, given, path);
        var name = given.Text("property") ?? throw NotionRefusal.Missing($"{path}.property");
        var property = PropertySchema.Find(source.Schema, name) ?? throw NotionRefusal.Validation($"Could not find property with name or id: {name}");
        return OnProperty(property, given, path);
    }

    private Func<NotionPageRecord, bool> Timestamp(string timestamp, JsonObject given, string path)
    {
        if (timestamp is not ("created_time" or "last_edited_time"))
            throw NotionRefusal.Body($"{path}.timestamp", "`\"created_time\"` or `\"last_edited_time\"`", timestamp);
        var test = DateCondition.Read(Condition(given, timestamp, path), $"{path}.{timestamp}", call.World.Now);
        return page => test(DateValue.Shown(timestamp == "created_time" ? page.CreatedTime : page.LastEditedTime), null);
    }

    private Func<NotionPageRecord, bool> OnProperty(JsonObject property, JsonObject given, string path)
    {
        var type = property.Text("type")!;
        var id = property.Text("id")!;
        // The older "text" for text of either kind, and "phone", are still taken.
        var used = given.Select(member => member.Key).FirstOrDefault(key => key is not ("property" or "type")) ?? throw NotionRefusal.Missing($"{path}.{type}");
        var alike = used == type || (used == "text" && type is "title" or "rich_text" or "url" or "email" or "phone_number")
            || (used is "rich_text" or "title" && type is "title" or "rich_text" or "url" or "email" or "phone_number");
        if (!alike)
            throw NotionRefusal.Validation($"The property type in the database does not match the property type of the filter provided: database property {type} does not match filter {used}");
        var condition = Condition(given, used, path);
        var where = $"{path}.{used}";
        switch (type)
        {
            case "title" or "rich_text":
                var rich = TextCondition.Read(condition, where);
                return page => rich(RichText.Plain(page.Values[id] as JsonArray));
            case "url" or "email" or "phone_number":
                var plain = TextCondition.Read(condition, where);
                return page => plain(page.Values[id]?.ToString() ?? "");
            case "number" or "unique_id":
                var number = NumberCondition.Read(condition, where);
                return page => number(page.Values[id] is JsonValue value && value.TryGetValue<double>(out var parsed) ? parsed : null);
            case "checkbox":
                var (equal, wanted) = Boolean(condition, where);
                return page => (page.Values[id]?.GetValue<bool>() ?? false) == wanted == equal;
            case "select" or "status":
                return Choice(condition, where, property, page => page.Values[id]?.ToString());
            case "multi_select":
                return Members(condition, where, page => [.. Relations.Ids(page.Values[id]).Select(option => PropertyShapes.Option(property, option).Text("name")).OfType<string>()], ids: false);
            case "people" or "relation":
                return Members(condition, where, page => Relations.Ids(page.Values[id]), ids: true);
            case "created_by" or "last_edited_by":
                return Members(condition, where, page => [type == "created_by" ? page.CreatedBy : page.LastEditedBy], ids: true);
            case "files":
                var empty = Emptiness(condition, where);
                return page => page.Values[id] is not JsonArray { Count: > 0 } == empty;
            case "date":
                var date = DateCondition.Read(condition, where, call.World.Now);
                return page => date(page.Values[id].Text("start"), page.Values[id].Text("end"));
            case "created_time" or "last_edited_time":
                var moment = DateCondition.Read(condition, where, call.World.Now);
                return page => moment(DateValue.Shown(type == "created_time" ? page.CreatedTime : page.LastEditedTime), null);
            case "rollup":
                return Rollup(condition, where, property);
            default:
                throw NotionRefusal.Validation($"Filtering by {type} is not supported.");
        }
    }

    private Func<NotionPageRecord, bool> Rollup(JsonObject condition, string path, JsonObject property)
    {
        if (condition["number"] is JsonObject number)
        {
            var test = NumberCondition.Read(number, $"{path}.number");
            return page => test(Value(page)["number"] is JsonValue value && value.TryGetValue<double>(out var parsed) ? parsed : null);
        }

        if (condition["date"] is JsonObject date)
        {
            var test = DateCondition.Read(date, $"{path}.date", call.World.Now);
            return page => test(Value(page)["date"].Text("start"), Value(page)["date"].Text("end"));
        }

        foreach (var word in (string[])["any", "every", "none"])
        {
            if (condition[word] is not JsonObject inner || inner.FirstOrDefault() is not { Key: { } kind, Value: JsonObject test })
                continue;
            Func<JsonNode?, bool> matches = kind switch
            {
                "number" => Map(NumberCondition.Read(test, path), value => value is JsonValue parsed && parsed.TryGetValue<double>(out var it) ? it : (double?)null),
                "checkbox" => Map<bool>(value => value == Boolean(test, path).Wanted == Boolean(test, path).Equal, value => value?.GetValue<bool>() ?? false),
                "date" => value => DateCondition.Read(test, path, call.World.Now)(value.Text("start"), value.Text("end")),
                _ => Map(TextCondition.Read(test, path), value => value is JsonArray pieces ? RichText.Plain(pieces) : value.Text("name") ?? value?.ToString() ?? ""),
            };
            return page =>
            {
                var values = (Value(page)["array"] as JsonArray ?? []).Select(item => item?[item.Text("type") ?? ""]).ToList();
                return word switch { "any" => values.Exists(v => matches(v)), "every" => values.TrueForAll(v => matches(v)), _ => !values.Exists(v => matches(v)) };
            };
        }

        throw NotionRefusal.Body(path, "a rollup condition", condition);

        JsonObject Value(NotionPageRecord page) => (JsonObject)shapes.Value(page, property, emails: false)!;
        static Func<JsonNode?, bool> Map<T>(Func<T, bool> test, Func<JsonNode?, T> read) => node => test(read(node));
    }

    private static Func<NotionPageRecord, bool> Choice(JsonObject condition, string path, JsonObject property, Func<NotionPageRecord, string?> stored)
    {
        if (condition.Text("equals") is { } equals)
            return page => Known(equals) == stored(page) && stored(page) is not null;
        if (condition.Text("does_not_equal") is { } not)
            return page => Known(not) is not { } id || stored(page) != id;
        var empty = Emptiness(condition, path);
        return page => stored(page) is null == empty;

        string? Known(string name) => ((property[property.Text("type")!]!["options"] as JsonArray) ?? []).FirstOrDefault(option => option.Text("name") == name || option.Text("id") == name).Text("id");
    }

    private Func<NotionPageRecord, bool> Members(JsonObject condition, string path, Func<NotionPageRecord, IReadOnlyList<string>> stored, bool ids)
    {
        foreach (var word in (string[])["contains", "does_not_contain"])
        {
            if (condition[word] is not { } node)
                continue;
            var text = condition.Text(word) ?? throw NotionRefusal.Body($"{path}.{word}", "a string", node);
            var wanted = !ids ? text : text == "me" ? call.Bot.OwnerId : NotionIds.Parse(text) ?? throw NotionRefusal.Body($"{path}.{word}", "a valid uuid", node);
            return page => stored(page).Contains(wanted) == (word == "contains");
        }

        var empty = Emptiness(condition, path);
        return page => stored(page).Count == 0 == empty;
    }

    /// <summary>True for is_empty, false for is_not_empty.</summary>
    internal static bool Emptiness(JsonObject condition, string path)
    {
        foreach (var (word, empty) in (ReadOnlySpan<(string, bool)>)[("is_empty", true), ("is_not_empty", false)])
        {
            if (condition.ContainsKey(word))
                return condition.Flag(word) ? empty : throw NotionRefusal.Body($"{path}.{word}", "`true`", condition[word]);
        }

        throw NotionRefusal.Body(path, "a condition that Notion knows for this type", condition);
    }

    private static (bool Equal, bool Wanted) Boolean(JsonObject condition, string path)
    {
        foreach (var (word, equal) in (ReadOnlySpan<(string, bool)>)[("equals", true), ("does_not_equal", false)])
        {
            if (condition[word] is JsonValue value)
                return value.TryGetValue<bool>(out var wanted) ? (equal, wanted) : throw NotionRefusal.Body($"{path}.{word}", "a boolean", value);
        }

        throw NotionRefusal.Body(path, "a condition that Notion knows for this type", condition);
    }

    private static JsonObject Condition(JsonObject given, string member, string path) =>
        given[member] as JsonObject ?? throw (given[member] is null ? NotionRefusal.Missing($"{path}.{member}") : NotionRefusal.Body($"{path}.{member}", "an object", given[member]));
}
