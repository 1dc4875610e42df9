using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Patchbay.Sandbox.Vendors.Google.Calendar;

/// <summary>Reads "Lunch with Jo tomorrow 12:30-13:30 at Bistro": what, which day, when, where. In English, as Calendar mostly does.</summary>
internal static partial class QuickAdd
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>An event body. Without a time of day it is a whole day; without any date it is today, or now.</summary>
    public static JsonObject Read(string text, DateTimeOffset now, TimeZoneInfo zone)
    {
        var today = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        var rest = text.Length > 1000 ? text[..1000] : text;
        var day = Day(ref rest, today.Date);
        var (start, length) = Clock(ref rest);
        string? place = null;
        if (Place().Match(rest) is { Success: true } where)
        {
            place = where.Groups["place"].Value.Trim();
            rest = rest.Remove(where.Index, where.Length);
        }

        var title = Blanks().Replace(rest, " ").Trim(' ', ',', '.');
        var body = new JsonObject { ["summary"] = title.Length > 0 ? title : text.Trim() };
        if (place is not null)
            body["location"] = place;
        if (start is null && day is not null)
        {
            body["start"] = new EventTime(true, day.Value, zone).Shape(zone);
            body["end"] = new EventTime(true, day.Value.AddDays(1), zone).Shape(zone);
            return body;
        }

        var begins = start is null
            ? new DateTime(today.Year, today.Month, today.Day, today.Hour, 0, 0, DateTimeKind.Unspecified).AddHours(1)
            : (day ?? today.Date) + start.Value;
        body["start"] = new EventTime(false, begins, zone).Shape(zone);
        body["end"] = new EventTime(false, begins + length, zone).Shape(zone);
        return body;
    }

    private static DateTime? Day(ref string text, DateTime today)
    {
        if (IsoDate().Match(text) is { Success: true } iso && CalendarTime.Day(iso.Groups["date"].Value) is { } date)
        {
            text = text.Remove(iso.Index, iso.Length);
            return date;
        }

        if (DayWord().Match(text) is not { Success: true } word)
            return null;
        text = text.Remove(word.Index, word.Length);
        var name = word.Groups["day"].Value.ToLowerInvariant();
        if (name is "today" or "tonight")
            return today;
        if (name == "tomorrow")
            return today.AddDays(1);
        var wanted = Array.FindIndex(CultureInfo.InvariantCulture.DateTimeFormat.DayNames, full => full.StartsWith(name[..3], StringComparison.OrdinalIgnoreCase));
        var ahead = (wanted - (int)today.DayOfWeek + 7) % 7;
        return today.AddDays(ahead == 0 ? 7 : ahead);
    }

    private static (TimeSpan? Start, TimeSpan Length) Clock(ref string text)
    {
        var match = Times().Match(text);
        if (!match.Success || Moment(match.Groups["from"].Value, match.Groups["to"].Success ? match.Groups["to"].Value : "") is not { } from)
            return (null, Hour);
        text = text.Remove(match.Index, match.Length);
        var to = match.Groups["to"].Success ? Moment(match.Groups["to"].Value, "") : null;
        var length = to is null ? Hour : to.Value - from;
        if (length < TimeSpan.Zero)
            length += TimeSpan.FromDays(1);
        return (from, length);
    }

    /// <summary>"9", "9:30", "9am"; "9" in "9-10pm" is as late as its other end.</summary>
    private static TimeSpan? Moment(string text, string other)
    {
        var half = text.EndsWith('m') || text.EndsWith('M') ? text[^2..].ToLowerInvariant()
            : other.EndsWith('m') || other.EndsWith('M') ? other[^2..].ToLowerInvariant() : "";
        var parts = text.TrimEnd('a', 'p', 'm', 'A', 'P', 'M', ' ').Split(':');
        if (!int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var hour) || hour > 23)
            return null;
        var minute = 0;
        if (parts.Length > 1 && (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out minute) || minute > 59))
            return null;
        if (half.Length > 0)
            hour = (hour % 12) + (half == "pm" ? 12 : 0);
        return new TimeSpan(hour, minute, 0);
    }

    [GeneratedRegex(@"\b(on\s)?(?<date>\d{4}-\d{2}-\d{2})\b", RegexOptions.IgnoreCase, 200)]
    private static partial Regex IsoDate();

    [GeneratedRegex(@"\b(on\s|next\s)?(?<day>today|tonight|tomorrow|mon(day)?|tue(sday)?|wed(nesday)?|thu(rsday)?|fri(day)?|sat(urday)?|sun(day)?)\b", RegexOptions.IgnoreCase, 200)]
    private static partial Regex DayWord();

    [GeneratedRegex(@"\b(at\s|from\s)?(?<from>\d{1,2}(:\d{2})?\s?([ap]m)?)\s?(-|–|to)\s?(?<to>\d{1,2}(:\d{2})?\s?([ap]m)?)\b|\b(at\s)?(?<from>\d{1,2}:\d{2}(\s?[ap]m)?|\d{1,2}\s?[ap]m)\b|\bat\s(?<from>\d{1,2})\b", RegexOptions.IgnoreCase, 200)]
    private static partial Regex Times();

    [GeneratedRegex(@"\s(at|in)\s(?<place>[^\s].*)$", RegexOptions.IgnoreCase, 200)]
    private static partial Regex Place();

    [GeneratedRegex(@"\s+", RegexOptions.None, 200)]
    private static partial Regex Blanks();
}
