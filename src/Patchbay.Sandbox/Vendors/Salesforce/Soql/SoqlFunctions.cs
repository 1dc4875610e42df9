using System.Globalization;
using Patchbay.Sandbox.Vendors.Salesforce.Schema;

namespace Patchbay.Sandbox.Vendors.Salesforce.Soql;

/// <summary>The functions of a single value, and those of a group.</summary>
internal static class SoqlFunctions
{
    private static readonly string[] Group = ["COUNT", "COUNT_DISTINCT", "SUM", "AVG", "MIN", "MAX"];
    private static readonly string[] OfDate = ["CALENDAR_YEAR", "CALENDAR_QUARTER", "CALENDAR_MONTH", "FISCAL_YEAR", "FISCAL_QUARTER", "FISCAL_MONTH", "DAY_ONLY", "DAY_IN_MONTH", "DAY_IN_WEEK", "DAY_IN_YEAR", "WEEK_IN_MONTH", "WEEK_IN_YEAR", "HOUR_IN_DAY"];
    private static readonly string[] Passing = ["TOLABEL", "FORMAT", "CONVERTCURRENCY", "CONVERTTIMEZONE"];

    public static bool IsAggregate(SoqlExpression expression) => expression is SoqlExpression.Call call && Group.Contains(call.Function);

    public static bool IsKnown(string function) => OfDate.Contains(function) || Passing.Contains(function);

    /// <summary>The type of what a function gives.</summary>
    public static FieldType TypeOf(string function, FieldType of) => function switch
    {
        "DAY_ONLY" => FieldType.Date,
        "FORMAT" => FieldType.String,
        _ when OfDate.Contains(function) => FieldType.Int,
        _ => of,
    };

    public static object? Apply(string function, object? value)
    {
        if (value is null || Passing.Contains(function) && function != "FORMAT")
            return value;
        if (function == "FORMAT")
            return value is decimal number ? number.ToString("#,##0.##", CultureInfo.InvariantCulture) : Records.FieldValues.Show(SoqlValues.Show(value));
        var at = value switch
        {
            DateOnly day => day.ToDateTime(TimeOnly.MinValue),
            DateTimeOffset moment => moment.UtcDateTime,
            _ => (DateTime?)null,
        };
        if (at is not { } date)
            return null;
        return function switch
        {
            "DAY_ONLY" => DateOnly.FromDateTime(date),
            "CALENDAR_YEAR" or "FISCAL_YEAR" => (decimal)date.Year,
            "CALENDAR_QUARTER" or "FISCAL_QUARTER" => (decimal)(((date.Month - 1) / 3) + 1),
            "CALENDAR_MONTH" or "FISCAL_MONTH" => (decimal)date.Month,
            "DAY_IN_MONTH" => (decimal)date.Day,
            "DAY_IN_WEEK" => (decimal)date.DayOfWeek + 1,
            "DAY_IN_YEAR" => (decimal)date.DayOfYear,
            "WEEK_IN_MONTH" => (decimal)(((date.Day - 1) / 7) + 1),
            "WEEK_IN_YEAR" => (decimal)(((date.DayOfYear - 1) / 7) + 1),
            _ => (decimal)date.Hour,
        };
    }

    /// <param name="function">One of the group's.</param>
    /// <param name="values">Of all its rows, in order.</param>
    public static object? Fold(string function, IEnumerable<object?> values)
    {
        var given = values.Where(value => value is not null).ToList();
        return function switch
        {
            "COUNT" => (decimal)given.Count,
            "COUNT_DISTINCT" => (decimal)given.Select(value => value is string text ? text.ToUpperInvariant() : value).Distinct().Count(),
            "SUM" => given.Count == 0 ? null : Sum(given),
            "AVG" => given.Count == 0 ? null : Sum(given) / given.Count,
            "MIN" => given.Count == 0 ? null : given.MinBy(value => value, Comparer<object?>.Create(SoqlValues.Compare)),
            _ => given.Count == 0 ? null : given.MaxBy(value => value, Comparer<object?>.Create(SoqlValues.Compare)),
        };
    }

    private static decimal Sum(List<object?> values) => values.OfType<decimal>().Aggregate(0m, (total, value) => total + Math.Clamp(value, -1e20m, 1e20m));
}
