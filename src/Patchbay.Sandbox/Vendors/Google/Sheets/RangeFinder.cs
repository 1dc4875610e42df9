namespace Patchbay.Sandbox.Vendors.Google.Sheets;

/// <summary>Finds what a range in a path or a body means in a spreadsheet.</summary>
internal static class RangeFinder
{
    /// <summary>A place: A1 notation, a sheet's title, or a named range.</summary>
    /// <param name="book">Where.</param>
    /// <param name="text">As sent.</param>
    /// <param name="Range">Clipped to the sheet.</param>
    public sealed record Found(SheetGrid Grid, CellRange Range, bool Single);

    /// <summary>Throws Sheets' refusal when it means nothing or begins outside the sheet.</summary>
    public static Found Find(Workbook book, string text)
    {
        if (A1.Parse(text) is { } range && (range.Sheet is not null || book.Sheet(text) is null))
        {
            var sheet = book.Sheet(range.Sheet) ?? throw SheetsErrors.Range(text);
            var whole = Workbook.Clip(range, sheet);
            if (whole.Row >= sheet.Rows || whole.Column >= sheet.Columns)
                throw SheetsErrors.Outside(text, sheet);
            return new Found(book.Grid(sheet.SheetId)!, whole with { EndRow = Math.Min(whole.EndRow, sheet.Rows), EndColumn = Math.Min(whole.EndColumn, sheet.Columns) }, range.Single);
        }

        if (book.NamedRange(text) is { } named)
            return new Found(book.Grid(named.SheetId)!, named.Range, named.Range is { Rows: 1, Columns: 1 });
        // A bare title is the whole sheet; it may stand in quotes.
        var (quoted, rest) = A1.Split(text);
        var title = text.StartsWith('\'') && rest.Length == 0 && quoted is { Length: > 0 } ? quoted : text;
        return book.Sheet(title) is { } bare && title.Length > 0 ? new Found(book.Grid(bare.SheetId)!, book.Grid(bare.SheetId)!.Whole, false) : throw SheetsErrors.Range(text);
    }

    /// <summary>
    /// The table that an append goes below: the block of filled cells that meets the range and ends lowest. Null when nothing
    /// in or beside the range is filled.
    /// </summary>
    public static CellRange? Table(SheetGrid grid, CellRange range)
    {
        var inside = grid.Filled(range).ToList();
        if (inside.Count == 0)
        {
            // A cell at the edge of a table belongs to it.
            var around = new CellRange(Math.Max(0, range.Row - 1), Math.Max(0, range.Column - 1), range.EndRow, range.EndColumn + 1);
            inside = [.. grid.Filled(around)];
        }

        if (inside.Count == 0)
            return null;
        var lowest = inside.MaxBy(one => one.Row);
        var table = new CellRange(lowest.Row, lowest.Column, lowest.Row + 1, lowest.Column + 1);
        while (true)
        {
            var before = table;
            // Down and up first: tables are long, and a row costs only its own cells to look at.
            while (Grown(grid, ref table, table with { Row = table.EndRow, EndRow = table.EndRow + 1, Column = Math.Max(0, table.Column - 1), EndColumn = table.EndColumn + 1 }))
            {
            }

            while (table.Row > 0 && Grown(grid, ref table, table with { Row = table.Row - 1, EndRow = table.Row, Column = Math.Max(0, table.Column - 1), EndColumn = table.EndColumn + 1 }))
            {
            }

            if (table.Column > 0)
                Grown(grid, ref table, table with { Row = Math.Max(0, table.Row - 1), EndRow = table.EndRow + 1, Column = table.Column - 1, EndColumn = table.Column });
            Grown(grid, ref table, table with { Row = Math.Max(0, table.Row - 1), EndRow = table.EndRow + 1, Column = table.EndColumn, EndColumn = table.EndColumn + 1 });
            if (table == before)
                return table;
        }
    }

    /// <summary>Takes in the filled cells of a strip at the table's edge.</summary>
    private static bool Grown(SheetGrid grid, ref CellRange table, CellRange strip)
    {
        var before = table;
        table = grid.Filled(strip).Aggregate(table, (all, one) => new CellRange(
            Math.Min(all.Row, one.Row), Math.Min(all.Column, one.Column), Math.Max(all.EndRow, one.Row + 1), Math.Max(all.EndColumn, one.Column + 1)));
        return table != before;
    }
}
