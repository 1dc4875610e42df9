using System.Data.Common;

namespace Patchbay.Storage.Engines;

/// <summary>Brings a database to this program's schema, each step in a transaction together with the note that it was made.</summary>
/// <param name="what">How messages name the database.</param>
internal sealed class Migrator(IReadOnlyList<Migration> migrations, string what)
{
    private sealed record Applied(int Number, string Name, string Hash);

    /// <param name="session">Outside a transaction: the migrator begins its own.</param>
    /// <param name="tables">SQL for a number <c>n</c>: how many tables of ours there are.</param>
    public async Task RunAsync(DbSession session, string tables)
    {
        var before = await session.NumberAsync(tables, Args.None);
        // In a transaction that a refusal undoes: somebody else's database is left as it was.
        await session.ExecuteAsync("BEGIN", Args.None);
        await session.ExecuteAsync("CREATE TABLE IF NOT EXISTS schema_migrations (number INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL)", Args.None);
        var applied = await session.ListAsync("SELECT number, name, hash FROM schema_migrations ORDER BY number", Args.None, r => new Applied(r.Int("number"), r.Text("name"), r.Text("hash")));
        if (before > 0 && applied.Count == 0)
        {
            await session.ExecuteAsync("ROLLBACK", Args.None);
            throw new StorageStartException("PB3004", $"{what} holds tables but no record of how they were made: it is half-written or not Patchbay's. Restore it from a backup, or name an empty place.");
        }
        await session.ExecuteAsync("COMMIT", Args.None);
        Check(applied);
        foreach (var migration in migrations.Skip(applied.Count))
            await ApplyAsync(session, migration);
    }

    private void Check(IReadOnlyList<Applied> applied)
    {
        if (applied.Count > migrations.Count)
            throw new StorageStartException("PB3003", $"{what} was made by a newer Patchbay (schema {applied[^1].Number}, this program knows {migrations.Count}). Start the newer version, or restore the backup made before the update.");
        foreach (var (done, known) in applied.Zip(migrations))
        {
            if (done.Number != known.Number || done.Hash != known.Hash)
                throw new StorageStartException("PB3004", $"{what} was made with another form of schema step {done.Name} than this program has. It comes from a different build: start that one, or restore a backup.");
        }
    }

    private async Task ApplyAsync(DbSession session, Migration migration)
    {
        await session.ExecuteAsync("BEGIN", Args.None);
        try
        {
            await session.ExecuteAsync(migration.Sql, Args.None);
            await session.InsertAsync("schema_migrations", [new() { { "number", migration.Number }, { "name", migration.Name }, { "hash", migration.Hash } }]);
            await session.ExecuteAsync("COMMIT", Args.None);
        }
        catch (DbException e)
        {
            try
            {
                await session.ExecuteAsync("ROLLBACK", Args.None);
            }
            catch (DbException)
            {
                // The engine has rolled back by itself; the first failure is the one to tell.
            }
            throw new StorageStartException("PB3006", $"{what}: schema step {migration.Name} failed and was undone: {e.Message} Nothing was lost; free the cause and start again.", e);
        }
    }
}
