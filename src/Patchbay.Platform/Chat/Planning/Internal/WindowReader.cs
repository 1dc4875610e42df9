namespace Patchbay.Platform.Chat.Planning.Internal;

/// <summary>Reads the stretch of time of a list: "due tomorrow", "created today", "that came in", "with eta this week".</summary>
internal sealed class WindowReader(SchemaVocabulary vocabulary, EntitySchema entity)
{
    /// <summary>Null where there is none, or where it is open which date is meant: then its words stay unexplained.</summary>
    /// <param name="at">Where the noun stands.</param>
    /// <param name="filtered">A value is named as well: "resolved yesterday" is about a moment that no field holds.</param>
    public DateWindow? Read(List<Token> clause, int at, bool filtered, DateWindow sinceLast)
    {
        // "leads that came in", "we received": only behind the noun, since "I want to receive" stands before it.
        var fresh = clause.Exists(t => !t.Weighs && t.Text is "new" or "fresh" or "recent" or "newest" or "latest" or "incoming")
            || clause.Skip(at).Any(t => VerbForms.BaseOf(t.Text) is "create" or "arrive" or "receive" or "submit" or "come");
        if (Kind(clause) is not var (kind, words))
            return fresh ? sinceLast : null;
        var due = clause.Find(t => t.Is("due"));
        var field = fresh ? null : Named(clause) ?? (due is not null ? DigestReader.Due(entity) : MeantBy(kind));
        // "today's tasks" may be due or made today, "yesterday's bookings" may have begun or been made: neither is chosen.
        if (!fresh && field is null && (filtered || kind == WindowKind.Tomorrow || (DigestReader.Due(entity) ?? Happens()) is not null))
            return null;
        if (field is not null)
            due?.Explained = true;
        foreach (var word in words)
            word.Explained = true;
        return new(field?.Name ?? "created_date", kind);
    }

    private FieldSchema? MeantBy(WindowKind kind) => kind switch
    {
        WindowKind.Today => Happens(),
        WindowKind.Tomorrow or WindowKind.ThisWeek => Happens() ?? DigestReader.Due(entity),
        _ => null,
    };

    /// <summary>"with eta today": the date that is named beside the day.</summary>
    private FieldSchema? Named(List<Token> clause)
    {
        for (var i = 0; i < clause.Count; i++)
            if (!clause[i].Explained && vocabulary.FieldsAt(entity, clause, i) is { Length: > 0 and var length } found
                && found.Found.Select(f => f.Field).FirstOrDefault(f => f.Kind is FieldKind.Date or FieldKind.DateTime) is { } date)
            {
                for (var k = i; k < i + length; k++)
                    clause[k].Explained = true;
                return date;
            }

        return null;
    }

    // "visit_date" of a Visit says when it takes place.
    private FieldSchema? Happens() =>
        entity.Fields.FirstOrDefault(f => f.Kind is FieldKind.Date or FieldKind.DateTime
            && (DigestWords.HappensFields.Contains(f.Name) || SchemaVocabulary.WordsOf(f.Name) is [.. var head, "date" or "time" or "day"] && head.SequenceEqual(SchemaVocabulary.WordsOf(entity.Name))));

    /// <summary>The first stretch that is named, with its words; another one stays unexplained.</summary>
    private static (WindowKind Kind, Token[] Words)? Kind(List<Token> clause)
    {
        for (var i = 0; i < clause.Count; i++)
        {
            if (OfDay(clause[i].Text) is { } day)
                return (day, [clause[i]]);
            if (i + 1 < clause.Count && Pair(clause[i].Text, clause[i + 1].Text) is { } pair)
                return (pair, i > 0 && clause[i - 1].Text is "last" or "past" ? [clause[i - 1], clause[i], clause[i + 1]] : [clause[i], clause[i + 1]]);
        }

        return null;
    }

    private static WindowKind? OfDay(string word) => word switch
    {
        "today" => WindowKind.Today, "yesterday" => WindowKind.Yesterday, "tomorrow" => WindowKind.Tomorrow, _ => null,
    };

    private static WindowKind? Pair(string first, string second) => (first, second) switch
    {
        ("this", "week") => WindowKind.ThisWeek,
        ("last" or "past", "day") or ("24", "hours") => WindowKind.LastDay,
        ("last" or "past", "week") or ("7" or "seven", "days") => WindowKind.LastWeek,
        ("last" or "past", "month") => WindowKind.LastMonth,
        _ => null,
    };
}
