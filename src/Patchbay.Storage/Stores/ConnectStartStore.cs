using Patchbay.Platform.Connections;
using Patchbay.Storage.Engines;
using Patchbay.Vault;

namespace Patchbay.Storage.Stores;

internal sealed class ConnectStartStore(Databases databases, TimeProvider time) : IConnectStartStore
{
    private IDatabase Db => databases.Main;

    public Task InsertAsync(ConnectStart start, CancellationToken cancellationToken) => Db.WriteAsync(async s =>
    {
        // An hour's grace: who opens an ended link is told that it ended, not that it is unknown.
        await s.ExecuteAsync("DELETE FROM connect_starts WHERE expires_at < @now", new() { { "now", time.GetUtcNow() - TimeSpan.FromHours(1) } });
        await s.InsertAsync("connect_starts", [new()
        {
            { "app", start.App }, { "handle_hash", start.HandleHash }, { "requester_kind", start.RequesterKind }, { "requester", start.Requester }, { "connector", start.Connector },
            { "scopes", start.Scopes }, { "realm", start.Realm }, { "oauth_client", start.Client }, { "switch_account", start.SwitchAccount }, { "context", start.Context },
            { "expires_at", start.ExpiresAt }, { "used_at", start.UsedAt },
        }]);
    }, cancellationToken);

    public Task<ConnectStart?> FindAsync(string handleHash, CancellationToken cancellationToken) =>
        Db.FirstAsync("SELECT * FROM connect_starts WHERE handle_hash = @hash", new() { { "hash", handleHash } }, To, cancellationToken);

    public async Task<bool> TryUseAsync(string handleHash, DateTimeOffset now, CancellationToken cancellationToken) =>
        await Db.ExecuteAsync("UPDATE connect_starts SET used_at = @now WHERE handle_hash = @hash AND used_at IS NULL AND expires_at > @now",
            new() { { "hash", handleHash }, { "now", now } }, cancellationToken) == 1;

    private static ConnectStart To(Row r) => new()
    {
        App = new(r.Text("app")),
        HandleHash = r.Text("handle_hash"),
        RequesterKind = r.Enum<RequesterKind>("requester_kind"),
        Requester = r.Text("requester"),
        Connector = r.Text("connector"),
        Scopes = r.List("scopes"),
        Realm = r.TextOrNull("realm") is null ? null : r.Enum<Realm>("realm"),
        Client = r.TextOrNull("oauth_client"),
        SwitchAccount = r.Bool("switch_account"),
        Context = r.TextOrNull("context"),
        ExpiresAt = r.Time("expires_at"),
        UsedAt = r.TimeOrNull("used_at"),
    };
}
