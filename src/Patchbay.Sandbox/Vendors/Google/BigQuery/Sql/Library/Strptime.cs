using System.Globalization;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Values;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Library;

/// <summary>PARSE_DATE and its like.</summary>
internal sealed class Strptime
{
    private readonly string text;
    private readonly string format;
    private int at;
    private int year = 1970;
    private int month = 1;
    private int day = 1;
    private int? dayOfYear;
    private int hour;
    private bool? afternoon;
    private int minute;
    private int second;
    private long micros;
    private long? seconds;
    private string? zone;

    private Strptime(string text, string format) => (this.text, this.format) = (text, format);

    public static object Parse(string format, string text, TypeKind kind, string zone)
    {
        var parser = new Strptime(text.Trim(), format);
        parser.Run(Expand(format.Trim()));
        if (parser.at != parser.text.Length)
            throw parser.Failed();
        return parser.Result(kind, zone);
    }

    private SqlError Failed() => new($"Failed to parse input string \"{text}\"");

    private static string Expand(string format) => format
        .Replace("%F", "%Y-%m-%d", StringComparison.Ordinal).Replace("%T", "%H:%M:%S", StringComparison.Ordinal).Replace("%X", "%H:%M:%S", StringComparison.Ordinal)
        .Replace("%R", "%H:%M", StringComparison.Ordinal).Replace("%D", "%m/%d/%y", StringComparison.Ordinal).Replace("%x", "%m/%d/%y", StringComparison.Ordinal)
        .Replace("%c", "%a %b %e %H:%M:%S %Y", StringComparison.Ordinal).Replace("%E4Y", "%Y", StringComparison.Ordinal).Replace("%EY", "%Y", StringComparison.Ordinal);

    private void Run(string pattern)
    {
        for (var index = 0; index < pattern.Length; index++)
        {
            var c = pattern[index];
            if (char.IsWhiteSpace(c))
            {
                Blanks();
            }
            else if (c != '%' || index + 1 >= pattern.Length)
            {
                if (at >= text.Length || text[at++] != c)
                    throw Failed();
            }
            else
            {
                c = pattern[++index];
                if (c == 'E' && index + 2 < pattern.Length && pattern[index + 2] == 'S')
                {
                    index += 2;
                    Seconds();
                }
                else
                {
                    Element(c == 'E' && index + 1 < pattern.Length ? pattern[++index] : c);
                }
            }
        }
    }

    private void Blanks()
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;
    }

    private int Number(int digits, int least, int most)
    {
        Blanks();
        var start = at;
        while (at < text.Length && at - start < digits && char.IsAsciiDigit(text[at]))
            at++;
        return int.TryParse(text.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most ? value : throw Failed();
    }

    private int Word(string[] full, string[] brief)
    {
        foreach (var names in (string[][])[full, brief])
        {
            for (var index = 0; index < names.Length; index++)
            {
                if (names[index].Length == 0 || string.Compare(text, at, names[index], 0, names[index].Length, StringComparison.OrdinalIgnoreCase) != 0)
                    continue;
                at += names[index].Length;
                return index;
            }
        }

        throw Failed();
    }

    private void Seconds()
    {
        second = Number(2, 0, 59);
        if (at >= text.Length || text[at] != '.')
            return;
        var start = ++at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
            at++;
        micros = long.Parse(text[start..Math.Min(at, start + 6)].PadRight(6, '0'), CultureInfo.InvariantCulture);
    }

    private void Element(char element)
    {
        var names = CultureInfo.InvariantCulture.DateTimeFormat;
        switch (element)
        {
            case 'Y': year = Number(4, 1, 9999); break;
            case 'y':
                var two = Number(2, 0, 99);
                year = two < 69 ? 2000 + two : 1900 + two;
                break;
            case 'm': month = Number(2, 1, 12); break;
            case 'd' or 'e': day = Number(2, 1, 31); break;
            case 'j': dayOfYear = Number(3, 1, 366); break;
            case 'B' or 'b' or 'h': month = Word(names.MonthNames, names.AbbreviatedMonthNames) + 1; break;
            case 'A' or 'a': Word(names.DayNames, names.AbbreviatedDayNames); break;
            case 'H' or 'k': hour = Number(2, 0, 23); break;
            case 'I' or 'l':
                hour = Number(2, 1, 12) % 12;
                afternoon ??= false;
                break;
            case 'p' or 'P': afternoon = Word(["AM", "PM"], []) == 1; break;
            case 'M': minute = Number(2, 0, 59); break;
            case 'S': second = Number(2, 0, 59); break;
            case 's':
                var start = at;
                while (at < text.Length && (char.IsAsciiDigit(text[at]) || (at == start && text[at] == '-')))
                    at++;
                seconds = long.TryParse(text.AsSpan(start, at - start), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : throw Failed();
                break;
            case 'Q': month = (Number(1, 1, 4) * 3) - 2; break;
            case 'z':
                var from = at;
                while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] is '+' or '-' or ':'))
                    at++;
                zone = text[from..at];
                break;
            case 'Z':
                var first = at;
                while (at < text.Length && (char.IsAsciiLetter(text[at]) || text[at] is '/' or '_'))
                    at++;
                zone = text[first..at];
                break;
            case 't' or 'n': Blanks(); break;
            case '%':
                if (at >= text.Length || text[at++] != '%')
                    throw Failed();
                break;
            default: throw new SqlError($"The Patchbay sandbox does not support the format element %{element} in {format}");
        }
    }

    private object Result(TypeKind kind, string defaultZone)
    {
        DateTime value;
        try
        {
            value = seconds is { } unix ? Temporal.FromMicros(checked(unix * 1_000_000))
                : new DateTime(year, dayOfYear is null ? month : 1, dayOfYear is null ? day : 1, (afternoon is null ? hour : hour % 12) + (afternoon == true ? 12 : 0), minute, second).AddTicks(micros * 10);
            if (dayOfYear is { } count)
                value = value.AddDays(count - 1);
        }
        catch (Exception exception) when (exception is ArgumentOutOfRangeException or OverflowException)
        {
            throw Failed();
        }

        return TimeFunctions.Kept(value, kind, seconds is null ? zone ?? defaultZone : "UTC");
    }
}
