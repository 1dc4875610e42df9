using Patchbay.FunctionHost;
using Patchbay.Platform.Runs;
using Patchbay.Vault;

namespace Patchbay.Platform.Functions;

/// <summary>Runs the newest version of a function, for a run or for a caller over HTTP.</summary>
public interface IFunctionInvoker
{
    /// <summary>One attempt of a run. Expected failures are values.</summary>
    Task<FunctionAnswer> RunAsync(Run run, IFunctionLog log, CancellationToken cancellationToken);

    /// <summary>A direct call. The reply streams and must be disposed.</summary>
    Task<FunctionCall> CallAsync(AppId app, string function, FunctionHttpRequest request, IFunctionLog? log, CancellationToken cancellationToken);
}

/// <summary>Why a function gave no answer.</summary>
public enum FunctionProblem
{
    None,

    /// <summary>The app has no function of that name.</summary>
    Missing,

    /// <summary>The app's switch or its workspace's plan does not allow functions: a person must change that.</summary>
    NotAllowed,

    /// <summary>It was started, or should have been, and failed; see the message.</summary>
    Failed,

    /// <summary>The caller cancelled.</summary>
    Cancelled,
}

/// <summary>How an attempt ended.</summary>
/// <param name="Status">The function's HTTP status; null if it gave none.</param>
/// <param name="Body">What it answered, cut at 64 KiB.</param>
/// <param name="RetryAfter">Its wish, from the header of that name (seconds or a date).</param>
/// <param name="Message">For a person, when there was a problem; no body, no secret.</param>
public sealed record FunctionAnswer(FunctionProblem Problem, int? Status, string? Body, TimeSpan? RetryAfter, string? Message)
{
    /// <summary>The message when the function threw and only its log can say what.</summary>
    public const string Threw = "The function threw an error; its log says which.";
}
