using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors.Google.Docs.Model;

namespace Patchbay.Sandbox.Vendors.Google.Docs.Requests;

/// <summary>Tables: made, grown, cut, merged and styled.</summary>
internal sealed class TableRequests : IDocsRequests
{
    private const int MostCells = 20;

    public IEnumerable<DocsRequest> Requests =>
    [
        new("insertTable", ["rows", "columns", "location", "endOfSegmentLocation"], InsertTable),
        new("insertTableRow", ["tableCellLocation", "insertBelow"], InsertRow),
        new("insertTableColumn", ["tableCellLocation", "insertRight"], InsertColumn),
        new("deleteTableRow", ["tableCellLocation"], DeleteRow),
        new("deleteTableColumn", ["tableCellLocation"], DeleteColumn),
        new("mergeTableCells", ["tableRange"], Merge),
        new("unmergeTableCells", ["tableRange"], Unmerge),
        new("updateTableCellStyle", ["tableCellStyle", "fields", "tableRange", "tableStartLocation"], StyleCells),
        new("updateTableRowStyle", ["tableStartLocation", "rowIndices", "tableRowStyle", "fields"], StyleRows),
        new("updateTableColumnProperties", ["tableStartLocation", "columnIndices", "tableColumnProperties", "fields"], StyleColumns),
        new("pinTableHeaderRows", ["tableStartLocation", "pinnedHeaderRowsCount"], PinRows),
    ];

    private static DocsOutcome InsertTable(DocsEdit edit, JsonObject request)
    {
        var (rows, columns) = (DocsEdit.Int(request["rows"]) ?? 0, DocsEdit.Int(request["columns"]) ?? 0);
        if (rows < 1 || columns < 1)
            return DocsOutcome.No("The number of rows and columns must be at least 1.");
        if (columns > MostCells || rows > 1000)
            return DocsOutcome.No($"A table has at most {MostCells} columns.");
        var (segment, index, refusal) = edit.Place(request);
        if (segment is null)
            return DocsOutcome.No(refusal!);
        if (segment.Kind == "footnote")
            return DocsOutcome.No("Tables cannot be inserted in footnotes.");
        var mark = edit.Fresh(segment[segment.ParagraphEnd(index)].Mark!);
        segment.Insert(index, [new DocUnit('\n', DocUnit.Plain, mark), .. DocTable.New(rows, columns)]);
        return DocsOutcome.Done;
    }

    private static DocsOutcome InsertRow(DocsEdit edit, JsonObject request)
    {
        if (Cell(edit, request, out var segment, out var row, out _, out var refusal) is not { } table)
            return DocsOutcome.No(refusal!);
        var at = request.Flag("insertBelow") ? table.Rows[row].End : table.Rows[row].Start;
        segment!.Insert(at, DocTable.NewRow(table.Columns));
        return DocsOutcome.Done;
    }

    private static DocsOutcome InsertColumn(DocsEdit edit, JsonObject request)
    {
        if (Cell(edit, request, out var segment, out _, out var column, out var refusal) is not { } table)
            return DocsOutcome.No(refusal!);
        if (table.Columns >= MostCells)
            return DocsOutcome.No($"A table has at most {MostCells} columns.");
        var right = request.Flag("insertRight");
        // From the last row, so that the places in the rows above stay true.
        foreach (var row in table.Rows.Reverse())
        {
            var cell = row.Cells[Math.Min(column, row.Cells.Count - 1)];
            segment!.Insert(right ? cell.End : cell.Start, DocTable.NewCell());
        }

        Columns(segment!, table, columns => columns.Insert(column + (right ? 1 : 0), new JsonObject()));
        return DocsOutcome.Done;
    }

    private static DocsOutcome DeleteRow(DocsEdit edit, JsonObject request)
    {
        if (Cell(edit, request, out var segment, out var row, out _, out var refusal) is not { } table)
            return DocsOutcome.No(refusal!);
        if (table.Rows.Count == 1)
            segment!.Remove(table.Start, table.End - table.Start);
        else
            segment!.Remove(table.Rows[row].Start, table.Rows[row].End - table.Rows[row].Start);
        return DocsOutcome.Done;
    }

    private static DocsOutcome DeleteColumn(DocsEdit edit, JsonObject request)
    {
        if (Cell(edit, request, out var segment, out _, out var column, out var refusal) is not { } table)
            return DocsOutcome.No(refusal!);
        if (table.Columns == 1)
        {
            segment!.Remove(table.Start, table.End - table.Start);
            return DocsOutcome.Done;
        }

        foreach (var row in table.Rows.Reverse().Where(row => column < row.Cells.Count))
            segment!.Remove(row.Cells[column].Start, row.Cells[column].End - row.Cells[column].Start);
        Columns(segment!, table, columns => columns.RemoveAt(column));
        return DocsOutcome.Done;
    }

    /// <summary>The first cell takes the text of all and spans them; the others stay, empty.</summary>
    private static DocsOutcome Merge(DocsEdit edit, JsonObject request)
    {
        if (Area(edit, request, out var segment, out var cells, out var spans, out var refusal) is not { } table)
            return DocsOutcome.No(refusal!);
        var (headRow, headColumn) = cells[0];
        var taken = new List<DocUnit>();
        foreach (var (row, column) in cells.Skip(1).Reverse())
        {
            var cell = table.Rows[row].Cells[column];
            var content = segment!.Units.Skip(cell.Start + 1).Take(cell.End - cell.Start - 1).ToList();
            if (content.Count > 1)
                taken.InsertRange(0, content);
            segment.Insert(cell.End, [DocSegment.LineEnd]);
            segment.Remove(cell.Start + 1, content.Count);
        }

        var head = table.Rows[headRow].Cells[headColumn];
        var alone = head.End - head.Start == 2;
        segment!.Insert(head.End, taken);
        if (alone && taken.Count > 0)
            segment.Remove(head.Start + 1, 1);
        Mark(segment, head.Start, new JsonObject { ["rowSpan"] = spans.Rows, ["columnSpan"] = spans.Columns }, ["rowSpan", "columnSpan"]);
        return DocsOutcome.Done;
    }

    private static DocsOutcome Unmerge(DocsEdit edit, JsonObject request)
    {
        if (Area(edit, request, out var segment, out var cells, out _, out var refusal) is not { } table)
            return DocsOutcome.No(refusal!);
        foreach (var (row, column) in cells)
            Mark(segment!, table.Rows[row].Cells[column].Start, [], ["rowSpan", "columnSpan"]);
        return DocsOutcome.Done;
    }

    private static DocsOutcome StyleCells(DocsEdit edit, JsonObject request)
    {
        var (names, noMask) = DocsStyles.Mask(request.Text("fields"), DocsStyles.Cell);
        if (noMask is not null)
            return DocsOutcome.No(noMask);
        DocTable? table;
        DocSegment? segment;
        string? refusal;
        IEnumerable<(int Row, int Column)> cells;
        if (request["tableRange"] is not null)
        {
            table = Area(edit, request, out segment, out var some, out _, out refusal);
            cells = some;
        }
        else
        {
            table = edit.Table(request["tableStartLocation"], out segment, out refusal);
            cells = table?.Rows.SelectMany((row, index) => row.Cells.Select((_, column) => (index, column))).ToList() ?? [];
        }

        if (table is null)
            return DocsOutcome.No(refusal!);
        foreach (var (row, column) in cells)
            Mark(segment!, table.Rows[row].Cells[column].Start, request["tableCellStyle"] as JsonObject ?? [], names);
        return DocsOutcome.Done;
    }

    private static DocsOutcome StyleRows(DocsEdit edit, JsonObject request)
    {
        var (names, noMask) = DocsStyles.Mask(request.Text("fields"), DocsStyles.Row);
        if (edit.Table(request["tableStartLocation"], out var segment, out var refusal) is not { } table || noMask is not null)
            return DocsOutcome.No(refusal ?? noMask!);
        var wanted = Indexes(request["rowIndices"], table.Rows.Count);
        if (wanted is null)
            return DocsOutcome.No("The row index is out of bounds.");
        foreach (var row in wanted)
            Mark(segment!, table.Rows[row].Start, request["tableRowStyle"] as JsonObject ?? [], names);
        return DocsOutcome.Done;
    }

    private static DocsOutcome StyleColumns(DocsEdit edit, JsonObject request)
    {
        var (names, noMask) = DocsStyles.Mask(request.Text("fields"), DocsStyles.Column);
        if (edit.Table(request["tableStartLocation"], out var segment, out var refusal) is not { } table || noMask is not null)
            return DocsOutcome.No(refusal ?? noMask!);
        if (Indexes(request["columnIndices"], table.Columns) is not { } wanted)
            return DocsOutcome.No("The column index is out of bounds.");
        Columns(segment!, table, columns =>
        {
            foreach (var column in wanted)
                columns[column] = JsonNode.Parse(DocsStyles.Lay(columns[column]!.ToJsonString(), request["tableColumnProperties"] as JsonObject ?? [], names));
        });
        return DocsOutcome.Done;
    }

    private static DocsOutcome PinRows(DocsEdit edit, JsonObject request)
    {
        if (edit.Table(request["tableStartLocation"], out var segment, out var refusal) is not { } table)
            return DocsOutcome.No(refusal!);
        var count = DocsEdit.Int(request["pinnedHeaderRowsCount"]) ?? 0;
        if (count < 0 || count > table.Rows.Count)
            return DocsOutcome.No("The number of pinned rows is out of bounds.");
        foreach (var (row, index) in table.Rows.Select((row, index) => (row, index)))
            Mark(segment!, row.Start, index < count ? new JsonObject { ["tableHeader"] = true } : [], ["tableHeader"]);
        return DocsOutcome.Done;
    }

    private static DocTable? Cell(DocsEdit edit, JsonObject request, out DocSegment? segment, out int row, out int column, out string? refusal)
    {
        var location = request["tableCellLocation"];
        (row, column) = (DocsEdit.Int(location.Child("rowIndex")) ?? 0, DocsEdit.Int(location.Child("columnIndex")) ?? 0);
        if (edit.Table(location.Child("tableStartLocation"), out segment, out refusal) is not { } table)
            return null;
        if (row >= 0 && row < table.Rows.Count && column >= 0 && column < table.Columns)
            return table;
        refusal = "The table cell location is out of bounds.";
        return null;
    }

    private static DocTable? Area(DocsEdit edit, JsonObject request, out DocSegment? segment, out IReadOnlyList<(int Row, int Column)> cells, out (int Rows, int Columns) spans, out string? refusal)
    {
        (cells, spans) = ([], default);
        var range = request["tableRange"] as JsonObject ?? [];
        if (Cell(edit, range, out segment, out var row, out var column, out refusal) is not { } table)
            return null;
        spans = (DocsEdit.Int(range["rowSpan"]) ?? 1, DocsEdit.Int(range["columnSpan"]) ?? 1);
        if (spans.Rows < 1 || spans.Columns < 1 || row + spans.Rows > table.Rows.Count || column + spans.Columns > table.Columns)
        {
            refusal = "The table range is out of bounds.";
            return null;
        }

        var (rows, columns) = spans;
        cells = [.. Enumerable.Range(row, rows).SelectMany(r => Enumerable.Range(column, columns).Where(c => c < table.Rows[r].Cells.Count).Select(c => (r, c)))];
        return table;
    }

    /// <summary>Those named, or all when none are; null when one does not exist.</summary>
    private static List<int>? Indexes(JsonNode? named, int count)
    {
        if (named is not JsonArray { Count: > 0 } list)
            return [.. Enumerable.Range(0, count)];
        var indexes = list.Select(item => DocsEdit.Int(item) ?? -1).ToList();
        return indexes.TrueForAll(index => index >= 0 && index < count) ? indexes : null;
    }

    private static void Mark(DocSegment segment, int at, JsonObject change, IEnumerable<string> names) =>
        segment[at] = segment[at] with { Mark = segment[at].Mark! with { Style = DocsStyles.Lay(segment[at].Mark!.Style, change, names) } };

    /// <param name="segment">Where the table is.</param>
    /// <param name="table">As it was before the change: it says how many columns there were.</param>
    /// <param name="change">To the properties, one for each of them.</param>
    private static void Columns(DocSegment segment, DocTable table, Action<JsonArray> change)
    {
        var style = DocsStyles.Read(segment[table.Start].Mark!.Style);
        if (style["columns"] is not JsonArray columns)
            style["columns"] = columns = [];
        while (columns.Count < table.Columns)
            columns.Add(new JsonObject());
        change(columns);
        Mark(segment, table.Start, style, ["columns"]);
    }
}
