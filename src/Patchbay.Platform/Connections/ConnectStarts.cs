using Patchbay.Catalog;
using Patchbay.Platform.Apps;
using Patchbay.Platform.Workspaces;
using Patchbay.Vault;
using Patchbay.Vault.OAuth;

namespace Patchbay.Platform.Connections;

/// <summary>From the wish to connect an account to the vendor's page. In between stands our own page: it names what is about to
/// happen, opens for its requester only, and nobody reaches a vendor by a link alone.</summary>
public sealed class ConnectStarts(IConnections vault, OAuthClientService clients, ConnectorCatalog catalog, AppService apps, IWorkspaceStore workspaces, IConnectStartStore store, TimeProvider time)
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    /// <summary>Keeps the wish.</summary>
    /// <returns>The handle of its page, to be handed to the requester only: 43 base64url characters.</returns>
    public async Task<string> AskAsync(Teammate actor, App app, ConnectWish wish, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(wish);
        await apps.DemandConnectorsAsync(app, cancellationToken);
        var connector = catalog.FindConnector(wish.Connector)
            ?? throw new UserVisibleException(RefusalKind.NotFound, "PB1401", $"There is no connector '{wish.Connector}'.");
        foreach (var unknown in wish.Scopes.Where(s => connector.Scopes.All(known => known.Id != s)))
            throw new UserVisibleException(RefusalKind.Invalid, "PB1402", $"{connector.Name} has no permission '{unknown}' in the catalog.");
        if (!connector.UsesOAuth)
            throw new UserVisibleException(RefusalKind.Invalid, "PB1415", $"{connector.Name} is connected by a key, not by signing in. Enter its key instead.");
        AppConnections.RefuseWithdrawn(connector, wish.Scopes);
        var existing = await ExistingAsync(app.Id, connector.Id, cancellationToken);
        if (wish.Scopes.Count == 0 && existing?.ApprovedScopes is not { Count: > 0 })
            throw new UserVisibleException(RefusalKind.Invalid, "PB1403", $"Nothing to approve: say what the app should do with {connector.Name} first.");
        var readiness = await clients.ReadinessAsync(actor.Workspace, connector, cancellationToken);
        // More permissions and a new sign-in go to where the account is: the vendor's grant belongs to that realm and client.
        var realm = wish.Realm ?? (wish.Client is null && existing is not null && readiness.Can(existing.Realm) ? existing.Realm : null);
        var client = wish.Client ?? (realm == Realm.Live && existing is { Realm: Realm.Live } && readiness.LiveClients.Any(c => c.Id == existing.Client) ? existing.Client : null);
        // What cannot work is said here, before anybody is led to a page for it.
        readiness.Demand(realm, client);
        var handle = Tokens.New();
        await store.InsertAsync(new ConnectStart
        {
            App = app.Id, HandleHash = Tokens.Hash(handle), RequesterKind = RequesterKind.Teammate, Requester = actor.Id.Value, Connector = connector.Id,
            Scopes = wish.Scopes, Realm = realm, Client = client, SwitchAccount = wish.SwitchAccount, Context = wish.Context, ExpiresAt = time.GetUtcNow() + Life,
        }, cancellationToken);
        return handle;
    }

    /// <summary>What the page shows.</summary>
    public async Task<ConnectStartDetails> DescribeAsync(Teammate actor, string handle, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var (start, app, connector) = await OpenAsync(actor, handle, cancellationToken);
        var existing = await ExistingAsync(app.Id, connector.Id, cancellationToken);
        var granted = ScopeRules.Closure(connector, existing?.GrantedScopes ?? []);
        var asked = start.Scopes.Union(existing?.ApprovedScopes ?? []).ToList();
        var requester = await workspaces.FindTeammateAsync(new(start.Requester), cancellationToken);
        return new ConnectStartDetails
        {
            Start = start, App = app, Connector = connector, RequestedBy = requester?.Name ?? "", Existing = existing,
            Permissions = [.. connector.Scopes.Where(s => asked.Contains(s.Id)).Select(s => new AskedPermission(s, existing is not null && !granted.Contains(s.Id)))],
            Readiness = await clients.ReadinessAsync(actor.Workspace, connector, cancellationToken),
        };
    }

    /// <summary>The click: the wish is used up, and the vendor's page is next.</summary>
    /// <param name="realm">Chosen on the page; null: as it was asked for.</param>
    /// <param name="client">Likewise.</param>
    /// <param name="browserBinding">Of the browser that clicked.</param>
    public async Task<AuthorizationStart> GoAsync(Teammate actor, string handle, Realm? realm, string? client, string browserBinding, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var (start, app, connector) = await OpenAsync(actor, handle, cancellationToken);
        await apps.DemandConnectorsAsync(app, cancellationToken);
        var chosen = client ?? (realm is null || realm == start.Realm ? start.Client : null);
        var wanted = (await clients.ReadinessAsync(actor.Workspace, connector, cancellationToken)).Demand(realm ?? start.Realm, chosen);
        if (!await store.TryUseAsync(start.HandleHash, time.GetUtcNow(), cancellationToken))
            throw Used();
        var existing = await ExistingAsync(app.Id, connector.Id, cancellationToken);
        var approved = start.Scopes.Union(existing?.ApprovedScopes ?? []).Distinct(StringComparer.Ordinal).ToList();
        return await vault.BeginAsync(new ConnectRequest
        {
            App = app.Id, Teammate = actor.Id.Value, Connector = connector.Id, Scopes = approved, ApprovedScopes = approved, Realm = wanted, Workspace = actor.Workspace.Value,
            Client = chosen, Replaces = existing?.Id, SwitchAccount = start.SwitchAccount, Context = start.Context, BrowserBinding = browserBinding,
        }, cancellationToken);
    }

    private async Task<(ConnectStart, App, Connector)> OpenAsync(Teammate actor, string handle, CancellationToken cancellationToken)
    {
        var start = await store.FindAsync(Tokens.Hash(handle), cancellationToken)
            ?? throw new UserVisibleException(RefusalKind.NotFound, "PB1431", "This link was cut short, or nobody made it here. Begin again from the app.");
        if (start.RequesterKind != RequesterKind.Teammate || start.Requester != actor.Id.Value)
            throw new UserVisibleException(RefusalKind.Forbidden, "PB1432", "Another person asked for this connection, and only they can go on. If you want to connect the account, begin from the app yourself.");
        if (start.UsedAt is not null)
            throw Used();
        if (start.ExpiresAt <= time.GetUtcNow())
            throw new UserVisibleException(RefusalKind.Gone, "PB1433", "More than ten minutes passed since the connection was asked for. Begin again from the app.");
        var app = await apps.GetAsync(actor.Workspace, start.App, cancellationToken);
        var connector = catalog.FindConnector(start.Connector) ?? throw new UserVisibleException(RefusalKind.NotFound, "PB1401", $"There is no connector '{start.Connector}' any more.");
        return (start, app, connector);
    }

    private async Task<ConnectionView?> ExistingAsync(AppId app, string connector, CancellationToken cancellationToken) =>
        (await vault.ListAsync(app, cancellationToken)).FirstOrDefault(c => c.Connector == connector);

    private static UserVisibleException Used() => new(RefusalKind.Gone, "PB1434", "This link was used already: each counts once. Begin again from the app.");
}

/// <summary>What somebody wants to connect.</summary>
/// <param name="Scopes">What to approve; those already approved stay approved.</param>
/// <param name="Realm">Null: live where it is set up, else the sandbox.</param>
/// <param name="Client">Our id of the OAuth client; null: the default one.</param>
/// <param name="Context">Comes back with the outcome.</param>
public sealed record ConnectWish(string Connector, IReadOnlyList<string> Scopes, Realm? Realm, string? Client, bool SwitchAccount, string? Context);

/// <param name="IsNew">Asked in addition to what the connected account gave.</param>
public sealed record AskedPermission(Scope Scope, bool IsNew);

public sealed record ConnectStartDetails
{
    public required ConnectStart Start { get; init; }
    public required App App { get; init; }
    public required Connector Connector { get; init; }
    public required string RequestedBy { get; init; }

    /// <summary>The connection that stays in use until the new one is proven.</summary>
    public ConnectionView? Existing { get; init; }

    public required IReadOnlyList<AskedPermission> Permissions { get; init; }
    public required ConnectorReadiness Readiness { get; init; }
}
