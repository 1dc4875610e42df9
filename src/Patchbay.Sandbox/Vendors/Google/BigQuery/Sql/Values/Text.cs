using System.Globalization;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Values;

/// <summary>Values as CAST(... AS STRING) writes them, and as strings are read back.</summary>
internal static class Text
{
    /// <summary>The JSON functions of the engine below end a text at NUL: refused, since the alternative is a wrong answer.</summary>
    public static T WithoutNul<T>(T value) =>
        value is string text && text.Contains('\0', StringComparison.Ordinal) ? throw new SqlError("The Patchbay sandbox does not support the character NUL in strings") : value;

    public static string Float(double value)
    {
        if (double.IsNaN(value))
            return "NaN";
        if (double.IsInfinity(value))
            return value > 0 ? "inf" : "-inf";
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var at = text.IndexOf('E', StringComparison.Ordinal);
        if (at < 0)
            return text == "-0" ? "-0" : text;
        // 1E+20 → 1e+20, 1E-07 → 1e-07
        return text[..at] + "e" + text[(at + 1)..];
    }

    public static double? ParseFloat(string text)
    {
        var trimmed = text.Trim();
        return trimmed.ToUpperInvariant() switch
        {
            "INF" or "+INF" or "INFINITY" or "+INFINITY" => double.PositiveInfinity,
            "-INF" or "-INFINITY" => double.NegativeInfinity,
            "NAN" => double.NaN,
            _ => double.TryParse(trimmed, NumberStyles.Float & ~NumberStyles.AllowLeadingWhite & ~NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null,
        };
    }

    public static long? ParseInt(string text)
    {
        var trimmed = text.Trim();
        var sign = trimmed.StartsWith('-');
        var digits = trimmed.TrimStart('-', '+');
        if (digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            return long.TryParse(digits.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) && hex >= 0 ? sign ? -hex : hex : null;
        return long.TryParse(trimmed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    public static bool? ParseBool(string text) => text.Trim().ToUpperInvariant() switch
    {
        "TRUE" => true,
        "FALSE" => false,
        _ => null,
    };

    /// <summary>A kept value of a scalar type as CAST AS STRING gives it.</summary>
    public static string Of(object value, TypeKind kind) => kind switch
    {
        TypeKind.Int64 => ((long)value).ToString(CultureInfo.InvariantCulture),
        TypeKind.Float64 => Float(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        TypeKind.Numeric => Num.Format((string)value),
        TypeKind.Bool => (long)value != 0 ? "true" : "false",
        TypeKind.DateTime => Temporal.Short((string)value).Replace('T', ' '),
        TypeKind.Time => Temporal.Short((string)value),
        TypeKind.Timestamp => Temporal.Short(Temporal.Of(Temporal.FromMicros((long)value))).Replace('T', ' ') + "+00",
        _ => (string)value,
    };
}
