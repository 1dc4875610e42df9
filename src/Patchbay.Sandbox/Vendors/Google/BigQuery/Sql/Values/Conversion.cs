using System.Globalization;
using System.Text;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Values;

/// <summary>CAST between scalar types, on values as they are kept.</summary>
internal static class Conversion
{
    public static bool Possible(SqlType from, SqlType to)
    {
        if (from.Kind == to.Kind)
            return from.Same(to);
        if (from.IsNested || to.IsNested)
            return false;
        return (from.Kind, to.Kind) switch
        {
            (TypeKind.String, _) => true,
            (_, TypeKind.String) => true,
            (TypeKind.Int64 or TypeKind.Numeric or TypeKind.Float64, TypeKind.Int64 or TypeKind.Numeric or TypeKind.Float64) => true,
            (TypeKind.Int64, TypeKind.Bool) or (TypeKind.Bool, TypeKind.Int64) => true,
            (TypeKind.Date, TypeKind.DateTime or TypeKind.Timestamp) => true,
            (TypeKind.DateTime, TypeKind.Date or TypeKind.Time or TypeKind.Timestamp) => true,
            (TypeKind.Timestamp, TypeKind.Date or TypeKind.DateTime or TypeKind.Time) => true,
            _ => false,
        };
    }

    /// <exception cref="SqlError">The value cannot be converted.</exception>
    public static object? Cast(object? value, TypeKind from, TypeKind to)
    {
        if (value is null || from == to)
            return value;
        if (from == TypeKind.String)
            return FromString((string)value, to);
        if (to == TypeKind.String)
            return from == TypeKind.Bytes ? Utf8((string)value) : Text.Of(value, from);
        switch (from, to)
        {
            case (TypeKind.Int64, TypeKind.Float64):
                return (double)(long)value;
            case (TypeKind.Int64, TypeKind.Numeric):
                return Num.Encode((Int128)(long)value * Num.One);
            case (TypeKind.Int64, TypeKind.Bool):
                return (long)value != 0 ? 1L : 0L;
            case (TypeKind.Bool, TypeKind.Int64):
                return value;
            case (TypeKind.Numeric, TypeKind.Float64):
                return Num.ToDouble((string)value);
            case (TypeKind.Numeric, TypeKind.Int64):
                return Num.ToInt64((string)value);
            case (TypeKind.Float64, TypeKind.Numeric):
                return Num.FromDouble(Convert.ToDouble(value, CultureInfo.InvariantCulture));
            case (TypeKind.Float64, TypeKind.Int64):
                var number = Math.Round(Convert.ToDouble(value, CultureInfo.InvariantCulture), MidpointRounding.AwayFromZero);
                return number is >= -9223372036854775808.0 and < 9223372036854775808.0 ? (long)number : throw new SqlError($"Invalid value: {Text.Float(number)} is out of range of INT64");
            case (TypeKind.Date, TypeKind.DateTime):
                return value + "T00:00:00.000000";
            case (TypeKind.Date, TypeKind.Timestamp):
                return Temporal.Micros(Temporal.DateTime((string)value));
            case (TypeKind.DateTime, TypeKind.Date):
                return ((string)value)[..10];
            case (TypeKind.DateTime, TypeKind.Time):
                return ((string)value)[11..];
            case (TypeKind.DateTime, TypeKind.Timestamp):
                return Temporal.Micros(Temporal.DateTime((string)value));
            case (TypeKind.Timestamp, _):
                var utc = Temporal.Of(Temporal.FromMicros((long)value));
                return to switch { TypeKind.Date => utc[..10], TypeKind.Time => utc[11..], _ => utc };
            default:
                throw new SqlError($"Invalid cast from {from} to {to}");
        }
    }

    private static object FromString(string text, TypeKind to) => to switch
    {
        TypeKind.Int64 => Text.ParseInt(text) ?? throw new SqlError($"Bad int64 value: {text}"),
        TypeKind.Float64 => Text.ParseFloat(text) switch
        {
            null => throw new SqlError($"Bad double value: {text}"),
            // The engine below has no NaN; a NULL in its place would be a wrong answer.
            double.NaN => throw new SqlError("The Patchbay sandbox does not support NaN"),
            var value => value,
        },
        TypeKind.Numeric => Num.Parse(text) ?? throw new SqlError($"Invalid NUMERIC value: {text}"),
        TypeKind.Bool => Text.ParseBool(text) is { } flag ? flag ? 1L : 0L : throw new SqlError($"Bad bool value: {text}"),
        TypeKind.Bytes => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text)),
        TypeKind.Date => Temporal.ParseDate(text) ?? (Temporal.ParseDateTime(text) is { } moment ? moment[..10] : throw new SqlError($"Invalid date: '{text}'")),
        TypeKind.DateTime => Temporal.ParseDateTime(text) ?? throw new SqlError($"Invalid datetime string \"{text}\""),
        TypeKind.Time => Temporal.ParseTime(text) ?? throw new SqlError($"Invalid time string \"{text}\""),
        TypeKind.Timestamp => Temporal.ParseTimestamp(text) ?? throw new SqlError($"Invalid timestamp: '{text}'"),
        _ => text,
    };

    private static string Utf8(string hex)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Convert.FromHexString(hex));
        }
        catch (DecoderFallbackException)
        {
            throw new SqlError("Invalid cast of bytes to UTF8 string");
        }
    }
}
