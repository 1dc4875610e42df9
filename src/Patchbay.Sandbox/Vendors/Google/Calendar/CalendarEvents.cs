using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.State;
using Patchbay.Sandbox.Vendors.Google.Calendar.Recurrence;

namespace Patchbay.Sandbox.Vendors.Google.Calendar;

/// <summary>The events of all calendars, the invitations that put them into guests' calendars, and the instances of series.</summary>
internal sealed class CalendarEvents(Store store, CalendarBook book, GoogleAccounts accounts, TimeProvider time)
{
    // An endless series is shown two years beyond now, its start or the query's start where a query gives no end.
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(731);
    private static readonly DateTimeOffset Never = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly Collection<CalendarEvent> events = new(store, "calendar.event");
    private readonly Collection<CalendarInvitation> invitations = new(store, "calendar.invitation");

    public void Clear()
    {
        events.Clear();
        invitations.Clear();
    }

    /// <summary>Everything written in a calendar, deleted ones too: singles, series, and changed instances beside their series.</summary>
    public IReadOnlyList<EventView> All(CalendarInfo calendar)
    {
        var own = events.ListDeep(calendar.Id).Select(one => new EventView(one, calendar, null));
        var guest = calendar.Primary
            ? invitations.List(calendar.Id).Select(invitation => events.Get(invitation.EventKey) is { } one ? new EventView(one, calendar, invitation) : null).OfType<EventView>()
            : [];
        return [.. own.Concat(guest).Select(view => view.Event.RecurringEventId is { } series ? view with { Master = events.Get(CalendarEvent.KeyOf(view.Event.Calendar, series)) } : view)];
    }

    /// <summary>By id, in a calendar; also an instance of a series that nobody has changed yet.</summary>
    public EventView? Find(CalendarInfo calendar, string id)
    {
        if (Stored(calendar, id) is { } stored)
            return stored.Event.RecurringEventId is { } series ? stored with { Master = events.Get(CalendarEvent.KeyOf(stored.Event.Calendar, series)) } : stored;
        var cut = id.LastIndexOf('_');
        return cut > 0 && Stored(calendar, id[..cut]) is { Event.Series: true } master && RecurrenceRule.Moment(id[(cut + 1)..]) is { } moment
            ? Series(master, [], null, Zones.At(moment.Local, TimeZoneInfo.Utc).AddDays(2)).FirstOrDefault(instance => instance.Event.Id == id)?.Whole()
            : null;
    }

    public bool Has(string calendar, string id) => events.Get(CalendarEvent.KeyOf(calendar, id)) is not null;

    /// <summary>What takes place in a calendar between two moments, series as their instances; deleted ones are left out unless asked for.</summary>
    public IReadOnlyList<EventView> Happening(CalendarInfo calendar, DateTimeOffset? from, DateTimeOffset? to, bool withCancelled = false)
    {
        var all = All(calendar);
        var exceptions = all.Where(view => view.Master is not null).ToLookup(view => CalendarEvent.KeyOf(view.Event.Calendar, view.Event.RecurringEventId!));
        return
        [
            .. all.Where(view => view.Master is null)
                .SelectMany(view => view.Event.Series && !view.Cancelled ? Series(view, exceptions[view.Event.Key], from, to) : [view])
                .Concat(all.Where(view => view.Master is not null))
                .Where(view => (withCancelled || !view.Cancelled) && view.Overlaps(from, to)),
        ];
    }

    /// <summary>The instances of a series, without those that were changed or deleted one by one.</summary>
    public IEnumerable<EventView> Series(EventView series, IEnumerable<EventView> exceptions, DateTimeOffset? from, DateTimeOffset? to)
    {
        if (RecurrenceSet.Parse(series.Event.Body.Texts("recurrence")) is not { } set)
            return [];
        var changed = exceptions.Select(view => view.Event.Id).ToHashSet();
        var (start, length, days) = (series.Start, series.End.At - series.Start.At, (series.End.Local - series.Start.Local).Days);
        var end = to ?? (set.Ends ? Never : Latest(time.GetUtcNow(), start.At, from ?? start.At) + Horizon);
        return set.Starts(start, end)
            .Where(at => from is null || (at.AllDay ? Zones.At(at.Local.AddDays(days), at.Zone) : at.At + length) > from)
            .Where(at => !changed.Contains($"{series.Event.Id}_{at.Suffix}"))
            .Select(at => Instance(series, at, length, days));
    }

    /// <summary>The changed and deleted instances of a series.</summary>
    public IReadOnlyList<EventView> Exceptions(EventView series) =>
        [.. events.List(Parent(series.Event.Calendar, series.Event.Id)).Select(one => new EventView(one, series.Calendar, GuestOf(series.Calendar, one), series.Event))];

    /// <summary>Writes it, numbers the change, and brings it into or out of the guests' calendars.</summary>
    public CalendarEvent Save(CalendarEvent changed) => store.Atomic(() =>
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var change = book.NextChange();
        var old = events.Get(changed.Key);
        var saved = changed with { Change = change, Born = old?.Born ?? change, Updated = now, Created = changed.Created == 0 ? now : changed.Created };
        events.Put(saved.Key, saved, saved.RecurringEventId is { } series ? Parent(saved.Calendar, series) : saved.Calendar,
            saved.Born.ToString("D16", CultureInfo.InvariantCulture));
        foreach (var account in accounts.All().Where(account => account.Email != saved.Calendar))
        {
            var invited = Guests(saved).Contains(account.Email, StringComparer.OrdinalIgnoreCase);
            if (invited && invitations.Get(InvitationKey(account.Email, saved.Key)) is not { Gone: false })
                Put(new CalendarInvitation(account.Email, saved.Key, false, saved.Change, null));
            else if (!invited && old is not null && invitations.Get(InvitationKey(account.Email, saved.Key)) is { Gone: false } gone)
                Put(gone with { Gone = true, Change = saved.Change });
        }

        return saved;
    });

    /// <summary>A guest's own copy: what is in it, or that it is gone.</summary>
    public CalendarInvitation Put(CalendarInvitation invitation)
    {
        var saved = invitation with { Change = book.NextChange() };
        invitations.Put(InvitationKey(saved.Calendar, saved.EventKey), saved, saved.Calendar);
        return saved;
    }

    /// <summary>Takes it out of the store, as if it had never been: for instances whose series no longer has them.</summary>
    public void Forget(CalendarEvent gone)
    {
        events.Delete(gone.Key);
        foreach (var account in accounts.All())
            invitations.Delete(InvitationKey(account.Email, gone.Key));
    }

    public CalendarEvent? ByICalUid(CalendarInfo calendar, string uid) => events.ListDeep(calendar.Id).FirstOrDefault(one => one.ICalUid == uid && one.RecurringEventId is null);

    private EventView? Stored(CalendarInfo calendar, string id)
    {
        if (events.Get(CalendarEvent.KeyOf(calendar.Id, id)) is { } own)
            return new EventView(own, calendar, null);
        return invitations.List(calendar.Id).FirstOrDefault(one => one.EventKey.EndsWith("\n" + id, StringComparison.Ordinal)) is { } guest && events.Get(guest.EventKey) is { } found
            ? new EventView(found, calendar, guest)
            : null;
    }

    private static DateTimeOffset Latest(params DateTimeOffset[] moments) => moments.Max();

    private CalendarInvitation? GuestOf(CalendarInfo calendar, CalendarEvent one) => one.Calendar == calendar.Id ? null : invitations.Get(InvitationKey(calendar.Id, one.Key));

    private static EventView Instance(EventView series, EventTime at, TimeSpan length, int days)
    {
        var endZone = series.End.Zone;
        var end = at.AllDay ? at.MovedTo(at.Local.AddDays(days)) : new EventTime(false, TimeZoneInfo.ConvertTime(at.At + length, endZone).DateTime, endZone);
        return new EventView(
            series.Event with { Id = $"{series.Event.Id}_{at.Suffix}", RecurringEventId = series.Event.Id, OriginalStart = at.Shape(at.Zone) },
            series.Calendar, series.Guest, series.Event) { Instance = (at, end) };
    }

    private static IEnumerable<string> Guests(CalendarEvent one) => (one.Body["attendees"] as JsonArray ?? []).Select(guest => guest.Text("email")).OfType<string>();

    private static string Parent(string calendar, string series) => $"{calendar}/{series}";

    private static string InvitationKey(string calendar, string eventKey) => $"{calendar}\n{eventKey}";
}
