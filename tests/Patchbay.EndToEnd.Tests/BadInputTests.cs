using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Patchbay.EndToEnd.Tests.Support;

namespace Patchbay.EndToEnd.Tests;

/// <summary>Everything that can be wrong at a start: one clear message on standard error, a non-zero exit code, no stack trace, nothing lost.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly TempDirectory _place = new();

    private string Data => _place["data"];

    private string KeyFile => _place["master.key"];

    private string[] Flags => ["--port", "0", "--sandbox", "off", "--data", Data, "--key-file", KeyFile];

    [Fact]
    public async Task A_port_in_use()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        await RefusedAsync(["--port", port, .. Flags[2..]], port, "--port");
    }

    [Fact]
    public async Task A_sandbox_port_in_use()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        await RefusedAsync(["--port", "0", "--sandbox-port", port, "--data", Data, "--key-file", KeyFile], "--sandbox-port");
    }

    [Fact]
    public async Task A_damaged_key_file()
    {
        await StartedOnceAsync();
        var key = await File.ReadAllTextAsync(KeyFile);
        await File.WriteAllTextAsync(KeyFile, key[..^20]);

        await RefusedAsync(Flags, "damaged", KeyFile);
    }

    [Fact]
    public async Task A_key_file_that_others_can_read()
    {
        await StartedOnceAsync();
        File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        await RefusedAsync(Flags, "chmod 600 " + KeyFile);
    }

    [Fact]
    public async Task A_data_directory_that_is_somebody_elses_stays_as_it_is()
    {
        Directory.CreateDirectory(Data);
        await File.WriteAllTextAsync(Path.Combine(Data, "thesis.txt"), "years of work");
        var mode = File.GetUnixFileMode(Data);

        await RefusedAsync(Flags, "holds other files", "--data");

        File.GetUnixFileMode(Data).ShouldBe(mode);
        Directory.EnumerateFileSystemEntries(Data).Select(Path.GetFileName).ShouldBe(["thesis.txt"]);
    }

    [Fact]
    public async Task A_key_inside_the_data_directory() =>
        await RefusedAsync(["--port", "0", "--sandbox", "off", "--data", Data, "--key-file", Path.Combine(Data, "master.key")], "inside the data directory", "--key-file");

    [Fact]
    public async Task The_key_of_another_installation()
    {
        await StartedOnceAsync();
        using var other = new TempDirectory();
        await using (await ServerProcess.StartAsync(["--port", "0", "--sandbox", "off", "--data", other["data"], "--key-file", other["other.key"]], other.Path))
        {
        }

        await RefusedAsync([.. Flags[..^1], other["other.key"]], "--key-file");
    }

    [Fact]
    public async Task A_missing_key_for_data_that_has_one()
    {
        await StartedOnceAsync();
        File.Move(KeyFile, _place["elsewhere.key"]);

        await RefusedAsync(Flags, "missing", KeyFile);
        File.Exists(KeyFile).ShouldBeFalse();
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("truncated")]
    [InlineData("a database of something else")]
    public async Task A_database_that_is_not_whole(string how)
    {
        await StartedOnceAsync();
        var main = MainDatabase();
        var bytes = await File.ReadAllBytesAsync(main);
        foreach (var beside in Directory.EnumerateFiles(Data, Path.GetFileName(main) + "-*"))
            File.Delete(beside);
        if (how == "a database of something else")
        {
            File.Delete(main);
            await SqliteAsync(main, "pragma journal_mode = wal; create table poems (line text);");
        }
        else
        {
            await File.WriteAllBytesAsync(main, how == "garbage" ? Enumerable.Range(0, 9000).Select(i => (byte)(i * 7)).ToArray() : bytes[..(bytes.Length / 2)]);
        }

        await RefusedAsync(Flags, main);
    }

    [Fact]
    public async Task A_database_of_a_newer_version()
    {
        await StartedOnceAsync();
        await SqliteAsync(MainDatabase(), NewerVersion);

        await RefusedAsync(Flags, "newer");
    }

    [Fact]
    public async Task A_file_where_the_data_directory_should_be()
    {
        await File.WriteAllTextAsync(Data, "a shopping list");

        await RefusedAsync(Flags, Data, "--data");
        (await File.ReadAllTextAsync(Data)).ShouldBe("a shopping list");
    }

    [Fact]
    public async Task A_settings_file_that_is_no_json()
    {
        await StartedOnceAsync();
        await File.WriteAllTextAsync(Path.Combine(Data, "patchbay.json"), "port: 4400");

        await RefusedAsync(Flags, "patchbay.json");
    }

    [Fact]
    public async Task A_second_server_on_the_same_data()
    {
        await using var first = await ServerProcess.StartAsync(Flags, _place.Path);

        var run = await ProgramRun.ServerAsync(Flags, _place.Path);

        Clear(run, "Another Patchbay server", Data);
        using var http = new HttpClient();
        (await http.GetAsync(new Uri(first.Address, "/health"))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("--colour", "blue")]
    [InlineData("--port", "eleven")]
    [InlineData("--port")]
    [InlineData("--listen", "everywhere")]
    [InlineData("--public-url", "ftp://x")]
    [InlineData("dance")]
    [InlineData("demo", "--loud")]
    [InlineData("connector", "polish")]
    [InlineData("plan")]
    public async Task Wrong_words(params string[] words)
    {
        var run = await ProgramRun.ServerAsync(words, _place.Path);

        Clear(run, "--help");
        run.Code.ShouldBe(2);
        Directory.EnumerateFileSystemEntries(_place.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_database_server_that_does_not_answer() =>
        await RefusedAsync([.. Flags, "--database", $"Host=127.0.0.1;Port={Clone.FreePort()};Username=x;Password=hidden-word"], "--database");

    [Fact]
    public async Task A_connection_string_that_is_none() =>
        await RefusedAsync([.. Flags, "--database", "postgres is over there"], "--database");

    public void Dispose() => _place.Dispose();

    private const string NewerVersion = "insert into schema_migrations values ((select max(number) + 1 from schema_migrations), 'of tomorrow', 'unknown');";

    /// <summary>A first start and a regular end, so that there is something to lose.</summary>
    private async Task StartedOnceAsync()
    {
        await using var server = await ServerProcess.StartAsync(Flags, _place.Path);
        (await server.StopAsync()).ShouldBe(0, server.Said);
    }

    private async Task RefusedAsync(string[] words, params string[] says)
    {
        var before = Directory.Exists(Data) ? TempDirectory.Fingerprint(_place.Path) : null;

        var run = await ProgramRun.ServerAsync(words, _place.Path);

        Clear(run, says);
        if (before is not null)
            TempDirectory.Fingerprint(_place.Path).Where(f => !IsBeside(f.Key)).ShouldBe(before.Where(f => !IsBeside(f.Key)));
    }

    // A look into a database in WAL mode makes and removes these; they hold nothing that was kept.
    private static bool IsBeside(string file) => file.EndsWith("-shm", StringComparison.Ordinal) || file.EndsWith("-wal", StringComparison.Ordinal) || file.EndsWith(".lock", StringComparison.Ordinal);

    private static void Clear(ProgramRun run, params string[] says)
    {
        run.Code.ShouldNotBe(0);
        run.Output.ShouldBe("");
        foreach (var word in says)
            run.Errors.ShouldContain(word);
        run.Errors.Split('\n').Length.ShouldBeLessThanOrEqualTo(4, run.Errors);
        run.Errors.ShouldNotMatch(@"(?m)^\s+at |Unhandled|---> |hidden-word", run.Errors);
    }

    private string MainDatabase() => Directory.EnumerateFiles(Data, "*.db").OrderByDescending(f => new FileInfo(f).Length).First(f => Path.GetFileName(f).Contains("main", StringComparison.Ordinal));

    private static async Task SqliteAsync(string file, string sql)
    {
        var run = await ProgramRun.RunAsync("sqlite3", [file, sql]);
        run.Code.ShouldBe(0, run.All);
    }
}
