using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.HubSpot.Crm;

/// <summary>Records as the API shows them.</summary>
internal static class RecordShapes
{
    /// <summary>With the named properties; one that has no value is null, one that does not exist is left out.</summary>
    public static JsonObject Of(HubRecord record, ObjectType type, CrmWorld world, IReadOnlyList<string> wanted, IReadOnlyList<string>? withHistory = null)
    {
        var names = wanted.Count > 0 ? wanted.Concat([type.Created, type.Modified, "hs_object_id"]) : type.Shown;
        return Shape(record, names.Concat(withHistory ?? []).Distinct().Where(name => record.Properties.ContainsKey(name) || world.Property(record.Portal, type, name) is not null), withHistory);
    }

    /// <summary>With every property that has a value, as after creating.</summary>
    public static JsonObject Whole(HubRecord record) => Shape(record, record.Properties.Keys, null);

    private static JsonObject Shape(HubRecord record, IEnumerable<string> names, IReadOnlyList<string>? withHistory)
    {
        var body = new JsonObject
        {
            ["id"] = record.Id,
            ["properties"] = new JsonObject(names.Order(StringComparer.Ordinal).Select(name => KeyValuePair.Create(name, (JsonNode?)record.Value(name)))),
            ["createdAt"] = HubTime.Text(record.CreatedAt),
            ["updatedAt"] = HubTime.Text(record.UpdatedAt),
            ["archived"] = record.Archived,
        };
        if (record.ArchivedAt is { } end)
            body["archivedAt"] = HubTime.Text(end);
        if (withHistory is { Count: > 0 })
        {
            body["propertiesWithHistory"] = new JsonObject(withHistory.Where(record.History.ContainsKey).Select(name => KeyValuePair.Create(name, (JsonNode?)new JsonArray([.. record.History[name].Select(version => (JsonNode)new JsonObject
            {
                ["value"] = version.Value,
                ["timestamp"] = HubTime.Text(version.At),
                ["sourceType"] = version.Source,
            })]))));
        }

        body["url"] = $"https://app.hubspot.com/contacts/{record.Portal}/record/{record.Type}/{record.Id}";
        return body;
    }

    /// <summary>The <c>paging</c> member of a list that goes on.</summary>
    public static JsonObject Next(HubSpotCall call, string after) => new()
    {
        ["next"] = new JsonObject
        {
            ["after"] = after,
            ["link"] = $"https://{HubSpotVendor.Api}{call.Context.Request.Path.Value![(HubSpotVendor.Api.Length + 1)..]}?{string.Join('&', call.Context.Request.Query.Where(pair => pair.Key != "after").SelectMany(pair => pair.Value.Select(value => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(value ?? "")}")).Append($"after={Uri.EscapeDataString(after)}"))}",
        },
    };
}
