using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors.HubSpot.Crm;

namespace Patchbay.Sandbox.Vendors.HubSpot.Methods;

/// <summary>/crm/v3/objects/{type}: one record at a time, lists and searches.</summary>
internal sealed class ObjectMethods(CrmWorld world, CrmRecords records, CrmAssociations associations, CrmSearch search) : IHubSpotMethods
{
    private const string Many = "/crm/v3/objects/{type}";
    private const string One = Many + "/{id}";

    public IEnumerable<HubSpotMethod> Methods =>
    [
        new("GET", Many, Read, List),
        new("POST", Many, Write, Create),
        new("GET", One, Read, Get),
        new("PATCH", One, Write, Update),
        new("DELETE", One, Write, Archive),
        new("POST", Many + "/search", Read, Search),
        new("POST", Many + "/merge", Write, Merge),
        new("POST", Many + "/gdpr-delete", Write, Forget),
    ];

    public static IReadOnlyList<string> Read(HttpContext context) => Type(context).Read;

    public static IReadOnlyList<string> Write(HttpContext context) => Type(context).Write;

    private static ObjectType Type(HttpContext context) => ObjectTypes.Get((string?)context.Request.RouteValues["type"]);

    private HubSpotAnswer List(HubSpotCall call)
    {
        var (type, limit) = (Type(call.Context), call.Limit(10, 100));
        var page = records.List(call.Portal.Id, type, call.QueryFlag("archived"), call.Query("after") ?? "", limit + 1);
        var body = new JsonObject { ["results"] = new JsonArray([.. page.Take(limit).Select(record => (JsonNode)Shape(call, type, record))]) };
        if (page.Count > limit)
            body["paging"] = RecordShapes.Next(call, page[limit].Id);
        return HubSpotAnswer.Ok(body);
    }

    private HubSpotAnswer Create(HubSpotCall call)
    {
        var type = Type(call.Context);
        var record = records.Create(call.Portal.Id, type, PropertiesOf(call.Object));
        Associate(record, call.Object);
        return HubSpotAnswer.Created(RecordShapes.Whole(record));
    }

    private HubSpotAnswer Get(HubSpotCall call)
    {
        var (type, id) = (Type(call.Context), call.Route("id"));
        var record = call.QueryFlag("archived")
            ? records.Get(call.Portal.Id, type, id) is { Archived: true } old ? old : null
            : records.Find(call.Portal.Id, type, id, call.Query("idProperty"));
        return record is null ? HubSpotAnswer.NotFound() : HubSpotAnswer.Ok(Shape(call, type, record));
    }

    private HubSpotAnswer Update(HubSpotCall call)
    {
        var type = Type(call.Context);
        if (records.Find(call.Portal.Id, type, call.Route("id"), call.Query("idProperty")) is not { } record)
            return HubSpotAnswer.NotFound();
        var sent = PropertiesOf(call.Object);
        var changed = records.Update(record, sent);
        // The answer tells what was set, and what followed from it.
        var told = changed.Properties.Where(pair => sent.ContainsKey(pair.Key) || pair.Value != record.Value(pair.Key)).Select(pair => pair.Key);
        return HubSpotAnswer.Ok(RecordShapes.Of(changed, type, world, [.. told]));
    }

    /// <summary>To the recycling bin. Doing it again changes nothing.</summary>
    private HubSpotAnswer Archive(HubSpotCall call)
    {
        if (records.Get(call.Portal.Id, Type(call.Context), call.Route("id")) is not { } record)
            return HubSpotAnswer.NotFound();
        if (!record.Archived)
            records.Archive(record);
        return HubSpotAnswer.NoContent;
    }

    private HubSpotAnswer Search(HubSpotCall call)
    {
        var type = Type(call.Context);
        var (request, refusal) = SearchRequest.Read(call.Object);
        if (request is null)
            return refusal!;
        var found = search.Run(call.Portal.Id, type, request);
        var body = new JsonObject
        {
            ["total"] = found.Count,
            ["results"] = new JsonArray([.. found.Skip(request.After).Take(request.Limit).Select(record => (JsonNode)RecordShapes.Of(record, type, world, request.Properties))]),
        };
        if (request.Limit > 0 && request.After + request.Limit < found.Count)
            body["paging"] = new JsonObject { ["next"] = new JsonObject { ["after"] = $"{request.After + request.Limit}" } };
        return HubSpotAnswer.Ok(body);
    }

    /// <summary>The primary record keeps its values and takes over what it lacks; the other one goes to the bin.</summary>
    private HubSpotAnswer Merge(HubSpotCall call)
    {
        var type = Type(call.Context);
        if (records.Live(call.Portal.Id, type, call.Object.Text("primaryObjectId") ?? "") is not { } primary
            || records.Live(call.Portal.Id, type, call.Object.Text("objectIdToMerge") ?? "") is not { } other || primary.Id == other.Id)
            return HubSpotAnswer.Invalid("Both primaryObjectId and objectIdToMerge must be ids of two existing records");
        foreach (var to in ObjectTypes.All)
        {
            foreach (var (id, links) in associations.Of(other, to).Where(entry => entry.Id != primary.Id))
                associations.Add(primary, records.Live(call.Portal.Id, to, id)!, links.Select(link => (link.Category, link.TypeId)));
        }

        records.Archive(other);
        var lacking = other.Properties.Where(pair => primary.Value(pair.Key) is null && world.Property(call.Portal.Id, type, pair.Key) is { ReadOnly: false });
        return HubSpotAnswer.Ok(RecordShapes.Whole(records.Update(primary, new JsonObject(lacking.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))))));
    }

    private HubSpotAnswer Forget(HubSpotCall call)
    {
        if (records.Find(call.Portal.Id, Type(call.Context), call.Object.Text("objectId") ?? "", call.Object.Text("idProperty")) is { } record)
            records.Archive(record);
        return HubSpotAnswer.NoContent;
    }

    public static JsonObject PropertiesOf(JsonObject body) => body["properties"] switch
    {
        JsonObject properties => properties,
        null => [],
        _ => throw new HubSpotRefusalException(HubSpotAnswer.Invalid("Invalid input JSON: properties must be an object")),
    };

    /// <summary>The associations that a create names.</summary>
    public void Associate(HubRecord record, JsonObject body)
    {
        foreach (var entry in (body["associations"] as JsonArray ?? []).OfType<JsonObject>())
        {
            var id = PropertyValues.Text((entry["to"] as JsonObject)?["id"]);
            var types = AssociationMethods.TypesOf(entry["types"]);
            var target = types.Select(type => ObjectTypes.All.FirstOrDefault(to => associations.Knows(record.Portal, ObjectTypes.Get(record.Type), to, type.Category, type.TypeId))).FirstOrDefault();
            if (target is null || records.Live(record.Portal, target, id ?? "") is not { } other)
                throw new HubSpotRefusalException(HubSpotAnswer.Invalid($"One or more associations are not valid: no record {id} of the type that the association names"));
            AssociationMethods.Demand(associations, record, other, types);
            associations.Add(record, other, types);
        }
    }

    private JsonObject Shape(HubSpotCall call, ObjectType type, HubRecord record)
    {
        var body = RecordShapes.Of(record, type, world, call.QueryList("properties"), call.QueryList("propertiesWithHistory"));
        var related = new JsonObject();
        foreach (var name in call.QueryList("associations"))
        {
            var to = ObjectTypes.Get(name);
            var entries = associations.Of(record, to).SelectMany(entry => entry.Types.Select(link => (JsonNode)new JsonObject
            {
                ["id"] = entry.Id,
                ["type"] = link.Category == CrmAssociations.Own ? associations.Label(record.Portal, type, to, link.Category, link.TypeId) : AssociationTypes.Name(type, to, link.TypeId),
            })).ToArray();
            if (entries.Length > 0)
                related[to.Name.Replace('_', ' ')] = new JsonObject { ["results"] = new JsonArray(entries) };
        }

        if (related.Count > 0)
            body["associations"] = related;
        return body;
    }
}
