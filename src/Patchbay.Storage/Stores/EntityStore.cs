using Patchbay.Platform.Apps.Entities;
using Patchbay.Storage.Engines;
using Patchbay.Vault;

namespace Patchbay.Storage.Stores;

internal sealed class EntityStore(Databases databases) : IEntityStore
{
    private IDatabase Db => databases.Main;

    public Task<IReadOnlyList<Entity>> ListAsync(AppId app, CancellationToken cancellationToken) =>
        Db.ListAsync("SELECT * FROM entities WHERE app = @app ORDER BY name", new() { { "app", app } }, ToEntity, cancellationToken);

    public Task<Entity?> FindAsync(AppId app, string name, CancellationToken cancellationToken) =>
        Db.FirstAsync("SELECT * FROM entities WHERE app = @app AND name = @name", new() { { "app", app }, { "name", name } }, ToEntity, cancellationToken);

    public Task SaveAsync(Entity entity, CancellationToken cancellationToken) => Db.WriteAsync(s => s.InsertAsync("entities",
        [new() { { "app", entity.App }, { "name", entity.Name }, { "schema", entity.Schema }, { "updated_at", entity.UpdatedAt } }],
        "ON CONFLICT (app, name) DO UPDATE SET schema = excluded.schema, updated_at = excluded.updated_at"), cancellationToken);

    public Task<bool> DeleteAsync(AppId app, string name, CancellationToken cancellationToken) => Db.WriteAsync(async s =>
    {
        Args one = new() { { "app", app }, { "name", name } };
        await s.ExecuteAsync("DELETE FROM records WHERE app = @app AND entity = @name", one);
        return await s.ExecuteAsync("DELETE FROM entities WHERE app = @app AND name = @name", one) == 1;
    }, cancellationToken);

    private static Entity ToEntity(Row r) => new(new(r.Text("app")), r.Text("name"), r.Json("schema"), r.Time("updated_at"));
}
