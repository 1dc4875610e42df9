using System.Runtime.CompilerServices;
using Patchbay.Storage.Engines;
using Patchbay.Vault;
using Patchbay.Vault.Connections;
using Patchbay.Vault.Secrets;

namespace Patchbay.Storage.Stores;

/// <summary>Ciphertext only. A fence moves on with every lease and with every disconnection, so that whoever held a lease
/// before either can write nothing any more.</summary>
internal sealed class ConnectionStore(Databases databases, TimeProvider time) : IConnectionStore
{
    private const int Page = 200;

    private const string Disconnect = """
        UPDATE connections SET state = 'Disconnected', key_id = NULL, wrapped_key = NULL, payload = NULL, refresh_intent_at = NULL,
          fence = fence + 1, holder = NULL, leased_until = NULL
        WHERE app = @app AND id = @id AND state <> 'Disconnected'
        """;

    private IDatabase Db => databases.Main;

    public Task<ConnectionRow?> FindAsync(AppId app, ConnectionId id, CancellationToken cancellationToken) =>
        Db.FirstAsync("SELECT * FROM connections WHERE app = @app AND id = @id", Key(app, id), ConnectionRows.To, cancellationToken);

    public Task<IReadOnlyList<ConnectionRow>> ListAsync(AppId app, CancellationToken cancellationToken) =>
        Db.ListAsync("SELECT * FROM connections WHERE app = @app AND state <> 'Disconnected' ORDER BY connector", new() { { "app", app } }, ConnectionRows.To, cancellationToken);

    public Task InsertAsync(ConnectionRow fresh, ConnectionId? replaced, CancellationToken cancellationToken) => Db.WriteAsync(async s =>
    {
        if (replaced is { } old)
            await s.ExecuteAsync(Disconnect, Key(fresh.App, old));
        if (await s.InsertAsync("connections", [ConnectionRows.Of(fresh)], "ON CONFLICT DO NOTHING") == 0)
            throw new ConnectionConflictException($"The app already has a live connection for {fresh.Connector}.");
    }, cancellationToken);

    public async Task<bool> DisconnectAsync(AppId app, ConnectionId id, CancellationToken cancellationToken) =>
        await Db.ExecuteAsync(Disconnect, Key(app, id), cancellationToken) == 1;

    public Task<ConnectionRow?> TryLeaseAsync(ConnectionId id, string holder, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken) =>
        Db.WriteAsync(s => s.FirstAsync($"""
            UPDATE connections SET fence = fence + 1, holder = @holder, leased_until = {s.Dialect.LeaseUntil}
            WHERE id = @id AND (leased_until IS NULL OR leased_until <= {s.Dialect.LeaseNow}) RETURNING *
            """, new() { { "id", id }, { "holder", holder }, { "now", now }, { "until", until } }, ConnectionRows.To), cancellationToken);

    public Task<bool> TryWriteIntentAsync(ConnectionId id, long fence, DateTimeOffset now, CancellationToken cancellationToken) =>
        FencedAsync("refresh_intent_at = @now", id, fence, new() { { "now", now } }, cancellationToken);

    public Task<bool> TryReplaceCredentialAsync(ConnectionId id, long fence, SealedSecret credential, DateTimeOffset? expiresAt, DateTimeOffset issuedAt, IReadOnlyList<string> grantedScopes, CancellationToken cancellationToken) =>
        FencedAsync("""
            key_id = @key_id, wrapped_key = @wrapped_key, payload = @payload, access_expires_at = @expires, access_issued_at = @issued,
            granted_scopes = @granted, refresh_intent_at = NULL, holder = NULL, leased_until = NULL
            """, id, fence, ConnectionRows.With(new() { { "expires", expiresAt }, { "issued", issuedAt }, { "granted", grantedScopes } }, credential), cancellationToken);

    public Task<bool> TryReleaseAsync(ConnectionId id, long fence, ConnectionState state, string? problem, CancellationToken cancellationToken) =>
        FencedAsync("state = @state, problem = @problem, holder = NULL, leased_until = NULL", id, fence, new() { { "state", state }, { "problem", problem } }, cancellationToken);

    public Task ApproveAsync(AppId app, ConnectionId id, IReadOnlyList<string> approvedScopes, CancellationToken cancellationToken)
    {
        var args = Key(app, id).With("approved", approvedScopes);
        return Db.ExecuteAsync("UPDATE connections SET approved_scopes = @approved WHERE app = @app AND id = @id", args, cancellationToken);
    }

    public Task SaveClientAsync(OAuthClientRow client, IReadOnlyList<string> noLongerDefault, CancellationToken cancellationToken) => Db.WriteAsync(async s =>
    {
        foreach (var id in noLongerDefault)
            await s.ExecuteAsync("UPDATE oauth_clients SET is_default = @no WHERE id = @id", new() { { "id", id }, { "no", false } });
        await s.InsertAsync("oauth_clients", [ConnectionRows.Of(client)], """
            ON CONFLICT (id) DO UPDATE SET vendor = excluded.vendor, realm = excluded.realm, client_id = excluded.client_id, key_id = excluded.key_id,
              wrapped_key = excluded.wrapped_key, payload = excluded.payload, created_at = excluded.created_at, workspace = excluded.workspace,
              name = excluded.name, connectors = excluded.connectors, is_default = excluded.is_default
            """);
    }, cancellationToken);

    public Task<OAuthClientRow?> FindClientAsync(string id, CancellationToken cancellationToken) =>
        Db.FirstAsync("SELECT * FROM oauth_clients WHERE id = @id", new() { { "id", id } }, ConnectionRows.ToClient, cancellationToken);

    public async Task<bool> TryDeleteClientAsync(string id, CancellationToken cancellationToken) =>
        await Db.ExecuteAsync("""
            DELETE FROM oauth_clients WHERE id = @id
              AND NOT EXISTS (SELECT 1 FROM connections WHERE oauth_client = @id AND state <> 'Disconnected')
            """, new() { { "id", id } }, cancellationToken) == 1;

    public Task<IReadOnlyList<ConnectionRow>> ListByClientAsync(string client, string? workspace, int limit, CancellationToken cancellationToken) =>
        Db.ListAsync($"SELECT c.* FROM {ByClient(workspace)} ORDER BY c.app, c.connector, c.id LIMIT @limit", OfClient(client, workspace).With("limit", limit), ConnectionRows.To, cancellationToken);

    public async Task<int> CountByClientAsync(string client, string? workspace, CancellationToken cancellationToken) =>
        (int)await Db.ReadAsync(s => s.NumberAsync($"SELECT count(*) AS n FROM {ByClient(workspace)}", OfClient(client, workspace)), cancellationToken);

    private static string ByClient(string? workspace) =>
        $"connections c {(workspace is null ? "" : "JOIN apps a ON a.workspace = @workspace AND a.id = c.app")} WHERE c.oauth_client = @client AND c.state <> 'Disconnected'";

    private static Args OfClient(string client, string? workspace) =>
        workspace is null ? new() { { "client", client } } : new() { { "client", client }, { "workspace", workspace } };

    public Task InsertAuthorizationAsync(AuthorizationRow authorization, CancellationToken cancellationToken) => Db.WriteAsync(async s =>
    {
        // An hour's grace: a callback that comes late is told that it is late, not that it is unknown.
        await s.ExecuteAsync("DELETE FROM authorizations WHERE expires_at < @now", new() { { "now", time.GetUtcNow() - TimeSpan.FromHours(1) } });
        await s.InsertAsync("authorizations", [ConnectionRows.Of(authorization)]);
    }, cancellationToken);

    public Task<AuthorizationRow?> FindAuthorizationAsync(string stateHash, CancellationToken cancellationToken) =>
        Db.FirstAsync("SELECT * FROM authorizations WHERE state_hash = @hash", new() { { "hash", stateHash } }, ConnectionRows.ToAuthorization, cancellationToken);

    public Task<AuthorizationRow?> TakeAuthorizationAsync(string stateHash, CancellationToken cancellationToken) =>
        Db.WriteAsync(s => s.FirstAsync("DELETE FROM authorizations WHERE state_hash = @hash RETURNING *", new() { { "hash", stateHash } }, ConnectionRows.ToAuthorization), cancellationToken);

    public async IAsyncEnumerable<ConnectionRow> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var (app, id) = ("", ""); ;)
        {
            var page = await Db.ListAsync($"SELECT * FROM connections WHERE (app, id) > (@app, @id) ORDER BY app, id LIMIT {Page}", new() { { "app", app }, { "id", id } }, ConnectionRows.To, cancellationToken);
            foreach (var row in page)
                yield return row;
            if (page.Count < Page)
                yield break;
            (app, id) = (page[^1].App.Value, page[^1].Id.Value);
        }
    }

    public Task<IReadOnlyList<OAuthClientRow>> ListClientsAsync(string? workspace, string? vendor, CancellationToken cancellationToken)
    {
        Args args = [];
        var (whose, which) = ("workspace IS NULL", "");
        if (workspace is not null)
            (whose, args) = ("(workspace IS NULL OR workspace = @workspace)", args.With("workspace", workspace));
        if (vendor is not null)
            (which, args) = ("AND vendor = @vendor", args.With("vendor", vendor));
        return Db.ListAsync($"SELECT * FROM oauth_clients WHERE {whose} {which} ORDER BY vendor, realm, created_at, id", args, ConnectionRows.ToClient, cancellationToken);
    }

    private async Task<bool> FencedAsync(string changes, ConnectionId id, long fence, Args args, CancellationToken cancellationToken)
    {
        return await Db.ExecuteAsync($"UPDATE connections SET {changes} WHERE id = @id AND fence = @fence", args.With("id", id).With("fence", fence), cancellationToken) == 1;
    }

    private static Args Key(AppId app, ConnectionId id) => new() { { "app", app }, { "id", id } };
}
