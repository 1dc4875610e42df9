using System.Text;
using System.Text.RegularExpressions;

namespace Patchbay.Sandbox.Vendors.Google.Gmail.Mime;

/// <param name="Name">Display name; may be empty.</param>
/// <param name="Address">local@domain.</param>
internal sealed partial record MailAddress(string Name, string Address)
{
    /// <summary>Reads an address list (names, quotes, comments, groups); null when any entry is not an address.</summary>
    public static IReadOnlyList<MailAddress>? ParseList(string header)
    {
        var found = new List<MailAddress>();
        foreach (var entry in Entries(header))
        {
            var open = entry.LastIndexOf('<');
            var (name, address) = open >= 0 && entry.EndsWith('>')
                ? (entry[..open].Trim().Trim('"').Replace("\\\"", "\"", StringComparison.Ordinal), entry[(open + 1)..^1].Trim())
                : ("", entry);
            if (!Valid().IsMatch(address))
                return null;
            found.Add(new MailAddress(name, address));
        }

        return found;
    }

    /// <summary>Splits at commas and semicolons outside quotes, brackets and comments; a group's name is dropped.</summary>
    private static IEnumerable<string> Entries(string header)
    {
        var current = new StringBuilder();
        var (quoted, bracket, comment) = (false, false, 0);
        for (var index = 0; index < header.Length; index++)
        {
            var c = header[index];
            if (c == '\\' && (quoted || comment > 0) && index + 1 < header.Length)
            {
                index++;
                if (comment == 0)
                    current.Append(c).Append(header[index]);
                continue;
            }

            if (c == '"' && comment == 0)
                quoted = !quoted;
            else if (!quoted && c == '(')
                comment++;
            else if (!quoted && comment > 0 && c == ')')
            {
                comment--;
                continue;
            }

            if (comment > 0)
                continue;
            if (!quoted && c is '<' or '>')
                bracket = c == '<';
            if (!quoted && !bracket && c is ',' or ';' && !quoted && !bracket)
            {
                if (current.ToString().Trim() is { Length: > 0 } entry)
                    yield return entry;
                current.Clear();
            }
            else if (!quoted && !bracket && c == ':')
            {
                current.Clear();
            }
            else
            {
                current.Append(c);
            }
        }

        if (current.ToString().Trim() is { Length: > 0 } last)
            yield return last;
    }

    [GeneratedRegex(@"^[^\s@<>(),;:\\""]{1,64}@[\p{L}\p{N}]([\p{L}\p{N}.-]{0,250}[\p{L}\p{N}])?$")]
    private static partial Regex Valid();
}
