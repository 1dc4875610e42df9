using Patchbay.Platform.Functions;
using Patchbay.Storage.Engines;
using Patchbay.Vault;

namespace Patchbay.Storage.Stores;

internal sealed class FunctionStore(Databases databases) : IFunctionStore
{
    private IDatabase Db => databases.Main;

    public Task<bool> TryInsertAsync(FunctionVersion version, CancellationToken cancellationToken) =>
        Db.WriteAsync(s => FunctionRows.TryInsertAsync(s, [version]), cancellationToken);

    public Task<FunctionVersion?> FindAsync(AppId app, string name, CancellationToken cancellationToken) =>
        Db.FirstAsync("SELECT * FROM functions WHERE app = @app AND name = @name ORDER BY version DESC LIMIT 1", new() { { "app", app }, { "name", name } }, FunctionRows.To, cancellationToken);

    public Task<FunctionVersion?> FindAsync(AppId app, string name, int version, CancellationToken cancellationToken) =>
        Db.FirstAsync("SELECT * FROM functions WHERE app = @app AND name = @name AND version = @version",
            new() { { "app", app }, { "name", name }, { "version", version } }, FunctionRows.To, cancellationToken);

    public Task<IReadOnlyList<FunctionSummary>> ListAsync(AppId app, CancellationToken cancellationToken) =>
        Db.ListAsync("""
            SELECT f.name, f.version, f.created_at, f.author, f.operations FROM functions f
            WHERE f.app = @app AND f.version = (SELECT max(n.version) FROM functions n WHERE n.app = f.app AND n.name = f.name)
            ORDER BY f.name
            """, new() { { "app", app } },
            r => new FunctionSummary(r.Text("name"), r.Int("version"), r.Time("created_at"), r.Text("author"), r.List("operations")), cancellationToken);

    public Task<IReadOnlyList<FunctionVersionSummary>> ListVersionsAsync(AppId app, string name, CancellationToken cancellationToken) =>
        Db.ListAsync("SELECT version, author, message, created_at FROM functions WHERE app = @app AND name = @name ORDER BY version DESC",
            new() { { "app", app }, { "name", name } },
            r => new FunctionVersionSummary(r.Int("version"), r.Text("author"), r.TextOrNull("message"), r.Time("created_at")), cancellationToken);

    public async Task<bool> DeleteAsync(AppId app, string name, CancellationToken cancellationToken) =>
        await Db.ExecuteAsync("DELETE FROM functions WHERE app = @app AND name = @name", new() { { "app", app }, { "name", name } }, cancellationToken) > 0;
}
