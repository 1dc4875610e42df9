using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Notion;

/// <summary>One call: who calls, in which version, with what.</summary>
internal sealed record NotionCall(HttpContext Context, NotionBot Bot, IReadOnlyList<string> Capabilities, NotionVersion Version, JsonObject Body, NotionWorld World)
{
    public bool Can(string capability) => Capabilities.Contains(capability);

    /// <summary>An id of the path.</summary>
    /// <param name="name">Notion's name of it, for the refusal.</param>
    public string Id(string name)
    {
        var text = (string?)Context.Request.RouteValues["id"] ?? "";
        return NotionIds.Parse(text) ?? throw NotionRefusal.Validation($"path failed validation: path.{name} should be a valid uuid, instead was `\"{text}\"`.");
    }

    public string? Query(string name) => Context.Request.Query[name] is [{ Length: > 0 } value, ..] ? value : null;

    /// <summary>An id somewhere in the body.</summary>
    public static string BodyId(JsonNode? node, string member, string path) =>
        NotionIds.Parse(node.Text(member)) ?? throw NotionRefusal.Body(path, "a valid uuid", (node as JsonObject)?[member]);

    public NotionPageRecord Page(string id) => See(World.Page(id), "page", id);

    public NotionDatabase Database(string id) => See(World.Database(id), "database", id);

    public NotionSource Source(string id) => See(World.Source(id), "data source", id);

    /// <summary>A block; pages and databases are blocks too.</summary>
    public NotionThing Block(string id) => See(World.Find(id), "block", id);

    /// <summary>The one data source of a database, for versions in which a database is its data source.</summary>
    public NotionSource OnlySource(string databaseId)
    {
        var database = Database(databaseId);
        var sources = World.Sources(database.Id).Where(source => !source.InTrash).ToList();
        if (sources.Count == 1)
            return sources[0];
        throw new NotionRefusal(400, "validation_error", $"Databases with multiple data sources are not supported in this API version.")
        {
            More = new JsonObject
            {
                ["error_type"] = "multiple_data_sources_for_database",
                ["database_id"] = database.Id,
                ["child_data_source_ids"] = Json.Array(sources.Select(source => source.Id)),
                ["minimum_api_version"] = "2025-09-03",
            },
        };
    }

    /// <exception cref="NotionRefusal">Something above it, or itself, is in the trash.</exception>
    public void DemandAlive(NotionThing thing, bool itself = true)
    {
        if (World.Upward(thing).Skip(itself ? 0 : 1).Any(step => step.InTrash))
            throw NotionRefusal.Validation(itself && thing.InTrash
                ? "Can't edit block that is archived. You must unarchive the block before editing."
                : "Can't edit page on block with an archived ancestor. You must unarchive the ancestor before editing.");
    }

    private T See<T>(T? thing, string what, string id)
        where T : NotionThing =>
        thing is not null && World.Sees(Bot, thing) ? thing : throw NotionRefusal.NotFound(what, id, Bot.Name);

    /// <summary>A list that is paged by the id of its first entry.</summary>
    /// <param name="all">Everything, in order.</param>
    /// <param name="id">The id of an entry.</param>
    /// <param name="show">Its shape.</param>
    /// <param name="type">Such as "block"; also the name of the empty member beside it.</param>
    /// <param name="inQuery">The paging parameters stand in the query and not in the body.</param>
    public JsonObject List<T>(IReadOnlyList<T> all, Func<T, string> id, Func<T, JsonNode> show, string type, bool inQuery)
    {
        var where = inQuery ? "query" : "body";
        var size = 100;
        if (inQuery ? Query("page_size") is not null : Body["page_size"] is not null)
        {
            var given = inQuery ? (int.TryParse(Query("page_size"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null) : Body.Number("page_size");
            size = given ?? throw NotionRefusal.Validation($"{where} failed validation: {where}.page_size should be a number, instead was `{(inQuery ? $"\"{Query("page_size")}\"" : Body["page_size"]!.ToJsonString())}`.");
            if (size is < 1 or > 100)
                throw NotionRefusal.Validation($"{where} failed validation: {where}.page_size should be {(size < 1 ? "≥ `1`" : "≤ `100`")}, instead was `{size}`.");
        }

        var start = 0;
        if ((inQuery ? Query("start_cursor") : Body["start_cursor"]?.ToString()) is { } cursor)
        {
            var parsed = NotionIds.Parse(cursor) ?? throw NotionRefusal.Validation($"{where} failed validation: {where}.start_cursor should be a valid uuid or `undefined`, instead was `\"{cursor}\"`.");
            start = all.ToList().FindIndex(entry => id(entry) == parsed);
            if (start < 0)
                throw NotionRefusal.Validation($"The start_cursor provided is invalid: {cursor}");
        }

        var page = all.Skip(start).Take(size).ToList();
        var more = start + page.Count < all.Count;
        return new JsonObject
        {
            ["object"] = "list",
            ["results"] = new JsonArray([.. page.Select(show)]),
            ["next_cursor"] = more ? id(all[start + page.Count]) : null,
            ["has_more"] = more,
            ["type"] = type,
            [type] = new JsonObject(),
        };
    }
}
