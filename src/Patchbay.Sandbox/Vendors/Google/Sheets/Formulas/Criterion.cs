using System.Text.RegularExpressions;
using Patchbay.Sandbox.Vendors.Google.Sheets.Values;

namespace Patchbay.Sandbox.Vendors.Google.Sheets.Formulas;

/// <summary>The conditions of SUMIF and the like: "&gt;=5", "&lt;&gt;open", "a*", or a plain value.</summary>
internal static class Criterion
{
    private static readonly string[] Symbols = ["<=", ">=", "<>", "<", ">", "="];

    public static Func<CellValue, bool> Of(CellValue criterion)
    {
        if (criterion.Kind != ValueKind.Text)
            return Equal(criterion);
        var symbol = Symbols.FirstOrDefault(prefix => criterion.Text.StartsWith(prefix, StringComparison.Ordinal)) ?? "";
        var rest = criterion.Text[symbol.Length..];
        var wanted = rest.Length == 0 ? CellValue.Empty : Typed(rest);
        switch (symbol)
        {
            case "":
            case "=":
                return rest.Length == 0 ? value => value.Kind == ValueKind.Empty : Equal(wanted);
            case "<>":
                var equal = rest.Length == 0 ? value => value.Kind == ValueKind.Empty : Equal(wanted);
                return value => !equal(value);
            default:
                return value => value.Kind == wanted.Kind && CellValue.Compare(value, wanted) is var order && symbol switch
                {
                    "<" => order < 0,
                    ">" => order > 0,
                    "<=" => order <= 0,
                    _ => order >= 0,
                };
        }
    }

    /// <summary>Equal without regard to case; in text * and ? stand for anything, ~ takes that from them.</summary>
    public static Func<CellValue, bool> Equal(CellValue wanted)
    {
        if (wanted.Kind == ValueKind.Text && wanted.Text.AsSpan().IndexOfAny('*', '?', '~') >= 0)
        {
            var pattern = Compile(Pattern(wanted.Text));
            return value => value.Kind == ValueKind.Text && pattern.IsMatch(value.Text);
        }

        return value => value.Kind == wanted.Kind && CellValue.Compare(value, wanted) == 0;
    }

    private static Regex Compile(string pattern)
    {
        try
        {
            return new Regex("^" + pattern + "$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.NonBacktracking);
        }
        catch (NotSupportedException)
        {
            // Hundreds of wildcards: .NET's automaton has a largest size.
            throw new FormulaErrorException(CellError.Value("The condition is too long."));
        }
    }

    private static CellValue Typed(string text)
    {
        var cell = UserEntry.Read(text);
        return cell.Number is { } number ? CellValue.Of(number) : cell.Flag is { } flag ? CellValue.Of(flag) : CellValue.Of(text);
    }

    private static string Pattern(string text)
    {
        var pattern = new System.Text.StringBuilder();
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '~' && index + 1 < text.Length)
                pattern.Append(Regex.Escape(text[++index].ToString()));
            else
                pattern.Append(text[index] switch { '*' => ".*", '?' => ".", var c => Regex.Escape(c.ToString()) });
        }

        return pattern.ToString();
    }
}
