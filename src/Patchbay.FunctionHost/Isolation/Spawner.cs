using System.Collections.Concurrent;
using System.Diagnostics;
using Patchbay.FunctionHost.Native;

namespace Patchbay.FunctionHost.Isolation;

/// <summary>Starts child processes, all from one thread that lives as long as the host.</summary>
/// <remarks>
/// bubblewrap's --die-with-parent asks the kernel for a signal when the *thread* that started it ends. Threads of
/// the pool come and go, and each that went would take its functions with it.
/// </remarks>
internal sealed class Spawner : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];

    public Spawner()
    {
        new Thread(Run) { IsBackground = true, Name = "function spawner" }.Start();
    }

    public Task<Process> StartAsync(ProcessStartInfo start)
    {
        var done = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() =>
        {
            try
            {
                if (OperatingSystem.IsLinux()) ProcessHandle.KeepDescriptorsFromChildren();
                done.SetResult(Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start."));
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        });
        return done.Task;
    }

    public void Dispose() => _work.CompleteAdding();

    private void Run()
    {
        foreach (var work in _work.GetConsumingEnumerable()) work();
    }
}
