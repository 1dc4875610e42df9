namespace Patchbay.Sandbox.Vendors.Google.Gmail;

/// <summary>
/// Gmail's search box. Terms that stand side by side must all hold; <c>OR</c> joins its two neighbours and so binds tighter;
/// <c>(...)</c> groups, <c>{...}</c> wants any of its terms, a leading <c>-</c> negates, and an operator before a group is meant
/// for each word in it. What the operators mean is in <see cref="GmailTerms"/>.
/// </summary>
internal sealed class GmailQuery
{
    /// <summary>Groups inside groups; what is deeper is read as if its brackets were not there.</summary>
    private const int Deepest = 40;

    private readonly string text;
    private readonly GmailTerms terms;
    private readonly Func<GmailMessage, bool> holds;
    private int position;

    private GmailQuery(string text, GmailTerms terms)
    {
        (this.text, this.terms) = (text, terms);
        holds = Sequence(end: '\0', name: "", any: false, depth: 0);
    }

    /// <summary>The query names trash or spam, which are left out otherwise.</summary>
    public bool LooksEverywhere => terms.LookEverywhere;

    /// <param name="text">As typed. Nothing in it is an error: what is not closed ends with the text.</param>
    /// <param name="terms">What the operators mean to the one who searches.</param>
    public static GmailQuery Parse(string text, GmailTerms terms) => new(text, terms);

    public bool Matches(GmailMessage message) => holds(message);

    /// <param name="end">The bracket that closes it.</param>
    /// <param name="name">The operator before the group; empty when there is none.</param>
    /// <param name="any">One of its terms is enough.</param>
    private Func<GmailMessage, bool> Sequence(char end, string name, bool any, int depth)
    {
        var all = new List<Func<GmailMessage, bool>>();
        var joins = false;
        while (Next(end))
        {
            if (Word("OR"))
            {
                joins = all.Count > 0;
                continue;
            }

            if (Word("AND") || Unary(name, depth) is not { } term)
                continue;
            if (joins)
                all[^1] = Either(all[^1], term);
            else
                all.Add(term);
            joins = false;
        }

        return any && all.Count > 0 ? message => all.Exists(term => term(message)) : message => all.TrueForAll(term => term(message));
    }

    private static Func<GmailMessage, bool> Either(Func<GmailMessage, bool> left, Func<GmailMessage, bool> right) => message => left(message) || right(message);

    /// <summary>To the next term; false at the end, behind the closing bracket if there is one. Other closing brackets mean nothing.</summary>
    private bool Next(char end)
    {
        while (position < text.Length && (char.IsWhiteSpace(text[position]) || text[position] is ')' or '}'))
        {
            if (text[position++] == end)
                return false;
        }

        return position < text.Length;
    }

    private bool Word(string word)
    {
        var after = position + word.Length;
        if (string.CompareOrdinal(text, position, word, 0, word.Length) != 0 || (after < text.Length && !char.IsWhiteSpace(text[after])))
            return false;
        position = after;
        return true;
    }

    /// <summary>Null for what says nothing, such as a lone minus.</summary>
    private Func<GmailMessage, bool>? Unary(string name, int depth)
    {
        var negated = false;
        for (; position < text.Length && text[position] == '-'; position++)
            negated = !negated;
        var term = position < text.Length && !char.IsWhiteSpace(text[position]) ? Primary(name, depth) : null;
        return term is not null && negated ? message => !term(message) : term;
    }

    private Func<GmailMessage, bool>? Primary(string name, int depth)
    {
        if (text[position] is '(' or '{')
        {
            var any = text[position++] == '{';
            return depth < Deepest ? Sequence(any ? '}' : ')', name, any, depth + 1) : null;
        }

        if (text[position] == '"')
            return terms.Term(name, Phrase());
        var word = Plain();
        if (name.Length > 0 || word.Length == 0 || position >= text.Length || text[position] != ':')
            return word.Length > 0 ? terms.Term(name, name.Length > 0 ? word + Rest() : word) : Skip();
        position++;
        return position < text.Length && text[position] is '(' or '{' ? Primary(word.ToLowerInvariant(), depth)
            : terms.Term(word.ToLowerInvariant(), position < text.Length && text[position] == '"' ? Phrase() : Rest());
    }

    private Func<GmailMessage, bool>? Skip()
    {
        position++;
        return null;
    }

    /// <summary>Up to a colon, a quote, a bracket or a space.</summary>
    private string Plain() => Until(c => c is ':' or '"');

    /// <summary>Up to a bracket or a space.</summary>
    private string Rest() => Until(_ => false);

    private string Until(Func<char, bool> stops)
    {
        var start = position;
        while (position < text.Length && !char.IsWhiteSpace(text[position]) && text[position] is not ('(' or ')' or '{' or '}') && !stops(text[position]))
            position++;
        return text[start..position];
    }

    private string Phrase()
    {
        var end = text.IndexOf('"', ++position);
        var phrase = end < 0 ? text[position..] : text[position..end];
        position = end < 0 ? text.Length : end + 1;
        return phrase;
    }
}
