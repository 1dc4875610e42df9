using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors.HubSpot.Crm;

namespace Patchbay.Sandbox.Vendors.HubSpot.Methods;

/// <summary>/crm/v3/objects/{type}/batch: up to a hundred records at once.</summary>
internal sealed class BatchMethods(CrmWorld world, CrmRecords records, ObjectMethods objects) : IHubSpotMethods
{
    private const string Path = "/crm/v3/objects/{type}/batch/";

    public IEnumerable<HubSpotMethod> Methods =>
    [
        new("POST", Path + "read", ObjectMethods.Read, Read),
        new("POST", Path + "create", ObjectMethods.Write, Create),
        new("POST", Path + "update", ObjectMethods.Write, Update),
        new("POST", Path + "upsert", ObjectMethods.Write, Upsert),
        new("POST", Path + "archive", ObjectMethods.Write, Archive),
    ];

    /// <summary>The inputs of a batch; refuses more than a hundred.</summary>
    public static IReadOnlyList<JsonObject> Inputs(HubSpotCall call)
    {
        if (call.Object["inputs"] is not JsonArray inputs || inputs.Any(input => input is not JsonObject))
            throw new HubSpotRefusalException(HubSpotAnswer.Invalid("Invalid input JSON: inputs must be a list of objects"));
        return inputs.Count <= 100
            ? [.. inputs.OfType<JsonObject>()]
            : throw new HubSpotRefusalException(HubSpotAnswer.Invalid($"Too many inputs: {inputs.Count}, the most is 100"));
    }

    /// <summary>What a batch gives back; with problems it is 207.</summary>
    public static HubSpotAnswer Done(CrmWorld world, int status, IEnumerable<JsonNode> results, IReadOnlyList<JsonNode>? problems = null)
    {
        var now = HubTime.Text(world.Now);
        var body = new JsonObject { ["status"] = "COMPLETE", ["results"] = new JsonArray([.. results]), ["startedAt"] = now, ["completedAt"] = now };
        if (problems is not { Count: > 0 })
            return new HubSpotAnswer(status, body);
        body["numErrors"] = problems.Count;
        body["errors"] = new JsonArray([.. problems]);
        return new HubSpotAnswer(StatusCodes.Status207MultiStatus, body);
    }

    private HubSpotAnswer Read(HubSpotCall call)
    {
        var (type, idProperty) = (Type(call), call.Object.Text("idProperty"));
        var (found, missing) = (new List<HubRecord>(), new List<string>());
        foreach (var id in Inputs(call).Select(IdOf).Distinct())
        {
            if (records.Find(call.Portal.Id, type, id, idProperty) is { } record)
                found.Add(record);
            else
                missing.Add(id);
        }

        return Done(world, StatusCodes.Status200OK,
            found.DistinctBy(record => record.Id).Select(record => RecordShapes.Of(record, type, world, call.Object.Texts("properties"), call.Object.Texts("propertiesWithHistory"))),
            Missing(type, "get", missing));
    }

    /// <summary>All or none: one bad record and nothing is created.</summary>
    private HubSpotAnswer Create(HubSpotCall call)
    {
        var type = Type(call);
        var made = new List<JsonNode>();
        foreach (var input in Inputs(call))
        {
            var record = records.Create(call.Portal.Id, type, ObjectMethods.PropertiesOf(input));
            objects.Associate(record, input);
            made.Add(Traced(RecordShapes.Whole(record), input));
        }

        return Done(world, StatusCodes.Status201Created, made);
    }

    private HubSpotAnswer Update(HubSpotCall call)
    {
        var (type, inputs) = (Type(call), Inputs(call));
        RefuseRepeated(inputs);
        var (changed, missing) = (new List<JsonNode>(), new List<string>());
        foreach (var input in inputs)
        {
            if (records.Find(call.Portal.Id, type, IdOf(input), input.Text("idProperty")) is { } record)
                changed.Add(Traced(RecordShapes.Whole(records.Update(record, ObjectMethods.PropertiesOf(input))), input));
            else
                missing.Add(IdOf(input));
        }

        return Done(world, StatusCodes.Status200OK, changed, Missing(type, "update", missing));
    }

    /// <summary>Finds by a unique property and changes, or creates with that property set.</summary>
    private HubSpotAnswer Upsert(HubSpotCall call)
    {
        var (type, inputs) = (Type(call), Inputs(call));
        RefuseRepeated(inputs);
        return Done(world, StatusCodes.Status200OK, [.. inputs.Select(input =>
        {
            var (id, idProperty) = (IdOf(input), input.Text("idProperty"));
            var sent = (JsonObject)ObjectMethods.PropertiesOf(input).DeepClone();
            var existing = records.Find(call.Portal.Id, type, id, idProperty);
            if (existing is null && idProperty is null or "hs_object_id")
                throw new HubSpotRefusalException(HubSpotAnswer.Invalid($"Cannot upsert {type.Singular} {id}: without an idProperty it must exist"));
            if (existing is null && !sent.ContainsKey(idProperty!))
                sent[idProperty!] = id;
            var record = existing is null ? records.Create(call.Portal.Id, type, sent) : records.Update(existing, sent);
            var shape = RecordShapes.Whole(record);
            shape["new"] = existing is null;
            return Traced(shape, input);
        })]);
    }

    private HubSpotAnswer Archive(HubSpotCall call)
    {
        foreach (var id in Inputs(call).Select(IdOf))
        {
            if (records.Live(call.Portal.Id, Type(call), id) is { } record)
                records.Archive(record);
        }

        return HubSpotAnswer.NoContent;
    }

    private static JsonObject Traced(JsonObject shape, JsonObject input)
    {
        if (input.Text("objectWriteTraceId") is { } trace)
            shape["objectWriteTraceId"] = trace;
        return shape;
    }

    private static IReadOnlyList<JsonNode> Missing(ObjectType type, string verb, List<string> ids) => ids.Count == 0 ? [] :
    [
        new JsonObject
        {
            ["status"] = "error",
            ["category"] = "OBJECT_NOT_FOUND",
            ["message"] = $"Could not {verb} some {type.Singular.ToUpperInvariant()} objects, they may be deleted or not exist. Check that ids are valid.",
            ["context"] = new JsonObject { ["ids"] = Json.Array(ids) },
        },
    ];

    private static void RefuseRepeated(IReadOnlyList<JsonObject> inputs)
    {
        var repeated = inputs.Select(IdOf).GroupBy(id => id.ToLowerInvariant()).Where(group => group.Count() > 1).Select(group => group.Key).ToList();
        if (repeated.Count > 0)
            throw new HubSpotRefusalException(HubSpotAnswer.Invalid($"Duplicate IDs found in batch input: [{string.Join(", ", repeated)}]. IDs must be unique"));
    }

    private static string IdOf(JsonObject input) => PropertyValues.Text(input["id"]) is { Length: > 0 } id ? id : throw new HubSpotRefusalException(HubSpotAnswer.Invalid("Some required fields were not set: [id]"));

    private static ObjectType Type(HubSpotCall call) => ObjectTypes.Get(call.Route("type"));
}
