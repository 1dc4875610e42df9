using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Patchbay.Platform.Live;
using Patchbay.Vault;

namespace Patchbay.Platform.Runs;

public static class RunsSetup
{
    /// <summary>Events and runs. The host provides the stores (runs, flows, run log, call log reader), the Vault, the catalog and logging.</summary>
    public static IServiceCollection AddRuns(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<LiveBus>();
        services.TryAddSingleton<WorkSignals>();
        services.TryAddSingleton<RunningRuns>();
        services.TryAddSingleton<RunConnections>();
        services.TryAddSingleton(_ => new RetryDelays(Random.Shared.NextDouble));
        services.TryAddSingleton(s => new WorkOptions { Holder = $"{Environment.MachineName}-{Ids.New(s.GetRequiredService<TimeProvider>())}" });
        services.TryAddSingleton<Dispatcher>();
        services.TryAddSingleton<Worker>();
        services.TryAddSingleton<RunsService>();
        return services;
    }

    /// <summary>Starts dispatcher, worker and scheduler with the host: on nodes of role worker.</summary>
    public static IServiceCollection AddRunLoops(this IServiceCollection services)
    {
        services.AddHostedService<RunLoops>();
        return services;
    }
}
