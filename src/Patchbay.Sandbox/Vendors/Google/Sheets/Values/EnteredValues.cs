using System.Text.Json;
using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.Google.Sheets.Values;

/// <summary>The two-dimensional "values" of a request.</summary>
internal static class EnteredValues
{
    /// <summary>
    /// Cells row by row; null leaves what is there. Throws Sheets' refusal when an item is neither text, number nor boolean.
    /// </summary>
    public static List<List<Cell?>> Read(JsonNode? values, string? majorDimension, bool userEntered)
    {
        if (majorDimension is not (null or "ROWS" or "COLUMNS" or "DIMENSION_UNSPECIFIED"))
            throw SheetsErrors.Invalid($"Invalid value at 'data.major_dimension' (type.googleapis.com/google.apps.sheets.v4.Dimension), \"{majorDimension}\"");
        if (values is null)
            return [];
        if (values is not JsonArray lines)
            throw SheetsErrors.Invalid("Invalid value at 'data.values' (type.googleapis.com/google.protobuf.ListValue)");
        var read = new List<List<Cell?>>();
        foreach (var (index, line) in lines.Index())
        {
            if (line is not JsonArray items)
                throw SheetsErrors.Invalid($"Invalid value at 'data.values[{index}]' (type.googleapis.com/google.protobuf.ListValue), {line?.ToJsonString() ?? "null"}");
            read.Add([.. items.Select((item, column) => One(item, userEntered, index, column))]);
        }

        return majorDimension == "COLUMNS" ? Turned(read) : read;
    }

    private static Cell? One(JsonNode? item, bool userEntered, int row, int column) => item?.GetValueKind() switch
    {
        null or JsonValueKind.Null => null,
        JsonValueKind.String => item.GetValue<string>() is var text && userEntered ? UserEntry.Read(text) : text.Length == 0 ? Cell.Empty : new Cell { Text = text },
        JsonValueKind.Number => new Cell { Number = item.GetValue<double>() },
        JsonValueKind.True or JsonValueKind.False => new Cell { Flag = item.GetValue<bool>() },
        JsonValueKind.Object => throw SheetsErrors.Invalid($"Invalid values[{row}][{column}]: struct_value {item.ToJsonString()}"),
        _ => throw SheetsErrors.Invalid($"Invalid values[{row}][{column}]: list_value {item!.ToJsonString()}"),
    };

    private static List<List<Cell?>> Turned(List<List<Cell?>> columns)
    {
        var rows = new List<List<Cell?>>();
        for (var row = 0; row < columns.Select(column => column.Count).DefaultIfEmpty().Max(); row++)
            rows.Add([.. columns.Select(column => row < column.Count ? column[row] : null)]);
        return rows;
    }

    /// <summary>Puts cells into a sheet from a corner on; formats stay unless a new value brings a number format and the cell has none.</summary>
    /// <returns>How many cells were written.</returns>
    public static int Write(SheetGrid grid, int row, int column, List<List<Cell?>> cells)
    {
        var written = 0;
        foreach (var (down, line) in cells.Index())
        {
            foreach (var (right, cell) in line.Index())
            {
                if (cell is null)
                    continue;
                var old = grid[row + down, column + right];
                var fresh = old.WithValueOf(cell);
                if (cell.Format is not null && old.Format?["numberFormat"] is null)
                    fresh = fresh with { Format = Calendar.EventBody.Merge((JsonObject?)old.Format?.DeepClone() ?? [], cell.Format) };
                grid[row + down, column + right] = fresh;
                written++;
            }
        }

        return written;
    }
}
