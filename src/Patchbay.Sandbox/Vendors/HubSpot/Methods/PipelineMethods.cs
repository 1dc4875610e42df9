using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors.HubSpot.Crm;

namespace Patchbay.Sandbox.Vendors.HubSpot.Methods;

/// <summary>/crm/v3/pipelines: pipelines of deals and tickets, and their stages.</summary>
internal sealed class PipelineMethods(CrmWorld world, CrmRecords records) : IHubSpotMethods
{
    private const string Many = "/crm/v3/pipelines/{type}";
    private const string One = Many + "/{id}";
    private const string Stages = One + "/stages";
    private const string Stage = Stages + "/{stageId}";

    public IEnumerable<HubSpotMethod> Methods =>
    [
        new("GET", Many, Read, call => HubSpotAnswer.Ok(new JsonObject { ["results"] = new JsonArray([.. world.Pipelines(call.Portal.Id, Type(call.Context)).Select(pipeline => (JsonNode)Shape(pipeline))]) })),
        new("POST", Many, Write, Create),
        new("GET", One, Read, call => HubSpotAnswer.Ok(Shape(Pipeline(call)))),
        new("PATCH", One, Write, Update),
        new("PUT", One, Write, Replace),
        new("DELETE", One, Write, Delete),
        new("GET", Stages, Read, call => HubSpotAnswer.Ok(new JsonObject { ["results"] = new JsonArray([.. Pipeline(call).Stages.Select(stage => (JsonNode)Shape(stage, Type(call.Context)))]) })),
        new("POST", Stages, Write, AddStage),
        new("GET", Stage, Read, call => HubSpotAnswer.Ok(Shape(StageOf(call), Type(call.Context)))),
        new("PATCH", Stage, Write, ChangeStage),
        new("PUT", Stage, Write, ChangeStage),
        new("DELETE", Stage, Write, DeleteStage),
    ];

    private static IReadOnlyList<string> Read(HttpContext context) => Type(context) == ObjectTypes.Deals ? ["crm.objects.deals.read", "crm.schemas.deals.read"] : ObjectTypes.Tickets.Read;

    private static IReadOnlyList<string> Write(HttpContext context) => Type(context) == ObjectTypes.Deals ? ["crm.schemas.deals.write"] : ["tickets"];

    private static ObjectType Type(HttpContext context) =>
        ObjectTypes.Get((string?)context.Request.RouteValues["type"]) is { Stages: not null } type ? type : throw new HubSpotRefusalException(HubSpotAnswer.Invalid($"{context.Request.RouteValues["type"]} have no pipelines"));

    private HubSpotAnswer Create(HubSpotCall call)
    {
        var (type, now) = (Type(call.Context), world.Now);
        var id = call.Object.Text("pipelineId") ?? world.NextId(call.Portal.Id);
        if (call.Object.Text("label") is not { Length: > 0 } label || call.Object["stages"] is not JsonArray { Count: > 0 } stages)
            return HubSpotAnswer.Invalid("Some required fields were not set: [label, stages]");
        if (world.Pipelines(call.Portal.Id, type).Any(existing => existing.Id == id || existing.Label == label))
            return HubSpotAnswer.Conflict($"A pipeline with the label '{label}' or the id '{id}' exists already");
        var pipeline = new HubPipeline(call.Portal.Id, type.Id, id, label, call.Object.Number("displayOrder") ?? world.Pipelines(call.Portal.Id, type).Count,
            [.. stages.Select((stage, index) => NewStage(call, type, stage as JsonObject ?? [], index, now))], now, now);
        world.Put(pipeline);
        return HubSpotAnswer.Created(Shape(pipeline));
    }

    private HubSpotAnswer Update(HubSpotCall call)
    {
        var old = Pipeline(call);
        var pipeline = old with { Label = call.Object.Text("label") ?? old.Label, Order = call.Object.Number("displayOrder") ?? old.Order, UpdatedAt = world.Now };
        world.Put(pipeline);
        return HubSpotAnswer.Ok(Shape(pipeline));
    }

    private HubSpotAnswer Replace(HubSpotCall call)
    {
        var (old, type, now) = (Pipeline(call), Type(call.Context), world.Now);
        if (call.Object["stages"] is not JsonArray { Count: > 0 } stages)
            return HubSpotAnswer.Invalid("Some required fields were not set: [stages]");
        var pipeline = old with
        {
            Label = call.Object.Text("label") ?? old.Label,
            Stages = [.. stages.Select((stage, index) => NewStage(call, type, stage as JsonObject ?? [], index, now))],
            UpdatedAt = now,
        };
        world.Put(pipeline);
        return HubSpotAnswer.Ok(Shape(pipeline));
    }

    private HubSpotAnswer Delete(HubSpotCall call)
    {
        var (pipeline, type) = (Pipeline(call), Type(call.Context));
        if (records.List(call.Portal.Id, type).Any(record => record.Value(type.Stages!.Value.Pipeline) == pipeline.Id))
            return HubSpotAnswer.Invalid($"Pipeline {pipeline.Id} is still used by {type.Name}");
        world.Delete(pipeline);
        return HubSpotAnswer.NoContent;
    }

    private HubSpotAnswer AddStage(HubSpotCall call)
    {
        var (pipeline, now) = (Pipeline(call), world.Now);
        var stage = NewStage(call, Type(call.Context), call.Object, pipeline.Stages.Count, now);
        if (pipeline.Stages.Any(existing => existing.Id == stage.Id || existing.Label == stage.Label))
            return HubSpotAnswer.Conflict($"A stage with the label '{stage.Label}' exists already in pipeline {pipeline.Id}");
        world.Put(pipeline with { Stages = [.. pipeline.Stages.Append(stage).OrderBy(s => s.Order)], UpdatedAt = now });
        return HubSpotAnswer.Created(Shape(stage, Type(call.Context)));
    }

    private HubSpotAnswer ChangeStage(HubSpotCall call)
    {
        var (pipeline, old) = (Pipeline(call), StageOf(call));
        var metadata = call.Object["metadata"] as JsonObject;
        var stage = old with
        {
            Label = call.Object.Text("label") ?? old.Label,
            Order = call.Object.Number("displayOrder") ?? old.Order,
            Probability = metadata is null ? old.Probability : Probability(Type(call.Context), metadata),
            Closed = metadata is null ? old.Closed : metadata.Text("ticketState") is "CLOSED",
            UpdatedAt = world.Now,
        };
        world.Put(pipeline with { Stages = [.. pipeline.Stages.Select(s => s.Id == stage.Id ? stage : s).OrderBy(s => s.Order)], UpdatedAt = stage.UpdatedAt });
        return HubSpotAnswer.Ok(Shape(stage, Type(call.Context)));
    }

    private HubSpotAnswer DeleteStage(HubSpotCall call)
    {
        var (pipeline, stage, type) = (Pipeline(call), StageOf(call), Type(call.Context));
        if (records.List(call.Portal.Id, type).Any(record => record.Value(type.Stages!.Value.Stage) == stage.Id))
            return HubSpotAnswer.Invalid($"Stage {stage.Id} is still used by {type.Name}");
        world.Put(pipeline with { Stages = [.. pipeline.Stages.Where(s => s.Id != stage.Id)], UpdatedAt = world.Now });
        return HubSpotAnswer.NoContent;
    }

    private HubPipeline Pipeline(HubSpotCall call) => world.Pipeline(call.Portal.Id, Type(call.Context), call.Route("id")) ?? throw new HubSpotRefusalException(HubSpotAnswer.NotFound());

    private HubStage StageOf(HubSpotCall call) => Pipeline(call).Stages.FirstOrDefault(stage => stage.Id == call.Route("stageId")) ?? throw new HubSpotRefusalException(HubSpotAnswer.NotFound());

    private HubStage NewStage(HubSpotCall call, ObjectType type, JsonObject sent, int index, DateTimeOffset now)
    {
        if (sent.Text("label") is not { Length: > 0 } label)
            throw new HubSpotRefusalException(HubSpotAnswer.Invalid("Some required fields were not set: [label]"));
        var metadata = sent["metadata"] as JsonObject ?? [];
        return new HubStage(sent.Text("stageId") ?? world.NextId(call.Portal.Id), label, sent.Number("displayOrder") ?? index, Probability(type, metadata), metadata.Text("ticketState") is "CLOSED", now, now);
    }

    private static string? Probability(ObjectType type, JsonObject metadata)
    {
        if (type != ObjectTypes.Deals)
            return null;
        var text = PropertyValues.Text(metadata["probability"]);
        return double.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 1
            ? text
            : throw new HubSpotRefusalException(HubSpotAnswer.Invalid("A deal stage needs metadata.probability from 0.0 to 1.0"));
    }

    private static JsonObject Shape(HubPipeline pipeline) => new()
    {
        ["label"] = pipeline.Label,
        ["displayOrder"] = pipeline.Order,
        ["id"] = pipeline.Id,
        ["stages"] = new JsonArray([.. pipeline.Stages.Select(stage => (JsonNode)Shape(stage, ObjectTypes.Get(pipeline.Type)))]),
        ["createdAt"] = HubTime.Text(pipeline.CreatedAt),
        ["updatedAt"] = HubTime.Text(pipeline.UpdatedAt),
        ["archived"] = false,
    };

    private static JsonObject Shape(HubStage stage, ObjectType type) => new()
    {
        ["label"] = stage.Label,
        ["displayOrder"] = stage.Order,
        ["metadata"] = type == ObjectTypes.Deals
            ? new JsonObject { ["isClosed"] = stage.Probability is "1.0" or "0.0" or "1" or "0" ? "true" : "false", ["probability"] = stage.Probability }
            : new JsonObject { ["ticketState"] = stage.Closed ? "CLOSED" : "OPEN", ["isClosed"] = stage.Closed ? "true" : "false" },
        ["id"] = stage.Id,
        ["createdAt"] = HubTime.Text(stage.CreatedAt),
        ["updatedAt"] = HubTime.Text(stage.UpdatedAt),
        ["archived"] = false,
    };
}
