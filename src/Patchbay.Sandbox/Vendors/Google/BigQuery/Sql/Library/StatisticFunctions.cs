using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Values;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Library;

/// <summary>Variance, correlation, quantiles.</summary>
internal static class StatisticFunctions
{
    public static void AddTo(FunctionLibrary to)
    {
        to.Add("statistic", a => Of((string)a[1]!, Lists.Read((string)a[0]!)));
        to.Add("quantiles", a =>
        {
            var (items, many) = (Lists.Read((string)a[0]!), (long)a[1]!);
            return items.Count == 0 || many > 100_000 ? null : Lists.Write(Enumerable.Range(0, (int)many + 1).Select(index => items[(int)Math.Round(index / (double)many * (items.Count - 1), MidpointRounding.AwayFromZero)]));
        });
        to.Add("percentile", a =>
        {
            var items = Lists.Read((string)a[0]!);
            var (at, continuous) = (NumberFunctions.F(a[1]), (string)a[2]! == "CONT");
            if (at is < 0 or > 1)
                throw new SqlError("The second argument of a percentile function must be between 0 and 1");
            if (items.Count == 0)
                return null;
            items.Sort(ListFunctions.Compare);
            if (!continuous)
                return items[Math.Max(0, (int)Math.Ceiling(at * items.Count) - 1)];
            var place = at * (items.Count - 1);
            var (low, high) = (NumberFunctions.F(items[(int)Math.Floor(place)]), NumberFunctions.F(items[(int)Math.Ceiling(place)]));
            return low + ((place - Math.Floor(place)) * (high - low));
        });
    }

    private static object? Of(string name, List<object?> items)
    {
        if (name is "CORR" or "COVAR_SAMP" or "COVAR_POP")
        {
            var pairs = items.Select(item => Lists.Read(((RawJson)item!).Text)).Select(pair => (X: NumberFunctions.F(pair[0]), Y: NumberFunctions.F(pair[1]))).ToList();
            return Pairs(name, pairs);
        }

        var values = items.Select(NumberFunctions.F).ToList();
        var population = name.EndsWith("POP", StringComparison.Ordinal);
        if (values.Count == 0 || (values.Count == 1 && !population))
            return null;
        var mean = values.Average();
        var variance = values.Sum(value => (value - mean) * (value - mean)) / (population ? values.Count : values.Count - 1);
        return name.StartsWith("STDDEV", StringComparison.Ordinal) ? Math.Sqrt(variance) : variance;
    }

    private static object? Pairs(string name, List<(double X, double Y)> pairs)
    {
        if (pairs.Count == 0 || (pairs.Count == 1 && name != "COVAR_POP"))
            return null;
        var (x, y) = (pairs.Average(pair => pair.X), pairs.Average(pair => pair.Y));
        var together = pairs.Sum(pair => (pair.X - x) * (pair.Y - y));
        if (name != "CORR")
            return together / (name == "COVAR_POP" ? pairs.Count : pairs.Count - 1);
        var spread = Math.Sqrt(pairs.Sum(pair => (pair.X - x) * (pair.X - x)) * pairs.Sum(pair => (pair.Y - y) * (pair.Y - y)));
        return spread == 0 ? throw new SqlError($"The Patchbay sandbox does not support {Text.Float(double.NaN)}, the result of CORR here") : together / spread;
    }
}
