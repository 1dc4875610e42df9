namespace Patchbay.Platform.Chat.Planning.Internal;

/// <summary>Reads "over 5,000", "at least 10 days", "1000 or more" about the numbers of one entity.</summary>
internal sealed class NumberReader(SchemaVocabulary vocabulary, EntitySchema entity)
{
    private static readonly (string[] Words, string Operator)[] Comparisons =
    [
        .. Phrases(ConditionOperators.AtLeast, "at least", "no less than", "not less than", ">=", "≥", "a minimum of"),
        .. Phrases(ConditionOperators.AtMost, "at most", "no more than", "not more than", "up to", "<=", "≤", "a maximum of"),
        .. Phrases(ConditionOperators.Above, "more than", "greater than", "larger than", "bigger than", "higher than", "heavier than", "longer than", ">", "over", "above", "exceeds", "exceeding", "exceed", "tops", "passes", "beyond"),
        .. Phrases(ConditionOperators.Below, "less than", "smaller than", "lower than", "lighter than", "shorter than", "<", "below", "under", "fewer than"),
    ];

    public static IEnumerable<string> Words => Comparisons.SelectMany(c => c.Words);

    /// <summary>Null where no comparison begins; the words it takes are explained.</summary>
    public (Condition Condition, int Length, bool ByVerb)? At(List<Token> clause, int i)
    {
        if (Match(clause, i) is not var (op, number, end) || IsCount(clause, end) || FieldOf(clause, end) is not { } field)
            return null;
        for (var k = i; k < end; k++)
            clause[k].Explained = true;
        if (clause.ElementAtOrDefault(end) is { Text: "dollars" or "euros" or "eur" or "usd" or "bucks" or "pounds" or "gbp" } currency)
            currency.Explained = true;
        if (clause.ElementAtOrDefault(end) is { Kind: TokenKind.Word } unit && SchemaVocabulary.WordsOf(field.Name).Contains(unit.Text, StringComparer.Ordinal))
            unit.Explained = true;
        foreach (var name in NamesOf(clause, field))
            name.Explained = true;
        foreach (var worth in clause.Where(t => t.Text is "worth" or "valued" or "goes" or "is"))
            worth.Explained = true;
        return (new(field.Name, op, number), end - i, TriggerWords.Exceed.Contains(VerbForms.BaseOf(clause[i].Text)));
    }

    private static (string Operator, string Number, int End)? Match(List<Token> clause, int i)
    {
        if (clause[i].Kind == TokenKind.Number)
            return clause.ElementAtOrDefault(i + 1)?.Text switch
            {
                "ormore" => (ConditionOperators.AtLeast, clause[i].Text, i + 2),
                "orless" => (ConditionOperators.AtMost, clause[i].Text, i + 2),
                _ => null,
            };
        foreach (var (words, op) in Comparisons)
        {
            if (!Clauses.StartsWith(clause, i, words))
                continue;
            // "not over 5" is the opposite, and "not" before it belongs to it.
            if (i > 0 && Lexicon.Weighty.Contains(clause[i - 1].Text))
                return null;
            var at = i + words.Length;
            while (clause.ElementAtOrDefault(at) is { Text: "a" or "the" or "of" or "value" or "amount" })
                at++;
            if (Digits(clause.ElementAtOrDefault(at)) is { } number)
                return (op, number, at + 1);
        }

        return null;
    }

    // "falls below five": a small number may be spelled.
    private static string? Digits(Token? token) => token switch
    {
        { Kind: TokenKind.Number } => token.Text,
        { Kind: TokenKind.Word } when ScheduleWords.SmallClock.TryGetValue(token.Text, out var small) => small.ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>"more than 3 tickets": how many records there are, not a number in one of them.</summary>
    private bool IsCount(List<Token> clause, int end)
    {
        for (var i = end; i < clause.Count && i < end + 4 && clause[i].Kind != TokenKind.Break; i++)
            if (vocabulary.EntitiesAt(clause, i).Length > 0)
                return true;
        return false;
    }

    private FieldSchema? FieldOf(List<Token> clause, int end)
    {
        var fields = entity.Fields.Where(f => f.Kind == FieldKind.Number).ToList();
        var named = fields.Where(f => NamesOf(clause, f).Any()).ToList();
        if (named.Count == 0 && clause.ElementAtOrDefault(end) is { Kind: TokenKind.Word } unit)
            named = fields.Where(f => SchemaVocabulary.WordsOf(f.Name).Contains(unit.Text, StringComparer.Ordinal)).ToList();
        return named.Count == 1 ? named[0] : named.Count == 0 && fields.Count == 1 ? fields[0] : null;
    }

    private IEnumerable<Token> NamesOf(List<Token> clause, FieldSchema field)
    {
        for (var i = 0; i < clause.Count; i++)
            if (vocabulary.FieldsAt(entity, clause, i) is { Length: > 0 and var length } found && found.Found.Exists(f => f.Field == field))
                for (var k = i; k < i + length; k++)
                    yield return clause[k];
    }

    private static IEnumerable<(string[], string)> Phrases(string op, params string[] phrases) => phrases.Select(p => (p.Split(' '), op));
}
