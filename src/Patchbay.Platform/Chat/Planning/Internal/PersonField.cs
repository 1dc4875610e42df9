namespace Patchbay.Platform.Chat.Planning.Internal;

/// <summary>"the customer's email address", "customer email", "the email of the customer", "their email": a field, said by its owner.</summary>
/// <param name="Field">Null where the record does not hold it.</param>
internal sealed record PersonField(FieldSchema? Field, int Length)
{
    /// <param name="addressOf">The field with the address of whom a word means; null where it means nobody.</param>
    public static PersonField? At(List<Token> clause, int at, SchemaVocabulary vocabulary, EntitySchema entity, Func<int, FieldSchema?> addressOf)
    {
        if (Address(clause, at) is > 0 and var before && clause.ElementAtOrDefault(at + before) is { Text: "of" })
        {
            var owner = at + before + 1;
            while (clause.ElementAtOrDefault(owner) is { Text: "the" or "their" or "our" or "that" or "this" or "each" })
                owner++;
            return owner < clause.Count && addressOf(owner) is { } of ? new(of, owner + 1 - at) : null;
        }

        // The whole phrase is the field's name: "customer email", "customer's name".
        if (vocabulary.FieldsAt(entity, clause, at) is { Length: > 1 and var named } found && IsOwner(clause, at))
            return new(found.Found.OrderByDescending(f => f.Score).First().Field, named + (clause.ElementAtOrDefault(at + named) is { Text: "address" or "addresses" } ? 1 : 0));
        var pronoun = clause[at].Text is "their" or "his" or "her";
        if (!pronoun && !IsOwner(clause, at) && vocabulary.EntitiesAt(clause, at).Length == 0)
            return null;
        if (Address(clause, at + 1) is > 0 and var behind && !IsMessage(clause, at + 1 + behind))
            return pronoun ? OfThem(entity) is { } theirs ? new(theirs, 1 + behind) : null : addressOf(at) is { } own ? new(own, 1 + behind) : null;
        // "the owner's name" of a deal is not the deal's name: nothing here holds it.
        return !pronoun && IsOwner(clause, at) && clause[at].Possessive && vocabulary.FieldsAt(entity, clause, at + 1 < clause.Count ? at + 1 : at) is { Length: > 0 and var other } ? new(null, 1 + other) : null;
    }

    // "customer email confirmation", "their email reminder": what is sent, by which way.
    private static bool IsMessage(List<Token> clause, int at) => clause.ElementAtOrDefault(at) is { Kind: TokenKind.Word } next
        && (ActionWords.Things.Contains(next.Text) || ActionWords.Purposes.ContainsKey(next.Text));

    private static FieldSchema? OfThem(EntitySchema entity) =>
        entity.Fields.Where(f => f.Kind == FieldKind.Email).ToList() is [var only] ? only : null;

    private static int Address(List<Token> clause, int at) =>
        clause.ElementAtOrDefault(at) switch
        {
            { Kind: TokenKind.Word, Text: "email" or "mail" or "emails" } => clause.ElementAtOrDefault(at + 1) is { Text: "address" or "addresses" } ? 2 : 1,
            { Kind: TokenKind.Word, Text: "address" } => 1,
            _ => 0,
        };

    private static bool IsOwner(List<Token> clause, int at) => clause[at].Kind == TokenKind.Word
        && (ActionWords.Outsiders.Contains(clause[at].Text) || ActionWords.Insiders.Contains(clause[at].Text));
}
