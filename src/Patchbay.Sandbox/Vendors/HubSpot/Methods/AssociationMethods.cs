using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors.HubSpot.Crm;

namespace Patchbay.Sandbox.Vendors.HubSpot.Methods;

/// <summary>Associations of single records: /crm/v4/objects and the older /crm/v3/objects.</summary>
internal sealed class AssociationMethods(CrmWorld world, CrmRecords records, CrmAssociations associations) : IHubSpotMethods
{
    private const string Ends = "/objects/{type}/{id}/associations/{toType}";

    public IEnumerable<HubSpotMethod> Methods =>
    [
        new("GET", "/crm/v4" + Ends, Read, List),
        new("PUT", "/crm/v4" + Ends + "/{toId}", Write, Put),
        new("DELETE", "/crm/v4" + Ends + "/{toId}", Write, Delete),
        new("PUT", "/crm/v4/objects/{type}/{id}/associations/default/{toType}/{toId}", Write, PutDefault),
        new("GET", "/crm/v3" + Ends, Read, ListOld),
        new("PUT", "/crm/v3" + Ends + "/{toId}/{kind}", Write, PutOld),
        new("DELETE", "/crm/v3" + Ends + "/{toId}/{kind}", Write, DeleteOld),
    ];

    /// <summary>A scope for either end will do.</summary>
    public static IReadOnlyList<string> Read(HttpContext context) => [.. From(context).Read.Union(To(context).Read)];

    public static IReadOnlyList<string> Write(HttpContext context) => [.. From(context).Write.Union(To(context).Write)];

    public static ObjectType From(HttpContext context) => ObjectTypes.Get((string?)context.Request.RouteValues["type"]);

    public static ObjectType To(HttpContext context) => ObjectTypes.Get((string?)context.Request.RouteValues["toType"]);

    /// <summary>The kinds of association a body names.</summary>
    public static IReadOnlyList<(string Category, int TypeId)> TypesOf(JsonNode? node) =>
        [.. (node as JsonArray ?? []).OfType<JsonObject>().Select(type => (type.Text("associationCategory") ?? CrmAssociations.Standard,
            int.TryParse(PropertyValues.Text(type["associationTypeId"]), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : -1))];

    /// <summary>Refuses kinds that do not exist between the two types.</summary>
    public static void Demand(CrmAssociations associations, HubRecord from, HubRecord to, IReadOnlyList<(string Category, int TypeId)> types)
    {
        var (fromType, toType) = (ObjectTypes.Get(from.Type), ObjectTypes.Get(to.Type));
        foreach (var (category, typeId) in types)
        {
            if (!associations.Knows(from.Portal, fromType, toType, category, typeId))
                throw new HubSpotRefusalException(HubSpotAnswer.Invalid($"One or more association types are not valid: {category} {typeId} does not go from {fromType.Name} to {toType.Name}"));
        }
    }

    /// <summary>One association as the newer API lists it.</summary>
    public static JsonObject Entry(CrmAssociations associations, HubRecord from, ObjectType to, string id, IEnumerable<HubAssociation> links) => new()
    {
        ["toObjectId"] = long.Parse(id, CultureInfo.InvariantCulture),
        ["associationTypes"] = new JsonArray([.. links.Select(link => (JsonNode)new JsonObject
        {
            ["category"] = link.Category,
            ["typeId"] = link.TypeId,
            ["label"] = associations.Label(from.Portal, ObjectTypes.Get(from.Type), to, link.Category, link.TypeId),
        })]),
    };

    private HubSpotAnswer List(HubSpotCall call)
    {
        var (from, to) = (Here(call), To(call.Context));
        return Page(call, associations.Of(from, to), entry => entry.Id, entry => [Entry(associations, from, to, entry.Id, entry.Types)]);
    }

    private HubSpotAnswer ListOld(HubSpotCall call)
    {
        var (from, to) = (Here(call), To(call.Context));
        return Page(call, associations.Of(from, to), entry => entry.Id, entry => entry.Types.Select(link => (JsonNode)new JsonObject
        {
            ["id"] = entry.Id,
            ["type"] = associations.Label(from.Portal, From(call.Context), to, link.Category, link.TypeId) is { } label && link.Category == CrmAssociations.Own ? label : AssociationTypes.Name(From(call.Context), to, link.TypeId),
        }));
    }

    private HubSpotAnswer Put(HubSpotCall call)
    {
        var (from, to) = (Here(call), There(call));
        if (call.Body is not JsonArray || TypesOf(call.Body) is not { Count: > 0 } types)
            return HubSpotAnswer.Invalid("Invalid input JSON on line 1, column 1: a list of association types is needed");
        Demand(associations, from, to, types);
        associations.Add(from, to, types);
        return HubSpotAnswer.Created(new JsonObject
        {
            ["fromObjectTypeId"] = from.Type,
            ["fromObjectId"] = long.Parse(from.Id, CultureInfo.InvariantCulture),
            ["toObjectTypeId"] = to.Type,
            ["toObjectId"] = long.Parse(to.Id, CultureInfo.InvariantCulture),
            ["labels"] = Json.Array(types.Select(type => associations.Label(from.Portal, From(call.Context), To(call.Context), type.Category, type.TypeId)).OfType<string>()),
        });
    }

    private HubSpotAnswer PutDefault(HubSpotCall call)
    {
        var (from, to) = (Here(call), There(call));
        return BatchMethods.Done(world, StatusCodes.Status200OK, AssociationBatchMethods.Default(associations, from, to));
    }

    private HubSpotAnswer PutOld(HubSpotCall call)
    {
        var (from, to) = (Here(call), There(call));
        associations.Add(from, to, [(CrmAssociations.Standard, Kind(call))]);
        return HubSpotAnswer.Ok(RecordShapes.Of(from, From(call.Context), world, []));
    }

    private HubSpotAnswer Delete(HubSpotCall call)
    {
        associations.Remove(Here(call), There(call));
        return HubSpotAnswer.NoContent;
    }

    private HubSpotAnswer DeleteOld(HubSpotCall call)
    {
        associations.Remove(Here(call), There(call), (CrmAssociations.Standard, Kind(call)));
        return HubSpotAnswer.NoContent;
    }

    /// <summary>By number or by name: 4 or contact_to_deal.</summary>
    private static int Kind(HubSpotCall call) => KindOf(From(call.Context), To(call.Context), call.Route("kind"));

    public static int KindOf(ObjectType from, ObjectType to, string kind) =>
        AssociationTypes.Between(from, to).FirstOrDefault(type => type.Id.ToString(CultureInfo.InvariantCulture) == kind || string.Equals(AssociationTypes.Name(from, to, type.Id), kind, StringComparison.OrdinalIgnoreCase))?.Id
        ?? throw new HubSpotRefusalException(HubSpotAnswer.Invalid($"Association type {kind} does not go from {from.Name} to {to.Name}"));

    private HubRecord Here(HubSpotCall call) => records.Live(call.Portal.Id, From(call.Context), call.Route("id")) ?? throw new HubSpotRefusalException(HubSpotAnswer.NotFound());

    private HubRecord There(HubSpotCall call) => records.Live(call.Portal.Id, To(call.Context), call.Route("toId")) ?? throw new HubSpotRefusalException(HubSpotAnswer.NotFound());

    private static HubSpotAnswer Page<T>(HubSpotCall call, IReadOnlyList<T> all, Func<T, string> id, Func<T, IEnumerable<JsonNode>> shape)
    {
        var limit = call.Limit(500, 500);
        var rest = all.SkipWhile(entry => call.Query("after") is { } after && id(entry) != after).ToList();
        var body = new JsonObject { ["results"] = new JsonArray([.. rest.Take(limit).SelectMany(shape)]) };
        if (rest.Count > limit)
            body["paging"] = RecordShapes.Next(call, id(rest[limit]));
        return HubSpotAnswer.Ok(body);
    }
}
