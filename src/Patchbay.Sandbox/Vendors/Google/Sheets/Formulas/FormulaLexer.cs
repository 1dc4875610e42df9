using System.Text.RegularExpressions;

namespace Patchbay.Sandbox.Vendors.Google.Sheets.Formulas;

internal enum FormulaTokenKind
{
    Number,
    Text,
    Name,
    Reference,
    Symbol,
}

/// <param name="Kind">What it is.</param>
/// <param name="Text">As written; of a text what is between the quotes.</param>
/// <param name="Start">Where in the formula.</param>
/// <param name="Length">Characters in the formula.</param>
internal readonly record struct FormulaToken(FormulaTokenKind Kind, string Text, int Start, int Length);

/// <summary>Cuts a formula into its words.</summary>
internal static partial class FormulaLexer
{
    /// <summary>What follows the equals sign; null when a character fits nowhere.</summary>
    public static List<FormulaToken>? Read(string formula)
    {
        var tokens = new List<FormulaToken>();
        for (var at = formula.StartsWith('=') ? 1 : 0; at < formula.Length;)
        {
            var c = formula[at];
            if (char.IsWhiteSpace(c))
            {
                at++;
                continue;
            }

            if (One(formula, at) is not { } token)
                return null;
            tokens.Add(token);
            at += token.Length;
        }

        return tokens;
    }

    private static FormulaToken? One(string formula, int at)
    {
        if (formula[at] == '"')
            return Quoted(formula, at);
        if (Reference().Match(formula, at) is { Success: true } reference)
            return new(FormulaTokenKind.Reference, reference.Value, at, reference.Length);
        if (Number().Match(formula, at) is { Success: true } number)
            return new(FormulaTokenKind.Number, number.Value, at, number.Length);
        if (Name().Match(formula, at) is { Success: true } name)
            return new(FormulaTokenKind.Name, name.Value, at, name.Length);
        if (at + 1 < formula.Length && formula.AsSpan(at, 2) is "<>" or "<=" or ">=")
            return new(FormulaTokenKind.Symbol, formula.Substring(at, 2), at, 2);
        return "+-*/^&=<>%(),;{}".Contains(formula[at], StringComparison.Ordinal) ? new(FormulaTokenKind.Symbol, formula[at].ToString(), at, 1) : null;
    }

    private static FormulaToken? Quoted(string formula, int at)
    {
        for (var end = at + 1; end < formula.Length; end++)
        {
            if (formula[end] != '"')
                continue;
            if (end + 1 < formula.Length && formula[end + 1] == '"')
                end++;
            else
                return new(FormulaTokenKind.Text, formula[(at + 1)..end].Replace("\"\"", "\"", StringComparison.Ordinal), at, end - at + 1);
        }

        return null;
    }

    [GeneratedRegex(@"\G((?:'(?:[^']|'')+'|[A-Za-z_][A-Za-z0-9_.]*)!)?(\$?[A-Za-z]{1,3}\$?[1-9][0-9]{0,6}(:\$?[A-Za-z]{1,3}(\$?[1-9][0-9]{0,6})?)?|\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\$?[1-9][0-9]{0,6}:\$?[1-9][0-9]{0,6})(?![A-Za-z0-9_.(!])", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();

    [GeneratedRegex(@"\G(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"\G[\p{L}_][\p{L}\p{Nd}_.]*", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
