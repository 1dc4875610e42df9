using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Patchbay.Platform;
using Patchbay.Platform.Apps;
using Patchbay.Platform.Flows;
using Patchbay.Platform.Flows.Triggers;
using Patchbay.Platform.Runs;
using Patchbay.Platform.Workspaces;
using Patchbay.Server.Security;

namespace Patchbay.Server.Api;

/// <summary>Flows: see them, switch them, run them once.</summary>
internal static class FlowsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/apps/{app}/flows", async (string app, AppService apps, FlowService flows, HttpContext context, CancellationToken cancellationToken) =>
        {
            var found = await apps.GetAsync(context.Teammate().Workspace, new(app), cancellationToken);
            return TypedResults.Ok(new Page<FlowReply>([.. (await flows.ListAsync(found.Id, cancellationToken)).Select(FlowReply.Of)], null));
        }).ForRole(Role.Viewer).WithName("listFlows");

        api.MapGet("/apps/{app}/flows/{flow}", async (string app, string flow, AppService apps, FlowService flows, HttpContext context, CancellationToken cancellationToken) =>
        {
            var found = await apps.GetAsync(context.Teammate().Workspace, new(app), cancellationToken);
            return TypedResults.Ok(FlowReply.Of(await flows.FindAsync(found.Id, new(flow), cancellationToken) ?? throw NotFound()));
        }).ForRole(Role.Viewer).WithName("getFlow");

        api.MapPatch("/apps/{app}/flows/{flow}", async (string app, string flow, FlowPatch body, AppService apps, FlowService flows, HttpContext context, CancellationToken cancellationToken) =>
        {
            var found = await apps.GetAsync(context.Teammate().Workspace, new(app), cancellationToken);
            try
            {
                return TypedResults.Ok(FlowReply.Of(await flows.ChangeAsync(found.Id, new(flow), body.Enabled, body.Name, cancellationToken) ?? throw NotFound()));
            }
            catch (FlowInvalidException e)
            {
                throw new UserVisibleException(RefusalKind.Invalid, "PB1902", e.Message);
            }
        }).ForRole(Role.Editor).WithName("changeFlow");

        api.MapDelete("/apps/{app}/flows/{flow}", async (string app, string flow, AppService apps, FlowService flows, HttpContext context, CancellationToken cancellationToken) =>
        {
            var found = await apps.GetAsync(context.Teammate().Workspace, new(app), cancellationToken);
            return await flows.DeleteAsync(found.Id, new(flow), cancellationToken) ? TypedResults.Ok(new Empty()) : throw NotFound();
        }).ForRole(Role.Editor).WithName("deleteFlow");

        api.MapGet("/apps/{app}/flows/{flow}/samples", async (string app, string flow, AppService apps, FlowService flows, HttpContext context, CancellationToken cancellationToken) =>
        {
            var found = await apps.GetAsync(context.Teammate().Workspace, new(app), cancellationToken);
            var samples = await flows.SamplesAsync(found.Id, new(flow), cancellationToken) ?? throw NotFound();
            return TypedResults.Ok(new Page<FlowSampleView>([.. samples.Select(s => new FlowSampleView(s.Record, s.Fits))], null));
        }).ForRole(Role.Viewer).WithName("listFlowSamples");

        api.MapPost("/apps/{app}/flows/{flow}/run", async (string app, string flow, FlowRunBody? body, AppService apps, FlowService flows, RunViews views, HttpContext context, CancellationToken cancellationToken) =>
        {
            var found = await apps.GetAsync(context.Teammate().Workspace, new(app), cancellationToken);
            try
            {
                var run = await flows.RunNowAsync(found.Id, new(flow), body?.RecordId, context.Teammate().Email, cancellationToken) ?? throw NotFound();
                return TypedResults.Ok(await views.OfAsync(run, cancellationToken));
            }
            catch (FlowInvalidException e)
            {
                throw new UserVisibleException(RefusalKind.Invalid, "PB1902", e.Message);
            }
        }).ForRole(Role.Editor).WithName("runFlow");
    }

    private static UserVisibleException NotFound() => new(RefusalKind.NotFound, "PB1901", "This flow does not exist.");
}

/// <param name="RecordId">For a record trigger: which record to run it with. Null: the newest one that fits.</param>
public sealed record FlowRunBody(string? RecordId);

/// <param name="Fits">Whether the flow would have run for this record by itself.</param>
public sealed record FlowSampleView(JsonObject Record, bool Fits);

public sealed record FlowPatch(bool? Enabled, string? Name);

/// <param name="Condition">For a record trigger: a JSON array of <c>{field, op, value}</c> as text.</param>
public sealed record TriggerView(
    [property: AllowedValues("record", "schedule", "manual", "webhook", "vendorEvent")] string Kind, string? Entity, [property: AllowedValues("create", "update", "delete")] string? On, string? Condition, string? Cron, string? TimeZone, DateTimeOffset? NextAt);

public sealed record LastRunView(string Id, RunStatus Status, DateTimeOffset At);

public sealed record FlowReply(
    string Id, string Name, string Sentence, bool Enabled, FlowState State, string? PausedReason, TriggerView Trigger, string FunctionName,
    IReadOnlyList<string> Connectors, LastRunView? LastRun, int Runs24h, DateTimeOffset CreatedAt)
{
    internal static FlowReply Of(FlowView view)
    {
        var flow = view.Flow;
        var trigger = flow.Trigger switch
        {
            RecordTrigger record => new TriggerView("record", record.Entity, RecordEvents.NameOf(record.On), record.Condition, null, null, null),
            ScheduleTrigger schedule => new("schedule", null, null, null, schedule.Cron, schedule.TimeZone, flow.NextAt),
            _ => new("manual", null, null, null, null, null, null),
        };
        return new(flow.Id.Value, flow.Name, flow.Sentence, flow.Enabled, view.State, view.Reason, trigger, flow.Function, flow.Connectors,
            view.LastRun is { } last ? new(last.Id.Value, last.Status, last.FinishedAt ?? last.CreatedAt) : null, view.Runs24Hours, flow.CreatedAt);
    }
}
