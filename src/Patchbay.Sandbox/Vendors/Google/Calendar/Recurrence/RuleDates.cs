namespace Patchbay.Sandbox.Vendors.Google.Calendar.Recurrence;

/// <summary>The days a rule names, period by period: a day, a week, a month, a year.</summary>
internal static class RuleDates
{
    // A rule such as "31 February" names nothing for ever; a world page must not wait for it.
    private const int MostEmptyPeriods = 2_000;

    /// <summary>From <paramref name="start"/> on, oldest first, with its time of day. Endless unless the rule counts.</summary>
    public static IEnumerable<DateTime> Of(RecurrenceRule rule, DateTime start)
    {
        var (given, empty) = (0, 0);
        for (var period = 0; empty < MostEmptyPeriods; period++)
        {
            if (Period(rule, start.Date, period) is not { } first || first.Year > 9000)
                yield break;
            empty++;
            foreach (var day in Positions(rule, Days(rule, start.Date, first)))
            {
                if (day < start.Date)
                    continue;
                empty = 0;
                yield return day + start.TimeOfDay;
                if (++given == rule.Count)
                    yield break;
            }
        }
    }

    private static DateTime? Period(RecurrenceRule rule, DateTime start, int number)
    {
        var steps = (long)number * rule.Interval;
        if (steps > 3_000_000)
            return null;
        return rule.Frequency switch
        {
            Frequency.Daily => start.AddDays(steps),
            Frequency.Weekly => start.AddDays((7 * steps) - Since(rule.WeekStart, start.DayOfWeek)),
            Frequency.Monthly => steps > 90_000 ? null : new DateTime(start.Year, start.Month, 1).AddMonths((int)steps),
            _ => start.Year + steps > 9001 ? null : new DateTime(start.Year + (int)steps, 1, 1),
        };
    }

    private static IEnumerable<DateTime> Days(RecurrenceRule rule, DateTime start, DateTime first)
    {
        var inMonths = rule.ByMonth.Count == 0 ? (Func<DateTime, bool>)(_ => true) : day => rule.ByMonth.Contains(day.Month);
        return rule.Frequency switch
        {
            Frequency.Daily => new[] { first }.Where(day => inMonths(day) && OnMonthDay(rule, day) && OnWeekday(rule, day)),
            Frequency.Weekly => Enumerable.Range(0, 7).Select(offset => first.AddDays(offset))
                .Where(day => inMonths(day) && (rule.ByDay.Count == 0 ? day.DayOfWeek == start.DayOfWeek : OnWeekday(rule, day))),
            Frequency.Monthly => inMonths(first) ? Month(rule, start, first) : [],
            _ when rule.ByDay.Count > 0 && rule.ByMonth.Count == 0 && rule.ByMonthDay.Count == 0 => Weekdays(rule, first, first.AddYears(1)),
            _ => (rule.ByMonth.Count > 0 ? rule.ByMonth.Order() : rule.ByMonthDay.Count > 0 ? Enumerable.Range(1, 12) : [start.Month])
                .SelectMany(month => Month(rule, start, new DateTime(first.Year, month, 1))),
        };
    }

    private static IEnumerable<DateTime> Month(RecurrenceRule rule, DateTime start, DateTime first)
    {
        var next = first.AddMonths(1);
        if (rule.ByMonthDay.Count > 0)
            return Between(first, next).Where(day => OnMonthDay(rule, day) && OnWeekday(rule, day));
        if (rule.ByDay.Count > 0)
            return Weekdays(rule, first, next);
        return start.Day <= DateTime.DaysInMonth(first.Year, first.Month) ? [first.AddDays(start.Day - 1)] : [];
    }

    /// <summary>BYDAY within a span: "second Tuesday", "last Friday", or every one.</summary>
    private static IEnumerable<DateTime> Weekdays(RecurrenceRule rule, DateTime first, DateTime next) => Between(first, next).Where(day => rule.ByDay.Any(wanted =>
        wanted.Day == day.DayOfWeek && (wanted.Nth == 0
            || (wanted.Nth > 0 ? (day - first).Days / 7 == wanted.Nth - 1 : ((next - day).Days - 1) / 7 == -wanted.Nth - 1))));

    private static IEnumerable<DateTime> Positions(RecurrenceRule rule, IEnumerable<DateTime> days)
    {
        if (rule.BySetPos.Count == 0)
            return days;
        var all = days.ToList();
        return rule.BySetPos.Select(position => position > 0 ? position - 1 : all.Count + position)
            .Where(index => index >= 0 && index < all.Count).Distinct().Order().Select(index => all[index]);
    }

    private static bool OnMonthDay(RecurrenceRule rule, DateTime day) =>
        rule.ByMonthDay.Count == 0 || rule.ByMonthDay.Any(wanted => wanted > 0 ? day.Day == wanted : day.Day == DateTime.DaysInMonth(day.Year, day.Month) + wanted + 1);

    private static bool OnWeekday(RecurrenceRule rule, DateTime day) => rule.ByDay.Count == 0 || rule.ByDay.Any(wanted => wanted.Day == day.DayOfWeek);

    private static IEnumerable<DateTime> Between(DateTime first, DateTime next) => Enumerable.Range(0, (next - first).Days).Select(offset => first.AddDays(offset));

    private static int Since(DayOfWeek weekStart, DayOfWeek day) => ((int)day - (int)weekStart + 7) % 7;
}
