using System.Text;

namespace Patchbay.Sandbox.Vendors.Google.Sheets.Formulas;

/// <summary>Rewrites the references of a formula when cells move or when it is copied.</summary>
internal static class FormulaShift
{
    /// <summary>Copies: relative references move along, those with a dollar stay. Out of the sheet they become #REF!.</summary>
    public static string Moved(string formula, int rows, int columns) =>
        Rewrite(formula, (_, corner) => new Corner(corner.RowFixed ? corner.Row : corner.Row + rows, corner.ColumnFixed ? corner.Column : corner.Column + columns, corner.RowFixed, corner.ColumnFixed));

    /// <summary>Rows or columns were put in or taken out of a sheet: references to what stands behind follow it.</summary>
    /// <param name="formula">With its equals sign.</param>
    /// <param name="own">Title of the sheet the formula is on.</param>
    /// <param name="changed">Title of the sheet that changed.</param>
    /// <param name="rows">Rows or columns.</param>
    /// <param name="at">The first.</param>
    /// <param name="count">How many came; negative went.</param>
    public static string Inserted(string formula, string own, string changed, bool rows, int at, int count) => Rewrite(formula, (sheet, corner) =>
    {
        if (!string.Equals(sheet ?? own, changed, StringComparison.OrdinalIgnoreCase))
            return corner;
        return rows ? corner with { Row = Shift(corner.Row, at, count, corner.Side) } : corner with { Column = Shift(corner.Column, at, count, corner.Side) };
    });

    /// <summary>A sheet has a new title.</summary>
    public static string Renamed(string formula, string old, string fresh) => Walk(formula, reference =>
    {
        var (sheet, rest) = A1.Split(reference);
        return sheet is not null && string.Equals(sheet, old, StringComparison.OrdinalIgnoreCase) ? $"{A1.Quoted(fresh)}!{rest}" : reference;
    });

    /// <param name="Side">Of a range its first or its last corner; a single cell is alone.</param>
    private sealed record Corner(int? Row, int? Column, bool RowFixed, bool ColumnFixed, Side Side = Side.Alone)
    {
        public string? Text => Row < 0 || Column < 0 ? null
            : $"{(Column is null ? "" : (ColumnFixed ? "$" : "") + A1.Column(Column.Value))}{(Row is null ? "" : $"{(RowFixed ? "$" : "")}{Row + 1}")}";
    }

    private enum Side
    {
        Alone,
        First,
        Last,
    }

    // A cell that went is marked by a negative index; a range that lost cells at an edge only becomes smaller.
    private static int? Shift(int? index, int at, int count, Side side)
    {
        if (index is not { } value || value < at)
            return index;
        if (count >= 0 || value >= at - count)
            return value + count;
        return side switch
        {
            Side.First => at,
            Side.Last => at - 1,
            _ => -1,
        };
    }

    private static string Rewrite(string formula, Func<string?, Corner, Corner> change) => Walk(formula, reference =>
    {
        var (sheet, rest) = A1.Split(reference);
        var parts = rest.Split(':');
        var corners = parts.Select((part, index) => change(sheet, Read(part) with { Side = parts.Length == 1 ? Side.Alone : index == 0 ? Side.First : Side.Last })).ToList();
        var gone = corners.Any(corner => corner.Text is null) || corners[0].Row > corners[^1].Row || corners[0].Column > corners[^1].Column;
        return gone ? "#REF!" : $"{(sheet is null ? "" : A1.Quoted(sheet) + "!")}{string.Join(':', corners.Select(corner => corner.Text))}";
    });

    private static string Walk(string formula, Func<string, string> change)
    {
        if (FormulaLexer.Read(formula) is not { } tokens)
            return formula;
        var (text, last) = (new StringBuilder(), 0);
        foreach (var token in tokens.Where(token => token.Kind == FormulaTokenKind.Reference))
        {
            text.Append(formula, last, token.Start - last).Append(change(token.Text));
            last = token.Start + token.Length;
        }

        return text.Append(formula, last, formula.Length - last).ToString();
    }

    private static Corner Read(string text)
    {
        var columnFixed = text.StartsWith('$') && text.Length > 1 && char.IsAsciiLetter(text[1]);
        var plain = text.Replace("$", "", StringComparison.Ordinal);
        var letters = plain.TakeWhile(char.IsAsciiLetter).Count();
        int? row = letters < plain.Length ? int.Parse(plain[letters..], System.Globalization.CultureInfo.InvariantCulture) - 1 : null;
        return new Corner(row, letters > 0 ? A1.ColumnOf(plain[..letters]) : null, row is not null && text.LastIndexOf('$') > (columnFixed ? 0 : -1), columnFixed);
    }
}
