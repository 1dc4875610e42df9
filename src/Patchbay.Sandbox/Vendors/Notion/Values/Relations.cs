using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Notion.Values;

/// <summary>Keeps both ends of a two-way relation alike.</summary>
internal static class Relations
{
    public static IReadOnlyList<string> Ids(JsonNode? stored) => stored is JsonArray list ? [.. list.Select(item => item?.ToString()).OfType<string>()] : [];

    /// <summary>After a page's values changed: adds it to, or takes it out of, the pages on the other end.</summary>
    public static void Mirror(NotionWorld world, NotionPageRecord page, JsonObject before, JsonObject schema)
    {
        foreach (var property in schema.Select(entry => entry.Value).Where(property => property?["relation"].Text("synced_property_id") is not null))
        {
            var (id, other) = (property.Text("id")!, property!["relation"].Text("synced_property_id")!);
            var (old, now) = (Ids(before[id]), Ids(page.Values[id]));
            foreach (var changed in old.Except(now).Concat(now.Except(old)))
            {
                if (world.Page(changed) is not { } related)
                    continue;
                var values = (JsonObject)related.Values.DeepClone();
                var theirs = Ids(values[other]).Where(entry => entry != page.Id);
                values[other] = Json.Array(now.Contains(changed) ? theirs.Append(page.Id) : theirs);
                world.Put(related with { Values = values });
            }
        }
    }
}
