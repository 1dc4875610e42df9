namespace Patchbay.Platform.Chat.Planning.Internal;

/// <summary>Who does something to a record, and whether the record is what is made or only what something is added to.</summary>
internal static class EventObject
{
    /// <summary>"a comment is added to a ticket", "somebody reports on a deal": not the record is made.</summary>
    public static bool IsAddedTo(List<Token> clause, int entityAt)
    {
        for (var i = entityAt - 1; i >= 0; i--)
        {
            if (clause[i].Text is "to" or "on" or "in" or "into" or "for" or "from" or "about" or "with" or "by" or "against" or "under")
                return clause.Take(i).Any(t => t.Kind == TokenKind.Word && !t.Explained && !Lexicon.Filler.Contains(t.Text));
            if (clause[i].Kind != TokenKind.Word || !(Lexicon.Filler.Contains(clause[i].Text) || clause[i].Explained))
                return false;
        }

        return false;
    }

    /// <summary>"is created and delete it": an order inside the event.</summary>
    public static bool HasOrder(List<Token> clause)
    {
        for (var i = 1; i + 1 < clause.Count; i++)
            if (clause[i - 1].Text is "and" or "then" && clause[i + 1].Text is "it" or "them" && clause[i].Kind == TokenKind.Word && VerbForms.IsBase(clause[i].Text))
                return true;
        return false;
    }

    /// <summary>Whether a word names who acts, in a way that asks for no condition.</summary>
    /// <param name="made">The record is made; customers make records, whoever else does it is a condition.</param>
    public static bool IsActor(List<Token> clause, int at, bool made)
    {
        var word = clause[at].Text;
        if (!(TriggerWords.Actors.Contains(word) || TriggerWords.Actors.Contains(word.TrimEnd('s'))) || TriggerWords.Staff.Contains(word) || clause.ElementAtOrDefault(at + 1) is { Text: "of" })
            return false;
        if (clause[at].Possessive)
            return at + 1 < clause.Count;
        var before = at - 1;
        while (before >= 0 && clause[before].Text is "a" or "an" or "the" or "our" or "new" or "any" or "some" or "another" or "one")
            before--;
        // "every ticket customers submit"
        if (made && clause.ElementAtOrDefault(at + 1) is { Kind: TokenKind.Word } verb && TriggerWords.Create.Contains(VerbForms.BaseOf(verb.Text)))
            return true;
        // "resolved by the customer": whoever changes a record is stored in none.
        return before < 0 || TriggerWords.Anybody.Contains(word) || (made && clause[before].Text is "by" or "from" or "who") || (made && clause[before].Kind == TokenKind.Break);
    }
}
