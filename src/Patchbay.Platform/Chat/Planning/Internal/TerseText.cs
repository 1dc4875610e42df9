namespace Patchbay.Platform.Chat.Planning.Internal;

/// <summary>"ticket created: #support" has no opener; one side of a break names a record and no action.</summary>
internal static class TerseText
{
    public static (List<Token> When, List<Token> What)? Split(List<Token> tokens, SchemaVocabulary vocabulary)
    {
        for (var at = 1; at < tokens.Count - 1; at++)
        {
            if (tokens[at].Kind != TokenKind.Break)
                continue;
            var (before, after) = (tokens.GetRange(0, at), tokens.GetRange(at + 1, tokens.Count - at - 1));
            if (IsEvent(before, vocabulary) && !IsEvent(after, vocabulary))
                return (before, after);
            if (IsEvent(after, vocabulary) && !IsEvent(before, vocabulary))
                return (after, before);
        }

        return null;
    }

    private static bool IsEvent(List<Token> part, SchemaVocabulary vocabulary)
    {
        var names = Enumerable.Range(0, part.Count).Any(i => vocabulary.EntitiesAt(part, i).Length > 0) || TriggerReader.HappensIn(part, vocabulary);
        return names
            && !part.Where((t, i) => t.Kind is TokenKind.Channel or TokenKind.Email || t.Is("me") || (ActionWords.Things.Contains(t.Text) && !IsOfEvent(part, i, vocabulary))).Any()
            && !(part.Count > 0 && Clauses.IsActionBase(part[0].Text) && vocabulary.EntitiesAt(part, 0).Length == 0 && !IsOfEvent(part, 0, vocabulary));
    }

    // A word of the record's own name, or "update of an invoice".
    private static bool IsOfEvent(List<Token> part, int at, SchemaVocabulary vocabulary) =>
        Enumerable.Range(0, at + 1).Any(i => vocabulary.EntitiesAt(part, i).Length > at - i)
        || (part[at].Text is "update" or "updates" && part.ElementAtOrDefault(at + 1) is { Text: "of" or "to" or "on" });
}
