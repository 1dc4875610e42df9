using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Google.Calendar;

/// <summary>When an event begins or ends: a day, or a moment in a zone.</summary>
/// <param name="AllDay">Only the date counts.</param>
/// <param name="Local">As the clock on the wall shows it.</param>
/// <param name="Zone">Of that clock.</param>
internal readonly record struct EventTime(bool AllDay, DateTime Local, TimeZoneInfo Zone)
{
    public DateTimeOffset At => Zones.At(Local, Zone);

    /// <summary>What tells the instances of a series apart in their ids.</summary>
    public string Suffix => AllDay
        ? Local.ToString("yyyyMMdd", CultureInfo.InvariantCulture)
        : At.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    public EventTime MovedTo(DateTime local) => this with { Local = local };

    /// <summary>{date} or {dateTime, timeZone}.</summary>
    /// <param name="seenFrom">The zone whose offset the text carries.</param>
    public JsonObject Shape(TimeZoneInfo seenFrom) => AllDay
        ? new JsonObject { ["date"] = Local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) }
        : new JsonObject { ["dateTime"] = CalendarTime.Text(At, seenFrom), ["timeZone"] = Zone.Id };

    /// <summary>Reads a checked body.</summary>
    public static EventTime Of(JsonNode? node, TimeZoneInfo fallback)
    {
        if (node.Text("date") is { } day)
            return new(true, DateTime.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture), fallback);
        var zone = Zones.Find(node.Text("timeZone")) ?? fallback;
        return new(false, TimeZoneInfo.ConvertTime(CalendarTime.Instant(node.Text("dateTime") ?? "") ?? default, zone).DateTime, zone);
    }
}

/// <summary>Moments as Calendar writes them.</summary>
internal static class CalendarTime
{
    private static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm"];

    /// <summary>RFC 3339 with an offset; null for anything else.</summary>
    public static DateTimeOffset? Instant(string text)
    {
        if (text.Length < 17)
            return null;
        var offsetLength = text[^1] is 'Z' or 'z' ? 1 : text[^6] is '+' or '-' && text[^3] == ':' ? 6 : 0;
        if (offsetLength == 0 || Clock(text[..^offsetLength]) is not { } local)
            return null;
        var offset = TimeSpan.Zero;
        if (offsetLength == 6 && !TimeSpan.TryParseExact(text[^5..], "hh\\:mm", CultureInfo.InvariantCulture, out offset))
            return null;
        offset = text[^offsetLength] == '-' ? -offset : offset;
        // Within the years that a zone can still be added to.
        return offset.Duration() > TimeSpan.FromHours(14) || local.Year is < 1000 or > 9000 ? null : new DateTimeOffset(local, offset);
    }

    /// <summary>RFC 3339 without an offset; null for anything else.</summary>
    public static DateTime? Clock(string text) =>
        DateTime.TryParseExact(text.Replace('t', 'T'), Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year is >= 1000 and <= 9000 ? local : null;

    public static DateTime? Day(string text) =>
        DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1000 and <= 9000 ? day : null;

    public static string Text(DateTimeOffset at, TimeZoneInfo zone)
    {
        var seen = TimeZoneInfo.ConvertTime(at, zone);
        return seen.ToString(seen.Offset == TimeSpan.Zero ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
    }

    /// <summary>"2026-06-19T09:41:00.000Z".</summary>
    public static string Stamp(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

/// <summary>Time zones by their IANA names.</summary>
internal static class Zones
{
    public static TimeZoneInfo? Find(string? id) =>
        !string.IsNullOrEmpty(id) && id.Length < 64 && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : null;

    /// <summary>The moment a clock shows. In the hour that a change of clocks skips, the moment after it.</summary>
    public static DateTimeOffset At(DateTime local, TimeZoneInfo zone)
    {
        var clock = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        return new DateTimeOffset(clock, zone.IsInvalidTime(clock) ? zone.GetUtcOffset(clock.AddHours(-2)) : zone.GetUtcOffset(clock));
    }
}
