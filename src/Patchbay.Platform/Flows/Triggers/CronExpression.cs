using System.Diagnostics.CodeAnalysis;
using NodaTime;

namespace Patchbay.Platform.Flows.Triggers;

/// <summary>
/// A Unix cron expression of five fields: minute, hour, day of month, month, day of week (0 and 7 are Sunday). Each is a
/// list of <c>*</c>, values and ranges with optional steps; months and days of the week also by their English names of three letters.
/// </summary>
/// <remarks>
/// Days follow Unix: if both day fields are restricted, a day that fits either counts; a field that begins with a star is
/// not a restriction and then both must fit.
/// Daylight saving: a local time that does not exist fires at the first moment after the gap; one that exists twice fires
/// once, the first time.
/// </remarks>
public sealed class CronExpression
{
    // The longest wait for a date that exists: 29 February over a century without leap day (1896 to 1904, 2096 to 2104),
    // with some weeks to spare.
    private const int MostYears = 9;
    private const int LongestText = 200;

    private readonly CronField _minute, _hour, _dayOfMonth, _month, _dayOfWeek;
    private readonly string _text;

    private CronExpression(string text, IReadOnlyList<CronField> fields)
    {
        _text = text;
        (_minute, _hour, _dayOfMonth, _month, _dayOfWeek) = (fields[0], fields[1], fields[2], fields[3], fields[4]);
    }

    /// <param name="text">From outside: any text.</param>
    /// <param name="error">What is wrong, for a person.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out CronExpression? cron, [NotNullWhen(false)] out string? error)
    {
        cron = null;
        if (text is null || text.Length > LongestText)
        {
            error = $"A schedule is a cron expression of five fields, at most {LongestText} characters long.";
            return false;
        }
        var parts = text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 5)
        {
            error = $"A schedule has five fields (minute, hour, day of month, month, day of week); this has {parts.Length}.";
            return false;
        }
        CronFieldKind[] kinds = [CronFieldKind.Minute, CronFieldKind.Hour, CronFieldKind.DayOfMonth, CronFieldKind.Month, CronFieldKind.DayOfWeek];
        var fields = new CronField[5];
        for (var i = 0; i < 5; i++)
        {
            fields[i] = CronField.Parse(parts[i], kinds[i], out error);
            if (error is not null)
                return false;
        }
        cron = new CronExpression(string.Join(' ', parts), fields);
        error = null;
        return true;
    }

    /// <exception cref="FormatException">It is none; the message says why.</exception>
    public static CronExpression Parse(string text) =>
        TryParse(text, out var cron, out var error) ? cron : throw new FormatException(error);

    /// <summary>The first time after <paramref name="after"/>, exclusive, in UTC; null if there will be none (30 February).</summary>
    public DateTimeOffset? Next(DateTimeOffset after, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var start = Instant.FromDateTimeOffset(after);
        // Local times in order give moments in order, so the first moment past the start is the answer.
        var day = start.InZone(zone).Date;
        var end = day.PlusYears(MostYears);
        while (day < end)
        {
            if (!_month.Has(day.Month))
                day = new LocalDate(day.Year, day.Month, 1).PlusMonths(1);
            else
            {
                if (IsDay(day) && FirstAfter(day, start, zone) is { } found)
                    return found.ToDateTimeOffset();
                day = day.PlusDays(1);
            }
        }
        return null;
    }

    public override string ToString() => _text;

    private bool IsDay(LocalDate day)
    {
        var (month, week) = (_dayOfMonth.Has(day.Day), _dayOfWeek.Has((int)day.DayOfWeek % 7));
        return _dayOfMonth.StartsWithStar || _dayOfWeek.StartsWithStar ? month && week : month || week;
    }

    private Instant? FirstAfter(LocalDate day, Instant start, DateTimeZone zone)
    {
        for (var hour = 0; hour < 24; hour++)
        {
            if (!_hour.Has(hour))
                continue;
            for (var minute = 0; minute < 60; minute++)
                if (_minute.Has(minute) && MomentOf(day.At(new LocalTime(hour, minute)), zone) is var moment && moment > start)
                    return moment;
        }
        return null;
    }

    private static Instant MomentOf(LocalDateTime local, DateTimeZone zone)
    {
        var mapping = zone.MapLocal(local);
        return mapping.Count == 0 ? mapping.LateInterval.Start : mapping.First().ToInstant();
    }
}
