using System.Globalization;
using System.Security.Cryptography;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Vendors.Google.Calendar;

/// <summary>The calendars, who may see them, who has them in their list, and the number of the last change.</summary>
internal sealed class CalendarBook(Store store, LiveFeed live, GoogleAccounts accounts)
{
    public const string Slug = "calendar";
    private static readonly string[] Roles = ["none", "freeBusyReader", "reader", "writer", "owner"];
    private readonly Collection<CalendarInfo> calendars = new(store, "calendar.calendar");
    private readonly Collection<CalendarEntry> entries = new(store, "calendar.entry");
    private readonly Collection<CalendarRule> rules = new(store, "calendar.rule");
    private readonly Collection<CalendarChannel> channels = new(store, "calendar.channel");
    private readonly Collection<CalendarClock> clock = new(store, "calendar.clock");

    public bool Empty => !calendars.Any();

    public CalendarClock Clock => clock.Get("clock") ?? new CalendarClock("", 0);

    public void Clear()
    {
        calendars.Clear();
        entries.Clear();
        rules.Clear();
        channels.Clear();
        clock.Clear();
    }

    /// <summary>Numbers a change. Every change of anything has its own, so that a sync token is one number.</summary>
    public long NextChange()
    {
        var now = Clock;
        var next = now with { Change = now.Change + 1, Epoch = now.Epoch.Length > 0 ? now.Epoch : Secrets.Base64Url(RandomNumberGenerator.GetBytes(6)) };
        clock.Put("clock", next);
        live.Changed(Slug);
        return next.Change;
    }

    public CalendarInfo? Get(string id) => calendars.Get(id);

    /// <summary>By number of creation.</summary>
    public IReadOnlyList<CalendarInfo> All() => calendars.List();

    public CalendarInfo Put(CalendarInfo calendar)
    {
        var saved = calendar with { Change = NextChange() };
        calendars.Put(saved.Id, saved, sort: saved.Primary ? "0" : "1");
        return saved;
    }

    /// <summary>Makes a calendar, with its owner's rule and place in the owner's list.</summary>
    public CalendarInfo Create(CalendarInfo calendar, string colorId) => store.Atomic(() =>
    {
        var saved = Put(calendar);
        PutRule(new CalendarRule(saved.Id, "user", accounts.Get(saved.Owner)?.Email ?? saved.Id, "owner", 0));
        PutEntry(new CalendarEntry { Account = saved.Owner, Calendar = saved.Id, ColorId = colorId });
        return saved;
    });

    public void Delete(CalendarInfo calendar) => store.Atomic(() =>
    {
        foreach (var rule in Rules(calendar.Id))
            rules.Delete(calendar.Id + "\n" + rule.Id);
        foreach (var account in accounts.All())
        {
            if (Entry(account.Id, calendar.Id) is { } entry)
                PutEntry(entry with { Deleted = true });
        }

        calendars.Delete(calendar.Id);
        NextChange();
    });

    public CalendarEntry? Entry(string account, string calendar) => entries.Get(account + "\n" + calendar);

    /// <summary>Somebody's list, with what was taken out of it; the primary calendar first.</summary>
    public IReadOnlyList<CalendarEntry> Entries(string account) => entries.List(account);

    public CalendarEntry PutEntry(CalendarEntry entry)
    {
        var saved = entry with { Change = NextChange() };
        entries.Put(saved.Account + "\n" + saved.Calendar, saved, saved.Account, Get(saved.Calendar) is { Primary: true } ? "0" : "1");
        return saved;
    }

    public IReadOnlyList<CalendarRule> Rules(string calendar) => rules.List(calendar);

    public CalendarRule? Rule(string calendar, string id) => rules.Get(calendar + "\n" + id);

    public CalendarRule PutRule(CalendarRule rule)
    {
        var saved = rule with { Change = NextChange() };
        rules.Put(saved.Calendar + "\n" + saved.Id, saved, saved.Calendar, saved.Change.ToString("D19", CultureInfo.InvariantCulture));
        return saved;
    }

    public void DeleteRule(CalendarRule rule)
    {
        rules.Delete(rule.Calendar + "\n" + rule.Id);
        NextChange();
    }

    /// <summary>What an account may do with a calendar: none, freeBusyReader, reader, writer or owner.</summary>
    public string Role(CalendarInfo calendar, GoogleAccount account) => calendar.Owner == account.Id
        ? "owner"
        : Rules(calendar.Id).Where(rule => rule.Covers(account.Email)).Select(rule => rule.Role).MaxBy(Rank) ?? "none";

    /// <summary>Anybody may read it.</summary>
    public bool IsPublic(CalendarInfo calendar) => Rank(Rule(calendar.Id, "default")?.Role ?? "none") >= Rank("reader");

    public static int Rank(string role) => Array.IndexOf(Roles, role);

    public static bool KnowsRole(string? role) => Roles.Contains(role);

    public void PutChannel(CalendarChannel channel) => channels.Put(channel.Id, channel);

    public bool StopChannel(string id, string resource) => channels.Get(id) is { } channel && channel.ResourceId == resource && channels.Delete(id);

    public bool HasChannel(string id) => channels.Get(id) is not null;
}
