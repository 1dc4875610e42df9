using Patchbay.Sandbox.Vendors.Google.Sheets.Values;

namespace Patchbay.Sandbox.Vendors.Google.Sheets.Formulas;

/// <summary>What a formula may look at.</summary>
internal interface IFormulaWorld
{
    /// <summary>Now, on the clock of the spreadsheet.</summary>
    DateTime Now { get; }

    /// <summary>A range as a block; an error when the sheet or the cells do not exist.</summary>
    Operand Range(A1Range range);

    /// <summary>A named range; null when there is none.</summary>
    Operand? Named(string name);
}

/// <summary>Works out a formula.</summary>
/// <param name="world">The cells around it.</param>
/// <param name="row">Of the formula's own cell, from 0.</param>
/// <param name="column">Of the formula's own cell, from 0.</param>
internal sealed class Evaluator(IFormulaWorld world, int row, int column)
{
    public IFormulaWorld World => world;

    public int Row => row;

    public int Column => column;

    public static CellValue Run(string formula, IFormulaWorld world, int row, int column) =>
        FormulaParser.Parse(formula) is { } node ? new Evaluator(world, row, column).Value(node) : CellValue.Of(CellError.Parse);

    /// <summary>One value. Of a column or row the one that stands beside the formula, as Sheets does it.</summary>
    public CellValue Value(FormulaNode node)
    {
        var operand = Evaluate(node);
        if (operand.Block is not { Place: { } place } block || block is { Rows: 1, Columns: 1 })
            return operand.Single;
        if (block.Columns == 1 && row >= place.Row && row < place.Row + block.Rows)
            return block.At(row - place.Row, 0);
        if (block.Rows == 1 && column >= place.Column && column < place.Column + block.Columns)
            return block.At(0, column - place.Column);
        return CellValue.Of(CellError.Value("An array value could not be found."));
    }

    public Operand Evaluate(FormulaNode node) => node switch
    {
        LiteralNode literal => literal.Value,
        MissingNode => CellValue.Empty,
        ReferenceNode reference => world.Range(reference.Range),
        NameNode name => world.Named(name.Name) ?? CellValue.Of(CellError.Name($"Unknown range name: '{name.Name.ToUpperInvariant()}'.")),
        UnaryNode unary => Unary(unary),
        BinaryNode binary => Binary(binary.Operator, Value(binary.Left), Value(binary.Right)),
        CallNode call => Functions.Find(call.Function) is { } function
            ? function(new FunctionCall(this, call))
            : CellValue.Of(CellError.Name($"Unknown function: '{call.Function}'.")),
        ArrayNode array => Array(array),
        _ => CellValue.Of(CellError.Parse),
    };

    private CellValue Unary(UnaryNode unary)
    {
        var value = Value(unary.Inner).AsNumber();
        if (value.IsError)
            return value;
        return unary.Operator == "-" ? CellValue.Of(-value.Number, value.Pattern) : CellValue.Of(value.Number / 100);
    }

    private Operand Array(ArrayNode array)
    {
        var values = array.Rows.Select(line => line.Select(Value).ToArray()).ToArray();
        return new Operand(values[0][0], new Block(values.Length, values[0].Length, (r, c) => values[r][c], values.Length));
    }

    private static CellValue Binary(string symbol, CellValue left, CellValue right)
    {
        if (left.IsError || right.IsError)
            return left.IsError ? left : right;
        switch (symbol)
        {
            case "&":
                return TextFunctions.Text(left.AsText() + right.AsText());
            case "=":
                return CellValue.Of(CellValue.Compare(left, right) == 0);
            case "<>":
                return CellValue.Of(CellValue.Compare(left, right) != 0);
            case "<":
                return CellValue.Of(CellValue.Compare(left, right) < 0);
            case ">":
                return CellValue.Of(CellValue.Compare(left, right) > 0);
            case "<=":
                return CellValue.Of(CellValue.Compare(left, right) <= 0);
            case ">=":
                return CellValue.Of(CellValue.Compare(left, right) >= 0);
        }

        var (one, other) = (left.AsNumber(), right.AsNumber());
        if (one.IsError || other.IsError)
            return one.IsError ? one : other;
        return symbol switch
        {
            "+" => CellValue.Of(one.Number + other.Number, one.Pattern ?? other.Pattern),
            // The days between two dates are a number, not a date.
            "-" => CellValue.Of(one.Number - other.Number, Moment(one) && Moment(other) ? null : one.Pattern ?? other.Pattern),
            "*" => CellValue.Of(one.Number * other.Number, Moment(one) || Moment(other) ? null : one.Pattern ?? other.Pattern),
            "/" => other.Number == 0 ? CellValue.Of(CellError.Division) : CellValue.Of(one.Number / other.Number, Moment(one) || other.Pattern is not null ? null : one.Pattern),
            _ => CellValue.Of(Math.Pow(one.Number, other.Number)),
        };
    }

    private static bool Moment(CellValue value) => value.Pattern is not null && NumberFormat.IsMoment(value.Pattern);
}
