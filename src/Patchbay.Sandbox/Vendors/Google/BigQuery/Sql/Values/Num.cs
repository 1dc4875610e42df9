using System.Globalization;
using System.Numerics;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Values;

/// <summary>
/// NUMERIC: 29 digits before the point, 9 after, exact. A value is an integer of billionths; the engine below keeps it
/// as 32 hexadecimal digits of value + 10^38, so that the order of the texts is the order of the numbers.
/// </summary>
internal static class Num
{
    public const long One = 1_000_000_000;
    private static readonly Int128 Limit = Int128.Parse("100000000000000000000000000000000000000", CultureInfo.InvariantCulture);

    public static string Encode(BigInteger billionths) =>
        BigInteger.Abs(billionths) >= (BigInteger)Limit ? throw new SqlError("numeric overflow") : Write((Int128)billionths);

    public static BigInteger Decode(string kept) => Read(kept);

    public static string Encode(Int128 billionths) =>
        billionths >= Limit || billionths <= -Limit ? throw new SqlError("numeric overflow") : Write(billionths);

    /// <summary>Two halves of 64 bits: queries read and write very many of these.</summary>
    public static Int128 Read(string kept) => new Int128(Half(kept, 0), Half(kept, 16)) - Limit;

    private static ulong Half(string kept, int from)
    {
        var value = 0UL;
        for (var index = from; index < from + 16; index++)
            value = (value << 4) | (uint)(kept[index] <= '9' ? kept[index] - '0' : kept[index] - 'A' + 10);
        return value;
    }

    private static string Write(Int128 billionths) => string.Create(32, billionths + Limit, (span, value) =>
    {
        for (var index = 31; index >= 0; index--, value >>= 4)
            span[index] = "0123456789ABCDEF"[(int)(value & 15)];
    });

    /// <summary>Null when it is no number or too large.</summary>
    public static string? Parse(string text)
    {
        var trimmed = text.Trim();
        var exponentAt = trimmed.IndexOfAny(['e', 'E']);
        var exponent = 0;
        if (exponentAt >= 0 && !(int.TryParse(trimmed.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent) && Math.Abs(exponent) < 100))
            return null;
        var mantissa = exponentAt >= 0 ? trimmed[..exponentAt] : trimmed;
        var sign = mantissa.StartsWith('-') ? -1 : 1;
        mantissa = mantissa.TrimStart('+', '-');
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var digits = point < 0 ? mantissa : mantissa.Remove(point, 1);
        if (digits.Length is 0 or > 200 || !digits.All(char.IsAsciiDigit) || (trimmed.Length > 1 && trimmed[1] is '+' or '-' && trimmed[0] is '+' or '-'))
            return null;
        var scale = 9 + exponent - (point < 0 ? 0 : mantissa.Length - point - 1);
        var value = BigInteger.Parse(digits, CultureInfo.InvariantCulture);
        value = scale >= 0 ? value * BigInteger.Pow(10, scale) : Divide(value, BigInteger.Pow(10, -scale));
        return BigInteger.Abs(value) >= (BigInteger)Limit ? null : Encode(sign * value);
    }

    public static string Format(string kept)
    {
        var value = Decode(kept);
        var digits = BigInteger.Abs(value).ToString("D10", CultureInfo.InvariantCulture);
        var fraction = digits[^9..].TrimEnd('0');
        return (value.Sign < 0 ? "-" : "") + digits[..^9] + (fraction.Length > 0 ? "." + fraction : "");
    }

    public static double ToDouble(string kept) => double.Parse(Format(kept), CultureInfo.InvariantCulture);

    public static string FromDouble(double value)
    {
        if (!double.IsFinite(value))
            throw new SqlError($"Illegal conversion of non-finite floating point number to numeric: {Text.Float(value)}");
        // The decimal digits of the double itself, rounded once.
        var exact = new BigInteger(0);
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)(bits >> 52 & 0x7ff);
        var mantissa = bits & 0xfffffffffffffL;
        if (exponent == 0)
            exponent++;
        else
            mantissa |= 1L << 52;
        exponent -= 1075;
        exact = mantissa * (BigInteger)One;
        exact = exponent >= 0 ? exact << Math.Min(exponent, 2000) : Divide(exact, BigInteger.One << -exponent);
        return Encode(bits < 0 ? -exact : exact);
    }

    public static string Multiply(string a, string b)
    {
        var (left, right) = (Read(a), Read(b));
        if (Small(left) && Small(right))
        {
            var (quotient, rest) = Int128.DivRem(left * right, One);
            return Write(Int128.Abs(rest) * 2 >= One ? quotient + (left > 0 == right > 0 ? 1 : -1) : quotient);
        }

        return Encode(Divide((BigInteger)left * right, One));
    }

    private static bool Small(Int128 value) => value < long.MaxValue && value > long.MinValue;

    public static string Quotient(string a, string b) =>
        Decode(b).IsZero ? throw new SqlError($"division by zero: {Format(a)} / {Format(b)}") : Encode(Divide(Decode(a) * One, Decode(b)));

    /// <summary>To <paramref name="places"/> digits after the point, halves away from zero.</summary>
    public static string Round(string kept, long places)
    {
        if (places >= 9)
            return kept;
        if (places < -29)
            return Encode(0);
        var unit = BigInteger.Pow(10, (int)(9 - places));
        return Encode(Divide(Decode(kept), unit) * unit);
    }

    public static string Truncate(string kept, long places)
    {
        if (places >= 9)
            return kept;
        if (places < -29)
            return Encode(0);
        var unit = BigInteger.Pow(10, (int)(9 - places));
        return Encode(BigInteger.Divide(Decode(kept), unit) * unit);
    }

    public static string Floor(string kept)
    {
        var value = Decode(kept);
        var rest = BigInteger.Remainder(value, One);
        return Encode(value - rest - (rest.Sign < 0 ? One : 0));
    }

    /// <summary>Quotient with halves away from zero.</summary>
    private static BigInteger Divide(BigInteger a, BigInteger b)
    {
        var quotient = BigInteger.DivRem(a, b, out var rest);
        return BigInteger.Abs(rest) * 2 >= BigInteger.Abs(b) ? quotient + (a.Sign * b.Sign) : quotient;
    }

    /// <summary>Whole part rounded half away from zero, as CAST to INT64 does.</summary>
    public static long ToInt64(string kept)
    {
        var whole = Divide(Decode(kept), One);
        return whole >= long.MinValue && whole <= long.MaxValue ? (long)whole : throw new SqlError($"int64 out of range: {Format(kept)}");
    }
}
