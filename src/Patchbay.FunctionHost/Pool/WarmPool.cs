using Patchbay.FunctionHost.Processes;

namespace Patchbay.FunctionHost.Pool;

/// <summary>Processes that wait for a function, refilled in the background.</summary>
internal sealed class WarmPool(ProcessFactory factory, int size) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<FunctionProcess> _waiting = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<Task> _filling = [];

    public int Count
    {
        get { lock (_gate) return _waiting.Count; }
    }

    /// <summary>A warm process, or a fresh one when none waits.</summary>
    /// <exception cref="IOException">None could be started.</exception>
    public async Task<FunctionProcess> TakeAsync(CancellationToken cancellationToken)
    {
        FunctionProcess? taken = null;
        lock (_gate)
        {
            while (taken is null && _waiting.TryDequeue(out var candidate))
                if (candidate.IsAlive) taken = candidate;
        }

        taken ??= await factory.StartAsync(cancellationToken);
        Fill();
        return taken;
    }

    /// <summary>Starts what is missing, without waiting. A failure shows at the next <see cref="TakeAsync"/>, which starts one itself.</summary>
    public void Fill()
    {
        lock (_gate)
        {
            while (!_stop.IsCancellationRequested && _waiting.Count + _filling.Count < size)
            {
                var filling = new TaskCompletionSource();
                _filling.Add(filling.Task);
                _ = FillOneAsync(filling);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Task[] filling;
        lock (_gate) filling = [.. _filling];
        await Task.WhenAll(filling);
        FunctionProcess[] waiting;
        lock (_gate) waiting = [.. _waiting];
        foreach (var process in waiting) await process.DisposeAsync();
        _stop.Dispose();
    }

    private async Task FillOneAsync(TaskCompletionSource filling)
    {
        FunctionProcess? process = null;
        try
        {
            process = await Task.Run(() => factory.StartAsync(_stop.Token));
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or System.ComponentModel.Win32Exception or UnauthorizedAccessException)
        {
            // The next one who needs a process starts it and gets the reason.
        }

        lock (_gate)
        {
            _filling.Remove(filling.Task);
            if (process is not null) _waiting.Enqueue(process);
        }

        filling.SetResult();
    }
}
