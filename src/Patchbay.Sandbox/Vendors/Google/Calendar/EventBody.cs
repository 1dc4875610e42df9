using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors.Google.Calendar.Recurrence;

namespace Patchbay.Sandbox.Vendors.Google.Calendar;

/// <summary>What a client may write into an event: which members, which values, and what is missing.</summary>
internal static class EventBody
{
    /// <summary>What belongs to each person's own copy: a guest may write it without being the organizer.</summary>
    public static readonly IReadOnlySet<string> Own = new HashSet<string> { "reminders", "colorId", "transparency", "visibility", "extendedProperties" };

    private static readonly string[] Texts = ["summary", "description", "location", "colorId", "transparency", "visibility", "status", "eventType"];
    private static readonly string[] Flags = ["guestsCanInviteOthers", "guestsCanModify", "guestsCanSeeOtherGuests", "anyoneCanAddSelf", "privateCopy", "endTimeUnspecified", "locked"];

    private static readonly string[] Others =
    [
        "start", "end", "recurrence", "attendees", "reminders", "extendedProperties", "source", "attachments", "attendeesOmitted",
        "workingLocationProperties", "outOfOfficeProperties", "focusTimeProperties", "birthdayProperties", "gadget",
    ];

    private static readonly string[] AttendeeTexts = ["email", "displayName", "responseStatus", "comment", "id"];
    private static readonly string[] Answers = ["needsAction", "declined", "tentative", "accepted"];

    /// <summary>The members a client may write, of what it sent. Read-only and unknown ones are ignored, as Calendar ignores them.</summary>
    public static JsonObject Writable(JsonObject sent)
    {
        var body = new JsonObject();
        foreach (var name in Texts.Concat(Flags).Concat(Others))
        {
            if (sent.TryGetPropertyValue(name, out var value))
                body[name] = value?.DeepClone();
        }

        return body;
    }

    /// <summary>JSON merge: null removes, objects merge, everything else replaces.</summary>
    public static JsonObject Merge(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null)
                target.Remove(name);
            else if (value is JsonObject more && target[name] is JsonObject old)
                target[name] = Merge((JsonObject)old.DeepClone(), more);
            else
                target[name] = value.DeepClone();
        }

        return target;
    }

    /// <summary>Checks and completes; throws Calendar's refusal.</summary>
    public static JsonObject Checked(JsonObject body, CalendarInfo calendar)
    {
        foreach (var name in body.Where(member => member.Value is null).Select(member => member.Key).ToList())
            body.Remove(name);
        if (Texts.Any(name => body.ContainsKey(name) && body.Text(name) is null)
            || Flags.Any(name => body[name] is { } flag && flag.GetValueKind() is not (System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False)))
            throw CalendarErrors.BadRequest.Refuse();
        Choice(body, "status", "confirmed", "tentative", "cancelled");
        Choice(body, "transparency", "opaque", "transparent");
        Choice(body, "visibility", "default", "public", "private", "confidential");
        if (body.Text("colorId") is { } color && !CalendarColors.Event.ContainsKey(color))
            throw CalendarErrors.Invalid("Invalid Value").Refuse();

        Times(body, calendar);
        Recurrence(body);
        Attendees(body);
        Reminders(body);
        foreach (var name in (string[])["private", "shared"])
        {
            if (body["extendedProperties"] is { } properties
                && (properties is not JsonObject || ((properties as JsonObject)?[name] is { } set && (set is not JsonObject map || map.Any(pair => map.Text(pair.Key) is null)))))
                throw CalendarErrors.BadRequest.Refuse();
        }

        body.TryAdd("status", "confirmed");
        body.TryAdd("eventType", "default");
        return body;
    }

    private static void Choice(JsonObject body, string name, params ReadOnlySpan<string> values)
    {
        if (body.Text(name) is not { } given)
            return;
        foreach (var value in values)
        {
            if (value == given)
                return;
        }

        throw CalendarErrors.Invalid("Invalid Value").Refuse();
    }

    private static void Times(JsonObject body, CalendarInfo calendar)
    {
        var zone = Zones.Find(calendar.TimeZone) ?? TimeZoneInfo.Utc;
        var (start, end) = (Time(body, "start", zone), Time(body, "end", zone));
        if (start.AllDay != end.AllDay)
            throw CalendarErrors.Invalid("Start and end times must either both be date or both be dateTime.").Refuse();
        if (start.AllDay && end.Local == start.Local)
            end = end.MovedTo(start.Local.AddDays(1)); // Calendar makes one whole day of it.
        if (end.At < start.At)
            throw CalendarErrors.EmptyRange.Refuse();
        (body["start"], body["end"]) = (start.Shape(start.Zone), end.Shape(end.Zone));
    }

    private static EventTime Time(JsonObject body, string name, TimeZoneInfo zone)
    {
        if (body[name] is not JsonObject time || (time["date"] is null && time["dateTime"] is null))
            throw CalendarErrors.Required($"Missing {name} time.").Refuse();
        if (time["date"] is not null && time["dateTime"] is not null)
            throw CalendarErrors.Invalid($"Invalid {name} time.").Refuse();
        var named = time["timeZone"] is null ? null : Zones.Find(time.Text("timeZone")) ?? throw CalendarErrors.Invalid($"Invalid time zone definition for {name} time.").Refuse();
        if (time["date"] is not null)
            return CalendarTime.Day(time.Text("date") ?? "") is { } day ? new(true, day, zone) : throw CalendarErrors.BadRequest.Refuse();
        var text = time.Text("dateTime") ?? "";
        if (CalendarTime.Instant(text) is { } at)
            return new(false, TimeZoneInfo.ConvertTime(at, named ?? zone).DateTime, named ?? zone);
        if (CalendarTime.Clock(text) is not { } local)
            throw CalendarErrors.BadRequest.Refuse();
        return named is null ? throw CalendarErrors.Required($"Missing time zone definition for {name} time.").Refuse() : new(false, local, named);
    }

    private static void Recurrence(JsonObject body)
    {
        if (body["recurrence"] is not { } given)
            return;
        if (given is not JsonArray { Count: > 0 } lines)
        {
            body.Remove("recurrence");
            return;
        }

        var texts = body.Texts("recurrence");
        if (texts.Count != lines.Count || RecurrenceSet.Parse(texts) is null)
            throw CalendarErrors.Invalid("Invalid recurrence rule.").Refuse();
    }

    private static void Attendees(JsonObject body)
    {
        if (body["attendees"] is not { } given)
            return;
        if (given is not JsonArray list)
            throw CalendarErrors.BadRequest.Refuse();
        var kept = new JsonArray();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var attendee in list)
        {
            var email = attendee.Text("email")?.Trim() ?? "";
            if (email.Length is 0)
                throw CalendarErrors.Required("Missing attendee email.").Refuse();
            if (email.Length > 254 || email.IndexOf('@') is not (> 0 and var at) || at == email.Length - 1 || email.LastIndexOf('@') != at || email.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '<' or '>' or ','))
                throw CalendarErrors.Invalid("Invalid attendee email.").Refuse();
            if (!seen.Add(email))
                continue;
            var answer = attendee.Text("responseStatus") ?? "needsAction";
            if (!Answers.Contains(answer))
                throw CalendarErrors.Invalid("Invalid Value").Refuse();
            var one = new JsonObject { ["email"] = email };
            foreach (var name in AttendeeTexts.Skip(1))
            {
                if (attendee.Text(name) is { } text)
                    one[name] = text;
            }

            one["responseStatus"] = answer;
            foreach (var name in (string[])["optional", "resource"])
            {
                if (attendee.Flag(name))
                    one[name] = true;
            }

            if (attendee.Number("additionalGuests") is > 0 and var guests)
                one["additionalGuests"] = guests;
            kept.Add(one);
        }

        body["attendees"] = kept;
        if (kept.Count == 0)
            body.Remove("attendees");
    }

    private static void Reminders(JsonObject body)
    {
        var overrides = (body["reminders"] as JsonObject)?["overrides"] as JsonArray;
        var useDefault = body["reminders"].Flag("useDefault");
        if (body["reminders"] is not JsonObject || (!useDefault && overrides is null && body["reminders"]!["useDefault"] is null))
        {
            body["reminders"] = new JsonObject { ["useDefault"] = true };
            return;
        }

        if (useDefault && overrides is { Count: > 0 })
            throw CalendarErrors.Of(400, "cannotUseDefaultRemindersAndSpecifyOverride", "Cannot specify both default reminders and overrides at the same time.", "calendar", ("reminders", "other")).Refuse();
        if (overrides is { Count: > 5 } || overrides?.Any(one => one.Text("method") is not ("email" or "popup") || one.Number("minutes") is not (>= 0 and <= 40320)) == true)
            throw CalendarErrors.Invalid("Invalid reminders.").Refuse();
        var shape = new JsonObject { ["useDefault"] = useDefault };
        if (overrides is { Count: > 0 })
            shape["overrides"] = overrides.DeepClone();
        body["reminders"] = shape;
    }
}
