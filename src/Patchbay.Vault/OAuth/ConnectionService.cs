using Patchbay.Catalog;
using Patchbay.Vault.ApiKeys;
using Patchbay.Vault.Connections;
using Patchbay.Vault.Secrets;

namespace Patchbay.Vault.OAuth;

internal sealed class ConnectionService(ConnectorCatalog catalog, IConnectionStore store, ConnectFlow flow, OAuthClients clients, GrantRevoker revoker, TokenSource tokens, KeyFlow keys, SecretBox box) : IConnections
{
    public Task<AuthorizationStart> BeginAsync(ConnectRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return flow.BeginAsync(OfItsRealm(request), cancellationToken);
    }

    /// <summary>A connector that the sandbox has no look-alike of is a real one, whatever else the sandbox knows of its vendor.</summary>
    private ConnectRequest OfItsRealm(ConnectRequest request)
    {
        if (catalog.FindConnector(request.Connector) is not { } connector)
            return request;
        if (!connector.UsesOAuth)
            throw new VaultRefusedException("PB2118", $"{connector.Name} is connected by a key, not by signing in. Enter its key instead.");
        if (connector.Proof != Proof.Shapes)
            return request;
        return request.Realm != Realm.Sandbox
            ? request with { Realm = Realm.Live }
            : throw new VaultRefusedException("PB2119", $"The sandbox has no look-alike of {connector.Name}. Connect a real account; an admin must enter an OAuth client for it first.");
    }

    public Task<ConnectOutcome> ConnectWithKeyAsync(KeyConnectRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return keys.ConnectAsync(request, cancellationToken);
    }

    public Task<ConnectOutcome> CompleteAsync(CallbackParameters callback, string? browserBinding, string teammate, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return flow.CompleteAsync(callback, browserBinding, teammate, cancellationToken);
    }

    public async Task<string?> FindVendorOfAsync(string state, CancellationToken cancellationToken) =>
        await store.FindAuthorizationAsync(Nonce.Hash(state), cancellationToken) is { } row ? catalog.FindConnector(row.Connector)?.Vendor : null;

    public async Task<IReadOnlyList<ConnectionView>> ListAsync(AppId app, CancellationToken cancellationToken) =>
        [.. (await store.ListAsync(app, cancellationToken)).Select(View)];

    public async Task<ConnectionView?> FindAsync(AppId app, ConnectionId id, CancellationToken cancellationToken) =>
        await store.FindAsync(app, id, cancellationToken) is { } row ? View(row) : null;

    private ConnectionView View(ConnectionRow row) => ConnectionView.Of(row, Scopes.Family(catalog, row.Vendor));

    public async Task ApproveAsync(AppId app, ConnectionId id, IReadOnlyList<string> scopes, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(app, id, cancellationToken) is not { State: not ConnectionState.Disconnected } row || catalog.FindConnector(row.Connector) is not { } connector)
            throw new VaultRefusedException("PB2113", "The app has no such connection. Connect the account first.");
        ConnectFlow.RefuseUnknown(connector, scopes);
        await store.ApproveAsync(app, id, Scopes.Union(row.ApprovedScopes, scopes), cancellationToken);
    }

    public async Task<DisconnectOutcome> DisconnectAsync(AppId app, ConnectionId id, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(app, id, cancellationToken) is not { } row)
            return DisconnectOutcome.NothingToDo;
        // Opened before it is destroyed: the vendor can only be told with it. A damaged one is destroyed all the same.
        Credential? credential = null;
        try
        {
            credential = row.Credential is null ? null : Credential.Open(box, row);
        }
        catch (SecretUnreadableException)
        {
        }
        var done = await store.DisconnectAsync(app, id, cancellationToken);
        tokens.Forget(id);
        if (!done)
            return DisconnectOutcome.NothingToDo;
        if (catalog.FindConnector(row.Connector) is { UsesOAuth: false })
            return DisconnectOutcome.ForgottenNoRevocation;
        if (credential is null || catalog.FindConnector(row.Connector) is not { } connector || await clients.FindAsync(row.OAuthClient, cancellationToken) is not { } client)
            return DisconnectOutcome.ForgottenVendorFailed;
        return await revoker.RevokeAsync(connector, client, credential, row.AccountId, except: id, cancellationToken);
    }
}
