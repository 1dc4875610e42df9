using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Patchbay.Platform.Flows;

public static class FlowsSetup
{
    /// <summary>Flows and their schedules; needs <see cref="Runs.RunsSetup.AddRuns"/>. The loops are started by
    /// <see cref="Runs.RunsSetup.AddRunLoops"/>.</summary>
    public static IServiceCollection AddFlows(this IServiceCollection services)
    {
        services.TryAddSingleton<FlowService>();
        services.TryAddSingleton<Scheduler>();
        return services;
    }
}
