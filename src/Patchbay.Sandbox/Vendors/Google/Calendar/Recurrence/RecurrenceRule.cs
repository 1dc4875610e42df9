using System.Globalization;

namespace Patchbay.Sandbox.Vendors.Google.Calendar.Recurrence;

internal enum Frequency
{
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// <param name="Nth">1 the first, -1 the last; 0 every one.</param>
/// <param name="Day">Weekday.</param>
internal readonly record struct RuleDay(int Nth, DayOfWeek Day);

/// <summary>An RRULE of RFC 5545, from days to years. Hours and less are refused, as Calendar does.</summary>
internal sealed record RecurrenceRule
{
    private static readonly string[] DayNames = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

    public required Frequency Frequency { get; init; }
    public int Interval { get; init; } = 1;
    public int? Count { get; init; }

    /// <summary>Last moment, as a clock in UTC when <see cref="UntilIsUtc"/>, else a day whose end counts.</summary>
    public DateTime? Until { get; init; }

    public bool UntilIsUtc { get; init; }
    public IReadOnlyList<RuleDay> ByDay { get; init; } = [];
    public IReadOnlyList<int> ByMonthDay { get; init; } = [];
    public IReadOnlyList<int> ByMonth { get; init; } = [];
    public IReadOnlyList<int> BySetPos { get; init; } = [];
    public DayOfWeek WeekStart { get; init; } = DayOfWeek.Monday;

    /// <summary>The part after "RRULE:"; null when it is none.</summary>
    public static RecurrenceRule? Parse(string text)
    {
        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in text.TrimEnd(';').Split(';'))
        {
            var pair = part.Split('=', 2);
            if (pair.Length != 2 || !parts.TryAdd(pair[0].Trim(), pair[1].Trim().ToUpperInvariant()))
                return null;
        }

        if (!parts.Remove("FREQ", out var frequency) || frequency.Length < 5 || !Enum.TryParse<Frequency>(frequency, ignoreCase: true, out var parsed) || char.IsDigit(frequency[0]))
            return null;
        var rule = new RecurrenceRule { Frequency = parsed };
        foreach (var (name, value) in parts)
        {
            if (rule.With(name.ToUpperInvariant(), value) is not { } more)
                return null;
            rule = more;
        }

        var nth = rule.ByDay.Any(day => day.Nth != 0);
        return (rule.Count is not null && rule.Until is not null) || (nth && rule.Frequency is Frequency.Daily or Frequency.Weekly) ? null : rule;
    }

    private RecurrenceRule? With(string name, string value)
    {
        switch (name)
        {
            case "INTERVAL":
                return Number(value, 1, 10_000) is { } interval ? this with { Interval = interval } : null;
            case "COUNT":
                return Number(value, 1, 100_000) is { } count ? this with { Count = count } : null;
            case "UNTIL":
                return Moment(value) is { } until ? this with { Until = until.Local, UntilIsUtc = until.Utc } : null;
            case "WKST":
                return Array.IndexOf(DayNames, value) is >= 0 and var day ? this with { WeekStart = (DayOfWeek)day } : null;
            case "BYDAY":
                return All(value, Day) is { } days ? this with { ByDay = days } : null;
            case "BYMONTHDAY":
                return All(value, text => NotZero(text, 31)) is { } monthDays ? this with { ByMonthDay = monthDays } : null;
            case "BYMONTH":
                return All(value, text => Number(text, 1, 12)) is { } months ? this with { ByMonth = months } : null;
            case "BYSETPOS":
                return All(value, text => NotZero(text, 366)) is { } positions ? this with { BySetPos = positions } : null;
            default:
                return null;
        }
    }

    /// <summary>"20260619" is a day; "20260619T090000" a clock; with a Z it is UTC.</summary>
    public static (DateTime Local, bool Utc, bool Day)? Moment(string text)
    {
        var utc = text.EndsWith('Z');
        return DateTime.TryParseExact(text, utc ? ["yyyyMMdd'T'HHmmss'Z'"] : ["yyyyMMdd", "yyyyMMdd'T'HHmmss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            && moment.Year is >= 1000 and <= 9000
            ? (moment, utc, text.Length == 8)
            : null;
    }

    private static RuleDay? Day(string text)
    {
        if (text.Length < 2 || Array.IndexOf(DayNames, text[^2..]) is not (>= 0 and var day))
            return null;
        if (text.Length == 2)
            return new RuleDay(0, (DayOfWeek)day);
        return NotZero(text[..^2].TrimStart('+'), 53) is { } nth ? new RuleDay(nth, (DayOfWeek)day) : null;
    }

    private static int? Number(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null;

    private static int? NotZero(string text, int most) => Number(text, -most, most) is { } number && number != 0 ? number : null;

    private static List<T>? All<T>(string list, Func<string, T?> one)
        where T : struct
    {
        var all = list.Split(',').Select(one).ToList();
        return all.Contains(null) ? null : all.ConvertAll(item => item!.Value);
    }
}
