using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors.Notion.Values;

namespace Patchbay.Sandbox.Vendors.Notion.Query;

/// <summary>
/// Conditions on dates. A condition that names a day compares days; one that names a moment compares moments, with
/// a stored day counting as its midnight. Of a range its start counts, and its end where "after" asks. All in UTC.
/// </summary>
internal static class DateCondition
{
    public static Func<string?, string?, bool> Read(JsonObject condition, string path, DateTimeOffset now)
    {
        (string Word, Func<int, bool> Holds)[] compared =
        [
            ("equals", order => order == 0), ("before", order => order < 0), ("after", order => order > 0),
            ("on_or_before", order => order <= 0), ("on_or_after", order => order >= 0),
        ];
        foreach (var (word, holds) in compared)
        {
            if (condition[word] is not { } node)
                continue;
            var wanted = condition.Text(word) is { } text ? Relative(text, now) ?? DateValue.Parse(text) : null;
            var (moment, hasTime) = wanted ?? throw NotionRefusal.Body($"{path}.{word}", "a valid ISO 8601 date string", node);
            return (start, _) => start is not null && DateValue.Parse(start) is { } at && holds(hasTime ? at.Moment.CompareTo(moment) : Day(at.Moment).CompareTo(Day(moment)));
        }

        var today = Day(now);
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        (string Word, DateTime From, DateTime To)[] spans =
        [
            ("past_week", today.AddDays(-7), today), ("past_month", today.AddMonths(-1), today), ("past_year", today.AddYears(-1), today),
            ("next_week", today, today.AddDays(7)), ("next_month", today, today.AddMonths(1)), ("next_year", today, today.AddYears(1)),
            ("this_week", monday, monday.AddDays(6)),
        ];
        foreach (var (word, from, to) in spans)
        {
            if (condition[word] is not { } node)
                continue;
            if (node is not JsonObject { Count: 0 })
                throw NotionRefusal.Body($"{path}.{word}", "an empty object", node);
            return (start, _) => start is not null && DateValue.Parse(start) is { } at && Day(at.Moment) >= from && Day(at.Moment) <= to;
        }

        var empty = Filter.Emptiness(condition, path);
        return (start, _) => start is null == empty;
    }

    /// <summary>Words of the later versions of the API.</summary>
    private static (DateTimeOffset Moment, bool HasTime)? Relative(string word, DateTimeOffset now)
    {
        var today = new DateTimeOffset(Day(now), TimeSpan.Zero);
        return word switch
        {
            "today" => (today, false),
            "tomorrow" => (today.AddDays(1), false),
            "yesterday" => (today.AddDays(-1), false),
            "one_week_ago" => (today.AddDays(-7), false),
            "one_week_from_now" => (today.AddDays(7), false),
            "one_month_ago" => (today.AddMonths(-1), false),
            "one_month_from_now" => (today.AddMonths(1), false),
            _ => null,
        };
    }

    private static DateTime Day(DateTimeOffset at) => at.UtcDateTime.Date;
}
