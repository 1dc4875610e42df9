using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.Google.Calendar;

/// <summary>A calendar, whoever looks at it.</summary>
internal sealed record CalendarInfo
{
    /// <summary>The owner's address for a primary calendar, else c_...@group.calendar.google.com.</summary>
    public required string Id { get; init; }

    public required string Summary { get; init; }
    public string? Description { get; init; }
    public string? Location { get; init; }

    /// <summary>IANA name.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Account id.</summary>
    public required string Owner { get; init; }

    public bool Primary { get; init; }

    /// <summary>The OAuth client that made it; what <c>calendar.app.created</c> reaches.</summary>
    public string? AppClient { get; init; }

    /// <summary>Number of its last change.</summary>
    public long Change { get; init; }
}

/// <summary>A calendar in somebody's list, with what only that person sees.</summary>
internal sealed record CalendarEntry
{
    public required string Account { get; init; }
    public required string Calendar { get; init; }
    public string? SummaryOverride { get; init; }
    public string ColorId { get; init; } = "14";
    public string? Background { get; init; }
    public string? Foreground { get; init; }
    public bool Hidden { get; init; }
    public bool Selected { get; init; } = true;
    public JsonArray? DefaultReminders { get; init; }

    /// <summary>Taken out of the list; kept so that a sync can tell.</summary>
    public bool Deleted { get; init; }

    public long Change { get; init; }
}

/// <param name="Calendar">What it opens.</param>
/// <param name="Type">default, user, group or domain.</param>
/// <param name="Value">Address or domain; empty for default.</param>
/// <param name="Role">none, freeBusyReader, reader, writer or owner.</param>
/// <param name="Change">Number of its last change.</param>
internal sealed record CalendarRule(string Calendar, string Type, string Value, string Role, long Change)
{
    public string Id => Type == "default" ? "default" : $"{Type}:{Value}";

    public bool Covers(string email) => Type switch
    {
        "default" => true,
        "domain" => email.EndsWith("@" + Value, StringComparison.OrdinalIgnoreCase),
        _ => string.Equals(Value, email, StringComparison.OrdinalIgnoreCase),
    };
}

/// <summary>An event, a series, or one changed instance of a series. It lives in its organizer's calendar; guests see it through <see cref="CalendarInvitation"/>.</summary>
internal sealed record CalendarEvent
{
    public required string Id { get; init; }
    public required string Calendar { get; init; }

    /// <summary>What the organizer may write, in Google's own shape and already checked: summary, start, attendees, ...</summary>
    public required JsonObject Body { get; init; }

    /// <summary>Address.</summary>
    public required string Creator { get; init; }

    public required string ICalUid { get; init; }
    public int Sequence { get; init; }

    /// <summary>Milliseconds since 1970, as is <see cref="Updated"/>.</summary>
    public long Created { get; init; }

    public long Updated { get; init; }

    /// <summary>Number of its first change: lists stand in this order.</summary>
    public long Born { get; init; }

    /// <summary>Number of its last change.</summary>
    public long Change { get; init; }

    /// <summary>The series this is an instance of.</summary>
    public string? RecurringEventId { get; init; }

    /// <summary>Where the instance stood before it was changed: {date} or {dateTime, timeZone}.</summary>
    public JsonObject? OriginalStart { get; init; }

    public bool Cancelled => Body["status"]?.GetValue<string>() == "cancelled";

    public bool Series => Body["recurrence"] is JsonArray { Count: > 0 };

    public string Key => KeyOf(Calendar, Id);

    public static string KeyOf(string calendar, string id) => $"{calendar}\n{id}";
}

/// <summary>Puts another's event into a guest's own calendar.</summary>
/// <param name="Calendar">The guest's primary calendar.</param>
/// <param name="EventKey">The event.</param>
/// <param name="Gone">The guest deleted it or was taken off the list.</param>
/// <param name="Change">Number of the last change of this invitation itself.</param>
/// <param name="Own">What the guest set for themselves: reminders, colorId, transparency, visibility, extendedProperties.</param>
internal sealed record CalendarInvitation(string Calendar, string EventKey, bool Gone, long Change, JsonObject? Own);

/// <summary>A push channel. Nothing is pushed, since nothing here calls out; it can be stopped.</summary>
internal sealed record CalendarChannel(string Id, string ResourceId, string Account);

/// <param name="Epoch">Changes when the world is reset, so that older sync tokens are refused.</param>
/// <param name="Change">The number given last.</param>
internal sealed record CalendarClock(string Epoch, long Change);
