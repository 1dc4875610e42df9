using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors.Google.Sheets.Values;

namespace Patchbay.Sandbox.Vendors.Google.Sheets;

/// <summary>Spreadsheets as JSON.</summary>
internal static class SheetsShapes
{
    private const int RowHeight = 21;
    private const int ColumnWidth = 100;

    /// <param name="book">Which.</param>
    /// <param name="title">Of the Drive file.</param>
    /// <param name="ranges">Only these, when there are any.</param>
    /// <param name="withCells">Grid data too.</param>
    public static JsonObject Book(Workbook book, string title, IReadOnlyList<RangeFinder.Found> ranges, bool withCells)
    {
        var sheets = book.Sheets.Select((sheet, index) => (sheet, index)).Where(one => ranges.Count == 0 || ranges.Any(range => range.Grid.Info.SheetId == one.sheet.SheetId));
        var shape = new JsonObject
        {
            ["spreadsheetId"] = book.Book.Id,
            ["properties"] = new JsonObject
            {
                ["title"] = title,
                ["locale"] = book.Book.Locale,
                ["autoRecalc"] = "ON_CHANGE",
                ["timeZone"] = book.Book.TimeZone,
                ["defaultFormat"] = DefaultFormat(),
            },
            ["sheets"] = new JsonArray([.. sheets.Select(one => (JsonNode)Sheet(book, one.sheet, one.index, ranges, withCells))]),
        };
        if (book.Book.NamedRanges.Count > 0)
            shape["namedRanges"] = book.Book.NamedRanges.DeepClone();
        shape["spreadsheetUrl"] = $"https://docs.google.com/spreadsheets/d/{book.Book.Id}/edit";
        return shape;
    }

    public static JsonObject Properties(SheetInfo sheet, int index)
    {
        var grid = new JsonObject { ["rowCount"] = sheet.Rows, ["columnCount"] = sheet.Columns };
        if (sheet.FrozenRows > 0)
            grid["frozenRowCount"] = sheet.FrozenRows;
        if (sheet.FrozenColumns > 0)
            grid["frozenColumnCount"] = sheet.FrozenColumns;
        if (sheet.HideGridlines)
            grid["hideGridlines"] = true;
        var shape = new JsonObject { ["sheetId"] = sheet.SheetId, ["title"] = sheet.Title, ["index"] = index, ["sheetType"] = "GRID", ["gridProperties"] = grid };
        if (sheet.Hidden)
            shape["hidden"] = true;
        if (sheet.TabColor is not null)
        {
            shape["tabColor"] = sheet.TabColor.DeepClone();
            shape["tabColorStyle"] = new JsonObject { ["rgbColor"] = sheet.TabColor.DeepClone() };
        }

        if (sheet.RightToLeft)
            shape["rightToLeft"] = true;
        return shape;
    }

    private static JsonObject Sheet(Workbook book, SheetInfo sheet, int index, IReadOnlyList<RangeFinder.Found> ranges, bool withCells)
    {
        var shape = new JsonObject { ["properties"] = Properties(sheet, index) };
        if (withCells && book.Grid(sheet.SheetId) is { } grid)
        {
            var wanted = ranges.Where(range => range.Grid.Info.SheetId == sheet.SheetId).Select(range => range.Range).DefaultIfEmpty(grid.Whole);
            shape["data"] = new JsonArray([.. wanted.Select(range => (JsonNode)Data(book, grid, range))]);
        }

        if (sheet.Merges.Count > 0)
            shape["merges"] = new JsonArray([.. sheet.Merges.Select(merge => (JsonNode)Requests.GridRanges.Shape(sheet.SheetId, merge))]);
        foreach (var (name, extra) in sheet.Extras)
        {
            if (extra is JsonObject or JsonArray { Count: > 0 })
                shape[name] = extra.DeepClone();
        }

        return shape;
    }

    private static JsonObject Data(Workbook book, SheetGrid grid, CellRange range)
    {
        var shape = new JsonObject();
        if (range.Row > 0)
            shape["startRow"] = range.Row;
        if (range.Column > 0)
            shape["startColumn"] = range.Column;
        var rows = grid.Rows.Where(row => row.Key >= range.Row && row.Key < range.EndRow).ToDictionary(row => row.Key, row => row.Value);
        var last = rows.Count == 0 ? range.Row : rows.Keys.Max() + 1;
        var data = new JsonArray();
        for (var row = range.Row; row < last; row++)
        {
            var line = new JsonObject();
            var end = rows.TryGetValue(row, out var cells) ? cells.Keys.Where(column => column < range.EndColumn).DefaultIfEmpty(-1).Max() + 1 : 0;
            if (end > range.Column)
                line["values"] = new JsonArray([.. Enumerable.Range(range.Column, end - range.Column).Select(column => (JsonNode)Cell(book, grid, row, column))]);
            data.Add(line);
        }

        if (data.Count > 0)
            shape["rowData"] = data;
        shape["rowMetadata"] = Metadata(grid.Info.RowMetadata, range.Row, Math.Min(range.EndRow, Math.Max(last, range.Row)), RowHeight);
        shape["columnMetadata"] = Metadata(grid.Info.ColumnMetadata, range.Column, range.EndColumn, ColumnWidth);
        return shape;
    }

    private static JsonArray Metadata(IReadOnlyDictionary<int, JsonObject> known, int from, int to, int size) =>
        new([.. Enumerable.Range(from, Math.Max(0, to - from)).Select(index => (JsonNode)(known.TryGetValue(index, out var own)
            ? Calendar.EventBody.Merge(new JsonObject { ["pixelSize"] = size }, own)
            : new JsonObject { ["pixelSize"] = size }))]);

    public static JsonObject Cell(Workbook book, SheetGrid grid, int row, int column)
    {
        var cell = grid[row, column];
        var shape = new JsonObject();
        if (cell.HasValue)
        {
            var value = book.ValueAt(grid, row, column);
            shape["userEnteredValue"] = cell.Formula is not null ? new JsonObject { ["formulaValue"] = cell.Formula } : Extended(value);
            shape["effectiveValue"] = Extended(value);
            shape["formattedValue"] = Workbook.Shown(cell, value);
            if (cell.Format is null && value.Pattern is not null)
                shape["effectiveFormat"] = UserEntry.Format(value.Pattern);
        }

        if (cell.Format is not null)
        {
            shape["userEnteredFormat"] = cell.Format.DeepClone();
            shape["effectiveFormat"] = Calendar.EventBody.Merge(DefaultFormat(), cell.Format);
        }

        if (cell.Note is not null)
            shape["note"] = cell.Note;
        if (cell.Validation is not null)
            shape["dataValidation"] = cell.Validation.DeepClone();
        return shape;
    }

    private static JsonObject Extended(CellValue value) => value.Kind switch
    {
        ValueKind.Number => new JsonObject { ["numberValue"] = ShownValues.Number(value.Number) },
        ValueKind.Flag => new JsonObject { ["boolValue"] = value.Flag },
        ValueKind.Error => new JsonObject { ["errorValue"] = new JsonObject { ["type"] = value.Error!.Type, ["message"] = value.Error.Message } },
        _ => new JsonObject { ["stringValue"] = value.Text },
    };

    private static JsonObject DefaultFormat() => new()
    {
        ["backgroundColor"] = new JsonObject { ["red"] = 1, ["green"] = 1, ["blue"] = 1 },
        ["padding"] = new JsonObject { ["top"] = 2, ["right"] = 3, ["bottom"] = 2, ["left"] = 3 },
        ["verticalAlignment"] = "BOTTOM",
        ["wrapStrategy"] = "OVERFLOW_CELL",
        ["textFormat"] = new JsonObject
        {
            ["foregroundColor"] = new JsonObject(),
            ["fontFamily"] = "Arial",
            ["fontSize"] = 10,
            ["bold"] = false,
            ["italic"] = false,
            ["strikethrough"] = false,
            ["underline"] = false,
        },
    };
}
