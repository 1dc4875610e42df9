using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors.Google.Sheets.Requests;

namespace Patchbay.Sandbox.Vendors.Google.Sheets.Methods;

/// <summary>spreadsheets.get, getByDataFilter, batchUpdate and sheets.copyTo.</summary>
internal sealed class SpreadsheetMethods : ISheetsMethods
{
    public IEnumerable<SheetsMethod> Methods =>
    [
        new("GET", "/{id}", "SpreadsheetsService.GetSpreadsheet", false, Get),
        new("POST", "/{id}:getByDataFilter", "SpreadsheetsService.GetSpreadsheetByDataFilter", false, GetByFilter),
        new("POST", "/{id}:batchUpdate", "SpreadsheetsService.BatchUpdateSpreadsheet", true, BatchUpdate),
    ];

    private static GoogleAnswer Get(SheetsCall call, Workbook book)
    {
        var ranges = call.QueryList("ranges").Select(range => RangeFinder.Find(book, range)).ToList();
        return GoogleAnswer.Ok(SheetsShapes.Book(book, book.Title, ranges, WithCells(call, call.Flag("includeGridData"))));
    }

    private static GoogleAnswer GetByFilter(SheetsCall call, Workbook book) =>
        GoogleAnswer.Ok(SheetsShapes.Book(book, book.Title, [.. Filtered(book, call.Body).Select(one => one.Found)], WithCells(call, call.Body.Flag("includeGridData"))));

    private static GoogleAnswer BatchUpdate(SheetsCall call, Workbook book)
    {
        if (call.Body["requests"] is not JsonArray { Count: > 0 } requests)
            throw SheetsErrors.Invalid("Must specify at least one request.");
        var replies = new JsonArray();
        foreach (var (index, request) in requests.Index())
            replies.Add(SheetRequests.Run(book, request, index));
        var reply = new JsonObject { ["spreadsheetId"] = call.Id, ["replies"] = replies };
        if (call.Body.Flag("includeSpreadsheetInResponse"))
        {
            var ranges = call.Body.Texts("responseRanges").Select(range => RangeFinder.Find(book, range)).ToList();
            reply["updatedSpreadsheet"] = SheetsShapes.Book(book, book.Title, ranges, call.Body.Flag("responseIncludeGridData"));
        }

        return GoogleAnswer.Ok(reply);
    }

    /// <summary>The ranges that data filters name.</summary>
    public static List<(RangeFinder.Found Found, JsonNode Filter)> Filtered(Workbook book, JsonObject body) =>
    [
        .. (body["dataFilters"] as JsonArray ?? []).OfType<JsonObject>().Select(filter =>
        {
            if (filter.Text("a1Range") is { } range)
                return (RangeFinder.Find(book, range), (JsonNode)filter);
            if (filter["gridRange"] is JsonObject place && book.Grid(place.Number("sheetId") ?? 0) is { } grid)
                return (new RangeFinder.Found(grid, GridRanges.Clip(place, grid.Info), false), filter);
            throw SheetsErrors.Invalid("Invalid dataFilter: neither a known range nor a known sheet.");
        }),
    ];

    /// <summary>A mask that reaches the cells asks for them, whatever includeGridData says.</summary>
    private static bool WithCells(SheetsCall call, bool asked)
    {
        if (call.Query("fields") is not { Length: > 0 } mask || GoogleFields.Parse(mask) is not { } fields)
            return asked;
        return fields.Below("sheets") is { } sheets && (!sheets.Names.Any() || sheets.Below("data") is not null);
    }
}
