using Microsoft.Data.Sqlite;
using Patchbay.Storage.Engines;
using Patchbay.Storage.Engines.Sqlite;
using Patchbay.Storage.Tests.Support;

namespace Patchbay.Storage.Tests;

#pragma warning disable CA1001 // xunit disposes it by IAsyncLifetime.
public sealed class SqliteWriterTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private readonly string _directory = Directory.CreateTempSubdirectory("patchbay-writer-").FullName;
    private SqliteWriter _writer = null!;

    private string File => Path.Combine(_directory, "t.db");

    public async Task InitializeAsync()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL; CREATE TABLE t (n INTEGER PRIMARY KEY, writer INTEGER)";
        await command.ExecuteNonQueryAsync();
        _writer = new SqliteWriter(connection, new SqliteDialect());
    }

    public async Task DisposeAsync()
    {
        await _writer.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private Task<int> InsertAsync(int n) => _writer.WriteAsync(s => s.ExecuteAsync("INSERT INTO t (n) VALUES (@n)", new() { { "n", n } }), default);

    private Task<long> CountAsync() => _writer.WriteAsync(s => s.NumberAsync("SELECT count(*) AS n FROM t", Args.None), default);

    /// <summary>Holds the writer inside a transaction until told to go on.</summary>
    private async Task<(Task Held, Action Release)> HoldAsync()
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var held = _writer.WriteAsync(async _ =>
        {
            entered.SetResult();
            await release.Task;
            return 0;
        }, default);
        await entered.Task;
        return (held, release.SetResult);
    }

    [Fact]
    public async Task In_a_group_the_transaction_that_fails_is_undone_alone()
    {
        var (held, release) = await HoldAsync();
        var good = InsertAsync(1);
        var bad = _writer.WriteAsync<int>(async s =>
        {
            await s.ExecuteAsync("INSERT INTO t (n) VALUES (2)", Args.None);
            throw new TimeZoneNotFoundException("mine");
        }, default);
        var twice = InsertAsync(1);
        var after = InsertAsync(3);
        release();
        await Task.WhenAll(held, good, after);
        await Should.ThrowAsync<TimeZoneNotFoundException>(() => bad);
        await Should.ThrowAsync<SqliteException>(() => twice);
        (await CountAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task Nobody_is_told_before_the_group_is_committed()
    {
        var (held, release) = await HoldAsync();
        var first = InsertAsync(1);
        await using var reader = new SqliteConnection($"Data Source={File};Pooling=False;Mode=ReadOnly");
        await reader.OpenAsync();
        var seen = first.ContinueWith(_ =>
        {
            using var command = reader.CreateCommand();
            command.CommandText = "SELECT count(*) FROM t";
            return (long)command.ExecuteScalar()!;
        }, TaskScheduler.Default);
        first.IsCompleted.ShouldBeFalse();
        release();
        (await seen).ShouldBe(1);
        await held;
    }

    [Fact]
    public async Task A_transaction_that_takes_the_whole_group_down_fails_it_and_the_writer_goes_on()
    {
        var (held, release) = await HoldAsync();
        var lost = InsertAsync(1);
        var breaker = _writer.WriteAsync(s => s.ExecuteAsync("ROLLBACK", Args.None), default);
        release();
        await Should.ThrowAsync<SqliteException>(() => lost);
        await Should.ThrowAsync<SqliteException>(() => breaker);
        await Should.ThrowAsync<SqliteException>(() => held);
        (await CountAsync()).ShouldBe(0);
        await InsertAsync(5);
        (await CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task What_was_cancelled_while_it_waited_does_not_run()
    {
        var (held, release) = await HoldAsync();
        using var cancel = new CancellationTokenSource();
        var cancelled = _writer.WriteAsync(s => s.ExecuteAsync("INSERT INTO t (n) VALUES (9)", Args.None), cancel.Token);
        await cancel.CancelAsync();
        release();
        await Should.ThrowAsync<OperationCanceledException>(() => cancelled);
        await held;
        (await CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task More_writers_than_the_queue_holds_all_get_through()
    {
        await Race.RunAsync(5000, InsertAsync);
        (await CountAsync()).ShouldBe(5000);
    }

    [Fact]
    public async Task Closing_finishes_what_was_accepted_and_refuses_the_rest()
    {
        var accepted = Enumerable.Range(0, 500).Select(InsertAsync).ToList();
        await _writer.DisposeAsync();
        await Task.WhenAll(accepted);
        await Should.ThrowAsync<ObjectDisposedException>(() => InsertAsync(1000));
    }
}
