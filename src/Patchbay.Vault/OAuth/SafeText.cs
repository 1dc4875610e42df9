namespace Patchbay.Vault.OAuth;

/// <summary>Makes what a vendor or a link says fit to be shown and logged.</summary>
internal static class SafeText
{
    /// <summary>An error code: at most 60 of <c>a-z A-Z 0-9 _ . -</c>; anything else was not a code and is dropped, and so
    /// is what could be a token.</summary>
    public static string? Code(string? text) =>
        text is { Length: > 0 and <= 60 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-') && !text.StartsWith("sbx", StringComparison.Ordinal) ? text : null;

    /// <summary>An account's label: one line of at most 200 visible characters.</summary>
    public static string? Label(string? text)
    {
        if (text is null)
            return null;
        var line = new string([.. text.Where(c => !char.IsControl(c)).Take(200)]).Trim();
        return line.Length == 0 ? null : line;
    }
}
