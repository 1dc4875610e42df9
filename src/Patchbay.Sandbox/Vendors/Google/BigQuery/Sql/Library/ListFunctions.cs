using System.Globalization;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Values;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Library;

/// <summary>Arrays, and what reads the lists that aggregates collect.</summary>
internal static class ListFunctions
{
    private const int MaxItems = 1_000_000;

    public static void AddTo(FunctionLibrary to)
    {
        to.Add("item", a => Lists.Read((string)a[0]!) is var items && a[1] is long index && index >= 0 && index < items.Count
            ? Lists.Outside(items[(int)index])
            : throw new SqlError($"Array index {a[1]} is out of bounds"));
        to.Add("array_concat", a => Lists.Write(a.SelectMany(array => Lists.Read((string)array!))));
        to.Add("array_reverse", a => Lists.Write(Enumerable.Reverse(Lists.Read((string)a[0]!))));
        to.Add("array_limit", a => Lists.Write(Lists.Read((string)a[0]!).Take((int)Math.Min((long)a[1]!, int.MaxValue))));
        to.Add("array_to_string", a => a[0] is null || a[1] is null ? null : string.Join((string)a[1]!, Lists.Read((string)a[0]!).Select(item => item ?? (a.Length > 2 ? a[2] : null)).OfType<string>()), takesNull: true);
        to.Add("join", a => Lists.Read((string)a[0]!) is { Count: > 0 } items ? string.Join((string)a[1]!, items.Cast<string>()) : null);
        to.Add("pick", a =>
        {
            // Of [[value, by], ...] the first with the greatest or smallest "by".
            var pairs = Lists.Read((string)a[0]!).Select(pair => Lists.Read(((RawJson)pair!).Text)).ToList();
            if (pairs.Count == 0)
                return null;
            var best = pairs.Aggregate((one, other) => Compare(other[1], one[1]) is var order && ((string)a[1]! == "MAX" ? order > 0 : order < 0) ? other : one);
            return Lists.Outside(best[0]);
        });
        to.Add("bits", a => Lists.Read((string)a[0]!) is { Count: > 0 } items
            ? items.Cast<long>().Aggregate((one, other) => (string)a[1]! switch { "AND" => one & other, "OR" => one | other, _ => one ^ other })
            : null);
        to.Add("top_count", a => Lists.Write(Lists.Read((string)a[0]!).GroupBy(item => item ?? DBNull.Value).OrderByDescending(group => group.Count()).Take((int)(long)a[1]!)
            .Select(group => (object?)new RawJson(Lists.Write([group.Key is DBNull ? null : group.Key, (long)group.Count()])))));
        to.Add("generate_ints", a => Lists.Write(Steps((long)a[0]!, (long)a[1]!, a.Length > 2 ? (long)a[2]! : 1)));
        to.Add("generate_floats", a => Lists.Write(Floats(NumberFunctions.F(a[0]), NumberFunctions.F(a[1]), a.Length > 2 ? NumberFunctions.F(a[2]) : 1)));
        to.Add("generate_numerics", a => Lists.Write(Numerics((string)a[0]!, (string)a[1]!, a.Length > 2 ? (string)a[2]! : Num.Encode(Num.One))));
        to.Add("generate_dates", a => Lists.Write(Dates(a)));
    }

    public static int Compare(object? one, object? other) => (one, other) switch
    {
        (string a, string b) => string.CompareOrdinal(a, b),
        (long a, long b) => a.CompareTo(b),
        _ => NumberFunctions.F(one).CompareTo(NumberFunctions.F(other)),
    };

    private static IEnumerable<object?> Steps(long from, long to, long step)
    {
        if (step == 0)
            throw new SqlError("Sequence step cannot be 0.");
        var many = 0;
        for (Int128 at = from; step > 0 ? at <= to : at >= to; at += step)
            yield return ++many > MaxItems ? throw new SqlError("Cannot generate arrays with more than 1048576 elements") : (long)at;
    }

    private static IEnumerable<object?> Floats(double from, double to, double step)
    {
        if (step == 0)
            throw new SqlError("Sequence step cannot be 0.");
        for (var many = 0; step > 0 ? from + (many * step) <= to : from + (many * step) >= to; many++)
            yield return many > MaxItems ? throw new SqlError("Cannot generate arrays with more than 1048576 elements") : from + (many * step);
    }

    private static IEnumerable<object?> Numerics(string from, string to, string step)
    {
        var (at, end, by) = (Num.Decode(from), Num.Decode(to), Num.Decode(step));
        if (by.IsZero)
            throw new SqlError("Sequence step cannot be 0.");
        for (var many = 0; by.Sign > 0 ? at <= end : at >= end; at += by)
            yield return ++many > MaxItems ? throw new SqlError("Cannot generate arrays with more than 1048576 elements") : Num.Encode(at);
    }

    private static IEnumerable<object?> Dates(object?[] a)
    {
        var (step, unit, kind) = ((long)a[2]!, (string)a[3]!, SqlType.KindNamed(a[4]));
        if (step == 0)
            throw new SqlError("Sequence step cannot be 0.");
        var end = a[1];
        for (long many = 0; many <= MaxItems; many++)
        {
            // Always from the start: the 31st of January plus two months is the 31st of March.
            var at = TimeFunctions.Shift(a[0]!, checked(step * many), unit, kind);
            var order = at is string text ? string.CompareOrdinal(text, (string)end!) : ((long)at).CompareTo(Convert.ToInt64(end, CultureInfo.InvariantCulture));
            if (step > 0 ? order > 0 : order < 0)
                yield break;
            yield return at;
        }

        throw new SqlError("Cannot generate arrays with more than 1048576 elements");
    }
}
