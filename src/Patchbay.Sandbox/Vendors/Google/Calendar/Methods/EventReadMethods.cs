using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Google.Calendar.Methods;

/// <summary>events.list, get and instances.</summary>
internal sealed class EventReadMethods(CalendarAccess access, CalendarBook book, CalendarEvents events, EventShapes shapes) : ICalendarMethods
{
    private const string List = "/calendars/{calendarId}/events";

    // A query narrowed by these cannot be continued by a sync token.
    private static readonly string[] Unsyncable = ["iCalUID", "orderBy", "privateExtendedProperty", "q", "sharedExtendedProperty", "timeMin", "timeMax", "updatedMin"];

    public IEnumerable<CalendarMethod> Methods =>
    [
        new("GET", List, "calendar.events.list", CalendarScopes.ReadEvents, ListEvents),
        new("GET", List + "/{eventId}", "calendar.events.get", CalendarScopes.ReadEvents, Get),
        new("GET", List + "/{eventId}/instances", "calendar.events.instances", CalendarScopes.ReadEvents, Instances),
    ];

    private GoogleAnswer Get(CalendarCall call)
    {
        var calendar = access.Open(call, "freeBusyReader", CalendarScopes.ReadEvents);
        if (events.Find(calendar, call.Route("eventId")) is not { } view)
            return CalendarErrors.NotFound;
        return call.Unchanged(view.Etag) ? new GoogleAnswer(StatusCodes.Status304NotModified, null) : GoogleAnswer.Ok(Shape(call, calendar)(view));
    }

    private GoogleAnswer ListEvents(CalendarCall call)
    {
        var calendar = access.Open(call, "freeBusyReader", CalendarScopes.ReadEvents);
        var (single, showDeleted) = (call.Flag("singleEvents"), call.Flag("showDeleted"));
        var (from, to, updated) = (call.Moment("timeMin"), call.Moment("timeMax"), call.Moment("updatedMin"));
        var order = call.Query("orderBy");
        if (from >= to)
            return CalendarErrors.EmptyRange;
        if (order is not ("" or "startTime" or "updated") || (order == "startTime" && !single))
            return CalendarErrors.Of(400, "badRequest", "The requested ordering is not available for the particular query.");
        var kind = $"{calendar.Id}{(single ? "!single" : "")}";
        if (CalendarPaging.Since(call, book.Clock, kind) is { } since)
        {
            if (Unsyncable.FirstOrDefault(name => call.Query(name).Length > 0) is { } clash)
                return CalendarErrors.Of(400, "invalid", $"Sync token cannot be used together with {clash}.", at: (clash, "parameter"));
            var changed = (single ? events.Happening(calendar, null, null, withCancelled: true).Concat(events.All(calendar).Where(view => view.Event.Series && view.Cancelled)) : events.All(calendar))
                .Where(view => view.Change > since).DistinctBy(view => view.Event.Id).ToList();
            return Page(call, calendar, changed, CalendarPaging.SyncToken(book.Clock, kind));
        }

        var found = (single ? events.Happening(calendar, from, to, showDeleted) : events.All(calendar).Where(view => Shown(view, showDeleted) && Within(view, from, to)))
            .Where(Filter(call)).Where(view => updated is null || view.Event.Updated >= updated.Value.ToUnixTimeMilliseconds());
        found = order switch
        {
            "startTime" => found.OrderBy(view => view.Start.At).ThenBy(view => view.Event.Id, StringComparer.Ordinal),
            "updated" => found.OrderBy(view => view.Event.Updated).ThenBy(view => view.Change),
            _ => found,
        };
        var unsyncable = Unsyncable.Except(["timeMin", "timeMax"]).Any(name => call.Query(name).Length > 0);
        return Page(call, calendar, [.. found], unsyncable ? null : CalendarPaging.SyncToken(book.Clock, kind));
    }

    private GoogleAnswer Instances(CalendarCall call)
    {
        var calendar = access.Open(call, "freeBusyReader", CalendarScopes.ReadEvents);
        if (events.Find(calendar, call.Route("eventId")) is not { } series)
            return CalendarErrors.NotFound;
        var (from, to, showDeleted) = (call.Moment("timeMin"), call.Moment("timeMax"), call.Flag("showDeleted"));
        if (from >= to)
            return CalendarErrors.EmptyRange;
        var exceptions = events.Exceptions(series);
        var all = (series.Event.Series && !series.Cancelled ? events.Series(series, exceptions, from, to) : []).Concat(exceptions)
            .Where(view => (showDeleted || !view.Cancelled) && view.Overlaps(from, to))
            .Where(view => call.Query("originalStart") is not { Length: > 0 } original
                || (CalendarTime.Instant(original) is { } at ? EventTime.Of(view.Event.OriginalStart, view.Zone).At == at : view.Event.OriginalStart.Text("date") == original))
            .OrderBy(view => view.Start.At).ToList();
        return Page(call, calendar, all, null);
    }

    private GoogleAnswer Page(CalendarCall call, CalendarInfo calendar, List<EventView> found, string? sync)
    {
        var entry = book.Entry(call.Account.Id, calendar.Id);
        var last = found.Count == 0 ? 0 : found.Max(view => view.Event.Updated);
        var body = new JsonObject
        {
            ["kind"] = "calendar#events",
            ["etag"] = $"\"p{book.Clock.Change}\"",
            ["summary"] = calendar.Summary,
            ["description"] = calendar.Description ?? "",
            ["updated"] = CalendarTime.Stamp(last),
            ["timeZone"] = Zone(call, calendar).Id,
            ["accessRole"] = book.Role(calendar, call.Account),
            ["defaultReminders"] = entry?.DefaultReminders?.DeepClone() ?? new JsonArray(),
        };
        return CalendarPaging.Page(call, body, found, Shape(call, calendar), call.Number("maxResults", 250, 2500), sync);
    }

    private Func<EventView, JsonObject> Shape(CalendarCall call, CalendarInfo calendar)
    {
        var options = new EventShapes.Options(Zone(call, calendar), call.Number("maxAttendees", int.MaxValue, int.MaxValue), access.TimesOnly(call, calendar));
        var sharedOnly = book.Role(calendar, call.Account) == "reader";
        return view => shapes.Full(view, sharedOnly && view.Body.Text("visibility") is "private" or "confidential" && sharedOnly ? options with { TimesOnly = true } : options);
    }

    private static TimeZoneInfo Zone(CalendarCall call, CalendarInfo calendar) => call.Query("timeZone") is { Length: > 0 } wanted
        ? Zones.Find(wanted) ?? throw CalendarErrors.Invalid("Invalid time zone.").Refuse()
        : Zones.Find(calendar.TimeZone) ?? TimeZoneInfo.Utc;

    /// <summary>Deleted instances of a living series are shown beside it, since nothing else tells that they are gone.</summary>
    private static bool Shown(EventView view, bool showDeleted) => showDeleted || !view.Cancelled || (view.Master is { Cancelled: false } && view.Guest is not { Gone: true });

    private bool Within(EventView view, DateTimeOffset? from, DateTimeOffset? to) =>
        (from is null && to is null) || (view.Event.Series ? events.Series(view, [], from, to).Any() : view.Overlaps(from, to));

    private static Func<EventView, bool> Filter(CalendarCall call)
    {
        var words = call.Query("q").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var (uid, types) = (call.Query("iCalUID"), call.QueryList("eventTypes"));
        var properties = Pairs(call, "private").Concat(Pairs(call, "shared")).ToList();
        return view =>
            (uid.Length == 0 || view.Event.ICalUid == uid)
            && (types.Count == 0 || types.Contains(view.Event.Body.Text("eventType")))
            && properties.All(wanted => (view.Body["extendedProperties"]?[wanted.Kind]).Text(wanted.Name) == wanted.Value)
            && (words.Length == 0 || Matches(view, words));
    }

    private static List<(string Kind, string Name, string Value)> Pairs(CalendarCall call, string kind) =>
        [.. call.QueryList(kind + "ExtendedProperty").Select(pair => pair.Split('=', 2) is [{ Length: > 0 } name, var value] ? (kind, name, value) : throw CalendarErrors.BadRequest.Refuse())];

    private static bool Matches(EventView view, string[] words)
    {
        var text = string.Join('\n', ((string?[])[view.Event.Body.Text("summary"), view.Event.Body.Text("description"), view.Event.Body.Text("location"), view.Event.Calendar])
            .Concat(view.Attendees.SelectMany(guest => (string?[])[guest.Text("email"), guest.Text("displayName")])));
        return words.All(word => text.Contains(word.Trim('"'), StringComparison.OrdinalIgnoreCase));
    }
}
