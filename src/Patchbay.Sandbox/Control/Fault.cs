namespace Patchbay.Sandbox.Control;

/// <summary>What shall go wrong for the next calls of a vendor.</summary>
internal sealed record Fault
{
    public required string Vendor { get; init; }
    public required FaultKind Kind { get; init; }

    /// <summary>Begin of "/host/path" it applies to; empty for every call of the vendor.</summary>
    public string Match { get; init; } = "";

    /// <summary>How many calls are still to be hit.</summary>
    public int Times { get; init; } = 1;

    public int Status { get; init; } = StatusCodes.Status503ServiceUnavailable;

    /// <summary>Whole seconds of a Retry-After header.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>How long a slow answer waits.</summary>
    public TimeSpan Delay { get; init; }
}

/// <summary>Faults that wait for a call. Expiring, revoking and dropping a scope act at once instead.</summary>
internal enum FaultKind
{
    /// <summary>Answers with a status and does nothing else.</summary>
    Status,

    /// <summary>Waits, then answers as usual.</summary>
    Slow,

    /// <summary>Does the work, sends half of the answer and cuts the connection.</summary>
    Cut,
}
