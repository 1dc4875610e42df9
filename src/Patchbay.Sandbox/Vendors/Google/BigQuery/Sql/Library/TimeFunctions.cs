using System.Globalization;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Values;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Library;

/// <summary>Arithmetic with dates and times.</summary>
internal static class TimeFunctions
{
    private const long Day = 86_400_000_000;

    public static void AddTo(FunctionLibrary to)
    {
        to.Add("shift", a => Shift(a[0]!, (long)a[1]!, (string)a[2]!, Kind(a[3])));
        to.Add("diff", a => Difference(a[0]!, a[1]!, (string)a[2]!, Kind(a[3])));
        to.Add("trunc", a => Kept(Truncate(Local(a[0]!, Kind(a[2]), (string)a[3]!), (string)a[1]!), Kind(a[2]), (string)a[3]!));
        to.Add("part", a => Part(Local(a[0]!, Kind(a[2]), (string)a[3]!), (string)a[1]!));
        to.Add("last_day", a => LastDay(Temporal.DateTime((string)a[0]!), (string)a[1]!));
        to.Add("local", a => Kept(Temporal.Local((long)a[0]!, (string)a[1]!), Kind(a[2]), "UTC"));
        to.Add("instant", a => Temporal.Instant(Temporal.DateTime((string)a[0]!), (string)a[1]!));
        to.Add("timestamp", a => Temporal.Zone((string)a[1]!) is var _ && Temporal.ParseTimestamp((string)a[0]!, (string)a[1]!) is { } micros ? micros : throw new SqlError($"Invalid timestamp: '{a[0]}'"));
        to.Add("timestamp_text", a => TimestampText((long)a[0]!, (string)a[1]!));
        to.Add("make", Make);
        to.Add("unix_date", a => (long)(Temporal.Date((string)a[0]!).DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber));
        to.Add("from_unix_date", a => Shift("1970-01-01", (long)a[0]!, "DAY", TypeKind.Date));
        to.Add("unix_micros", a => a[0]);
        to.Add("unix_millis", a => Floor((long)a[0]!, 1000));
        to.Add("unix_seconds", a => Floor((long)a[0]!, 1_000_000));
        to.Add("of_micros", a => InRange((long)a[0]!));
        to.Add("of_millis", a => InRange(checked((long)a[0]! * 1000)));
        to.Add("of_seconds", a => InRange(checked((long)a[0]! * 1_000_000)));
        to.Add("strftime", a => Kind(a[2]) is var kind && kind == TypeKind.Timestamp
            ? Strftime.Format((string)a[0]!, Temporal.Local((long)a[1]!, (string)a[3]!), Temporal.Zone((string)a[3]!).GetUtcOffset(DateTime.SpecifyKind(Temporal.FromMicros((long)a[1]!), DateTimeKind.Utc)), (string)a[3]!)
            : Strftime.Format((string)a[0]!, Local(a[1]!, kind, "UTC"), TimeSpan.Zero, "UTC"));
        to.Add("strptime", a => Strptime.Parse((string)a[0]!, (string)a[1]!, Kind(a[2]), (string)a[3]!));
    }

    /// <summary>2008-12-25 15:30:00-08: minutes of the offset only when there are some.</summary>
    private static string TimestampText(long micros, string zone)
    {
        var local = Temporal.Local(micros, zone);
        var offset = TimeSpan.FromTicks(local.Ticks - Temporal.FromMicros(micros).Ticks);
        return Temporal.Short(Temporal.Of(local)).Replace('T', ' ') + (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString(offset.Minutes == 0 ? "hh" : "hh\\:mm", CultureInfo.InvariantCulture);
    }

    public static object Shift(object value, long amount, string unit, TypeKind kind)
    {
        try
        {
            if (unit is "DAY" or "WEEK" or "MONTH" or "QUARTER" or "YEAR" && kind != TypeKind.Timestamp)
            {
                var at = Local(value, kind, "UTC");
                return Kept(unit switch
                {
                    "DAY" => at.AddTicks(checked(amount * Day * 10)),
                    "WEEK" => at.AddTicks(checked(amount * 7 * Day * 10)),
                    "MONTH" => at.AddMonths(checked((int)amount)),
                    "QUARTER" => at.AddMonths(checked((int)(amount * 3))),
                    _ => at.AddMonths(checked((int)(amount * 12))),
                }, kind, "UTC");
            }

            var micros = checked(amount * Micros(unit));
            if (kind == TypeKind.Timestamp)
                return InRange(checked((long)value + micros));
            if (kind == TypeKind.Time)
                return Temporal.OfTime(TimeSpan.FromTicks(((((Temporal.Time((string)value).Ticks / 10) + (micros % Day)) % Day + Day) % Day) * 10));
            return Temporal.Of(Temporal.DateTime((string)value).AddTicks(checked(micros * 10)));
        }
        catch (Exception exception) when (exception is ArgumentOutOfRangeException or OverflowException)
        {
            throw new SqlError($"Adding {amount} {unit} to {kind.ToString().ToUpperInvariant()} {Text.Of(value, kind)} causes overflow");
        }
    }

    /// <summary>Boundaries crossed; for timestamps whole intervals.</summary>
    private static long Difference(object left, object right, string unit, TypeKind kind)
    {
        if (kind == TypeKind.Timestamp)
            return ((long)left - (long)right) / Micros(unit);
        var (a, b) = (Local(left, kind, "UTC"), Local(right, kind, "UTC"));
        if (unit is "MICROSECOND" or "MILLISECOND" or "SECOND" or "MINUTE" or "HOUR" or "DAY")
            return Floor(a.Ticks / 10, Micros(unit)) - Floor(b.Ticks / 10, Micros(unit));
        return unit switch
        {
            "MONTH" => ((a.Year - b.Year) * 12) + a.Month - b.Month,
            "QUARTER" => ((a.Year - b.Year) * 4) + ((a.Month - 1) / 3) - ((b.Month - 1) / 3),
            "YEAR" => a.Year - b.Year,
            "ISOYEAR" => ISOWeek.GetYear(a) - ISOWeek.GetYear(b),
            _ => (StartOfWeek(a, unit) - StartOfWeek(b, unit)) / 7,
        };
    }

    /// <summary>The number of the day its week begins with; may lie before the first year.</summary>
    private static long StartOfWeek(DateTime at, string unit)
    {
        var first = unit switch { "ISOWEEK" => 1, "WEEK" => 0, _ => (int)Enum.Parse<DayOfWeek>(unit[5..^1], ignoreCase: true) };
        return (at.Ticks / TimeSpan.TicksPerDay) - (((int)at.DayOfWeek - first + 7) % 7);
    }

    private static DateTime Truncate(DateTime at, string unit)
    {
        if (unit is "MICROSECOND" or "MILLISECOND" or "SECOND" or "MINUTE" or "HOUR" or "DAY")
            return new DateTime(at.Ticks - (at.Ticks % (Micros(unit) * 10)));
        var day = at.Date;
        return unit switch
        {
            "MONTH" => new DateTime(day.Year, day.Month, 1),
            "QUARTER" => new DateTime(day.Year, ((day.Month - 1) / 3 * 3) + 1, 1),
            "YEAR" => new DateTime(day.Year, 1, 1),
            "ISOYEAR" => ISOWeek.ToDateTime(ISOWeek.GetYear(day), 1, DayOfWeek.Monday),
            _ => StartOfWeek(day, unit) is >= 0 and var start ? new DateTime(start * TimeSpan.TicksPerDay) : throw new SqlError($"Truncating {Temporal.Of(at)} to {unit} resulted in an out of range value"),
        };
    }

    private static long Part(DateTime at, string part) => part switch
    {
        "MICROSECOND" => at.Ticks / 10 % 1_000_000,
        "MILLISECOND" => at.Millisecond,
        "SECOND" => at.Second,
        "MINUTE" => at.Minute,
        "HOUR" => at.Hour,
        "DAYOFWEEK" => (int)at.DayOfWeek + 1,
        "DAY" => at.Day,
        "DAYOFYEAR" => at.DayOfYear,
        "MONTH" => at.Month,
        "QUARTER" => ((at.Month - 1) / 3) + 1,
        "YEAR" => at.Year,
        "ISOWEEK" => ISOWeek.GetWeekOfYear(at),
        "ISOYEAR" => ISOWeek.GetYear(at),
        // Weeks are counted from the first of their first day; the days before are in week 0.
        _ => (StartOfWeek(at, part) - StartOfWeek(new DateTime(at.Year, 1, 1), part)) / 7 + (StartOfWeek(new DateTime(at.Year, 1, 1), part) == new DateTime(at.Year, 1, 1).Ticks / TimeSpan.TicksPerDay ? 1 : 0),
    };

    private static string LastDay(DateTime at, string unit)
    {
        var start = Truncate(at, unit);
        var next = unit switch
        {
            "YEAR" => start.AddMonths(12),
            "QUARTER" => start.AddMonths(3),
            "MONTH" => start.AddMonths(1),
            "ISOYEAR" => ISOWeek.ToDateTime(ISOWeek.GetYear(at) + 1, 1, DayOfWeek.Monday),
            _ => start.AddDays(7),
        };
        return Temporal.Of(DateOnly.FromDateTime(next.AddDays(-1)));
    }

    private static string Make(object?[] a)
    {
        var kind = Kind(a[0]);
        var n = a.Skip(1).Select(value => (int)Math.Clamp((long)value!, -1, 100_000)).ToList();
        try
        {
            return kind switch
            {
                TypeKind.Date => Temporal.Of(new DateOnly(n[0], n[1], n[2])),
                TypeKind.DateTime => Temporal.Of(new DateTime(n[0], n[1], n[2], n[3], n[4], n[5])),
                _ => Temporal.OfTime(new DateTime(2000, 1, 1, n[0], n[1], n[2]).TimeOfDay),
            };
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new SqlError($"Input calculates to invalid {kind.ToString().ToLowerInvariant()}: {string.Join('-', n)}");
        }
    }

    public static DateTime Local(object value, TypeKind kind, string zone) => kind switch
    {
        TypeKind.Timestamp => Temporal.Local((long)value, zone),
        TypeKind.Time => new DateTime(Temporal.Time((string)value).Ticks),
        _ => Temporal.DateTime((string)value),
    };

    public static object Kept(DateTime local, TypeKind kind, string zone) => kind switch
    {
        TypeKind.Timestamp => Temporal.Instant(local, zone),
        TypeKind.Date => Temporal.Of(DateOnly.FromDateTime(local)),
        TypeKind.Time => Temporal.OfTime(local.TimeOfDay),
        _ => Temporal.Of(local),
    };

    private static TypeKind Kind(object? name) => SqlType.KindNamed(name);

    private static long InRange(long micros) => Temporal.Micros(Temporal.FromMicros(micros));

    private static long Floor(long value, long by) => (value / by) - (value % by < 0 ? 1 : 0);

    private static long Micros(string unit) => unit switch
    {
        "MICROSECOND" => 1,
        "MILLISECOND" => 1000,
        "SECOND" => 1_000_000,
        "MINUTE" => 60_000_000,
        "HOUR" => 3_600_000_000,
        _ => Day,
    };
}
