using Patchbay.Vault.Connections;
using Patchbay.Vault.Egress.Doors;
using Patchbay.Vault.OAuth;
using Patchbay.Vault.Secrets;

namespace Patchbay.Vault.Egress;

internal sealed class FunctionCaller(EgressDoor door, FunctionIdentity identity, string? runId, IEgressPolicy policy, IConnectionStore store, SecretBox box) : IFunctionCaller
{
    public FunctionIdentity Identity => identity;

    public string? RunId => runId;

    public async ValueTask<string?> GetPhantomAsync(string connector, CancellationToken cancellationToken) =>
        await FindAsync(connector, cancellationToken) is var (connection, _) ? door.Phantoms.For(connection) : null;

    public async ValueTask<IReadOnlyDictionary<string, string>?> GetConfigAsync(string connector, CancellationToken cancellationToken)
    {
        try
        {
            return await FindAsync(connector, cancellationToken) is var (_, row) && Credential.Open(box, row).Config is { Count: > 0 } config ? config : null;
        }
        catch (SecretUnreadableException)
        {
            // The call itself will say that the stored access does not open.
            return null;
        }
    }

    private async ValueTask<(AllowedConnection Connection, ConnectionRow Row)?> FindAsync(string connector, CancellationToken cancellationToken)
    {
        var allowed = await policy.GetAsync(identity, cancellationToken);
        return allowed?.Connections.FirstOrDefault(c => c.Connector == connector) is { } connection
            && await store.FindAsync(identity.App, connection.Connection, cancellationToken) is { State: ConnectionState.Connected } row
            && row.Connector == connector
            ? (connection, row)
            : null;
    }
}
