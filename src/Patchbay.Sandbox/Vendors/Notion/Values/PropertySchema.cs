using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Vendors.Notion.Values;

/// <summary>The columns of a data source: making, changing and removing them.</summary>
internal sealed class PropertySchema(NotionWorld world)
{
    private static readonly string[] Types =
    [
        "title", "rich_text", "number", "select", "multi_select", "status", "date", "people", "files", "checkbox", "url", "email", "phone_number",
        "relation", "rollup", "created_time", "created_by", "last_edited_time", "last_edited_by", "unique_id",
    ];

    private static readonly string[] Palette = ["default", "gray", "brown", "orange", "yellow", "green", "blue", "purple", "pink", "red"];

    private static readonly string[] NumberFormats =
    [
        "number", "number_with_commas", "percent", "dollar", "canadian_dollar", "euro", "pound", "yen", "ruble", "rupee", "won", "yuan", "real", "lira", "rupiah", "franc",
        "hong_kong_dollar", "new_zealand_dollar", "krona", "norwegian_krone", "mexican_peso", "rand", "new_taiwan_dollar", "danish_krone", "zloty", "baht", "forint", "koruna",
        "shekel", "chilean_peso", "philippine_peso", "dirham", "colombian_peso", "riyal", "ringgit", "leu", "argentine_peso", "uruguayan_peso", "singapore_dollar", "australian_dollar", "peruvian_sol",
    ];

    public static JsonObject? Find(JsonObject schema, string nameOrId) =>
        schema.Select(entry => entry.Value as JsonObject).FirstOrDefault(property => property.Text("name") == nameOrId)
        ?? schema[nameOrId] as JsonObject
        ?? schema[Uri.UnescapeDataString(nameOrId)] as JsonObject;

    /// <summary>The columns of a new data source.</summary>
    /// <exception cref="NotionRefusal">There is no title, or two, or something Notion does not know.</exception>
    public JsonObject Create(JsonNode? node, string path, NotionCall call, string sourceId)
    {
        var given = node as JsonObject ?? throw NotionRefusal.Missing(path);
        var schema = new JsonObject();
        foreach (var (name, definition) in given)
            Add(schema, name, definition, $"{path}.{name}", call, sourceId);
        if (schema.Count(entry => entry.Value.Text("type") == "title") != 1)
            throw NotionRefusal.Validation("Title is not provided. Exactly one property of type title is required.");
        return schema;
    }

    /// <summary>Applies a change; null for a name removes it.</summary>
    public void Update(JsonObject schema, JsonNode? node, string path, NotionCall call, string sourceId)
    {
        foreach (var (name, definition) in node as JsonObject ?? throw NotionRefusal.Body(path, "an object", node))
        {
            var existing = Find(schema, name);
            if (definition is null)
            {
                if (existing is null)
                    throw NotionRefusal.Validation($"Could not find property with name or id: {name}");
                if (existing.Text("type") == "title")
                    throw NotionRefusal.Validation("Cannot delete the title property.");
                schema.Remove(existing.Text("id")!);
            }
            else if (existing is null)
            {
                Add(schema, name, definition, $"{path}.{name}", call, sourceId);
            }
            else
            {
                Change(schema, existing, definition, $"{path}.{name}", call, sourceId);
            }
        }
    }

    /// <summary>Select options that a value names and nobody made yet come into being with it.</summary>
    public static JsonObject EnsureOption(JsonObject property, string name, string? color)
    {
        var type = property.Text("type")!;
        var options = (JsonArray)property[type]!["options"]!;
        if (options.FirstOrDefault(option => option.Text("name") == name) is JsonObject known)
            return known;
        if (name.Contains(',', StringComparison.Ordinal))
            throw NotionRefusal.Validation("Invalid select option, commas not allowed: " + name);
        var option = Option(name, color ?? Palette[1 + (options.Count % (Palette.Length - 1))]);
        options.Add(option);
        return option;
    }

    private void Add(JsonObject schema, string name, JsonNode? definition, string path, NotionCall call, string sourceId)
    {
        var type = TypeOf(definition, path);
        if (Find(schema, name) is not null)
            throw NotionRefusal.Validation($"Property {name} already exists.");
        if (type == "title" && schema.ContainsKey("title"))
            throw NotionRefusal.Validation("There can be only one property of type title.");
        var id = type == "title" ? "title" : NewId(schema, sourceId, name);
        var property = new JsonObject { ["id"] = id, ["name"] = name, ["type"] = type, ["description"] = definition.Text("description") };
        schema[id] = property;
        property[type] = Config(schema, type, definition![type] as JsonObject ?? [], null, path, call, sourceId, id, name);
    }

    private void Change(JsonObject schema, JsonObject property, JsonNode definition, string path, NotionCall call, string sourceId)
    {
        if (definition is not JsonObject)
            throw NotionRefusal.Body(path, "an object", definition);
        if (definition.Text("name") is { Length: > 0 } renamed && renamed != property.Text("name"))
        {
            if (Find(schema, renamed) is not null)
                throw NotionRefusal.Validation($"Property {renamed} already exists.");
            property["name"] = renamed;
        }

        var old = property.Text("type")!;
        var type = Types.FirstOrDefault(known => definition[known] is not null) ?? definition.Text("type") ?? old;
        if (type != old)
        {
            if (old == "title" || type is "title" or "status")
                throw NotionRefusal.Validation($"Cannot change the type of property {property.Text("name")} from {old} to {type}.");
            property.Remove(old);
            property["type"] = TypeOf(definition, path);
        }

        if (definition[type] is JsonObject config)
            property[type] = Config(schema, type, config, type == old ? property[type] as JsonObject : null, path, call, sourceId, property.Text("id")!, property.Text("name")!);
    }

    private JsonObject Config(JsonObject schema, string type, JsonObject given, JsonObject? old, string path, NotionCall call, string sourceId, string id, string name)
    {
        switch (type)
        {
            case "number":
                var format = given.Text("format") ?? old.Text("format") ?? "number";
                return NumberFormats.Contains(format) ? new JsonObject { ["format"] = format } : throw NotionRefusal.Body($"{path}.number.format", "a number format Notion knows", format);
            case "select" or "multi_select":
                return new JsonObject { ["options"] = Options(given["options"], old?["options"] as JsonArray, $"{path}.{type}.options") };
            case "status":
                return Status(given, old, path);
            case "unique_id":
                return new JsonObject { ["prefix"] = given.Text("prefix") };
            case "relation":
                return Relation(given, path, call, sourceId, id, name);
            case "rollup":
                return Rollup(schema, given, path);
            default:
                return [];
        }
    }

    private static JsonArray Options(JsonNode? node, JsonArray? old, string path)
    {
        if (node is not JsonArray given)
            return old?.DeepClone() as JsonArray ?? [];
        if (given.Count > 100)
            throw NotionRefusal.Body($"{path}.length", "≤ `100`", given.Count);
        var options = new JsonArray();
        foreach (var (item, index) in given.Select((item, index) => (item, index)))
        {
            var known = (old ?? []).FirstOrDefault(option => item.Text("id") is { } id ? option.Text("id") == id : option.Text("name") == item.Text("name"));
            var name = item.Text("name") ?? known.Text("name") ?? throw NotionRefusal.Missing($"{path}[{index}].name");
            if (name.Contains(',', StringComparison.Ordinal))
                throw NotionRefusal.Validation("Invalid select option, commas not allowed: " + name);
            if (options.Any(option => option.Text("name") == name))
                throw NotionRefusal.Validation($"Duplicate select option: {name}");
            if (item.Text("color") is { } color && !Palette.Contains(color))
                throw NotionRefusal.Body($"{path}[{index}].color", "a color Notion knows", color);
            var option = known?.DeepClone() as JsonObject ?? Option(name, item.Text("color") ?? "default");
            option["name"] = name;
            options.Add(option);
        }

        return options;
    }

    private static JsonObject Status(JsonObject given, JsonObject? old, string path)
    {
        var options = given["options"] is JsonArray { Count: > 0 } || old is not null
            ? Options(given["options"], old?["options"] as JsonArray, $"{path}.status.options")
            : [Option("Not started", "default"), Option("In progress", "blue"), Option("Done", "green")];
        // Named groups are Notion's own three. Which option belongs where is told by the word, since the API cannot.
        var groups = new (string Name, string Color, Func<string, bool> Has)[]
        {
            ("To-do", "gray", word => !IsDone(word) && !IsOpen(word)),
            ("In progress", "blue", IsOpen),
            ("Complete", "green", IsDone),
        };
        return new JsonObject
        {
            ["options"] = options,
            ["groups"] = new JsonArray([.. groups.Select(group => (JsonNode)new JsonObject
            {
                ["id"] = NotionIds.Stable("status/" + group.Name),
                ["name"] = group.Name,
                ["color"] = group.Color,
                ["option_ids"] = Json.Array(options.Where(option => group.Has(option.Text("name")!)).Select(option => option.Text("id")!)),
            })]),
        };

        static bool IsDone(string word) => word.Contains("done", StringComparison.OrdinalIgnoreCase) || word.Contains("complete", StringComparison.OrdinalIgnoreCase);
        static bool IsOpen(string word) => word.Contains("progress", StringComparison.OrdinalIgnoreCase) || word.Contains("doing", StringComparison.OrdinalIgnoreCase);
    }

    private JsonObject Relation(JsonObject given, string path, NotionCall call, string sourceId, string id, string name)
    {
        var target = NotionIds.Parse(given.Text("data_source_id")) is { } source && (source == sourceId || call.Source(source) is not null) ? source
            : NotionIds.Parse(given.Text("database_id")) is { } database ? world.Database(database) is { } itself && world.Sources(itself.Id).Any(s => s.Id == sourceId) ? sourceId : call.OnlySource(database).Id
            : throw NotionRefusal.Missing($"{path}.relation.{(call.Version.HasSources ? "data_source_id" : "database_id")}");
        if (given["dual_property"] is null && given.Text("type") != "dual_property")
            return new JsonObject { ["data_source_id"] = target, ["type"] = "single_property" };

        // The other side gets a column that mirrors this one.
        var mirror = target == sourceId ? null : world.Source(target);
        if (mirror is null)
            return new JsonObject { ["data_source_id"] = target, ["type"] = "single_property" };
        var schema = (JsonObject)mirror.Schema.DeepClone();
        var wanted = given["dual_property"].Text("synced_property_name") ?? $"Related to {name}";
        var otherId = Find(schema, wanted) is { } taken ? taken.Text("id")! : NewId(schema, target, wanted);
        schema[otherId] = new JsonObject
        {
            ["id"] = otherId, ["name"] = wanted, ["type"] = "relation", ["description"] = null,
            ["relation"] = new JsonObject { ["data_source_id"] = sourceId, ["type"] = "dual_property", ["synced_property_id"] = id, ["synced_property_name"] = name },
        };
        world.Put(mirror with { Schema = schema });
        return new JsonObject { ["data_source_id"] = target, ["type"] = "dual_property", ["synced_property_id"] = otherId, ["synced_property_name"] = wanted };
    }

    private JsonObject Rollup(JsonObject schema, JsonObject given, string path)
    {
        var relation = Find(schema, given.Text("relation_property_name") ?? given.Text("relation_property_id") ?? "");
        if (relation.Text("type") != "relation")
            throw NotionRefusal.Validation($"Rollup relation property not found: {given.Text("relation_property_name") ?? given.Text("relation_property_id")}");
        var target = world.Source(relation!["relation"].Text("data_source_id"));
        var rolled = target is null ? null : Find(target.Schema, given.Text("rollup_property_name") ?? given.Text("rollup_property_id") ?? "");
        if (rolled is null)
            throw NotionRefusal.Validation($"Rollup property not found: {given.Text("rollup_property_name") ?? given.Text("rollup_property_id")}");
        var function = given.Text("function") ?? "show_original";
        if (!Rollups.Functions.Contains(function))
            throw NotionRefusal.Body($"{path}.rollup.function", "a rollup function Notion knows", function);
        return new JsonObject
        {
            ["relation_property_id"] = relation.Text("id"), ["relation_property_name"] = relation.Text("name"),
            ["rollup_property_id"] = rolled.Text("id"), ["rollup_property_name"] = rolled.Text("name"),
            ["function"] = function,
        };
    }

    private static string TypeOf(JsonNode? definition, string path)
    {
        if (definition is not JsonObject given)
            throw NotionRefusal.Body(path, "an object", definition);
        if (given["formula"] is not null || given.Text("type") == "formula")
            throw NotionRefusal.Validation("This sandbox does not calculate Notion formulas. Real Notion would accept this property.");
        return Types.FirstOrDefault(type => given[type] is not null) ?? Types.FirstOrDefault(type => type == given.Text("type"))
            ?? throw NotionRefusal.Body(path, "a property schema of a type Notion knows", given);
    }

    private static JsonObject Option(string name, string color) =>
        new() { ["id"] = NotionIds.New(), ["name"] = name, ["color"] = color, ["description"] = null };

    private static string NewId(JsonObject schema, string sourceId, string name)
    {
        for (var attempt = 0; ; attempt++)
        {
            var id = Secrets.StableId("", $"{sourceId}/{name}/{attempt}", 4).ToLowerInvariant();
            if (!schema.ContainsKey(id))
                return id;
        }
    }
}
