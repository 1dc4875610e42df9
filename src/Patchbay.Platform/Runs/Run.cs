using System.Text.Json.Nodes;
using Patchbay.Platform.Flows;
using Patchbay.Vault;

namespace Patchbay.Platform.Runs;

public readonly record struct RunId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>One execution of a flow because of an event. At least once; every attempt carries the same key.</summary>
public sealed record Run
{
    public required AppId App { get; init; }
    public required RunId Id { get; init; }
    public required FlowId Flow { get; init; }
    public required string EventId { get; init; }
    public required string Function { get; init; }
    public required RunStatus Status { get; init; }

    /// <summary>Attempts begun.</summary>
    public int Attempts { get; init; }

    /// <summary>Attempts that failed since the last replay; pauses and stops of the server do not count.</summary>
    public int Failures { get; init; }

    /// <summary>Leases in a row, up to this one, whose holder was never heard of again.</summary>
    public int Lost { get; init; }

    /// <summary>Not before this time.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Grows with each lease; a result is stored only under the fence it was leased with.</summary>
    public long Fence { get; init; }

    public DateTimeOffset? LeasedUntil { get; init; }

    /// <summary>The same for every attempt: flow id and event id.</summary>
    public required string IdempotencyKey { get; init; }

    public required EventKind EventKind { get; init; }
    public required string EventLabel { get; init; }

    /// <summary>The request body of the function.</summary>
    public required JsonObject Payload { get; init; }

    /// <summary>What the function answered, cut at 64 KiB; null until it has.</summary>
    public string? Result { get; init; }

    /// <summary>Safe to show to teammates: our words, and of a function that threw, its error. Never a body.</summary>
    public string? LastError { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
}

public enum RunStatus
{
    Queued,
    Running,

    /// <summary>Failed at least once and will be tried again at <see cref="Run.DueAt"/>.</summary>
    Retrying,
    Succeeded,

    /// <summary>Waits for a person: a connection is missing or ended. Nothing is lost.</summary>
    Paused,

    /// <summary>Out of attempts, or beyond help. Can be replayed.</summary>
    DeadLetter,
    Cancelled,
}

/// <summary>One try.</summary>
/// <param name="Number">From 1.</param>
/// <param name="HttpStatus">The function's status, or null if it gave none.</param>
public sealed record Attempt(AppId App, RunId Run, int Number, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, AttemptStatus Status, int? HttpStatus, string? Error);

public enum AttemptStatus
{
    Running,
    Succeeded,
    Failed,

    /// <summary>The server stopped while it ran.</summary>
    Interrupted,
}

/// <summary>A line a function wrote.</summary>
/// <param name="Level">debug, info, warn or error.</param>
public sealed record RunLogLine(AppId App, RunId Run, int Attempt, DateTimeOffset Time, string Level, string Message);
