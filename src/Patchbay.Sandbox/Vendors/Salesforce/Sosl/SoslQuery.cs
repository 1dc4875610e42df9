using System.Globalization;
using System.Text;

namespace Patchbay.Sandbox.Vendors.Salesforce.Sosl;

/// <summary>FIND {words} IN group FIELDS RETURNING Object(query), ... LIMIT n.</summary>
/// <param name="Words">What is looked for.</param>
/// <param name="Group">ALL, NAME, EMAIL or PHONE.</param>
/// <param name="Returning">Objects, each with the inside of its brackets; empty asks everywhere.</param>
/// <param name="Limit">Of all results together.</param>
internal sealed record SoslQuery(string Words, string Group, IReadOnlyList<(string Type, string Inside)> Returning, int Limit)
{
    private const int Most = 2000;

    public static SoslQuery Parse(string text)
    {
        if (text.Length > 20_000)
            throw Malformed("The search is longer than 20,000 characters");
        var at = 0;
        Expect("FIND");
        Skip();
        if (at >= text.Length || text[at] is not ('{' or '\''))
            throw Malformed("line 1: expecting a search term in braces");
        var close = text[at] == '{' ? '}' : '\'';
        var words = new StringBuilder();
        for (at++; at < text.Length && text[at] != close; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length)
                at++;
            words.Append(text[at]);
        }

        if (at++ >= text.Length)
            throw Malformed("line 1: the search term does not end");
        var group = "ALL";
        if (Accept("IN"))
        {
            group = Word().ToUpperInvariant();
            if (group is not ("ALL" or "NAME" or "EMAIL" or "PHONE" or "SIDEBAR"))
                throw Malformed($"unexpected token: '{group}'");
            Expect("FIELDS");
        }

        var returning = new List<(string, string)>();
        if (Accept("RETURNING"))
        {
            do
                returning.Add((Word(), Brackets()));
            while (Accept(","));
        }

        while (Accept("WITH"))
        {
            // WITH SNIPPET, WITH METADATA, WITH HIGHLIGHT: extras of the real service.
            Word();
        }

        var limit = Accept("LIMIT") && int.TryParse(Word(), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? Math.Min(given, Most) : Most;
        Skip();
        return at == text.Length ? new SoslQuery(words.ToString(), group, returning, limit) : throw Malformed($"unexpected token: '{text[at]}'");

        void Skip()
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
                at++;
        }

        bool Accept(string word)
        {
            Skip();
            if (string.Compare(text, at, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) != 0
                || char.IsLetter(word[0]) && at + word.Length < text.Length && char.IsAsciiLetterOrDigit(text[at + word.Length]))
                return false;
            at += word.Length;
            return true;
        }

        void Expect(string word)
        {
            if (!Accept(word))
                throw Malformed($"line 1: expecting '{word}'");
        }

        string Word()
        {
            Skip();
            var start = at;
            while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_'))
                at++;
            return at > start ? text[start..at] : throw Malformed("line 1: a name or number is missing");
        }

        string Brackets()
        {
            Skip();
            if (at >= text.Length || text[at] != '(')
                return "";
            var (depth, start, quoted) = (0, at + 1, false);
            for (; at < text.Length; at++)
            {
                if (text[at] == '\\')
                    at++;
                else if (text[at] == '\'')
                    quoted = !quoted;
                else if (!quoted && text[at] == '(')
                    depth++;
                else if (!quoted && text[at] == ')' && --depth == 0)
                    return text[start..at++];
            }

            throw Malformed("line 1: a bracket is not closed");
        }
    }

    private static SalesforceRefusal Malformed(string what) => new("MALFORMED_SEARCH", what);
}
