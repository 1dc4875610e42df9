using Npgsql;

namespace Patchbay.Storage.Engines.Postgres;

/// <summary>One PostgreSQL database for everything; many nodes may share it.</summary>
internal sealed class PostgresStorage(string connectionString) : Databases
{
    // Any number that no other program is likely to lock in the same database.
    private const long MigrationLock = 0x5061746368626179;

    private NpgsqlDataSource? _source;
    private PostgresDatabase? _database;

    public override IDatabase Main => _database ?? throw NotOpen();

    public override IDatabase Logs => Main;

    public override async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (_database is not null)
            return;
        var source = NpgsqlDataSource.Create(Settings());
        try
        {
            var dialect = new PostgresDialect();
            await MigrateAsync(source, dialect, cancellationToken);
            (_source, _database) = (source, new PostgresDatabase(source, dialect));
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            await source.DisposeAsync();
            throw new StorageStartException("PB3005", $"PostgreSQL cannot be reached or does not let Patchbay in: {e.Message} Check --database, that the server runs, and the user's rights.", e);
        }
        catch
        {
            await source.DisposeAsync();
            throw;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (_source is not null)
            await _source.DisposeAsync();
        (_source, _database) = (null, null);
    }

    private NpgsqlConnectionStringBuilder Settings()
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(connectionString) { IncludeErrorDetail = false };
            settings.ApplicationName ??= "patchbay";
            if (settings.MaxAutoPrepare == 0)
                settings.MaxAutoPrepare = 200;
            return settings;
        }
        catch (ArgumentException e)
        {
            // Its text may quote the value, and the value holds a password.
            throw new StorageStartException("PB3005", $"--database is no connection string ({e.GetType().Name}). It looks like Host=db.example;Username=patchbay;Password=...;Database=patchbay.");
        }
    }

    private static async Task MigrateAsync(NpgsqlDataSource source, Dialect dialect, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        var session = new DbSession(connection, null, dialect, cancellationToken);
        // Held by the connection: nodes that start together migrate one after the other.
        await session.ExecuteAsync("SELECT pg_advisory_lock(@key)", new() { { "key", MigrationLock } });
        try
        {
            await new Migrator(Migration.Of("Postgres"), "The PostgreSQL database").RunAsync(session,
                "SELECT count(*) AS n FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' AND table_name <> 'schema_migrations'");
        }
        finally
        {
            await session.ExecuteAsync("SELECT pg_advisory_unlock(@key)", new() { { "key", MigrationLock } });
        }
    }
}
