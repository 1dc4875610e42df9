namespace Patchbay.FunctionHost;

/// <summary>Why a function gave no reply, by the place where it went wrong.</summary>
public enum FunctionFailure
{
    /// <summary>Functions cannot run on this machine as it is set up; the message says what to install or allow.</summary>
    NotAvailable,

    /// <summary>The bundle could not be had: the caller's loader threw.</summary>
    BuildFailed,

    /// <summary>No process could be started or bound to the function. Nothing of the function ran.</summary>
    StartFailed,

    /// <summary>The function's own code threw while it was imported, or has no handler. The message is the function's.</summary>
    LoadFailed,

    /// <summary>The request passed its wall or processor time. The process was ended.</summary>
    TimedOut,

    /// <summary>The process passed its memory. It was ended.</summary>
    OutOfMemory,

    /// <summary>The process ended by itself, or broke the protocol, while the request was in flight.</summary>
    Crashed,

    /// <summary>The request's or the reply's body passed its limit.</summary>
    TooLarge,

    /// <summary>The caller cancelled.</summary>
    Cancelled,
}

/// <summary>A failure and a message for the app's author: it may hold the function's own error text, never a secret of ours.</summary>
public sealed record FunctionFailed(FunctionFailure Failure, string Message);

/// <summary>Thrown by the reply's body when the failure comes after the headers.</summary>
public sealed class FunctionFailedException(FunctionFailed failed) : IOException(failed.Message)
{
    public FunctionFailed Failed { get; } = failed;
}

/// <summary>The source cannot be bundled. The message is for the author: what, where, what to do.</summary>
public sealed class FunctionBuildException(string message, string? file = null, int? line = null, string? specifier = null) : Exception(message)
{
    /// <summary>Key in <see cref="FunctionSource.Files"/>.</summary>
    public string? File { get; } = file;

    /// <summary>One-based.</summary>
    public int? Line { get; } = line;

    /// <summary>The import that could not be resolved.</summary>
    public string? Specifier { get; } = specifier;
}
