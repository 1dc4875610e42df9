using System.Text.Json.Nodes;
using Patchbay.Platform.Apps.Entities;
using Patchbay.Platform.Flows.Triggers;
using Patchbay.Platform.Runs;
using Patchbay.Platform.Runs.Internal;
using Patchbay.Vault;

namespace Patchbay.Platform.Flows;

/// <summary>What people do with flows.</summary>
public sealed class FlowService(IFlowStore flows, IRunStore runs, IRecordStore records, RunConnections connections, WorkSignals signals, TimeProvider time)
{
    // The store hands over whole runs: a flow that is busier shows this number.
    private const int MostCounted = 200;
    private const int MostBatches = 20;
    private const int MostSamples = 50;

    /// <summary>Saves a new flow, switched on.</summary>
    /// <exception cref="FlowInvalidException">The trigger cannot work.</exception>
    public async Task<Flow> CreateAsync(AppId app, FlowDraft draft, string createdBy, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        Demand(draft);
        var now = time.GetUtcNow();
        var flow = new Flow
        {
            App = app,
            Id = new FlowId(Ids.New(time)),
            Name = draft.Name.Trim(),
            Sentence = draft.Sentence,
            Enabled = true,
            Trigger = draft.Trigger,
            Function = draft.Function,
            Arguments = (JsonObject)draft.Arguments.DeepClone(),
            Connectors = draft.Connectors,
            Retry = draft.Retry ?? RetryPolicy.Default,
            NextAt = Scheduler.NextOf(draft.Trigger, now),
            CreatedBy = createdBy,
            CreatedAt = now,
        };
        await flows.InsertAsync(flow, cancellationToken);
        signals.Schedules.Set();
        return flow;
    }

    public async Task<IReadOnlyList<FlowView>> ListAsync(AppId app, CancellationToken cancellationToken)
    {
        var views = new List<FlowView>();
        foreach (var flow in await flows.ListAsync(app, cancellationToken))
            views.Add(await ViewAsync(flow, cancellationToken));
        return views;
    }

    public async Task<FlowView?> FindAsync(AppId app, FlowId id, CancellationToken cancellationToken) =>
        await flows.FindAsync(app, id, cancellationToken) is { } flow ? await ViewAsync(flow, cancellationToken) : null;

    /// <summary>Switches it on or off, or renames it; null leaves a thing as it is. Switched on, a schedule goes on from now
    /// (what it missed while off is not made up for) and runs that were paused go on.</summary>
    public async Task<FlowView?> ChangeAsync(AppId app, FlowId id, bool? enabled, string? name, CancellationToken cancellationToken)
    {
        if (await flows.FindAsync(app, id, cancellationToken) is not { } flow)
            return null;
        if (name is not null)
            DemandName(name);
        var turnedOn = enabled is true && !flow.Enabled;
        var changed = flow with { Name = name?.Trim() ?? flow.Name, Enabled = enabled ?? flow.Enabled };
        if (enabled is { } on && on != flow.Enabled)
            changed = changed with { NextAt = on ? Scheduler.NextOf(flow.Trigger, time.GetUtcNow()) : null };
        await flows.UpdateAsync(changed, cancellationToken);
        if (turnedOn && (await connections.MissingAsync(app, flow, cancellationToken)).Count == 0)
            await runs.ResumeAsync(app, id, time.GetUtcNow(), cancellationToken);
        signals.Schedules.Set();
        signals.Runs.Set();
        return await ViewAsync(changed, cancellationToken);
    }

    public Task<bool> DeleteAsync(AppId app, FlowId id, CancellationToken cancellationToken) => flows.DeleteAsync(app, id, cancellationToken);

    /// <summary>The newest records that a flow with a record trigger can be run with by hand, and whether its condition holds
    /// for them. Null if there is no such flow; none for other triggers.</summary>
    public async Task<IReadOnlyList<FlowSample>?> SamplesAsync(AppId app, FlowId id, CancellationToken cancellationToken)
    {
        if (await flows.FindAsync(app, id, cancellationToken) is not { } flow)
            return null;
        return flow.Trigger is RecordTrigger trigger ? [.. (await NewestAsync(app, trigger, cancellationToken)).Select(r => new FlowSample(RecordEvents.Flat(r), Fits(trigger, r)))] : [];
    }

    /// <summary>Runs it once, on or off. Null if there is no such flow.</summary>
    /// <param name="record">For a record trigger: the record to run it with; null: the newest one that fits. For others no data.</param>
    /// <exception cref="FlowInvalidException">It runs on records and there is none yet, or not this one.</exception>
    public async Task<Run?> RunNowAsync(AppId app, FlowId id, string? record, string teammate, CancellationToken cancellationToken)
    {
        if (await flows.FindAsync(app, id, cancellationToken) is not { } flow)
            return null;
        var payload = flow.Trigger is RecordTrigger trigger ? await SampleAsync(app, trigger, record, cancellationToken) : null;
        var happened = new Event
        {
            App = app,
            Id = Ids.New(time),
            Kind = EventKind.Manual,
            Type = "manual",
            FlowId = id.Value,
            Label = "Run by hand",
            Payload = payload ?? new JsonObject
            {
                ["event"] = new JsonObject { ["type"] = "manual", ["by"] = teammate },
                ["data"] = null,
                ["old_data"] = null,
                ["changed_fields"] = new JsonArray(),
            },
            CreatedAt = time.GetUtcNow(),
        };
        await runs.InsertEventAsync(happened, cancellationToken);
        signals.Events.Set();
        return await DispatchedAsync(happened, cancellationToken);
    }

    /// <summary>Matches waiting events until the run of this one is there, so that the caller can show it; should this
    /// process die on the way, or the queue be long, a dispatcher does it all the same.</summary>
    private async Task<Run?> DispatchedAsync(Event happened, CancellationToken cancellationToken)
    {
        for (var i = 0; i < MostBatches; i++)
        {
            var result = await runs.DispatchAsync(100, new EventMatcher(time).Match, cancellationToken);
            if (result.Runs.Count > 0)
                signals.Runs.Set();
            if (result.Runs.FirstOrDefault(r => r.EventId == happened.Id) is { } run)
                return run;
            if (result.Events == 0)
                break;
        }
        var newest = await runs.QueryAsync(new RunQuery(happened.App) { Flow = new FlowId(happened.FlowId!), Limit = 20 }, cancellationToken);
        return newest.FirstOrDefault(r => r.EventId == happened.Id);
    }

    private async Task<JsonObject> SampleAsync(AppId app, RecordTrigger trigger, string? id, CancellationToken cancellationToken)
    {
        if (id is not null)
        {
            var chosen = await records.FindAsync(app, trigger.Entity, id, cancellationToken)
                ?? throw new FlowInvalidException("recordId", $"This {trigger.Entity} does not exist any more. Choose another one.");
            return RecordEvents.Sample(chosen, trigger.On, time);
        }
        var newest = await NewestAsync(app, trigger, cancellationToken);
        if (newest.Count == 0)
            throw new FlowInvalidException("trigger", $"There is no {trigger.Entity} yet to run this with. Create one first.");
        return RecordEvents.Sample(newest.FirstOrDefault(r => Fits(trigger, r)) ?? newest[0], trigger.On, time);
    }

    private Task<IReadOnlyList<Record>> NewestAsync(AppId app, RecordTrigger trigger, CancellationToken cancellationToken) =>
        records.QueryAsync(new RecordQuery(app, trigger.Entity, null, RecordSort.NewestFirst, MostSamples, 0), cancellationToken);

    private static bool Fits(RecordTrigger trigger, Record record) =>
        FlowCondition.TryParse(trigger.Condition, out var condition, out _) && condition.Fires(null, RecordEvents.Flat(record));

    private async Task<FlowView> ViewAsync(Flow flow, CancellationToken cancellationToken)
    {
        var recent = await runs.QueryAsync(new RunQuery(flow.App) { Flow = flow.Id, Since = time.GetUtcNow().AddDays(-1), Limit = MostCounted }, cancellationToken);
        var last = recent.Count > 0 ? recent[0] : (await runs.QueryAsync(new RunQuery(flow.App) { Flow = flow.Id, Limit = 1 }, cancellationToken)) is [var older, ..] ? older : null;
        var (state, reason) = await StateAsync(flow, cancellationToken);
        return new FlowView(flow, state, reason, last, recent.Count);
    }

    private async Task<(FlowState State, string? Reason)> StateAsync(Flow flow, CancellationToken cancellationToken)
    {
        if (!flow.Enabled)
            return (FlowState.Off, null);
        if (await connections.MissingAsync(flow.App, flow, cancellationToken) is { Count: > 0 } missing)
            return (FlowState.WaitingForConnection, AttemptEnd.Waiting(missing));
        var paused = await runs.QueryAsync(new RunQuery(flow.App) { Flow = flow.Id, Status = RunStatus.Paused, Limit = 1 }, cancellationToken);
        return paused.Count > 0 ? (FlowState.Paused, paused[0].LastError) : (FlowState.On, null);
    }

    private static void Demand(FlowDraft draft)
    {
        DemandName(draft.Name);
        if (draft.Retry is { } retry && (retry.MaxAttempts is < 1 or > 20 || retry.FirstDelay <= TimeSpan.Zero || retry.MaxDelay < retry.FirstDelay))
            throw new FlowInvalidException("retry", "A flow is tried 1 to 20 times, with delays above zero.");
        switch (draft.Trigger)
        {
            case ScheduleTrigger schedule:
                if (!CronExpression.TryParse(schedule.Cron, out _, out var fault))
                    throw new FlowInvalidException("trigger", fault);
                if (TimeZones.Find(schedule.TimeZone) is null)
                    throw new FlowInvalidException("trigger", $"'{schedule.TimeZone}' is no time zone: use an IANA name such as Europe/Berlin.");
                break;
            case RecordTrigger record when !FlowCondition.TryParse(record.Condition, out _, out var wrong):
                throw new FlowInvalidException("trigger", wrong);
        }
    }

    private static void DemandName(string name)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > 200)
            throw new FlowInvalidException("name", "A flow's name has 1 to 200 characters.");
    }
}

/// <param name="Fits">Whether the flow would have run for it by itself.</param>
public sealed record FlowSample(JsonObject Record, bool Fits);
