using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Patchbay.FunctionHost.Native;

/// <summary>The few Linux calls that .NET does not wrap.</summary>
internal static partial class NativeFiles
{
    private const int OPath = 0x200000;
    private const int OCloseOnExec = 0x80000;
    private const int AtEmptyPath = 0x1000;
    private const int AtFdCwd = -100;
    private const int SFormatMask = 0xF000;
    private const int SIfSock = 0xC000;

    // The one open flag here whose value differs between the processors .NET and Deno share.
    private static int ONoFollow => RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? 0x8000 : 0x20000;

    /// <summary>
    /// Pins the socket at <paramref name="path"/> without following a link, and checks what it is. The handle names
    /// that very socket for as long as it is open, whatever happens to the path afterwards.
    /// </summary>
    /// <exception cref="IOException">Not there, not a socket, or not owned by <paramref name="uid"/>.</exception>
    public static SafeFileHandle PinSocket(string path, uint uid)
    {
        var handle = new SafeFileHandle(Open(path, OPath | ONoFollow | OCloseOnExec), ownsHandle: true);
        if (handle.IsInvalid) throw new IOException($"The function's socket cannot be opened: {new Win32Exception().Message}");
        try
        {
            if (Stat((int)handle.DangerousGetHandle(), "", AtEmptyPath, 0x7FF, out var found) != 0)
                throw new IOException($"The function's socket cannot be examined: {new Win32Exception().Message}");
            if ((found.Mode & SFormatMask) != SIfSock) throw new IOException("What stands at the function's socket path is not a socket.");
            if (found.Uid != uid) throw new IOException("The function's socket belongs to another user.");
            return handle;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Gives a file or folder to a user and group, not following links. Needs root.</summary>
    public static void ChangeOwner(string path, uint uid, uint gid)
    {
        if (LChown(path, uid, gid) != 0) throw new IOException($"Cannot give {path} to user {uid}: {new Win32Exception().Message}");
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint EffectiveUid();

    /// <summary>User id of whoever owns <paramref name="path"/>, or null.</summary>
    public static uint? OwnerOf(string path) => Stat(AtFdCwd, path, 0x100, 0x7FF, out var found) == 0 ? found.Uid : null;

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Stat(int directory, string path, int flags, uint mask, out StatX found);

    [LibraryImport("libc", EntryPoint = "lchown", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int LChown(string path, uint uid, uint gid);

    // struct statx is the same on every processor, unlike struct stat.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct StatX
    {
        [FieldOffset(20)] public uint Uid;
        [FieldOffset(28)] public ushort Mode;
    }
}
