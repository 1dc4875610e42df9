using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Google.Calendar.Methods;

/// <summary>calendarList.*: which calendars somebody has on their list, and how they look there.</summary>
internal sealed class CalendarListMethods(CalendarAccess access, CalendarBook book) : ICalendarMethods
{
    private const string List = "/users/me/calendarList";

    public IEnumerable<CalendarMethod> Methods =>
    [
        new("GET", List, "calendar.calendarList.list", CalendarScopes.ReadList, ListAll),
        new("GET", List + "/{calendarId}", "calendar.calendarList.get", CalendarScopes.ReadList, call => GoogleAnswer.Ok(Shape(call.Account, Entry(call)))),
        new("POST", List, "calendar.calendarList.insert", CalendarScopes.ChangeList, Insert),
        new("PATCH", List + "/{calendarId}", "calendar.calendarList.patch", CalendarScopes.ChangeList, call => Change(call, Entry(call))),
        new("PUT", List + "/{calendarId}", "calendar.calendarList.update", CalendarScopes.ChangeList, call => Change(call, Entry(call))),
        new("DELETE", List + "/{calendarId}", "calendar.calendarList.delete", CalendarScopes.ChangeList, Delete),
    ];

    private GoogleAnswer ListAll(CalendarCall call)
    {
        var least = call.Query("minAccessRole");
        if (least.Length > 0 && !CalendarBook.KnowsRole(least))
            return CalendarErrors.BadRequest;
        var (kind, showHidden, showDeleted) = ("list " + call.Account.Id, call.Flag("showHidden"), call.Flag("showDeleted"));
        var since = CalendarPaging.Since(call, book.Clock, kind);
        if (since is not null && least.Length > 0)
            return CalendarErrors.Of(400, "invalid", "Sync token cannot be used together with minAccessRole.", at: ("minAccessRole", "parameter"));
        var entries = book.Entries(call.Account.Id).Where(entry => since is null
            ? (showDeleted || !entry.Deleted) && (showHidden || !entry.Hidden) && (entry.Deleted || Rank(call.Account, entry) >= Math.Max(1, CalendarBook.Rank(least)))
            : Math.Max(entry.Change, book.Get(entry.Calendar)?.Change ?? 0) > since).ToList();
        var body = new JsonObject { ["kind"] = "calendar#calendarList", ["etag"] = $"\"p{book.Clock.Change}\"" };
        return CalendarPaging.Page(call, body, entries, entry => Shape(call.Account, entry), call.Number("maxResults", 100, 250), CalendarPaging.SyncToken(book.Clock, kind));
    }

    private GoogleAnswer Insert(CalendarCall call)
    {
        var calendar = access.Open(call, call.Body.Text("id") ?? "", "freeBusyReader", CalendarScopes.ChangeList);
        var old = book.Entry(call.Account.Id, calendar.Id);
        return Change(call, (old ?? new CalendarEntry { Account = call.Account.Id, Calendar = calendar.Id }) with { Deleted = false });
    }

    private GoogleAnswer Change(CalendarCall call, CalendarEntry entry)
    {
        call.DemandMatch(Etag(entry));
        var body = call.Body;
        var rgb = call.Flag("colorRgbFormat");
        if (body.Text("colorId") is { } color && !CalendarColors.Calendar.ContainsKey(color))
            return CalendarErrors.Invalid("Invalid Value");
        foreach (var name in (string[])["backgroundColor", "foregroundColor"])
        {
            if (rgb && body.Text(name) is { } given && !System.Text.RegularExpressions.Regex.IsMatch(given, "^#[0-9a-fA-F]{6}$"))
                return CalendarErrors.Invalid("Invalid Value");
        }

        var primary = book.Get(entry.Calendar) is { Primary: true };
        return GoogleAnswer.Ok(Shape(call.Account, book.PutEntry(entry with
        {
            SummaryOverride = primary ? null : body.ContainsKey("summaryOverride") ? body.Text("summaryOverride") : entry.SummaryOverride,
            ColorId = body.Text("colorId") ?? entry.ColorId,
            Background = rgb ? body.Text("backgroundColor") ?? entry.Background : body.ContainsKey("colorId") ? null : entry.Background,
            Foreground = rgb ? body.Text("foregroundColor") ?? entry.Foreground : body.ContainsKey("colorId") ? null : entry.Foreground,
            Hidden = body.ContainsKey("hidden") ? body.Flag("hidden") : entry.Hidden,
            Selected = body.ContainsKey("selected") ? body.Flag("selected") : entry.Selected,
            DefaultReminders = (body["defaultReminders"] as JsonArray)?.DeepClone() as JsonArray ?? entry.DefaultReminders,
        })));
    }

    private GoogleAnswer Delete(CalendarCall call)
    {
        var entry = Entry(call);
        if (book.Get(entry.Calendar)?.Owner == call.Account.Id)
            return CalendarErrors.Of(403, "cannotUnsubscribeFromOwnCalendar", "Cannot unsubscribe from a calendar that you own.", "calendar");
        book.PutEntry(entry with { Deleted = true });
        return new GoogleAnswer(StatusCodes.Status204NoContent, null);
    }

    private CalendarEntry Entry(CalendarCall call) =>
        access.Find(call, call.Route("calendarId")) is { } calendar && book.Entry(call.Account.Id, calendar.Id) is { Deleted: false } entry && Rank(call.Account, entry) > 0
            ? entry
            : throw CalendarErrors.NotFound.Refuse();

    private int Rank(GoogleAccount account, CalendarEntry entry) => book.Get(entry.Calendar) is { } calendar ? CalendarBook.Rank(book.Role(calendar, account)) : 0;

    private static string Etag(CalendarEntry entry) => $"\"l{entry.Change:D8}\"";

    private JsonObject Shape(GoogleAccount account, CalendarEntry entry)
    {
        var shape = new JsonObject { ["kind"] = "calendar#calendarListEntry", ["etag"] = Etag(entry), ["id"] = entry.Calendar };
        if (entry.Deleted || book.Get(entry.Calendar) is not { } calendar)
        {
            shape["deleted"] = true;
            return shape;
        }

        shape["summary"] = calendar.Summary;
        if (calendar.Description is not null)
            shape["description"] = calendar.Description;
        if (calendar.Location is not null)
            shape["location"] = calendar.Location;
        shape["timeZone"] = calendar.TimeZone;
        if (entry.SummaryOverride is not null)
            shape["summaryOverride"] = entry.SummaryOverride;
        shape["colorId"] = entry.ColorId;
        shape["backgroundColor"] = entry.Background ?? CalendarColors.Calendar.GetValueOrDefault(entry.ColorId, "#9fe1e7");
        shape["foregroundColor"] = entry.Foreground ?? "#000000";
        if (entry.Hidden)
            shape["hidden"] = true;
        if (entry.Selected)
            shape["selected"] = true;
        shape["accessRole"] = book.Role(calendar, account);
        shape["defaultReminders"] = entry.DefaultReminders?.DeepClone() ?? new JsonArray();
        if (calendar.Primary && calendar.Owner == account.Id)
            shape["primary"] = true;
        shape["conferenceProperties"] = new JsonObject { ["allowedConferenceSolutionTypes"] = new JsonArray("hangoutsMeet") };
        return shape;
    }
}
