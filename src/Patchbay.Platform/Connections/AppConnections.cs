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
public sealed class AppConnections(IConnections vault, ConnectorCatalog catalog, AppService apps, IFlowStore flows, RunsService runs, IAuditLog audit, LiveBus live, TimeProvider time)
{
    public Task<IReadOnlyList<ConnectionView>> ListAsync(AppId app, CancellationToken cancellationToken) => vault.ListAsync(app, cancellationToken);

    /// <summary>Connector to the scopes that a person approved for this app, working connections only.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> ApprovedAsync(AppId app, CancellationToken cancellationToken) =>
        (await vault.ListAsync(app, cancellationToken)).Where(c => c.State == ConnectionState.Connected)
            .ToDictionary(c => c.Connector, c => (IReadOnlyList<string>)[.. c.ApprovedScopes.Intersect(Usable(c))], StringComparer.Ordinal);

    /// <summary>Connects an account by its key, or approves more of the key that is there.</summary>
    /// <param name="fields">What was typed, by the catalog's field names; null to keep the key in use.</param>
    /// <param name="scopes">What to approve; those already approved stay approved.</param>
    public async Task<ConnectionView> ConnectWithKeyAsync(
        Teammate actor, App app, string connectorId, IReadOnlyDictionary<string, string>? fields, IReadOnlyList<string> scopes, bool switchAccount, CancellationToken cancellationToken)
    {
        await apps.DemandConnectorsAsync(app, cancellationToken);
        var connector = catalog.FindConnector(connectorId)
            ?? throw new UserVisibleException(RefusalKind.NotFound, "PB1401", $"There is no connector '{connectorId}'.");
        if (connector.UsesOAuth)
            throw new UserVisibleException(RefusalKind.Invalid, "PB1406", $"{connector.Name} is connected by signing in, not by a key.");
        foreach (var unknown in scopes.Where(s => connector.Scopes.All(known => known.Id != s)))
            throw new UserVisibleException(RefusalKind.Invalid, "PB1402", $"{connector.Name} has no permission '{unknown}' in the catalog.");
        RefuseWithdrawn(connector, scopes);
        var existing = (await vault.ListAsync(app.Id, cancellationToken)).FirstOrDefault(c => c.Connector == connectorId);
        var approved = scopes.Union(existing?.ApprovedScopes ?? []).Distinct(StringComparer.Ordinal).ToList();
        if (approved.Count == 0)
            throw new UserVisibleException(RefusalKind.Invalid, "PB1403", $"Nothing to approve: say what the app should do with {connector.Name} first.");
        if (fields is not { Count: > 0 })
            return await ApproveMoreAsync(actor, app, connector, existing, approved, cancellationToken);

        var outcome = await vault.ConnectWithKeyAsync(new() { App = app.Id, Teammate = actor.Id.Value, Connector = connectorId, Fields = fields, ApprovedScopes = approved, SwitchAccount = switchAccount }, cancellationToken);
        if (outcome.Failure is { } failure)
            throw new UserVisibleException(RefusalKind.Conflict, failure switch { ConnectFailure.VendorUnavailable => "PB1408", ConnectFailure.OtherAccount => "PB1409", ConnectFailure.AlreadyConnected => "PB1413", _ => "PB1407" }, outcome.Message!);
        var connection = outcome.Connection!;
        await AuditAsync(actor, app.Id, "connection.connected", connectorId, connection.AccountLabel, cancellationToken);
        live.Publish(new(app.Id, "connection", connection.Id.Value));
        await runs.ConnectionBackAsync(app.Id, connectorId, cancellationToken);
        return connection;
    }

    private async Task<ConnectionView> ApproveMoreAsync(Teammate actor, App app, Connector connector, ConnectionView? existing, List<string> approved, CancellationToken cancellationToken)
    {
        if (existing is null)
            throw new UserVisibleException(RefusalKind.Invalid, "PB1405", $"{connector.Name} is not connected yet: enter its key too.");
        await vault.ApproveAsync(app.Id, existing.Id, approved, cancellationToken);
        await AuditAsync(actor, app.Id, "connection.approved", connector.Id, string.Join(' ', approved), cancellationToken);
        live.Publish(new(app.Id, "connection", existing.Id.Value));
        return existing with { ApprovedScopes = approved };
    }

    internal static void RefuseWithdrawn(Connector connector, IReadOnlyList<string> scopes)
    {
        if (connector.Scopes.FirstOrDefault(s => s.Withdrawn is not null && scopes.Contains(s.Id)) is { } withdrawn)
            throw new UserVisibleException(RefusalKind.Invalid, "PB1414", $"{connector.Name} gives the permission '{withdrawn.Id}' to nobody. {withdrawn.Withdrawn}");
    }

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
