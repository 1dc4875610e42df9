using Patchbay.Platform.Workspaces;
using Patchbay.Storage.Engines;

namespace Patchbay.Storage.Stores;

/// <summary>Ended sessions and links go with the next one that is made.</summary>
internal sealed class SessionStore(Databases databases, TimeProvider time) : ISessionStore
{
    private IDatabase Db => databases.Main;

    public Task InsertAsync(Session session, CancellationToken cancellationToken) => Db.WriteAsync(async s =>
    {
        await s.ExecuteAsync("DELETE FROM sessions WHERE expires_at <= @now", new() { { "now", time.GetUtcNow() } });
        var workspace = await WorkspaceOfAsync(s, session.Teammate);
        await s.InsertAsync("sessions", [new()
        {
            { "workspace", workspace }, { "token_hash", session.TokenHash }, { "teammate", session.Teammate },
            { "created_at", session.CreatedAt }, { "expires_at", session.ExpiresAt },
        }]);
    }, cancellationToken);

    public Task<Session?> FindAsync(string tokenHash, DateTimeOffset now, CancellationToken cancellationToken) =>
        Db.FirstAsync("SELECT * FROM sessions WHERE token_hash = @hash AND expires_at > @now", new() { { "hash", tokenHash }, { "now", now } },
            r => new Session(r.Text("token_hash"), new(r.Text("teammate")), r.Time("created_at"), r.Time("expires_at")), cancellationToken);

    public Task DeleteAsync(string tokenHash, CancellationToken cancellationToken) =>
        Db.ExecuteAsync("DELETE FROM sessions WHERE token_hash = @hash", new() { { "hash", tokenHash } }, cancellationToken);

    public Task InsertLinkAsync(SignInLink link, CancellationToken cancellationToken) => Db.WriteAsync(async s =>
    {
        await s.ExecuteAsync("DELETE FROM sign_in_links WHERE expires_at <= @now", new() { { "now", time.GetUtcNow() } });
        var workspace = link.Teammate is { } teammate ? await WorkspaceOfAsync(s, teammate) : "";
        await s.InsertAsync("sign_in_links", [new()
        {
            { "workspace", workspace }, { "token_hash", link.TokenHash }, { "purpose", link.Purpose }, { "teammate", link.Teammate }, { "expires_at", link.ExpiresAt },
        }]);
    }, cancellationToken);

    public async Task<SignInLink?> TakeLinkAsync(string tokenHash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var link = await Db.WriteAsync(s => s.FirstAsync("DELETE FROM sign_in_links WHERE token_hash = @hash RETURNING *", new() { { "hash", tokenHash } }, ToLink), cancellationToken);
        return link?.ExpiresAt > now ? link : null;
    }

    private static async Task<string> WorkspaceOfAsync(Engines.DbSession s, TeammateId teammate) =>
        await s.FirstAsync("SELECT workspace FROM teammates WHERE id = @id", new() { { "id", teammate } }, r => r.Text("workspace"))
        ?? throw new InvalidOperationException($"There is no teammate {teammate}.");

    private static SignInLink ToLink(Row r) => new(r.Text("token_hash"), r.Enum<SignInLinkPurpose>("purpose"),
        r.TextOrNull("teammate") is { } id ? new TeammateId(id) : null, r.Time("expires_at"));
}
