namespace Patchbay.FunctionHost.Processes;

/// <summary>Why a process was ended by the supervisor; the first reason stands.</summary>
internal enum ProcessEnd
{
    /// <summary>Not ended by us.</summary>
    None,

    /// <summary>Idle, replaced, or the host is stopping.</summary>
    Retired,

    WallTime,
    CpuTime,
    Memory,

    /// <summary>Its socket is not what it must be, or it flooded its output.</summary>
    Misbehaved,
}
