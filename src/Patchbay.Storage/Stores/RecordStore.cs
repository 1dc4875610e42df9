using Patchbay.Platform.Apps.Entities;
using Patchbay.Platform.Apps.Entities.Filters;
using Patchbay.Platform.Runs;
using Patchbay.Storage.Engines;
using Patchbay.Storage.Records;
using Patchbay.Vault;

namespace Patchbay.Storage.Stores;

internal sealed class RecordStore(Databases databases) : IRecordStore
{
    private const string One = "SELECT * FROM records WHERE app = @app AND entity = @entity AND id = @id";

    private IDatabase Db => databases.Main;

    public Task CreateAsync(IReadOnlyList<Record> records, IReadOnlyList<Event> events, CancellationToken cancellationToken) => Db.WriteAsync(async s =>
    {
        await s.InsertAsync("records", [.. records.Select(r => new Args
        {
            { "app", r.App }, { "entity", r.Entity }, { "id", r.Id }, { "data", Data(r) }, { "created_at", r.CreatedAt },
            { "updated_at", r.UpdatedAt }, { "created_by", r.CreatedBy },
        })]);
        await EventRows.InsertAsync(s, events);
    }, cancellationToken);

    public Task<Record?> FindAsync(AppId app, string entity, string id, CancellationToken cancellationToken) =>
        Db.FirstAsync(One, Key(app, entity, id), ToRecord, cancellationToken);

    public Task<RecordChange?> UpdateAsync(AppId app, string entity, string id, Func<Record, RecordChange> change, CancellationToken cancellationToken) => Db.WriteAsync(async s =>
    {
        if (await s.FirstAsync(One + s.Dialect.ForUpdate, Key(app, entity, id), ToRecord) is not { } before)
            return null;
        var changed = change(before);
        var args = Key(app, entity, id).With("data", Data(changed.After)).With("updated", changed.After.UpdatedAt);
        await s.ExecuteAsync("UPDATE records SET data = @data, updated_at = @updated WHERE app = @app AND entity = @entity AND id = @id", args);
        await EventRows.InsertAsync(s, changed.Events);
        return changed;
    }, cancellationToken);

    public Task<Record?> DeleteAsync(AppId app, string entity, string id, Func<Record, IReadOnlyList<Event>> events, CancellationToken cancellationToken) => Db.WriteAsync(async s =>
    {
        if (await s.FirstAsync(One + s.Dialect.ForUpdate, Key(app, entity, id), ToRecord) is not { } record)
            return null;
        await s.ExecuteAsync("DELETE FROM records WHERE app = @app AND entity = @entity AND id = @id", Key(app, entity, id));
        await EventRows.InsertAsync(s, events(record));
        return record;
    }, cancellationToken);

    public Task<IReadOnlyList<Record>> QueryAsync(RecordQuery query, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(query.Skip);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.Limit);
        Args args = new() { { "app", query.App }, { "entity", query.Entity }, { "limit", query.Limit }, { "skip", query.Skip } };
        var sql = new FilterSql(Db.Dialect, args);
        return Db.ListAsync($"SELECT * FROM records WHERE app = @app AND entity = @entity AND {sql.Where(query.Filter)} ORDER BY {sql.OrderBy(query.Sort)} LIMIT @limit OFFSET @skip",
            args, ToRecord, cancellationToken);
    }

    public Task<long> CountAsync(AppId app, string entity, RecordFilter? filter, CancellationToken cancellationToken)
    {
        Args args = new() { { "app", app }, { "entity", entity } };
        var sql = new FilterSql(Db.Dialect, args);
        return Db.ReadAsync(s => s.NumberAsync($"SELECT count(*) AS n FROM records WHERE app = @app AND entity = @entity AND {sql.Where(filter)}", args), cancellationToken);
    }

    private static Args Key(AppId app, string entity, string id) => new() { { "app", app }, { "entity", entity }, { "id", id } };

    private static QueriedJson Data(Record record)
    {
        RecordFields.Check(record.Data);
        return new(JsonText.Of(record.Data));
    }

    private static Record ToRecord(Row r) => new()
    {
        App = new(r.Text("app")),
        Entity = r.Text("entity"),
        Id = r.Text("id"),
        Data = r.Json("data"),
        CreatedAt = r.Time("created_at"),
        UpdatedAt = r.Time("updated_at"),
        CreatedBy = r.TextOrNull("created_by"),
    };
}
