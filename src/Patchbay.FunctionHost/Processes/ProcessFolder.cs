using Patchbay.FunctionHost.Native;

namespace Patchbay.FunctionHost.Processes;

/// <summary>The folder of one process: door socket and CA certificate. Readable, never writable, by the process.</summary>
internal sealed class ProcessFolder : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private readonly uint? _uid;

    /// <param name="uid">As root: whose group may look inside.</param>
    public ProcessFolder(string path, uint? uid)
    {
        Path = path;
        _uid = uid;
        Directory.CreateDirectory(path, Owner);
    }

    public string Path { get; }

    /// <summary>Lets the process use what the door has put there. In unsafe mode the process makes its own socket and cache there too.</summary>
    public void Open(IFunctionDoor door, bool writable)
    {
        var certificate = System.IO.Path.Combine(Path, "ca.pem");
        File.WriteAllText(certificate, door.CaCertificatePem);
        if (_uid is not { } uid) return;
        NativeFiles.ChangeOwner(Path, 0, uid);
        NativeFiles.ChangeOwner(door.SocketPath, 0, uid);
        const UnixFileMode ReadWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;
        File.SetUnixFileMode(door.SocketPath, ReadWrite);
        File.SetUnixFileMode(certificate, UnixFileMode.UserRead | UnixFileMode.OtherRead | UnixFileMode.GroupRead);
        File.SetUnixFileMode(Path, Owner | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | (writable ? UnixFileMode.GroupWrite : 0));
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // The run folder went first, at the end of the host.
        }
    }
}
