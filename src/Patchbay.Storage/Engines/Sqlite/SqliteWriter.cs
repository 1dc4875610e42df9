using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Patchbay.Storage.Engines.Sqlite;

/// <summary>The one writer of a database. Transactions that wait are grouped into one commit, since a commit costs a flush of
/// the disk whatever is in it; each stands in a savepoint, so that one that fails is undone alone.</summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const int MostWaiting = 1024;
    private const int MostInGroup = 128;

    private readonly SqliteConnection _connection;
    private readonly Dialect _dialect;
    private readonly Channel<Job> _jobs = Channel.CreateBounded<Job>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly Task _loop;

    private sealed record Job(Func<DbSession, Task> Run, Action Succeed, Action<Exception> Fail, CancellationToken Cancellation);

    /// <param name="connection">Owned from here on.</param>
    public SqliteWriter(SqliteConnection connection, Dialect dialect)
    {
        _connection = connection;
        _dialect = dialect;
        _loop = Task.Run(LoopAsync);
    }

    public async Task<T> WriteAsync<T>(Func<DbSession, Task<T>> body, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        T result = default!;
        var job = new Job(async session => result = await body(session), () => done.SetResult(result), done.SetException, cancellationToken);
        try
        {
            await _jobs.Writer.WriteAsync(job, cancellationToken);
        }
        catch (ChannelClosedException e)
        {
            throw new ObjectDisposedException("The database is closed.", e);
        }
        return await done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _jobs.Writer.TryComplete();
        await _loop;
        await _connection.DisposeAsync();
    }

    private async Task LoopAsync()
    {
        while (await _jobs.Reader.WaitToReadAsync())
        {
            var group = new List<Job>();
            try
            {
                await RunGroupAsync(group);
            }
            catch (SqliteException e)
            {
                // The group's transaction is gone as a whole: nothing in it was durable, and nobody was told so.
                Rollback();
                group.ForEach(j => j.Fail(e));
                continue;
            }
            group.ForEach(j => j.Succeed());
        }
    }

    private async Task RunGroupAsync(List<Job> group)
    {
        Execute("BEGIN IMMEDIATE");
        for (var n = 0; n < MostInGroup && _jobs.Reader.TryRead(out var job); n++)
        {
            if (job.Cancellation.IsCancellationRequested)
            {
                job.Fail(new OperationCanceledException(job.Cancellation));
                continue;
            }
            group.Add(job);
            Execute("SAVEPOINT job");
            try
            {
                await job.Run(new DbSession(_connection, null, _dialect, CancellationToken.None));
            }
            catch (Exception e)
            {
                // Throws where the failure has already ended the whole transaction (disk full): then the group fails.
                Execute("ROLLBACK TO job");
                group.Remove(job);
                job.Fail(e);
            }
            Execute("RELEASE job");
        }
        Execute("COMMIT");
    }

    private void Rollback()
    {
        try
        {
            Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself.
        }
    }

#pragma warning disable CA2100 // Constants only.
    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
#pragma warning restore CA2100
}
