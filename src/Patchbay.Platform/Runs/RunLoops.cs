using Microsoft.Extensions.Hosting;
using Patchbay.Platform.Flows;

namespace Patchbay.Platform.Runs;

/// <summary>The three loops, for as long as the host runs. Stopping waits until the worker has finished or given back its runs.</summary>
internal sealed class RunLoops(Dispatcher dispatcher, Worker worker, Scheduler scheduler) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        Task.Run(() => dispatcher.RunAsync(stoppingToken), CancellationToken.None),
        Task.Run(() => worker.RunAsync(stoppingToken), CancellationToken.None),
        Task.Run(() => scheduler.RunAsync(stoppingToken), CancellationToken.None));
}
