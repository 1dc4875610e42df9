using System.Globalization;

namespace Patchbay.Platform.Chat.Planning.Internal;

/// <summary>A schedule in words to five-field cron.</summary>
internal static class ScheduleCron
{
    private const int UsualHour = 9;

    public static string Of(ScheduleText s)
    {
        if (s.EveryMinutes is { } minutes)
            return $"*/{minutes} * * * {s.Days ?? "*"}";
        if (s.EveryHours is { } hours)
            return hours == 1 ? $"0 * * * {s.Days ?? "*"}" : $"0 */{hours} * * {s.Days ?? "*"}";
        var (hour, minute) = s.Time is { } time
            ? (int.Parse(time[..2], CultureInfo.InvariantCulture), int.Parse(time[3..], CultureInfo.InvariantCulture))
            : (s.DayPart ?? UsualHour, 0);
        var day = s.DayOfMonth ?? (s.Monthly && s.Days is null ? 1 : null);
        var week = s.Days ?? (s.Weekly ? "1" : "*");
        return string.Create(CultureInfo.InvariantCulture, $"{minute} {hour} {(day is { } d ? d.ToString(CultureInfo.InvariantCulture) : "*")} * {(day is null ? week : "*")}");
    }

    /// <summary>The stretch of time since the run before.</summary>
    public static DateWindow SinceLast(ScheduleText s) =>
        s.EveryMinutes is { } minutes ? new("created_date", WindowKind.Recent, minutes)
        : s.EveryHours is { } hours ? new("created_date", WindowKind.Recent, hours * 60)
        : new("created_date", DaysBack(s));

    private static WindowKind DaysBack(ScheduleText s) =>
        s.DayOfMonth is not null || (s.Monthly && s.Days is null) ? WindowKind.LastMonth
        : s.Weekly || s.Days is { Length: 1 } ? WindowKind.LastWeek
        : WindowKind.LastDay;
}
