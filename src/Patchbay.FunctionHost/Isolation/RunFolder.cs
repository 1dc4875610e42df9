namespace Patchbay.FunctionHost.Isolation;

/// <summary>The folder of this host's processes; deleted with the host, or by the next one after a crash.</summary>
internal sealed class RunFolder : IDisposable
{
    // Others may pass through (the processes' users must reach their own folder) but not list.
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private const string Prefix = "pbfn-";
    private const string LockName = "lock";

    // Held for as long as the host lives: a folder whose lock can be taken belongs to nobody any more.
    private readonly FileStream _lock;

    public RunFolder(string? parent)
    {
        parent ??= DefaultOf(System.IO.Path.GetTempPath(), Environment.IsPrivilegedProcess);
        Directory.CreateDirectory(parent);
        foreach (var left in Directory.GetDirectories(parent, $"{Prefix}*")) DeleteIfAbandoned(left);
        Path = Directory.CreateDirectory(System.IO.Path.Combine(parent, $"{Prefix}{System.IO.Path.GetRandomFileName()[..8]}"), Mode).FullName;
        File.SetUnixFileMode(Path, Mode);
        _lock = new FileStream(System.IO.Path.Combine(Path, LockName), FileMode.CreateNew, FileAccess.Write, FileShare.None);
    }

    public string Path { get; }

    public void Dispose()
    {
        _lock.Dispose();
        Delete(Path);
    }

    /// <summary>The temporary folder, unless we are root and its path is closed to others: functions run as other users then
    /// and must be able to pass through.</summary>
    internal static string DefaultOf(string temporary, bool isRoot) => isRoot && !IsOpen(temporary) ? "/tmp" : temporary;

    private static bool IsOpen(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (!at.Exists || (at.UnixFileMode & UnixFileMode.OtherExecute) == 0)
                return false;
        }
        return true;
    }

    private static void DeleteIfAbandoned(string folder)
    {
        try
        {
            // Without a lock file it is being made right now, or is not ours: leave it.
            using (new FileStream(System.IO.Path.Combine(folder, LockName), FileMode.Open, FileAccess.Write, FileShare.None))
                Delete(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // In use, or another user's.
        }
    }

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Cleaned up by somebody else.
        }
    }
}
