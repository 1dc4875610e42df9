using System.Globalization;
using System.Security.Cryptography;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Values;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Library;

/// <summary>INT64 and FLOAT64.</summary>
internal static class NumberFunctions
{
    public static void AddTo(FunctionLibrary to)
    {
        to.Add("cast", a => Conversion.Cast(a[0], SqlType.KindNamed(a[1]), SqlType.KindNamed(a[2])));
        to.Add("fail", a => throw new SqlError((string)a[0]!), steady: false);

        Ints(to, "add", (a, b) => checked(a + b), (a, b) => $"int64 overflow: {a} + {b}");
        Ints(to, "sub", (a, b) => checked(a - b), (a, b) => $"int64 overflow: {a} - {b}");
        Ints(to, "mul", (a, b) => checked(a * b), (a, b) => $"int64 overflow: {a} * {b}");
        Ints(to, "idiv", (a, b) => b == 0 ? throw new SqlError($"division by zero: {a} / 0") : checked(a / b), (a, b) => $"int64 overflow: {a} / {b}");
        Ints(to, "mod1", (a, b) => b == 0 ? throw new SqlError($"division by zero: MOD({a}, 0)") : b == -1 ? 0 : a % b, (a, b) => "");
        Ints(to, "xor", (a, b) => a ^ b, (a, b) => "");
        Ints(to, "shl", (a, b) => b < 0 ? throw new SqlError("Bitwise binary shift with a negative shift is invalid") : b > 63 ? 0 : a << (int)b, (a, b) => "");
        Ints(to, "shr", (a, b) => b < 0 ? throw new SqlError("Bitwise binary shift with a negative shift is invalid") : b > 63 ? 0 : (long)((ulong)a >> (int)b), (a, b) => "");
        to.Add("neg", a => checked(-(long)a[0]!));
        to.Add("abs1", a => checked(Math.Abs((long)a[0]!)));
        to.Add("sign1", a => (long)Math.Sign((long)a[0]!));

        Floats(to, "fadd", (a, b) => a + b);
        Floats(to, "fsub", (a, b) => a - b);
        Floats(to, "fmul", (a, b) => a * b);
        Floats(to, "fdiv", (a, b) => b == 0 ? throw new SqlError($"division by zero: {Text.Float(a)} / {Text.Float(b)}") : a / b);
        Floats(to, "pow1", Math.Pow);
        Floats(to, "atan2a", Math.Atan2);
        to.Add("ieee_divide", a => Known(F(a[0]) / F(a[1])));
        Float(to, "fneg", a => -a);
        Float(to, "fabs", Math.Abs);
        Float(to, "fsign", a => Math.Sign(a));
        Float(to, "fceil", Math.Ceiling);
        Float(to, "ffloor", Math.Floor);
        Float(to, "sqrt1", a => a < 0 ? throw new SqlError($"Argument to SQRT cannot be negative: {Text.Float(a)}") : Math.Sqrt(a));
        Float(to, "exp1", Math.Exp);
        Float(to, "ln1", a => a <= 0 ? throw new SqlError($"Argument to LN must be positive: {Text.Float(a)}") : Math.Log(a));
        Float(to, "log10a", a => a <= 0 ? throw new SqlError($"Argument to LOG10 must be positive: {Text.Float(a)}") : Math.Log10(a));
        Float(to, "sin1", Math.Sin);
        Float(to, "cos1", Math.Cos);
        Float(to, "tan1", Math.Tan);
        Float(to, "asin1", Math.Asin);
        Float(to, "acos1", Math.Acos);
        Float(to, "atan1", Math.Atan);
        Float(to, "sinh1", Math.Sinh);
        Float(to, "cosh1", Math.Cosh);
        Float(to, "tanh1", Math.Tanh);
        Float(to, "cbrt1", Math.Cbrt);
        to.Add("log1", a => Checked(a.Length == 1 ? Math.Log(Positive(a[0])) : Math.Log(Positive(a[0])) / Math.Log(Positive(a[1]))));
        to.Add("fround", a => Round(F(a[0]), a.Length > 1 ? (long)a[1]! : 0));
        to.Add("ftrunc", a => Truncate(F(a[0]), a.Length > 1 ? (long)a[1]! : 0));
        to.Add("is_inf", a => double.IsInfinity(F(a[0])) ? 1L : 0L);
        to.Add("is_nan", a => 0L);
        to.Add("rand", _ => RandomNumberGenerator.GetInt32(int.MaxValue) / (double)int.MaxValue, steady: false);
        to.Add("uuid", _ => Guid.NewGuid().ToString(), steady: false);
    }

    public static double F(object? value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);

    private static void Ints(FunctionLibrary to, string name, Func<long, long, long> run, Func<long, long, string> overflow) => to.Add(name, a =>
    {
        try
        {
            return run((long)a[0]!, (long)a[1]!);
        }
        catch (OverflowException)
        {
            throw new SqlError(overflow((long)a[0]!, (long)a[1]!));
        }
    });

    private static void Float(FunctionLibrary to, string name, Func<double, double> run) => to.Add(name, a => Checked(run(F(a[0])), double.IsInfinity(F(a[0]))));

    private static void Floats(FunctionLibrary to, string name, Func<double, double, double> run) =>
        to.Add(name, a => Checked(run(F(a[0]), F(a[1])), double.IsInfinity(F(a[0])) || double.IsInfinity(F(a[1]))));

    /// <summary>An infinity out of finite numbers is an overflow; the engine below has no NaN.</summary>
    private static double Checked(double value, bool mayBeInfinite = false) =>
        double.IsInfinity(value) && !mayBeInfinite ? throw new SqlError("double overflow") : Known(value);

    private static double Known(double value) => double.IsNaN(value) ? throw new SqlError("The Patchbay sandbox does not support NaN") : value;

    private static double Positive(object? value) => F(value) > 0 ? F(value) : throw new SqlError($"Argument to LOG must be positive: {Text.Float(F(value))}");

    private static double Round(double value, long places)
    {
        if (!double.IsFinite(value) || places > 300)
            return value;
        if (places < -308)
            return 0;
        var unit = Math.Pow(10, places);
        var scaled = value * unit;
        return double.IsFinite(scaled) ? Math.Round(scaled, MidpointRounding.AwayFromZero) / unit : value;
    }

    private static double Truncate(double value, long places)
    {
        if (!double.IsFinite(value) || places > 300)
            return value;
        var unit = Math.Pow(10, places);
        var scaled = value * unit;
        return double.IsFinite(scaled) && unit != 0 ? Math.Truncate(scaled) / unit : places < 0 ? 0 : value;
    }
}
