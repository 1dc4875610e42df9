using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Patchbay.Storage.Engines.Sqlite;

/// <summary>A few connections that only read. Bounded: each holds a page cache of its own.</summary>
internal sealed class SqliteReaders(Func<SqliteConnection> open, Dialect dialect) : IAsyncDisposable
{
    private const int Most = 8;

    private readonly SemaphoreSlim _free = new(Most);
    private volatile bool _closed;
    private readonly ConcurrentBag<SqliteConnection> _idle = [];

    public async Task<T> ReadAsync<T>(Func<DbSession, Task<T>> body, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            if (!_idle.TryTake(out var connection))
                connection = open();
            try
            {
                return await body(new DbSession(connection, null, dialect, cancellationToken));
            }
            finally
            {
                _idle.Add(connection);
            }
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Waits for reads under way; later ones fail.</summary>
    public async ValueTask DisposeAsync()
    {
        _closed = true;
        for (var n = 0; n < Most; n++)
            await _free.WaitAsync();
        foreach (var connection in _idle)
            await connection.DisposeAsync();
        _idle.Clear();
        _free.Release(Most);
    }
}
