namespace Patchbay.Platform.Chat.Planning.Internal;

/// <summary>A request taken apart: the words that say when, and for each action the words that say what.</summary>
/// <param name="CreationOpener">The opener itself says that records are new: "for every new".</param>
internal sealed record Clauses(List<Token>? Trigger, bool CreationOpener, List<List<Token>> Actions)
{
    private static readonly HashSet<string> NotBeforeImperative = new(
        "a an the new every each any to we i you they of by our my your is are be this that will should can must not would their".Split(' '), StringComparer.Ordinal);

    /// <param name="scheduled">A clock says when, so no part of the text is looked upon as an event unless a word opens it.</param>
    public static Clauses Split(List<Token> tokens, SchemaVocabulary vocabulary, bool scheduled = false)
    {
        if (FindOpener(tokens, vocabulary) is not var (start, length))
            return scheduled ? new(null, false, SplitActions(tokens)) : Passive.Split(tokens, vocabulary) is var (subject, rest) ? new(subject, false, SplitActions(rest)) : TerseText.Split(tokens, vocabulary) is var (when, what) ? new(when, false, SplitActions(what)) : new(null, false, SplitActions(tokens));
        var opener = tokens.GetRange(start, length);
        var end = EndOfTrigger(tokens, start + length, actionBefore: HasAction(tokens, 0, start), vocabulary);
        foreach (var word in opener)
            word.Explained = true;
        var others = tokens.GetRange(0, start);
        if (others.Count > 0 && end < tokens.Count)
            others.Add(new(TokenKind.Break, ",", ","));
        others.AddRange(tokens.GetRange(end, tokens.Count - end));
        var creation = opener.Exists(w => w.Is("new")) || (opener.Count > 1 && opener[0].Text is "for" or "with" or "per" || (opener.Count > 1 && opener[0].Is("on")));
        return new(tokens.GetRange(start + length, end - start - length), creation, SplitActions(others));
    }

    public static bool IsActionVerb(Token token) =>
        token.Kind == TokenKind.Word && VerbForms.BaseOf(token.Text) is var verb && IsActionBase(verb);

    internal static bool IsActionBase(string verb) =>
        ActionWords.Notify.Contains(verb) || ActionWords.ByMail.Contains(verb) || ActionWords.BySlack.Contains(verb) || verb is "thank" or "welcome" or "greet" or "congratulate";

    private static (int Start, int Length)? FindOpener(List<Token> tokens, SchemaVocabulary vocabulary)
    {
        for (var i = 0; i < tokens.Count; i++)
            foreach (var words in TriggerWords.Openers)
                if (StartsWith(tokens, i, words) && IsReally(tokens, i, words, vocabulary))
                    return (i, words.Length);
        return null;
    }

    private static bool IsReally(List<Token> tokens, int i, string[] words, SchemaVocabulary vocabulary)
    {
        var next = tokens.ElementAtOrDefault(i + words.Length);
        // "should a deal be lost": after a subject it would be the other should.
        if (words is ["should"])
            return next is { Text: "a" or "an" or "the" or "any" or "some" or "somebody" or "someone" };
        if (words.Length > 1 && words[0] is "for" or "on" or "with" or "about" or "per")
            return Enumerable.Range(i + words.Length, next is { Text: "change" or "update" or "deletion" or "creation" } ? 7 : 3).Any(at => at < tokens.Count && vocabulary.EntitiesAt(tokens, at).Length > 0);
        if (words is ["on"])
            return i + 2 < tokens.Count && vocabulary.EntitiesAt(tokens, i + 1) is { Length: > 0 and var length } && tokens.ElementAtOrDefault(i + 1 + length) is { Kind: TokenKind.Word } noun && !Lexicon.Filler.Contains(noun.Text);
        // "as a deal is won", not "as an email": a record, and something that happens to it.
        if (words is ["as"])
            return (next is { Text: "they" or "it" } || Enumerable.Range(i + 1, 3).Any(at => at < tokens.Count && vocabulary.EntitiesAt(tokens, at).Length > 0)) && tokens.Skip(i + 2).Take(4).Any(t => t.Kind == TokenKind.Word && VerbForms.BaseOf(t.Text) is "is" or "get" or "become" || t.Text is "has");
        return words[0] is not ("after" or "once" or "upon") || next is { Kind: TokenKind.Word };
    }

    private static int EndOfTrigger(List<Token> tokens, int from, bool actionBefore, SchemaVocabulary vocabulary)
    {
        for (var i = from; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (token.Kind == TokenKind.Break && i > from && (!actionBefore || HasAction(tokens, i, tokens.Count)) && !IsAmongAdjectives(tokens, from, i, vocabulary))
                return i;
            if (token.Is("then") || (i > from && token.Text is "must" or "should" or "shall" && Passive.LeadsToSending(tokens, i)))
                return i;
            if (i > from && IsImperative(tokens, i, vocabulary) && (!actionBefore || tokens[i - 1].Text is "and" or "also"))
                return BeforeWish(tokens, i, from);
            if (!actionBefore && i > from + 1 && token.Text is "i" or "we" && tokens.ElementAtOrDefault(i + 1) is { Text: "want" or "need" or "would" })
                return i;
            if (!actionBefore && i > from + 1 && Passive.IsReceiver(tokens, i))
                return i;
            if (!actionBefore && token.Kind == TokenKind.Channel)
                return i;
        }

        return tokens.Count;
    }

    /// <summary>"when an urgent, open ticket": nothing was named yet that anything could happen to.</summary>
    private static bool IsAmongAdjectives(List<Token> tokens, int from, int at, SchemaVocabulary vocabulary) =>
        Enumerable.Range(from, at - from).All(i => tokens[i].Kind == TokenKind.Word && vocabulary.EntitiesAt(tokens, i).Length == 0
            && !(TriggerWords.IsVerb(tokens[i].Text) && !tokens[i].Text.EndsWith("ed", StringComparison.Ordinal)) && tokens[i].Text is not ("they" or "it" or "that" or "this" or "one" or "so"))
        && Enumerable.Range(at + 1, 4).Any(i => i < tokens.Count && vocabulary.EntitiesAt(tokens, i).Length > 0)
        && !Enumerable.Range(at + 1, 2).Any(i => i < tokens.Count && (IsActionVerb(tokens[i]) || tokens[i].Kind != TokenKind.Word));

    // "could you please tell": the words of asking belong to what is asked.
    private static int BeforeWish(List<Token> tokens, int at, int from)
    {
        while (at - 1 > from && tokens[at - 1].Text is "and" or "also" or "please" or "kindly" or "could" or "would" or "can" or "will" or "you" or "just" or "to" or "want" or "need" or "must" or "should" or "i" or "we")
            at--;
        return at;
    }

    private static bool IsImperative(List<Token> tokens, int i, SchemaVocabulary vocabulary) =>
        tokens[i].Kind == TokenKind.Word
        && IsActionBase(tokens[i].Text)
        && (!NotBeforeImperative.Contains(tokens[i - 1].Text) || IsAsking(tokens, i))
        && (!TriggerWords.Actors.Contains(tokens[i - 1].Text) || IsAsking(tokens, i))
        && vocabulary.EntitiesAt(tokens, i - 1).Length < 2
        && i + 1 < tokens.Count;

    private static bool IsAsking(List<Token> tokens, int i) =>
        i > 1 && tokens[i - 1].Is("you") && tokens[i - 2].Text is "can" or "could" or "would" or "will" or "please";

    private static bool HasAction(List<Token> tokens, int start, int end)
    {
        for (var i = start; i < end; i++)
            if (tokens[i].Kind is TokenKind.Channel or TokenKind.Email || IsActionVerb(tokens[i]) || ActionWords.Things.Contains(tokens[i].Text) || tokens[i].Is("me"))
                return true;
        return false;
    }

    /// <summary>A new action begins at an imperative after "and", a comma or the like, once there is a verb before it.</summary>
    private static List<List<Token>> SplitActions(List<Token> tokens)
    {
        var actions = new List<List<Token>> { new() };
        for (var i = 0; i < tokens.Count; i++)
        {
            var fresh = i > 0 && tokens[i].Kind == TokenKind.Word && IsActionBase(tokens[i].Text)
                && (tokens[i - 1].Kind == TokenKind.Break || tokens[i - 1].Text is "and" or "then" or "also" or "plus" or "please" or "additionally")
                && i + 1 < tokens.Count && actions[^1].Exists(IsActionVerb) && actions[^1].Exists(IsTarget);
            if (fresh)
                actions.Add([]);
            actions[^1].Add(tokens[i]);
        }

        return [.. actions.Where(a => a.Exists(t => t.Kind != TokenKind.Break))];
    }

    private static bool IsTarget(Token token) =>
        token.Kind is TokenKind.Channel or TokenKind.Email || token.Text is "me" or "channel" or "slack" or "gmail" or "us"
        || ActionWords.Outsiders.Contains(token.Text) || ActionWords.Insiders.Contains(token.Text) || ActionWords.Groups.Contains(token.Text);

    internal static bool Has(List<Token> tokens, params string[] words) =>
        Enumerable.Range(0, tokens.Count).Any(i => StartsWith(tokens, i, words));

    internal static bool StartsWith(List<Token> tokens, int at, string[] words)
    {
        if (at + words.Length > tokens.Count)
            return false;
        for (var i = 0; i < words.Length; i++)
            if (!tokens[at + i].Is(words[i]))
                return false;
        return true;
    }
}
