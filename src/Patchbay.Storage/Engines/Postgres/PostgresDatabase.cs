using Npgsql;

namespace Patchbay.Storage.Engines.Postgres;

internal sealed class PostgresDatabase(NpgsqlDataSource source, Dialect dialect) : IDatabase
{
    private const int MostTries = 5;

    public Dialect Dialect => dialect;

    public async Task<T> ReadAsync<T>(Func<DbSession, Task<T>> body, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        return await body(new DbSession(connection, null, dialect, cancellationToken));
    }

    public async Task<T> WriteAsync<T>(Func<DbSession, Task<T>> body, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(cancellationToken);
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                var result = await body(new DbSession(connection, transaction, dialect, cancellationToken));
                await transaction.CommitAsync(cancellationToken);
                return result;
            }
            catch (PostgresException e) when (attempt < MostTries && e.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure)
            {
                // Rolled back whole; the other side of the deadlock has gone on, so that trying again succeeds.
            }
        }
    }
}
