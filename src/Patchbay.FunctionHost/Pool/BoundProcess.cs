using Patchbay.FunctionHost.Processes;

namespace Patchbay.FunctionHost.Pool;

/// <summary>A process bound to one function, with the count of requests it is serving.</summary>
/// <remarks>Every member is read and written under the lock of its <see cref="Lane"/>.</remarks>
internal sealed class BoundProcess(FunctionProcess process, FunctionLimits limits, DateTimeOffset now)
{
    public FunctionProcess Process { get; } = process;

    /// <summary>Memory and concurrency are the process's, taken from the request it was started for.</summary>
    public FunctionLimits Limits { get; } = limits;

    public int InFlight { get; set; }

    public DateTimeOffset IdleSince { get; set; } = now;

    /// <summary>Takes no further request; ends when the last one has left.</summary>
    public bool Retired { get; set; }

    /// <summary>It was idle and is being ended to make room for another function.</summary>
    public bool Evicted { get; set; }

    /// <summary>Processor time used when the present busy or idle stretch began, and what the stretch may use.</summary>
    public TimeSpan CpuBase { get; set; }

    public TimeSpan CpuAllowance { get; set; } = limits.Cpu;

    public bool HasRoom => !Retired && Process.IsAlive && InFlight < Limits.Concurrency;
}
