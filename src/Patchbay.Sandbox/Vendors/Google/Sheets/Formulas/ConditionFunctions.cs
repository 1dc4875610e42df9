using Patchbay.Sandbox.Vendors.Google.Sheets.Values;

namespace Patchbay.Sandbox.Vendors.Google.Sheets.Formulas;

/// <summary>SUMIF, COUNTIFS and the like.</summary>
internal static class ConditionFunctions
{
    public static IEnumerable<(string Name, Func<FunctionCall, Operand> Run)> All =>
    [
        ("COUNTIF", call => CellValue.Of(Matching(call, [(0, 1)]).Count())),
        ("COUNTIFS", call => CellValue.Of(Matching(call, Pairs(call, 0)).Count())),
        ("SUMIF", call => CellValue.Of(Numbers(call.Block(call.Has(2) ? 2 : 0), Matching(call, [(0, 1)])).Sum())),
        ("SUMIFS", call => CellValue.Of(Numbers(call.Block(0), Matching(call, Pairs(call, 1))).Sum())),
        ("AVERAGEIF", call => Average(Numbers(call.Block(call.Has(2) ? 2 : 0), Matching(call, [(0, 1)])))),
        ("AVERAGEIFS", call => Average(Numbers(call.Block(0), Matching(call, Pairs(call, 1))))),
        ("MAXIFS", call => CellValue.Of(Numbers(call.Block(0), Matching(call, Pairs(call, 1))).DefaultIfEmpty().Max())),
        ("MINIFS", call => CellValue.Of(Numbers(call.Block(0), Matching(call, Pairs(call, 1))).DefaultIfEmpty().Min())),
    ];

    private static List<(int Range, int Criterion)> Pairs(FunctionCall call, int from)
    {
        if (call.Count < from + 2 || (call.Count - from) % 2 != 0)
            throw new FormulaErrorException(CellError.Missing("Every range needs its criterion."));
        return [.. Enumerable.Range(0, (call.Count - from) / 2).Select(pair => (from + (2 * pair), from + (2 * pair) + 1))];
    }

    /// <summary>Positions in the first range at which every range fulfils its criterion.</summary>
    private static IEnumerable<(int Row, int Column)> Matching(FunctionCall call, IReadOnlyList<(int Range, int Criterion)> pairs)
    {
        call.Demand(2, int.MaxValue);
        var tests = pairs.Select(pair => (Block: call.Block(pair.Range), Fits: Criterion.Of(FunctionCall.Good(call.Value(pair.Criterion))))).ToList();
        var first = tests[0].Block;
        if (tests.Any(test => test.Block.Rows != first.Rows || test.Block.Columns != first.Columns))
            throw new FormulaErrorException(CellError.Value("Array arguments are of different size."));
        var rows = Math.Min(first.Rows, tests.Max(test => test.Block.FilledRows));
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < first.Columns; column++)
            {
                if (tests.All(test => test.Fits(test.Block.At(row, column))))
                    yield return (row, column);
            }
        }
    }

    private static IEnumerable<double> Numbers(Block block, IEnumerable<(int Row, int Column)> places) =>
        places.Where(place => place.Row < block.Rows && place.Column < block.Columns).Select(place => FunctionCall.Good(block.At(place.Row, place.Column)))
            .Where(value => value.Kind == ValueKind.Number).Select(value => value.Number);

    private static CellValue Average(IEnumerable<double> numbers) => numbers.ToList() is { Count: > 0 } all ? CellValue.Of(all.Average()) : CellValue.Of(CellError.Division);
}
