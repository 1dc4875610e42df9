using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors.HubSpot.Crm;

namespace Patchbay.Sandbox.Vendors.HubSpot.Methods;

/// <summary>/crm/v3/lists.</summary>
internal sealed class ListMethods(CrmWorld world, CrmLists lists) : IHubSpotMethods
{
    private const string Path = "/crm/v3/lists";
    private const string One = Path + "/{id}";
    private const string Members = One + "/memberships";
    private static readonly string[] Read = ["crm.lists.read"];
    private static readonly string[] Write = ["crm.lists.write"];

    public IEnumerable<HubSpotMethod> Methods =>
    [
        new("POST", Path + "/search", Read, Search),
        new("GET", Path, Read, call => Named("lists", new JsonArray([.. call.QueryList("listIds").Select(id => lists.Get(call.Portal.Id, id)).OfType<HubList>().Where(list => list.DeletedAt is null).Select(list => (JsonNode)Shape(list, call.QueryFlag("includeFilters")))]))),
        new("POST", Path, Write, Create),
        new("GET", One, Read, call => Named("list", Shape(List(call), call.QueryFlag("includeFilters")))),
        new("GET", Path + "/object-type-id/{typeId}/name/{name}", Read, ByName),
        new("DELETE", One, Write, Delete),
        new("PUT", One + "/restore", Write, Restore),
        new("PUT", One + "/update-list-name", Write, Rename),
        new("PUT", One + "/update-list-filters", Write, Refilter),
        new("GET", Members, Read, call => Page(call, newestFirst: false)),
        new("GET", Members + "/join-order", Read, call => Page(call, newestFirst: true)),
        new("PUT", Members + "/add", Write, call => Change(call, add: Ids(call.Body), remove: [])),
        new("PUT", Members + "/remove", Write, call => Change(call, add: [], remove: Ids(call.Body))),
        new("PUT", Members + "/add-and-remove", Write, call => Change(call, Ids(call.Object["recordIdsToAdd"]), Ids(call.Object["recordIdsToRemove"]))),
        new("PUT", Members + "/add-from/{source}", Write, AddFrom),
        new("DELETE", Members, Write, Empty),
        new("GET", Path + "/records/{typeId}/{recordId}/memberships", Read, Of),
    ];

    /// <summary>Case does not matter, part of the name is enough.</summary>
    private HubSpotAnswer Search(HubSpotCall call)
    {
        var body = call.Object;
        var (kinds, ids, query, type) = (body.Texts("processingTypes"), body.Texts("listIds"), body.Text("query") ?? "", body.Text("objectTypeId"));
        var (count, offset) = (body.Number("count") ?? 20, body.Number("offset") ?? 0);
        if (count is < 0 or > 500 || offset < 0)
            return HubSpotAnswer.Invalid("count must be from 0 to 500, and offset not negative");
        var found = lists.All(call.Portal.Id)
            .Where(list => list.Name.Contains(query, StringComparison.OrdinalIgnoreCase))
            .Where(list => kinds.Count == 0 || kinds.Contains(list.Processing))
            .Where(list => ids.Count == 0 || ids.Contains(list.Id))
            .Where(list => type is null || list.Type == type).ToList();
        var page = found.Skip(offset).Take(count).ToList();
        return HubSpotAnswer.Ok(new JsonObject
        {
            ["offset"] = offset + page.Count,
            ["hasMore"] = offset + page.Count < found.Count,
            ["lists"] = new JsonArray([.. page.Select(list => (JsonNode)Shape(list, filters: false))]),
            ["total"] = found.Count,
        });
    }

    private HubSpotAnswer Create(HubSpotCall call)
    {
        var (body, processing) = (call.Object, call.Object.Text("processingType"));
        if (body.Text("name") is not { Length: > 0 } name || body.Text("objectTypeId") is not { } typeId || processing is not ("MANUAL" or "SNAPSHOT" or "DYNAMIC"))
            return HubSpotAnswer.Invalid("Some required fields were not set: [name, objectTypeId, processingType (MANUAL, SNAPSHOT or DYNAMIC)]");
        var type = ObjectTypes.Get(typeId);
        if (lists.All(call.Portal.Id).Any(list => list.Type == type.Id && string.Equals(list.Name, name, StringComparison.OrdinalIgnoreCase)))
            return HubSpotAnswer.Error(StatusCodes.Status400BadRequest, "VALIDATION_ERROR", $"A list with the name '{name}' exists already");
        var filter = body["filterBranch"] as JsonObject;
        if (processing == "DYNAMIC" && filter is null)
            return HubSpotAnswer.Invalid("A DYNAMIC list needs a filterBranch");
        Demand(call, type, filter);
        var list = lists.Create(call.Portal.Id, name, type, processing, filter);
        return Named("list", Shape(list, filters: true));
    }

    private HubSpotAnswer ByName(HubSpotCall call) =>
        lists.All(call.Portal.Id).FirstOrDefault(list => list.Type == call.Route("typeId") && string.Equals(list.Name, call.Route("name"), StringComparison.OrdinalIgnoreCase)) is { } list
            ? Named("list", Shape(list, call.QueryFlag("includeFilters")))
            : HubSpotAnswer.NotFound($"List does not exist with name {call.Route("name")}.");

    private HubSpotAnswer Delete(HubSpotCall call)
    {
        lists.Put(List(call) with { DeletedAt = world.Now });
        return HubSpotAnswer.NoContent;
    }

    private HubSpotAnswer Restore(HubSpotCall call)
    {
        if (lists.Get(call.Portal.Id, call.Route("id")) is not { } list)
            return Unknown(call);
        lists.Put(list with { DeletedAt = null, UpdatedAt = world.Now });
        return HubSpotAnswer.NoContent;
    }

    private HubSpotAnswer Rename(HubSpotCall call)
    {
        var list = List(call);
        if (call.Query("listName") is not { } name)
            return HubSpotAnswer.Invalid("listName is missing");
        list = list with { Name = name, UpdatedAt = world.Now, Version = list.Version + 1 };
        lists.Put(list);
        return HubSpotAnswer.Ok(new JsonObject { ["updatedList"] = Shape(list, call.QueryFlag("includeFilters")) });
    }

    private HubSpotAnswer Refilter(HubSpotCall call)
    {
        var list = List(call);
        if (list.Processing != "DYNAMIC" || call.Object["filterBranch"] is not JsonObject filter)
            return HubSpotAnswer.Invalid("Only the filters of a DYNAMIC list can be changed, and filterBranch must be there");
        Demand(call, ObjectTypes.Get(list.Type), filter);
        list = list with { Filter = (JsonObject)filter.DeepClone(), UpdatedAt = world.Now, Version = list.Version + 1 };
        lists.Put(list);
        return HubSpotAnswer.Ok(new JsonObject { ["updatedList"] = Shape(list, filters: true) });
    }

    private HubSpotAnswer Page(HubSpotCall call, bool newestFirst)
    {
        var limit = call.Limit(100, 250);
        var all = lists.Members(List(call));
        var rest = (newestFirst ? all.OrderByDescending(member => member.At) : all.AsEnumerable()).SkipWhile(member => call.Query("after") is { } after && member.Record != after).ToList();
        var body = new JsonObject
        {
            ["results"] = new JsonArray([.. rest.Take(limit).Select(member => (JsonNode)new JsonObject { ["recordId"] = member.Record, ["membershipTimestamp"] = HubTime.Text(member.At) })]),
            ["total"] = all.Count,
        };
        if (rest.Count > limit)
            body["paging"] = RecordShapes.Next(call, rest[limit].Record);
        return HubSpotAnswer.Ok(body);
    }

    private HubSpotAnswer Change(HubSpotCall call, IReadOnlyList<string> add, IReadOnlyList<string> remove)
    {
        var list = Static(call);
        var (added, missing) = lists.Add(list, add);
        return HubSpotAnswer.Ok(new JsonObject
        {
            ["recordsIdsAdded"] = Json.Array(added),
            ["recordIdsRemoved"] = Json.Array(lists.Remove(list, remove)),
            ["recordIdsMissing"] = Json.Array(missing),
        });
    }

    private HubSpotAnswer AddFrom(HubSpotCall call)
    {
        var list = Static(call);
        if (lists.Get(call.Portal.Id, call.Route("source")) is not { DeletedAt: null } source || source.Type != list.Type)
            return HubSpotAnswer.NotFound($"List does not exist with ID {call.Route("source")}.");
        lists.Add(list, lists.Members(source).Select(member => member.Record));
        return HubSpotAnswer.NoContent;
    }

    private HubSpotAnswer Empty(HubSpotCall call)
    {
        var list = Static(call);
        lists.Remove(list, lists.Members(list).Select(member => member.Record));
        return HubSpotAnswer.NoContent;
    }

    private HubSpotAnswer Of(HubSpotCall call) => HubSpotAnswer.Ok(new JsonObject
    {
        ["results"] = new JsonArray([.. lists.All(call.Portal.Id).Where(list => list.Type == call.Route("typeId")).Select(list => (List: list, Member: lists.Members(list).FirstOrDefault(member => member.Record == call.Route("recordId"))))
            .Where(found => found.Member.Record is not null).Select(found => (JsonNode)new JsonObject
            {
                ["listId"] = found.List.Id,
                ["listVersion"] = found.List.Version,
                ["firstAddedTimestamp"] = HubTime.Text(found.Member.At),
                ["lastAddedTimestamp"] = HubTime.Text(found.Member.At),
            })]),
    });

    private HubList List(HubSpotCall call) => lists.Get(call.Portal.Id, call.Route("id")) is { DeletedAt: null } list ? list : throw new HubSpotRefusalException(Unknown(call));

    private HubList Static(HubSpotCall call) => List(call) is { Processing: not "DYNAMIC" } list
        ? list
        : throw new HubSpotRefusalException(HubSpotAnswer.Invalid($"List {call.Route("id")} has processing type DYNAMIC: its members follow from its filters and cannot be changed"));

    private static HubSpotAnswer Unknown(HubSpotCall call) => HubSpotAnswer.NotFound($"List does not exist with ID {call.Route("id")}.");

    private void Demand(HubSpotCall call, ObjectType type, JsonObject? filter)
    {
        if (filter is not null && ListFilter.Problem(filter, name => world.Property(call.Portal.Id, type, name)) is { } problem)
            throw new HubSpotRefusalException(HubSpotAnswer.Invalid(problem));
    }

    private static IReadOnlyList<string> Ids(JsonNode? node) => node switch
    {
        null => [],
        JsonArray list => [.. list.Select(PropertyValues.Text).OfType<string>()],
        _ => throw new HubSpotRefusalException(HubSpotAnswer.Invalid("Invalid input JSON: a list of record ids is needed")),
    };

    private static HubSpotAnswer Named(string name, JsonNode value) => HubSpotAnswer.Ok(new JsonObject { [name] = value });

    private JsonObject Shape(HubList list, bool filters)
    {
        var size = lists.Members(list).Count;
        var body = new JsonObject
        {
            ["listId"] = list.Id,
            ["listVersion"] = list.Version,
            ["createdAt"] = HubTime.Text(list.CreatedAt),
            ["updatedAt"] = HubTime.Text(list.UpdatedAt),
            ["name"] = list.Name,
            ["objectTypeId"] = list.Type,
            ["processingType"] = list.Processing,
            ["processingStatus"] = "COMPLETE",
            ["size"] = size,
            ["additionalProperties"] = new JsonObject { ["hs_list_size"] = size.ToString(CultureInfo.InvariantCulture), ["hs_list_reference_count"] = "0" },
        };
        if (filters && list.Filter is not null)
            body["filterBranch"] = list.Filter.DeepClone();
        return body;
    }
}
