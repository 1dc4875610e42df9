namespace Patchbay.Sandbox.Vendors.Google.Sheets.Values;

internal enum ValueKind
{
    Empty,
    Number,
    Text,
    Flag,
    Error,
}

/// <summary>What a cell shows or a formula gives.</summary>
internal readonly record struct CellValue(ValueKind Kind, double Number = 0, string Text = "", CellError? Error = null)
{
    public static CellValue Empty => default;

    /// <summary>How a number wants to be shown when its cell says nothing; null is plainly.</summary>
    public string? Pattern { get; init; }

    public bool IsError => Kind == ValueKind.Error;

    public bool Flag => Number != 0;

    public static CellValue Of(double number, string? pattern = null) =>
        double.IsFinite(number) ? new(ValueKind.Number, number) { Pattern = pattern } : Of(CellError.Number("The result is too large or is no number."));

    public static CellValue Of(string text) => new(ValueKind.Text, Text: text);

    public static CellValue Of(bool flag) => new(ValueKind.Flag, flag ? 1 : 0);

    public static CellValue Of(CellError error) => new(ValueKind.Error, Error: error);

    /// <summary>As text in a formula joins it.</summary>
    public string AsText() => Kind switch
    {
        ValueKind.Empty => "",
        ValueKind.Number => Pattern is null ? NumberFormat.General(Number) : NumberFormat.Show(Number, Pattern),
        ValueKind.Flag => Flag ? "TRUE" : "FALSE",
        ValueKind.Error => Error!.Shown,
        _ => Text,
    };

    /// <summary>As a number in a formula; text counts when it reads as one.</summary>
    public CellValue AsNumber() => Kind switch
    {
        ValueKind.Number or ValueKind.Error => this,
        ValueKind.Empty => Of(0),
        ValueKind.Flag => Of(Number),
        _ => UserEntry.Read(Text) is { Number: { } number } ? Of(number)
            : Of(CellError.Value($"Function parameter expects number values. But '{Text}' is a text and cannot be coerced to a number.")),
    };

    public CellValue AsFlag() => Kind switch
    {
        ValueKind.Flag or ValueKind.Error => this,
        ValueKind.Empty => Of(false),
        ValueKind.Number => Of(Number != 0),
        _ => bool.TryParse(Text, out var flag) ? Of(flag) : Of(CellError.Value($"'{Text}' is a text and cannot be coerced to a boolean.")),
    };

    /// <summary>Numbers before text before booleans, as Sheets sorts.</summary>
    public static int Compare(CellValue one, CellValue other)
    {
        var (left, right) = (Fill(one, other), Fill(other, one));
        if (left.Kind != right.Kind)
            return left.Kind.CompareTo(right.Kind);
        return left.Kind == ValueKind.Text ? string.Compare(left.Text, right.Text, StringComparison.OrdinalIgnoreCase) : left.Number.CompareTo(right.Number);
    }

    // Nothing equals zero, no text and FALSE alike.
    private static CellValue Fill(CellValue value, CellValue other) => value.Kind != ValueKind.Empty ? value : other.Kind switch
    {
        ValueKind.Text => Of(""),
        ValueKind.Flag => Of(false),
        _ => Of(0),
    };
}

/// <param name="Type">Google's ErrorType.</param>
/// <param name="Shown">In the cell.</param>
/// <param name="Message">Why.</param>
internal sealed record CellError(string Type, string Shown, string Message)
{
    public static CellError Parse { get; } = new("ERROR", "#ERROR!", "Formula parse error.");

    public static CellError Division { get; } = new("DIVIDE_BY_ZERO", "#DIV/0!", "Function DIVIDE parameter 2 cannot be zero.");

    public static CellError Circle { get; } = new("REF", "#REF!", "Circular dependency detected. To resolve with iterative calculation, see File > Settings.");

    public static CellError Reference(string message = "Reference does not exist.") => new("REF", "#REF!", message);

    public static CellError Value(string message) => new("VALUE", "#VALUE!", message);

    public static CellError Name(string message) => new("NAME", "#NAME?", message);

    public static CellError Number(string message) => new("NUM", "#NUM!", message);

    public static CellError Missing(string message) => new("N_A", "#N/A", message);
}
