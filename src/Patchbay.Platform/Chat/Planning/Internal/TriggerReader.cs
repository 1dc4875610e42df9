using System.Globalization;

namespace Patchbay.Platform.Chat.Planning.Internal;

/// <summary>What the words that say when came to: a trigger, a choice between readings, or neither.</summary>
internal sealed record TriggerReading
{
    public TriggerPlan? Trigger { get; init; }

    public EntitySchema? Entity { get; init; }

    /// <summary>A question to ask instead of choosing.</summary>
    public (string Slot, string Text, IReadOnlyList<Choice> Choices)? Ask { get; init; }
}

/// <summary>Reads a clause about records: which entity, made or changed or deleted, under which conditions.</summary>
internal sealed class TriggerReader(SchemaVocabulary vocabulary, IReadOnlyDictionary<string, string> answers)
{
    /// <param name="meant">What a pronoun in the clause stands for; null if there is none.</param>
    public TriggerReading Read(List<Token> clause, bool creationOpener, EntitySchema? meant = null, IReadOnlyList<Condition>? said = null)
    {
        if (Manual(clause))
            return new() { Trigger = new ManualTrigger() };
        if (EntityOf(clause) is not var (entity, others, at))
            return Happens(clause) ?? (meant is null ? new() : WithSaid(Read(clause, meant, 0, creationOpener), said ?? []));
        if (others.Count > 0)
            return AskEntity([entity, .. others]);
        return Read(clause, entity, at, creationOpener);
    }

    private TriggerReading Read(List<Token> clause, EntitySchema entity, int at, bool creationOpener)
    {
        var fresh = creationOpener || (at > 0 && clause.Take(at).Any(t => t.Text is "new" or "newly" or "fresh" or "another"));
        var conditions = new ConditionReader(vocabulary, entity, answers);
        var reading = conditions.Read(clause);
        if (reading.Ask is { } ask)
            return new() { Entity = entity, Ask = ask };
        if (reading.MaybeMade)
            return new() { Entity = entity };
        var verbs = VerbsOf(clause, entity);
        // Two kinds of events in one clause ("a new one is updated", "a paid one is deleted") are no trigger that exists.
        if ((verbs.Delete && (reading.Conditions.Count > 0 || fresh || verbs.Update || verbs.Create)) || EventObject.HasOrder(clause))
            return new() { Entity = entity };
        if (verbs.Delete)
            return Record(RecordChange.Delete, []);
        var made = (fresh && !reading.IsEnd) || (verbs.Create && !reading.LedByTransition && (!reading.UsedVerb || clause.Exists(t => t.Is("and"))));
        if ((made && (verbs.Update || (fresh && reading.IsReached))) || (verbs.Create && EventObject.IsAddedTo(clause, at)))
            return new() { Entity = entity };
        // "becomes qualified and its phone changes" are two events.
        if (verbs.Update && reading.LedByTransition)
            return new() { Entity = entity };
        if (verbs.Update)
            return Changed(reading) is { } changed ? Record(RecordChange.Update, changed) : new() { Entity = entity };
        // "an inconclusive result": made so, or become so? Without a verb nobody knows.
        if (reading.Conditions.Count > 0 && !made && reading is { LedByTransition: false, UsedVerb: false, IsEnd: false, Turning.Any: false } && reading.LastValueAt < at && !clause.Skip(at).Any(t => t.Kind == TokenKind.Word && VerbForms.BaseOf(t.Text) is "is" or "get" or "have" || TriggerWords.Transition.Contains(VerbForms.BaseOf(t.Text))))
            return new() { Entity = entity };
        if (reading.Conditions.Count > 0)
            return !made && reading.IsStateOfNot && !reading.IsReached && reading.Turning.Mark(reading.Conditions) is var marked && new RecordTrigger("", RecordChange.Update, marked).Turning.Any(c => c.Operator == ConditionOperators.IsNot) ? new() { Entity = entity }
                : made ? Record(RecordChange.Create, reading.Conditions) : Record(RecordChange.Update, reading.Turning.Mark(reading.Conditions));
        return made ? Record(RecordChange.Create, []) : new() { Entity = entity };

        TriggerReading Record(RecordChange on, IReadOnlyList<Condition> found)
        {
            Explain(clause, entity, on);
            // A field that is named but rules nothing is part of what was not understood, unless it led to a condition.
            return new() { Entity = entity, Trigger = new RecordTrigger(entity.Name, on, found) };
        }
    }

    /// <summary>"deals above 10k, when they get created": what the other clause says of them rules as well.</summary>
    private static TriggerReading WithSaid(TriggerReading reading, IReadOnlyList<Condition> said)
    {
        if (said.Count == 0 || reading.Trigger is not RecordTrigger record)
            return reading;
        var added = said.Except(record.Conditions.Select(c => c with { Turns = false })).ToList();
        // What the other clause says describes the record; what happens to it is here.
        var own = record.On == RecordChange.Update && added.Count > 0 && record.Conditions.All(c => !c.Turns) ? [.. record.Conditions.Select(c => c with { Turns = true })] : record.Conditions;
        List<Condition> all = [.. own, .. added];
        // Two values of one field ("drafts, when they are published") are a transition from one to the other.
        return record.On == RecordChange.Delete || all.Where(c => c.Operator == ConditionOperators.Is).GroupBy(c => c.Field).Any(g => g.Count() > 1)
            ? reading with { Trigger = null }
            : reading with { Trigger = record with { Conditions = all } };
    }

    /// <summary>What an update is watched for: one field, or any. With a condition only a named field makes sense, because
    /// "an urgent one is updated" would fire when it becomes urgent and at no other update.</summary>
    private static IReadOnlyList<Condition>? Changed(ConditionReading reading)
    {
        var free = reading.Mentioned.Where(f => !reading.Conditions.Exists(c => c.Field == f.Name)).ToList();
        return (free.Count, reading.Conditions.Count) switch
        {
            (0, 0) => [],
            (1, _) => [.. reading.Conditions, new(free[0].Name, ConditionOperators.Changed, "", Turns: reading.Conditions.Count > 0)],
            _ => null,
        };
    }

    private static (bool Create, bool Update, bool Delete) VerbsOf(List<Token> clause, EntitySchema entity)
    {
        var own = SchemaVocabulary.ConceptOf(entity)?.Made.Split(' ') ?? [];
        // The noun of the entity may itself look like a verb ("a booking").
        bool Has(Func<string, bool> test) => clause.Where((t, i) => t.Kind == TokenKind.Word && !t.Explained && !(i > 0 && clause[i - 1].Is("from"))).Any(t => test(VerbForms.BaseOf(t.Text)));
        // "there is a new one", "we have one" say the same as "is created"; "gets" alone does not.
        var got = clause.Exists(t => t.Text is "get" or "got") && clause.Exists(t => t.Text is "we" or "i");
        var touched = Clauses.Has(clause, "in", "touch") || Clauses.Has(clause, "reaches", "out") || Clauses.Has(clause, "contacts", "us");
        return (touched || clause.Exists(t => TriggerWords.CreateNouns.Contains(t.Text)) || Has(TriggerWords.Create.Contains) || Has(v => own.Contains(v, StringComparer.Ordinal)) || got, Has(TriggerWords.Update.Contains), Has(TriggerWords.Delete.Contains) || clause.Exists(t => TriggerWords.DeleteNouns.Contains(t.Text)));
    }

    private (EntitySchema Entity, IReadOnlyList<EntitySchema> Others, int At)? EntityOf(List<Token> clause)
    {
        var mentions = new List<(int At, int Length, List<EntityPhrase> Found)>();
        for (var i = 0; i < clause.Count; i++)
            if (vocabulary.EntitiesAt(clause, i) is { Length: > 0 and var length } found)
            {
                mentions.Add((i, length, found.Found));
                i += length - 1;
            }

        if (mentions.Count == 0)
            return null;
        // "a customer opens a ticket": who does it comes first, what is made last; "a ticket from a customer" is the reverse.
        var distinct = mentions.Where(m => m.Found.Exists(f => f.Score >= SchemaVocabulary.Own)).ToList();
        var candidates = distinct.Count > 0 ? distinct : mentions;
        var chosen = candidates.Count == 1 ? candidates[0]
            : clause[candidates[0].At + candidates[0].Length - 1].Possessive && candidates[1].At <= candidates[0].At + candidates[0].Length + 1 ? candidates[1]
            : IsActor(clause, candidates[0]) ? candidates[1]
            : candidates[0];
        for (var i = chosen.At; i < chosen.At + chosen.Length; i++)
            clause[i].Explained = true;
        if (candidates.Count > 1 && chosen != candidates[0])
            for (var i = candidates[0].At; i < candidates[0].At + candidates[0].Length; i++)
                clause[i].Explained = true;
        var best = chosen.Found.Max(f => f.Score);
        var entities = chosen.Found.Where(f => f.Score == best).Select(f => f.Entity).Distinct().ToList();
        var answered = answers.TryGetValue(Slots.Entity, out var answer) ? entities.Find(e => e.Name == answer) : null;
        return answered is not null ? (answered, [], chosen.At) : (entities[0], entities.Skip(1).ToList(), chosen.At);
    }

    private static bool IsActor(List<Token> clause, (int At, int Length, List<EntityPhrase> Found) mention) =>
        clause.ElementAtOrDefault(mention.At + mention.Length) is { Kind: TokenKind.Word } verb
        && TriggerWords.Create.Contains(VerbForms.BaseOf(verb.Text))
        && !verb.Text.EndsWith("ed", StringComparison.Ordinal);

    /// <summary>"somebody signs up" names no record, but only one entity of the app is made that way.</summary>
    private TriggerReading? Happens(List<Token> clause)
    {
        foreach (var entity in vocabulary.Schema.Entities)
            foreach (var phrase in SchemaVocabulary.ConceptOf(entity)?.Happens.Split(',') ?? [])
                for (var i = 0; i < clause.Count && phrase.Length > 0; i++)
                    if (FitsInflected(clause, i, phrase.Split(' ')))
                    {
                        for (var k = i; k < i + phrase.Split(' ').Length; k++)
                            clause[k].Explained = true;
                        Explain(clause, entity, RecordChange.Create);
                        return new() { Entity = entity, Trigger = new RecordTrigger(entity.Name, RecordChange.Create, []) };
                    }

        return null;
    }

    /// <summary>Whether words say that a record is made without naming it: "somebody signs up".</summary>
    public static bool HappensIn(List<Token> words, SchemaVocabulary vocabulary) =>
        vocabulary.Schema.Entities.SelectMany(e => SchemaVocabulary.ConceptOf(e)?.Happens.Split(',') ?? [])
            .Any(p => p.Length > 0 && Enumerable.Range(0, words.Count).Any(i => FitsInflected(words, i, p.Split(' '))));

    private static bool FitsInflected(List<Token> clause, int at, string[] words) =>
        at + words.Length <= clause.Count
        && words.Select((w, k) => clause[at + k].Text == w || VerbForms.BaseOf(clause[at + k].Text) == VerbForms.BaseOf(w) || clause[at + k].Text + "s" == w).All(x => x);

    private static bool Manual(List<Token> clause)
    {
        var run = clause.Exists(t => VerbForms.BaseOf(t.Text) is "run" or "call" or "click" or "press" or "trigger");
        var thing = clause.Exists(t => t.Text is "function" or "flow" or "button" or "it" or "this");
        var record = clause.Exists(t => t.Kind is not (TokenKind.Word or TokenKind.Break));
        if (!run || !thing || record)
            return false;
        foreach (var token in clause.Where(t => VerbForms.BaseOf(t.Text) is "run" or "call" or "click" or "press" or "trigger" || t.Text is "function" or "flow" or "button"))
            token.Explained = true;
        return true;
    }

    private static TriggerReading AskEntity(IReadOnlyList<EntitySchema> entities) => new()
    {
        Ask = (Slots.Entity, "Which of these do you mean?", [.. entities.Select(e => new Choice(e.Name, e.Name))]),
    };

    /// <summary>Verbs, actors and helpers of a clause that became a trigger are accounted for.</summary>
    private static void Explain(List<Token> clause, EntitySchema entity, RecordChange on)
    {
        var own = SchemaVocabulary.ConceptOf(entity)?.Made.Split(' ') ?? [];
        for (var i = 0; i < clause.Count; i++)
        {
            var token = clause[i];
            // What stands behind "from" says how it was before, which no condition looks at.
            if (token.Kind != TokenKind.Word || token.Explained || (i > 0 && clause[i - 1].Is("from") && !TriggerWords.Actors.Contains(token.Text)))
                continue;
            var verb = VerbForms.BaseOf(token.Text);
            token.Explained = (on == RecordChange.Create && (TriggerWords.Create.Contains(verb) || TriggerWords.CreateNouns.Contains(token.Text) || own.Contains(verb, StringComparer.Ordinal) || token.Text is "touch" or "reaches" or "contacts"))
                || (on == RecordChange.Update && TriggerWords.Update.Contains(verb)) || (on == RecordChange.Delete && (TriggerWords.Delete.Contains(verb) || TriggerWords.DeleteNouns.Contains(token.Text)))
                || token.Text is "get" or "gets" or "got" or "set" || verb is "is" or "see"
                || EventObject.IsActor(clause, i, on == RecordChange.Create) || token.Text is "newly" or "new" or "another" or "fresh" or "record" or "just" or "item";
        }
    }

}
