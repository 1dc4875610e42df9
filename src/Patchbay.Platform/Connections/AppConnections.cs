using Patchbay.Catalog;
using Patchbay.Platform.Apps;
using Patchbay.Platform.Auditing;
using Patchbay.Platform.Flows;
using Patchbay.Platform.Live;
using Patchbay.Platform.Runs;
using Patchbay.Platform.Workspaces;
using Patchbay.Vault;
using Patchbay.Vault.Connections;
using Patchbay.Vault.OAuth;

namespace Patchbay.Platform.Connections;

/// <summary>The app's shared connections: plan and switch are checked here, tokens stay in the vault.</summary>
public sealed class AppConnections(IConnections vault, ConnectorCatalog catalog, IFlowStore flows, RunsService runs, IAuditLog audit, LiveBus live, TimeProvider time)
{
    public Task<IReadOnlyList<ConnectionView>> ListAsync(AppId app, CancellationToken cancellationToken) => vault.ListAsync(app, cancellationToken);

    /// <summary>Connector to the scopes that a person approved for this app, working connections only.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> ApprovedAsync(AppId app, CancellationToken cancellationToken) =>
        (await vault.ListAsync(app, cancellationToken)).Where(c => c.State == ConnectionState.Connected)
            .ToDictionary(c => c.Connector, c => (IReadOnlyList<string>)[.. c.ApprovedScopes.Intersect(Usable(c))], StringComparer.Ordinal);

    public async Task<ConnectOutcome> CompleteAsync(Teammate actor, CallbackParameters callback, string browserBinding, CancellationToken cancellationToken)
    {
        var outcome = await vault.CompleteAsync(callback, browserBinding, actor.Id.Value, cancellationToken);
        if (outcome is { Failure: null, Connection: { } connection })
        {
            await AuditAsync(actor, connection.App, "connection.connected", connection.Connector, connection.AccountLabel, cancellationToken);
            live.Publish(new(connection.App, "connection", connection.Id.Value));
            await runs.ConnectionBackAsync(connection.App, connection.Connector, cancellationToken);
        }
        return outcome;
    }

    public async Task DisconnectAsync(Teammate actor, App app, ConnectionId id, CancellationToken cancellationToken)
    {
        var connection = await vault.FindAsync(app.Id, id, cancellationToken)
            ?? throw new UserVisibleException(RefusalKind.NotFound, "PB1404", "This connection does not exist.");
        var outcome = await vault.DisconnectAsync(app.Id, id, cancellationToken);
        await AuditAsync(actor, app.Id, "connection.disconnected", connection.Connector, outcome.ToString(), cancellationToken);
        live.Publish(new(app.Id, "connection", id.Value));
    }

    /// <summary>Flows whose function uses the connector.</summary>
    public async Task<IReadOnlyList<Flow>> UsersAsync(AppId app, string connector, CancellationToken cancellationToken) =>
        [.. (await flows.ListAsync(app, cancellationToken)).Where(f => f.Connectors.Contains(connector))];

    /// <summary>Approved scopes that the vendor did not give.</summary>
    public IReadOnlyList<string> Missing(ConnectionView connection) => [.. connection.ApprovedScopes.Except(Usable(connection))];

    private HashSet<string> Usable(ConnectionView connection) =>
        catalog.FindConnector(connection.Connector) is { } connector ? [.. ScopeRules.Closure(connector, connection.GrantedScopes)] : [.. connection.GrantedScopes];

    private Task AuditAsync(Teammate actor, AppId app, string action, string subject, string? detail, CancellationToken cancellationToken) =>
        audit.AppendAsync(new(Ids.New(time), actor.Workspace, app, time.GetUtcNow(), actor.Id.Value, action, subject, detail), cancellationToken);
}
