using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors.Google.Sheets.Formulas;
using Patchbay.Sandbox.Vendors.Google.Sheets.Values;

namespace Patchbay.Sandbox.Vendors.Google.Sheets;

/// <summary>A spreadsheet for the length of one call: sheets are loaded when they are looked at, formulas worked out once, changes stored at the end.</summary>
internal sealed class Workbook : IFormulaWorld
{
    // Every formula on the way costs a dozen frames of the stack.
    private const int DeepestChain = 100;

    private readonly SheetsStore store;
    private readonly Dictionary<int, SheetGrid> loaded = [];
    private readonly Dictionary<(int Sheet, int Row, int Column), CellValue> known = [];
    private readonly HashSet<(int Sheet, int Row, int Column)> running = [];
    private readonly Stack<SheetGrid> current = new();
    private readonly DateTimeOffset now;
    private readonly HashSet<int> dropped = [];
    private (int Sheet, int Row, int Column)? tooDeep;

    public Workbook(Spreadsheet book, string title, SheetsStore store, DateTimeOffset now) => (Book, Title, this.store, this.now) = (book, title, store, now);

    /// <summary>Without the changes to its sheets that are still in memory; see <see cref="Sheets"/>.</summary>
    public Spreadsheet Book { get; set; }

    /// <summary>Of the Drive file; whoever saves a workbook writes it back there.</summary>
    public string Title { get; set; }

    public DateTime Now => TimeZoneInfo.ConvertTime(now, Calendar.Zones.Find(Book.TimeZone) ?? TimeZoneInfo.Utc).DateTime;

    /// <summary>In the order of their tabs, as they are now.</summary>
    public IReadOnlyList<SheetInfo> Sheets => [.. Book.Sheets.Select(sheet => loaded.TryGetValue(sheet.SheetId, out var grid) ? grid.Info : sheet)];

    public SheetInfo? Sheet(string? title) => title is null ? Sheets[0] : Sheets.FirstOrDefault(sheet => string.Equals(sheet.Title, title, StringComparison.OrdinalIgnoreCase));

    public SheetGrid? Grid(int sheetId)
    {
        if (loaded.TryGetValue(sheetId, out var grid))
            return grid;
        return Book.Sheets.FirstOrDefault(sheet => sheet.SheetId == sheetId) is { } info ? loaded[sheetId] = new SheetGrid(info, store.Rows(Book.Id, sheetId)) : null;
    }

    /// <summary>Puts a new sheet at a place among the tabs.</summary>
    public SheetGrid Add(SheetInfo info, int index)
    {
        var sheets = Book.Sheets.ToList();
        sheets.Insert(Math.Clamp(index, 0, sheets.Count), info);
        Book = Book with { Sheets = sheets };
        return loaded[info.SheetId] = new SheetGrid(info, []);
    }

    public void Remove(int sheetId)
    {
        Book = Book with { Sheets = [.. Book.Sheets.Where(sheet => sheet.SheetId != sheetId)] };
        loaded.Remove(sheetId);
        dropped.Add(sheetId);
        Forget();
    }

    public void Move(int sheetId, int index)
    {
        var sheets = Sheets.ToList();
        var sheet = sheets.Single(one => one.SheetId == sheetId);
        sheets.Remove(sheet);
        sheets.Insert(Math.Clamp(index, 0, sheets.Count), sheet);
        Book = Book with { Sheets = sheets };
    }

    /// <summary>Something changed: what was worked out may be wrong now.</summary>
    public void Forget() => known.Clear();

    /// <summary>Every formula of every sheet through a function; used when cells move.</summary>
    public void EachFormula(Func<SheetInfo, string, string> change)
    {
        foreach (var info in Sheets)
        {
            var grid = Grid(info.SheetId)!;
            foreach (var (row, column, cell) in grid.Filled(new CellRange(0, 0, int.MaxValue, int.MaxValue)).Where(one => one.Cell.Formula is not null).ToList())
            {
                if (change(info, cell.Formula!) is var fresh && fresh != cell.Formula)
                    grid[row, column] = cell with { Formula = fresh };
            }
        }

        Forget();
    }

    public void Save()
    {
        foreach (var sheet in dropped)
            store.DeleteRows(Book.Id, sheet);
        foreach (var (id, grid) in loaded)
        {
            var rows = grid.Rows.ToDictionary(row => row.Key, row => row.Value);
            foreach (var index in grid.Changed)
                store.PutRow(Book.Id, id, index, rows.GetValueOrDefault(index));
        }

        store.Put(Book with { Sheets = Sheets });
    }

    /// <summary>What a cell shows.</summary>
    public CellValue ValueAt(SheetGrid grid, int row, int column)
    {
        var cell = grid[row, column];
        if (cell.Formula is null)
            return Typed(cell);
        var key = (grid.Info.SheetId, row, column);
        return known.TryGetValue(key, out var value) ? value : running.Count == 0 ? Outermost(key) : Work(key);
    }

    /// <summary>
    /// A chain of formulas may be longer than the stack is deep. Where it becomes too deep, that formula is worked out first,
    /// by itself, and then the one that wanted it again.
    /// </summary>
    private CellValue Outermost((int Sheet, int Row, int Column) key)
    {
        var waiting = new Stack<(int Sheet, int Row, int Column)>([key]);
        while (true)
        {
            tooDeep = null;
            var value = Work(waiting.Peek());
            if (tooDeep is null)
            {
                waiting.Pop();
                if (waiting.Count == 0)
                    return value;
            }
            else if (waiting.Contains(tooDeep.Value))
            {
                known[tooDeep.Value] = CellValue.Of(CellError.Circle);
            }
            else
            {
                waiting.Push(tooDeep.Value);
            }
        }
    }

    private CellValue Work((int Sheet, int Row, int Column) key)
    {
        if (running.Count >= DeepestChain)
            tooDeep ??= key;
        // Nothing is kept once it is too deep, and so nothing is worth the work: two references in each formula would make 2^100 of it.
        if (tooDeep is not null || !running.Add(key))
            return CellValue.Of(CellError.Circle);
        var grid = Grid(key.Sheet)!;
        current.Push(grid);
        try
        {
            var value = Evaluator.Run(grid[key.Row, key.Column].Formula!, this, key.Row, key.Column);
            // A cell that refers to nothing shows zero.
            value = value.Kind == ValueKind.Empty ? CellValue.Of(0) : value;
            if (tooDeep is null)
                known[key] = value;
            return value;
        }
        finally
        {
            current.Pop();
            running.Remove(key);
        }
    }

    /// <summary>As it is shown: by the cell's own number format, else by what the value brings along.</summary>
    public static string Shown(Cell cell, CellValue value)
    {
        if (value.Kind != ValueKind.Number)
            return value.AsText();
        return PatternOf(cell) is { } pattern ? NumberFormat.Show(value.Number, pattern) : value.AsText();
    }

    /// <summary>The pattern of a cell's number format; null when it has none.</summary>
    public static string? PatternOf(Cell cell) => cell.Format?["numberFormat"] is { } format ? format.Text("pattern") is { Length: > 0 } pattern ? pattern : NumberFormat.DefaultOf(format.Text("type")) : null;

    Operand IFormulaWorld.Range(A1Range range)
    {
        var grid = range.Sheet is null ? current.Peek() : Sheet(range.Sheet) is { } sheet ? Grid(sheet.SheetId) : null;
        return grid is null ? CellValue.Of(CellError.Reference($"Unresolved sheet name '{range.Sheet}'.")) : Operand(grid, Clip(range, grid.Info));
    }

    Operand? IFormulaWorld.Named(string name) =>
        NamedRange(name) is { } found && Grid(found.SheetId) is { } grid ? Operand(grid, found.Range) : null;

    /// <summary>A named range by its name, in any case.</summary>
    public (int SheetId, CellRange Range)? NamedRange(string name) =>
        Book.NamedRanges.FirstOrDefault(one => string.Equals(one.Text("name"), name, StringComparison.OrdinalIgnoreCase)) is { } named && named["range"] is JsonObject range
        && Sheets.FirstOrDefault(sheet => sheet.SheetId == (range.Number("sheetId") ?? 0)) is { } info
            ? (info.SheetId, Requests.GridRanges.Clip(range, info))
            : null;

    /// <summary>A written range on a sheet, open ends filled in; it may still lie outside.</summary>
    public static CellRange Clip(A1Range range, SheetInfo sheet) => new(range.Row ?? 0, range.Column ?? 0, range.EndRow ?? Math.Max(sheet.Rows, (range.Row ?? 0) + 1), range.EndColumn ?? Math.Max(sheet.Columns, (range.Column ?? 0) + 1));

    private Operand Operand(SheetGrid grid, CellRange range)
    {
        if (range.Row >= grid.Info.Rows || range.Column >= grid.Info.Columns)
            return CellValue.Of(CellError.Reference());
        if (range is { Rows: 1, Columns: 1 })
            return new Operand(Patterned(grid, range.Row, range.Column), new Block(1, 1, (_, _) => Patterned(grid, range.Row, range.Column), 1) { Place = (range.Row, range.Column) });
        var block = new Block(range.Rows, range.Columns, (row, column) => Patterned(grid, range.Row + row, range.Column + column), Math.Max(0, grid.FilledRows - range.Row)) { Place = (range.Row, range.Column) };
        return new Operand(CellValue.Empty, block);
    }

    /// <summary>A value together with the format of its cell, which formulas pass on.</summary>
    private CellValue Patterned(SheetGrid grid, int row, int column)
    {
        var value = ValueAt(grid, row, column);
        return value.Kind == ValueKind.Number && PatternOf(grid[row, column]) is { } pattern ? value with { Pattern = pattern } : value;
    }

    private static CellValue Typed(Cell cell) =>
        cell.Number is { } number ? CellValue.Of(number)
        : cell.Flag is { } flag ? CellValue.Of(flag)
        : cell.Text is { } text ? CellValue.Of(text)
        : CellValue.Empty;
}
