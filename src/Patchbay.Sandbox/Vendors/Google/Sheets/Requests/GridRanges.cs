using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Google.Sheets.Requests;

/// <summary>GridRange, DimensionRange and GridCoordinate: places as requests name them, from 0 and with exclusive ends.</summary>
internal static class GridRanges
{
    /// <summary>Within the sheet; ends left out go to its edge.</summary>
    public static CellRange Clip(JsonNode? range, SheetInfo sheet)
    {
        var row = Math.Clamp(range.Number("startRowIndex") ?? 0, 0, sheet.Rows);
        var column = Math.Clamp(range.Number("startColumnIndex") ?? 0, 0, sheet.Columns);
        return new CellRange(row, column, Math.Clamp(range.Number("endRowIndex") ?? sheet.Rows, row, sheet.Rows), Math.Clamp(range.Number("endColumnIndex") ?? sheet.Columns, column, sheet.Columns));
    }

    public static JsonObject Shape(int sheetId, CellRange range) => new()
    {
        ["sheetId"] = sheetId,
        ["startRowIndex"] = range.Row,
        ["endRowIndex"] = range.EndRow,
        ["startColumnIndex"] = range.Column,
        ["endColumnIndex"] = range.EndColumn,
    };
}
