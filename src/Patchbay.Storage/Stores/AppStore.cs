using Patchbay.Platform.Apps;
using Patchbay.Platform.Workspaces;
using Patchbay.Storage.Engines;
using Patchbay.Vault;

namespace Patchbay.Storage.Stores;

internal sealed class AppStore(Databases databases) : IAppStore
{
    private const string Counts = """
        SELECT
          (SELECT count(*) FROM entities WHERE app = @id) AS entities,
          (SELECT count(DISTINCT name) FROM functions WHERE app = @id) AS functions,
          (SELECT count(*) FROM flows WHERE app = @id) AS flows,
          (SELECT count(*) FROM connections WHERE app = @id AND state <> 'Disconnected') AS connections,
          (SELECT count(*) FROM runs WHERE app = @id AND created_at >= @since) AS runs,
          (SELECT count(*) FROM runs WHERE app = @id AND created_at >= @since AND status = 'DeadLetter') AS failed
        """;

    private IDatabase Db => databases.Main;

    public Task InsertAsync(App app, CancellationToken cancellationToken) => Db.InsertAsync("apps", new()
    {
        { "id", app.Id }, { "workspace", app.Workspace }, { "name", app.Name }, { "description", app.Description },
        { "backend_functions", app.BackendFunctions }, { "time_zone", app.TimeZone }, { "created_at", app.CreatedAt },
    }, cancellationToken);

    public Task<App?> FindAsync(AppId id, CancellationToken cancellationToken) =>
        Db.FirstAsync("SELECT * FROM apps WHERE id = @id", new() { { "id", id } }, ToApp, cancellationToken);

    public Task<IReadOnlyList<App>> ListAsync(WorkspaceId workspace, CancellationToken cancellationToken) =>
        Db.ListAsync("SELECT * FROM apps WHERE workspace = @workspace ORDER BY id", new() { { "workspace", workspace } }, ToApp, cancellationToken);

    public Task UpdateAsync(App app, CancellationToken cancellationToken) => Db.ExecuteAsync(
        "UPDATE apps SET name = @name, description = @description, backend_functions = @functions, time_zone = @zone WHERE id = @id AND workspace = @workspace", new()
        {
            { "id", app.Id }, { "workspace", app.Workspace }, { "name", app.Name }, { "description", app.Description },
            { "functions", app.BackendFunctions }, { "zone", app.TimeZone },
        }, cancellationToken);

    public async Task<AppCounts> CountAsync(AppId id, DateTimeOffset since, CancellationToken cancellationToken) =>
        (await Db.FirstAsync(Counts, new() { { "id", id }, { "since", since } },
            r => new AppCounts(r.Int("entities"), r.Int("functions"), r.Int("flows"), r.Int("connections"), r.Int("runs"), r.Int("failed")), cancellationToken))!;

    public Task InsertKeyAsync(ApiKey key, CancellationToken cancellationToken) => Db.InsertAsync("api_keys", new()
    {
        { "app", key.App }, { "id", key.Id }, { "name", key.Name }, { "key_hash", key.KeyHash }, { "hint", key.Hint },
        { "created_by", key.CreatedBy }, { "created_at", key.CreatedAt },
    }, cancellationToken);

    public Task<IReadOnlyList<ApiKey>> ListKeysAsync(AppId app, CancellationToken cancellationToken) =>
        Db.ListAsync("SELECT * FROM api_keys WHERE app = @app ORDER BY id", new() { { "app", app } }, ToKey, cancellationToken);

    public Task<ApiKey?> FindKeyAsync(string keyHash, CancellationToken cancellationToken) =>
        Db.FirstAsync("SELECT * FROM api_keys WHERE key_hash = @hash", new() { { "hash", keyHash } }, ToKey, cancellationToken);

    public async Task<bool> DeleteKeyAsync(AppId app, string id, CancellationToken cancellationToken) =>
        await Db.ExecuteAsync("DELETE FROM api_keys WHERE app = @app AND id = @id", new() { { "app", app }, { "id", id } }, cancellationToken) == 1;

    private static App ToApp(Row r) => new()
    {
        Id = new(r.Text("id")),
        Workspace = new(r.Text("workspace")),
        Name = r.Text("name"),
        Description = r.TextOrNull("description"),
        BackendFunctions = r.Bool("backend_functions"),
        TimeZone = r.Text("time_zone"),
        CreatedAt = r.Time("created_at"),
    };

    private static ApiKey ToKey(Row r) => new(r.Text("id"), new(r.Text("app")), r.Text("name"), r.Text("key_hash"), r.Text("hint"), r.Text("created_by"), r.Time("created_at"));
}
