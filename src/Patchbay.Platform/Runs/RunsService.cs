using Patchbay.Platform.Flows;
using Patchbay.Platform.Live;
using Patchbay.Vault;
using Patchbay.Vault.Egress;

namespace Patchbay.Platform.Runs;

/// <summary>A run with everything there is to see of it.</summary>
public sealed record RunDetail(Run Run, Flow? Flow, IReadOnlyList<Attempt> Attempts, IReadOnlyList<RunLogLine> Log, IReadOnlyList<CallLogEntry> Calls);

/// <summary>What people do with runs.</summary>
public sealed class RunsService(
    IRunStore runs, IFlowStore flows, IRunLog log, ICallLogReader calls, RunConnections connections, RunningRuns running, LiveBus live, WorkSignals signals, TimeProvider time)
{
    private const int MostLines = 2000;
    private const int MostCalls = 500;

    /// <summary>Newest first.</summary>
    public Task<IReadOnlyList<Run>> QueryAsync(RunQuery query, CancellationToken cancellationToken) => runs.QueryAsync(query, cancellationToken);

    public Task<RunSummary> SummarizeAsync(AppId app, FlowId? flow, DateTimeOffset since, int buckets, CancellationToken cancellationToken) =>
        runs.SummarizeAsync(app, flow, since, time.GetUtcNow(), buckets, cancellationToken);

    public async Task<RunDetail?> FindAsync(AppId app, RunId id, CancellationToken cancellationToken)
    {
        if (await runs.FindAsync(app, id, cancellationToken) is not { } run)
            return null;
        return new RunDetail(run,
            await flows.FindAsync(app, run.Flow, cancellationToken),
            await runs.ListAttemptsAsync(app, id, cancellationToken),
            await log.ListAsync(app, id, MostLines, cancellationToken),
            await calls.ListAsync(app, null, id, MostCalls, cancellationToken));
    }

    /// <summary>Runs it again with the same key and the same payload. Null if there is no such run or it is under way.</summary>
    public async Task<Run?> ReplayAsync(AppId app, RunId id, CancellationToken cancellationToken)
    {
        var run = await runs.RequeueAsync(app, id, time.GetUtcNow(), cancellationToken);
        if (run is not null)
            Changed(run);
        return run;
    }

    /// <summary>Null if there is no such run or it has ended. What the function has done by then stays done.</summary>
    public async Task<Run?> CancelAsync(AppId app, RunId id, CancellationToken cancellationToken)
    {
        var run = await runs.CancelAsync(app, id, time.GetUtcNow(), cancellationToken);
        if (run is null)
            return null;
        running.Cancel(id);
        Changed(run);
        return run;
    }

    /// <summary>An account was connected: flows that waited for it, and for no other, go on. How many runs that were.</summary>
    public async Task<int> ConnectionBackAsync(AppId app, string connector, CancellationToken cancellationToken)
    {
        var resumed = 0;
        foreach (var flow in await flows.ListAsync(app, cancellationToken))
            if (flow.Enabled && flow.Connectors.Contains(connector) && (await connections.MissingAsync(app, flow, cancellationToken)).Count == 0)
                resumed += await ResumeAsync(app, flow.Id, cancellationToken);
        return resumed;
    }

    /// <summary>The app may run functions again (its switch, its plan). How many runs go on.</summary>
    public async Task<int> AppBackAsync(AppId app, CancellationToken cancellationToken)
    {
        var resumed = 0;
        foreach (var flow in await flows.ListAsync(app, cancellationToken))
            if (flow.Enabled && (await connections.MissingAsync(app, flow, cancellationToken)).Count == 0)
                resumed += await ResumeAsync(app, flow.Id, cancellationToken);
        return resumed;
    }

    /// <summary>Every paused run of the flow goes back into the queue.</summary>
    public async Task<int> ResumeAsync(AppId app, FlowId flow, CancellationToken cancellationToken)
    {
        var resumed = await runs.ResumeAsync(app, flow, time.GetUtcNow(), cancellationToken);
        if (resumed > 0)
            signals.Runs.Set();
        return resumed;
    }

    private void Changed(Run run)
    {
        signals.Runs.Set();
        live.Publish(new LiveSignal(run.App, "run", run));
    }
}
