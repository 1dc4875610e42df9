using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors.Google.Sheets.Values;

namespace Patchbay.Sandbox.Vendors.Google.Sheets.Methods;

/// <summary>spreadsheets.values.*.</summary>
internal sealed class ValueMethods : ISheetsMethods
{
    public IEnumerable<SheetsMethod> Methods =>
    [
        new("GET", "/{id}/values/{range}", "SpreadsheetsService.GetValues", false, Get),
        new("GET", "/{id}/values:batchGet", "SpreadsheetsService.BatchGetValues", false, BatchGet),
        new("PUT", "/{id}/values/{range}", "SpreadsheetsService.UpdateValues", true, Update),
        new("POST", "/{id}/values/{range}:append", "SpreadsheetsService.AppendValues", true, Append),
        new("POST", "/{id}/values/{range}:clear", "SpreadsheetsService.ClearValues", true, Clear),
        new("POST", "/{id}/values:batchUpdate", "SpreadsheetsService.BatchUpdateValues", true, BatchUpdate),
        new("POST", "/{id}/values:batchClear", "SpreadsheetsService.BatchClearValues", true, BatchClear),
        new("POST", "/{id}/values:batchGetByDataFilter", "SpreadsheetsService.BatchGetValuesByDataFilter", false, BatchGetByFilter),
    ];

    private static GoogleAnswer Get(SheetsCall call, Workbook book)
    {
        var found = RangeFinder.Find(book, call.Range);
        return GoogleAnswer.Ok(ShownValues.Shape(book, found.Grid, found.Range, Rendered(call)));
    }

    private static GoogleAnswer BatchGet(SheetsCall call, Workbook book)
    {
        var rendering = Rendered(call);
        var found = call.QueryList("ranges").Select(range => RangeFinder.Find(book, range)).ToList();
        return GoogleAnswer.Ok(new JsonObject
        {
            ["spreadsheetId"] = call.Id,
            ["valueRanges"] = new JsonArray([.. found.Select(one => (JsonNode)ShownValues.Shape(book, one.Grid, one.Range, rendering))]),
        });
    }

    private static GoogleAnswer BatchGetByFilter(SheetsCall call, Workbook book)
    {
        var rendering = Rendering.Read(call.Body.Text("valueRenderOption"), call.Body.Text("dateTimeRenderOption"), call.Body.Text("majorDimension"));
        return GoogleAnswer.Ok(new JsonObject
        {
            ["spreadsheetId"] = call.Id,
            ["valueRanges"] = new JsonArray([.. SpreadsheetMethods.Filtered(book, call.Body).Select(one => (JsonNode)new JsonObject
            {
                ["valueRange"] = ShownValues.Shape(book, one.Found.Grid, one.Found.Range, rendering),
                ["dataFilters"] = new JsonArray(one.Filter.DeepClone()),
            })]),
        });
    }

    private static GoogleAnswer Update(SheetsCall call, Workbook book)
    {
        SameRange(call);
        return GoogleAnswer.Ok(Write(call, book, RangeFinder.Find(book, call.Range), call.Body, UserEntered(call.Query("valueInputOption")),
            call.Flag("includeValuesInResponse") ? Rendering.Read(call.Query("responseValueRenderOption"), call.Query("responseDateTimeRenderOption"), call.Body.Text("majorDimension")) : null));
    }

    private static GoogleAnswer BatchUpdate(SheetsCall call, Workbook book)
    {
        var entered = UserEntered(call.Body.Text("valueInputOption"));
        var rendering = call.Body.Flag("includeValuesInResponse") ? Rendering.Read(call.Body.Text("responseValueRenderOption"), call.Body.Text("responseDateTimeRenderOption"), null) : null;
        var responses = new JsonArray();
        var sheets = new HashSet<int>();
        foreach (var data in (call.Body["data"] as JsonArray ?? []).OfType<JsonObject>())
        {
            var found = RangeFinder.Find(book, data.Text("range") ?? throw SheetsErrors.Range(""));
            sheets.Add(found.Grid.Info.SheetId);
            responses.Add(Write(call, book, found, data, entered, rendering));
        }

        return GoogleAnswer.Ok(new JsonObject
        {
            ["spreadsheetId"] = call.Id,
            ["totalUpdatedRows"] = responses.Sum(one => one.Number("updatedRows") ?? 0),
            ["totalUpdatedColumns"] = responses.Sum(one => one.Number("updatedColumns") ?? 0),
            ["totalUpdatedCells"] = responses.Sum(one => one.Number("updatedCells") ?? 0),
            ["totalUpdatedSheets"] = sheets.Count,
            ["responses"] = responses,
        });
    }

    private static GoogleAnswer Append(SheetsCall call, Workbook book)
    {
        SameRange(call);
        var insert = call.Query("insertDataOption");
        if (insert is not ("" or "OVERWRITE" or "INSERT_ROWS"))
            throw SheetsErrors.Invalid($"Invalid value at 'insert_data_option' (type.googleapis.com/google.apps.sheets.v4.AppendValuesRequest.InsertDataOption), \"{insert}\"");
        var entered = UserEntered(call.Query("valueInputOption"));
        var found = RangeFinder.Find(book, call.Range);
        var cells = EnteredValues.Read(call.Body["values"], call.Body.Text("majorDimension"), entered);
        var table = RangeFinder.Table(found.Grid, found.Range);
        var (row, column) = table is { } block ? (block.EndRow, block.Column) : (found.Range.Row, found.Range.Column);
        var rendering = call.Flag("includeValuesInResponse") ? Rendering.Read(call.Query("responseValueRenderOption"), call.Query("responseDateTimeRenderOption"), null) : null;

        var grid = found.Grid;
        if (insert == "INSERT_ROWS" && table is not null && cells.Count > 0)
        {
            var needed = cells.Count;
            if (row < grid.Info.Rows)
            {
                grid.Shift(true, row, needed);
                var title = grid.Info.Title;
                book.EachFormula((own, formula) => Formulas.FormulaShift.Inserted(formula, own.Title, title, true, row, needed));
            }
        }

        grid.Grow(row + cells.Count, 0);
        var updates = Put(call, book, new RangeFinder.Found(grid, new CellRange(row, column, row + 1, column + 1), true), cells, rendering);
        var reply = new JsonObject { ["spreadsheetId"] = call.Id };
        if (table is { } above)
            reply["tableRange"] = A1.Text(grid.Info.Title, above);
        reply["updates"] = updates;
        return GoogleAnswer.Ok(reply);
    }

    private static GoogleAnswer Clear(SheetsCall call, Workbook book) => GoogleAnswer.Ok(new JsonObject
    {
        ["spreadsheetId"] = call.Id,
        ["clearedRange"] = Clear(book, RangeFinder.Find(book, call.Range)),
    });

    private static GoogleAnswer BatchClear(SheetsCall call, Workbook book) => GoogleAnswer.Ok(new JsonObject
    {
        ["spreadsheetId"] = call.Id,
        ["clearedRanges"] = new JsonArray([.. call.Body.Texts("ranges").Select(range => (JsonNode)Clear(book, RangeFinder.Find(book, range)))]),
    });

    private static string Clear(Workbook book, RangeFinder.Found found)
    {
        foreach (var (row, column, cell) in found.Grid.Filled(found.Range).ToList())
            found.Grid[row, column] = cell.WithoutValue();
        book.Forget();
        return A1.Text(found.Grid.Info.Title, found.Range);
    }

    private static JsonObject Write(SheetsCall call, Workbook book, RangeFinder.Found found, JsonObject data, bool entered, Rendering? rendering)
    {
        var cells = EnteredValues.Read(data["values"], data.Text("majorDimension"), entered);
        var (rows, columns) = Size(cells);
        // One cell names a corner to begin at; two corners are a border.
        if (!found.Single)
        {
            var named = A1.Text(found.Grid.Info.Title, found.Range);
            if (rows > found.Range.Rows)
                throw SheetsErrors.Invalid($"Requested writing within range [{named}], but tried writing to row [{found.Range.EndRow + 1}]");
            if (columns > found.Range.Columns)
                throw SheetsErrors.Invalid($"Requested writing within range [{named}], but tried writing to column [{A1.Column(found.Range.EndColumn)}]");
        }

        return Put(call, book, found, cells, rendering);
    }

    private static JsonObject Put(SheetsCall call, Workbook book, RangeFinder.Found found, List<List<Cell?>> cells, Rendering? rendering)
    {
        var (rows, columns) = Size(cells);
        var range = new CellRange(found.Range.Row, found.Range.Column, found.Range.Row + Math.Max(1, rows), found.Range.Column + Math.Max(1, columns));
        if (range.EndColumn > A1.MostColumns || (long)range.EndRow * Math.Max(range.EndColumn, found.Grid.Info.Columns) > 10_000_000)
            throw SheetsErrors.Invalid("This action would increase the number of cells in the workbook above the limit of 10000000 cells.");
        found.Grid.Grow(range.EndRow, range.EndColumn);
        var written = EnteredValues.Write(found.Grid, range.Row, range.Column, cells);
        book.Forget();
        var reply = new JsonObject { ["spreadsheetId"] = call.Id, ["updatedRange"] = A1.Text(found.Grid.Info.Title, rows == 0 ? found.Range : range) };
        if (written > 0)
        {
            reply["updatedRows"] = rows;
            reply["updatedColumns"] = columns;
            reply["updatedCells"] = written;
        }

        if (rendering is not null)
            reply["updatedData"] = ShownValues.Shape(book, found.Grid, range, rendering);
        return reply;
    }

    private static (int Rows, int Columns) Size(List<List<Cell?>> cells) => (cells.Count, cells.Select(row => row.Count).DefaultIfEmpty().Max());

    private static Rendering Rendered(SheetsCall call) => Rendering.Read(call.Query("valueRenderOption"), call.Query("dateTimeRenderOption"), call.Query("majorDimension"));

    private static bool UserEntered(string? option) => option switch
    {
        "RAW" => false,
        "USER_ENTERED" => true,
        null or "" or "INPUT_VALUE_OPTION_UNSPECIFIED" => throw SheetsErrors.Invalid("'valueInputOption' is required but not specified"),
        _ => throw SheetsErrors.Invalid($"Invalid value at 'value_input_option' (type.googleapis.com/google.apps.sheets.v4.ValueInputOption), \"{option}\""),
    };

    /// <summary>A body that names a range must name the path's.</summary>
    private static void SameRange(SheetsCall call)
    {
        if (call.Body.Text("range") is { Length: > 0 } named && !string.Equals(named, call.Range, StringComparison.OrdinalIgnoreCase))
            throw SheetsErrors.Invalid($"Requested writing within range [{call.Range}], but the range of the body is [{named}]");
    }
}
