using System.Diagnostics;
using Npgsql;

namespace Patchbay.Storage.Tests.Support;

/// <summary>A PostgreSQL of the tests' own: a cluster in a temporary directory, on a unix socket only, gone when they end.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    public const string Collection = "PostgreSQL";

    // PostgreSQL refuses to run as root, whoever is root becomes this user first.
    private const string Unprivileged = "nobody";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _directory = Directory.CreateTempSubdirectory("pb-pg-").FullName;
    private Process? _server;
    private int _databases;

    private string Data => Path.Combine(_directory, "data");

    public string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = _directory,
        Username = "patchbay",
        Database = database,
        MaxPoolSize = 20,
    }.ToString();

    public async Task InitializeAsync()
    {
        var bin = Binaries();
        if (Environment.IsPrivilegedProcess)
            await RunAsync("chown", [Unprivileged, _directory]);
        await RunAsync(Path.Combine(bin, "initdb"), ["-D", Data, "-U", "patchbay", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]);
        // fsync stays as it is: a test that waits for a commit waits for what users wait for.
        _server = Start(Path.Combine(bin, "postgres"), ["-D", Data, "-k", _directory, "-c", "listen_addresses=", "-c", "max_connections=200"]);
        // Read on, or a full pipe would stop the server.
        _server.ErrorDataReceived += (_, _) => { };
        _server.BeginErrorReadLine();
        await UntilReadyAsync();
    }

    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"test{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync($"CREATE DATABASE {name}");
        return name;
    }

    public Task DropDatabaseAsync(string name) => ExecuteAsync($"DROP DATABASE {name} WITH (FORCE)");

    public async Task DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_server is { HasExited: false })
        {
            // SIGINT is PostgreSQL's fast shutdown; killing it would leave its children for a moment.
            await RunAsync("kill", ["-INT", _server.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)], asRoot: true);
            await _server.WaitForExitAsync(new CancellationTokenSource(Patience).Token);
        }
        _server?.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private static string Binaries() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin")).Where(d => File.Exists(Path.Combine(d, "initdb"))).Max(StringComparer.Ordinal)
              ?? throw Missing()
            : throw Missing();

    private static InvalidOperationException Missing() =>
        new("PostgreSQL's server programs are missing. Install the Debian package postgresql (sudo apt-get install postgresql).");

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private async Task UntilReadyAsync()
    {
        var started = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await ExecuteAsync("SELECT 1");
                return;
            }
            catch (NpgsqlException) when (started.Elapsed < Patience && _server is { HasExited: false })
            {
                await Task.Delay(50);
            }
        }
    }

    private static Process Start(string program, string[] arguments, bool asRoot = false)
    {
        string[] line = Environment.IsPrivilegedProcess && !asRoot && program.StartsWith('/')
            ? ["setpriv", "--reuid", Unprivileged, "--regid", "nogroup", "--clear-groups", "--", program, .. arguments]
            : [program, .. arguments];
        var start = new ProcessStartInfo(line[0], line[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{line[0]} did not start.");
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }

    private static async Task RunAsync(string program, string[] arguments, bool asRoot = false)
    {
        using var process = Start(program, arguments, asRoot);
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{Path.GetFileName(program)} failed: {errors}");
    }
}

[CollectionDefinition(PostgresServer.Collection)]
public sealed class PostgresCollection : ICollectionFixture<PostgresServer>;
