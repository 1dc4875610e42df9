using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Values;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Library;

/// <summary>FORMAT: printf with %d %i %u %x %X %o %f %F %e %E %g %G %s %t %T %%, flags, width and precision.</summary>
internal static partial class Formatter
{
    /// <param name="format">The format.</param>
    /// <param name="arguments">After the format: pairs of the type's kind and the value.</param>
    public static string? Format(string format, object?[] arguments)
    {
        var next = 1;
        var missing = false;
        var text = Specifier().Replace(format, match =>
        {
            if (match.Value == "%%")
                return "%";
            var (flags, conversion) = (match.Groups["flags"].Value, match.Groups["kind"].Value);
            if (conversion.Length == 0)
                throw new SqlError($"Invalid format specifier in FORMAT string: \"{format}\"");
            var width = Size(match.Groups["width"].Value);
            if (width < 0)
                (flags, width) = (flags + "-", -width);
            var precision = match.Groups["precision"].Success ? Size(match.Groups["precision"].Value.TrimStart('.')) : -1;
            if (next + 1 >= arguments.Length)
                throw new SqlError("Too few arguments to FORMAT for pattern \"" + format + "\"");
            var (kind, value) = (SqlType.KindNamed(arguments[next]), arguments[next + 1]);
            next += 2;
            if (value is null && conversion is not ("t" or "T"))
            {
                missing = true;
                return "";
            }

            var words = One(conversion, flags, precision, kind, value);
            return width <= words.Length ? words : flags.Contains('-', StringComparison.Ordinal) ? words.PadRight(width)
                : flags.Contains('0', StringComparison.Ordinal) && conversion is not ("s" or "t" or "T") ? Zeros(words, width) : words.PadLeft(width);
        });
        if (next < arguments.Length)
            throw new SqlError("Too many arguments to FORMAT for pattern \"" + format + "\"");
        return missing ? null : text;

        int Size(string digits)
        {
            if (digits == "*")
            {
                next += 2;
                return next - 1 < arguments.Length && arguments[next - 1] is long number and > -1000 and < 1000 ? (int)number : throw new SqlError("Invalid width or precision in FORMAT");
            }

            return digits.Length == 0 ? 0 : int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size < 1000 ? size : throw new SqlError("Invalid width or precision in FORMAT");
        }
    }

    private static string Zeros(string words, int width)
    {
        var sign = words[0] is '-' or '+' or ' ' ? words[..1] : "";
        return sign + words[sign.Length..].PadLeft(width - sign.Length, '0');
    }

    private static string One(string conversion, string flags, int precision, TypeKind kind, object? value)
    {
        switch (conversion)
        {
            case "d" or "i" or "u" when kind == TypeKind.Int64:
                return Sign(Grouped(((Int128)(long)value! is var number && number < 0 ? -number : number).ToString(CultureInfo.InvariantCulture), flags), (long)value! < 0, flags);
            case "x" or "X" or "o" when kind == TypeKind.Int64:
                var digits = conversion == "o" ? Convert.ToString((long)value!, 8) : ((long)value!).ToString(conversion, CultureInfo.InvariantCulture);
                return flags.Contains('#', StringComparison.Ordinal) ? (conversion == "o" ? "0" : "0" + conversion) + digits : digits;
            case "f" or "F" or "e" or "E" or "g" or "G" when kind is TypeKind.Float64 or TypeKind.Numeric or TypeKind.Int64:
                return Floating(conversion, flags, precision, kind, value!);
            case "s" when kind == TypeKind.String:
                return precision >= 0 ? string.Concat(((string)value!).EnumerateRunes().Take(precision).Select(rune => rune.ToString())) : (string)value!;
            case "t":
                return value is null ? "NULL" : kind == TypeKind.Float64 ? JsonFunctions.WithPoint(Text.Float(NumberFunctions.F(value))) : Text.Of(value, kind);
            case "T":
                return value is null ? "NULL" : kind switch
                {
                    TypeKind.String => "\"" + ((string)value).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal) + "\"",
                    TypeKind.Date or TypeKind.DateTime or TypeKind.Time or TypeKind.Timestamp or TypeKind.Numeric => $"{kind.ToString().ToUpperInvariant()} \"{Text.Of(value, kind)}\"",
                    TypeKind.Float64 => JsonFunctions.WithPoint(Text.Float(NumberFunctions.F(value))),
                    _ => Text.Of(value, kind),
                };
            default:
                throw new SqlError($"Invalid type for argument of FORMAT: %{conversion} does not take {kind.ToString().ToUpperInvariant()}");
        }
    }

    private static string Floating(string conversion, string flags, int precision, TypeKind kind, object value)
    {
        var number = kind == TypeKind.Numeric ? Num.ToDouble((string)value) : NumberFunctions.F(value);
        if (!double.IsFinite(number))
            return Text.Float(number);
        var places = precision < 0 ? 6 : precision;
        string words;
        if (conversion is "f" or "F")
        {
            // NUMERIC keeps its digits: it is not made a double to be printed.
            words = kind == TypeKind.Numeric ? Fixed(Num.Format(Num.Round((string)value, places)).TrimStart('-'), places) : Math.Abs(number).ToString("F" + places, CultureInfo.InvariantCulture);
        }
        else if (conversion is "e" or "E")
        {
            words = Exponent(Math.Abs(number).ToString(conversion + places, CultureInfo.InvariantCulture));
        }
        else
        {
            places = Math.Max(1, places);
            var exponent = number == 0 ? 0 : int.Parse(Math.Abs(number).ToString("E" + (places - 1), CultureInfo.InvariantCulture).Split('E')[1], CultureInfo.InvariantCulture);
            words = exponent < -4 || exponent >= places
                ? Exponent(TrimZeros(Math.Abs(number).ToString((conversion == "g" ? "e" : "E") + (places - 1), CultureInfo.InvariantCulture)))
                : TrimZeros(Math.Abs(number).ToString("F" + Math.Max(0, places - 1 - exponent), CultureInfo.InvariantCulture));
        }

        return Sign(Grouped(words, flags), number < 0, flags);
    }

    private static string Fixed(string text, int places)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var have = point < 0 ? 0 : text.Length - point - 1;
        return places == 0 ? text : text + (point < 0 ? "." : "") + new string('0', places - have);
    }

    private static string TrimZeros(string text)
    {
        var at = text.IndexOfAny(['e', 'E']);
        var (head, tail) = at < 0 ? (text, "") : (text[..at], text[at..]);
        return (head.Contains('.', StringComparison.Ordinal) ? head.TrimEnd('0').TrimEnd('.') : head) + tail;
    }

    /// <summary>.NET writes e+006, C writes e+06.</summary>
    private static string Exponent(string text) => ThreeDigits().Replace(text, "$1$2");

    private static string Sign(string digits, bool negative, string flags) =>
        negative ? "-" + digits : flags.Contains('+', StringComparison.Ordinal) ? "+" + digits : flags.Contains(' ', StringComparison.Ordinal) ? " " + digits : digits;

    private static string Grouped(string digits, string flags)
    {
        if (!flags.Contains('\'', StringComparison.Ordinal))
            return digits;
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var whole = new StringBuilder(point < 0 ? digits : digits[..point]);
        for (var at = whole.Length - 3; at > 0; at -= 3)
            whole.Insert(at, ',');
        return whole + (point < 0 ? "" : digits[point..]);
    }

    [GeneratedRegex("%%|%(?<flags>[-+ #0']*)(?<width>\\*|[0-9]*)(?<precision>\\.(\\*|[0-9]*))?(?<kind>[a-zA-Z])?", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Specifier();

    [GeneratedRegex("([eE][+-])0([0-9][0-9])$", RegexOptions.CultureInvariant)]
    private static partial Regex ThreeDigits();
}
