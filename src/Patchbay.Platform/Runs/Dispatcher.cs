using Microsoft.Extensions.Logging;
using Patchbay.Platform.Live;
using Patchbay.Platform.Runs.Internal;

namespace Patchbay.Platform.Runs;

/// <summary>Turns events into runs of the flows they match. Any number may work at once, on any node.</summary>
public sealed class Dispatcher(IRunStore runs, LiveBus live, WorkSignals signals, WorkOptions options, TimeProvider time, ILogger<Dispatcher> logger)
{
    /// <summary>Until <paramref name="stopping"/>.</summary>
    public Task RunAsync(CancellationToken stopping) =>
        WorkLoop.RunAsync(signals.Events, async token =>
        {
            await DispatchAllAsync(token);
            return null;
        }, options, time, logger, stopping);

    /// <summary>Matches every event that waits; how many there were.</summary>
    public async Task<int> DispatchAllAsync(CancellationToken cancellationToken)
    {
        var total = 0;
        DispatchResult result;
        do
        {
            // New for each transaction: the matcher remembers conditions, and flows change.
            result = await runs.DispatchAsync(options.Batch, new EventMatcher(time).Match, cancellationToken);
            total += result.Events;
            if (result.Runs.Count > 0)
                signals.Runs.Set();
            foreach (var run in result.Runs)
                live.Publish(new LiveSignal(run.App, "run", run));
        }
        while (result.Events > 0);
        return total;
    }
}
