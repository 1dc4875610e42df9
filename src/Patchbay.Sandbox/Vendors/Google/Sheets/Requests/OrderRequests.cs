using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors.Google.Sheets.Formulas;
using Patchbay.Sandbox.Vendors.Google.Sheets.Values;

namespace Patchbay.Sandbox.Vendors.Google.Sheets.Requests;

/// <summary>Sorting, finding and cleaning up.</summary>
internal static class OrderRequests
{
    public static IEnumerable<KeyValuePair<string, Func<SheetRequest, JsonObject>>> All =>
    [
        new("sortRange", Sort),
        new("findReplace", FindReplace),
        new("deleteDuplicates", DeleteDuplicates),
        new("trimWhitespace", Trim),
        new("textToColumns", Split),
    ];

    private static JsonObject Sort(SheetRequest request)
    {
        var (grid, range) = request.Range();
        var specs = (request.Body["sortSpecs"] as JsonArray ?? []).Select(spec => (Column: spec.Number("dimensionIndex") ?? range.Column, Descending: spec.Text("sortOrder") == "DESCENDING")).ToList();
        if (specs.Count == 0)
            throw request.Refuse("No sortSpecs specified.");
        var rows = Enumerable.Range(range.Row, range.Rows)
            .Select(row => (Row: row, Keys: specs.ConvertAll(spec => request.Book.ValueAt(grid, row, spec.Column)), Cells: Enumerable.Range(range.Column, range.Columns).Select(column => grid[row, column]).ToList())).ToList();
        var sorted = rows.Order(Comparer<(int Row, List<CellValue> Keys, List<Cell> Cells)>.Create((one, other) =>
        {
            foreach (var (index, spec) in specs.Index())
            {
                var (left, right) = (one.Keys[index], other.Keys[index]);
                // Empty cells come last whatever the direction.
                if ((left.Kind == ValueKind.Empty) != (right.Kind == ValueKind.Empty))
                    return left.Kind == ValueKind.Empty ? 1 : -1;
                var order = CellValue.Compare(left, right);
                if (order != 0)
                    return spec.Descending ? -order : order;
            }

            return one.Row.CompareTo(other.Row);
        })).ToList();
        foreach (var (at, line) in sorted.Index())
        {
            foreach (var (right, cell) in line.Cells.Index())
                grid[range.Row + at, range.Column + right] = cell.Formula is { } formula ? cell with { Formula = FormulaShift.Moved(formula, range.Row + at - line.Row, 0) } : cell;
        }

        return [];
    }

    private static JsonObject FindReplace(SheetRequest request)
    {
        if (request.Body.Text("find") is not { Length: > 0 } find)
            throw request.Refuse("No find string specified.");
        var places = request.Body["range"] is not null ? [request.Range()]
            : request.Body.Number("sheetId") is { } id ? [(request.Book.Grid(id) ?? throw request.Refuse($"No grid with id: {id}"), new CellRange(0, 0, int.MaxValue, int.MaxValue))]
            : request.Body.Flag("allSheets") ? request.Book.Sheets.Select(sheet => (request.Book.Grid(sheet.SheetId)!, new CellRange(0, 0, int.MaxValue, int.MaxValue))).ToList()
            : throw request.Refuse("A scope must be set: range, sheetId or allSheets.");
        var pattern = Pattern(request, find);
        var replacement = request.Body.Text("replacement") ?? "";
        if (!request.Body.Flag("searchByRegex"))
            replacement = replacement.Replace("$", "$$", StringComparison.Ordinal);

        var (values, formulas, occurrences, rows, sheets) = (0, 0, 0, new HashSet<(int, int)>(), new HashSet<int>());
        foreach (var (grid, range) in places)
        {
            foreach (var (row, column, cell) in grid.Filled(range).ToList())
            {
                if (cell.Formula is not null && !request.Body.Flag("includeFormulas"))
                    continue;
                var text = cell.Formula ?? Workbook.Shown(cell, request.Book.ValueAt(grid, row, column));
                var count = pattern.Count(text);
                if (count == 0)
                    continue;
                var fresh = pattern.Replace(text, replacement);
                grid[row, column] = cell.WithValueOf(UserEntry.Read(fresh));
                occurrences += count;
                if (cell.Formula is null)
                    values++;
                else
                    formulas++;
                rows.Add((grid.Info.SheetId, row));
                sheets.Add(grid.Info.SheetId);
            }
        }

        var reply = new JsonObject();
        foreach (var (name, count) in new[] { ("valuesChanged", values), ("formulasChanged", formulas), ("rowsChanged", rows.Count), ("sheetsChanged", sheets.Count), ("occurrencesChanged", occurrences) })
        {
            if (count > 0)
                reply[name] = count;
        }

        return reply;
    }

    private static Regex Pattern(SheetRequest request, string find)
    {
        var text = request.Body.Flag("searchByRegex") ? find : Regex.Escape(find);
        if (request.Body.Flag("matchEntireCell"))
            text = $"^(?:{text})$";
        try
        {
            return new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | (request.Body.Flag("matchCase") ? RegexOptions.None : RegexOptions.IgnoreCase));
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw request.Refuse($"Invalid regular expression: {find}");
        }
    }

    private static JsonObject DeleteDuplicates(SheetRequest request)
    {
        var (grid, range) = request.Range();
        var columns = (request.Body["comparisonColumns"] as JsonArray ?? [])
            .SelectMany(one => Enumerable.Range(one.Number("startIndex") ?? range.Column, Math.Max(0, (one.Number("endIndex") ?? range.EndColumn) - (one.Number("startIndex") ?? range.Column)))).Where(column => column < grid.Info.Columns).ToList();
        if (columns.Count == 0)
            columns = [.. Enumerable.Range(range.Column, range.Columns)];
        var (seen, kept) = (new HashSet<string>(), new List<List<Cell>>());
        var end = Math.Min(range.EndRow, grid.FilledRows);
        for (var row = range.Row; row < end; row++)
        {
            if (seen.Add(string.Join('\u001f', columns.Select(column => request.Book.ValueAt(grid, row, column).AsText().ToUpperInvariant()))))
                kept.Add([.. Enumerable.Range(range.Column, range.Columns).Select(column => grid[row, column])]);
        }

        var removed = Math.Max(0, end - range.Row) - kept.Count;
        for (var row = range.Row; row < end; row++)
        {
            for (var column = range.Column; column < range.EndColumn; column++)
                grid[row, column] = row - range.Row < kept.Count ? kept[row - range.Row][column - range.Column] : Cell.Empty;
        }

        return new JsonObject { ["duplicatesRemovedCount"] = removed };
    }

    private static JsonObject Trim(SheetRequest request)
    {
        var (grid, range) = request.Range();
        var changed = 0;
        foreach (var (row, column, cell) in grid.Filled(range).Where(one => one.Cell.Text is not null).ToList())
        {
            var trimmed = string.Join(' ', cell.Text!.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Trim();
            if (trimmed == cell.Text)
                continue;
            grid[row, column] = cell with { Text = trimmed };
            changed++;
        }

        return new JsonObject { ["cellsChangedCount"] = changed };
    }

    private static JsonObject Split(SheetRequest request)
    {
        var (grid, range) = request.Range("source");
        if (range.Columns != 1)
            throw request.Refuse("The source must be one column.");
        var delimiter = request.Body.Text("delimiterType") switch
        {
            "SEMICOLON" => ";",
            "PERIOD" => ".",
            "SPACE" => " ",
            "CUSTOM" => request.Body.Text("delimiter") is { Length: > 0 } own ? own : throw request.Refuse("No delimiter specified."),
            _ => ",",
        };
        foreach (var (row, column, cell) in grid.Filled(range).Where(one => one.Cell.Text is not null).ToList())
        {
            var parts = cell.Text!.Split(delimiter);
            grid.Grow(0, column + parts.Length);
            foreach (var (right, part) in parts.Index())
                grid[row, column + right] = grid[row, column + right].WithValueOf(UserEntry.Read(part.Trim()));
        }

        return [];
    }
}
