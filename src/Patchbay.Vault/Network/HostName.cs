using System.Buffers;

namespace Patchbay.Vault.Network;

/// <summary>DNS host names in the one spelling the Vault compares: lower case, letters, digits and hyphens, no trailing
/// dot, at least two labels, and no form that some resolver would read as an IP address (<c>127.1</c>, <c>0x7f.1</c>).</summary>
internal static class HostName
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.");

    public static bool TryNormalise(ReadOnlySpan<char> text, out string host)
    {
        host = "";
        if (text.Length is < 3 or > 253)
            return false;
        var lower = new char[text.Length];
        // Invariant, ASCII only: a Kelvin sign must not turn into a k.
        for (var i = 0; i < text.Length; i++)
            lower[i] = char.IsAsciiLetterUpper(text[i]) ? (char)(text[i] | 0x20) : text[i];
        if (lower.AsSpan().ContainsAnyExcept(Allowed))
            return false;
        var labels = 0;
        var last = default(ReadOnlySpan<char>);
        foreach (var range in new ReadOnlySpan<char>(lower).Split('.'))
        {
            last = lower.AsSpan(range);
            labels++;
            if (last.Length is < 1 or > 63 || last[0] == '-' || last[^1] == '-')
                return false;
        }
        // No top-level domain begins with a digit, but every spelling of an IPv4 address ends with a label that does.
        if (labels < 2 || char.IsAsciiDigit(last[0]))
            return false;
        host = new string(lower);
        return true;
    }

    /// <summary>Whether a normalised host is named by an exact name or by <c>*.example.com</c> (any depth below, never itself).</summary>
    public static bool Matches(string host, string pattern) =>
        pattern.StartsWith("*.", StringComparison.Ordinal)
            ? host.Length > pattern.Length - 1 && host.EndsWith(pattern.AsSpan(1), StringComparison.OrdinalIgnoreCase)
            : host.Equals(pattern, StringComparison.OrdinalIgnoreCase);
}
