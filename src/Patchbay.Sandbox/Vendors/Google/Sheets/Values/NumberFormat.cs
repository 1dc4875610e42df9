using System.Globalization;
using System.Text;

namespace Patchbay.Sandbox.Vendors.Google.Sheets.Values;

/// <summary>Shows numbers by pattern: "#,##0.00", "0%", "yyyy-mm-dd", "h:mm AM/PM", "positive;negative;zero".</summary>
internal static class NumberFormat
{
    public const string Date = "m/d/yyyy";
    public const string DateTime = "m/d/yyyy h:mm:ss";

    /// <summary>Ten significant digits, as a plain cell shows them.</summary>
    public static string General(double number)
    {
        if (number == 0)
            return "0";
        var size = Math.Abs(number);
        return size is >= 1e15 or < 1e-9
            ? number.ToString("0.#########E+00", CultureInfo.InvariantCulture)
            : Math.Round((decimal)number, Math.Clamp(9 - (int)Math.Floor(Math.Log10(size)), 0, 15)).ToString("0.###############", CultureInfo.InvariantCulture);
    }

    /// <summary>Google's NumberFormatType of a pattern.</summary>
    public static string TypeOf(string pattern)
    {
        var bare = WithoutLiterals(pattern);
        var date = bare.Contains('y', StringComparison.OrdinalIgnoreCase) || bare.Contains('d', StringComparison.OrdinalIgnoreCase);
        var time = bare.Contains('h', StringComparison.OrdinalIgnoreCase) || bare.Contains('s', StringComparison.OrdinalIgnoreCase);
        return date ? time ? "DATE_TIME" : "DATE"
            : time ? "TIME"
            : bare.Contains('%', StringComparison.Ordinal) ? "PERCENT"
            : pattern.Contains('$', StringComparison.Ordinal) || pattern.Contains('€', StringComparison.Ordinal) ? "CURRENCY"
            : bare.Contains('@', StringComparison.Ordinal) ? "TEXT"
            : "NUMBER";
    }

    public static bool IsMoment(string pattern) => TypeOf(pattern) is "DATE" or "TIME" or "DATE_TIME";

    /// <summary>What Sheets shows for a type that names no pattern.</summary>
    public static string? DefaultOf(string? type) => type switch
    {
        "NUMBER" => "#,##0.00",
        "PERCENT" => "0.00%",
        "CURRENCY" => "\"$\"#,##0.00",
        "DATE" => Date,
        "TIME" => "h:mm:ss AM/PM",
        "DATE_TIME" => DateTime,
        "SCIENTIFIC" => "0.00E+00",
        "TEXT" => "@",
        _ => null,
    };

    public static string Show(double number, string pattern)
    {
        var sections = Sections(pattern);
        var section = sections.Count > 1 && number < 0 ? sections[1] : sections.Count > 2 && number == 0 ? sections[2] : sections[0];
        if (IsMoment(section))
            return SerialDate.At(number) is { } moment ? Moment(moment, section) : General(number);
        if (section.Trim() is "@" or "General" or "")
            return General(number);
        var shown = Plain(sections.Count > 1 && number < 0 ? -number : number, section);
        return shown;
    }

    private static string Plain(double number, string section)
    {
        var (before, digits, after) = Parts(section);
        var value = section.Contains('%', StringComparison.Ordinal) ? number * 100 : number;
        if (digits.Length == 0)
            return before + after;
        if (Math.Abs(value) > 1e27)
            return General(number);
        var text = digits.Contains('E', StringComparison.Ordinal)
            ? value.ToString(digits, CultureInfo.InvariantCulture)
            : Math.Round((decimal)value, Math.Min(20, digits.Contains('.', StringComparison.Ordinal) ? digits.Length - digits.IndexOf('.', StringComparison.Ordinal) - 1 : 0), MidpointRounding.AwayFromZero)
                .ToString(digits, CultureInfo.InvariantCulture);
        return text.StartsWith('-') ? "-" + before + text[1..] + after : before + text + after;
    }

    /// <summary>What stands before the digits, the digits, what stands after; quotes, brackets and escapes resolved.</summary>
    private static (string Before, string Digits, string After) Parts(string section)
    {
        var (before, digits, after) = (new StringBuilder(), new StringBuilder(), new StringBuilder());
        for (var index = 0; index < section.Length; index++)
        {
            var c = section[index];
            var literal = digits.Length == 0 ? before : after;
            if (c == '"')
            {
                var end = section.IndexOf('"', index + 1);
                end = end < 0 ? section.Length : end;
                literal.Append(section.AsSpan(index + 1, end - index - 1));
                index = end;
            }
            else if (c == '[')
            {
                // [$€] and [$€-407] are a currency; [Red] a colour, which text has none of.
                var end = section.IndexOf(']', index + 1);
                end = end < 0 ? section.Length : end;
                var inside = section[(index + 1)..end];
                if (inside.StartsWith('$'))
                    literal.Append(inside[1..].Split('-')[0]);
                index = end;
            }
            else if (c is '\\' or '_' or '*')
            {
                if (++index < section.Length && c == '\\')
                    literal.Append(section[index]);
            }
            else if (after.Length == 0 && (c is '0' or '#' or '?' or ',' or '.' || (c == 'E' && digits.Length > 0) || (c is '+' && digits.Length > 0 && digits[^1] == 'E')))
            {
                digits.Append(c == '?' ? '#' : c);
            }
            else
            {
                literal.Append(c);
            }
        }

        return (before.ToString(), digits.ToString().TrimEnd(','), after.ToString());
    }

    private static string Moment(DateTime moment, string section)
    {
        var text = new StringBuilder();
        var half = section.Contains("AM/PM", StringComparison.OrdinalIgnoreCase) || section.Contains("a/p", StringComparison.OrdinalIgnoreCase);
        var afterHour = false;
        for (var index = 0; index < section.Length;)
        {
            var c = char.ToLowerInvariant(section[index]);
            var run = 1;
            while (index + run < section.Length && char.ToLowerInvariant(section[index + run]) == c)
                run++;
            switch (c)
            {
                case 'y':
                    text.Append(moment.ToString(run <= 2 ? "yy" : "yyyy", CultureInfo.InvariantCulture));
                    break;
                case 'm' when run <= 2 && (afterHour || Seconds(section, index + run)):
                    text.Append(moment.ToString(run == 1 ? "%m" : "mm", CultureInfo.InvariantCulture));
                    break;
                case 'm':
                    text.Append(run == 5 ? moment.ToString("MMM", CultureInfo.InvariantCulture)[..1] : moment.ToString(run switch { 1 => "%M", 2 => "MM", 3 => "MMM", _ => "MMMM" }, CultureInfo.InvariantCulture));
                    break;
                case 'd':
                    text.Append(moment.ToString(run switch { 1 => "%d", 2 => "dd", 3 => "ddd", _ => "dddd" }, CultureInfo.InvariantCulture));
                    break;
                case 'h':
                    text.Append(moment.ToString(half ? run == 1 ? "%h" : "hh" : run == 1 ? "%H" : "HH", CultureInfo.InvariantCulture));
                    break;
                case 's':
                    text.Append(moment.ToString(run == 1 ? "%s" : "ss", CultureInfo.InvariantCulture));
                    break;
                case 'a' when section.AsSpan(index).StartsWith("am/pm", StringComparison.OrdinalIgnoreCase):
                    text.Append(moment.Hour < 12 ? "AM" : "PM");
                    run = 5;
                    break;
                case 'a' when section.AsSpan(index).StartsWith("a/p", StringComparison.OrdinalIgnoreCase):
                    text.Append(moment.Hour < 12 ? 'A' : 'P');
                    run = 3;
                    break;
                case '"':
                    var end = section.IndexOf('"', index + 1);
                    end = end < 0 ? section.Length : end;
                    text.Append(section.AsSpan(index + 1, end - index - 1));
                    run = end - index + 1;
                    break;
                default:
                    text.Append(section, index, run);
                    break;
            }

            afterHour = c == 'h' || (afterHour && !char.IsLetter(c));
            index += run;
        }

        return text.ToString();
    }

    /// <summary>"mm" before seconds means minutes.</summary>
    private static bool Seconds(string section, int from)
    {
        while (from < section.Length && !char.IsLetter(section[from]))
            from++;
        return from < section.Length && section[from] is 's' or 'S';
    }

    private static List<string> Sections(string pattern)
    {
        var (sections, quoted, start) = (new List<string>(), false, 0);
        for (var index = 0; index < pattern.Length; index++)
        {
            if (pattern[index] == '"')
                quoted = !quoted;
            if (pattern[index] != ';' || quoted)
                continue;
            sections.Add(pattern[start..index]);
            start = index + 1;
        }

        sections.Add(pattern[start..]);
        return sections;
    }

    private static string WithoutLiterals(string pattern)
    {
        var (text, quoted, bracket) = (new StringBuilder(), false, false);
        foreach (var c in pattern)
        {
            if (c == '"')
                quoted = !quoted;
            else if (!quoted && c is '[' or ']')
                bracket = c == '[';
            else if (!quoted && !bracket && c != '\\')
                text.Append(c);
        }

        return text.ToString().Replace("General", "", StringComparison.OrdinalIgnoreCase).Replace("Red", "", StringComparison.OrdinalIgnoreCase);
    }
}
