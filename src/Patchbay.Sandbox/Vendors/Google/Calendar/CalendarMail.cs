using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors.Google.Gmail;

namespace Patchbay.Sandbox.Vendors.Google.Calendar;

/// <summary>The mails that invite, update, cancel and answer. They arrive in the mailboxes of this world; others get nothing.</summary>
internal sealed class CalendarMail(GmailMailboxes mailboxes, GoogleAccounts accounts, CalendarBook book)
{
    /// <summary>Tells the guests what is new: a first invitation, a change, or that it is off.</summary>
    /// <param name="now">As it is saved.</param>
    /// <param name="before">As it was; null for a new one.</param>
    /// <param name="sends">What the client asked for; when false nothing is sent.</param>
    /// <param name="who">Who did it.</param>
    public void Invited(CalendarEvent now, CalendarEvent? before, bool sends, GoogleAccount who)
    {
        if (!sends)
            return;
        var (guests, earlier) = (Guests(now), before is null ? [] : Guests(before));
        foreach (var guest in guests.Union(earlier, StringComparer.OrdinalIgnoreCase))
        {
            var word = now.Cancelled || !guests.Contains(guest, StringComparer.OrdinalIgnoreCase) ? "Canceled event"
                : earlier.Contains(guest, StringComparer.OrdinalIgnoreCase) ? "Updated invitation" : "Invitation";
            if (!EventView.Same(guest, who.Email))
                Deliver(who, guest, now, $"{word}: {Title(now)} @ {When(now)} ({guest})", $"{Line(word, who)}\r\n\r\n{Details(now)}");
        }
    }

    /// <summary>Tells the organizer what a guest answered.</summary>
    public void Answered(CalendarEvent one, GoogleAccount guest, string answer, bool sends)
    {
        if (!sends || accounts.ByEmail(Organizer(one)) is null || answer == "needsAction")
            return;
        var word = answer switch
        {
            "accepted" => "Accepted",
            "declined" => "Declined",
            _ => "Tentatively accepted",
        };
        Deliver(guest, Organizer(one), one, $"{word}: {Title(one)} @ {When(one)} ({guest.Email})", $"{guest.Name} has answered: {word.ToLowerInvariant()}.\r\n\r\n{Details(one)}");
    }

    private void Deliver(GoogleAccount from, string to, CalendarEvent one, string subject, string text)
    {
        if (accounts.ByEmail(to) is not { } account)
            return;
        var raw = $"From: {Word(from.Name)} <{from.Email}>\r\nTo: {account.Email}\r\nSubject: {Word(subject)}\r\nMessage-ID: <calendar-{one.Change}-{account.Id}@google.com>\r\n"
            + $"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n";
        mailboxes.Add(account.Id, Encoding.UTF8.GetBytes(raw), ["INBOX", "UNREAD", "CATEGORY_PERSONAL"], null);
    }

    private string When(CalendarEvent one)
    {
        var zone = Zones.Find(book.Get(one.Calendar)?.TimeZone) ?? TimeZoneInfo.Utc;
        var (start, end) = (EventTime.Of(one.Body["start"], zone), EventTime.Of(one.Body["end"], zone));
        return start.AllDay
            ? start.Local.ToString("ddd MMM d, yyyy", CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{start.Local:ddd MMM d, yyyy HH:mm} - {end.Local:HH:mm} ({start.Zone.Id})");
    }

    private string Details(CalendarEvent one)
    {
        var lines = new List<string> { Title(one), "When: " + When(one) };
        if (one.Body.Text("location") is { Length: > 0 } place)
            lines.Add("Where: " + place);
        if (one.Body.Text("hangoutLink") is { } link)
            lines.Add("Video call: " + link);
        lines.Add("Organizer: " + Organizer(one));
        lines.Add("Guests: " + string.Join(", ", Guests(one)));
        if (one.Body.Text("description") is { Length: > 0 } words)
            lines.Add("\r\n" + words);
        return string.Join("\r\n", lines);
    }

    private static string Line(string word, GoogleAccount who) => word switch
    {
        "Invitation" => $"{who.Name} has invited you.",
        "Updated invitation" => $"{who.Name} has changed this event.",
        _ => $"{who.Name} has taken this event off your calendar.",
    };

    private static string Organizer(CalendarEvent one) => one.Calendar.EndsWith("@group.calendar.google.com", StringComparison.Ordinal) ? one.Creator : one.Calendar;

    private static string Title(CalendarEvent one) => one.Body.Text("summary") is { Length: > 0 } title ? title : "(No title)";

    private static List<string> Guests(CalendarEvent one) => [.. (one.Body["attendees"] as JsonArray ?? []).Select(guest => guest.Text("email")).OfType<string>()];

    private static string Word(string text) => $"=?UTF-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(text.ReplaceLineEndings(" ")))}?=";
}
