using System.Globalization;
using Patchbay.Sandbox.Vendors.Google.Sheets.Values;

namespace Patchbay.Sandbox.Vendors.Google.Sheets.Formulas;

/// <summary>Joining, cutting and searching of text.</summary>
internal static class TextFunctions
{
    // What a cell holds at Sheets.
    private const int MostCharacters = 50_000;

    public static IEnumerable<(string Name, Func<FunctionCall, Operand> Run)> All =>
    [
        ("CONCATENATE", call => Text(string.Concat(call.All().Select(item => FunctionCall.Good(item.Value).AsText())))),
        ("CONCAT", call => Text(call.Text(0) + call.Text(1))),
        ("JOIN", call => Text(string.Join(call.Text(0), call.All(1).Select(item => FunctionCall.Good(item.Value).AsText())))),
        ("TEXTJOIN", TextJoin),
        ("LEN", call => CellValue.Of(call.Text(0).Length)),
        ("LEFT", call => Text(call.Text(0) is var text && Length(call, 1) is var count ? text[..Math.Min(count, text.Length)] : "")),
        ("RIGHT", call => Text(call.Text(0) is var text && Length(call, 1) is var count ? text[^Math.Min(count, text.Length)..] : "")),
        ("MID", Mid),
        ("UPPER", call => Text(call.Text(0).ToUpperInvariant())),
        ("LOWER", call => Text(call.Text(0).ToLowerInvariant())),
        ("PROPER", call => Text(CultureInfo.InvariantCulture.TextInfo.ToTitleCase(call.Text(0).ToLowerInvariant()))),
        ("TRIM", call => Text(string.Join(' ', call.Text(0).Split(' ', StringSplitOptions.RemoveEmptyEntries)))),
        ("CLEAN", call => Text(string.Concat(call.Text(0).Where(c => !char.IsControl(c))))),
        ("REPT", call => call.Whole(1) is >= 0 and var times && (long)times * call.Text(0).Length <= MostCharacters ? Text(string.Concat(Enumerable.Repeat(call.Text(0), times))) : CellValue.Of(CellError.Value("The result is too long."))),
        ("SUBSTITUTE", Substitute),
        ("REPLACE", Replace),
        ("FIND", call => Find(call, StringComparison.Ordinal)),
        ("SEARCH", call => Find(call, StringComparison.OrdinalIgnoreCase)),
        ("EXACT", call => CellValue.Of(call.Text(0) == call.Text(1))),
        ("VALUE", call => FunctionCall.Good(call.Value(0).AsNumber())),
        ("TEXT", call => Text(FunctionCall.Good(call.Value(0)) is { Kind: ValueKind.Text } text ? text.Text : NumberFormat.Show(call.Number(0), call.Text(1)))),
        ("T", call => call.Value(0) is { Kind: ValueKind.Text } text ? text : Text("")),
        ("CHAR", call => call.Whole(0) is > 0 and < 0xD800 and var code ? Text(((char)code).ToString()) : CellValue.Of(CellError.Number("There is no such character."))),
        ("CODE", call => call.Text(0) is { Length: > 0 } text ? CellValue.Of(text[0]) : CellValue.Of(CellError.Value("The text is empty."))),
        ("HYPERLINK", call => Text(call.Has(1) ? call.Text(1) : call.Text(0))),
    ];

    /// <summary>A text that a cell can hold, or the error that it is too long.</summary>
    public static CellValue Text(string text) => text.Length > MostCharacters ? CellValue.Of(CellError.Value("The result is too long.")) : CellValue.Of(text);

    private static int Length(FunctionCall call, int index) => call.Whole(index, 1) is >= 0 and var count ? count : throw new FormulaErrorException(CellError.Value("The number of characters is negative."));

    private static Operand TextJoin(FunctionCall call)
    {
        call.Demand(3, int.MaxValue);
        var skip = call.Flag(1);
        var texts = Enumerable.Range(2, call.Count - 2).SelectMany(index => call.Operand(index) is { Block: { } block } ? block.Cells() : [call.Value(index)])
            .Select(value => FunctionCall.Good(value).AsText()).Where(text => !skip || text.Length > 0);
        return Text(string.Join(call.Text(0), texts));
    }

    private static Operand Mid(FunctionCall call)
    {
        call.Demand(3, 3);
        var (text, start) = (call.Text(0), call.Whole(1) - 1);
        if (start < 0)
            return CellValue.Of(CellError.Value("The position begins at 1."));
        return start >= text.Length ? Text("") : Text(text.Substring(start, Math.Min(Length(call, 2), text.Length - start)));
    }

    private static Operand Substitute(FunctionCall call)
    {
        call.Demand(3, 4);
        var (text, old, fresh) = (call.Text(0), call.Text(1), call.Text(2));
        if (old.Length == 0)
            return Text(text);
        if (!call.Has(3))
            return (long)text.Length / old.Length * Math.Max(1, fresh.Length) > 10L * MostCharacters ? CellValue.Of(CellError.Value("The result is too long.")) : Text(text.Replace(old, fresh, StringComparison.Ordinal));
        var at = -1;
        for (var nth = call.Whole(3); nth > 0; nth--)
        {
            at = text.IndexOf(old, at + 1, StringComparison.Ordinal);
            if (at < 0)
                return Text(text);
        }

        return at < 0 ? Text(text) : Text(text[..at] + fresh + text[(at + old.Length)..]);
    }

    private static Operand Replace(FunctionCall call)
    {
        call.Demand(4, 4);
        var (text, start) = (call.Text(0), Math.Clamp(call.Whole(1) - 1, 0, call.Text(0).Length));
        var length = Math.Clamp(call.Whole(2), 0, text.Length - start);
        return Text(text[..start] + call.Text(3) + text[(start + length)..]);
    }

    private static Operand Find(FunctionCall call, StringComparison comparison)
    {
        call.Demand(2, 3);
        var text = call.Text(1);
        var start = call.Whole(2, 1) - 1;
        var at = start < 0 || start > text.Length ? -1 : text.IndexOf(call.Text(0), start, comparison);
        return at < 0 ? CellValue.Of(CellError.Value($"The text '{call.Text(0)}' was not found.")) : CellValue.Of(at + 1);
    }
}
