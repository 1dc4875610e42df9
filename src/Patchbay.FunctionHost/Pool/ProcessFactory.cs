using Patchbay.FunctionHost.Isolation;
using Patchbay.FunctionHost.Native;
using Patchbay.FunctionHost.Processes;

namespace Patchbay.FunctionHost.Pool;

/// <summary>Starts processes, each in a folder and, as root, with a user id of its own.</summary>
internal sealed class ProcessFactory(
    FunctionHostOptions options, SandboxLine line, Spawner spawner, IFunctionEgress egress, TimeProvider time, string runDirectory)
{
    private readonly Lock _gate = new();
    private readonly HashSet<uint> _usedUids = [];
    private int _next;

    public async Task<FunctionProcess> StartAsync(CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _next);
        uint? uid = NativeFiles.EffectiveUid() == 0 ? TakeUid() : null;
        var setup = new ProcessSetup(Path.Combine(runDirectory, $"{number}"), uid, options.Isolation == FunctionIsolation.Unsafe, line, spawner, egress, time, () => FreeUid(uid));
        using var limit = new CancellationTokenSource(options.StartTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await FunctionProcess.StartAsync(setup, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"A function process was not ready within {options.StartTimeout.TotalSeconds:0} s.");
        }
    }

    private uint TakeUid()
    {
        lock (_gate)
        {
            for (var i = 0; i < options.UidCount; i++)
            {
                var uid = (uint)(options.FirstUid + i);
                if (_usedUids.Add(uid)) return uid;
            }
        }

        throw new IOException($"All {options.UidCount} user ids of the functions' range are in use: raise UidCount.");
    }

    private void FreeUid(uint? uid)
    {
        if (uid is not { } id) return;
        lock (_gate) _usedUids.Remove(id);
    }
}
