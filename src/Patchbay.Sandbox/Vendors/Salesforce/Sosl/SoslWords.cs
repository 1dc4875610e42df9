namespace Patchbay.Sandbox.Vendors.Salesforce.Sosl;

/// <summary>Matches a search term against text: words with * and ?, "phrases", AND, OR, AND NOT. Words side by side must all be there.</summary>
internal sealed class SoslWords
{
    /// <summary>Any of these groups; in each, all that is wanted and nothing that is not.</summary>
    private readonly List<List<(bool Wanted, string[] Phrase)>> groups = [[]];

    public SoslWords(string term)
    {
        var negate = false;
        foreach (var word in Words(term))
        {
            if (word.Equals("OR", StringComparison.Ordinal))
            {
                groups.Add([]);
            }
            else if (word.Equals("NOT", StringComparison.Ordinal))
            {
                negate = true;
            }
            else if (!word.Equals("AND", StringComparison.Ordinal))
            {
                groups[^1].Add((!negate, Split(word, wildcards: true)));
                negate = false;
            }
        }

        groups.RemoveAll(group => !group.Exists(part => part.Wanted && part.Phrase.Length > 0));
        if (term.Count(char.IsLetterOrDigit) < 2 || groups.Count == 0)
            throw new SalesforceRefusal("INVALID_SEARCH", "search term must be longer than one character: " + term);
    }

    public bool Match(IEnumerable<string> texts)
    {
        var found = texts.Select(text => Split(text, wildcards: false)).ToList();
        return groups.Exists(group => group.TrueForAll(part => part.Phrase.Length == 0 || found.Exists(text => Has(text, part.Phrase)) == part.Wanted));
    }

    private static bool Has(string[] text, string[] phrase)
    {
        for (var start = 0; start + phrase.Length <= text.Length; start++)
        {
            var at = start;
            if (phrase.All(word => Soql.SoqlValues.Like(text[at++], word)))
                return true;
        }

        return false;
    }

    /// <summary>Runs of letters and digits; a star or question mark becomes LIKE's wildcard.</summary>
    private static string[] Split(string text, bool wildcards)
    {
        var clean = string.Concat(text.Select(c => char.IsLetterOrDigit(c) ? c : wildcards && c == '*' ? '%' : wildcards && c == '?' ? '_' : ' '));
        return clean.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private static IEnumerable<string> Words(string term)
    {
        var at = 0;
        while (at < term.Length)
        {
            if (char.IsWhiteSpace(term[at]) || term[at] is '(' or ')')
            {
                at++;
                continue;
            }

            var quoted = term[at] == '"';
            var start = quoted ? at + 1 : at;
            at = start;
            while (at < term.Length && (quoted ? term[at] != '"' : !char.IsWhiteSpace(term[at]) && term[at] is not ('(' or ')')))
                at++;
            yield return term[start..at];
            if (quoted)
                at++;
        }
    }
}
