using Patchbay.Sandbox.Vendors.Google.Sheets.Values;

namespace Patchbay.Sandbox.Vendors.Google.Sheets.Formulas;

/// <summary>A function being called: its arguments, worked out when they are asked for.</summary>
internal sealed class FunctionCall(Evaluator evaluator, CallNode call)
{
    public Evaluator Evaluator => evaluator;

    public int Count => call.Arguments.Count;

    public bool Has(int index) => index < Count && call.Arguments[index] is not MissingNode;

    public Operand Operand(int index) => index < Count ? evaluator.Evaluate(call.Arguments[index]) : CellValue.Empty;

    public CellValue Value(int index) => index < Count ? evaluator.Value(call.Arguments[index]) : CellValue.Empty;

    /// <summary>As a block, one value too.</summary>
    public Block Block(int index)
    {
        var operand = Operand(index);
        return operand.Block ?? new Block(1, 1, (_, _) => operand.Single, 1);
    }

    /// <summary>All arguments from one on, each cell of a range by itself.</summary>
    public IEnumerable<(CellValue Value, bool FromRange)> All(int from = 0)
    {
        for (var index = from; index < Count; index++)
        {
            var operand = Operand(index);
            foreach (var value in operand.Values)
                yield return (value, operand.Block is not null);
        }
    }

    /// <summary>The numbers among all arguments: of a range only real ones, typed in also text that reads as one. Throws the first error.</summary>
    public List<CellValue> Numbers(int from = 0)
    {
        var numbers = new List<CellValue>();
        foreach (var (value, fromRange) in All(from))
        {
            if (value.IsError)
                throw new FormulaErrorException(value.Error!);
            if (value.Kind == ValueKind.Number)
                numbers.Add(value);
            else if (!fromRange)
                numbers.Add(Good(value.AsNumber()));
        }

        return numbers;
    }

    public double Number(int index, double otherwise = 0) => Has(index) ? Good(Value(index).AsNumber()).Number : otherwise;

    /// <summary>Cut towards zero, within what an int holds.</summary>
    public int Whole(int index, int otherwise = 0) => (int)Math.Clamp(Math.Truncate(Number(index, otherwise)), int.MinValue, int.MaxValue);

    public string Text(int index) => Good(Value(index)).AsText();

    public bool Flag(int index) => Good(Value(index).AsFlag()).Flag;

    public static CellValue Good(CellValue value) => value.IsError ? throw new FormulaErrorException(value.Error!) : value;

    public void Demand(int least, int most)
    {
        if (Count < least || Count > most)
            throw new FormulaErrorException(CellError.Missing($"Wrong number of arguments to {call.Function}. Expected {(least == most ? $"{least}" : $"between {least} and {most}")} arguments, but got {Count} arguments."));
    }
}

/// <summary>An error that ends the function it arises in; it becomes that function's value.</summary>
internal sealed class FormulaErrorException(CellError error) : Exception(error.Message)
{
    public CellError Error { get; } = error;
}
