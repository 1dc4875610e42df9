using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Notion.Methods;

/// <summary>Search over the titles of all that was shared with the bot.</summary>
internal sealed class SearchMethods(NotionWorld world, NotionShapes shapes) : INotionMethods
{
    public IReadOnlyList<NotionMethod> Methods => [new("POST", "/search", NotionCapabilities.Read, Search)];

    private JsonObject Search(NotionCall call)
    {
        var table = call.Version.HasSources ? "data_source" : "database";
        var kind = Kind(call, table);
        var words = (call.Body.Text("query") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var descending = Descending(call);
        var found = world.Everything(call.Bot.WorkspaceId)
            .Where(thing => thing is NotionPageRecord ? kind is not { } only || only == "page" : thing is NotionSource && (kind is not { } table2 || table2 == table))
            .Where(thing => !world.Upward(thing).Any(step => step.InTrash) && world.Sees(call.Bot, thing))
            .Select(thing => (Thing: thing, Title: NotionWorld.TitleOf(thing)))
            .Where(entry => words.All(word => entry.Title.Contains(word, StringComparison.OrdinalIgnoreCase)));
        var ordered = descending is false
            ? found.OrderBy(entry => entry.Thing.LastEditedTime).ThenBy(entry => entry.Thing.Sort, StringComparer.Ordinal)
            : found.OrderByDescending(entry => entry.Thing.LastEditedTime).ThenByDescending(entry => entry.Thing.Sort, StringComparer.Ordinal);
        return call.List([.. ordered.Select(entry => entry.Thing)], thing => thing is NotionSource source && !call.Version.HasSources ? source.Parent.Id : thing.Id,
            thing => shapes.Thing(thing, call), call.Version.HasSources ? "page_or_data_source" : "page_or_database", inQuery: false);
    }

    private static string? Kind(NotionCall call, string table)
    {
        if (call.Body["filter"] is not { } filter)
            return null;
        if (filter.Text("property") is not "object")
            throw NotionRefusal.Body("filter.property", "`\"object\"`", (filter as JsonObject)?["property"]);
        return filter.Text("value") is { } value && (value == "page" || value == table) ? value
            : throw NotionRefusal.Body("filter.value", $"`\"page\"` or `\"{table}\"`", (filter as JsonObject)?["value"]);
    }

    private static bool? Descending(NotionCall call)
    {
        if (call.Body["sort"] is not { } sort)
            return null;
        if (sort.Text("timestamp") is not "last_edited_time")
            throw NotionRefusal.Body("sort.timestamp", "`\"last_edited_time\"`", (sort as JsonObject)?["timestamp"]);
        return sort.Text("direction") switch
        {
            "descending" or null => true,
            "ascending" => false,
            var other => throw NotionRefusal.Body("sort.direction", "`\"ascending\"` or `\"descending\"`", other),
        };
    }
}
