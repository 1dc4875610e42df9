namespace Patchbay.Platform.Chat.Planning.Internal;

/// <summary>Sentences whose subject is the event or whoever gets the message: "any change of a lead should be posted to #sales".</summary>
internal static class Passive
{
    private static readonly HashSet<string> Modal = new("should must shall needs wants ought gets receives has is".Split(' '), StringComparer.Ordinal);

    /// <summary>The subject as the event, and the rest as the action; null where the subject is none.</summary>
    public static (List<Token> Subject, List<Token> Others)? Split(List<Token> tokens, SchemaVocabulary vocabulary)
    {
        if (Who(tokens, vocabulary) is { } who)
            return who;
        for (var i = 2; i < tokens.Count - 1; i++)
        {
            if (tokens[i].Text is not ("should" or "must" or "shall" or "are" or "is" or "get" or "gets" or "need" or "needs" or "have" or "has" or "will") || !LeadsToSending(tokens, i))
                continue;
            var subject = tokens.GetRange(0, i);
            return IsEvent(subject, vocabulary) ? (subject, tokens.GetRange(i, tokens.Count - i)) : null;
        }

        return null;
    }

    /// <summary>"guests who book get a mail": who does it is who gets it.</summary>
    private static (List<Token> Subject, List<Token> Others)? Who(List<Token> tokens, SchemaVocabulary vocabulary)
    {
        var who = tokens.FindIndex(t => t.Text is "who" or "that");
        var verb = who < 0 ? -1 : tokens.FindIndex(who + 1, t => t.Text is "get" or "gets" or "receive" or "receives" or "should" or "must");
        if (who < 1 || verb < who + 2 || !TriggerWords.Actors.Contains(tokens[who - 1].Text) && !TriggerWords.Actors.Contains(tokens[who - 1].Text.TrimEnd('s')) || !LeadsToMessage(tokens, verb))
            return null;
        var subject = tokens.GetRange(0, verb);
        return TriggerReader.HappensIn(subject, vocabulary)
            ? (subject, [new(TokenKind.Word, tokens[who - 1].Text, tokens[who - 1].Original), .. tokens.GetRange(verb, tokens.Count - verb)])
            : null;
    }

    /// <summary>"the recipient should get", "hr@x is to be mailed": whoever is named here begins a new part of the sentence.</summary>
    public static bool IsReceiver(List<Token> tokens, int at)
    {
        if (tokens[at].Text is not ("the" or "its" or "their" or "our" or "his" or "her"))
            return false;
        for (var i = at + 2; i < tokens.Count && i < at + 5; i++)
            if (Modal.Contains(tokens[i].Text))
                return tokens[i].Text is not ("has" or "is") && LeadsToMessage(tokens, i) || LeadsToSending(tokens, i);
        return false;
    }

    public static bool LeadsToSending(List<Token> tokens, int i)
    {
        for (var k = i + 1; k < tokens.Count && k < i + 4; k++)
        {
            if (tokens[k].Text is "to" or "be" or "been" or "get" or "also" or "always")
                continue;
            return Clauses.IsActionVerb(tokens[k]) && (tokens[k].Text.EndsWith("ed", StringComparison.Ordinal) || tokens[k].Text is "sent" or "told" or "given" or "written" or "put" or "hear" or "know");
        }

        return false;
    }

    private static bool LeadsToMessage(List<Token> tokens, int i) =>
        tokens.Skip(i + 1).Take(4).Any(t => ActionWords.Things.Contains(t.Text) || t.Text is "hear" or "know");

    private static bool IsEvent(List<Token> subject, SchemaVocabulary vocabulary) =>
        Enumerable.Range(0, subject.Count).Any(i => vocabulary.EntitiesAt(subject, i).Length > 0)
        && !subject.Exists(t => t.Kind is TokenKind.Channel or TokenKind.Email || Clauses.IsActionVerb(t) && !t.Is("update"))
        && subject.Exists(t => t.Text is "new" or "newly" or "every" or "each" or "any" or "change" or "changes" or "update" or "updates"
            || TriggerWords.CreateNouns.Contains(t.Text) || TriggerWords.DeleteNouns.Contains(t.Text) || TriggerWords.Create.Contains(VerbForms.BaseOf(t.Text)) || TriggerWords.Delete.Contains(VerbForms.BaseOf(t.Text)));
}
