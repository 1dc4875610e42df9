using System.Globalization;
using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.Google.Sheets.Values;

/// <summary>Reads what a person types into a cell (USER_ENTERED), in the way of an English sheet.</summary>
internal static class UserEntry
{
    private static readonly (string Form, string Pattern)[] Dates =
    [
        ("yyyy-M-d", "yyyy-mm-dd"), ("yyyy/M/d", "yyyy/mm/dd"), ("M/d/yyyy", "m/d/yyyy"), ("M/d/yy", "m/d/yyyy"), ("d MMM yyyy", "d mmm yyyy"), ("MMM d, yyyy", "mmm d, yyyy"),
        ("d MMMM yyyy", "d mmmm yyyy"), ("MMMM d, yyyy", "mmmm d, yyyy"), ("d-MMM-yyyy", "d-mmm-yyyy"), ("M-d-yyyy", "m-d-yyyy"),
    ];

    private static readonly (string Form, string Pattern)[] Times =
    [
        ("H:mm", "h:mm"), ("H:mm:ss", "h:mm:ss"), ("h:mm tt", "h:mm AM/PM"), ("h:mm:ss tt", "h:mm:ss AM/PM"), ("h tt", "h AM/PM"),
    ];

    /// <summary>A cell with a value, and a number format where the way it was typed asks for one.</summary>
    public static Cell Read(string text)
    {
        if (text.Length == 0)
            return Cell.Empty;
        if (text[0] == '\'')
            return new Cell { Text = text[1..] };
        if (text[0] == '=' && text.Length > 1)
            return new Cell { Formula = text };
        var plain = text.Trim();
        if (plain.Length is 0 or > 60)
            return new Cell { Text = text };
        if (plain.Equals("true", StringComparison.OrdinalIgnoreCase) || plain.Equals("false", StringComparison.OrdinalIgnoreCase))
            return new Cell { Flag = plain.Equals("true", StringComparison.OrdinalIgnoreCase) };
        return Number(plain) ?? Moment(plain) ?? new Cell { Text = text };
    }

    /// <summary>Google's CellFormat for a number pattern.</summary>
    public static JsonObject Format(string pattern) => new() { ["numberFormat"] = new JsonObject { ["type"] = NumberFormat.TypeOf(pattern), ["pattern"] = pattern } };

    private static Cell? Number(string text)
    {
        var (rest, sign) = (text, 1.0);
        if (rest[0] is '-' or '+')
            (rest, sign) = (rest[1..], rest[0] == '-' ? -1.0 : 1.0);
        string? pattern = null;
        if (rest.Length > 1 && rest[0] is '$' or '€' or '£' or '¥')
        {
            pattern = $"{(rest[0] == '$' ? "\"$\"" : $"[${rest[0]}]")}#,##0{(rest.Contains('.', StringComparison.Ordinal) ? ".00" : "")}";
            rest = rest[1..];
        }
        else if (rest.EndsWith('%'))
        {
            rest = rest[..^1];
            pattern = rest.Contains('.', StringComparison.Ordinal) ? "0.00%" : "0%";
        }

        if (rest.Length == 0 || !(char.IsAsciiDigit(rest[0]) || (rest[0] == '.' && rest.Length > 1)) || !GoodGroups(rest)
            || !double.TryParse(rest, NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            return null;
        if (pattern is null && rest.Contains(',', StringComparison.Ordinal))
            pattern = rest.Contains('.', StringComparison.Ordinal) ? "#,##0.00" : "#,##0";
        return new Cell { Number = sign * (pattern?.EndsWith('%') == true ? number / 100 : number), Format = pattern is null ? null : Format(pattern) };
    }

    /// <summary>"1,234,567" but not "1,23".</summary>
    private static bool GoodGroups(string text)
    {
        var whole = text.Split('.')[0];
        var groups = whole.Split(',');
        return groups.Length == 1 ? !text.Contains(',', StringComparison.Ordinal) : groups[0].Length is >= 1 and <= 3 && groups.Skip(1).All(group => group.Length == 3) && !text[whole.Length..].Contains(',', StringComparison.Ordinal);
    }

    private static Cell? Moment(string text)
    {
        foreach (var (form, pattern) in Dates)
        {
            if (Parse(text, form) is { } day)
                return Dated(day, pattern);
            foreach (var (timeForm, timePattern) in Times)
            {
                if (Parse(text, $"{form} {timeForm}") is { } moment)
                    return Dated(moment, $"{pattern} {timePattern}");
            }
        }

        if (Parse(text, "yyyy-MM-dd'T'HH:mm:ss") is { } iso)
            return Dated(iso, "yyyy-mm-dd h:mm:ss");
        foreach (var (form, pattern) in Times)
        {
            if (Parse(text, form) is { } time)
                return new Cell { Number = time.TimeOfDay.TotalDays, Format = Format(pattern) };
        }

        return null;
    }

    private static Cell? Dated(DateTime moment, string pattern) => moment.Year is < 1000 or > 9998 ? null : new Cell { Number = SerialDate.Of(moment), Format = Format(pattern) };

    private static DateTime? Parse(string text, string form) => DateTime.TryParseExact(text, form, CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault, out var moment) ? moment : null;
}
