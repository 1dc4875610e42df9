using System.Diagnostics.CodeAnalysis;

namespace Patchbay.Sandbox.Vendors.Salesforce;

/// <summary>Record ids: 15 characters that tell upper from lower case, and 3 more that repair what lost it.</summary>
internal static class SalesforceIds
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const string Checks = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

    /// <summary>The nth id of a kind. Ids grow in ordinal order, as their records were made.</summary>
    public static string Of(string keyPrefix, long number)
    {
        Span<char> id = stackalloc char[15];
        keyPrefix.AsSpan().CopyTo(id);
        "Hs0".AsSpan().CopyTo(id[3..]);
        for (var at = 14; at >= 6; at--, number /= 62)
            id[at] = Digits[(int)(number % 62)];
        return Long(id.ToString());
    }

    /// <summary>The 18 characters of an id that came with 15 or 18; false when it is no id.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out string? id)
    {
        id = null;
        if (text.Length is not (15 or 18) || text.Any(c => !char.IsAsciiLetterOrDigit(c)))
            return false;
        id = text.Length == 15 ? Long(text) : Repair(text);
        return true;
    }

    private static string Long(string id)
    {
        Span<char> suffix = stackalloc char[3];
        for (var block = 0; block < 3; block++)
        {
            var bits = 0;
            for (var at = 0; at < 5; at++)
            {
                if (char.IsAsciiLetterUpper(id[(block * 5) + at]))
                    bits |= 1 << at;
            }

            suffix[block] = Checks[bits];
        }

        return string.Concat(id, suffix);
    }

    /// <summary>Letter cases as the suffix says, so that an id which a spreadsheet lowered still finds its record.</summary>
    private static string Repair(string text)
    {
        Span<char> id = stackalloc char[15];
        for (var at = 0; at < 15; at++)
        {
            var bits = Checks.IndexOf(char.ToUpperInvariant(text[15 + (at / 5)]), StringComparison.Ordinal);
            id[at] = bits < 0 ? text[at] : (bits & (1 << (at % 5))) != 0 ? char.ToUpperInvariant(text[at]) : char.ToLowerInvariant(text[at]);
        }

        return Long(id.ToString());
    }
}
