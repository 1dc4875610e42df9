using Patchbay.Platform.Runs;
using Patchbay.Storage.Engines;

namespace Patchbay.Storage.Stores;

internal static class EventRows
{
    public static Args Of(Event e) => new()
    {
        { "app", e.App }, { "id", e.Id }, { "kind", e.Kind }, { "entity", e.Entity }, { "type", e.Type }, { "record_id", e.RecordId },
        { "flow_id", e.FlowId }, { "label", e.Label }, { "payload", e.Payload }, { "created_at", e.CreatedAt },
    };

    public static Event To(Row r) => new()
    {
        App = new(r.Text("app")),
        Id = r.Text("id"),
        Kind = r.Enum<EventKind>("kind"),
        Entity = r.TextOrNull("entity"),
        Type = r.Text("type"),
        RecordId = r.TextOrNull("record_id"),
        FlowId = r.TextOrNull("flow_id"),
        Label = r.Text("label"),
        Payload = r.Json("payload"),
        CreatedAt = r.Time("created_at"),
    };

    public static Task InsertAsync(DbSession s, IReadOnlyList<Event> events) => s.InsertAsync("events", [.. events.Select(Of)]);
}
