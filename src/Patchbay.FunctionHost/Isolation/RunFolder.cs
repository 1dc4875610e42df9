using Patchbay.FunctionHost.Processes;

namespace Patchbay.FunctionHost.Isolation;

/// <summary>The folder of this host's processes; deleted with the host.</summary>
internal sealed class RunFolder : IDisposable
{
    // Others may pass through (the processes' users must reach their own folder) but not list.
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public RunFolder(string? path)
    {
        if (path is null)
        {
            Path = Directory.CreateTempSubdirectory("pbfn-").FullName;
        }
        else
        {
            Path = System.IO.Path.Combine(path, System.IO.Path.GetRandomFileName());
            Directory.CreateDirectory(Path);
        }

        File.SetUnixFileMode(Path, Mode);
    }

    public string Path { get; }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Cleaned up by somebody else.
        }
    }
}
