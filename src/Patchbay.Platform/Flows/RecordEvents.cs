using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Platform.Apps.Entities;
using Patchbay.Platform.Flows.Triggers;
using Patchbay.Platform.Runs;
using Patchbay.Vault;

namespace Patchbay.Platform.Flows;

/// <summary>
/// The events of record writes. The payload is
/// <c>{event: {type, entity_name, entity_id}, data, old_data, changed_fields}</c>, where <c>data</c> is the record flat:
/// id, created_date, updated_date, created_by and its fields. Of a deleted record both hold the last state. A payload beyond
/// 200 KB comes without them and with <c>payload_too_large: true</c>; the function reads the record itself.
/// </summary>
public static class RecordEvents
{
    public const int LargestPayload = 200 * 1024;

    /// <summary>Scalars that conditions may still look at when the data was too large; taken off before a function sees the payload.</summary>
    internal const string Scalars = "$scalars";
    private const int LongestScalar = 600;

    /// <param name="depth">How many flows, one causing the next, led to this write: <see cref="FlowDepth"/>.</param>
    public static Event Created(Record record, TimeProvider time, int depth = 0)
    {
        ArgumentNullException.ThrowIfNull(record);
        return Make(record, RecordChangeKind.Create, null, Flat(record), [.. record.Data.Select(p => p.Key)], time, depth);
    }

    /// <summary>Null if no field changed: saving the same again is no event.</summary>
    /// <inheritdoc cref="Created"/>
    public static Event? Updated(Record before, Record after, TimeProvider time, int depth = 0)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var changed = after.Data.Select(p => p.Key).Union(before.Data.Select(p => p.Key)).Where(f => !JsonNode.DeepEquals(before.Data[f], after.Data[f])).ToList();
        return changed.Count == 0 ? null : Make(after, RecordChangeKind.Update, Flat(before), Flat(after), changed, time, depth);
    }

    /// <inheritdoc cref="Created"/>
    public static Event Deleted(Record record, TimeProvider time, int depth = 0)
    {
        ArgumentNullException.ThrowIfNull(record);
        return Make(record, RecordChangeKind.Delete, Flat(record), Flat(record), [], time, depth);
    }

    /// <summary>What a function would get if the record had just been changed so: for running a flow by hand.</summary>
    public static JsonObject Sample(Record record, RecordChangeKind kind, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(record);
        var before = kind == RecordChangeKind.Create ? null : Flat(record);
        var payload = Make(record, kind, before, Flat(record), [], time, 0).Payload;
        payload.Remove(Scalars);
        return payload;
    }

    /// <summary>A record as Base44 clients know it.</summary>
    public static JsonObject Flat(Record record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var flat = new JsonObject
        {
            ["id"] = record.Id,
            ["created_date"] = Text(record.CreatedAt),
            ["updated_date"] = Text(record.UpdatedAt),
            ["created_by"] = record.CreatedBy,
        };
        foreach (var (name, value) in record.Data)
            flat.TryAdd(name, value?.DeepClone());
        return flat;
    }

    public static string NameOf(RecordChangeKind kind) => kind switch
    {
        RecordChangeKind.Create => "create",
        RecordChangeKind.Update => "update",
        _ => "delete",
    };

    private static Event Make(Record record, RecordChangeKind kind, JsonObject? before, JsonObject after, List<string> changed, TimeProvider time, int depth)
    {
        ArgumentNullException.ThrowIfNull(time);
        var type = NameOf(kind);
        var about = new JsonObject { ["type"] = type, ["entity_name"] = record.Entity, ["entity_id"] = record.Id };
        FlowDepth.Write(about, depth);
        var payload = new JsonObject
        {
            ["event"] = about,
            ["data"] = after,
            ["old_data"] = before,
            ["changed_fields"] = new JsonArray([.. changed.Select(f => JsonValue.Create(f))]),
        };
        if (Encoding.UTF8.GetByteCount(payload.ToJsonString()) > LargestPayload)
        {
            payload["data"] = payload["old_data"] = null;
            payload["payload_too_large"] = true;
            payload[Scalars] = new JsonObject { ["after"] = ScalarsOf(after), ["before"] = before is null ? null : ScalarsOf(before) };
        }
        return new Event
        {
            App = record.App,
            Id = Ids.New(time),
            Kind = EventKind.Record,
            Entity = record.Entity,
            Type = type,
            RecordId = record.Id,
            Label = $"{record.Entity} {(record.Id.Length > 6 ? record.Id[^6..] : record.Id)} {type}d",
            Payload = payload,
            CreatedAt = time.GetUtcNow(),
        };
    }

    private static JsonObject ScalarsOf(JsonObject fields)
    {
        var kept = new JsonObject();
        var room = LargestPayload / 4;
        foreach (var (name, value) in fields)
        {
            if (value is not JsonValue scalar || scalar.ToJsonString() is not { Length: <= LongestScalar } text || (room -= text.Length + name.Length) < 0)
                continue;
            kept[name] = scalar.DeepClone();
        }
        return kept;
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
