using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Patchbay.FunctionHost.Native;

/// <summary>A process held by descriptor (pidfd): signals reach it and never a later process with the same number.</summary>
internal sealed partial class ProcessHandle : IDisposable
{
    private const int CloseRange = 436;
    private const int CloseRangeCloseOnExec = 4;
    private const int PidfdSendSignal = 424;
    private const int PidfdOpen = 434;
    private const int SigKill = 9;
    private readonly SafeFileHandle _handle;

    private ProcessHandle(SafeFileHandle handle) => _handle = handle;

    /// <summary>Null when the process is gone or the kernel (before 5.3) does not know such handles.</summary>
    public static ProcessHandle? Open(int pid)
    {
        var handle = new SafeFileHandle((nint)SystemCall(PidfdOpen, pid, 0, 0, 0), ownsHandle: true);
        if (!handle.IsInvalid) return new ProcessHandle(handle);
        handle.Dispose();
        return null;
    }

    /// <summary>
    /// Keeps descriptors that this server itself inherited (from a shell, a service manager) from its children: what .NET
    /// opens never passes on, what was there before would, and a function could read it.
    /// </summary>
    public static void KeepDescriptorsFromChildren() => SystemCall(CloseRange, 3, int.MaxValue, CloseRangeCloseOnExec, 0);

    /// <summary>False when the process is gone or this handle is closed.</summary>
    public bool Kill()
    {
        // The number of a closed descriptor may name another process by now: it is held open for the call.
        var held = false;
        try
        {
            _handle.DangerousAddRef(ref held);
            return SystemCall(PidfdSendSignal, _handle.DangerousGetHandle(), SigKill, 0, 0) == 0;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
        finally
        {
            if (held) _handle.DangerousRelease();
        }
    }

    public void Dispose() => _handle.Dispose();

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, nint first, nint second, nint third, nint fourth);
}
