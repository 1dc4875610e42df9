using Patchbay.FunctionHost.Native;
using Patchbay.FunctionHost.Processes;

namespace Patchbay.FunctionHost.Pool;

/// <summary>Everything that runs or waits for one function version.</summary>
internal sealed class Lane(FunctionKey key, LaneHost host)
{
    private readonly Lock _gate = new();
    private readonly List<BoundProcess> _processes = [];
    private readonly LinkedList<TaskCompletionSource<Entry>> _waiting = new();
    private int _starting;
    private bool _closed;

    public FunctionKey Key { get; } = key;

    /// <summary>Closes a lane in which nothing runs, starts or waits. A closed lane lets nobody in.</summary>
    public bool TryClose()
    {
        lock (_gate) return _closed = _processes.Count == 0 && _starting == 0 && _waiting.Count == 0;
    }

    /// <summary>A place in a process, or why there is none; neither when the lane was closed in the meantime.</summary>
    internal readonly record struct Entry(BoundProcess? Process, FunctionFailed? Failed);

    /// <summary>Waits for a place. The caller must <see cref="Leave"/>.</summary>
    public async Task<Entry> EnterAsync(FunctionInvocation invocation, CancellationToken cancellationToken)
    {
        LinkedListNode<TaskCompletionSource<Entry>> place;
        lock (_gate)
        {
            if (_closed) return default;
            if (TakeRoom() is { } process) return new Entry(process, null);
            place = _waiting.AddLast(new TaskCompletionSource<Entry>(TaskCreationOptions.RunContinuationsAsynchronously));
            StartIfNeeded(invocation);
        }

        try
        {
            return await place.Value.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            var late = false;
            lock (_gate)
            {
                if (place.List is null) late = true;
                else _waiting.Remove(place);
            }

            // The place was given in the same instant: hand it on.
            if (late && (await place.Value.Task).Process is { } given) Leave(given);
            throw;
        }
    }

    public void Leave(BoundProcess process)
    {
        lock (_gate)
        {
            process.InFlight--;
            if (process.InFlight == 0)
            {
                process.IdleSince = host.Time.GetUtcNow();
                StartStretch(process, process.Limits.Cpu);
            }

            if (process.Retired && process.InFlight == 0) process.Process.Kill(ProcessEnd.Retired);
            Seat();
        }

        host.Capacity.HasIdle();
    }

    /// <summary>No further request for this process; it ends when the present ones have left, or after the grace.</summary>
    public void Retire(BoundProcess process, ProcessEnd reason)
    {
        lock (_gate)
        {
            process.Retired = true;
            if (process.InFlight <= 1)
            {
                process.Process.Kill(reason);
                return;
            }
        }

        _ = EndAfterGraceAsync(process, reason);
    }

    /// <summary>Looks at every process once; called by the watchdog.</summary>
    public void Watch(DateTimeOffset now, TimeSpan idleTimeout)
    {
        lock (_gate)
        {
            foreach (var process in _processes)
            {
                if (!process.Process.IsAlive) continue;
                if (process.InFlight == 0 && now - process.IdleSince > idleTimeout) process.Process.Kill(ProcessEnd.Retired);
                else if (ProcFiles.PrivateBytes(process.Process.Pid) > process.Limits.MemoryBytes) process.Process.Kill(ProcessEnd.Memory);
                else if (ProcFiles.CpuTime(process.Process.Pid) is { } used && used - process.CpuBase > process.CpuAllowance) process.Process.Kill(ProcessEnd.CpuTime);
            }
        }
    }

    /// <summary>Since when a process of this lane has been idle: the longest, or null when none is.</summary>
    public DateTimeOffset? IdleSince()
    {
        lock (_gate) return _processes.Where(p => p is { InFlight: 0, Process.IsAlive: true }).Select(p => (DateTimeOffset?)p.IdleSince).Min();
    }

    /// <summary>Ends the longest idle process, to make room; false where none is idle any more.</summary>
    public bool EvictIdle()
    {
        lock (_gate)
        {
            if (_processes.Where(p => p is { InFlight: 0, Process.IsAlive: true }).MinBy(p => p.IdleSince) is not { } idle) return false;
            idle.Evicted = true;
            idle.Process.Kill(ProcessEnd.Retired);
            return true;
        }
    }

    /// <summary>Ends every process.</summary>
    public async Task EvictAllAsync()
    {
        BoundProcess[] all;
        lock (_gate)
        {
            all = [.. _processes];
            foreach (var process in all) process.Process.Kill(ProcessEnd.Retired);
        }

        foreach (var process in all) await process.Process.Ended;
    }

    private async Task EndAfterGraceAsync(BoundProcess process, ProcessEnd reason)
    {
        await Task.WhenAny(process.Process.Ended, Task.Delay(host.RetireGrace, host.Time));
        process.Process.Kill(reason);
    }

    private BoundProcess? TakeRoom()
    {
        var process = _processes.Where(p => p.HasRoom).MinBy(p => p.InFlight);
        if (process is null) return null;
        if (process.InFlight++ == 0) StartStretch(process, process.Limits.Cpu);
        else process.CpuAllowance += process.Limits.Cpu;
        return process;
    }

    private static void StartStretch(BoundProcess process, TimeSpan allowance)
    {
        process.CpuBase = ProcFiles.CpuTime(process.Process.Pid) ?? process.CpuBase;
        process.CpuAllowance = allowance;
    }

    private void Seat()
    {
        while (_waiting.First is { } first && TakeRoom() is { } process)
        {
            _waiting.RemoveFirst();
            first.Value.SetResult(new Entry(process, null));
        }
    }

    private void StartIfNeeded(FunctionInvocation invocation)
    {
        var expected = _starting * Math.Max(1, invocation.Limits.Concurrency);
        if (_waiting.Count <= expected || _processes.Count + _starting >= host.MaxProcessesPerFunction) return;
        _starting++;
        // Not the caller's own task: if it gives up, others still wait for the process.
        _ = Task.Run(() => StartAsync(invocation));
    }

    private async Task StartAsync(FunctionInvocation invocation)
    {
        FunctionProcess? process = null;
        FunctionFailed? failed;
        try
        {
            (process, failed) = await host.StartAsync(Key, invocation);
        }
        catch (Exception e)
        {
            failed = new FunctionFailed(FunctionFailure.StartFailed, $"The function's process could not be started: {e.Message}");
        }

        lock (_gate)
        {
            _starting--;
            if (process is not null)
            {
                var bound = new BoundProcess(process, invocation.Limits, host.Time.GetUtcNow());
                _processes.Add(bound);
                StartStretch(bound, bound.Limits.Cpu);
                _ = ForgetWhenEndedAsync(bound, invocation);
                Seat();
            }
            else if (_starting == 0 && !_processes.Exists(p => p.Process.IsAlive))
            {
                foreach (var waiter in _waiting) waiter.SetResult(new Entry(null, failed));
                _waiting.Clear();
            }
        }
    }

    private async Task ForgetWhenEndedAsync(BoundProcess process, FunctionInvocation invocation)
    {
        await process.Process.Ended;
        lock (_gate)
        {
            _processes.Remove(process);
            // Those who waited for a place in it need another process.
            if (_waiting.Count > 0) StartIfNeeded(invocation);
        }

        host.Capacity.Free(process.Evicted);
    }
}
