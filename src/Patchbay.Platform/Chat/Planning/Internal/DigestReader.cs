namespace Patchbay.Platform.Chat.Planning.Internal;

/// <summary>Reads which records a scheduled message is about: "a list of open tasks", "how many leads came in", "today's bookings".</summary>
internal sealed class DigestReader(SchemaVocabulary vocabulary)
{
    /// <summary>Null where the clause names no records; <c>Problem</c> where it names them in a way that no filter says.</summary>
    public (DigestContent? Content, string? Problem) Read(List<Token> clause, DateWindow sinceLast, string? answered)
    {
        var at = 0;
        var entity = answered is null ? EntityOf(clause, out at) : vocabulary.Schema.FindEntity(answered);
        if (entity is null)
            return (null, null);
        if (Filters(clause, entity, at) is not { } filters)
            return (null, $"the words name two values of one field of {entity.Name}");
        var window = new WindowReader(vocabulary, entity).Read(clause, at, filters.Exists(f => f.Operator == ConditionOperators.Is), sinceLast);
        var late = !filters.Exists(f => f.Operator == ConditionOperators.Is) && clause.Find(t => DigestWords.Late.Contains(t.Text)) is { } word ? word : null;
        if (late is not null)
        {
            if (Due(entity) is not { } due)
                return (null, $"{entity.Name} has no date by which it is due");
            late.Explained = true;
            window = new(due.Name, WindowKind.Past);
            filters.AddRange(Unfinished(entity).Where(f => !filters.Contains(f)));
        }

        if (clause.Find(t => DigestWords.Unfinished.Contains(t.Text) && !t.Explained) is { } open)
        {
            var left = Unfinished(entity);
            if (left.Count == 0)
                return (null, $"{entity.Name} has no value that says when it is finished");
            open.Explained = true;
            filters.AddRange(left.Where(f => !filters.Contains(f)));
        }

        // A to-do list is what is still to do.
        if (filters.Count == 0 && clause.Exists(t => t.Text is "todo" or "todos") && SchemaVocabulary.ConceptOf(entity)?.Nouns.Contains("todo", StringComparison.Ordinal) == true)
            filters.AddRange(Unfinished(entity));
        var count = clause.Exists(t => t.Is("many")) || Counts(clause);
        Explain(clause);
        return (new(entity.Name, filters, window, count), null);
    }

    private EntitySchema? EntityOf(List<Token> clause, out int at)
    {
        at = 0;
        for (var i = 0; i < clause.Count; i++)
            if (vocabulary.EntitiesAt(clause, i) is { Length: > 0 and var length } found)
            {
                at = i;
                for (var k = i; k < i + length; k++)
                    clause[k].Explained = true;
                if (clause.ElementAtOrDefault(i + length) is { Text: "list" or "lists" } list)
                    list.Explained = true;
                var entity = found.Found.OrderByDescending(f => f.Score).First().Entity;
                // "my to-do list": the list is mine, not the single records of a common one.
                if (clause[i + length - 1].Text is not ("list" or "lists") && clause.ElementAtOrDefault(i + length) is not { Text: "list" or "lists" })
                    Owners(clause, i, entity);
                return entity;
            }

        return null;
    }

    /// <summary>"my tasks", "his open tasks", "each customer's invoices": whose records is a condition that no filter says.</summary>
    private void Owners(List<Token> clause, int noun, EntitySchema entity)
    {
        for (var k = noun - 1; k >= 0 && k >= noun - 4; k--)
        {
            if (clause[k].Kind != TokenKind.Word || Clauses.IsActionVerb(clause[k]))
                return;
            // "my invoices" are the business's, unless records belong to colleagues.
            if (clause[k].Text is "his" or "her" or "their" or "whose" || (clause[k].Is("my") && entity.Fields.Any(f => f.Kind == FieldKind.Email && ActionReader.IsInside(f.Name))))
                clause[k].Weighs = true;
            if (clause[k].Text is "to" or "in" or "of" || vocabulary.EntitiesAt(clause, k).Length > 0)
                return;
        }
    }

    /// <summary>Null where two values of one field are named: a record has one, and dropping either would be a guess.</summary>
    private List<Condition>? Filters(List<Token> clause, EntitySchema entity, int at)
    {
        var filters = new List<Condition>();
        var numbers = new NumberReader(vocabulary, entity);
        for (var i = 0; i < clause.Count; i++)
        {
            if (!clause[i].Explained && numbers.At(clause, i) is var (number, taken, _))
            {
                filters.Add(number);
                i += taken - 1;
                continue;
            }

            var (length, found) = vocabulary.ValuesAt(entity, clause, i);
            var best = length == 0 ? null : found.OrderByDescending(f => f.Score).First();
            // "delivered", "sent" and "published" are also verbs of sending: right before the noun they describe it.
            if (best is null || (clause[i].Explained && i + length != at && !IsDescribing(clause, i, at)) || IsFresh(clause, i, best) || (ActionWords.Others.Contains(clause[i].Text) && !clause[i].Is("open")) || found.Count(f => f.Score == best.Score) > 1)
                continue;
            var denied = Negatives.LengthBefore(clause, i);
            if (denied > 0 ? best.Negated || !IsDenied(clause, i + length, entity, best) : i > 0 && Lexicon.Weighty.Contains(clause[i - 1].Text))
                continue;
            for (var k = i - denied; k < i; k++)
                clause[k].Explained = true;
            for (var k = i; k < i + length; k++)
                clause[k].Explained = true;
            foreach (var name in clause.Where(t => SchemaVocabulary.WordsOf(best.Field.Name).Contains(t.Text, StringComparer.Ordinal)))
                name.Explained = true;
            filters.Add(denied > 0 ? new(best.Field.Name, ConditionOperators.IsNot, best.Value) : best.Condition);
            i += length - 1;
        }

        var values = filters.Where(f => f.Operator == ConditionOperators.Is).ToList();
        return values.DistinctBy(f => f.Field).Count() == values.Count && filters.DistinctBy(f => (f.Field, f.Operator)).Count() == filters.Count ? filters : null;
    }

    /// <summary>"not closed" alone; of "not closed and urgent" nobody knows how far the "not" reaches.</summary>
    private bool IsDenied(List<Token> clause, int behind, EntitySchema entity, ValuePhrase value) =>
        Negatives.IsPlain(entity, value.Field, value.Value)
        && !(clause.ElementAtOrDefault(behind) is { } next && (next.Text is "and" or "or" or "nor" || next.Kind == TokenKind.Break) && clause.Skip(behind + 1).Take(4).Select((_, k) => vocabulary.ValuesAt(entity, clause, behind + 1 + k).Length).Any(length => length > 0));

    /// <summary>"new leads" came in lately, "with status new" have that status; of "leads that are new" nobody knows which.</summary>
    private static bool IsFresh(List<Token> clause, int at, ValuePhrase value)
    {
        if (!clause[at].Is("new"))
            return false;
        var named = at > 0 && SchemaVocabulary.WordsOf(value.Field.Name).Contains(clause[at - 1].Text, StringComparer.Ordinal);
        clause[at].Weighs = named || (at > 0 && clause[at - 1].Text is "are" or "is" or "still" or "currently");
        return !named;
    }

    /// <summary>"the number of orders", "count of open ones"; a field of that name ("a total over 500") is none.</summary>
    private bool Counts(List<Token> clause)
    {
        for (var i = 0; i < clause.Count; i++)
            if (DigestWords.Count.Contains(clause[i].Text) && !clause[i].Explained
                && (clause.ElementAtOrDefault(i + 1) is { Text: "of" } || Enumerable.Range(Math.Max(0, i - 2), Math.Min(i, 2)).Any(k => vocabulary.EntitiesAt(clause, k).Length > 0)))
            {
                if (i > 0 && clause[i - 1].Is("total"))
                    clause[i - 1].Explained = true;
                return clause[i].Explained = true;
            }

        return false;
    }

    /// <summary>"mail him the invoices with status sent": the sending is said before, so behind the noun the word describes it.</summary>
    private static bool IsDescribing(List<Token> clause, int at, int noun) =>
        at > noun && Clauses.IsActionVerb(clause[at]) && clause.Take(at).Any(t => Clauses.IsActionVerb(t) || ActionWords.Things.Contains(t.Text));

    public static FieldSchema? Due(EntitySchema entity) =>
        entity.Fields.FirstOrDefault(f => f.Kind is FieldKind.Date or FieldKind.DateTime && DigestWords.DueFields.Contains(f.Name));

    public static List<Condition> Unfinished(EntitySchema entity)
    {
        foreach (var field in entity.Fields.Where(f => f.Kind == FieldKind.Enum))
            if (field.Values.Where(v => Concepts.Terminal.Contains(string.Concat(SchemaVocabulary.WordsOf(v)))).ToList() is { Count: > 0 } ends)
                return [.. ends.Select(v => new Condition(field.Name, ConditionOperators.IsNot, v))];
        return [];
    }

    private static void Explain(List<Token> clause)
    {
        foreach (var token in clause.Where(t => t.Kind == TokenKind.Word && !t.Explained && !t.Weighs))
        {
            var verb = VerbForms.BaseOf(token.Text);
            token.Explained = DigestWords.Kinds.Contains(token.Text) || DigestWords.Fresh.Contains(token.Text)
                || token.Text is "how" or "many" or "still" or "currently" or "whatever" or "we" or "i" || TriggerWords.Create.Contains(verb) || verb is "come" or "is" or "see" or "get";
        }
    }
}
