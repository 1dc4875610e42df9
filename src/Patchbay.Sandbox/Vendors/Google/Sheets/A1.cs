using System.Globalization;

namespace Patchbay.Sandbox.Vendors.Google.Sheets;

/// <summary>A range as somebody wrote it: the sheet may be missing, and so may ends. Rows and columns count from 0, ends are exclusive.</summary>
/// <param name="Sheet">Title, or null for the first sheet.</param>
/// <param name="Row">First row; null from the top.</param>
/// <param name="Column">First column; null from the left.</param>
/// <param name="EndRow">Null to the bottom.</param>
/// <param name="EndColumn">Null to the right edge.</param>
/// <param name="Single">One cell was named, not two corners.</param>
internal sealed record A1Range(string? Sheet, int? Row, int? Column, int? EndRow, int? EndColumn, bool Single);

/// <summary>A1 notation, and as much of R1C1 as Sheets takes for absolute cells.</summary>
internal static class A1
{
    public const int MostColumns = 18_278; // ZZZ
    public const int MostRows = 10_000_000;

    /// <summary>"Sheet1!A1:B2", "'My sheet'!A:C", "A1", "3:5", "R1C1:R2C2"; null for anything else, also for a bare sheet or range name.</summary>
    public static A1Range? Parse(string text)
    {
        var (sheet, rest) = Split(text);
        if (sheet is "" || rest.Length == 0)
            return null;
        var parts = rest.Split(':');
        if (parts.Length > 2 || Corner(parts[0]) is not { } first)
            return null;
        if (parts.Length == 1)
            return first is { Row: not null, Column: not null } ? new A1Range(sheet, first.Row, first.Column, first.Row + 1, first.Column + 1, true) : null;
        if (Corner(parts[1]) is not { } last)
            return null;
        // "A:C" and "A2:C" are ranges, "A:3" is none.
        if ((first.Column is null) != (last.Column is null) || (first.Row is null && last.Row is not null && first.Column is not null && last.Column is null))
            return null;
        var (rows, columns) = (Order(first.Row, last.Row), Order(first.Column, last.Column));
        return new A1Range(sheet, rows.From, columns.From, rows.To + 1, columns.To + 1, false);
    }

    /// <summary>The title before "!", unquoted; null when there is none, "" when it is broken.</summary>
    public static (string? Sheet, string Cells) Split(string text)
    {
        if (text.StartsWith('\''))
        {
            for (var index = 1; index < text.Length; index++)
            {
                if (text[index] != '\'')
                    continue;
                if (index + 1 < text.Length && text[index + 1] == '\'')
                {
                    index++;
                    continue;
                }

                var title = text[1..index].Replace("''", "'", StringComparison.Ordinal);
                if (index + 1 == text.Length)
                    return (title, "");
                return text[index + 1] == '!' ? (title, text[(index + 2)..]) : ("", "");
            }

            return ("", "");
        }

        var mark = text.LastIndexOf('!');
        return mark < 0 ? (null, text) : (text[..mark], text[(mark + 1)..]);
    }

    /// <summary>"Sheet1!A1:B2"; one cell without a colon.</summary>
    public static string Text(string sheet, CellRange range)
    {
        var first = Cell(range.Row, range.Column);
        return $"{Quoted(sheet)}!{first}{(range is { Rows: 1, Columns: 1 } ? "" : ":" + Cell(range.EndRow - 1, range.EndColumn - 1))}";
    }

    public static string Cell(int row, int column) => Column(column) + (row + 1).ToString(CultureInfo.InvariantCulture);

    public static string Column(int column)
    {
        var name = "";
        for (var rest = column + 1; rest > 0; rest = (rest - 1) / 26)
            name = (char)('A' + ((rest - 1) % 26)) + name;
        return name;
    }

    /// <summary>In quotes unless it could not be taken for anything else.</summary>
    public static string Quoted(string sheet) =>
        sheet.Length > 0 && !char.IsDigit(sheet[0]) && sheet.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && Corner(sheet) is not { Row: not null } ? sheet : $"'{sheet.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>Letters to a column from 0; null for what is none.</summary>
    public static int? ColumnOf(string letters)
    {
        if (letters.Length is 0 or > 3 || !letters.All(char.IsAsciiLetter))
            return null;
        return letters.Aggregate(0, (sum, letter) => (sum * 26) + char.ToUpperInvariant(letter) - 'A' + 1) - 1;
    }

    /// <summary>"B3", "$B$3", "B", "3", "R3C2".</summary>
    private static (int? Row, int? Column)? Corner(string text)
    {
        var plain = text.Replace("$", "", StringComparison.Ordinal);
        if (plain.Length == 0 || plain.Length > 14)
            return null;
        if (plain[0] is 'R' or 'r' && plain.IndexOfAny(['C', 'c'], 1) is > 1 and var c && Number(plain[1..c]) is { } row && Number(plain[(c + 1)..]) is { } column && column <= MostColumns)
            return (row - 1, column - 1);
        var letters = plain.TakeWhile(char.IsAsciiLetter).Count();
        var digits = plain[letters..];
        int? atColumn = letters == 0 ? null : ColumnOf(plain[..letters]);
        if (letters > 0 && atColumn is null)
            return null;
        if (digits.Length == 0)
            return (null, atColumn);
        return Number(digits) is { } atRow ? (atRow - 1, atColumn) : null;
    }

    private static int? Number(string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= MostRows ? number : null;

    private static (int? From, int? To) Order(int? one, int? other) => one > other ? (other, one) : (one, other);
}
