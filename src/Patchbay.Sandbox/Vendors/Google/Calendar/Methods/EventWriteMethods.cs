using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors.Google.Calendar.Recurrence;

namespace Patchbay.Sandbox.Vendors.Google.Calendar.Methods;

/// <summary>events.insert, import, quickAdd, patch, update, delete and move.</summary>
internal sealed partial class EventWriteMethods(CalendarAccess access, CalendarEvents events, EventShapes shapes, CalendarMail mail, TimeProvider time) : ICalendarMethods
{
    private const string List = "/calendars/{calendarId}/events";

    public IEnumerable<CalendarMethod> Methods =>
    [
        new("POST", List, "calendar.events.insert", CalendarScopes.WriteEvents, Insert),
        new("POST", List + "/import", "calendar.events.import", CalendarScopes.WriteEvents, Import),
        new("POST", List + "/quickAdd", "calendar.events.quickAdd", CalendarScopes.WriteEvents, Quick),
        new("PATCH", List + "/{eventId}", "calendar.events.patch", CalendarScopes.WriteEvents, call => Change(call, patch: true)),
        new("PUT", List + "/{eventId}", "calendar.events.update", CalendarScopes.WriteEvents, call => Change(call, patch: false)),
        new("DELETE", List + "/{eventId}", "calendar.events.delete", CalendarScopes.WriteEvents, Delete),
        new("POST", List + "/{eventId}/move", "calendar.events.move", CalendarScopes.WriteEvents, Move),
    ];

    /// <summary>Makes an event as a client's insert would. For the world page too.</summary>
    public CalendarEvent Create(CalendarInfo calendar, GoogleAccount creator, JsonObject body, string? id = null, string? uid = null)
    {
        id ??= System.Security.Cryptography.RandomNumberGenerator.GetString("0123456789abcdefghijklmnopqrstuv", 26);
        return events.Save(new CalendarEvent { Id = id, Calendar = calendar.Id, Body = EventBody.Checked(body, calendar), Creator = creator.Email, ICalUid = uid ?? id + "@google.com" });
    }

    private GoogleAnswer Insert(CalendarCall call)
    {
        var calendar = Writable(call);
        var id = call.Body.Text("id");
        if (id is not null && !EventId().IsMatch(id))
            return CalendarErrors.Invalid("Invalid resource id value.");
        if (id is not null && events.Has(calendar.Id, id))
            return CalendarErrors.Duplicate;
        var body = EventBody.Writable(call.Body);
        if (!call.Flag("supportsAttachments"))
            body.Remove("attachments");
        Conference.Apply(body, null, call.Body, call);
        var made = Create(calendar, call.Account, body, id, call.Body.Text("iCalUID"));
        mail.Invited(made, null, Sends(call), call.Account);
        return Answer(call, calendar, made);
    }

    /// <summary>Takes over an event that exists elsewhere: the same iCalUID again changes it.</summary>
    private GoogleAnswer Import(CalendarCall call)
    {
        var calendar = Writable(call);
        if (call.Body.Text("iCalUID") is not { Length: > 0 } uid)
            return CalendarErrors.Required("Missing iCal UID.");
        var body = EventBody.Writable(call.Body);
        Conference.Apply(body, null, call.Body, call);
        var old = events.ByICalUid(calendar, uid);
        return Answer(call, calendar, old is null
            ? Create(calendar, call.Account, body, null, uid)
            : events.Save(old with { Body = EventBody.Checked(body, calendar), Sequence = Math.Max(old.Sequence, call.Body.Number("sequence") ?? 0) }));
    }

    private GoogleAnswer Quick(CalendarCall call)
    {
        var calendar = Writable(call);
        if (call.Query("text") is not { Length: > 0 } text)
            return CalendarErrors.Of(400, "required", "Required parameter: text", at: ("text", "parameter"));
        var made = Create(calendar, call.Account, QuickAdd.Read(text, time.GetUtcNow(), Zones.Find(calendar.TimeZone) ?? TimeZoneInfo.Utc));
        return Answer(call, calendar, made);
    }

    private GoogleAnswer Change(CalendarCall call, bool patch)
    {
        var calendar = Writable(call);
        if (events.Find(calendar, call.Route("eventId")) is not { } view)
            return CalendarErrors.NotFound;
        call.DemandMatch(view.Etag);
        if (view.Guest is not null && !view.Event.Body.Flag("guestsCanModify"))
            return Guests(call, calendar, view, patch);

        var sent = EventBody.Writable(call.Body);
        if (!call.Flag("supportsAttachments"))
            sent.Remove("attachments");
        if (call.Body.Number("sequence") is { } sequence && sequence < view.Event.Sequence)
            return CalendarErrors.Invalid("Invalid sequence value. The specified sequence number is below the current sequence number of the resource. Re-fetch the resource and use its sequence number on the following request.");
        if (view.Event.RecurringEventId is not null)
            sent.Remove("recurrence");
        var before = view.Event;
        var body = patch ? EventBody.Merge((JsonObject)before.Body.DeepClone(), sent) : sent;
        if (!patch && !call.Flag("supportsAttachments") && before.Body["attachments"] is { } attached)
            body["attachments"] = attached.DeepClone();
        Conference.Apply(body, before.Body, call.Body, call);
        body = EventBody.Checked(body, calendar);
        var moved = !Same(before.Body, body, "start") || !Same(before.Body, body, "end") || !Same(before.Body, body, "recurrence");
        var saved = events.Save(before with { Body = body, Sequence = Math.Max(before.Sequence + (moved || before.Cancelled != (body.Text("status") == "cancelled") ? 1 : 0), call.Body.Number("sequence") ?? 0) });
        if (moved && before.RecurringEventId is null)
            DropLostInstances(new EventView(saved, view.Calendar, view.Guest));
        mail.Invited(saved, before, Sends(call), call.Account);
        return Answer(call, calendar, saved);
    }

    /// <summary>A guest answers the invitation and dresses their own copy; the rest is the organizer's.</summary>
    private GoogleAnswer Guests(CalendarCall call, CalendarInfo calendar, EventView view, bool patch)
    {
        var sent = EventBody.Writable(call.Body);
        var own = (JsonObject?)view.Guest!.Own?.DeepClone() ?? [];
        foreach (var (name, value) in sent)
        {
            if (EventBody.Own.Contains(name))
            {
                if (patch || value is not null)
                    own = EventBody.Merge(own, new JsonObject { [name] = value?.DeepClone() });
            }
            else if (name is not ("attendees" or "status" or "start" or "end" or "attendeesOmitted") && !JsonNode.DeepEquals(value, view.Event.Body[name]))
            {
                return CalendarErrors.NotOrganizer;
            }
        }

        foreach (var edge in (string[])["start", "end"])
        {
            if (sent[edge] is JsonObject time && EventTime.Of(time, view.Zone).At != EventTime.Of(view.Event.Body[edge], view.Zone).At)
                return CalendarErrors.NotOrganizer;
        }

        var mine = (sent["attendees"] as JsonArray)?.FirstOrDefault(one => EventView.Same(one.Text("email"), calendar.Id));
        var body = (JsonObject)view.Event.Body.DeepClone();
        if (mine is not null && (body["attendees"] as JsonArray)?.FirstOrDefault(one => EventView.Same(one.Text("email"), calendar.Id)) is JsonObject stored)
        {
            foreach (var name in (string[])["responseStatus", "comment", "additionalGuests"])
            {
                if (mine[name] is { } value)
                    stored[name] = value.DeepClone();
            }
        }

        EventBody.Checked(EventBody.Merge((JsonObject)body.DeepClone(), own), calendar); // what is the guest's own must be right too
        events.Put(view.Guest with { Own = own.Count > 0 ? own : null });
        var saved = events.Save(view.Event with { Body = EventBody.Checked(body, calendar) });
        if (mine.Text("responseStatus") is { } answer && answer != view.Answer)
            mail.Answered(saved, call.Account, answer, Sends(call));
        return Answer(call, calendar, saved);
    }

    private GoogleAnswer Delete(CalendarCall call)
    {
        var calendar = Writable(call);
        if (events.Find(calendar, call.Route("eventId")) is not { } view)
            return CalendarErrors.NotFound;
        if (view.Cancelled)
            return CalendarErrors.Deleted;
        call.DemandMatch(view.Etag);
        Remove(view, call.Account, Sends(call));
        return new GoogleAnswer(StatusCodes.Status204NoContent, null);
    }

    /// <summary>The organizer's delete ends it for all; a guest's takes it out of the guest's calendar and declines.</summary>
    public void Remove(EventView view, GoogleAccount who, bool sends)
    {
        if (view.Guest is not null)
        {
            var body = (JsonObject)view.Event.Body.DeepClone();
            foreach (var guest in (body["attendees"] as JsonArray ?? []).OfType<JsonObject>().Where(one => EventView.Same(one.Text("email"), view.Calendar.Id)))
                guest["responseStatus"] = "declined";
            var declined = events.Save(view.Event with { Body = body });
            events.Put(view.Guest with { Gone = true, EventKey = declined.Key });
            mail.Answered(declined, who, "declined", sends);
            return;
        }

        var gone = (JsonObject)view.Event.Body.DeepClone();
        gone["status"] = "cancelled";
        var saved = events.Save(view.Event with { Body = gone, Sequence = view.Event.Sequence + 1 });
        if (view.Event.RecurringEventId is null)
        {
            foreach (var exception in events.Exceptions(view).Where(exception => !exception.Event.Cancelled))
            {
                var ended = (JsonObject)exception.Event.Body.DeepClone();
                ended["status"] = "cancelled";
                events.Save(exception.Event with { Body = ended });
            }
        }

        mail.Invited(saved, view.Event, sends, who);
    }

    private GoogleAnswer Move(CalendarCall call)
    {
        var calendar = Writable(call);
        if (call.Query("destination") is not { Length: > 0 } destination)
            return CalendarErrors.Of(400, "required", "Required parameter: destination", at: ("destination", "parameter"));
        var target = access.Open(call, destination, "writer", CalendarScopes.WriteEvents);
        if (events.Find(calendar, call.Route("eventId")) is not { Cancelled: false } view)
            return CalendarErrors.NotFound;
        if (view.Event.RecurringEventId is not null)
            return CalendarErrors.Of(400, "cannotChangeOrganizerOfInstance", "Cannot change the organizer of an instance.", "calendar");
        if (view.Guest is not null)
            return CalendarErrors.Of(403, "cannotChangeOrganizer", "Cannot change the organizer of this event.", "calendar");
        if (target.Id == calendar.Id)
            return CalendarErrors.Invalid("The source and destination calendars are the same.");
        var exceptions = events.Exceptions(view);
        var gone = (JsonObject)view.Event.Body.DeepClone();
        gone["status"] = "cancelled";
        events.Save(view.Event with { Body = gone });
        var moved = events.Save(view.Event with { Calendar = target.Id });
        foreach (var exception in exceptions)
        {
            events.Forget(exception.Event);
            events.Save(exception.Event with { Calendar = target.Id });
        }

        return Answer(call, target, moved);
    }

    /// <summary>After a series was moved, changed instances that it no longer has are gone.</summary>
    private void DropLostInstances(EventView series)
    {
        var exceptions = events.Exceptions(series);
        if (exceptions.Count == 0)
            return;
        var set = RecurrenceSet.Parse(series.Event.Body.Texts("recurrence"));
        var last = exceptions.Max(view => EventTime.Of(view.Event.OriginalStart, view.Zone).At).AddDays(2);
        var left = set?.Starts(series.Start, last).Select(start => $"{series.Event.Id}_{start.Suffix}").ToHashSet() ?? [];
        foreach (var exception in exceptions.Where(view => !left.Contains(view.Event.Id)))
            events.Forget(exception.Event);
    }

    private CalendarInfo Writable(CalendarCall call) => access.Open(call, "writer", CalendarScopes.WriteEvents);

    private GoogleAnswer Answer(CalendarCall call, CalendarInfo calendar, CalendarEvent saved)
    {
        var view = events.Find(calendar, saved.Id)!;
        return GoogleAnswer.Ok(shapes.Full(view, new EventShapes.Options(view.Zone, call.Number("maxAttendees", int.MaxValue, int.MaxValue))));
    }

    /// <summary>sendUpdates, and its elder sendNotifications. Guests outside get nothing here anyway.</summary>
    private static bool Sends(CalendarCall call) => call.Query("sendUpdates") switch
    {
        "" => call.Flag("sendNotifications"),
        "all" => true,
        "none" or "externalOnly" => false,
        _ => throw CalendarErrors.Of(400, "invalidParameter", "Invalid value for sendUpdates.", at: ("sendUpdates", "parameter")).Refuse(),
    };

    private static bool Same(JsonObject one, JsonObject other, string name) => JsonNode.DeepEquals(one[name], other[name]);

    [GeneratedRegex("^[a-v0-9]{5,1024}$")]
    private static partial Regex EventId();
}
