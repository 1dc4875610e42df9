namespace Patchbay.Platform.Chat.Planning.Internal;

/// <summary>Conditions found in a clause about one entity.</summary>
internal sealed record ConditionReading
{
    public List<Condition> Conditions { get; } = [];

    /// <summary>The same as an update watches them: with what turns marked.</summary>
    public required Turning Turning { get; init; }

    /// <summary>Fields that are named without a value.</summary>
    public List<FieldSchema> Mentioned { get; } = [];

    /// <summary>A verb such as "moves to" stands before a value: the value is reached, not given at birth.</summary>
    public bool LedByTransition { get; set; }

    /// <summary>The verb before the value is one of moving: "becomes", "moves to", not "is marked as".</summary>
    public bool IsReached { get; set; }

    /// <summary>What is reached is the end of something ("is published"): even a new record comes to it later.</summary>
    public bool IsEnd { get; set; }

    /// <summary>A value was said by a verb ("is published"), so the verb makes no record.</summary>
    public bool UsedVerb { get; set; }

    /// <summary>"unpaid": an invoice that is unpaid did not become so, and no event tells that it stayed so.</summary>
    public bool IsStateOfNot { get; set; }

    /// <summary>Where the last value stands: before the noun it only describes, behind it something happened.</summary>
    public int LastValueAt { get; set; } = int.MaxValue;

    /// <summary>The value is also a word for making a record ("an order is placed"): which is meant is open.</summary>
    public bool MaybeMade { get; set; }

    public (string Slot, string Text, IReadOnlyList<Choice> Choices)? Ask { get; set; }
}

/// <summary>Reads "is won", "moves to Negotiation", "with high priority", "over 5000", "goes overdue".</summary>
internal sealed class ConditionReader(SchemaVocabulary vocabulary, EntitySchema entity, IReadOnlyDictionary<string, string> answers)
{
    private readonly NumberReader _numbers = new(vocabulary, entity);

    public ConditionReading Read(List<Token> clause)
    {
        var reading = new ConditionReading { Turning = new(vocabulary, entity, clause) };
        for (var i = 0; i < clause.Count; i++)
        {
            if (clause[i].Explained || clause[i].Kind == TokenKind.Break)
                continue;
            var used = Comparison(clause, i, reading);
            if (used == 0) used = Value(clause, i, reading);
            if (used == 0) used = Field(clause, i, reading);
            i += Math.Max(used - 1, 0);
        }

        if (reading.Conditions.Count > 0)
            foreach (var token in clause.Where(t => FieldIsRuled(reading, t)))
                token.Explained = true;
        CheckSameField(clause, reading);
        return reading;
    }

    private int Comparison(List<Token> clause, int i, ConditionReading reading)
    {
        if (_numbers.At(clause, i) is not var (condition, length, byVerb))
            return 0;
        reading.Conditions.Add(condition);
        reading.LedByTransition |= byVerb;
        var before = i - 1;
        while (before >= 0 && clause[before].Text is "to" or "up" or "down" or "out")
            before--;
        var moved = before >= 0 && TriggerWords.Transition.Contains(VerbForms.BaseOf(clause[before].Text));
        if (moved)
            clause[before].Explained = true;
        reading.Turning.Found(condition, i, byVerb || moved);
        return length;
    }

    private int Value(List<Token> clause, int i, ConditionReading reading)
    {
        var (length, found) = vocabulary.ValuesAt(entity, clause, i);
        if (length == 0 || IsMaking(clause, i, found))
            return 0;
        // How it was before is no condition.
        if (i > 0 && clause[i - 1].Is("from"))
        {
            clause[i].Weighs = true;
            return length;
        }

        // "a new lead" was just made, although there may be a status of that name; of "a lead is new" nobody knows which.
        if (clause[i].Text is "new" && (i == 0 || clause[i - 1].Text is not ("as" or "to" or "becomes" or "status" or "stage") && !(clause[i - 1].Is("is") && found.Exists(f => Names(clause, f.Field)))))
        {
            clause[i].Weighs = i > 0 && clause[i - 1].Is("is");
            return 0;
        }

        // "no longer high", "not paid": the opposite of the value, which no condition here says.
        if (i > 0 && Lexicon.Weighty.Contains(clause[i - 1].Text))
            return 0;
        var best = found.Max(f => f.Score);
        var readings = found.Where(f => f.Score == best).DistinctBy(f => f.Condition).ToList();
        if (readings.Count > 1)
            readings = readings.Where(r => Names(clause, r.Field)).ToList() is { Count: > 0 } named ? named : readings;
        if (readings.Count > 1 && answers.TryGetValue(Slots.Value, out var answer))
            readings = readings.Where(r => r.Value == answer || $"{r.Field.Name}={r.Value}" == answer).ToList() is { Count: 1 } chosen ? chosen : readings;
        if (readings.Count > 1)
        {
            var sameField = readings.DistinctBy(r => r.Field.Name).Count() == 1;
            reading.Ask ??= (Slots.Value, $"Which do you mean by \"{clause[i].Original}\"?",
                [.. readings.Select(r => new Choice(sameField ? r.Value : $"{r.Field.Name} {r.Value}", sameField ? r.Value : $"{r.Field.Name}={r.Value}"))]);
            return length;
        }

        for (var k = i; k < i + length; k++)
            clause[k].Explained = true;
        var one = readings[0];
        reading.Conditions.Add(one.Condition);
        reading.Turning.Found(one.Condition, i, byVerb: false);
        reading.IsStateOfNot |= one.Negated && !Negatives.Undoing.Contains(clause[i].Text);
        Led(clause, i, reading);
        reading.LastValueAt = i;
        reading.MaybeMade |= !reading.LedByTransition && !Names(clause, one.Field) && TriggerWords.Create.Contains(VerbForms.BaseOf(clause[i].Text)) && VerbForms.BaseOf(clause[i].Text) != clause[i].Text;
        return length;
    }

    // The verb next before a value tells whether it is reached ("is created, moves to") or given at birth ("created with").
    private static void Led(List<Token> clause, int i, ConditionReading reading)
    {
        for (var k = i - 1; k >= 0; k--)
        {
            var verb = VerbForms.BaseOf(clause[k].Text);
            // "from open to pending": the first is a value as well.
            if (k > 0 && clause[k - 1].Is("from"))
                continue;
            if (clause[k].Kind != TokenKind.Word || clause[k].Explained)
                continue;
            if (IsLeading(clause, k, i, verb))
            {
                reading.LedByTransition = clause[k].Explained = true;
                reading.IsReached |= verb is "move" or "go" or "become" or "turn" or "reach" or "change" or "switch" or "advance" or "progress" or "fall" or "drop" or "rise" or "enter" or "raise" or "make" or "bump" or "upgrade" or "downgrade" or "elevate" or "demote" or "promote" || TriggerWords.Update.Contains(verb);
            }
            else if (verb == "is" || clause[k].Text is "gets")
                reading.UsedVerb = true;
            else if (!TriggerWords.Create.Contains(verb))
                continue;
            reading.IsEnd |= (reading.LedByTransition || reading.UsedVerb) && IsParticiple(clause[i].Text);
            return;
        }

        // "new article published": no verb at all, the value stands behind the noun.
        reading.IsEnd |= i > 0 && clause[i - 1].Explained && IsParticiple(clause[i].Text);
    }

    // "changed to high", "is marked as high"; "updated" leads to a value only with "to", else it is an event of its own.
    private static bool IsLeading(List<Token> clause, int verbAt, int valueAt, string verb) =>
        // "is raised to urgent", "is made urgent": both also make records.
        verb is "raise" ? clause.Skip(verbAt + 1).Take(valueAt - verbAt - 1).Any(t => t.Is("to"))
        : verb is "make" ? valueAt == verbAt + 1 || (clause[valueAt - 1].Explained && clause.Skip(verbAt + 1).Take(valueAt - verbAt - 1).All(t => t.Explained || t.Text is "a" or "an" or "the" or "our")) :
        TriggerWords.Update.Contains(verb) ? clause.Skip(verbAt + 1).Take(valueAt - verbAt - 1).Any(t => t.Text is "to" or "into" or "as")
        : TriggerWords.Transition.Contains(verb) && (clause[verbAt].Text is not ("get" or "got" or "land" or "lands" or "landed") || clause[verbAt + 1].Text is "on" or "in" or "into" or "to" or "at" or "under");

    internal static bool IsParticiple(string word) => word.EndsWith("ed", StringComparison.Ordinal) || word is "won" or "lost" or "paid" or "sent" or "done";

    // "opens a ticket", "is opened": the verb that makes one, although a value has the same root.
    private static bool IsMaking(List<Token> clause, int i, List<ValuePhrase> found) =>
        found.TrueForAll(f => f.Value.Equals("open", StringComparison.OrdinalIgnoreCase))
        && (clause[i].Text != "open" || (i > 0 && (TriggerWords.Actors.Contains(clause[i - 1].Text) || clause[i - 1].Text == "to") && clause.ElementAtOrDefault(i + 1) is not null && !TriggerWords.Transition.Contains(VerbForms.BaseOf(clause[Math.Max(i - 2, 0)].Text))));

    private int Field(List<Token> clause, int i, ConditionReading reading)
    {
        var (length, found) = vocabulary.FieldsAt(entity, clause, i);
        if (length == 0)
            return 0;
        var field = found.OrderByDescending(f => f.Score).First().Field;
        // "company is "Acme"", "amount is 500"
        var at = i + length;
        while (clause.ElementAtOrDefault(at) is { Text: "is" or "equals" or "of" or "becomes" or "to" or "set" or "as" or "changes" or "changed" })
            at++;
        var value = clause.ElementAtOrDefault(at);
        if (at > i + length && value is { Kind: TokenKind.Quoted } or { Kind: TokenKind.Number }
            && (field.Kind is FieldKind.Text && value.Kind == TokenKind.Quoted || field.Kind == FieldKind.Number && value.Kind == TokenKind.Number))
        {
            for (var k = i; k <= at; k++)
                clause[k].Explained = true;
            reading.Conditions.Add(new(field.Name, ConditionOperators.Is, value.Text));
            reading.Turning.Found(reading.Conditions[^1], at, byVerb: clause.GetRange(i, at - i).Exists(t => t.Text is "becomes" or "changes" or "changed" or "set"));
            return at + 1 - i;
        }

        if (!reading.Mentioned.Contains(field))
            reading.Mentioned.Add(field);
        // Explained only by what is made of it: the field that changed, or one that a condition rules.
        if (clause.Exists(t => TriggerWords.Update.Contains(VerbForms.BaseOf(t.Text))))
            for (var k = i; k < i + length; k++)
                clause[k].Explained = true;
        return length;
    }

    private bool FieldIsRuled(ConditionReading reading, Token token) =>
        token.Kind == TokenKind.Word && (token.Text is "worth" or "stage" or "value" && reading.Conditions.Count > 0
        || reading.Conditions.Exists(c => entity.FindField(c.Field) is { } f
            && (SchemaVocabulary.WordsOf(f.Name).Contains(token.Text, StringComparer.Ordinal)
                || (Concepts.FieldWords.TryGetValue(f.Name, out var words) && words.Split(',').Contains(token.Text, StringComparer.Ordinal)))));

    private static void CheckSameField(List<Token> clause, ConditionReading reading)
    {
        var twice = reading.Conditions.Distinct().GroupBy(c => c.Field).FirstOrDefault(g => g.Count(c => c.Operator == ConditionOperators.Is) > 1);
        if (twice is not null)
            reading.Ask ??= (Slots.Value, $"One {twice.Key} at a time. Which?", [.. twice.Select(c => new Choice(c.Value, c.Value))]);
        var distinct = reading.Conditions.Distinct().ToList();
        reading.Conditions.Clear();
        reading.Conditions.AddRange(distinct);
        // "or" between conditions changes their meaning; they are joined by "and" only.
        if (distinct.Count > 0)
            foreach (var and in clause.Where(t => t.Is("and")))
                and.Explained = true;
    }

    private bool Names(List<Token> clause, FieldSchema field) =>
        Enumerable.Range(0, clause.Count).Any(i => vocabulary.FieldsAt(entity, clause, i).Found.Exists(f => f.Field == field));
}
