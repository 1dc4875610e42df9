using Patchbay.Sandbox.Vendors.Google.Sheets.Values;

namespace Patchbay.Sandbox.Vendors.Google.Sheets.Formulas;

/// <summary>Sums, averages, counts and roundings.</summary>
internal static class MathFunctions
{
    public static IEnumerable<(string Name, Func<FunctionCall, Operand> Run)> All =>
    [
        ("SUM", call => Fold(call, numbers => numbers.Sum(value => value.Number))),
        ("PRODUCT", call => Fold(call, numbers => numbers.Aggregate(1.0, (product, value) => product * value.Number))),
        ("AVERAGE", call => call.Numbers() is { Count: > 0 } numbers ? CellValue.Of(numbers.Average(value => value.Number), numbers[0].Pattern) : CellValue.Of(CellError.Division with { Message = "Evaluation of function AVERAGE caused a divide by zero error." })),
        ("MIN", call => Fold(call, numbers => numbers.Min(value => value.Number))),
        ("MAX", call => Fold(call, numbers => numbers.Max(value => value.Number))),
        ("MEDIAN", call => Sorted(call, sorted => sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2)),
        ("STDEV", call => Deviation(call, root: true)),
        ("STDEV.S", call => Deviation(call, root: true)),
        ("VAR", call => Deviation(call, root: false)),
        ("COUNT", call => CellValue.Of(call.All().Count(item => item.Value.Kind == ValueKind.Number || (!item.FromRange && item.Value.AsNumber() is { IsError: false })))),
        ("COUNTA", call => CellValue.Of(call.All().Count(item => !item.FromRange || item.Value.Kind != ValueKind.Empty))),
        ("COUNTBLANK", CountBlank),
        ("COUNTUNIQUE", call => CellValue.Of(call.All().Select(item => (item.Value.Kind, item.Value.AsText().ToUpperInvariant())).Distinct().Count())),
        ("ROUND", call => Round(call, value => Math.Round(value, MidpointRounding.AwayFromZero))),
        ("ROUNDUP", call => Round(call, value => value < 0 ? Math.Floor(value) : Math.Ceiling(value))),
        ("ROUNDDOWN", call => Round(call, Math.Truncate)),
        ("TRUNC", call => Round(call, Math.Truncate)),
        ("INT", call => One(call, Math.Floor)),
        ("ABS", call => One(call, Math.Abs)),
        ("SIGN", call => One(call, value => Math.Sign(value))),
        ("SQRT", call => One(call, Math.Sqrt)),
        ("EXP", call => One(call, Math.Exp)),
        ("LN", call => One(call, Math.Log)),
        ("LOG10", call => One(call, Math.Log10)),
        ("LOG", call => CellValue.Of(Math.Log(call.Number(0)) / Math.Log(call.Number(1, 10)))),
        ("POWER", call => CellValue.Of(Math.Pow(call.Number(0), call.Number(1)))),
        ("MOD", Mod),
        ("QUOTIENT", call => call.Number(1) == 0 ? CellValue.Of(CellError.Division) : CellValue.Of(Math.Truncate(call.Number(0) / call.Number(1)))),
        ("DIVIDE", call => call.Number(1) == 0 ? CellValue.Of(CellError.Division) : CellValue.Of(call.Number(0) / call.Number(1))),
        ("CEILING", call => CellValue.Of(Step(call, Math.Ceiling))),
        ("FLOOR", call => CellValue.Of(Step(call, Math.Floor))),
        ("PI", _ => CellValue.Of(Math.PI)),
        ("LARGE", call => Sorted(call, sorted => Nth(sorted, sorted.Count - call.Whole(1)), 1)),
        ("SMALL", call => Sorted(call, sorted => Nth(sorted, call.Whole(1) - 1), 1)),
        ("RANK", Rank),
        ("SUMPRODUCT", SumProduct),
    ];

    private static Operand Fold(FunctionCall call, Func<List<CellValue>, double> fold)
    {
        var numbers = call.Numbers();
        return numbers.Count == 0 ? CellValue.Of(0) : CellValue.Of(fold(numbers), numbers[0].Pattern);
    }

    private static Operand Sorted(FunctionCall call, Func<List<double>, double> pick, int arguments = int.MaxValue)
    {
        var values = arguments == 1 ? [.. call.Operand(0).Values.Where(value => value.Kind == ValueKind.Number)] : call.Numbers();
        var sorted = values.Select(value => value.Number).Order().ToList();
        return sorted.Count == 0 ? CellValue.Of(CellError.Number("There is no number to choose from.")) : CellValue.Of(pick(sorted), values[0].Pattern);
    }

    private static double Nth(List<double> sorted, int index) =>
        index >= 0 && index < sorted.Count ? sorted[index] : throw new FormulaErrorException(CellError.Number("The position is out of range."));

    private static Operand Deviation(FunctionCall call, bool root)
    {
        var numbers = call.Numbers().ConvertAll(value => value.Number);
        if (numbers.Count < 2)
            return CellValue.Of(CellError.Division);
        var mean = numbers.Average();
        var variance = numbers.Sum(number => (number - mean) * (number - mean)) / (numbers.Count - 1);
        return CellValue.Of(root ? Math.Sqrt(variance) : variance);
    }

    private static Operand CountBlank(FunctionCall call)
    {
        call.Demand(1, 1);
        var block = call.Block(0);
        return CellValue.Of(((double)block.Rows * block.Columns) - block.Cells().Count(value => value.Kind != ValueKind.Empty && !(value.Kind == ValueKind.Text && value.Text.Length == 0)));
    }

    private static Operand Round(FunctionCall call, Func<double, double> round)
    {
        call.Demand(1, 2);
        var value = FunctionCall.Good(call.Value(0).AsNumber());
        var scale = Math.Pow(10, Math.Clamp(call.Whole(1), -15, 15));
        // In decimal, so that 2.675 rounds as it is written and not as it is stored.
        var scaled = Math.Abs(value.Number * scale) < 1e15 ? (double)((decimal)value.Number * (decimal)scale) : value.Number * scale;
        return CellValue.Of(round(scaled) / scale, value.Pattern);
    }

    private static Operand One(FunctionCall call, Func<double, double> work)
    {
        call.Demand(1, 1);
        var value = FunctionCall.Good(call.Value(0).AsNumber());
        return CellValue.Of(work(value.Number), value.Pattern);
    }

    private static Operand Mod(FunctionCall call)
    {
        call.Demand(2, 2);
        var (value, by) = (call.Number(0), call.Number(1));
        return by == 0 ? CellValue.Of(CellError.Division) : CellValue.Of(value - (by * Math.Floor(value / by)));
    }

    private static double Step(FunctionCall call, Func<double, double> round)
    {
        var step = call.Number(1, 1);
        return step == 0 ? 0 : round(call.Number(0) / step) * step;
    }

    private static Operand Rank(FunctionCall call)
    {
        call.Demand(2, 3);
        var value = call.Number(0);
        var others = call.Operand(1).Values.Where(other => other.Kind == ValueKind.Number).Select(other => other.Number).ToList();
        var ascending = call.Has(2) && call.Flag(2);
        return others.Contains(value)
            ? CellValue.Of(others.Count(other => ascending ? other < value : other > value) + 1)
            : CellValue.Of(CellError.Missing("The value is not among the data."));
    }

    private static Operand SumProduct(FunctionCall call)
    {
        var blocks = Enumerable.Range(0, call.Count).Select(call.Block).ToList();
        if (blocks.Count == 0 || blocks.Any(block => block.Rows != blocks[0].Rows || block.Columns != blocks[0].Columns))
            return CellValue.Of(CellError.Value("The arrays have different sizes."));
        var sum = 0.0;
        for (var row = 0; row < Math.Min(blocks[0].Rows, blocks.Max(block => block.FilledRows)); row++)
        {
            for (var column = 0; column < blocks[0].Columns; column++)
                sum += blocks.Aggregate(1.0, (product, block) => product * (FunctionCall.Good(block.At(row, column)) is { Kind: ValueKind.Number or ValueKind.Flag } value ? value.Number : 0));
        }

        return CellValue.Of(sum);
    }
}
