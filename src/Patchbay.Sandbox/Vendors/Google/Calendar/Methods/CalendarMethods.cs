using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Google.Calendar.Methods;

/// <summary>calendars.*: the calendars themselves.</summary>
internal sealed class CalendarMethods(CalendarAccess access, CalendarBook book, CalendarEvents events) : ICalendarMethods
{
    public IEnumerable<CalendarMethod> Methods =>
    [
        new("POST", "/calendars", "calendar.calendars.insert", CalendarScopes.ChangeCalendar, Insert),
        new("GET", "/calendars/{calendarId}", "calendar.calendars.get", CalendarScopes.ReadCalendar, call => GoogleAnswer.Ok(Shape(access.Open(call, "reader", CalendarScopes.ReadCalendar)))),
        new("PATCH", "/calendars/{calendarId}", "calendar.calendars.patch", CalendarScopes.ChangeCalendar, call => Change(call, patch: true)),
        new("PUT", "/calendars/{calendarId}", "calendar.calendars.update", CalendarScopes.ChangeCalendar, call => Change(call, patch: false)),
        new("DELETE", "/calendars/{calendarId}", "calendar.calendars.delete", CalendarScopes.ChangeCalendar, Delete),
        new("POST", "/calendars/{calendarId}/clear", "calendar.calendars.clear", [CalendarScopes.Full], Clear),
    ];

    private GoogleAnswer Insert(CalendarCall call)
    {
        if (call.Body.Text("summary") is not { Length: > 0 } summary)
            return CalendarErrors.Required("Missing title.");
        return GoogleAnswer.Ok(Shape(book.Create(new CalendarInfo
        {
            Id = $"c_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))}@group.calendar.google.com",
            Summary = summary,
            Description = call.Body.Text("description"),
            Location = call.Body.Text("location"),
            TimeZone = Zone(call) ?? "UTC",
            Owner = call.Account.Id,
            AppClient = call.ClientId,
        }, colorId: $"{(book.Entries(call.Account.Id).Count * 5 % 24) + 1}")));
    }

    private GoogleAnswer Change(CalendarCall call, bool patch)
    {
        var calendar = access.Open(call, "owner", CalendarScopes.ChangeCalendar);
        call.DemandMatch(Etag(calendar));
        if ((!patch || call.Body.ContainsKey("summary")) && call.Body.Text("summary") is not { Length: > 0 })
            return CalendarErrors.Required("Missing title.");
        return GoogleAnswer.Ok(Shape(book.Put(calendar with
        {
            Summary = call.Body.Text("summary") ?? calendar.Summary,
            Description = call.Body.ContainsKey("description") || !patch ? call.Body.Text("description") : calendar.Description,
            Location = call.Body.ContainsKey("location") || !patch ? call.Body.Text("location") : calendar.Location,
            TimeZone = Zone(call) ?? calendar.TimeZone,
        })));
    }

    private GoogleAnswer Delete(CalendarCall call)
    {
        var calendar = access.Open(call, "owner", CalendarScopes.ChangeCalendar);
        if (calendar.Primary)
            return CalendarErrors.Of(400, "cannotDeletePrimaryCalendar", "Cannot delete the primary calendar of a user.", "calendar");
        if (calendar.Owner != call.Account.Id)
            return CalendarErrors.Of(403, "forbidden", "Only the data owner can delete a calendar.");
        foreach (var view in events.All(calendar))
            events.Forget(view.Event);
        book.Delete(calendar);
        return new GoogleAnswer(StatusCodes.Status204NoContent, null);
    }

    private GoogleAnswer Clear(CalendarCall call)
    {
        var calendar = access.Open(call, "owner", CalendarScopes.ChangeCalendar);
        if (!calendar.Primary)
            return CalendarErrors.Invalid("Only a primary calendar can be cleared.");
        foreach (var view in events.All(calendar).Where(view => view.Guest is null))
            events.Forget(view.Event);
        book.NextChange();
        return new GoogleAnswer(StatusCodes.Status204NoContent, null);
    }

    private static string? Zone(CalendarCall call) => call.Body.Text("timeZone") is not { } zone ? null
        : Zones.Find(zone) is not null ? zone
        : throw CalendarErrors.Invalid("Invalid time zone.").Refuse();

    private static string Etag(CalendarInfo calendar) => $"\"c{calendar.Change:D8}\"";

    private static JsonObject Shape(CalendarInfo calendar)
    {
        var shape = new JsonObject { ["kind"] = "calendar#calendar", ["etag"] = Etag(calendar), ["id"] = calendar.Id, ["summary"] = calendar.Summary };
        if (calendar.Description is not null)
            shape["description"] = calendar.Description;
        if (calendar.Location is not null)
            shape["location"] = calendar.Location;
        shape["timeZone"] = calendar.TimeZone;
        shape["conferenceProperties"] = new JsonObject { ["allowedConferenceSolutionTypes"] = new JsonArray("hangoutsMeet") };
        return shape;
    }
}
