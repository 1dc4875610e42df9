using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Notion.Values;

/// <summary>Dates as Notion writes them: a day, or a moment with an offset; perhaps a range; perhaps a zone.</summary>
internal static class DateValue
{
    private static readonly string[] Moments =
        ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss"];

    public static JsonObject Read(JsonObject given, string path)
    {
        var start = given.Text("start");
        if (start is null || Parse(start) is null)
            throw given["start"] is null ? NotionRefusal.Missing($"{path}.start") : NotionRefusal.Body($"{path}.start", "a valid ISO 8601 date string", given["start"]);
        var end = given.Text("end");
        if (given["end"] is not null && (end is null || Parse(end) is null))
            throw NotionRefusal.Body($"{path}.end", "a valid ISO 8601 date string", given["end"]);
        if (end is not null && Parse(end)!.Value.Moment < Parse(start)!.Value.Moment)
            throw NotionRefusal.Validation("The start date must be before the end date.");
        return new JsonObject { ["start"] = Written(start), ["end"] = end is null ? null : Written(end), ["time_zone"] = given.Text("time_zone") };
    }

    /// <summary>The moment (midnight UTC for a day), and whether there was a time of day; null when it is no date.</summary>
    public static (DateTimeOffset Moment, bool HasTime)? Parse(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? (new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero), false)
            : DateTimeOffset.TryParseExact(text, Moments, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? (moment, true) : null;

    /// <summary>A time without milliseconds and offset is answered with both.</summary>
    private static string Written(string text) => Parse(text) is { HasTime: true } at
        ? at.Moment.ToString(at.Moment.Offset == TimeSpan.Zero ? "yyyy-MM-dd'T'HH:mm:ss.fff'+00:00'" : "yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture)
        : text;

    /// <summary>Notion tells times to the minute.</summary>
    public static DateTimeOffset Minute(DateTimeOffset at) => new(at.Year, at.Month, at.Day, at.Hour, at.Minute, 0, TimeSpan.Zero);

    public static string Shown(DateTimeOffset at) => Minute(at.ToUniversalTime()).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
