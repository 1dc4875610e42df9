using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Google.Calendar;

/// <summary>An event, or one instance of a series, as one calendar shows it.</summary>
/// <param name="Event">What it is. An instance that nobody changed exists only here, not in the store.</param>
/// <param name="Calendar">Where it is looked at.</param>
/// <param name="Guest">How it came into this calendar; null for the organizer's own.</param>
/// <param name="Master">The series of an instance.</param>
internal sealed record EventView(CalendarEvent Event, CalendarInfo Calendar, CalendarInvitation? Guest, CalendarEvent? Master = null)
{
    /// <summary>Set for an instance that nobody changed: its times. Everything else is still the series' own.</summary>
    public (EventTime Start, EventTime End)? Instance { get; init; }

    public TimeZoneInfo Zone { get; } = Zones.Find(Calendar.TimeZone) ?? TimeZoneInfo.Utc;

    // Read often and costly to read; a view is of one state of its event, so that it cannot become wrong.
    private EventTime? start;
    private EventTime? end;

    public EventTime Start => start ??= Instance?.Start ?? EventTime.Of(Event.Body["start"], Zone);

    public EventTime End => end ??= Instance?.End ?? EventTime.Of(Event.Body["end"], Zone);

    public bool Cancelled => Event.Cancelled || Guest is { Gone: true };

    /// <summary>Number of the last change that this calendar sees.</summary>
    public long Change => Math.Max(Event.Change, Guest?.Change ?? 0);

    public string Etag => $"\"{Event.Updated}{Change:D6}\"";

    /// <summary>The organizer's body with what a guest set for their own copy.</summary>
    public JsonObject Body
    {
        get
        {
            if (Guest is null)
                return Instance is null ? Event.Body : InstanceBody();
            var body = Instance is null ? (JsonObject)Event.Body.DeepClone() : InstanceBody();
            foreach (var name in EventBody.Own.Where(name => name != "extendedProperties"))
            {
                // The organizer's reminders, colour and the like are the organizer's alone.
                body.Remove(name);
                if (Guest.Own?[name] is { } own)
                    body[name] = own.DeepClone();
            }

            if (body["extendedProperties"] is JsonObject properties)
                properties.Remove("private");
            if (Guest.Own?["extendedProperties"]?["private"] is { } mine)
                EventBody.Merge(body, new JsonObject { ["extendedProperties"] = new JsonObject { ["private"] = mine.DeepClone() } });
            body.TryAdd("reminders", new JsonObject { ["useDefault"] = true });
            return body;
        }
    }

    /// <summary>The answer of whoever this calendar belongs to; null when they are no guest.</summary>
    public string? Answer => Attendees.FirstOrDefault(one => Same(one.Text("email"), Calendar.Id)).Text("responseStatus");

    public IEnumerable<JsonObject> Attendees => (Event.Body["attendees"] as JsonArray ?? []).OfType<JsonObject>();

    public bool Busy => !Cancelled && (Guest is null ? Event.Body : Guest.Own).Text("transparency") != "transparent" && Answer != "declined";

    /// <summary>With a body of its own, ready to be changed and stored. Most instances are only looked at and need none.</summary>
    public EventView Whole() => Instance is null ? this : new EventView(Event with { Body = InstanceBody() }, Calendar, Guest, Master);

    public bool Overlaps(DateTimeOffset? from, DateTimeOffset? to) => (from is null || End.At > from || (Start.At == End.At && Start.At >= from)) && (to is null || Start.At < to);

    private JsonObject InstanceBody()
    {
        var body = (JsonObject)Event.Body.DeepClone();
        body.Remove("recurrence");
        body["start"] = Start.Shape(Start.Zone);
        body["end"] = End.Shape(End.Zone);
        return body;
    }

    public static bool Same(string? one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
