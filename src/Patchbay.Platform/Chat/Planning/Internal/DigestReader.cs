namespace Patchbay.Platform.Chat.Planning.Internal;

/// <summary>Reads which records a scheduled message is about: "a list of open tasks", "how many leads came in", "today's bookings".</summary>
internal sealed class DigestReader(SchemaVocabulary vocabulary)
{
    /// <summary>Null where the clause names no records; <c>Problem</c> where it names them in a way that no filter says.</summary>
    public (DigestContent? Content, string? Problem) Read(List<Token> clause, WindowKind sinceLast, string? answered)
    {
        var entity = answered is null ? EntityOf(clause) : vocabulary.Schema.FindEntity(answered);
        if (entity is null)
            return (null, null);
        var filters = Filters(clause, entity);
        var window = Window(clause, entity, sinceLast);
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

        var count = clause.Exists(t => t.Is("many")) || clause.Exists(t => DigestWords.Count.Contains(t.Text));
        Explain(clause);
        return (new(entity.Name, filters, window, count), null);
    }

    private EntitySchema? EntityOf(List<Token> clause)
    {
        for (var i = 0; i < clause.Count; i++)
            if (vocabulary.EntitiesAt(clause, i) is { Length: > 0 and var length } found)
            {
                // "summary" may be an entity of the app; a word already used for the message itself is none.
                for (var k = i; k < i + length; k++)
                    clause[k].Explained = true;
                if (clause.ElementAtOrDefault(i + length) is { Text: "list" or "lists" } list)
                    list.Explained = true;
                return found.Found.OrderByDescending(f => f.Score).First().Entity;
            }

        return null;
    }

    private List<Condition> Filters(List<Token> clause, EntitySchema entity)
    {
        var filters = new List<Condition>();
        for (var i = 0; i < clause.Count; i++)
        {
            var (length, found) = vocabulary.ValuesAt(entity, clause, i);
            var best = length == 0 ? null : found.OrderByDescending(f => f.Score).First();
            if (best is null || clause[i].Explained || found.Count(f => f.Score == best.Score) > 1 || (i > 0 && Lexicon.Weighty.Contains(clause[i - 1].Text)))
                continue;
            for (var k = i; k < i + length; k++)
                clause[k].Explained = true;
            foreach (var name in clause.Where(t => SchemaVocabulary.WordsOf(best.Field.Name).Contains(t.Text, StringComparer.Ordinal)))
                name.Explained = true;
            filters.Add(new(best.Field.Name, ConditionOperators.Is, best.Value));
            i += length - 1;
        }

        return filters.DistinctBy(f => f.Field).Count() == filters.Count ? filters : [];
    }

    private static DateWindow? Window(List<Token> clause, EntitySchema entity, WindowKind sinceLast)
    {
        var fresh = clause.Find(t => DigestWords.Fresh.Contains(t.Text)) is not null
            || clause.Exists(t => VerbForms.BaseOf(t.Text) is "create" or "add" or "arrive" or "receive" or "submit" or "come" && !t.Is("add"));
        var due = clause.Exists(t => t.Is("due"));
        var kind = Kind(clause);
        if (kind is null)
            return fresh ? new("created_date", sinceLast) : null;
        var field = fresh ? null
            : due ? Due(entity)?.Name
            : kind is WindowKind.Today or WindowKind.Tomorrow or WindowKind.ThisWeek ? (Happens(entity) ?? (kind == WindowKind.Today ? null : Due(entity)))?.Name
            : null;
        if (due && field is not null)
            foreach (var word in clause.Where(t => t.Is("due")))
                word.Explained = true;
        return kind is WindowKind.Tomorrow && field is null ? null : Told(clause, new(field ?? "created_date", kind.Value));
    }

    private static WindowKind? Kind(List<Token> clause)
    {
        if (clause.Exists(t => t.Is("today"))) return WindowKind.Today;
        if (clause.Exists(t => t.Is("yesterday"))) return WindowKind.Yesterday;
        if (clause.Exists(t => t.Is("tomorrow"))) return WindowKind.Tomorrow;
        for (var i = 1; i < clause.Count; i++)
        {
            var unit = clause[i].Text;
            var before = clause[i - 1].Text;
            if (unit == "week" && before is "this") return WindowKind.ThisWeek;
            if (before is "last" or "past")
                return unit switch { "hour" => WindowKind.LastHour, "day" => WindowKind.LastDay, "week" => WindowKind.LastWeek, "month" => WindowKind.LastMonth, _ => null };
            if (before == "24" && unit == "hours") return WindowKind.LastDay;
            if (before is "7" or "seven" && unit == "days") return WindowKind.LastWeek;
        }

        return null;
    }

    private static DateWindow Told(List<Token> clause, DateWindow window)
    {
        foreach (var token in clause.Where(t => t.Text is "today" or "yesterday" or "tomorrow" or "week" or "last" or "past" or "24" or "7" or "seven" or "hours" or "hour" or "days" or "day" or "month"))
            token.Explained = true;
        return window;
    }

    private static FieldSchema? Due(EntitySchema entity) =>
        entity.Fields.FirstOrDefault(f => f.Kind is FieldKind.Date or FieldKind.DateTime && DigestWords.DueFields.Contains(f.Name));

    private static FieldSchema? Happens(EntitySchema entity) =>
        entity.Fields.FirstOrDefault(f => f.Kind is FieldKind.Date or FieldKind.DateTime && DigestWords.HappensFields.Contains(f.Name));

    private static List<Condition> Unfinished(EntitySchema entity)
    {
        foreach (var field in entity.Fields.Where(f => f.Kind == FieldKind.Enum))
            if (field.Values.Where(v => Concepts.Terminal.Contains(string.Concat(SchemaVocabulary.WordsOf(v)))).ToList() is { Count: > 0 } ends)
                return [.. ends.Select(v => new Condition(field.Name, ConditionOperators.IsNot, v))];
        return [];
    }

    private static void Explain(List<Token> clause)
    {
        foreach (var token in clause.Where(t => t.Kind == TokenKind.Word && !t.Explained))
        {
            var verb = VerbForms.BaseOf(token.Text);
            token.Explained = DigestWords.Kinds.Contains(token.Text) || DigestWords.Count.Contains(token.Text) || DigestWords.Fresh.Contains(token.Text)
                || token.Text is "how" or "many" or "still" or "currently" or "whatever" or "we" or "i" || TriggerWords.Create.Contains(verb) || verb is "come" or "is" or "see" or "get";
        }
    }
}
