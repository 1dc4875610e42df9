using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors.Notion.Values;

namespace Patchbay.Sandbox.Vendors.Notion.Query;

/// <summary>Reads "sorts": by properties and timestamps, earlier ones first. Empty values stand last, whichever the direction.</summary>
internal sealed class Sorts(NotionSource source, PropertyShapes shapes)
{
    public IReadOnlyList<NotionPageRecord> Apply(IEnumerable<NotionPageRecord> rows, JsonNode? node)
    {
        // Without sorts Notion gives the newest first.
        var newest = rows.OrderByDescending(page => page.Sort, StringComparer.Ordinal);
        if (node is null)
            return [.. newest];
        if (node is not JsonArray sorts)
            throw NotionRefusal.Body("sorts", "an array", node);
        IOrderedEnumerable<NotionPageRecord>? ordered = null;
        foreach (var (sort, index) in sorts.Select((sort, index) => (sort, index)))
        {
            var direction = sort.Text("direction") ?? "ascending";
            if (direction is not ("ascending" or "descending"))
                throw NotionRefusal.Body($"sorts[{index}].direction", "`\"ascending\"` or `\"descending\"`", direction);
            var key = Key(sort, index);
            var keys = new Dictionary<string, IComparable?>();
            IComparable? Cached(NotionPageRecord page) => keys.TryGetValue(page.Id, out var known) ? known : keys[page.Id] = key(page);
            ordered = ordered is null ? newest.OrderBy(page => Cached(page) is null) : ordered.ThenBy(page => Cached(page) is null);
            ordered = direction == "ascending" ? ordered.ThenBy(Cached) : ordered.ThenByDescending(Cached);
        }

        return [.. ordered ?? newest];
    }

    private Func<NotionPageRecord, IComparable?> Key(JsonNode? sort, int index)
    {
        if (sort.Text("timestamp") is { } timestamp)
            return timestamp switch
            {
                // To the minute it is shown in, then exactly: rows of one minute keep the order they were made in.
                "created_time" => page => page.CreatedTime,
                "last_edited_time" => page => page.LastEditedTime,
                _ => throw NotionRefusal.Body($"sorts[{index}].timestamp", "`\"created_time\"` or `\"last_edited_time\"`", timestamp),
            };
        var name = sort.Text("property") ?? throw NotionRefusal.Missing($"sorts[{index}].property");
        var property = PropertySchema.Find(source.Schema, name) ?? throw NotionRefusal.Validation($"Could not find sort property with name or id: {name}");
        var id = property.Text("id")!;
        var type = property.Text("type")!;
        return type switch
        {
            "number" or "unique_id" => page => page.Values[id] is JsonValue value && value.TryGetValue<double>(out var number) ? number : null,
            "checkbox" => page => page.Values[id]?.GetValue<bool>() ?? false,
            "date" => page => page.Values[id].Text("start") is { } start ? DateValue.Parse(start)?.Moment : null,
            "created_time" => page => page.CreatedTime,
            "last_edited_time" => page => page.LastEditedTime,
            // Options sort in the order in which they stand in the column, not by their letters.
            "select" or "status" => page => page.Values[id]?.ToString() is { } option
                ? ((JsonArray)property[type]!["options"]!).ToList().FindIndex(entry => entry.Text("id") == option) : null,
            "rollup" => page => shapes.Value(page, property, emails: false)?["number"] is JsonValue value && value.TryGetValue<double>(out var number) ? number : null,
            _ => page => shapes.Words(page, property) is { Length: > 0 } words ? new Words(words) : null,
        };
    }

    /// <summary>Text sorts without regard to case, and the same on every machine.</summary>
    private sealed record Words(string Text) : IComparable
    {
        public int CompareTo(object? obj) => string.Compare(Text, (obj as Words)?.Text, StringComparison.OrdinalIgnoreCase);
    }
}
