using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Google.Calendar.Methods;

/// <summary>freebusy.query.</summary>
internal sealed class FreeBusyMethods(CalendarAccess access, CalendarBook book, CalendarEvents events) : ICalendarMethods
{
    private const int MostCalendars = 50;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(93);

    public IEnumerable<CalendarMethod> Methods => [new("POST", "/freeBusy", "calendar.freebusy.query", CalendarScopes.FreeBusy, Query)];

    private GoogleAnswer Query(CalendarCall call)
    {
        var (from, to) = (Moment(call, "timeMin"), Moment(call, "timeMax"));
        if (from >= to)
            return CalendarErrors.EmptyRange;
        if (to - from > Longest)
            return CalendarErrors.Of(400, "timeRangeTooLong", "The requested time range is too long.", "calendar", ("timeMax", "parameter"));
        var zone = call.Body.Text("timeZone") is { } wanted ? Zones.Find(wanted) : TimeZoneInfo.Utc;
        if (zone is null)
            return CalendarErrors.Invalid("Invalid time zone.");
        var ids = (call.Body["items"] as JsonArray ?? []).Select(item => item.Text("id")).OfType<string>().Distinct().ToList();

        var most = Math.Min(call.Body.Number("calendarExpansionMax") ?? MostCalendars, MostCalendars);
        var calendars = new JsonObject();
        foreach (var (index, id) in ids.Index())
            calendars[id] = index < most ? Of(call, id, from, to, zone) : Error("global", "tooManyCalendarsRequested");
        return GoogleAnswer.Ok(new JsonObject
        {
            ["kind"] = "calendar#freeBusy",
            ["timeMin"] = CalendarTime.Text(from, TimeZoneInfo.Utc),
            ["timeMax"] = CalendarTime.Text(to, TimeZoneInfo.Utc),
            ["calendars"] = calendars,
        });
    }

    private JsonObject Of(CalendarCall call, string id, DateTimeOffset from, DateTimeOffset to, TimeZoneInfo zone)
    {
        if (access.Find(call, id) is not { } calendar || book.Role(calendar, call.Account) == "none")
            return Error("global", "notFound");
        var busy = new JsonArray();
        foreach (var (start, end) in Merge(events.Happening(calendar, from, to).Where(view => view.Busy).Select(view => (Start: Max(view.Start.At, from), End: Min(view.End.At, to)))))
            busy.Add(new JsonObject { ["start"] = CalendarTime.Text(start, zone), ["end"] = CalendarTime.Text(end, zone) });
        return new JsonObject { ["busy"] = busy };
    }

    /// <summary>Spans that touch or overlap become one; oldest first.</summary>
    public static IEnumerable<(DateTimeOffset Start, DateTimeOffset End)> Merge(IEnumerable<(DateTimeOffset Start, DateTimeOffset End)> spans)
    {
        (DateTimeOffset Start, DateTimeOffset End)? open = null;
        foreach (var span in spans.Where(span => span.End > span.Start).OrderBy(span => span.Start))
        {
            if (open is { } before && span.Start <= before.End)
            {
                open = (before.Start, Max(before.End, span.End));
                continue;
            }

            if (open is { } done)
                yield return done;
            open = span;
        }

        if (open is { } last)
            yield return last;
    }

    private static DateTimeOffset Moment(CalendarCall call, string name) => call.Body.Text(name) is { } text
        ? CalendarTime.Instant(text) ?? throw CalendarErrors.BadRequest.Refuse()
        : throw CalendarErrors.Required($"Missing {name} parameter.").Refuse();

    private static JsonObject Error(string domain, string reason) =>
        new() { ["errors"] = new JsonArray(new JsonObject { ["domain"] = domain, ["reason"] = reason }), ["busy"] = new JsonArray() };

    private static DateTimeOffset Max(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset Min(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
