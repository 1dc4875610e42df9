using Patchbay.Catalog;
using Patchbay.Vault.Connections;
using Patchbay.Vault.Secrets;

namespace Patchbay.Vault.OAuth;

internal sealed class OAuthClients(ConnectorCatalog catalog, IConnectionStore store, SecretBox box, SandboxRegistration sandbox, VaultOptions options, TimeProvider time) : IOAuthClients
{
    public async Task EnsureSandboxAsync(CancellationToken cancellationToken)
    {
        var known = await store.ListClientsAsync(null, null, cancellationToken);
        // The others have no look-alike that a client could be announced to.
        foreach (var vendor in catalog.Connectors.Where(c => c.UsesOAuth && c.Proof == Proof.Sandbox).Select(c => c.Vendor).Distinct(StringComparer.Ordinal))
        {
            var kept = known.LastOrDefault(c => c.Vendor == vendor && c.Realm == Realm.Sandbox);
            var (id, secret) = SandboxRegistration.Invent(vendor);
            var row = kept ?? Sealed(new OAuthClientRow(Ids.New(time), vendor, Realm.Sandbox, id, null, time.GetUtcNow()) { Name = "Sandbox", IsDefault = true }, secret);
            // Announced before it is stored: a stored client promises that the sandbox has that vendor.
            if (await sandbox.AnnounceAsync(vendor, Open(row), options.RedirectUri(vendor), cancellationToken) && kept is null)
                await store.SaveClientAsync(row, [], cancellationToken);
        }
    }

    public async Task<OAuthClientView> AddAsync(NewOAuthClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        var row = Sealed(new OAuthClientRow(Ids.New(time), client.Vendor, Realm.Live, client.ClientId, null, time.GetUtcNow())
        {
            Workspace = client.Workspace,
            Name = client.Name,
            Connectors = [.. client.Connectors.Distinct(StringComparer.Ordinal)],
            IsDefault = client.IsDefault,
        }, client.Secret);
        return await SaveAsync(row, client.Secret, cancellationToken);
    }

    public async Task<OAuthClientView> ChangeAsync(string id, OAuthClientChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        var row = await FindLiveAsync(id, cancellationToken);
        if (change.ClientId is { } other && other != row.ClientId && await store.CountByClientAsync(id, null, cancellationToken) is > 0 and var uses)
            throw new VaultRefusedException("PB2116", $"{Count(uses)} on this client id, and the vendor's tokens belong to it. Add the other client id as a client of its own, and connect again with it.");
        var changed = row with
        {
            Name = change.Name ?? row.Name,
            ClientId = change.ClientId ?? row.ClientId,
            Connectors = change.Connectors is { } only ? [.. only.Distinct(StringComparer.Ordinal)] : row.Connectors,
            IsDefault = row.IsDefault || change.IsDefault,
        };
        return await SaveAsync(change.Secret is { } secret ? Sealed(changed, secret) : changed, change.Secret, cancellationToken);
    }

    public async Task RemoveAsync(string id, CancellationToken cancellationToken)
    {
        var row = await FindLiveAsync(id, cancellationToken);
        if (await store.TryDeleteClientAsync(id, cancellationToken))
            return;
        var uses = await store.CountByClientAsync(id, null, cancellationToken);
        if (uses == 0)
            throw Unknown();
        throw new VaultRefusedException("PB2116", $"{Count(uses)} on the client \"{row.Name}\". Disconnect them, or connect them again with another client, before you remove it.");
    }

    public async Task<IReadOnlyList<OAuthClientView>> ListAsync(string? workspace, string? vendor, CancellationToken cancellationToken) =>
        [.. (await store.ListClientsAsync(workspace, vendor, cancellationToken)).Select(View)];

    public async Task<IReadOnlyList<OAuthClientView>> ListForAsync(string connector, Realm realm, string? workspace, CancellationToken cancellationToken)
    {
        var known = catalog.FindConnector(connector) ?? throw new VaultRefusedException("PB2110", "The catalog has no such connector. Choose one of the catalog.");
        return [.. For(await store.ListClientsAsync(workspace, known.Vendor, cancellationToken), known, realm, workspace).Select(View)];
    }

    public async Task<IReadOnlyList<OAuthClientUse>> ListUsesAsync(string id, string? workspace, int limit, CancellationToken cancellationToken) =>
        [.. (await store.ListByClientAsync(id, workspace, limit, cancellationToken)).Select(c => new OAuthClientUse(c.App, c.Id, c.Connector, c.AccountLabel))];

    public Task<int> CountUsesAsync(string id, string? workspace, CancellationToken cancellationToken) => store.CountByClientAsync(id, workspace, cancellationToken);

    public string CallbackAddress(string vendor) => options.RedirectUri(vendor);

    /// <exception cref="VaultRefusedException">None is set up, or not the one that was asked for.</exception>
    public async Task<OpenClient> ChooseAsync(Connector connector, Realm? realm, string? workspace, string? client, CancellationToken cancellationToken)
    {
        var all = await store.ListClientsAsync(workspace, connector.Vendor, cancellationToken);
        Realm[] candidates = realm is { } chosen ? [chosen] : [Realm.Live, Realm.Sandbox];
        var fit = candidates.SelectMany(r => For(all, connector, r, workspace)).ToList();
        if (client is not null)
            return fit.Find(c => c.Id == client) is { } named ? Open(named) : throw Unknown();
        return fit is [var first, ..] ? Open(first)
            : throw new VaultRefusedException("PB2112", $"No OAuth client is set up for {connector.Name}. An admin must add one on the connector's page, or the operator must start the server with the sandbox.");
    }

    public async Task<OpenClient?> FindAsync(string id, CancellationToken cancellationToken) =>
        await store.FindClientAsync(id, cancellationToken) is { } row ? Open(row) : null;

    /// <summary>Clients of a sandbox that is off stay stored, and serve nobody.</summary>
    private IEnumerable<OAuthClientRow> For(IReadOnlyList<OAuthClientRow> all, Connector connector, Realm realm, string? workspace) =>
        realm == Realm.Sandbox && options.SandboxPort is null ? [] : ClientChoice.For(all, connector, realm, workspace);

    private async Task<OAuthClientView> SaveAsync(OAuthClientRow row, SecretText? secret, CancellationToken cancellationToken)
    {
        var all = await store.ListClientsAsync(row.Workspace, row.Vendor, cancellationToken);
        ClientChoice.Demand(catalog, row, all, secret);
        var rivals = ClientChoice.Rivals(row, all);
        var saved = rivals.Any(r => r.IsDefault) ? row : row with { IsDefault = true };
        await store.SaveClientAsync(saved, saved.IsDefault ? [.. rivals.Where(r => r.IsDefault).Select(r => r.Id)] : [], cancellationToken);
        return View(saved);
    }

    private async Task<OAuthClientRow> FindLiveAsync(string id, CancellationToken cancellationToken) =>
        await store.FindClientAsync(id, cancellationToken) is { Realm: Realm.Live } row ? row : throw Unknown();

    private OpenClient Open(OAuthClientRow row) =>
        new(row.Id, row.ClientId, row.ClientSecret is null ? null : box.Open(row.ClientSecret, AssociatedData.Client(row.Id)), row.Realm);

    private OAuthClientRow Sealed(OAuthClientRow row, SecretText? secret) =>
        secret is null ? row : row with { ClientSecret = box.Seal(secret, AssociatedData.Client(row.Id)) };

    private static OAuthClientView View(OAuthClientRow c) => new(c.Id, c.Vendor, c.Realm, c.ClientId, c.ClientSecret is not null, c.CreatedAt)
    {
        Workspace = c.Workspace,
        Name = c.Name,
        Connectors = c.Connectors,
        IsDefault = c.IsDefault,
    };

    private static string Count(int uses) => uses == 1 ? "One connection rests" : $"{uses} connections rest";

    private static VaultRefusedException Unknown() => new("PB2117", "There is no such OAuth client for this. Choose one of the list.");
}
