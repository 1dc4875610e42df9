using Patchbay.Platform.Runs;

namespace Patchbay.Platform.Flows;

/// <summary>A flow and how it is doing.</summary>
/// <param name="Reason">Why it is paused or what it waits for; null otherwise.</param>
/// <param name="LastRun">The newest.</param>
public sealed record FlowView(Flow Flow, FlowState State, string? Reason, Run? LastRun, int Runs24Hours);

public enum FlowState
{
    On,
    Off,

    /// <summary>It is on, and runs of it wait for a person.</summary>
    Paused,

    /// <summary>It is on, and a connector it uses has no working account.</summary>
    WaitingForConnection,
}

/// <summary>A flow as somebody wants it.</summary>
/// <param name="Connectors">Catalog ids of the connectors its function uses.</param>
public sealed record FlowDraft(string Name, string Sentence, Triggers.Trigger Trigger, string Function, System.Text.Json.Nodes.JsonObject Arguments, IReadOnlyList<string> Connectors, RetryPolicy? Retry = null);

/// <summary>What somebody wants cannot be: the message says why and may be shown.</summary>
public sealed class FlowInvalidException(string field, string message) : Exception(message)
{
    /// <summary>trigger, name or retry.</summary>
    public string Field { get; } = field;
}
