using System.Globalization;
using Patchbay.Sandbox.Vendors.Google.Sheets.Values;

namespace Patchbay.Sandbox.Vendors.Google.Sheets.Formulas;

/// <summary>Reads a formula: comparison, then &amp;, then + and -, then * and /, then ^, then signs, then %.</summary>
internal sealed class FormulaParser
{
    // Every level of nesting costs a dozen frames of the stack.
    private const int Deepest = 64;

    private static readonly string[][] Levels = [["=", "<>", "<", ">", "<=", ">="], ["&"], ["+", "-"], ["*", "/"], ["^"]];

    private readonly List<FormulaToken> tokens;
    private int at;
    private int depth;

    private FormulaParser(List<FormulaToken> tokens) => this.tokens = tokens;

    /// <summary>Null when it is no formula.</summary>
    public static FormulaNode? Parse(string formula)
    {
        if (FormulaLexer.Read(formula) is not { Count: > 0 } tokens)
            return null;
        var parser = new FormulaParser(tokens);
        return parser.Level(0) is { } node && parser.at == tokens.Count ? node : null;
    }

    private FormulaNode? Level(int level)
    {
        if (level == Levels.Length)
            return Signed();
        if (Level(level + 1) is not { } left)
            return null;
        while (at < tokens.Count && tokens[at] is { Kind: FormulaTokenKind.Symbol } symbol && Levels[level].Contains(symbol.Text))
        {
            at++;
            if (Level(level + 1) is not { } right)
                return null;
            left = new BinaryNode(symbol.Text, left, right);
        }

        return left;
    }

    private FormulaNode? Signed()
    {
        if (++depth > Deepest)
            return null;
        try
        {
            if (Take("-"))
                return Signed() is { } negative ? new UnaryNode("-", negative) : null;
            if (Take("+"))
                return Signed();
            var node = Primary();
            while (node is not null && Take("%"))
                node = new UnaryNode("%", node);
            return node;
        }
        finally
        {
            depth--;
        }
    }

    private FormulaNode? Primary()
    {
        if (at >= tokens.Count)
            return null;
        var token = tokens[at++];
        switch (token.Kind)
        {
            case FormulaTokenKind.Number:
                return double.TryParse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? new LiteralNode(CellValue.Of(number)) : null;
            case FormulaTokenKind.Text:
                return new LiteralNode(CellValue.Of(token.Text));
            case FormulaTokenKind.Reference:
                return A1.Parse(token.Text) is { } range ? new ReferenceNode(range) : null;
            case FormulaTokenKind.Name when Take("("):
                return Arguments() is { } arguments ? new CallNode(token.Text.ToUpperInvariant(), arguments) : null;
            case FormulaTokenKind.Name:
                return token.Text.ToUpperInvariant() switch
                {
                    "TRUE" => new LiteralNode(CellValue.Of(true)),
                    "FALSE" => new LiteralNode(CellValue.Of(false)),
                    _ => new NameNode(token.Text),
                };
            case FormulaTokenKind.Symbol when token.Text == "(":
                return Level(0) is { } inner && Take(")") ? inner : null;
            case FormulaTokenKind.Symbol when token.Text == "{":
                return Array();
            default:
                return null;
        }
    }

    private List<FormulaNode>? Arguments()
    {
        var arguments = new List<FormulaNode>();
        if (Take(")"))
            return arguments;
        while (true)
        {
            if (at < tokens.Count && tokens[at].Text is "," or ";" or ")" && tokens[at].Kind == FormulaTokenKind.Symbol)
                arguments.Add(new MissingNode());
            else if (Level(0) is { } argument)
                arguments.Add(argument);
            else
                return null;
            if (Take(")"))
                return arguments;
            if (!Take(",") && !Take(";"))
                return null;
        }
    }

    private ArrayNode? Array()
    {
        var rows = new List<IReadOnlyList<FormulaNode>>();
        var row = new List<FormulaNode>();
        while (Level(0) is { } item)
        {
            row.Add(item);
            if (Take(","))
                continue;
            rows.Add(row);
            row = [];
            if (Take("}"))
                return rows.All(other => other.Count == rows[0].Count) ? new ArrayNode(rows) : null;
            if (!Take(";"))
                return null;
        }

        return null;
    }

    private bool Take(string symbol)
    {
        if (at >= tokens.Count || tokens[at].Kind != FormulaTokenKind.Symbol || tokens[at].Text != symbol)
            return false;
        at++;
        return true;
    }
}
