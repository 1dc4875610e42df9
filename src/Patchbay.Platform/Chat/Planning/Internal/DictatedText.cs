using System.Collections.Frozen;

namespace Patchbay.Platform.Chat.Planning.Internal;

/// <summary>Words that a message is to have, without quotes: "saying New ticket", "say hello", "with the message Welcome". Where they end is open.</summary>
internal static class DictatedText
{
    private static readonly FrozenSet<string> Leading = Lexicon.Set("saying says say reading reads stating states");

    private static readonly FrozenSet<string> Containers = Lexicon.Set("message text words wording line note");

    private static readonly FrozenSet<string> NoText = Lexicon.Set("of about and to in into on for from with that so it them this via by through at the a an showing including containing attached when as something who which what how there or");

    private static readonly FrozenSet<string> Greetings = Lexicon.Set("hello hi hey thanks thx cheers ok good nice great congrats congratulations");

    /// <summary>Verbs whose object is words, so that a subject right behind them begins a sentence: "post we won one".</summary>
    private static readonly FrozenSet<string> Writing = Lexicon.Set("post write announce send share publish shout put drop");

    private static readonly FrozenSet<string> Subjects = Lexicon.Set("we i you they he she somebody someone everybody everyone nobody there");

    /// <summary>The words from a place on, and how many tokens lead to them; null where none are dictated.</summary>
    public static (string Text, int Length)? At(List<Token> clause, int at, bool aboutRecord)
    {
        var token = clause[at];
        var from = at + 1;
        if (token.Kind == TokenKind.Break)
        {
            // "post to #ops: New ticket arrived"
            if (!aboutRecord || !token.Original.Contains(':', StringComparison.Ordinal) || clause.ElementAtOrDefault(at - 1) is not { Kind: TokenKind.Channel } || !clause.Take(at).Any(Clauses.IsActionVerb))
                return null;
        }
        else if (token.Kind != TokenKind.Word)
            return null;
        else if (Containers.Contains(token.Text) && clause.Take(at).Reverse().Take(3).Any(t => t.Is("with")))
        {
            if (clause.ElementAtOrDefault(from) is { Kind: TokenKind.Break })
                from++;
        }
        else if (Leading.Contains(token.Text))
        {
            while (clause.ElementAtOrDefault(from) is { Kind: TokenKind.Break } or { Text: "that" or "just" or "simply" })
                from++;
        }
        else if (token.Is("that") && at > 0 && !clause[at - 1].Is("so") && clause.Take(at).Any(Clauses.IsActionVerb)
            || Writing.Contains(token.Text))
        {
            if (clause.ElementAtOrDefault(from) is not { Kind: TokenKind.Word } subject || !Subjects.Contains(subject.Text))
                return Greeting(clause, at) ? Words(clause, at, from) : null;
        }
        else if (!Greeting(clause, at))
            return null;

        return clause.ElementAtOrDefault(from) is { Kind: TokenKind.Word or TokenKind.Number } next && (token.Kind == TokenKind.Break || Subjects.Contains(next.Text) || !NoText.Contains(next.Text)) ? Words(clause, at, from) : null;
    }

    private static bool Greeting(List<Token> clause, int at) =>
        Clauses.IsActionVerb(clause[at]) && clause.ElementAtOrDefault(at + 1) is { Kind: TokenKind.Word } greeting && Greetings.Contains(greeting.Text) && !ActionWords.Purposes.ContainsKey(greeting.Text)
        && clause.Skip(at + 1).TakeWhile(t => t.Kind == TokenKind.Word && t.Text is not ("to" or "in" or "on" or "into")).All(t => !ActionWords.Things.Contains(t.Text));

    private static (string Text, int Length)? Words(List<Token> clause, int at, int from)
    {
        var end = from;
        while (end < clause.Count && !IsPlace(clause, end))
            end++;
        var words = clause.GetRange(from, end - from);
        // "saying hello, tell #ops": the text ends before what goes on.
        if (words.Exists(t => t.Kind is TokenKind.Channel or TokenKind.Email) && words.FindIndex(t => t.Kind == TokenKind.Break) is > 0 and var stop)
        {
            end = from + stop;
            words = clause.GetRange(from, stop);
        }

        return words.Count == 0 || words.Exists(t => t.Kind is TokenKind.Quoted or TokenKind.Channel or TokenKind.Email) || (clause[at].Kind == TokenKind.Break && words.TrueForAll(t => t.Explained))
            ? null : (string.Join(' ', words.Select(t => t.Original)), end - at);
    }

    private static bool IsPlace(List<Token> clause, int at) =>
        clause[at].Text is "to" or "in" or "on" or "into" or "at" && clause.Skip(at + 1).Take(3).Any(t => t.Kind is TokenKind.Channel or TokenKind.Email || t.Text is "me" or "channel" or "slack");
}
