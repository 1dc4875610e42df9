using System.Text.Json.Nodes;
using Patchbay.Platform.Flows.Triggers;
using Patchbay.Vault;

namespace Patchbay.Platform.Flows;

public readonly record struct FlowId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>Trigger + function + arguments.</summary>
public sealed record Flow
{
    public required AppId App { get; init; }
    public required FlowId Id { get; init; }
    public required string Name { get; init; }

    /// <summary>What it does, in one sentence.</summary>
    public required string Sentence { get; init; }

    public required bool Enabled { get; init; }
    public required Trigger Trigger { get; init; }
    public required string Function { get; init; }
    public required JsonObject Arguments { get; init; }

    /// <summary>Catalog ids of the connectors its function uses.</summary>
    public required IReadOnlyList<string> Connectors { get; init; }

    public RetryPolicy Retry { get; init; } = RetryPolicy.Default;

    /// <summary>For a schedule: when it fires next; null if it never will.</summary>
    public DateTimeOffset? NextAt { get; init; }

    public required string CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <param name="MaxAttempts">1 to 20.</param>
/// <param name="FirstDelay">Before the second attempt; doubles with each, with jitter.</param>
/// <param name="MaxDelay">Bound of the doubling.</param>
public sealed record RetryPolicy(int MaxAttempts, TimeSpan FirstDelay, TimeSpan MaxDelay)
{
    public static RetryPolicy Default { get; } = new(6, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(10));
}
