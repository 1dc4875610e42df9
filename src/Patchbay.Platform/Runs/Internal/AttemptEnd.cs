using System.Globalization;
using Patchbay.Platform.Flows;
using Patchbay.Platform.Functions;

namespace Patchbay.Platform.Runs.Internal;

/// <summary>What becomes of a run after an attempt. Pure.</summary>
internal static class AttemptEnd
{
    // High, since a machine in trouble kills whatever is under way; low enough that a run which is the trouble ends some day.
    private const int MostLost = 100;

    /// <param name="run">As leased.</param>
    /// <param name="missing">Names of connectors that have no working connection.</param>
    public static (Run Run, Attempt Attempt) Of(Run run, Attempt begun, RetryPolicy policy, FunctionAnswer answer, IReadOnlyList<string> missing, RetryDelays delays, DateTimeOffset now)
    {
        if (answer.Problem == FunctionProblem.None && answer.Status is >= 200 and < 300)
        {
            return (run with { Status = RunStatus.Succeeded, Result = answer.Body, LastError = null, LeasedUntil = null, FinishedAt = now },
                begun with { FinishedAt = now, Status = AttemptStatus.Succeeded, HttpStatus = answer.Status });
        }
        var error = answer.Message ?? string.Create(CultureInfo.InvariantCulture, $"The function answered {answer.Status}.");
        var attempt = begun with { FinishedAt = now, Status = AttemptStatus.Failed, HttpStatus = answer.Status, Error = error };
        var failed = run with { Result = answer.Body, LastError = error, LeasedUntil = null };
        // What waits for a person has not failed yet.
        if (missing.Count > 0)
            return (Paused(failed, Waiting(missing)), attempt);
        if (answer.Problem == FunctionProblem.NotAllowed)
            return (Paused(failed, error), attempt);
        if (answer.Status == 424)
            return (Paused(failed, "An account that the function needs is not connected. Connect it and resume."), attempt);
        failed = failed with { Failures = run.Failures + 1 };
        if (answer.Problem != FunctionProblem.Missing && delays.Next(policy, failed.Failures, answer.RetryAfter) is { } delay)
            return (failed with { Status = RunStatus.Retrying, DueAt = now + delay }, attempt);
        return (failed with { Status = RunStatus.DeadLetter, FinishedAt = now }, attempt);
    }

    /// <summary>The server stops: the run goes back as it was, and the attempt says why it has no result.</summary>
    public static (Run Run, Attempt Attempt) GivenBack(Run run, Attempt begun, DateTimeOffset now) =>
        (run with { Status = run.Attempts > 1 ? RunStatus.Retrying : RunStatus.Queued, DueAt = now, LeasedUntil = null },
            begun with { FinishedAt = now, Status = AttemptStatus.Interrupted, Error = "The server was stopped while it ran." });

    /// <summary>Servers that ran it ended without a word, again and again: perhaps because of it.</summary>
    public static (Run Run, Attempt Attempt)? GivenUp(Run run, Attempt begun, DateTimeOffset now) =>
        run.Lost < MostLost ? null : NotTried(run, begun, RunStatus.DeadLetter, $"The server ended {run.Lost} times in a row while it ran this. Find out why before you replay it.", now);

    /// <summary>Nothing was tried.</summary>
    public static (Run Run, Attempt Attempt) NotTried(Run run, Attempt begun, RunStatus status, string why, DateTimeOffset now) =>
        (run with { Status = status, LastError = why, LeasedUntil = null, FinishedAt = status == RunStatus.Paused ? null : now },
            begun with { FinishedAt = now, Status = AttemptStatus.Failed, Error = why });

    public static string Waiting(IReadOnlyList<string> missing) =>
        $"Waiting for {string.Join(" and ", missing)}: a teammate must connect or approve it. The run goes on by itself then.";

    private static Run Paused(Run run, string why) => run with { Status = RunStatus.Paused, LastError = why };
}
