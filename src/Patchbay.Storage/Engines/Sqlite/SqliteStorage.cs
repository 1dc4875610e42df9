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
            _logs = await SqliteDatabase.OpenAsync(Path.Combine(_directory.Path, "logs.db"), "Logs", "NORMAL", cancellationToken);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
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
