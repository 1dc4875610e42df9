namespace Patchbay.Storage.Engines.Sqlite;

/// <summary>Both files of a data directory.</summary>
internal sealed class SqliteStorage(string directory) : Databases
{
    private DataDirectory? _directory;
    private SqliteDatabase? _main;
    private SqliteDatabase? _logs;

    public override IDatabase Main => _main ?? throw NotOpen();

    public override IDatabase Logs => _logs ?? throw NotOpen();

    public override async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (_logs is not null)
            return;
        try
        {
            _directory = DataDirectory.Take(directory);
            _main = await SqliteDatabase.OpenAsync(Path.Combine(_directory.Path, "main.db"), "Main", "FULL", cancellationToken);
            await EndLeasesAsync(_main, cancellationToken);
            _logs = await SqliteDatabase.OpenAsync(Path.Combine(_directory.Path, "logs.db"), "Logs", "NORMAL", cancellationToken);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    // Whoever holds the directory's lock is alone: every lease found here is of a process that died, and nobody need wait
    // for it to run out. Fences stay, so that nothing changes for the rules.
    private static async Task EndLeasesAsync(SqliteDatabase main, CancellationToken cancellationToken)
    {
        await main.ExecuteAsync("UPDATE runs SET leased_until = due_at, wake_at = due_at WHERE status = 'Running'", Args.None, cancellationToken);
        await main.ExecuteAsync("UPDATE connections SET holder = NULL, leased_until = NULL WHERE leased_until IS NOT NULL", Args.None, cancellationToken);
    }

    public override async ValueTask DisposeAsync()
    {
        if (_main is not null)
            await _main.DisposeAsync();
        if (_logs is not null)
            await _logs.DisposeAsync();
        _directory?.Dispose();
        (_main, _logs, _directory) = (null, null, null);
    }
}
