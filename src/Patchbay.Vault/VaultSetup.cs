using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Patchbay.Vault.ApiKeys;
using Patchbay.Vault.Egress;
using Patchbay.Vault.Egress.Doors;
using Patchbay.Vault.Egress.Forwarding;
using Patchbay.Vault.Network;
using Patchbay.Vault.OAuth;
using Patchbay.Vault.Secrets;

namespace Patchbay.Vault;

public static class VaultSetup
{
    /// <summary>Registers <see cref="IConnections"/>, <see cref="IOAuthClients"/> and <see cref="IEgress"/>. The host
    /// provides a <c>ConnectorCatalog</c>, an <c>IConnectionStore</c>, an <see cref="IEgressPolicy"/>, an
    /// <see cref="ILocalApi"/>, an <see cref="ICallLog"/>, logging and (or the system's is taken) a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddVault(this IServiceCollection services, Action<VaultOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new VaultOptions();
        configure(options);
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);

        services.AddSingleton(_ => new SecretBox(options.RequiredKey));
        services.TryAddSingleton<LiveNetwork>();
        services.AddSingleton<LiveClient>();
        services.AddSingleton(_ => new SandboxClient(() => options.SandboxPort));
        services.AddSingleton<VendorHttp>();

        services.AddSingleton<SandboxRegistration>();
        services.AddSingleton<OAuthClients>();
        services.AddSingleton<IOAuthClients>(s => s.GetRequiredService<OAuthClients>());
        services.AddSingleton<TokenEndpoint>();
        services.AddSingleton<TokenSource>();
        services.AddSingleton<AccountReader>();
        services.AddSingleton<GrantRevoker>();
        services.AddSingleton<ConnectFlow>();
        services.AddSingleton<KeyFlow>();
        services.AddSingleton<IConnections, ConnectionService>();

        services.AddSingleton<InterceptionCa>();
        services.AddSingleton<CallRecorder>();
        services.AddSingleton<HostPolicy>();
        services.AddSingleton<Forwarder>();
        // Asked for at the first call, not at construction: the server's own pipeline may itself need the egress.
        services.AddSingleton<Func<ILocalApi>>(s => s.GetRequiredService<ILocalApi>);
        services.AddSingleton<EgressApplication>();
        services.AddSingleton<ConnectMiddleware>();
        services.AddSingleton<IEgress, EgressServer>();
        return services;
    }
}
