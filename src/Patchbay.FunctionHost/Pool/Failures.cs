using Patchbay.FunctionHost.Processes;

namespace Patchbay.FunctionHost.Pool;

/// <summary>Names what happened to a process that is gone.</summary>
internal static class Failures
{
    public static FunctionFailed Of(FunctionProcess process, string when) => process.End switch
    {
        ProcessEnd.WallTime => new(FunctionFailure.TimedOut, $"The function's process was ended {when}: a request passed its time limit."),
        ProcessEnd.CpuTime => new(FunctionFailure.TimedOut, $"The function's process was ended {when}: it used up its processor time."),
        ProcessEnd.Memory => new(FunctionFailure.OutOfMemory, $"The function's process was ended {when}: it passed its memory limit."),
        ProcessEnd.Misbehaved => new(FunctionFailure.Crashed, $"The function's process was ended {when}: it flooded its output."),
        ProcessEnd.Retired => new(FunctionFailure.Crashed, $"The function's process was ended {when}: it was replaced or the host is stopping."),
        _ when process.ErrorOutput.Contains("out of memory", StringComparison.OrdinalIgnoreCase) =>
            new(FunctionFailure.OutOfMemory, $"The function ran out of memory {when}."),
        _ => new(FunctionFailure.Crashed, $"The function's process ended by itself {when}."),
    };
}
