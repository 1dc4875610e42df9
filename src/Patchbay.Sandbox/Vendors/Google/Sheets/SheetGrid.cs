namespace Patchbay.Sandbox.Vendors.Google.Sheets;

/// <summary>One sheet in memory: what it is and its cells. Knows which rows were changed and have to be stored.</summary>
internal sealed class SheetGrid(SheetInfo info, IEnumerable<StoredRow> stored)
{
    private readonly SortedDictionary<int, SortedDictionary<int, Cell>> rows =
        new(stored.ToDictionary(row => row.Index, row => new SortedDictionary<int, Cell>(row.Cells.ToDictionary())));

    public SheetInfo Info { get; set; } = info;

    public HashSet<int> Changed { get; } = [];

    /// <summary>Rows that hold anything, by index.</summary>
    public IEnumerable<KeyValuePair<int, SortedDictionary<int, Cell>>> Rows => rows;

    public CellRange Whole => new(0, 0, Info.Rows, Info.Columns);

    public Cell this[int row, int column]
    {
        get => rows.TryGetValue(row, out var cells) && cells.TryGetValue(column, out var cell) ? cell : Cell.Empty;
        set
        {
            if (value.IsNothing && !(rows.TryGetValue(row, out var there) && there.ContainsKey(column)))
                return;
            if (!rows.TryGetValue(row, out var cells))
                rows[row] = cells = [];
            if (value.IsNothing)
                cells.Remove(column);
            else
                cells[column] = value;
            if (cells.Count == 0)
                rows.Remove(row);
            Changed.Add(row);
        }
    }

    /// <summary>One below the last row with a value; 0 in an empty sheet.</summary>
    public int FilledRows => rows.Reverse().Where(row => row.Value.Values.Any(cell => cell.HasValue)).Select(row => row.Key + 1).FirstOrDefault();

    /// <summary>Cells with a value within a range, row by row.</summary>
    public IEnumerable<(int Row, int Column, Cell Cell)> Filled(CellRange range) =>
        from row in RowsWithin(range)
        from cell in row.Value
        where cell.Key >= range.Column && cell.Key < range.EndColumn && cell.Value.HasValue
        select (row.Key, cell.Key, cell.Value);

    /// <summary>Looks up a few rows, walks over many.</summary>
    private IEnumerable<KeyValuePair<int, SortedDictionary<int, Cell>>> RowsWithin(CellRange range)
    {
        if (range.Rows > rows.Count / 4)
            return rows.Where(row => row.Key >= range.Row && row.Key < range.EndRow);
        return Enumerable.Range(range.Row, Math.Max(0, range.Rows)).Where(rows.ContainsKey).Select(index => KeyValuePair.Create(index, rows[index]));
    }

    /// <summary>Makes it large enough; a sheet never shrinks by being written to.</summary>
    public void Grow(int toRows, int toColumns) => Info = Info with { Rows = Math.Max(Info.Rows, toRows), Columns = Math.Max(Info.Columns, toColumns) };

    /// <summary>Puts in or takes out rows or columns; the cells behind them move.</summary>
    /// <param name="inRows">Rows or columns.</param>
    /// <param name="at">The first.</param>
    /// <param name="count">How many come; negative go.</param>
    /// <param name="within">Only in this span of the other direction (cells are shifted); null for whole rows or columns.</param>
    public void Shift(bool inRows, int at, int count, (int From, int To)? within = null)
    {
        var all = rows.SelectMany(row => row.Value.Select(cell => (Row: row.Key, Column: cell.Key, Cell: cell.Value))).ToList();
        var moved = all.Where(one => (inRows ? one.Row : one.Column) >= at && (within is not { } span || ((inRows ? one.Column : one.Row) >= span.From && (inRows ? one.Column : one.Row) < span.To))).ToList();
        foreach (var (row, column, _) in moved)
            this[row, column] = Cell.Empty;
        foreach (var (row, column, cell) in moved)
        {
            var index = inRows ? row : column;
            if (count < 0 && index < at - count)
                continue;
            this[inRows ? row + count : row, inRows ? column : column + count] = cell;
        }

        if (within is not null)
            return;
        Info = inRows
            ? Info with { Rows = Info.Rows + count, RowMetadata = Moved(Info.RowMetadata, at, count), Merges = MovedMerges(true, at, count) }
            : Info with { Columns = Info.Columns + count, ColumnMetadata = Moved(Info.ColumnMetadata, at, count), Merges = MovedMerges(false, at, count) };
    }

    private static Dictionary<int, T> Moved<T>(IReadOnlyDictionary<int, T> metadata, int at, int count) =>
        metadata.Where(one => one.Key < at || count > 0 || one.Key >= at - count).ToDictionary(one => one.Key < at ? one.Key : one.Key + count, one => one.Value);

    private List<CellRange> MovedMerges(bool inRows, int at, int count)
    {
        int Edge(int index, bool end) => index < at || (end && index == at) ? index : count < 0 && index < at - count ? at : index + count;
        return
        [
            .. Info.Merges.Select(merge => inRows
                    ? merge with { Row = Edge(merge.Row, false), EndRow = Edge(merge.EndRow, true) }
                    : merge with { Column = Edge(merge.Column, false), EndColumn = Edge(merge.EndColumn, true) })
                .Where(merge => merge.Rows > 0 && merge.Columns > 0 && (merge.Rows > 1 || merge.Columns > 1)),
        ];
    }
}
