using System.Text.Json.Nodes;
using Patchbay.Vault;

namespace Patchbay.Platform.Runs;

/// <summary>What happened. Durable before anyone is told that it was accepted.</summary>
public sealed record Event
{
    public required AppId App { get; init; }
    public required string Id { get; init; }
    public required EventKind Kind { get; init; }

    /// <summary>Entity name for a record event; null otherwise.</summary>
    public string? Entity { get; init; }

    /// <summary>"create", "update", "delete" for a record event; "schedule" or "manual" otherwise.</summary>
    public required string Type { get; init; }

    public string? RecordId { get; init; }

    /// <summary>Set when the event is meant for one flow only (schedule, manual); null: the dispatcher matches.</summary>
    public string? FlowId { get; init; }

    /// <summary>For people: "Ticket 8fd21c created", "Weekdays at 09:00".</summary>
    public required string Label { get; init; }

    /// <summary>The body the function gets: <c>{event, data, old_data, changed_fields}</c>.</summary>
    public required JsonObject Payload { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

public enum EventKind
{
    Record,
    Schedule,
    Manual,
}
