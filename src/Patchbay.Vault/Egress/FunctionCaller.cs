using Patchbay.Vault.Connections;
using Patchbay.Vault.Egress.Doors;

namespace Patchbay.Vault.Egress;

internal sealed class FunctionCaller(EgressDoor door, FunctionIdentity identity, string? runId, IEgressPolicy policy, IConnectionStore store) : IFunctionCaller
{
    public FunctionIdentity Identity => identity;

    public string? RunId => runId;

    public async ValueTask<string?> GetPhantomAsync(string connector, CancellationToken cancellationToken)
    {
        var allowed = await policy.GetAsync(identity, cancellationToken);
        return allowed?.Connections.FirstOrDefault(c => c.Connector == connector) is { } connection
            && await store.FindAsync(identity.App, connection.Connection, cancellationToken) is { State: ConnectionState.Connected } row
            && row.Connector == connector
            ? door.Phantoms.For(connection)
            : null;
    }
}
