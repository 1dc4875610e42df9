using Patchbay.Platform.Flows;
using Patchbay.Vault;

namespace Patchbay.Platform.Runs;

/// <summary>Events and the runs they cause: the durable queue.</summary>
public interface IRunStore
{
    /// <summary>Makes an event durable on its own (manual runs, webhooks).</summary>
    Task InsertEventAsync(Event happened, CancellationToken cancellationToken);

    /// <summary>Takes up to <paramref name="limit"/> events that no node has matched, oldest first, turns each into runs and
    /// marks it matched, all in one transaction. Returns the runs that were inserted (a run that exists for the same flow and
    /// event is skipped) and whether events were found.</summary>
    Task<DispatchResult> DispatchAsync(int limit, Func<IReadOnlyList<Event>, IFlowLookup, IReadOnlyList<Run>> match, CancellationToken cancellationToken);

    /// <summary>Leases runs that are due: queued or retrying ones, and running ones whose lease has ended. Each comes back
    /// as <see cref="RunStatus.Running"/> with its fence and attempt count raised by one and an attempt row begun; the open
    /// attempt of an ended lease is marked interrupted. Takes from apps in turn so that one app's queue cannot starve another's.</summary>
    Task<IReadOnlyList<Run>> LeaseAsync(string holder, DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken);

    /// <summary>Lengthens a lease. False if the fence has moved on.</summary>
    Task<bool> TryExtendAsync(AppId app, RunId id, long fence, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Stores how an attempt ended and what becomes of the run. False (nothing written) if the fence has moved on.</summary>
    Task<bool> TryFinishAsync(Run run, Attempt attempt, CancellationToken cancellationToken);

    /// <summary>When the earliest queued or retrying run, or ended lease, is due; null if there is none.</summary>
    Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken);

    Task<Run?> FindAsync(AppId app, RunId id, CancellationToken cancellationToken);

    Task<IReadOnlyList<Attempt>> ListAttemptsAsync(AppId app, RunId id, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<Run>> QueryAsync(RunQuery query, CancellationToken cancellationToken);

    /// <param name="flow">Null: of every flow.</param>
    Task<RunSummary> SummarizeAsync(AppId app, FlowId? flow, DateTimeOffset since, DateTimeOffset now, int buckets, CancellationToken cancellationToken);

    /// <summary>Puts a dead letter, a paused, cancelled or succeeded run back into the queue with its attempts kept and its
    /// key unchanged. Null if it is under way.</summary>
    Task<Run?> RequeueAsync(AppId app, RunId id, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Null if it has ended already. Raises the fence, so that what a worker still finishes is not stored.</summary>
    Task<Run?> CancelAsync(AppId app, RunId id, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Puts every paused run of the flow back into the queue; how many there were.</summary>
    Task<int> ResumeAsync(AppId app, FlowId flow, DateTimeOffset now, CancellationToken cancellationToken);
}

/// <summary>Flows as they stand inside the dispatcher's transaction.</summary>
public interface IFlowLookup
{
    /// <summary>Enabled flows of the app with a record trigger on that entity.</summary>
    IReadOnlyList<Flow> ForRecord(AppId app, string entity);

    /// <summary>The flow, enabled or not; null if it was deleted.</summary>
    Flow? Find(AppId app, FlowId id);
}

public sealed record DispatchResult(int Events, IReadOnlyList<Run> Runs);

public sealed record RunQuery(AppId App)
{
    public RunStatus? Status { get; init; }
    public FlowId? Flow { get; init; }
    public DateTimeOffset? Since { get; init; }

    /// <summary>A run id, a key, or words of the event's label.</summary>
    public string? Text { get; init; }

    /// <summary>Run id to start before, exclusive.</summary>
    public string? Before { get; init; }
    public int Limit { get; init; } = 50;
}

public sealed record RunSummary(int Total, int Succeeded, int Failed, int Running, double? P50Ms, double? P95Ms, IReadOnlyList<RunBucket> Buckets);

public sealed record RunBucket(DateTimeOffset Start, int Succeeded, int Failed);

/// <summary>Output of functions: kept apart from records and runs, because it is big and may be lost without harm.</summary>
public interface IRunLog
{
    /// <summary>Buffers; order within a run is kept.</summary>
    ValueTask AppendAsync(RunLogLine line, CancellationToken cancellationToken);

    Task<IReadOnlyList<RunLogLine>> ListAsync(AppId app, RunId run, int limit, CancellationToken cancellationToken);
}

/// <summary>Reading side of the egress's call log.</summary>
public interface ICallLogReader
{
    /// <summary>Newest first; filters that are null do not apply.</summary>
    Task<IReadOnlyList<Patchbay.Vault.Egress.CallLogEntry>> ListAsync(AppId app, ConnectionId? connection, RunId? run, int limit, CancellationToken cancellationToken);
}
