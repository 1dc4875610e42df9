using Microsoft.Extensions.Logging;
using Patchbay.Platform.Flows;
using Patchbay.Platform.Functions;
using Patchbay.Platform.Live;
using Patchbay.Platform.Runs.Internal;

namespace Patchbay.Platform.Runs;

/// <summary>Executes due runs, a bounded number at a time. At least once: whoever dies while executing leaves a lease that
/// ends, and the next one makes another attempt with the same key. A result counts only under the fence of its lease.</summary>
public sealed partial class Worker(
    IRunStore runs, IFlowStore flows, IFunctionInvoker functions, RunConnections connections, IRunLog log, LiveBus live,
    RunningRuns running, RetryDelays delays, WorkSignals signals, WorkOptions options, TimeProvider time, ILogger<Worker> logger)
{
    // Bounded by options.Concurrency; touched by the loop only.
    private readonly HashSet<Task> _attempts = [];

    /// <summary>Until <paramref name="stopping"/>: then attempts get <see cref="WorkOptions.Grace"/>, and what has not
    /// ended is given back to be tried again. Returns when nothing runs any more.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var giveUp = new CancellationTokenSource();
        await WorkLoop.RunAsync(signals.Runs, async token => await StartDueAsync(giveUp.Token, token), options, time, logger, stopping);
        using var ended = new CancellationTokenSource();
        var all = Task.WhenAll(_attempts);
        await Task.WhenAny(all, Task.Delay(options.Grace, time, ended.Token));
        await ended.CancelAsync();
        await giveUp.CancelAsync();
        await all;
    }

    /// <summary>Executes what is due now, to the end; how many attempts that took. For tools and tests; the server uses <see cref="RunAsync"/>.</summary>
    public async Task<int> ExecuteDueAsync(CancellationToken cancellationToken)
    {
        var total = 0;
        while (true)
        {
            await StartDueAsync(cancellationToken, cancellationToken);
            if (_attempts.Count == 0)
                return total;
            total += _attempts.Count;
            await Task.WhenAll(_attempts);
        }
    }

    /// <returns>When to look again; null while all places are taken or nothing waits.</returns>
    private async Task<DateTimeOffset?> StartDueAsync(CancellationToken giveUp, CancellationToken stopping)
    {
        _attempts.RemoveWhere(t => t.IsCompleted);
        var free = options.Concurrency - _attempts.Count;
        if (free == 0)
            return null;
        var now = time.GetUtcNow();
        // Not cancelled by shutdown: what the store has leased must come back to somebody who can give it back.
        var leased = await runs.LeaseAsync(options.Holder, now, now + options.Lease, free, CancellationToken.None);
        foreach (var run in leased)
            _attempts.Add(Task.Run(() => AttemptAsync(run, giveUp), CancellationToken.None));
        return leased.Count == free ? null : await runs.NextDueAsync(stopping);
    }

    /// <summary>Never throws: a run whose end cannot be stored keeps its lease until that ends, and is tried again.</summary>
    private async Task AttemptAsync(Run run, CancellationToken giveUp)
    {
        var begun = new Attempt(run.App, run.Id, run.Attempts, time.GetUtcNow(), null, AttemptStatus.Running, null, null);
        try
        {
            live.Publish(new LiveSignal(run.App, "run", run));
            if (await ExecuteAsync(run, begun, giveUp) is not var (ended, attempt))
                return;
            if (await runs.TryFinishAsync(ended, attempt, CancellationToken.None))
                live.Publish(new LiveSignal(run.App, "run", ended));
            else
                LogLeaseLost(run.Id);
        }
        catch (Exception e)
        {
            LogAttemptFailed(run.Id, e);
        }
        finally
        {
            signals.Runs.Set();
        }
    }

    /// <returns>Null if the run is no longer this worker's to finish.</returns>
    private async Task<(Run Run, Attempt Attempt)?> ExecuteAsync(Run run, Attempt begun, CancellationToken giveUp)
    {
        if (AttemptEnd.GivenUp(run, begun, time.GetUtcNow()) is { } givenUp)
            return givenUp;
        if (await flows.FindAsync(run.App, run.Flow, CancellationToken.None) is not { } flow)
            return AttemptEnd.NotTried(run, begun, RunStatus.Cancelled, "The flow was deleted.", time.GetUtcNow());
        if (!flow.Enabled && run.EventKind != EventKind.Manual)
            return AttemptEnd.NotTried(run, begun, RunStatus.Paused, "The flow is switched off. The run goes on when it is switched on.", time.GetUtcNow());

        var answer = await InvokeAsync(run, giveUp);
        if (answer.Problem == FunctionProblem.Cancelled)
            return giveUp.IsCancellationRequested ? AttemptEnd.GivenBack(run, begun, time.GetUtcNow()) : null;
        var succeeded = answer is { Problem: FunctionProblem.None, Status: >= 200 and < 300 };
        // The function's own words for a missing account differ; the connections themselves do not.
        var missing = succeeded ? [] : await connections.MissingAsync(run.App, flow, CancellationToken.None);
        return AttemptEnd.Of(run, begun, flow.Retry, answer, missing, delays, time.GetUtcNow());
    }

    private async Task<FunctionAnswer> InvokeAsync(Run run, CancellationToken giveUp)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(giveUp);
        var output = new RunLogPump(run, log, live, logger);
        running.Add(run.Id, stop);
        FunctionAnswer answer;
        try
        {
            using var done = new CancellationTokenSource();
            var extending = ExtendAsync(run, stop, done.Token);
            try
            {
                answer = await functions.RunAsync(run, output, stop.Token);
            }
            catch (OperationCanceledException)
            {
                answer = new FunctionAnswer(FunctionProblem.Cancelled, null, null, null, "The run was cancelled.");
            }
            catch (Exception e)
            {
                // A surprise of ours, not of the function: the run must not be lost for it.
                LogAttemptFailed(run.Id, e);
                answer = new FunctionAnswer(FunctionProblem.Failed, null, null, null, "The server failed while it ran the function; its log says why.");
            }
            finally
            {
                await done.CancelAsync();
                await extending;
            }
        }
        finally
        {
            running.Remove(run.Id, stop);
            await output.FinishAsync();
        }
        // Its own output, for teammates: who reads the list need not open each run to know what broke.
        return answer.Message == FunctionAnswer.Threw && output.LastError is { } thrown ? answer with { Message = $"The function threw an error: {thrown}" } : answer;
    }

    /// <summary>Keeps the lease. When another has it, or a person cancelled the run, this attempt is pointless and is stopped.</summary>
    private async Task ExtendAsync(Run run, CancellationTokenSource stop, CancellationToken done)
    {
        using var timer = new PeriodicTimer(options.Lease / 3, time);
        try
        {
            while (await timer.WaitForNextTickAsync(done))
            {
                try
                {
                    if (await runs.TryExtendAsync(run.App, run.Id, run.Fence, time.GetUtcNow() + options.Lease, done))
                        continue;
                    await stop.CancelAsync();
                    return;
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    // There are two more chances before the lease ends.
                    LogAttemptFailed(run.Id, e);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The attempt ended.
        }
    }

    [LoggerMessage(EventId = 3110, Level = LogLevel.Warning, Message = "Run {Run} had gone to another holder, or was cancelled; this attempt's result is dropped")]
    private partial void LogLeaseLost(RunId run);

    [LoggerMessage(EventId = 3111, Level = LogLevel.Error, Message = "An attempt of run {Run} failed inside the server")]
    private partial void LogAttemptFailed(RunId run, Exception e);
}
