using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors.Google.Sheets.Formulas;

namespace Patchbay.Sandbox.Vendors.Google.Sheets.Requests;

/// <summary>Rows and columns: put in, taken out, moved, sized.</summary>
internal static class DimensionRequests
{
    public static IEnumerable<KeyValuePair<string, Func<SheetRequest, JsonObject>>> All =>
    [
        new("insertDimension", Insert),
        new("deleteDimension", Delete),
        new("appendDimension", Append),
        new("moveDimension", Move),
        new("insertRange", InsertRange),
        new("deleteRange", DeleteRange),
        new("autoResizeDimensions", request =>
        {
            request.Dimension("dimensions");
            return [];
        }),
        new("updateDimensionProperties", Properties),
    ];

    private static JsonObject Insert(SheetRequest request)
    {
        var (grid, rows, start, end) = request.Dimension();
        var size = rows ? grid.Info.Rows : grid.Info.Columns;
        if (start > size)
            throw request.Refuse($"range.startIndex[{start}] is too large. The index must be within the {size} {(rows ? "rows" : "columns")} of the sheet.");
        if (request.Body.Flag("inheritFromBefore") && start == 0)
            throw request.Refuse("inheritFromBefore cannot be true when inserting at the start.");
        Shift(request.Book, grid, rows, start, end - start);
        return [];
    }

    private static JsonObject Delete(SheetRequest request)
    {
        var (grid, rows, start, end) = request.Dimension();
        var size = rows ? grid.Info.Rows : grid.Info.Columns;
        if (start >= size || end > size)
            throw request.Refuse($"Cannot delete a {(rows ? "row" : "column")} that doesn't exist. Tried to delete {(rows ? "row" : "column")} index {Math.Max(start, size)} but there are only {size} {(rows ? "rows" : "columns")}.");
        if (end - start >= size)
            throw request.Refuse($"You can't delete all the {(rows ? "rows" : "columns")} on the sheet.");
        Shift(request.Book, grid, rows, start, start - end);
        return [];
    }

    private static JsonObject Append(SheetRequest request)
    {
        var grid = request.Grid(request.Body);
        var rows = request.Rows(request.Body.Text("dimension"));
        var length = request.Body.Number("length") is > 0 and var given && (long)given * (rows ? grid.Info.Columns : grid.Info.Rows) <= 10_000_000 ? given : throw request.Refuse("length must be greater than 0 and within the limit of 10000000 cells.");
        grid.Info = rows ? grid.Info with { Rows = grid.Info.Rows + length } : grid.Info with { Columns = grid.Info.Columns + length };
        return [];
    }

    private static JsonObject Move(SheetRequest request)
    {
        var (grid, rows, start, end) = request.Dimension("source");
        var to = request.Body.Number("destinationIndex") ?? throw request.Refuse("No destinationIndex specified.");
        var size = rows ? grid.Info.Rows : grid.Info.Columns;
        if (end > size || to < 0 || to > size || (to > start && to < end))
            throw request.Refuse("The destination is outside the grid or within the source.");
        var count = end - start;
        var all = grid.Rows.SelectMany(row => row.Value.Select(cell => (Row: row.Key, Column: cell.Key, Cell: cell.Value))).ToList();
        foreach (var (row, column, _) in all)
            grid[row, column] = Cell.Empty;
        foreach (var (row, column, cell) in all)
        {
            var index = rows ? row : column;
            var moved = index >= start && index < end ? index + (to > start ? to - end : to - start)
                : index >= end && index < to ? index - count
                : index >= to && index < start ? index + count
                : index;
            grid[rows ? moved : row, rows ? column : moved] = cell;
        }

        return [];
    }

    private static JsonObject InsertRange(SheetRequest request)
    {
        var (grid, range) = request.Range();
        var down = request.Rows(request.Body.Text("shiftDimension"));
        var count = down ? range.Rows : range.Columns;
        grid.Shift(down, down ? range.Row : range.Column, count, down ? (range.Column, range.EndColumn) : (range.Row, range.EndRow));
        var used = grid.Rows.Select(row => (Row: row.Key + 1, Column: row.Value.Keys.DefaultIfEmpty().Max() + 1)).ToList();
        grid.Grow(used.Select(one => one.Row).DefaultIfEmpty().Max(), used.Select(one => one.Column).DefaultIfEmpty().Max());
        return [];
    }

    private static JsonObject DeleteRange(SheetRequest request)
    {
        var (grid, range) = request.Range();
        var up = request.Rows(request.Body.Text("shiftDimension"));
        CellRequests.Each(range, (row, column) => grid[row, column] = Cell.Empty);
        grid.Shift(up, up ? range.Row : range.Column, up ? -range.Rows : -range.Columns, up ? (range.Column, range.EndColumn) : (range.Row, range.EndRow));
        return [];
    }

    private static JsonObject Properties(SheetRequest request)
    {
        var (grid, rows, start, end) = request.Dimension();
        var fields = request.Fields();
        var wanted = request.Body["properties"] as JsonObject;
        var metadata = (rows ? grid.Info.RowMetadata : grid.Info.ColumnMetadata).ToDictionary(one => one.Key, one => one.Value);
        for (var index = start; index < Math.Min(end, rows ? grid.Info.Rows : grid.Info.Columns); index++)
        {
            var own = metadata.TryGetValue(index, out var old) ? (JsonObject)old.DeepClone() : [];
            foreach (var name in (string[])["pixelSize", "hiddenByUser"])
            {
                if (fields.Below(name) is null)
                    continue;
                if (wanted?[name] is { } value)
                    own[name] = value.DeepClone();
                else
                    own.Remove(name);
            }

            metadata[index] = own;
        }

        grid.Info = rows ? grid.Info with { RowMetadata = metadata } : grid.Info with { ColumnMetadata = metadata };
        return [];
    }

    private static void Shift(Workbook book, SheetGrid grid, bool rows, int at, int count)
    {
        grid.Shift(rows, at, count);
        var title = grid.Info.Title;
        book.EachFormula((own, formula) => FormulaShift.Inserted(formula, own.Title, title, rows, at, count));
    }
}
