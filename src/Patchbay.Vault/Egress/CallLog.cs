namespace Patchbay.Vault.Egress;

/// <summary>One call to the outside: no bodies, no headers, no query.</summary>
public sealed record CallLogEntry
{
    public required string Id { get; init; }
    public required AppId App { get; init; }
    public required DateTimeOffset Time { get; init; }
    public ConnectionId? Connection { get; init; }
    public string? Connector { get; init; }

    /// <summary>Operation id of the catalog, or null for a call that no operation describes.</summary>
    public string? Operation { get; init; }

    public required string Method { get; init; }
    public required string Host { get; init; }

    /// <summary>Without query; cut at 300 characters.</summary>
    public required string Path { get; init; }

    /// <summary>The vendor's status, or ours for a refusal; null if no reply came.</summary>
    public int? Status { get; init; }

    public required double DurationMs { get; init; }
    public required long RequestBytes { get; init; }
    public required long ResponseBytes { get; init; }
    public string? Function { get; init; }
    public string? RunId { get; init; }
    public required CallOutcome Outcome { get; init; }

    /// <summary>Why it was refused or failed, safe to show; null otherwise.</summary>
    public string? Reason { get; init; }
}

public enum CallOutcome
{
    Sent,
    Refused,
    Failed,
}

/// <summary>Where the egress writes. Implementations buffer and batch; a full buffer waits, it never drops.</summary>
public interface ICallLog
{
    ValueTask AppendAsync(CallLogEntry entry, CancellationToken cancellationToken);
}
