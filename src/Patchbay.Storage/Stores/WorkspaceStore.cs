using Patchbay.Platform.Workspaces;
using Patchbay.Storage.Engines;

namespace Patchbay.Storage.Stores;

internal sealed class WorkspaceStore(Databases databases) : IWorkspaceStore
{
    private IDatabase Db => databases.Main;

    public async Task<bool> AnyAsync(CancellationToken cancellationToken) =>
        await Db.ReadAsync(s => s.NumberAsync("SELECT count(*) AS n FROM (SELECT 1 FROM teammates WHERE role = 'Owner' LIMIT 1) t", Args.None), cancellationToken) > 0;

    public Task<IReadOnlyList<Workspace>> ListAsync(CancellationToken cancellationToken) =>
        Db.ListAsync("SELECT * FROM workspaces ORDER BY id", Args.None, ToWorkspace, cancellationToken);

    public Task<Workspace?> FindAsync(WorkspaceId id, CancellationToken cancellationToken) =>
        Db.FirstAsync("SELECT * FROM workspaces WHERE id = @id", new() { { "id", id } }, ToWorkspace, cancellationToken);

    public Task CreateAsync(Workspace workspace, Teammate owner, CancellationToken cancellationToken) => Db.WriteAsync(async s =>
    {
        await s.InsertAsync("workspaces", [new() { { "id", workspace.Id }, { "name", workspace.Name }, { "plan", workspace.Plan }, { "created_at", workspace.CreatedAt } }]);
        await s.InsertAsync("teammates", [Of(owner)]);
    }, cancellationToken);

    public Task UpdateAsync(Workspace workspace, CancellationToken cancellationToken) =>
        Db.ExecuteAsync("UPDATE workspaces SET name = @name, plan = @plan WHERE id = @id",
            new() { { "id", workspace.Id }, { "name", workspace.Name }, { "plan", workspace.Plan } }, cancellationToken);

    public Task<IReadOnlyList<Teammate>> ListTeammatesAsync(WorkspaceId workspace, CancellationToken cancellationToken) =>
        Db.ListAsync("SELECT * FROM teammates WHERE workspace = @workspace ORDER BY email", new() { { "workspace", workspace } }, ToTeammate, cancellationToken);

    public Task<Teammate?> FindTeammateAsync(TeammateId id, CancellationToken cancellationToken) =>
        Db.FirstAsync("SELECT * FROM teammates WHERE id = @id", new() { { "id", id } }, ToTeammate, cancellationToken);

    public Task<Teammate?> FindTeammateByEmailAsync(string email, CancellationToken cancellationToken) =>
        Db.FirstAsync("SELECT * FROM teammates WHERE email = @email", new() { { "email", email.ToLowerInvariant() } }, ToTeammate, cancellationToken);

    public async Task<bool> TryInsertTeammateAsync(Teammate teammate, CancellationToken cancellationToken) =>
        await Db.WriteAsync(s => s.InsertAsync("teammates", [Of(teammate)], "ON CONFLICT (email) DO NOTHING"), cancellationToken) == 1;

    public Task<bool> TrySetRoleAsync(TeammateId id, Role role, CancellationToken cancellationToken) => Db.WriteAsync(async s =>
    {
        if (role != Role.Owner && await IsLastOwnerAsync(s, id))
            return false;
        return await s.ExecuteAsync("UPDATE teammates SET role = @role WHERE id = @id", new() { { "id", id }, { "role", role } }) == 1;
    }, cancellationToken);

    public Task<bool> TryChangePasswordAsync(TeammateId id, string? was, string becomes, string sessionHash, CancellationToken cancellationToken) => Db.WriteAsync(async s =>
    {
        var changed = await s.ExecuteAsync($"""
            UPDATE teammates SET password_hash = @becomes
            WHERE id = @id AND {(was is null ? "password_hash IS NULL" : "password_hash = @was")}
              AND EXISTS (SELECT 1 FROM sessions x WHERE x.teammate = @id AND x.token_hash = @session)
            """, new() { { "id", id }, { "was", was }, { "becomes", becomes }, { "session", sessionHash } });
        if (changed == 0)
            return false;
        await EndSessionsAsync(s, id, sessionHash);
        return true;
    }, cancellationToken);

    public Task<bool> TryForgetPasswordAsync(TeammateId id, CancellationToken cancellationToken) => Db.WriteAsync(async s =>
    {
        if (await s.ExecuteAsync("UPDATE teammates SET password_hash = NULL WHERE id = @id", new() { { "id", id } }) == 0)
            return false;
        await EndSessionsAsync(s, id, "");
        return true;
    }, cancellationToken);

    public Task<bool> TryDeleteTeammateAsync(TeammateId id, CancellationToken cancellationToken) => Db.WriteAsync(async s =>
    {
        if (await IsLastOwnerAsync(s, id))
            return false;
        await EndSessionsAsync(s, id, "");
        return await s.ExecuteAsync("DELETE FROM teammates WHERE id = @id", new() { { "id", id } }) == 1;
    }, cancellationToken);

    private static async Task EndSessionsAsync(DbSession s, TeammateId id, string keptTokenHash)
    {
        const string TheirWorkspace = "workspace IN (SELECT workspace FROM teammates WHERE id = @id)";
        await s.ExecuteAsync($"DELETE FROM sessions WHERE teammate = @id AND token_hash <> @kept AND {TheirWorkspace}", new() { { "id", id }, { "kept", keptTokenHash } });
        await s.ExecuteAsync($"DELETE FROM sign_in_links WHERE teammate = @id AND {TheirWorkspace}", new() { { "id", id } });
    }

    // Under a lock on the workspace: two owners who step down at once must not both find the other.
    private static async Task<bool> IsLastOwnerAsync(DbSession s, TeammateId id)
    {
        Args one = new() { { "id", id } };
        await s.ListAsync("SELECT id FROM workspaces WHERE id IN (SELECT workspace FROM teammates WHERE id = @id)" + s.Dialect.ForUpdate, one, r => r.Text("id"));
        var owners = await s.ListAsync("SELECT id FROM teammates WHERE role = 'Owner' AND workspace IN (SELECT workspace FROM teammates WHERE id = @id)", one, r => r.Text("id"));
        return owners is [var only] && only == id.Value;
    }

    private static Args Of(Teammate t) => new()
    {
        { "workspace", t.Workspace }, { "id", t.Id }, { "email", t.Email.ToLowerInvariant() }, { "name", t.Name }, { "role", t.Role },
        { "password_hash", t.PasswordHash }, { "created_at", t.CreatedAt },
    };

    private static Workspace ToWorkspace(Row r) => new(new(r.Text("id")), r.Text("name"), r.Enum<Plan>("plan"), r.Time("created_at"));

    private static Teammate ToTeammate(Row r) => new()
    {
        Id = new(r.Text("id")),
        Workspace = new(r.Text("workspace")),
        Email = r.Text("email"),
        Name = r.Text("name"),
        Role = r.Enum<Role>("role"),
        PasswordHash = r.TextOrNull("password_hash"),
        CreatedAt = r.Time("created_at"),
    };
}
