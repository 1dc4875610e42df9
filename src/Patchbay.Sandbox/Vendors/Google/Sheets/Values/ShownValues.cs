using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.Google.Sheets.Values;

/// <summary>How values are to be rendered.</summary>
/// <param name="Render">FORMATTED_VALUE, UNFORMATTED_VALUE or FORMULA.</param>
/// <param name="Dates">SERIAL_NUMBER or FORMATTED_STRING, where values are not formatted anyway.</param>
/// <param name="Columns">Column by column instead of row by row.</param>
internal sealed record Rendering(string Render, string Dates, bool Columns)
{
    /// <summary>Of a call's parameters; throws Sheets' refusal.</summary>
    public static Rendering Read(string? render, string? dates, string? major)
    {
        render = string.IsNullOrEmpty(render) ? "FORMATTED_VALUE" : render;
        dates = string.IsNullOrEmpty(dates) ? "SERIAL_NUMBER" : dates;
        if (render is not ("FORMATTED_VALUE" or "UNFORMATTED_VALUE" or "FORMULA"))
            throw SheetsErrors.Invalid($"Invalid value at 'value_render_option' (type.googleapis.com/google.apps.sheets.v4.ValueRenderOption), \"{render}\"");
        if (dates is not ("SERIAL_NUMBER" or "FORMATTED_STRING"))
            throw SheetsErrors.Invalid($"Invalid value at 'date_time_render_option' (type.googleapis.com/google.apps.sheets.v4.DateTimeRenderOption), \"{dates}\"");
        if (major is not (null or "" or "ROWS" or "COLUMNS" or "DIMENSION_UNSPECIFIED"))
            throw SheetsErrors.Invalid($"Invalid value at 'major_dimension' (type.googleapis.com/google.apps.sheets.v4.Dimension), \"{major}\"");
        return new Rendering(render, dates, major == "COLUMNS");
    }
}

/// <summary>Ranges as JSON.</summary>
internal static class ShownValues
{
    /// <summary>{range, majorDimension, values}; empty ends are left out, and so is "values" when there is nothing.</summary>
    public static JsonObject Shape(Workbook book, SheetGrid grid, CellRange range, Rendering rendering)
    {
        var lines = new List<JsonArray>();
        var filled = Math.Min(range.EndRow, grid.FilledRows);
        if (rendering.Columns)
        {
            for (var column = range.Column; column < range.EndColumn; column++)
                lines.Add(Trimmed(Enumerable.Range(range.Row, Math.Max(0, filled - range.Row)).Select(row => One(book, grid, row, column, rendering))));
        }
        else
        {
            for (var row = range.Row; row < filled; row++)
                lines.Add(Trimmed(Enumerable.Range(range.Column, range.Columns).Select(column => One(book, grid, row, column, rendering))));
        }

        while (lines.Count > 0 && lines[^1].Count == 0)
            lines.RemoveAt(lines.Count - 1);
        var shape = new JsonObject { ["range"] = A1.Text(grid.Info.Title, range), ["majorDimension"] = rendering.Columns ? "COLUMNS" : "ROWS" };
        if (lines.Count > 0)
            shape["values"] = new JsonArray([.. lines]);
        return shape;
    }

    public static JsonNode One(Workbook book, SheetGrid grid, int row, int column, Rendering rendering)
    {
        var cell = grid[row, column];
        if (rendering.Render == "FORMULA" && cell.Formula is not null)
            return cell.Formula;
        var value = book.ValueAt(grid, row, column);
        if (rendering.Render == "FORMATTED_VALUE")
            return Workbook.Shown(cell, value);
        return value.Kind switch
        {
            ValueKind.Number when rendering.Dates == "FORMATTED_STRING" && (Workbook.PatternOf(cell) ?? value.Pattern) is { } pattern && NumberFormat.IsMoment(pattern) => NumberFormat.Show(value.Number, pattern),
            ValueKind.Number => Number(value.Number),
            ValueKind.Flag => value.Flag,
            _ => value.AsText(),
        };
    }

    /// <summary>Whole numbers without a fraction, as JavaScript writes them.</summary>
    public static JsonNode Number(double number) => number == Math.Truncate(number) && Math.Abs(number) < 1e15 ? (long)number : number;

    private static JsonArray Trimmed(IEnumerable<JsonNode> values)
    {
        var list = values.ToList();
        while (list.Count > 0 && list[^1] is JsonValue last && last.TryGetValue<string>(out var text) && text.Length == 0)
            list.RemoveAt(list.Count - 1);
        return new JsonArray([.. list]);
    }
}
