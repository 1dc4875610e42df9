namespace Patchbay.Platform.Chat.Planning.Internal;

/// <summary>
/// "when a task is due", "when deadlines are approaching": no record changes at that moment, so it becomes a look every
/// morning at what is due on the day that was named or asked.
/// </summary>
internal sealed class DueReader(SchemaVocabulary vocabulary, IReadOnlyDictionary<string, string> answers)
{
    private const string EveryMorning = "0 9 * * *";

    /// <summary>Null where the clause is about something else.</summary>
    public (ScheduleTrigger? Trigger, DigestContent? Content, IReadOnlyList<Gap> Gaps, EntitySchema? Entity)? Read(List<Token> clause, string timeZone)
    {
        if (clause.Find(t => t.Text is "due" or "deadline" or "deadlines") is not { } due || clause.Exists(t => t.Text is "changes" or "changed" or "change" or "updated" or "set"))
            return null;
        // "overdue" is a state of the record, "past due" as well.
        if (clause.Exists(t => t.Text is "overdue" or "past" or "created"))
            return null;
        var entity = EntityOf(clause);
        var gaps = new List<Gap>();
        if (entity is null)
            gaps.Add(new(Slots.Entity, "Whose deadlines?", [.. WithDue().Select(e => new Choice(e.Plural ?? e.Name, e.Name))], FreeText: false));
        var kind = clause.Exists(t => t.Is("tomorrow")) ? WindowKind.Tomorrow
            : clause.Exists(t => t.Is("today")) ? WindowKind.Today
            : answers.GetValueOrDefault(Slots.LeadTime) switch { "1d" => WindowKind.Tomorrow, "0d" => WindowKind.Today, _ => (WindowKind?)null };
        if (kind is null)
            gaps.Add(new(Slots.LeadTime, "How long before?", [new("The day before", "1d"), new("On the day", "0d")], FreeText: false));
        foreach (var token in clause.Where(t => t == due || t.Text is "is" or "are" or "approaching" or "approach" or "near" or "nearing" or "coming" or "comes" or "up" or "close" or "today" or "tomorrow" or "looming"))
            token.Explained = true;
        return gaps.Count > 0
            ? (null, null, gaps, entity)
            : (new(EveryMorning, timeZone), new(entity!.Name, DigestReader.Unfinished(entity), new(DigestReader.Due(entity)!.Name, kind!.Value), CountOnly: false), [], null);
    }

    private EntitySchema? EntityOf(List<Token> clause)
    {
        for (var i = 0; i < clause.Count; i++)
            if (vocabulary.EntitiesAt(clause, i) is { Length: > 0 and var length } found && found.Found.Find(f => DigestReader.Due(f.Entity) is not null) is { } phrase)
            {
                for (var k = i; k < i + length; k++)
                    clause[k].Explained = true;
                return phrase.Entity;
            }

        var all = WithDue().ToList();
        return answers.TryGetValue(Slots.Entity, out var answer) ? all.Find(e => e.Name == answer) : all.Count == 1 ? all[0] : null;
    }

    private IEnumerable<EntitySchema> WithDue() => vocabulary.Schema.Entities.Where(e => DigestReader.Due(e) is not null);
}
