using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Patchbay.Platform.Apps.Entities;
using Patchbay.Vault.Connections;
using Patchbay.Platform.Runs;
using Patchbay.Storage.Tests.Support;

namespace Patchbay.Storage.Tests;

public abstract class StartConformance(TestEngine engine) : Conformance(engine)
{
    /// <summary>A connection of its own to the main database.</summary>
    protected abstract Task<DbConnection> ConnectAsync();

    /// <summary>Stops the node, changes the database behind its back, and tells what starting says then.</summary>
    private async Task<StorageStartException> StartAfterAsync(params string[] statements)
    {
        await Node.DisposeAsync();
        await using (var connection = await ConnectAsync())
        {
            foreach (var sql in statements)
            {
                await using var command = connection.CreateCommand();
                command.CommandText = sql;
                await command.ExecuteNonQueryAsync();
            }
        }
        return await Should.ThrowAsync<StorageStartException>(() => Engine.StartNodeAsync());
    }

    [Fact]
    public async Task Starting_again_changes_nothing_and_loses_nothing()
    {
        var record = Make.Record(Make.App());
        await Get<IRecordStore>().CreateAsync([record], [Make.Event(record.App)], default);
        var before = await MigrationsAsync();
        await RestartAsync();
        await RestartAsync();
        (await Get<IRecordStore>().FindAsync(record.App, record.Entity, record.Id, default)).ShouldBeSameAs(record);
        (await MigrationsAsync()).ShouldBe(before);
        before.ShouldBeGreaterThan(0);
    }

    private async Task<int> MigrationsAsync()
    {
        await using var connection = await ConnectAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM schema_migrations";
        return Convert.ToInt32(await command.ExecuteScalarAsync(), null);
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_left_alone()
    {
        var error = await StartAfterAsync("INSERT INTO schema_migrations (number, name, hash) VALUES (99, '0099_future', 'x')");
        error.Code.ShouldBe("PB3003");
        error.Message.ShouldContain("newer Patchbay");
    }

    [Fact]
    public async Task A_database_of_another_build_is_left_alone() =>
        (await StartAfterAsync("UPDATE schema_migrations SET hash = 'x'")).Code.ShouldBe("PB3004");

    [Fact]
    public async Task A_half_written_database_is_left_alone()
    {
        var error = await StartAfterAsync("DELETE FROM schema_migrations");
        error.Code.ShouldBe("PB3004");
        error.Message.ShouldContain("backup");
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_nothing_behind()
    {
        // A view, since views are no tables: the step meets it only when it makes a table of that name.
        var drop = await TablesAsync();
        var error = await StartAfterAsync([.. drop.Select(t => $"DROP TABLE {t}"), "CREATE VIEW runs AS SELECT 1 AS n"]);
        error.Code.ShouldBe("PB3006");
        (await TablesAsync()).ShouldBe(["schema_migrations"]);
    }

    protected abstract Task<IReadOnlyList<string>> TablesAsync();

    protected static async Task<IReadOnlyList<string>> ReadAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var names = new List<string>();
        while (await reader.ReadAsync())
            names.Add(reader.GetString(0));
        return names;
    }
}

public sealed class SqliteStartTests() : StartConformance(new SqliteEngine())
{
    private string Directory => ((SqliteEngine)Engine).Directory;

    protected override async Task<DbConnection> ConnectAsync()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(Directory, "main.db")};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }

    protected override async Task<IReadOnlyList<string>> TablesAsync()
    {
        await using var connection = await ConnectAsync();
        return await ReadAsync(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'");
    }

    [Fact]
    public async Task Leases_of_a_server_that_died_hold_nobody_up()
    {
        var app = Make.App();
        var runs = Get<IRunStore>();
        await runs.InsertEventAsync(Make.Event(app), default);
        await runs.DispatchAsync(10, (events, _) => [.. events.Select(e => Make.Run(e, new(Make.Id())))], default);
        var now = Make.Noon.AddMinutes(1);
        var held = (await runs.LeaseAsync("died", now, now.AddHours(1), 5, default)).ShouldHaveSingleItem();
        await Get<IConnectionStore>().InsertAsync(Make.Connection(app), null, default);
        var connection = (await Get<IConnectionStore>().ListAsync(app, default))[0];
        (await Get<IConnectionStore>().TryLeaseAsync(connection.Id, "died", now, now.AddHours(1), default)).ShouldNotBeNull();

        await RestartAsync();

        runs = Get<IRunStore>();
        var again = (await runs.LeaseAsync("next", now, now.AddHours(1), 5, default)).ShouldHaveSingleItem();
        again.Fence.ShouldBe(held.Fence + 1);
        again.IdempotencyKey.ShouldBe(held.IdempotencyKey);
        (await runs.ListAttemptsAsync(app, again.Id, default)).Select(a => a.Status).ShouldBe([AttemptStatus.Interrupted, AttemptStatus.Running]);
        (await Get<IConnectionStore>().TryLeaseAsync(connection.Id, "next", now, now.AddHours(1), default)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_second_server_on_the_same_directory_is_refused_until_the_first_stops()
    {
        var error = await Should.ThrowAsync<StorageStartException>(() => Engine.StartNodeAsync());
        error.Code.ShouldBe("PB3002");
        error.Message.ShouldContain("Another Patchbay server");
        (await Get<IInstanceStore>().GetOrCreateInstanceIdAsync(default)).ShouldNotBeEmpty();
        await RestartAsync();
    }

    [Fact]
    public async Task The_directory_and_its_files_are_the_owners_alone()
    {
        await Get<IInstanceStore>().GetOrCreateInstanceIdAsync(default);
        const UnixFileMode file = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.GetUnixFileMode(Directory).ShouldBe(file | UnixFileMode.UserExecute);
        var files = System.IO.Directory.EnumerateFiles(Directory).ToList();
        files.Select(Path.GetFileName).ShouldContain("main.db-wal");
        files.Where(f => File.GetUnixFileMode(f) != file).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_left_as_it_is()
    {
        await Node.DisposeAsync();
        var main = Path.Combine(Directory, "main.db");
        var rubbish = Enumerable.Range(0, 20_000).Select(n => (byte)(n * 7)).ToArray();
        await File.WriteAllBytesAsync(main, rubbish);
        (await Should.ThrowAsync<StorageStartException>(() => Engine.StartNodeAsync())).Code.ShouldBe("PB3004");
        (await File.ReadAllBytesAsync(main)).ShouldBe(rubbish);
    }

    [Fact]
    public async Task A_directory_whose_main_file_is_gone_is_not_taken_for_a_new_one()
    {
        await Node.DisposeAsync();
        File.Delete(Path.Combine(Directory, "main.db"));
        var error = await Should.ThrowAsync<StorageStartException>(() => Engine.StartNodeAsync());
        error.Code.ShouldBe("PB3004");
        error.Message.ShouldContain("main.db is missing");
        File.Exists(Path.Combine(Directory, "main.db")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_directory_that_cannot_be_made_is_named()
    {
        await Node.DisposeAsync();
        System.IO.Directory.Delete(Directory, recursive: true);
        await File.WriteAllTextAsync(Directory, "a file stands here");
        try
        {
            var error = await Should.ThrowAsync<StorageStartException>(() => Engine.StartNodeAsync());
            error.Code.ShouldBe("PB3001");
            error.Message.ShouldContain(Directory);
        }
        finally
        {
            File.Delete(Directory);
            System.IO.Directory.CreateDirectory(Directory);
        }
    }

    [Fact]
    public async Task A_destroyed_credential_is_gone_from_the_files()
    {
        var connections = Get<Patchbay.Vault.Connections.IConnectionStore>();
        // Long enough for pages of its own: those are freed, not written over by what comes next.
        var payload = Enumerable.Repeat("CANARY-IN-THE-PAYLOAD"u8.ToArray(), 2000).SelectMany(b => b).ToArray();
        var row = Make.Connection(Make.App()) with { Credential = new("k1", [.. Enumerable.Repeat((byte)0xC3, 60)], payload) };
        await connections.InsertAsync(row, null, default);
        await connections.DisconnectAsync(row.App, row.Id, default);
        // The last connection to close folds the log into the file.
        await Node.DisposeAsync();
        foreach (var file in System.IO.Directory.EnumerateFiles(Directory))
            (await File.ReadAllBytesAsync(file)).AsSpan().IndexOf("CANARY"u8).ShouldBe(-1, file);
        await RestartAsync();
    }
}

[Collection(PostgresServer.Collection), Trait("Needs", "PostgreSQL")]
public sealed class PostgresStartTests(PostgresServer server) : StartConformance(new PostgresEngine(server))
{
    protected override async Task<DbConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(await ((PostgresEngine)Engine).ConnectionStringAsync() + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    protected override async Task<IReadOnlyList<string>> TablesAsync()
    {
        await using var connection = await ConnectAsync();
        return await ReadAsync(connection, "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'");
    }

    [Fact]
    public async Task Nodes_that_start_together_on_an_empty_database_all_come_up()
    {
        await using var fresh = new PostgresEngine(server);
        await fresh.ConnectionStringAsync();
        var nodes = await Race.RunAsync(4, _ => fresh.StartNodeAsync());
        foreach (var node in nodes)
            await node.DisposeAsync();
    }

    [Theory]
    [InlineData("Host=/nowhere;Username=x;Password=s3cret;Timeout=2")]
    [InlineData("Hast=s3cret")]
    public async Task A_server_that_cannot_be_reached_is_said_without_the_password(string connection)
    {
        await using var storage = new StorageProbe(connection);
        var error = await Should.ThrowAsync<StorageStartException>(storage.OpenAsync);
        error.Code.ShouldBe("PB3005");
        error.ToString().ShouldNotContain("s3cret");
    }
}
