namespace Patchbay.Platform.Chat.Planning.Internal;

/// <summary>How a condition stands in the words of an event: what happens, or only which records it happens to.</summary>
internal enum Standing
{
    /// <summary>"an <b>urgent</b> ticket is closed", "a deal <b>over 5000</b> is won".</summary>
    Describes,

    /// <summary>"a closed ticket <b>is urgent</b>": an event only where nothing happens.</summary>
    Is,

    /// <summary>"<b>becomes urgent</b>", "<b>is paid</b>", "<b>exceeds 5000</b>".</summary>
    Happens,
}

/// <summary>
/// Tells the event from what describes the record. "A closed ticket becomes urgent" and "an urgent ticket is closed" have the
/// same conditions; which one must turn true is in the place of the verb alone.
/// </summary>
internal sealed class Turning(SchemaVocabulary vocabulary, EntitySchema entity, List<Token> clause)
{
    private readonly List<(Condition Condition, Standing Standing)> _standings = [];

    // A pronoun stands where the noun would: "when it goes live".
    private readonly int _noun = Enumerable.Range(0, clause.Count).Where(i => vocabulary.EntitiesAt(clause, i).Found.Exists(f => f.Entity == entity)).Append(-1).First();

    /// <summary>Whether any condition is said as something that happens.</summary>
    public bool Any => _standings.Exists(s => s.Standing == Standing.Happens);

    public void Found(Condition condition, int at, bool byVerb) => _standings.Add((condition, byVerb ? Standing.Happens : StandingOf(at, IsOrdered(condition))));

    /// <summary>The conditions with what turns marked; unmarked where that is all of them.</summary>
    public IReadOnlyList<Condition> Mark(IReadOnlyList<Condition> conditions)
    {
        var most = conditions.Select(Of).Append(Standing.Describes).Max();
        return most == Standing.Describes || conditions.All(c => Of(c) == most) ? conditions : [.. conditions.Select(c => c with { Turns = Of(c) == most })];
    }

    private Standing Of(Condition condition) =>
        _standings.Where(s => s.Condition == condition).Select(s => s.Standing).Append(Standing.Describes).Max();

    private static bool IsOrdered(Condition condition) => condition.Operator is not (ConditionOperators.Is or ConditionOperators.IsNot);

    private Standing StandingOf(int at, bool number)
    {
        if (at < _noun)
            // "closes an urgent ticket": with an article between, the first is the verb; "a closed ticket" has none.
            return clause.Take(_noun).Skip(at + 1).Any(t => t.Text is "a" or "an" or "the" or "our" or "their" or "his" or "her" or "any" or "some" or "one" or "another")
                ? Standing.Happens : Standing.Describes;
        for (var k = at - 1; k > _noun; k--)
        {
            var verb = VerbForms.BaseOf(clause[k].Text);
            if (clause[k].Text is "with" or "of" or "worth" or "at" or "having" or "has" || (clause[k].Text is "that" or "which" or "who" or "whose"))
                return Standing.Describes;
            if (verb is not ("is" or "get") && !(clause[k].Kind == TokenKind.Word && (TriggerWords.Transition.Contains(verb) || verb is "raise" or "make")))
                continue;
            return IsRelative(k) ? Standing.Describes
                : verb != "is" || ConditionReader.IsParticiple(clause[at].Text) ? Standing.Happens
                : Standing.Is;
        }

        // "somebody marks a ticket as urgent", but not "marks an invoice over 500"; "an order ships" and "new article published" are verbs themselves.
        var led = clause.Take(at).Skip(_noun + 1).Any(t => t.Text is "as" or "to" or "into") || (!number && at == _noun + 1);
        return led && clause.Take(Math.Max(_noun, 0)).Any(t => t.Kind == TokenKind.Word && VerbForms.BaseOf(t.Text) is var verb && (TriggerWords.Transition.Contains(verb) || verb is "raise" or "make")) || (!number && IsVerb(at))
            ? Standing.Happens : Standing.Describes;
    }

    // "a ticket that was closed becomes urgent"
    private bool IsRelative(int verb)
    {
        while (verb > 0 && clause[verb - 1].Text is "is" or "has" or "was" or "had" or "been" or "already")
            verb--;
        return verb > 0 && clause[verb - 1].Text is "that" or "which" or "who";
    }

    private bool IsVerb(int at) => clause[at].Kind == TokenKind.Word
        && (ConditionReader.IsParticiple(clause[at].Text) || VerbForms.BaseOf(clause[at].Text) != clause[at].Text || (clause[at].Text.EndsWith('s') && at == _noun + 1) || clause[at].Text == "goes");
}
