using System.Text.Json.Serialization;

namespace Patchbay.Platform.Flows.Triggers;

/// <summary>What starts a flow. Stored as JSON with the kind in <c>kind</c>; never rename one.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(RecordTrigger), "record")]
[JsonDerivedType(typeof(ScheduleTrigger), "schedule")]
[JsonDerivedType(typeof(ManualTrigger), "manual")]
public abstract record Trigger;

/// <summary>A change of a record.</summary>
/// <param name="Condition">Text that <see cref="FlowCondition"/> reads (a JSON array of field, op and value); null for every change.
/// On an update it fires once per transition: only if the condition holds after the change and the part that the event is about
/// did not hold before it.</param>
public sealed record RecordTrigger(string Entity, RecordChangeKind On, string? Condition) : Trigger;

[JsonConverter(typeof(JsonStringEnumConverter<RecordChangeKind>))]
public enum RecordChangeKind
{
    [JsonStringEnumMemberName("create")]
    Create,
    [JsonStringEnumMemberName("update")]
    Update,
    [JsonStringEnumMemberName("delete")]
    Delete,
}

/// <summary>A five-field Unix cron expression in a time zone.</summary>
/// <param name="TimeZone">IANA name.</param>
public sealed record ScheduleTrigger(string Cron, string TimeZone) : Trigger;

public sealed record ManualTrigger : Trigger;
