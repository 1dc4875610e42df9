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
    public TriggerReading Read(List<Token> clause, bool creationOpener, EntitySchema? meant = null)
    {
        if (Manual(clause))
            return new() { Trigger = new ManualTrigger() };
        if (EntityOf(clause) is not var (entity, others, at))
            return Happens(clause) ?? (meant is null ? new() : Read(clause, meant, 0, creationOpener));
        if (others.Count > 0)
            return AskEntity([entity, .. others]);
        return Read(clause, entity, at, creationOpener);
    }

    private TriggerReading Read(List<Token> clause, EntitySchema entity, int at, bool creationOpener)
    {
        var fresh = creationOpener || (at > 0 && clause.Take(at).Any(t => t.Text is "new" or "fresh" or "another"));
        var conditions = new ConditionReader(vocabulary, entity, answers);
        var reading = conditions.Read(clause);
        if (reading.Ask is { } ask)
            return new() { Entity = entity, Ask = ask };
        if (reading.MaybeMade)
            return new() { Entity = entity };
        var verbs = VerbsOf(clause, entity);
        if (verbs.Delete && reading.Conditions.Count == 0 && !fresh)
            return Record(RecordChange.Delete, []);
        var made = (fresh && !reading.IsEnd) || (verbs.Create && !reading.LedByTransition && (!reading.UsedVerb || clause.Exists(t => t.Is("and"))));
        if (reading.Conditions.Count > 0)
            return Record(made ? RecordChange.Create : RecordChange.Update, reading.Conditions);
        if (made)
            return Record(RecordChange.Create, []);
        if (verbs.Update)
            return Record(RecordChange.Update, reading.Mentioned.Count == 1 ? [new(reading.Mentioned[0].Name, ConditionOperators.Changed, "")] : []);
        return new() { Entity = entity };

        TriggerReading Record(RecordChange on, IReadOnlyList<Condition> found)
        {
            Explain(clause, entity);
            // A field that is named but rules nothing is part of what was not understood, unless it led to a condition.
            return new() { Entity = entity, Trigger = new RecordTrigger(entity.Name, on, found) };
        }
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
            : IsActor(clause, candidates[0]) ? candidates[1]
            : candidates[0];
        for (var i = chosen.At; i < chosen.At + chosen.Length; i++)
            clause[i].Explained = true;
        if (candidates.Count > 1 && IsActor(clause, candidates[0]))
            clause[candidates[0].At].Explained = true;
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
                        Explain(clause, entity);
                        return new() { Entity = entity, Trigger = new RecordTrigger(entity.Name, RecordChange.Create, []) };
                    }

        return null;
    }

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
    private static void Explain(List<Token> clause, EntitySchema entity)
    {
        var own = SchemaVocabulary.ConceptOf(entity)?.Made.Split(' ') ?? [];
        foreach (var token in clause.Where(t => t.Kind == TokenKind.Word && !t.Explained))
        {
            var verb = VerbForms.BaseOf(token.Text);
            token.Explained = TriggerWords.Create.Contains(verb) || TriggerWords.Update.Contains(verb) || TriggerWords.Delete.Contains(verb)
                || (TriggerWords.Transition.Contains(verb) && verb != "escalate") || own.Contains(verb, StringComparer.Ordinal) || verb is "is" or "see"
                || TriggerWords.CreateNouns.Contains(token.Text) || TriggerWords.DeleteNouns.Contains(token.Text) || token.Text is "touch" or "reaches" or "contacts"
                || TriggerWords.Actors.Contains(token.Text) || token.Text is "new" or "another" or "fresh" or "record" or "just" or "item";
        }
    }

}
