namespace Patchbay.Sandbox.Vendors.Salesforce.Soql;

internal enum SoqlTokenKind
{
    Word,
    Text,
    Number,
    Date,
    DateTime,
    Symbol,
    End,
}

/// <param name="Kind">What it is.</param>
/// <param name="Text">Its characters; of a string, what it says.</param>
/// <param name="At">Where it begins.</param>
internal readonly record struct SoqlToken(SoqlTokenKind Kind, string Text, int At)
{
    public bool Is(string word) => Kind is SoqlTokenKind.Word or SoqlTokenKind.Symbol && Text.Equals(word, StringComparison.OrdinalIgnoreCase);
}
