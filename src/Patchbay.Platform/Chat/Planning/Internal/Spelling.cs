using System.Collections.Frozen;

namespace Patchbay.Platform.Chat.Planning.Internal;

/// <summary>Joins words that belong together and mends typing errors, towards known words only.</summary>
internal static class Spelling
{
    private static readonly (string[] Words, string One)[] Joined =
    [
        (["as", "soon", "as", "possible"], "immediately"), (["at", "once"], "immediately"), (["about", "to", "be"], "almost"), (["or", "more"], "ormore"), (["or", "higher"], "ormore"), (["or", "above"], "ormore"), (["or", "less"], "orless"), (["or", "lower"], "orless"), (["or", "below"], "orless"), (["or", "fewer"], "orless"),
        (["direct", "message"], "dm"), (["direct", "messages"], "dms"), (["private", "message"], "dm"), (["private", "messages"], "dms"), (["to", "do", "list"], "todo list"), (["to", "do", "lists"], "todo list"), (["to", "do", "item"], "todo"), (["to", "do", "items"], "todos"),
        (["to", "dos"], "todos"), (["sign", "ups"], "signups"), (["heads", "up"], "headsup"), (["thank", "you"], "thankyou"),
        (["blog", "post"], "blog post"), (["check", "in"], "checkin"), (["work", "day"], "workday"), (["work", "days"], "workdays"), (["week", "day"], "weekday"), (["week", "days"], "weekdays"),
    ];

    private static readonly FrozenSet<string> General =
        VerbForms.AllForms.Concat(Lexicon.Filler).Concat(Lexicon.Weighty).Concat(ActionWords.Things).Concat(ActionWords.Places)
            .Concat(ActionWords.Groups).Concat(ActionWords.Outsiders).Concat(ActionWords.Insiders).Concat(ActionWords.NoChannelName).Concat(ActionWords.Purposes.Keys)
            .Concat(TriggerWords.Openers.SelectMany(o => o)).Concat(TriggerWords.Actors).Concat(ScheduleWords.All).Concat(DigestWords.All)
            .Concat(Guard.Words).Concat(NumberReader.Words).Concat(Courtesy.Words).ToFrozenSet(StringComparer.Ordinal);

    // Nothing is corrected into a thing that cannot be done ("important" is no "importing").
    private static readonly string[] Targets = [.. General.Where(w => VerbForms.BaseOf(w) is var verb && (!ActionWords.Others.Contains(verb) || TriggerWords.Create.Contains(verb) || TriggerWords.Delete.Contains(verb)))
        .Where(w => w.Length > 4 || !Lexicon.Filler.Contains(w))];

    // The empty one stands for a word without any.
    private static readonly string[] Prefixes = ["", .. "un dis non de re mis in im ir il over under pre post out up anti counter ex sub inter trans fore self semi co".Split(' ')];

    public static List<Token> Mend(List<Token> tokens, SchemaVocabulary vocabulary, IReadOnlySet<string> toolWords)
    {
        var result = Join(tokens);
        // A capital inside a sentence marks a name, and a name is no typing error.
        foreach (var token in result.Skip(1).Where(t => t.Kind == TokenKind.Word && char.IsUpper(t.Original[0]) && !Knows(t.Text)))
            token.IsName = true;
        foreach (var token in result.Where(t => !t.IsName && t.Kind == TokenKind.Word && t.Text.Length >= 4 && char.IsLetter(t.Text[0])))
            if (!Knows(token.Text) && !EnglishWords.Contains(token.Text) && Nearest(token.Text, Candidates()) is { } better)
                token.Text = better;
        return result;

        bool Knows(string word) => General.Contains(word) || vocabulary.Words.Contains(word) || toolWords.Contains(word);

        IEnumerable<string> Candidates() => vocabulary.Words.Concat(toolWords).Concat(Targets);
    }

    /// <summary>The one known word that is near enough; null where there is none or more than one equally near.</summary>
    private static string? Nearest(string word, IEnumerable<string> known)
    {
        var best = int.MaxValue;
        string? found = null;
        var tied = false;
        foreach (var candidate in known)
        {
            if (candidate.Length < 4 || candidate == found || Math.Abs(candidate.Length - word.Length) > 2)
                continue;
            var limit = Limit(Math.Min(word.Length, candidate.Length));
            var distance = Distance(word, candidate, limit);
            // People slip inside a word; two edits that begin with its first letter make another word.
            if (distance > limit || distance > best || (distance > 1 && candidate[0] != word[0]) || IsOpposite(word, candidate))
                continue;
            tied = distance == best && !SameStem(found!, candidate);
            (best, found) = (distance, distance < best ? candidate : found);
        }

        return tied ? null : found;
    }

    /// <summary>"uncontacted" and "contacted", "deactivated" and "reactivated": a syllable in front is no slip, it turns the meaning.</summary>
    private static bool IsOpposite(string a, string b) =>
        Array.Exists(Prefixes, p => a.StartsWith(p, StringComparison.Ordinal)
            && Array.Exists(Prefixes, q => q != p && b.StartsWith(q, StringComparison.Ordinal) && a.AsSpan(p.Length).SequenceEqual(b.AsSpan(q.Length))));

    // Two forms of one word are no contest: either reads the same.
    private static bool SameStem(string a, string b) =>
        VerbForms.BaseOf(a) == VerbForms.BaseOf(b) || a.TrimEnd('s') == b.TrimEnd('s');

    private static int Limit(int length) => length >= 8 ? 2 : 1;

    /// <summary>
    /// Edits between two words, a swap of neighbours counting one (optimal string alignment). In short words a changed
    /// letter makes another word ("host", "post"), so there only slips count: a swap, a missing or a doubled letter.
    /// </summary>
    private static int Distance(string a, string b, int limit)
    {
        if (a.Length <= 5 && a.Length == b.Length && !IsSwap(a, b))
            return limit + 1;
        Span<int> before = stackalloc int[b.Length + 1], previous = stackalloc int[b.Length + 1], row = stackalloc int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
            previous[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            var least = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1] + 1, previous[j] + 1), previous[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                least = Math.Min(least, row[j]);
            }

            if (least > limit)
                return limit + 1;
            previous.CopyTo(before);
            row.CopyTo(previous);
        }

        return previous[b.Length];
    }

    private static bool IsSwap(string a, string b)
    {
        for (var i = 0; i + 1 < a.Length; i++)
            if (a[i] != b[i])
                return a[i] == b[i + 1] && a[i + 1] == b[i] && a.AsSpan(i + 2).SequenceEqual(b.AsSpan(i + 2));
        return false;
    }

    private static List<Token> Join(List<Token> tokens)
    {
        var result = new List<Token>(tokens.Count);
        for (var i = 0; i < tokens.Count; i++)
        {
            var match = Array.Find(Joined, j => i + j.Words.Length <= tokens.Count && j.Words.Select((w, k) => tokens[i + k].Is(w)).All(x => x));
            // "2 #ops" is "to #ops".
            if (tokens[i] is { Kind: TokenKind.Number, Text: "2" } && tokens.ElementAtOrDefault(i + 1) is { Kind: TokenKind.Channel or TokenKind.Email })
                continue;
            if (match.Words is null)
            {
                result.Add(tokens[i]);
                continue;
            }

            foreach (var word in match.One.Split(' '))
                result.Add(new(TokenKind.Word, word, string.Join(' ', match.Words)));
            i += match.Words.Length - 1;
        }

        return result;
    }
}
