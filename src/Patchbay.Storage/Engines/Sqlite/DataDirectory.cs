namespace Patchbay.Storage.Engines.Sqlite;

/// <summary>The directory with both files, held by one server at a time.</summary>
internal sealed class DataDirectory : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly HashSet<string> Ours = new(StringComparer.Ordinal) { "main.db", "logs.db", "main.db-wal", "server.lock", "patchbay.json", "sandbox" };
    private readonly FileStream _lock;

    private DataDirectory(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    public string Path { get; }

    /// <exception cref="StorageStartException">It cannot be used, or another server has it.</exception>
    public static DataDirectory Take(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        try
        {
            // A directory that is there keeps its mode: it may be somebody's, named by mistake. Our files in it are private all the same.
            Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageStartException("PB3001", $"The data directory {path} cannot be made or is not this user's ({e.Message}). Give it to the user that runs Patchbay, or name another with --data.", e);
        }
        if (IsForeign(path))
            throw new StorageStartException("PB3001", $"The data directory {path} holds other files and none of Patchbay's. Name an empty or new directory with --data.");
        var held = Lock(path);
        try
        {
            var main = System.IO.Path.Combine(path, "main.db");
            var logs = System.IO.Path.Combine(path, "logs.db");
            if (!File.Exists(main) && (File.Exists(logs) || File.Exists(main + "-wal")))
                throw new StorageStartException("PB3004", $"The data directory {path} is half there: main.db is missing beside files that belong to it. Restore main.db from a backup, or name an empty directory with --data.");
            Touch(main);
            Touch(logs);
            return new DataDirectory(path, held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    public void Dispose() => _lock.Dispose();

    private static bool IsForeign(string path)
    {
        var names = Directory.EnumerateFileSystemEntries(path).Select(e => System.IO.Path.GetFileName(e)).Where(n => n != "lost+found").ToList();
        return names.Count > 0 && !names.Exists(n => Ours.Contains(n));
    }

    private static FileStream Lock(string path)
    {
        var file = System.IO.Path.Combine(path, "server.lock");
        try
        {
            // FileShare.None is an exclusive flock on Unix: the kernel frees it however the holder ends.
            return new FileStream(file, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, UnixCreateMode = OwnerOnly });
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StorageStartException("PB3001", $"{file} cannot be written. Give the data directory to the user that runs Patchbay.", e);
        }
        catch (IOException e)
        {
            throw new StorageStartException("PB3002", $"Another Patchbay server uses the data directory {path}. Stop it, name another directory with --data, or run several servers on one PostgreSQL with --database.", e);
        }
    }

    /// <summary>SQLite gives its -wal and -shm files the mode of the main file, so that is the one to make.</summary>
    private static void Touch(string file)
    {
        using (new FileStream(file, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite, UnixCreateMode = OwnerOnly }))
        {
            File.SetUnixFileMode(file, OwnerOnly);
        }
    }
}
