using Patchbay.Platform.Flows;
using Patchbay.Platform.Flows.Triggers;
using Patchbay.Platform.Runs;
using Patchbay.Vault;

namespace Patchbay.Platform.Tests.Runs;

/// <summary>Events, runs and flows in memory, keeping what the comments of the two contracts promise. One lock is the transaction.</summary>
internal sealed class MemoryWork : IRunStore, IFlowStore, IFlowLookup, IRunLog
{
    private readonly Lock _gate = new();
    private readonly List<Event> _waiting = [];
    private readonly HashSet<(FlowId, string)> _pairs = [];
    private readonly List<RunLogLine> _lines = [];

    public Dictionary<RunId, Run> Runs { get; } = [];

    public List<Attempt> Attempts { get; } = [];

    public Dictionary<FlowId, Flow> Flows { get; } = [];

    public Run Only => Runs.Values.ShouldHaveSingleItem();

    public Task InsertEventAsync(Event happened, CancellationToken cancellationToken)
    {
        lock (_gate) _waiting.Add(happened);
        return Task.CompletedTask;
    }

    public Task<DispatchResult> DispatchAsync(int limit, Func<IReadOnlyList<Event>, IFlowLookup, IReadOnlyList<Run>> match, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var events = _waiting.Take(limit).ToList();
            var fresh = match(events, this).Where(r => _pairs.Add((r.Flow, r.EventId))).ToList();
            foreach (var run in fresh) Runs.Add(run.Id, run);
            _waiting.RemoveRange(0, events.Count);
            return Task.FromResult(new DispatchResult(events.Count, fresh));
        }
    }

    public Task<IReadOnlyList<Run>> LeaseAsync(string holder, DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var leased = new List<Run>();
            foreach (var run in Runs.Values.Where(r => DueOf(r) <= now).OrderBy(r => r.DueAt).Take(limit).ToList())
            {
                for (var i = 0; i < Attempts.Count; i++)
                    if (Attempts[i].Run == run.Id && Attempts[i].Status == AttemptStatus.Running)
                        Attempts[i] = Attempts[i] with { Status = AttemptStatus.Interrupted, FinishedAt = now };
                var taken = run with { Status = RunStatus.Running, Attempts = run.Attempts + 1, Lost = run.Status == RunStatus.Running ? run.Lost + 1 : 0, Fence = run.Fence + 1, LeasedUntil = until, StartedAt = run.StartedAt ?? now };
                Runs[run.Id] = taken;
                Attempts.Add(new Attempt(run.App, run.Id, taken.Attempts, now, null, AttemptStatus.Running, null, null));
                leased.Add(taken);
            }
            return Task.FromResult<IReadOnlyList<Run>>(leased);
        }
    }

    public Task<bool> TryExtendAsync(AppId app, RunId id, long fence, DateTimeOffset until, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!Runs.TryGetValue(id, out var run) || run.Fence != fence || run.Status != RunStatus.Running) return Task.FromResult(false);
            Runs[id] = run with { LeasedUntil = until };
            return Task.FromResult(true);
        }
    }

    public Task<bool> TryFinishAsync(Run run, Attempt attempt, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (Runs[run.Id].Fence != run.Fence) return Task.FromResult(false);
            Runs[run.Id] = run;
            Attempts[Attempts.FindIndex(a => a.Run == run.Id && a.Number == attempt.Number)] = attempt;
            return Task.FromResult(true);
        }
    }

    Task<DateTimeOffset?> IRunStore.NextDueAsync(CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult(Runs.Values.Select(DueOf).Min());
    }

    public Task<Run?> FindAsync(AppId app, RunId id, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult(Runs.TryGetValue(id, out var run) && run.App == app ? run : null);
    }

    public Task<IReadOnlyList<Attempt>> ListAttemptsAsync(AppId app, RunId id, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult<IReadOnlyList<Attempt>>([.. Attempts.Where(a => a.App == app && a.Run == id)]);
    }

    public Task<IReadOnlyList<Run>> QueryAsync(RunQuery query, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<Run>>([.. Runs.Values
                .Where(r => r.App == query.App && (query.Status is null || r.Status == query.Status) && (query.Flow is null || r.Flow == query.Flow) && (query.Since is null || r.CreatedAt >= query.Since))
                .OrderByDescending(r => r.Id.Value, StringComparer.Ordinal).Take(query.Limit)]);
        }
    }

    public Task<RunSummary> SummarizeAsync(AppId app, FlowId? flow, DateTimeOffset since, DateTimeOffset now, int buckets, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var mine = Runs.Values.Where(r => r.App == app && (flow is null || r.Flow == flow) && r.CreatedAt >= since).ToList();
            return Task.FromResult(new RunSummary(mine.Count, mine.Count(r => r.Status == RunStatus.Succeeded), mine.Count(r => r.Status == RunStatus.DeadLetter), mine.Count(r => r.Status == RunStatus.Running), null, null, []));
        }
    }

    public Task<Run?> RequeueAsync(AppId app, RunId id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!Runs.TryGetValue(id, out var run) || run.Status is RunStatus.Running or RunStatus.Queued or RunStatus.Retrying) return Task.FromResult<Run?>(null);
            return Task.FromResult<Run?>(Runs[id] = run with { Status = RunStatus.Queued, DueAt = now, FinishedAt = null, Failures = 0, Lost = 0 });
        }
    }

    public Task<Run?> CancelAsync(AppId app, RunId id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!Runs.TryGetValue(id, out var run) || run.Status is RunStatus.Succeeded or RunStatus.DeadLetter or RunStatus.Cancelled) return Task.FromResult<Run?>(null);
            return Task.FromResult<Run?>(Runs[id] = run with { Status = RunStatus.Cancelled, Fence = run.Fence + 1, LeasedUntil = null, FinishedAt = now });
        }
    }

    public Task<int> ResumeAsync(AppId app, FlowId flow, DateTimeOffset now, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var paused = Runs.Values.Where(r => r.App == app && r.Flow == flow && r.Status == RunStatus.Paused).ToList();
            foreach (var run in paused) Runs[run.Id] = run with { Status = RunStatus.Queued, DueAt = now, Failures = 0, Lost = 0 };
            return Task.FromResult(paused.Count);
        }
    }

    public IReadOnlyList<Flow> ForRecord(AppId app, string entity) =>
        [.. Flows.Values.Where(f => f.App == app && f.Enabled && f.Trigger is RecordTrigger t && t.Entity == entity)];

    public Flow? Find(AppId app, FlowId id) => Flows.TryGetValue(id, out var flow) && flow.App == app ? flow : null;

    public Task InsertAsync(Flow flow, CancellationToken cancellationToken)
    {
        lock (_gate) Flows.Add(flow.Id, flow);
        return Task.CompletedTask;
    }

    public Task UpdateAsync(Flow flow, CancellationToken cancellationToken)
    {
        lock (_gate) Flows[flow.Id] = flow;
        return Task.CompletedTask;
    }

    public Task<bool> DeleteAsync(AppId app, FlowId id, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult(Find(app, id) is not null && Flows.Remove(id));
    }

    public Task<Flow?> FindAsync(AppId app, FlowId id, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult(Find(app, id));
    }

    public Task<IReadOnlyList<Flow>> ListAsync(AppId app, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult<IReadOnlyList<Flow>>([.. Flows.Values.Where(f => f.App == app)]);
    }

    public Task<IReadOnlyList<Flow>> ListDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult<IReadOnlyList<Flow>>([.. Flows.Values.Where(f => f.Enabled && f.NextAt <= now).OrderBy(f => f.NextAt).Take(limit)]);
    }

    Task<DateTimeOffset?> IFlowStore.NextDueAsync(CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult(Flows.Values.Where(f => f.Enabled).Min(f => f.NextAt));
    }

    public Task StopScheduleAsync(Flow flow, DateTimeOffset due, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (Find(flow.App, flow.Id) is { } stored && stored.NextAt == due) Flows[flow.Id] = stored with { NextAt = null };
            return Task.CompletedTask;
        }
    }

    public Task<bool> TryFireAsync(Flow flow, DateTimeOffset due, DateTimeOffset? next, Event scheduled, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (Find(flow.App, flow.Id) is not { } stored || stored.NextAt != due) return Task.FromResult(false);
            Flows[flow.Id] = stored with { NextAt = next };
            _waiting.Add(scheduled);
            return Task.FromResult(true);
        }
    }

    public ValueTask AppendAsync(RunLogLine line, CancellationToken cancellationToken)
    {
        lock (_gate) _lines.Add(line);
        return ValueTask.CompletedTask;
    }

    public Task<IReadOnlyList<RunLogLine>> ListAsync(AppId app, RunId run, int limit, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult<IReadOnlyList<RunLogLine>>([.. _lines.Where(l => l.App == app && l.Run == run).Take(limit)]);
    }

    private static DateTimeOffset? DueOf(Run run) => run.Status switch
    {
        RunStatus.Queued or RunStatus.Retrying => run.DueAt,
        RunStatus.Running => run.LeasedUntil,
        _ => null,
    };
}
