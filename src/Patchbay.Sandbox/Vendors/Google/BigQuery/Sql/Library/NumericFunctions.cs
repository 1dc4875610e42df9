using System.Numerics;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Values;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Library;

/// <summary>NUMERIC, exact.</summary>
internal static class NumericFunctions
{
    public static void AddTo(FunctionLibrary to)
    {
        to.Add("nadd", a => Num.Encode(Num.Read((string)a[0]!) + Num.Read((string)a[1]!)));
        to.Add("nsub", a => Num.Encode(Num.Read((string)a[0]!) - Num.Read((string)a[1]!)));
        to.Add("nmul", a => Num.Multiply((string)a[0]!, (string)a[1]!));
        to.Add("ndiv", a => Num.Quotient((string)a[0]!, (string)a[1]!));
        to.Add("nidiv", a => N(a[1]).IsZero ? throw new SqlError("division by zero") : Num.Encode(BigInteger.Divide(N(a[0]), N(a[1])) * Num.One));
        to.Add("nmod", a => N(a[1]).IsZero ? throw new SqlError("division by zero") : Num.Encode(BigInteger.Remainder(N(a[0]), N(a[1]))));
        to.Add("nneg", a => Num.Encode(-N(a[0])));
        to.Add("nabs", a => Num.Encode(BigInteger.Abs(N(a[0]))));
        to.Add("nsign", a => Num.Encode(N(a[0]).Sign * (BigInteger)Num.One));
        to.Add("nround", a => Num.Round((string)a[0]!, a.Length > 1 ? (long)a[1]! : 0));
        to.Add("ntrunc", a => Num.Truncate((string)a[0]!, a.Length > 1 ? (long)a[1]! : 0));
        to.Add("nfloor", a => Num.Floor((string)a[0]!));
        to.Add("nceil", a => Num.Encode(-N(Num.Floor(Num.Encode(-N(a[0]))))));
        to.Add("npow", a => Num.FromDouble(Math.Pow(Num.ToDouble((string)a[0]!), Num.ToDouble((string)a[1]!))));
        to.Add("nhigh", a => Split((string)a[0]!).High);
        to.Add("nlow", a => Split((string)a[0]!).Low);
        to.Add("npack", a => Num.Encode(((Int128)(long)a[0]! * Num.One) + (long)a[1]!));
        to.Add("nsum", a => Lists.Read((string)a[0]!) is { Count: > 0 } items ? Num.Encode(items.Aggregate(BigInteger.Zero, (sum, item) => sum + N(item))) : null);
    }

    private static BigInteger N(object? value) => Num.Decode((string)value!);

    /// <summary>Whole part, rounded down, and billionths from there.</summary>
    private static (long High, long Low) Split(string kept)
    {
        var value = Num.Read(kept);
        if (value >= long.MinValue && value <= long.MaxValue)
        {
            var (whole, part) = Math.DivRem((long)value, Num.One);
            return part < 0 ? (whole - 1, part + Num.One) : (whole, part);
        }

        var (high, rest) = Int128.DivRem(value, Num.One);
        if (rest < 0)
            (high, rest) = (high - 1, rest + Num.One);
        return high >= long.MinValue && high <= long.MaxValue ? ((long)high, (long)rest) : throw new SqlError("The Patchbay sandbox sums NUMERIC values up to 9.2e18");
    }
}
