using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Google.Sheets.Requests;

/// <summary>One request of a batchUpdate, with its place in the batch for the words of a refusal.</summary>
/// <param name="Book">What it changes.</param>
/// <param name="Kind">Such as addSheet.</param>
/// <param name="Body">What stands under that name.</param>
/// <param name="Index">From 0.</param>
internal sealed record SheetRequest(Workbook Book, string Kind, JsonObject Body, int Index)
{
    public GoogleRefusalException Refuse(string message) => SheetsErrors.Invalid($"Invalid requests[{Index}].{Kind}: {message}");

    /// <summary>The sheet that a range or dimension names; without a number it is sheet 0.</summary>
    public SheetGrid Grid(JsonNode? place)
    {
        var id = place.Number("sheetId") ?? 0;
        return Book.Grid(id) ?? throw Refuse($"No grid with id: {id}");
    }

    /// <summary>The GridRange under a name, within its sheet.</summary>
    public (SheetGrid Grid, CellRange Range) Range(string name = "range")
    {
        if (Body[name] is not JsonObject place)
            throw Refuse($"No {name} specified.");
        var grid = Grid(place);
        if (place.Number("startRowIndex") > grid.Info.Rows || place.Number("startColumnIndex") > grid.Info.Columns)
            throw Refuse($"range is outside the grid. Max rows: {grid.Info.Rows}, max columns: {grid.Info.Columns}");
        return (grid, GridRanges.Clip(place, grid.Info));
    }

    /// <summary>The DimensionRange under a name.</summary>
    public (SheetGrid Grid, bool Rows, int Start, int End) Dimension(string name = "range")
    {
        if (Body[name] is not JsonObject place)
            throw Refuse($"No {name} specified.");
        var grid = Grid(place);
        var rows = Rows(place.Text("dimension"));
        var size = rows ? grid.Info.Rows : grid.Info.Columns;
        var (start, end) = (place.Number("startIndex") ?? 0, place.Number("endIndex") ?? size);
        if (start < 0 || end <= start)
            throw Refuse($"range.startIndex[{start}] must be less than range.endIndex[{end}]");
        return (grid, rows, start, end);
    }

    public bool Rows(string? dimension) => dimension switch
    {
        "ROWS" => true,
        "COLUMNS" => false,
        _ => throw Refuse("No dimension specified."),
    };

    /// <summary>The update mask, of members below a prefix such as "userEnteredFormat"; "*" is all.</summary>
    public GoogleFields Fields() =>
        Body.Text("fields") is { Length: > 0 } mask ? GoogleFields.Parse(mask) ?? throw Refuse($"Invalid field: {mask}") : throw Refuse("At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)");
}

/// <summary>All kinds of requests, by name.</summary>
internal static class SheetRequests
{
    private static readonly Dictionary<string, Func<SheetRequest, JsonObject>> All = new(
        [.. TabRequests.All, .. CellRequests.All, .. DimensionRequests.All, .. OrderRequests.All, .. ExtraRequests.All]);

    public static IEnumerable<string> Kinds => All.Keys;

    public static JsonNode Run(Workbook book, JsonNode? request, int index)
    {
        if (request is not JsonObject { Count: 1 } map)
            throw SheetsErrors.Invalid(request is JsonObject { Count: > 1 } ? $"Invalid value at 'requests[{index}]' (oneof), oneof field 'kind' is already set." : $"Invalid requests[{index}]: No request set.");
        var (kind, body) = map.First();
        if (!All.TryGetValue(kind, out var run))
            throw SheetsErrors.Invalid($"Invalid JSON payload received. Unknown name \"{kind}\" at 'requests[{index}]': Cannot find field.");
        var typed = new SheetRequest(book, kind, body as JsonObject ?? [], index);
        try
        {
            var reply = run(typed);
            book.Forget();
            return reply.Count == 0 ? reply : new JsonObject { [kind] = reply };
        }
        catch (InvalidOperationException)
        {
            // A JSON tree throws this when text or a list stands where an object belongs.
            throw typed.Refuse("A member has a value of the wrong type.");
        }
    }
}
