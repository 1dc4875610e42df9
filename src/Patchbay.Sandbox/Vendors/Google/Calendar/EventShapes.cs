using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Vendors.Google.Calendar;

/// <summary>Events as JSON.</summary>
internal sealed class EventShapes(GoogleAccounts accounts, CalendarBook book)
{
    /// <summary>What <see cref="Full"/> is asked for.</summary>
    /// <param name="Zone">Whose offset the times carry.</param>
    /// <param name="MaxAttendees">More are left out, but never oneself.</param>
    /// <param name="TimesOnly">Nothing of what it is about.</param>
    public sealed record Options(TimeZoneInfo Zone, int MaxAttendees = int.MaxValue, bool TimesOnly = false);

    private static readonly string[] InOrder =
    [
        "summary", "description", "location", "colorId", "creator", "organizer", "start", "end", "recurrence", "recurringEventId", "originalStartTime", "transparency", "visibility",
        "iCalUID", "sequence", "attendees", "attendeesOmitted", "extendedProperties", "hangoutLink", "conferenceData", "anyoneCanAddSelf", "guestsCanInviteOthers", "guestsCanModify",
        "guestsCanSeeOtherGuests", "privateCopy", "locked", "reminders", "source", "attachments", "gadget", "workingLocationProperties", "outOfOfficeProperties", "focusTimeProperties",
        "birthdayProperties", "endTimeUnspecified", "eventType",
    ];

    public JsonObject Full(EventView view, Options options)
    {
        var one = view.Event;
        var shape = new JsonObject
        {
            ["kind"] = "calendar#event",
            ["etag"] = view.Etag,
            ["id"] = one.Id,
            ["status"] = view.Cancelled ? "cancelled" : one.Body.Text("status"),
        };
        if (options.TimesOnly)
        {
            Times(shape, view, options.Zone);
            shape["visibility"] = "private";
            shape["iCalUID"] = one.ICalUid;
            shape["eventType"] = one.Body.Text("eventType");
            return shape;
        }

        shape["htmlLink"] = "https://www.google.com/calendar/event?eid=" + Secrets.Base64Url(Encoding.UTF8.GetBytes($"{one.Id} {view.Calendar.Id}"));
        shape["created"] = CalendarTime.Stamp(one.Created);
        shape["updated"] = CalendarTime.Stamp(one.Updated);
        var members = (JsonObject)view.Body.DeepClone();
        members["creator"] = Person(one.Creator, view);
        members["organizer"] = Person(one.Calendar, view);
        members["iCalUID"] = one.ICalUid;
        members["sequence"] = one.Sequence;
        if (members.Text("transparency") == "opaque")
            members.Remove("transparency");
        if (members.Text("visibility") == "default")
            members.Remove("visibility");
        Times(members, view, options.Zone);
        if (members["attendees"] is JsonArray)
            Attendees(members, view, options.MaxAttendees);
        foreach (var name in InOrder)
        {
            if (members.TryGetPropertyValue(name, out var value) && value is not null)
            {
                members.Remove(name);
                shape[name] = value;
            }
        }

        return shape;
    }

    private static void Times(JsonObject shape, EventView view, TimeZoneInfo zone)
    {
        shape["start"] = view.Start.Shape(zone);
        shape["end"] = view.End.Shape(zone);
        if (view.Event.RecurringEventId is not { } series)
            return;
        shape["recurringEventId"] = series;
        shape["originalStartTime"] = EventTime.Of(view.Event.OriginalStart, view.Zone).Shape(zone);
    }

    private JsonObject Person(string email, EventView view)
    {
        var person = new JsonObject { ["email"] = email };
        if (Name(email) is { } name)
            person["displayName"] = name;
        if (EventView.Same(email, view.Calendar.Id))
            person["self"] = true;
        return person;
    }

    // People's own names stay with their accounts; a secondary calendar's is its summary.
    private string? Name(string email) => accounts.ByEmail(email)?.Name ?? book.Get(email)?.Summary;

    private void Attendees(JsonObject members, EventView view, int most)
    {
        var all = new List<JsonObject>();
        foreach (var guest in view.Attendees)
        {
            var shape = (JsonObject)guest.DeepClone();
            var email = guest.Text("email")!;
            if (accounts.ByEmail(email) is { } account)
                shape.TryAdd("displayName", account.Name);
            if (EventView.Same(email, view.Event.Calendar))
                shape["organizer"] = true;
            if (EventView.Same(email, view.Calendar.Id))
                shape["self"] = true;
            all.Add(shape);
        }

        if (all.Count > most || (members["guestsCanSeeOtherGuests"] is { } seen && !seen.GetValue<bool>() && view.Guest is not null))
        {
            members["attendeesOmitted"] = true;
            all = [.. all.Where(guest => guest.Flag("self")).Take(1)];
        }

        members["attendees"] = new JsonArray([.. all]);
    }
}
