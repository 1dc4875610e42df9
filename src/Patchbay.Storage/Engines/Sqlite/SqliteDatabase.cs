using Microsoft.Data.Sqlite;

namespace Patchbay.Storage.Engines.Sqlite;

/// <summary>One file: a writer and its readers.</summary>
internal sealed class SqliteDatabase : IDatabase, IAsyncDisposable
{
    private readonly SqliteWriter _writer;
    private readonly SqliteReaders _readers;

    private SqliteDatabase(string path, SqliteConnection connection, Dialect dialect)
    {
        Dialect = dialect;
        _writer = new SqliteWriter(connection, dialect);
        _readers = new SqliteReaders(() => Connect(path, "PRAGMA query_only = ON"), dialect);
    }

    public Dialect Dialect { get; }

    /// <param name="folder">Of its migrations: <c>Main</c> or <c>Logs</c>.</param>
    /// <param name="synchronous">FULL: what was committed survives a power cut. NORMAL: it survives a crash of the process.</param>
    /// <exception cref="StorageStartException">Damaged, newer, or a migration failed.</exception>
    public static async Task<SqliteDatabase> OpenAsync(string path, string folder, string synchronous, CancellationToken cancellationToken)
    {
        SqliteConnection? connection = null;
        try
        {
            connection = Connect(path, $"PRAGMA journal_mode = WAL; PRAGMA synchronous = {synchronous}; PRAGMA secure_delete = ON");
            var dialect = new SqliteDialect();
            await new Migrator(Migration.Of("Sqlite." + folder), path).RunAsync(
                new DbSession(connection, null, dialect, cancellationToken),
                "SELECT count(*) AS n FROM sqlite_master WHERE type = 'table' AND name <> 'schema_migrations' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'");
            return new SqliteDatabase(path, connection, dialect);
        }
        catch (SqliteException e)
        {
            connection?.Dispose();
            throw e.SqliteErrorCode is 11 or 26 // SQLITE_CORRUPT, SQLITE_NOTADB
                ? new StorageStartException("PB3004", $"{path} is damaged ({e.Message}). Restore it from a backup; the file was left as it is.", e)
                : new StorageStartException("PB3001", $"{path} cannot be opened ({e.Message}). Check the directory's owner, its mode and the free space.", e);
        }
        catch
        {
            connection?.Dispose();
            throw;
        }
    }

    public Task<T> ReadAsync<T>(Func<DbSession, Task<T>> body, CancellationToken cancellationToken) => _readers.ReadAsync(body, cancellationToken);

    public Task<T> WriteAsync<T>(Func<DbSession, Task<T>> body, CancellationToken cancellationToken) => _writer.WriteAsync(body, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _readers.DisposeAsync();
        await _writer.DisposeAsync();
    }

#pragma warning disable CA2100 // Constants only.
    private static SqliteConnection Connect(string path, string pragmas)
    {
        // Without the provider's pool: a closed database must be closed, and secure_delete belongs to the connection.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 30 }.ToString());
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = pragmas;
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
#pragma warning restore CA2100
}
