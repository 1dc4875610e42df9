using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors.Google.Sheets.Formulas;
using Patchbay.Sandbox.Vendors.Google.Sheets.Values;

namespace Patchbay.Sandbox.Vendors.Google.Sheets.Requests;

/// <summary>Values and looks of cells.</summary>
internal static class CellRequests
{
    public static IEnumerable<KeyValuePair<string, Func<SheetRequest, JsonObject>>> All =>
    [
        new("updateCells", Update),
        new("repeatCell", Repeat),
        new("appendCells", Append),
        new("updateBorders", Borders),
        new("mergeCells", Merge),
        new("unmergeCells", Unmerge),
        new("setDataValidation", Validate),
        new("copyPaste", CopyPaste),
        new("cutPaste", CutPaste),
        new("pasteData", Paste),
        new("autoFill", _ => []),
    ];

    private static JsonObject Update(SheetRequest request)
    {
        var fields = request.Fields();
        var rows = (request.Body["rows"] as JsonArray ?? []).Select(row => (row as JsonObject)?["values"] as JsonArray ?? []).ToList();
        if (request.Body["start"] is JsonObject start)
        {
            var grid = request.Grid(start);
            var (row, column) = (start.Number("rowIndex") ?? 0, start.Number("columnIndex") ?? 0);
            if (row < 0 || column < 0 || row + rows.Count > grid.Info.Rows || column + rows.Select(cells => cells.Count).DefaultIfEmpty().Max() > grid.Info.Columns)
                throw request.Refuse($"Attempting to write outside the grid. Max rows: {grid.Info.Rows}, max columns: {grid.Info.Columns}");
            foreach (var (down, cells) in rows.Index())
            {
                foreach (var (right, cell) in cells.Index())
                    grid[row + down, column + right] = With(request, grid[row + down, column + right], cell as JsonObject, fields);
            }

            return [];
        }

        // A range without a cell for each of its places is cleared where there is none.
        var (target, range) = request.Range();
        Each(range, (row, column) =>
        {
            var line = row - range.Row < rows.Count ? rows[row - range.Row] : [];
            target[row, column] = With(request, target[row, column], column - range.Column < line.Count ? line[column - range.Column] as JsonObject : null, fields);
        });
        return [];
    }

    private static JsonObject Repeat(SheetRequest request)
    {
        var fields = request.Fields();
        var (grid, range) = request.Range();
        var cell = request.Body["cell"] as JsonObject;
        Each(range, (row, column) =>
        {
            var fresh = With(request, grid[row, column], cell, fields);
            grid[row, column] = fresh.Formula is { } formula && fields.Below("userEnteredValue") is not null ? fresh with { Formula = FormulaShift.Moved(formula, row - range.Row, column - range.Column) } : fresh;
        });
        return [];
    }

    private static JsonObject Append(SheetRequest request)
    {
        var fields = request.Fields();
        var grid = request.Grid(request.Body);
        var row = grid.FilledRows;
        foreach (var line in request.Body["rows"] as JsonArray ?? [])
        {
            var cells = (line as JsonObject)?["values"] as JsonArray ?? [];
            grid.Grow(row + 1, cells.Count);
            foreach (var (column, cell) in cells.Index())
                grid[row, column] = With(request, grid[row, column], cell as JsonObject, fields);
            row++;
        }

        return [];
    }

    /// <summary>A cell with the masked members of a CellData; what is masked but absent is cleared.</summary>
    private static Cell With(SheetRequest request, Cell cell, JsonObject? data, GoogleFields fields)
    {
        if (fields.Below("userEnteredValue") is not null)
            cell = cell.WithValueOf(Value(request, data?["userEnteredValue"] as JsonObject));
        if (fields.Below("userEnteredFormat") is { } formats)
        {
            var wanted = data?["userEnteredFormat"] as JsonObject;
            var format = formats.Names.Any() ? GoogleUpdateMask.Apply((JsonObject?)cell.Format?.DeepClone() ?? [], wanted, formats) : (JsonObject?)wanted?.DeepClone();
            cell = cell with { Format = format is { Count: > 0 } ? format : null };
        }

        if (fields.Below("note") is not null)
            cell = cell with { Note = data.Text("note") is { Length: > 0 } note ? note : null };
        if (fields.Below("dataValidation") is not null)
            cell = cell with { Validation = (data?["dataValidation"] as JsonObject)?.DeepClone() as JsonObject };
        return cell;
    }

    private static Cell Value(SheetRequest request, JsonObject? value)
    {
        if (value is null || value.Count == 0)
            return Cell.Empty;
        var (kind, given) = value.First();
        return (kind, given?.GetValueKind()) switch
        {
            ("numberValue", System.Text.Json.JsonValueKind.Number) => new Cell { Number = given!.GetValue<double>() },
            ("stringValue", System.Text.Json.JsonValueKind.String) => new Cell { Text = given!.GetValue<string>() },
            ("boolValue", System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False) => new Cell { Flag = given!.GetValue<bool>() },
            ("formulaValue", System.Text.Json.JsonValueKind.String) => given!.GetValue<string>() is ['=', _, ..] formula ? new Cell { Formula = formula } : new Cell { Text = given.GetValue<string>() },
            _ => throw request.Refuse($"Invalid userEnteredValue: {value.ToJsonString()}"),
        };
    }

    private static JsonObject Borders(SheetRequest request)
    {
        var (grid, range) = request.Range();
        Each(range, (row, column) =>
        {
            var edges = new JsonObject();
            void Edge(string name, bool outer, string inner)
            {
                if (request.Body[outer ? name : inner] is { } border)
                    edges[name] = border.DeepClone();
            }

            Edge("top", row == range.Row, "innerHorizontal");
            Edge("bottom", row == range.EndRow - 1, "innerHorizontal");
            Edge("left", column == range.Column, "innerVertical");
            Edge("right", column == range.EndColumn - 1, "innerVertical");
            if (edges.Count > 0)
                grid[row, column] = grid[row, column] with { Format = Calendar.EventBody.Merge((JsonObject?)grid[row, column].Format?.DeepClone() ?? [], new JsonObject { ["borders"] = edges }) };
        });
        return [];
    }

    private static JsonObject Merge(SheetRequest request)
    {
        var (grid, range) = request.Range();
        IEnumerable<CellRange> merges = request.Body.Text("mergeType") switch
        {
            "MERGE_ALL" or null => [range],
            "MERGE_ROWS" => Enumerable.Range(range.Row, range.Rows).Select(row => range with { Row = row, EndRow = row + 1 }),
            "MERGE_COLUMNS" => Enumerable.Range(range.Column, range.Columns).Select(column => range with { Column = column, EndColumn = column + 1 }),
            var other => throw request.Refuse($"Invalid mergeType: {other}"),
        };
        if (grid.Info.Merges.Any(merge => merge.Meets(range) && !(range.Contains(merge.Row, merge.Column) && range.Contains(merge.EndRow - 1, merge.EndColumn - 1))))
            throw request.Refuse("You must select all cells in a merged range to merge or unmerge them.");
        foreach (var merge in merges.ToList())
        {
            // Only the first cell's value survives a merge.
            foreach (var (row, column, cell) in grid.Filled(merge).Where(one => (one.Row, one.Column) != (merge.Row, merge.Column)).ToList())
                grid[row, column] = cell.WithoutValue();
            grid.Info = grid.Info with { Merges = [.. grid.Info.Merges.Where(old => !old.Meets(merge)), merge] };
        }

        return [];
    }

    private static JsonObject Unmerge(SheetRequest request)
    {
        var (grid, range) = request.Range();
        grid.Info = grid.Info with { Merges = [.. grid.Info.Merges.Where(merge => !merge.Meets(range))] };
        return [];
    }

    private static JsonObject Validate(SheetRequest request)
    {
        var (grid, range) = request.Range();
        var rule = request.Body["rule"] as JsonObject;
        Each(range, (row, column) => grid[row, column] = grid[row, column] with { Validation = (JsonObject?)rule?.DeepClone() });
        return [];
    }

    private static JsonObject CopyPaste(SheetRequest request)
    {
        var (from, source) = request.Range("source");
        var (to, target) = request.Range("destination");
        var type = request.Body.Text("pasteType") ?? "PASTE_NORMAL";
        var copied = new Dictionary<(int, int), Cell>();
        Each(source, (row, column) => copied[(row - source.Row, column - source.Column)] = type == "PASTE_VALUES" && from[row, column].Formula is not null
            ? Result(from[row, column], request.Book.ValueAt(from, row, column)) : from[row, column]);
        if (source.Rows == 0 || source.Columns == 0)
            throw request.Refuse("The source is empty.");
        var (rows, columns) = (Math.Max(source.Rows, target.Rows / source.Rows * source.Rows), Math.Max(source.Columns, target.Columns / source.Columns * source.Columns));
        if (target.Row + rows > to.Info.Rows || target.Column + columns > to.Info.Columns)
            throw request.Refuse("The destination is outside the grid.");
        Each(new CellRange(target.Row, target.Column, target.Row + rows, target.Column + columns), (row, column) =>
        {
            var cell = copied[((row - target.Row) % source.Rows, (column - target.Column) % source.Columns)];
            if (cell.Formula is { } formula)
                cell = cell with { Formula = FormulaShift.Moved(formula, row - (source.Row + ((row - target.Row) % source.Rows)), column - (source.Column + ((column - target.Column) % source.Columns))) };
            to[row, column] = type switch
            {
                "PASTE_FORMAT" => to[row, column] with { Format = cell.Format },
                "PASTE_VALUES" or "PASTE_FORMULA" => to[row, column].WithValueOf(cell),
                _ => cell,
            };
        });
        return [];
    }

    private static JsonObject CutPaste(SheetRequest request)
    {
        var (from, source) = request.Range("source");
        var place = request.Body["destination"] as JsonObject ?? throw request.Refuse("No destination specified.");
        var to = request.Grid(place);
        var (row, column) = (place.Number("rowIndex") ?? 0, place.Number("columnIndex") ?? 0);
        if (row < 0 || column < 0 || row + source.Rows > to.Info.Rows || column + source.Columns > to.Info.Columns)
            throw request.Refuse("The destination is outside the grid.");
        var cut = new List<(int Row, int Column, Cell Cell)>();
        Each(source, (r, c) =>
        {
            cut.Add((r - source.Row, c - source.Column, from[r, c]));
            from[r, c] = Cell.Empty;
        });
        foreach (var (down, right, cell) in cut)
            to[row + down, column + right] = cell;
        return [];
    }

    private static JsonObject Paste(SheetRequest request)
    {
        var place = request.Body["coordinate"] as JsonObject ?? throw request.Refuse("No coordinate specified.");
        var grid = request.Grid(place);
        var delimiter = request.Body.Text("delimiter") is { Length: > 0 } given ? given : "\t";
        var lines = Delimited.Read(request.Body.Text("data") ?? "", delimiter[0]);
        var (row, column) = (place.Number("rowIndex") ?? 0, place.Number("columnIndex") ?? 0);
        grid.Grow(row + lines.Count, column + lines.Select(line => line.Count).DefaultIfEmpty().Max());
        EnteredValues.Write(grid, row, column, [.. lines.Select(line => line.Select(text => (Cell?)UserEntry.Read(text)).ToList())]);
        return [];
    }

    private static Cell Result(Cell cell, CellValue value) => value.Kind switch
    {
        ValueKind.Number => cell.WithValueOf(new Cell { Number = value.Number }),
        ValueKind.Flag => cell.WithValueOf(new Cell { Flag = value.Flag }),
        ValueKind.Empty => cell.WithoutValue(),
        _ => cell.WithValueOf(new Cell { Text = value.AsText() }),
    };

    public static void Each(CellRange range, Action<int, int> work)
    {
        for (var row = range.Row; row < range.EndRow; row++)
        {
            for (var column = range.Column; column < range.EndColumn; column++)
                work(row, column);
        }
    }
}
