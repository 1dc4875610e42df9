using System.Globalization;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Pages;

namespace Patchbay.Sandbox.Vendors.Google.Calendar;

/// <summary>Seven days as a grid of half hours; on a narrow page as a list, by style alone.</summary>
/// <param name="Account">Who looks.</param>
/// <param name="Monday">First day.</param>
/// <param name="Today">In the account's zone.</param>
/// <param name="Zone">The account's.</param>
/// <param name="Calendars">On the account's list, with the names it gives them.</param>
/// <param name="Fresh">What was written after this is marked as new.</param>
internal sealed record CalendarWeek(GoogleAccount Account, DateTime Monday, DateTime Today, TimeZoneInfo Zone, IReadOnlyList<(CalendarInfo Calendar, string Name)> Calendars, DateTimeOffset Fresh)
{
    private const int MostLanes = 4;

    public static readonly Html Tile = Html.Of($"""
        <svg class="glyph tile calendar" viewBox="0 0 32 32" aria-hidden="true"><rect x=".5" y=".5" width="31" height="31" rx="8"/><path d="M8.5 10.5h15v13h-15zM8.5 14.5h15M12.5 8v4M19.5 8v4M12.5 18.5h3"/></svg>
        """);

    private sealed record Block(EventView View, int Hue, DateTime Start, DateTime End, int Lane = 0);

    public string Title => Monday.Month == Monday.AddDays(6).Month
        ? string.Create(CultureInfo.InvariantCulture, $"{Monday:%d} to {Monday.AddDays(6):d MMMM yyyy}")
        : string.Create(CultureInfo.InvariantCulture, $"{Monday:d MMMM} to {Monday.AddDays(6):d MMMM yyyy}");

    public string Link(DateTime week) => $"/world/calendar?account={Uri.EscapeDataString(Account.Email)}&week={Day(week)}";

    public string When(EventView view)
    {
        var (start, end) = (Local(view.Start), Local(view.End));
        if (view.Start.AllDay)
            return start.AddDays(1) == end ? start.ToString("dddd d MMMM", CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{start:d MMMM} to {end.AddDays(-1):d MMMM}");
        return start.Date == end.Date
            ? string.Create(CultureInfo.InvariantCulture, $"{start:dddd d MMMM}, {start:HH:mm} to {end:HH:mm}")
            : string.Create(CultureInfo.InvariantCulture, $"{start:d MMMM HH:mm} to {end:d MMMM HH:mm}");
    }

    public static string Day(DateTime day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public Html Grid(CalendarEvents events)
    {
        var (from, to) = (Zones.At(Monday, Zone), Zones.At(Monday.AddDays(7), Zone));
        var blocks = Calendars.SelectMany((pair, index) => events.Happening(pair.Calendar, from, to).Select(view => new Block(view, index % 6, Local(view.Start), Local(view.End))))
            .DistinctBy(block => (block.View.Event.ICalUid, block.Start)).ToList();
        var timed = blocks.Where(block => !block.View.Start.AllDay && block.End - block.Start < TimeSpan.FromDays(1)).ToList();
        var whole = blocks.Except(timed).ToList();
        var first = Math.Min(7, timed.Count == 0 ? 7 : timed.Min(block => block.Start.Hour));
        var last = Math.Max(19, timed.Count == 0 ? 19 : timed.Max(block => block.End.Date > block.Start.Date ? 24 : block.End.Hour + (block.End.Minute > 0 ? 1 : 0)));
        return Html.Of($"""
            <div class="week">
            <div class="hours" aria-hidden="true">{Enumerable.Range(first, last - first).Select(hour => Html.Of($"<span>{hour.ToString("00", CultureInfo.InvariantCulture)}:00</span>"))}</div>
            {Enumerable.Range(0, 7).Select(index => Column(Monday.AddDays(index), timed, whole, first, last))}
            </div>
            """);
    }

    private Html Column(DateTime day, List<Block> timed, List<Block> whole, int first, int last)
    {
        var here = Lanes([.. timed.Where(block => block.Start < day.AddDays(1) && (block.End > day || (block.End == block.Start && block.Start == day)))]);
        var allDay = whole.Where(block => block.Start < day.AddDays(1) && block.End > day).ToList();
        var lanes = Math.Clamp(here.Count == 0 ? 1 : here.Max(block => block.Lane) + 1, 1, MostLanes);
        return Html.Of($"""
            <section class="day-col{(day == Today ? " today" : "")}{(here.Count + allDay.Count == 0 ? " bare" : "")}" aria-label="{day.ToString("dddd d MMMM", CultureInfo.InvariantCulture)}">
            <h2><span>{day.ToString("ddd", CultureInfo.InvariantCulture)}</span> <b>{day.Day}</b></h2>
            <div class="all-day">{allDay.Select(block => Event(block, "", time: false))}</div>
            <div class="slots rows-{(last - first) * 2}">{here.Select(block => Timed(block, day, first, last, lanes))}</div>
            </section>
            """);
    }

    private Html Timed(Block block, DateTime day, int first, int last, int lanes)
    {
        var from = block.Start < day ? 0 : Math.Max(0, ((block.Start.Hour - first) * 2) + (block.Start.Minute / 30));
        var to = block.End >= day.AddDays(1) ? (last - first) * 2 : ((block.End.Hour - first) * 2) + ((block.End.Minute + 29) / 30);
        return Event(block, $" from-{from} for-{Math.Max(1, to - from)} lane-{Math.Min(block.Lane, MostLanes - 1) + 1}-{lanes}", time: true);
    }

    private Html Event(Block block, string place, bool time)
    {
        var view = block.View;
        var title = view.Event.Body.Text("summary") is { Length: > 0 } words ? words : "(No title)";
        var look = $"event hue-{block.Hue}{place}{(view.Answer == "declined" ? " declined" : "")}{(view.Answer is "needsAction" or "tentative" || view.Event.Body.Text("status") == "tentative" ? " open" : "")}"
            + (DateTimeOffset.FromUnixTimeMilliseconds(view.Event.Updated) > Fresh ? " fresh" : "");
        return Html.Of($"""
            <a class="{look}" href="{Link(Monday)}&calendar={Uri.EscapeDataString(view.Calendar.Id)}&event={Uri.EscapeDataString(view.Event.Id)}"><b>{title}</b>{Html.If(time, $" <span>{block.Start.ToString("HH:mm", CultureInfo.InvariantCulture)}<span class=\"until\"> to {block.End.ToString("HH:mm", CultureInfo.InvariantCulture)}</span></span>")}</a>
            """);
    }

    /// <summary>Events that overlap stand side by side.</summary>
    private static List<Block> Lanes(List<Block> blocks)
    {
        var ends = new List<DateTime>();
        var placed = new List<Block>();
        foreach (var block in blocks.OrderBy(block => block.Start).ThenByDescending(block => block.End))
        {
            var lane = ends.FindIndex(end => end <= block.Start);
            var until = block.End > block.Start.AddMinutes(30) ? block.End : block.Start.AddMinutes(30);
            if (lane < 0)
            {
                lane = ends.Count;
                ends.Add(until);
            }
            else
            {
                ends[lane] = until;
            }

            placed.Add(block with { Lane = lane });
        }

        return placed;
    }

    private DateTime Local(EventTime time) => time.AllDay ? time.Local : TimeZoneInfo.ConvertTime(time.At, Zone).DateTime;
}
