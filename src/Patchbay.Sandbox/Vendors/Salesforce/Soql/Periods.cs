namespace Patchbay.Sandbox.Vendors.Salesforce.Soql;

/// <summary>Date literals such as TODAY and LAST_N_DAYS:7, as days from (inclusive) to (exclusive). Weeks begin on Sunday; days are those of GMT.</summary>
internal static class Periods
{
    private static readonly string[] Units = ["DAY", "WEEK", "MONTH", "QUARTER", "YEAR", "FISCAL_QUARTER", "FISCAL_YEAR"];

    private static readonly Dictionary<string, bool> Names = BuildNames();

    /// <summary>Null for an unknown word; else whether it needs a number.</summary>
    public static bool? Known(string word) => Names.TryGetValue(word, out var counted) ? counted : null;

    public static (DateOnly From, DateOnly To) Of(string name, int count, DateOnly today)
    {
        // More than any calendar holds would only overflow.
        var n = Math.Clamp(count, 0, 100_000);
        switch (name)
        {
            case "TODAY":
                return (today, today.AddDays(1));
            case "YESTERDAY":
                return (today.AddDays(-1), today);
            case "TOMORROW":
                return (today.AddDays(1), today.AddDays(2));
            case "LAST_90_DAYS":
                return (today.AddDays(-90), today.AddDays(1));
            case "NEXT_90_DAYS":
                return (today.AddDays(1), today.AddDays(91));
            case "LAST_N_DAYS":
                return (Days(today, -n), today.AddDays(1));
            case "NEXT_N_DAYS":
                return (today.AddDays(1), Days(today, n + 1));
            case "N_DAYS_AGO":
                return (Days(today, -n), Days(today, 1 - n));
        }

        var unit = Units.Last(candidate => name.Contains(candidate, StringComparison.Ordinal)).Replace("FISCAL_", "", StringComparison.Ordinal);
        var here = Begin(unit, today);
        return name switch
        {
            _ when name.EndsWith("_AGO", StringComparison.Ordinal) => (Step(unit, here, -n), Step(unit, here, 1 - n)),
            _ when name.StartsWith("LAST_N_", StringComparison.Ordinal) => (Step(unit, here, -n), here),
            _ when name.StartsWith("NEXT_N_", StringComparison.Ordinal) => (Step(unit, here, 1), Step(unit, here, n + 1)),
            _ when name.StartsWith("LAST_", StringComparison.Ordinal) => (Step(unit, here, -1), here),
            _ when name.StartsWith("NEXT_", StringComparison.Ordinal) => (Step(unit, here, 1), Step(unit, here, 2)),
            _ => (here, Step(unit, here, 1)),
        };
    }

    private static DateOnly Begin(string unit, DateOnly day) => unit switch
    {
        "WEEK" => day.AddDays(-(int)day.DayOfWeek),
        "MONTH" => new DateOnly(day.Year, day.Month, 1),
        "QUARTER" => new DateOnly(day.Year, ((day.Month - 1) / 3 * 3) + 1, 1),
        _ => new DateOnly(day.Year, 1, 1),
    };

    private static DateOnly Step(string unit, DateOnly from, int by) => unit switch
    {
        "WEEK" => Days(from, by * 7),
        "MONTH" => Months(from, by),
        "QUARTER" => Months(from, by * 3),
        _ => Months(from, by * 12),
    };

    private static DateOnly Days(DateOnly from, int by) =>
        DateOnly.FromDayNumber(Math.Clamp(from.DayNumber + by, DateOnly.MinValue.DayNumber, DateOnly.MaxValue.DayNumber));

    private static DateOnly Months(DateOnly from, int by)
    {
        var month = (from.Year * 12) + from.Month - 1 + by;
        return month < 12 ? DateOnly.MinValue : month >= 120_000 ? DateOnly.MaxValue : new DateOnly(month / 12, (month % 12) + 1, 1);
    }

    private static Dictionary<string, bool> BuildNames()
    {
        var names = new Dictionary<string, bool>(StringComparer.OrdinalIgnoreCase) { ["TODAY"] = false, ["YESTERDAY"] = false, ["TOMORROW"] = false, ["LAST_90_DAYS"] = false, ["NEXT_90_DAYS"] = false };
        foreach (var unit in Units)
        {
            names[$"N_{unit}S_AGO"] = names[$"LAST_N_{unit}S"] = names[$"NEXT_N_{unit}S"] = true;
            if (unit != "DAY")
                names[$"THIS_{unit}"] = names[$"LAST_{unit}"] = names[$"NEXT_{unit}"] = false;
        }

        return names;
    }
}
