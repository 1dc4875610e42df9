using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Patchbay.FunctionHost;
using Patchbay.Vault.Egress;

namespace Patchbay.Platform.Functions;

public static class FunctionsSetup
{
    /// <summary>Functions: saving, invoking, their way out. The host provides <see cref="FunctionHostOptions"/> (or an
    /// <see cref="IFunctionHost"/>), the Vault, the catalog and the stores of apps, workspaces and functions.</summary>
    public static IServiceCollection AddFunctions(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<FunctionGate>();
        services.TryAddSingleton<ServiceTokens>();
        services.TryAddSingleton<EgressDoors>();
        services.TryAddSingleton<IFunctionEgress>(s => s.GetRequiredService<EgressDoors>());
        services.TryAddSingleton<IEgressPolicy, FunctionPolicies>();
        services.TryAddSingleton<IFunctionHost>(s => new DenoFunctionHost(
            s.GetRequiredService<FunctionHostOptions>(), s.GetRequiredService<IFunctionEgress>(), s.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IFunctionInvoker, FunctionInvoker>();
        services.TryAddSingleton<FunctionService>();
        return services;
    }
}
