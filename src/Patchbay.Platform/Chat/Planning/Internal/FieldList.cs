namespace Patchbay.Platform.Chat.Planning.Internal;

/// <summary>"share its title and url", "post name and company to #sales": fields as the object of a verb of sending.</summary>
internal static class FieldList
{
    public static bool Contains(SchemaVocabulary vocabulary, EntitySchema entity, List<Token> clause, int at)
    {
        if (!IsShown(vocabulary, entity, clause, at, out _))
            return false;
        var start = at;
        while (start > 0 && (clause[start - 1].Text is "and" or "the" or "its" or "their" or "a" || clause[start - 1] is { Kind: TokenKind.Break } || Covers(vocabulary, entity, clause, start - 1)))
            start--;
        if (start > 0 && !Clauses.IsActionVerb(clause[start - 1]) && vocabulary.EntitiesAt(clause, start - 1).Length == 0)
            return false;
        var end = at;
        while (end < clause.Count && (clause[end].Text is "and" or "the" or "its" or "their" || clause[end].Kind == TokenKind.Break || Covers(vocabulary, entity, clause, end)))
            end++;
        // "name and email" shows both; an address alone after a verb of sending is who gets it.
        if (IsAddress(vocabulary, entity, clause, at) && (!Addressee.HasOther(clause) || !Enumerable.Range(start, end - start).Any(i => vocabulary.FieldsAt(entity, clause, i).Length > 0 && !IsAddress(vocabulary, entity, clause, i))))
            return false;
        // "a status update" is no field and what follows shows it.
        return (end == clause.Count && start > 0) || (end < clause.Count && IsEnd(clause[end]));
    }

    private static bool IsEnd(Token token) => token.Kind == TokenKind.Channel || token.Text is "to" or "in" or "into" or "on" or "of" or "by";

    private static bool Covers(SchemaVocabulary vocabulary, EntitySchema entity, List<Token> clause, int at) =>
        Enumerable.Range(Math.Max(0, at - 2), Math.Min(3, at + 1)).Any(i => IsShown(vocabulary, entity, clause, i, out var length) && i + length > at);

    // The first verb of the clause is no field, even if it is "email".
    private static bool IsShown(SchemaVocabulary vocabulary, EntitySchema entity, List<Token> clause, int at, out int length)
    {
        (length, _) = vocabulary.FieldsAt(entity, clause, at);
        return length > 0 && !(Clauses.IsActionVerb(clause[at]) && !clause.Take(at).Any(Clauses.IsActionVerb));
    }

    private static bool IsAddress(SchemaVocabulary vocabulary, EntitySchema entity, List<Token> clause, int at) =>
        vocabulary.FieldsAt(entity, clause, at).Found.Exists(f => f.Field.Kind == FieldKind.Email);
}
