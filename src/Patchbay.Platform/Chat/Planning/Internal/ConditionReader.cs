namespace Patchbay.Platform.Chat.Planning.Internal;

/// <summary>Conditions found in a clause about one entity.</summary>
internal sealed record ConditionReading
{
    public List<Condition> Conditions { get; } = [];

    /// <summary>Fields that are named without a value.</summary>
    public List<FieldSchema> Mentioned { get; } = [];

    /// <summary>A verb such as "moves to" stands before a value: the value is reached, not given at birth.</summary>
    public bool LedByTransition { get; set; }

    /// <summary>What is reached is the end of something ("is published"): even a new record comes to it later.</summary>
    public bool IsEnd { get; set; }

    /// <summary>A value was said by a verb ("is published"), so the verb makes no record.</summary>
    public bool UsedVerb { get; set; }

    /// <summary>The value is also a word for making a record ("an order is placed"): which is meant is open.</summary>
    public bool MaybeMade { get; set; }

    public (string Slot, string Text, IReadOnlyList<Choice> Choices)? Ask { get; set; }
}

/// <summary>Reads "is won", "moves to Negotiation", "with high priority", "over 5000", "goes overdue".</summary>
internal sealed class ConditionReader(SchemaVocabulary vocabulary, EntitySchema entity, IReadOnlyDictionary<string, string> answers)
{
    private static readonly (string[] Words, string Operator)[] Comparisons =
    [
        .. Phrases(ConditionOperators.AtLeast, "at least", "no less than", "or more"), .. Phrases(ConditionOperators.AtMost, "at most", "no more than", "up to"),
        .. Phrases(ConditionOperators.Above, "more than", "greater than", "larger than", "bigger than", "higher than", "over", "above", "exceeds", "exceeding", "exceed", "tops", "passes", "beyond"),
        .. Phrases(ConditionOperators.Below, "less than", "smaller than", "lower than", "below", "under", "fewer than"),
    ];

    public ConditionReading Read(List<Token> clause)
    {
        var reading = new ConditionReading();
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
        foreach (var (words, op) in Comparisons)
        {
            if (!Clauses.StartsWith(clause, i, words))
                continue;
            var at = i + words.Length;
            while (clause.ElementAtOrDefault(at) is { Text: "a" or "the" or "of" or "value" or "amount" })
                at++;
            if (clause.ElementAtOrDefault(at) is not { Kind: TokenKind.Number } number)
                continue;
            var fields = entity.Fields.Where(f => f.Kind == FieldKind.Number).ToList();
            var named = fields.Where(f => Names(clause, f)).ToList();
            var field = named.Count == 1 ? named[0] : fields.Count == 1 ? fields[0] : null;
            if (field is null)
                return 0;
            for (var k = i; k <= at; k++)
                clause[k].Explained = true;
            ExplainUnit(clause, at + 1);
            foreach (var worth in clause.Where(t => t.Text is "worth" or "valued" or "goes" or "is"))
                worth.Explained = true;
            reading.Conditions.Add(new(field.Name, op, number.Text));
            reading.LedByTransition |= TriggerWords.Exceed.Contains(VerbForms.BaseOf(words[0]));
            return at + 1 - i;
        }

        return 0;
    }

    private int Value(List<Token> clause, int i, ConditionReading reading)
    {
        var (length, found) = vocabulary.ValuesAt(entity, clause, i);
        if (length == 0 || IsMaking(clause, i, found))
            return 0;
        // "a new lead" was just made, although there may be a status of that name.
        if (clause[i].Text is "new" && (i == 0 || clause[i - 1].Text is not ("is" or "as" or "to" or "becomes" or "status" or "stage")))
            return 0;
        // "no longer high", "not paid": the opposite of the value, which no condition here says.
        if (i > 0 && Lexicon.Weighty.Contains(clause[i - 1].Text))
            return 0;
        if (i > 0 && clause[i - 1].Is("from"))
            return length;
        var best = found.Max(f => f.Score);
        var readings = found.Where(f => f.Score == best).DistinctBy(f => (f.Field.Name, f.Value)).ToList();
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
        reading.Conditions.Add(new(one.Field.Name, ConditionOperators.Is, one.Value));
        Led(clause, i, reading);
        reading.MaybeMade |= !reading.LedByTransition && TriggerWords.Create.Contains(VerbForms.BaseOf(clause[i].Text)) && VerbForms.BaseOf(clause[i].Text) != clause[i].Text;
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
            if (TriggerWords.Transition.Contains(verb) && clause[k].Text is not ("get" or "got" or "land" or "lands"))
                reading.LedByTransition = true;
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

    private static bool IsParticiple(string word) => word.EndsWith("ed", StringComparison.Ordinal) || word is "won" or "lost" or "paid" or "sent" or "done";

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

    private static void ExplainUnit(List<Token> clause, int at)
    {
        if (clause.ElementAtOrDefault(at) is { Text: "dollars" or "euros" or "eur" or "usd" or "bucks" or "pounds" or "gbp" } unit)
            unit.Explained = true;
    }

    private static IEnumerable<(string[], string)> Phrases(string op, params string[] phrases) => phrases.Select(p => (p.Split(' '), op));
}
