using Patchbay.Sandbox.Vendors.Google.Sheets.Values;

namespace Patchbay.Sandbox.Vendors.Google.Sheets.Formulas;

/// <summary>Finding values in ranges.</summary>
internal static class LookupFunctions
{
    public static IEnumerable<(string Name, Func<FunctionCall, Operand> Run)> All =>
    [
        ("VLOOKUP", call => Lookup(call, down: true)),
        ("HLOOKUP", call => Lookup(call, down: false)),
        ("XLOOKUP", XLookup),
        ("MATCH", Match),
        ("INDEX", Index),
        ("ROW", call => CellValue.Of((call.Has(0) ? Place(call).Row : call.Evaluator.Row) + 1)),
        ("COLUMN", call => CellValue.Of((call.Has(0) ? Place(call).Column : call.Evaluator.Column) + 1)),
        ("ROWS", call => CellValue.Of(call.Block(0).Rows)),
        ("COLUMNS", call => CellValue.Of(call.Block(0).Columns)),
    ];

    private static (int Row, int Column) Place(FunctionCall call) =>
        call.Operand(0).Block?.Place ?? throw new FormulaErrorException(CellError.Value("The argument must be a range."));

    private static Operand Lookup(FunctionCall call, bool down)
    {
        call.Demand(3, 4);
        var (key, block, index) = (FunctionCall.Good(call.Value(0)), call.Block(1), call.Whole(2));
        if (index < 1 || index > (down ? block.Columns : block.Rows))
            return CellValue.Of(index < 1 ? CellError.Value("The index begins at 1.") : CellError.Reference("The index is outside the range."));
        var sorted = !call.Has(3) || call.Flag(3);
        var line = Enumerable.Range(0, down ? Math.Min(block.Rows, block.FilledRows) : block.Columns).Select(at => down ? block.At(at, 0) : block.At(0, at));
        var found = sorted ? LastNotAbove(line, key) : FirstEqual(line, key);
        return found < 0 ? Missing(key) : down ? block.At(found, index - 1) : block.At(index - 1, found);
    }

    private static Operand XLookup(FunctionCall call)
    {
        call.Demand(3, 6);
        var (key, where, result) = (FunctionCall.Good(call.Value(0)), call.Block(1), call.Block(2));
        var found = FirstEqual(Line(where), key);
        return found >= 0 ? result.Columns == 1 || where.Columns == 1 ? result.At(found, 0) : result.At(0, found) : call.Has(3) ? call.Value(3) : Missing(key);
    }

    private static Operand Match(FunctionCall call)
    {
        call.Demand(2, 3);
        var (key, line, kind) = (FunctionCall.Good(call.Value(0)), Line(call.Block(1)), call.Number(2, 1));
        var found = kind == 0 ? FirstEqual(line, key) : kind > 0 ? LastNotAbove(line, key) : line.TakeWhile(value => CellValue.Compare(value, key) >= 0).Count() - 1;
        return found < 0 ? Missing(key) : CellValue.Of(found + 1);
    }

    private static Operand Index(FunctionCall call)
    {
        call.Demand(1, 3);
        var block = call.Block(0);
        var (row, column) = (call.Whole(1), call.Whole(2));
        if (block.Rows == 1 && call.Count == 2)
            (row, column) = (1, row);
        (row, column) = (row == 0 && block.Rows == 1 ? 1 : row, column == 0 && block.Columns == 1 ? 1 : column);
        if (row < 0 || column < 0 || row > block.Rows || column > block.Columns)
            return CellValue.Of(CellError.Number("The position is outside the range."));
        if (row == 0 || column == 0)
        {
            // A whole row or column.
            var (fixedRow, fixedColumn) = (row - 1, column - 1);
            return new Operand(block.At(Math.Max(0, fixedRow), Math.Max(0, fixedColumn)), new Block(row == 0 ? block.Rows : 1, column == 0 ? block.Columns : 1,
                (r, c) => block.At(row == 0 ? r : fixedRow, column == 0 ? c : fixedColumn), row == 0 ? block.FilledRows : 1));
        }

        return block.At(row - 1, column - 1);
    }

    private static IEnumerable<CellValue> Line(Block block) =>
        block.Columns == 1 ? block.Cells() : Enumerable.Range(0, block.Columns).Select(column => block.At(0, column));

    private static int FirstEqual(IEnumerable<CellValue> line, CellValue key)
    {
        var matches = Criterion.Equal(key);
        foreach (var (index, value) in line.Index())
        {
            if (matches(value))
                return index;
        }

        return -1;
    }

    private static int LastNotAbove(IEnumerable<CellValue> line, CellValue key)
    {
        var last = -1;
        foreach (var (index, value) in line.Index())
        {
            if (value.Kind != key.Kind)
                continue;
            if (CellValue.Compare(value, key) > 0)
                break;
            last = index;
        }

        return last;
    }

    private static CellValue Missing(CellValue key) => CellValue.Of(CellError.Missing($"Did not find value '{key.AsText()}' in lookup evaluation."));
}
