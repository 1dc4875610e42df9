using Microsoft.Extensions.Logging;

namespace Patchbay.Platform.Runs.Internal;

/// <summary>The loop that dispatcher, worker and scheduler share: look for work until there is none, then wait for a signal,
/// the next due time or the sweep, whichever is first. A pass that fails is tried again after a pause; the loop never ends by itself.</summary>
internal static partial class WorkLoop
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(10);

    /// <param name="pass">Does what there is to do; returns when more is due (null: nothing known).</param>
    public static async Task RunAsync(WorkSignal signal, Func<CancellationToken, Task<DateTimeOffset?>> pass, WorkOptions options, TimeProvider time, ILogger logger, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var woken = signal.Next;
            var wait = options.Sweep;
            try
            {
                if (await pass(stopping) is { } due && due - time.GetUtcNow() is var until && until < wait)
                    wait = until;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogFailed(logger, e);
                (woken, wait) = (new TaskCompletionSource().Task, options.AfterFailure);
            }
            await WaitAsync(woken, wait, time, stopping);
        }
    }

    private static async Task WaitAsync(Task woken, TimeSpan wait, TimeProvider time, CancellationToken stopping)
    {
        // Something due that this pass could not take (another node is at it) must not make the loop spin.
        wait = wait > ShortestWait ? wait : ShortestWait;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await Task.WhenAny(woken, Task.Delay(wait, time, enough.Token));
        await enough.CancelAsync();
    }

    [LoggerMessage(EventId = 3101, Level = LogLevel.Error, Message = "Looking for work failed; it is tried again shortly")]
    private static partial void LogFailed(ILogger logger, Exception e);
}
