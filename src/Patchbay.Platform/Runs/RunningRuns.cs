using System.Collections.Concurrent;

namespace Patchbay.Platform.Runs;

/// <summary>Runs that this process is executing, so that a person's cancel reaches the function at once. A run on another
/// node notices when it next extends its lease.</summary>
public sealed class RunningRuns
{
    private readonly ConcurrentDictionary<RunId, CancellationTokenSource> _running = new();

    /// <summary>True if it ran here.</summary>
    public bool Cancel(RunId run)
    {
        if (!_running.TryGetValue(run, out var source))
            return false;
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended in this moment.
        }
        return true;
    }

    internal void Add(RunId run, CancellationTokenSource source) => _running[run] = source;

    internal void Remove(RunId run, CancellationTokenSource source) => _running.TryRemove(new(run, source));
}
