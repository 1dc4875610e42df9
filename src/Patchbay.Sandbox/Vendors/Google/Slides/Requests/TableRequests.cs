using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Google.Slides.Requests;

/// <summary>Rows, columns and cells of tables.</summary>
internal static class TableRequests
{
    private const double RowHeight = 400_000;

    public static IEnumerable<KeyValuePair<string, Func<SlideRequest, JsonObject>>> All =>
    [
        new("insertTableRows", request => Insert(request, rows: true)),
        new("insertTableColumns", request => Insert(request, rows: false)),
        new("deleteTableRow", request => Delete(request, rows: true)),
        new("deleteTableColumn", request => Delete(request, rows: false)),
        new("updateTableCellProperties", CellProperties),
        new("updateTableBorderProperties", request => Table(request, request.Element().Element) is null ? [] : []),
        new("updateTableColumnProperties", request => Sized(request, rows: false)),
        new("updateTableRowProperties", request => Sized(request, rows: true)),
        new("mergeTableCells", Merge),
        new("unmergeTableCells", Unmerge),
    ];

    public static JsonObject Empty(int rows, int columns, double width)
    {
        var table = new JsonObject
        {
            ["rows"] = rows,
            ["columns"] = columns,
            ["tableRows"] = new JsonArray([.. Enumerable.Range(0, rows).Select(_ => (JsonNode)Row(columns))]),
            ["tableColumns"] = new JsonArray([.. Enumerable.Range(0, columns).Select(_ => (JsonNode)new JsonObject { ["columnWidth"] = DeckTemplate.Length(width) })]),
        };
        Number(table);
        return table;
    }

    /// <summary>The cell at a location; of a merged block the one that shows.</summary>
    public static JsonObject Cell(SlideRequest request, JsonObject element, JsonObject location)
    {
        var table = Table(request, element);
        var (row, column) = (location.Number("rowIndex") ?? 0, location.Number("columnIndex") ?? 0);
        return row >= 0 && row < Rows(table).Count && column >= 0 && column < table.Number("columns")
            ? (JsonObject)Rows(table)[row]!["tableCells"]![column]!
            : throw request.Refuse($"The cell location ({row}, {column}) is outside the table.");
    }

    private static JsonObject Table(SlideRequest request, JsonObject element) => element["table"] as JsonObject ?? throw request.Refuse($"The object ({element.Text("objectId")}) is not a table.");

    private static JsonArray Rows(JsonObject table) => table["tableRows"]!.AsArray();

    private static JsonObject Row(int columns) => new()
    {
        ["rowHeight"] = DeckTemplate.Length(RowHeight),
        ["tableCells"] = new JsonArray([.. Enumerable.Range(0, columns).Select(_ => (JsonNode)new JsonObject())]),
    };

    private static JsonObject Insert(SlideRequest request, bool rows)
    {
        var table = Table(request, request.Element("tableObjectId").Element);
        var place = request.Body["cellLocation"] as JsonObject;
        var number = request.Body.Number("number") is > 0 and <= 20 and var given ? given : throw request.Refuse("number must be between 1 and 20.");
        var at = (place.Number(rows ? "rowIndex" : "columnIndex") ?? 0) + (request.Body.Flag(rows ? "insertBelow" : "insertRight") ? 1 : 0);
        var size = rows ? Rows(table).Count : table.Number("columns") ?? 0;
        if (at < 0 || at > size)
            throw request.Refuse("The cell location is outside the table.");
        for (var count = 0; count < number; count++)
        {
            if (rows)
            {
                Rows(table).Insert(at, Row(table.Number("columns") ?? 0));
                continue;
            }

            foreach (var row in Rows(table))
                row!["tableCells"]!.AsArray().Insert(at, new JsonObject());
            table["tableColumns"]!.AsArray().Insert(at, new JsonObject { ["columnWidth"] = DeckTemplate.Length(1_000_000) });
        }

        Number(table);
        return [];
    }

    private static JsonObject Delete(SlideRequest request, bool rows)
    {
        var (element, list, _) = request.Element("tableObjectId");
        var table = Table(request, element);
        var at = (request.Body["cellLocation"] as JsonObject).Number(rows ? "rowIndex" : "columnIndex") ?? 0;
        var size = rows ? Rows(table).Count : table.Number("columns") ?? 0;
        if (at < 0 || at >= size)
            throw request.Refuse("The cell location is outside the table.");
        if (size == 1)
        {
            list.Remove(element); // a table without cells is none
            return [];
        }

        if (rows)
        {
            Rows(table).RemoveAt(at);
        }
        else
        {
            foreach (var row in Rows(table))
                row!["tableCells"]!.AsArray().RemoveAt(at);
            table["tableColumns"]!.AsArray().RemoveAt(at);
        }

        Number(table);
        return [];
    }

    private static JsonObject CellProperties(SlideRequest request)
    {
        var fields = request.Fields();
        foreach (var cell in Within(request))
            cell["tableCellProperties"] = GoogleUpdateMask.Apply((JsonObject?)cell["tableCellProperties"]?.DeepClone() ?? [], request.Body["tableCellProperties"] as JsonObject, fields);
        return [];
    }

    private static JsonObject Sized(SlideRequest request, bool rows)
    {
        var table = Table(request, request.Element().Element);
        var fields = request.Fields();
        var indices = (request.Body[rows ? "rowIndices" : "columnIndices"] as JsonArray ?? []).Select(index => index?.GetValueKind() == System.Text.Json.JsonValueKind.Number ? index.GetValue<int>() : -1).ToList();
        var lines = rows ? Rows(table) : table["tableColumns"]!.AsArray();
        foreach (var index in indices.Count > 0 ? indices : Enumerable.Range(0, lines.Count))
        {
            if (index < 0 || index >= lines.Count)
                throw request.Refuse("An index is outside the table.");
            if (!rows && fields.Below("columnWidth") is not null && request.Body["tableColumnProperties"]?["columnWidth"] is JsonObject width)
                lines[index]!["columnWidth"] = SlideRequest.Emu(width);
            if (rows && fields.Below("minRowHeight") is not null && request.Body["tableRowProperties"]?["minRowHeight"] is JsonObject height)
                lines[index]!["rowHeight"] = SlideRequest.Emu(height);
        }

        return [];
    }

    private static JsonObject Merge(SlideRequest request)
    {
        var cells = Within(request).ToList();
        var range = request.Body["tableRange"] as JsonObject;
        cells[0]["rowSpan"] = range.Number("rowSpan") ?? 1;
        cells[0]["columnSpan"] = range.Number("columnSpan") ?? 1;
        var words = string.Join('\n', cells.Select(cell => SlideText.Read(cell["text"] as JsonObject).Plain).Where(text => text.Length > 0));
        foreach (var cell in cells.Skip(1))
            cell.Remove("text");
        cells[0].Remove("text");
        var text = SlideText.Read(null);
        text.Insert(0, words);
        TextRequests.Put(cells[0], text);
        return [];
    }

    private static JsonObject Unmerge(SlideRequest request)
    {
        foreach (var cell in Within(request))
        {
            cell["rowSpan"] = 1;
            cell["columnSpan"] = 1;
        }

        return [];
    }

    private static IEnumerable<JsonObject> Within(SlideRequest request)
    {
        var element = request.Element().Element;
        var table = Table(request, element);
        var range = request.Body["tableRange"] as JsonObject;
        var start = range?["location"] as JsonObject ?? [];
        var (rows, columns) = range is null ? (Rows(table).Count, table.Number("columns") ?? 0) : (range.Number("rowSpan") ?? 1, range.Number("columnSpan") ?? 1);
        if (rows < 1 || columns < 1 || rows > Rows(table).Count || columns > table.Number("columns"))
            throw request.Refuse("The table range is outside the table.");
        return [.. from row in Enumerable.Range(0, rows) from column in Enumerable.Range(0, columns) select Cell(request, element, new JsonObject { ["rowIndex"] = (start.Number("rowIndex") ?? 0) + row, ["columnIndex"] = (start.Number("columnIndex") ?? 0) + column })];
    }

    private static void Number(JsonObject table)
    {
        table["rows"] = Rows(table).Count;
        table["columns"] = table["tableColumns"]!.AsArray().Count;
        foreach (var (row, line) in Rows(table).Index())
        {
            foreach (var (column, cell) in line!["tableCells"]!.AsArray().Index())
            {
                cell!["location"] = new JsonObject { ["rowIndex"] = row, ["columnIndex"] = column };
                cell.AsObject().TryAdd("rowSpan", 1);
                cell.AsObject().TryAdd("columnSpan", 1);
                cell.AsObject().TryAdd("tableCellProperties", new JsonObject());
            }
        }
    }
}
