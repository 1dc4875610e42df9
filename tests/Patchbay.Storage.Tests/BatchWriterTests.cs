using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Patchbay.Storage.Engines;
using Patchbay.Storage.Engines.Sqlite;
using Patchbay.Storage.Logs;

namespace Patchbay.Storage.Tests;

public sealed class BatchWriterTests
{
    /// <summary>A database that can be held and can fail, and notes how many rows each write had.</summary>
    private sealed class Trouble : Databases, IDatabase
    {
        private readonly SemaphoreSlim _asked = new(0);
        private volatile int _failures;

        public TaskCompletionSource? Gate { get; set; }

        public List<int> Writes { get; } = [];

        public override IDatabase Main => this;

        public override IDatabase Logs => this;

        public Dialect Dialect { get; } = new SqliteDialect();

        public void Fail(int times) => _failures = times;

        public Task AskedAsync() => _asked.WaitAsync();

        public Task<T> ReadAsync<T>(Func<DbSession, Task<T>> body, CancellationToken cancellationToken) => throw new InvalidOperationException();

        public async Task<T> WriteAsync<T>(Func<DbSession, Task<T>> body, CancellationToken cancellationToken)
        {
            _asked.Release();
            if (Gate is { } gate)
                await gate.Task;
            if (_failures > 0)
            {
                _failures--;
                throw new IOException("disk full");
            }
            // The row count shows in what the body would have run.
            await using var connection = new Microsoft.Data.Sqlite.SqliteConnection("Data Source=:memory:");
            await connection.OpenAsync(cancellationToken);
            var session = new DbSession(connection, null, Dialect, cancellationToken);
            await session.ExecuteAsync("CREATE TABLE t (n INTEGER)", Args.None);
            var result = await body(session);
            Writes.Add((int)await session.NumberAsync("SELECT count(*) AS n FROM t", Args.None));
            return result;
        }

        public override Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override ValueTask DisposeAsync()
        {
            _asked.Dispose();
            return default;
        }
    }

    private static Args Row(int n) => new() { { "n", n } };

    [Fact]
    public async Task What_gathers_while_a_write_runs_goes_in_one_batch()
    {
        await using var database = new Trouble { Gate = new() };
        await using var writer = new BatchWriter(database, "t", TimeProvider.System, NullLogger<BatchWriter>.Instance);
        await writer.AppendAsync(Row(0), default);
        await database.AskedAsync();
        for (var n = 1; n <= 400; n++)
            await writer.AppendAsync(Row(n), default);
        database.Gate.SetResult();
        await writer.FlushAsync(default);
        database.Writes.ShouldBe([1, 400]);
    }

    [Fact]
    public async Task A_full_buffer_makes_the_writer_wait_and_drops_nothing()
    {
        await using var database = new Trouble { Gate = new() };
        await using var writer = new BatchWriter(database, "t", TimeProvider.System, NullLogger<BatchWriter>.Instance);
        var count = 0;
        Task waiting;
        do
            waiting = writer.AppendAsync(Row(count++), default).AsTask();
        while (waiting.IsCompletedSuccessfully);
        count.ShouldBeGreaterThan(4096);
        database.Gate.SetResult();
        await waiting;
        await writer.FlushAsync(default);
        database.Writes.Sum().ShouldBe(count);
    }

    [Theory]
    [InlineData(5, 1)]
    [InlineData(6, 0)]
    public async Task A_database_that_fails_for_a_while_loses_nothing_and_one_that_stays_down_stops_nobody(int failures, int written)
    {
        var time = new FakeTimeProvider();
        await using var database = new Trouble { Gate = new() };
        await using var writer = new BatchWriter(database, "t", time, NullLogger<BatchWriter>.Instance);
        database.Fail(failures);
        await writer.AppendAsync(Row(1), default);
        await database.AskedAsync();
        database.Gate.SetResult();
        var flushed = writer.FlushAsync(default);
        while (!flushed.IsCompleted)
        {
            // Whatever rest it takes next, its time has come.
            time.Advance(TimeSpan.FromSeconds(30));
            await Task.Yield();
        }
        await flushed;
        database.Writes.Sum().ShouldBe(written);
        await writer.AppendAsync(Row(2), default);
        await writer.FlushAsync(default);
        database.Writes.Sum().ShouldBe(written + 1);
    }
}
