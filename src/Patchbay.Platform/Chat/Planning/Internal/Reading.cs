using Patchbay.Platform.Chat.Proposals;

namespace Patchbay.Platform.Chat.Planning.Internal;

/// <summary>One request on its way from words to a result.</summary>
internal sealed class Reading(PlanRequest request, List<Token> tokens, SchemaVocabulary vocabulary, Tools tools, ProposalValidator validator)
{
    private readonly Draft _draft = new();
    private DigestContent? _due;
    private readonly List<Token> _all = [];
    private readonly List<Token> _when = [];
    private readonly List<Token> _asked = [];

    public PlanResult Result()
    {
        AnsweredTrigger();
        var schedule = ScheduleReader.Read(tokens);
        if (request.Answers.TryGetValue(Slots.Cadence, out var cadence))
            schedule = ScheduleReader.Read(Spelling.Mend(Tokenizer.Read(cadence), vocabulary, tools.Words));
        if (schedule.Problem is { } problem)
            return Declines.Schedule(problem, _draft.Understood);
        var clauses = Clauses.Split(tokens, vocabulary, schedule.Recurs);
        if (request.Answers.ContainsKey(Slots.Trigger) && clauses.Trigger is null && !schedule.Any)
            _draft.Need(Gaps.Trigger(request.Schema));
        Triggers(clauses, schedule);
        if (Actions(clauses, schedule) is { } no)
            return no;
        return Finish();
    }

    /// <summary>An answer about the trigger takes the place of the words that were not understood.</summary>
    private void AnsweredTrigger()
    {
        if (!request.Answers.TryGetValue(Slots.Trigger, out var answer))
            return;
        var clauses = Clauses.Split(tokens, vocabulary);
        tokens.Clear();
        foreach (var action in clauses.Actions)
        {
            tokens.AddRange(action);
            tokens.Add(new(TokenKind.Break, ",", ","));
        }

        tokens.AddRange(Spelling.Mend(Tokenizer.Read(answer), vocabulary, tools.Words));
    }

    private void Triggers(Clauses clauses, ScheduleText schedule)
    {
        if (clauses.Trigger is { } words)
        {
            _all.AddRange(words);
            _when.AddRange(words);
            if (new DueReader(vocabulary, request.Answers).Read(words, request.TimeZone) is { } due)
            {
                (_draft.Trigger, _due, _draft.Entity) = (due.Trigger, due.Content, due.Entity);
                due.Gaps.ToList().ForEach(_draft.Need);
                return;
            }

            var meant = PronounEntity(words, clauses);
            var reading = new TriggerReader(vocabulary, request.Answers).Read(words, clauses.CreationOpener, meant, meant is null ? [] : AlsoSaid(meant, clauses));
            (_draft.Trigger, _draft.Entity) = (reading.Trigger, reading.Entity);
            if (reading.Ask is { } ask)
                _draft.Need(new(ask.Slot, ask.Text, ask.Choices, FreeText: false));
            else if (reading.Trigger is null)
                _draft.Need(reading.Entity is { } entity ? Gaps.TriggerOf(entity) : Gaps.Trigger(request.Schema));
            // A clock and an event together are two flows, or a delay: nothing here says which.
            if (schedule.Any)
                _draft.Need(Gaps.Trigger(request.Schema));
        }
        else if (schedule.Any)
        {
            _draft.Trigger = Schedule(schedule);
        }
        else
        {
            Implicit(clauses, schedule);
        }

        if (_draft.Trigger is { } trigger)
            _draft.Understood.Add(PlanSentence.When(trigger, request.Schema));
        else if (_draft.Entity is { } entity)
            _draft.Understood.Add($"it is about {Said.Plural(entity)}");
    }

    /// <summary>"share articles when they go live": the record is named in the other clause.</summary>
    private EntitySchema? PronounEntity(List<Token> trigger, Clauses clauses) =>
        !Enumerable.Range(0, trigger.Count).Any(i => vocabulary.EntitiesAt(trigger, i).Length > 0)
            ? clauses.Actions.SelectMany(c => Enumerable.Range(0, c.Count).SelectMany(i => vocabulary.EntitiesAt(c, i).Found)).Select(f => f.Entity).FirstOrDefault()
            : null;

    // Only words around the noun count; a field that is to be shown is no condition.
    private List<Condition> AlsoSaid(EntitySchema entity, Clauses clauses)
    {
        foreach (var clause in clauses.Actions)
            for (var i = 0; i < clause.Count; i++)
                if (vocabulary.EntitiesAt(clause, i) is { Length: > 0 and var length })
                {
                    var end = clause.FindIndex(i + length, t => t.Kind == TokenKind.Break || t.Text is "to" or "in" or "with" or "including");
                    var noun = clause.GetRange(Math.Max(0, i - 3), (end < 0 ? clause.Count : end) - Math.Max(0, i - 3));
                    var unexplained = noun.Where(t => !t.Explained).ToList();
                    if (new ConditionReader(vocabulary, entity, request.Answers).Read(noun) is { Ask: null } found)
                        return found.Conditions;
                    // What came to nothing explains nothing.
                    unexplained.ForEach(t => t.Explained = false);
                    return [];
                }

        return [];
    }

    private ScheduleTrigger? Schedule(ScheduleText schedule)
    {
        if (!schedule.Recurs)
        {
            _draft.Need(Gaps.Cadence(schedule.Time));
            return null;
        }

        if (request.Answers.TryGetValue(Slots.Time, out var answer)
            && Tokenizer.Read(answer).Find(t => t.Kind == TokenKind.Time) is { } time)
            (schedule.Time, schedule.OpenHour) = (time.Text, null);
        if (schedule.Clocks.Distinct(StringComparer.Ordinal).Count() > 1 && !request.Answers.ContainsKey(Slots.Time))
        {
            _draft.Need(Gaps.OneTime(schedule.Clocks));
            return null;
        }

        if (schedule.OpenHour is { } hour)
        {
            if (schedule.DayPart is { } part)
                (schedule.Time, schedule.OpenHour) = (Tokenizer.Clock(part <= 9 || hour > 11 ? hour : hour + 12, 0), null);
            else
            {
                _draft.Need(Gaps.Hour(hour));
                return null;
            }
        }

        return new(ScheduleCron.Of(schedule), request.TimeZone);
    }

    /// <summary>"post new tickets to #support" has no "when": the new records are the object.</summary>
    private void Implicit(Clauses clauses, ScheduleText schedule)
    {
        // "a summary of today's signups": the day has to be over to be summed up.
        if (clauses.Actions.Exists(c => c.Exists(t => DigestWords.Kinds.Contains(t.Text)) && c.Exists(t => t.Is("today"))))
        {
            (schedule.Recurs, schedule.DayPart) = (true, ScheduleWords.DayParts["evening"]);
            _draft.Trigger = Schedule(schedule);
            return;
        }

        foreach (var clause in clauses.Actions)
            for (var i = 1; i < clause.Count; i++)
                if (clause[i - 1].Text is "new" or "incoming" or "fresh" && NewRecord(clause, i))
                    return;
    }

    // Between "new" and the noun may stand values: "new urgent tickets".
    private bool NewRecord(List<Token> clause, int from)
    {
        for (var i = from; i < clause.Count && i < from + 4; i++)
        {
            if (vocabulary.EntitiesAt(clause, i) is not { Length: > 0 and var length } found)
                continue;
            var entity = found.Found.OrderByDescending(f => f.Score).First().Entity;
            // "new post published": the value behind the noun is part of the event, and this is no clause to read it in.
            if (i + length < clause.Count && vocabulary.ValuesAt(entity, clause, i + length).Length > 0)
                return false;
            var between = clause.GetRange(from, i - from);
            var conditions = new ConditionReader(vocabulary, entity, request.Answers).Read(between);
            if (conditions.Ask is not null || between.Exists(t => !t.Explained))
                return false;
            foreach (var token in clause.GetRange(from - 1, i + length - from + 1))
                token.Explained = true;
            (_draft.Entity, _draft.Trigger) = (entity, new RecordTrigger(entity.Name, RecordChange.Create, [.. conditions.Conditions, .. NumbersBehind(clause, i + length, entity)]));
            return true;
        }

        return false;
    }

    /// <summary>"new deals over 5k", "new orders worth more than 100": the comparison stands right behind the noun.</summary>
    private IEnumerable<Condition> NumbersBehind(List<Token> clause, int at, EntitySchema entity)
    {
        while (clause.ElementAtOrDefault(at) is { Text: "worth" or "valued" or "at" or "of" or "with" or "that" or "are" or "is" or "a" or "an" or "and" })
            at++;
        return at < clause.Count && new NumberReader(vocabulary, entity).At(clause, at) is var (condition, length, _)
            ? [condition, .. NumbersBehind(clause, at + length, entity)]
            : [];
    }

    private PlanDecline? Actions(Clauses clauses, ScheduleText schedule)
    {
        var planner = new ActionPlanner(request, vocabulary);
        var reader = new ActionReader(tools, vocabulary);
        var drafts = clauses.Actions.Select(c => (Clause: c, Draft: reader.Read(c, _draft.Entity))).ToList();
        _asked.AddRange(clauses.Actions.SelectMany(c => c));
        foreach (var word in _asked.Where(t => t.Kind == TokenKind.Word && Lexicon.WeightyInAction.Contains(t.Text)))
            word.Weighs = true;
        _all.AddRange(_asked);
        if (!drafts.Exists(d => d.Draft.IsAny))
            return _draft.Trigger is null && _draft.Entity is null && !_all.Select((_, i) => vocabulary.EntitiesAt(_all, i).Length).Any(length => length > 0)
                ? Declines.OffTopic()
                : Declines.NoAction(_draft.Understood, Unexplained());
        // Nothing of the app and nothing of a tool: "write a poem".
        if (clauses.Trigger is null && !schedule.Any && _draft.Trigger is null && !drafts.Exists(d => d.Draft.Slack || d.Draft.Mail || d.Draft.Channels.Count + d.Draft.Addresses.Count > 0)
            && !Enumerable.Range(0, _all.Count).Any(i => vocabulary.EntitiesAt(_all, i).Length > 0))
            return Declines.OffTopic();
        if (_draft.Trigger is null && _draft.Gaps.Count == 0)
            _draft.Need(Gaps.Trigger(request.Schema));
        Pronouns(drafts);
        foreach (var (clause, draft) in drafts.Where(d => d.Draft.IsAny))
        {
            var isDigest = _draft.Trigger is ScheduleTrigger or ManualTrigger || (_draft.Trigger is null && schedule.Any);
            var content = _due is not null ? _due : isDigest || _draft.Trigger is not null ? planner.ContentOf(clause, draft, _draft.Trigger, ScheduleCron.SinceLast(schedule), _draft) : null;
            if (_draft.Trigger is RecordTrigger && _draft.Entity is { } entity)
                ExplainEntity(clause, entity);
            planner.Plan(draft, content, _draft);
        }

        return null;
    }

    // "email me and post it to #wins by Slack": a tool named once serves the clause that names none, if only one is named.
    private static void Pronouns(List<(List<Token> Clause, ActionDraft Draft)> drafts)
    {
        var open = drafts.Where(d => d.Draft.IsAny && !d.Draft.HasTarget && !d.Draft.Slack && !d.Draft.Mail).ToList();
        if (open.Count != 1 || drafts.Count != 2)
            return;
        var other = drafts.Find(d => d.Draft != open[0].Draft).Draft;
        // A sentence of its own that only names the tool: "Use Gmail."
        if (!other.HasTarget && !other.Verb && (other.Slack ^ other.Mail))
            (open[0].Draft.Slack, open[0].Draft.Mail, other.Slack, other.Mail) = (other.Slack, other.Mail, false, false);
    }

    /// <summary>"post the ticket", "the won deal" in an action mean the record of the event.</summary>
    private void ExplainEntity(List<Token> clause, EntitySchema entity)
    {
        var values = _draft.Trigger is RecordTrigger record ? record.Conditions.Where(c => c.Operator == ConditionOperators.Is).Select(c => c.Value).ToList() : [];
        for (var i = 0; i < clause.Count; i++)
            if (vocabulary.ValuesAt(entity, clause, i) is { Length: > 0 and var count } value && value.Found.Exists(v => !v.Negated && values.Contains(v.Value)) && !ActionWords.Others.Contains(clause[i].Text))
                for (var k = i; k < i + count; k++)
                    clause[k].Explained = true;
        for (var i = 0; i < clause.Count; i++)
            if (vocabulary.EntitiesAt(clause, i) is { Length: > 0 and var length } found && found.Found.Exists(f => f.Entity == entity) && !IsList(clause, i, length))
                for (var k = i; k < i + length; k++)
                    clause[k].Explained = true;
    }

    /// <summary>"a list of the deals", "all deals": many records, while the event is about one.</summary>
    private static bool IsList(List<Token> clause, int at, int length)
    {
        if (!clause[at + length - 1].Text.EndsWith('s') || clause[at].Explained)
            return false;
        var before = at - 1;
        while (before >= 0 && clause[before].Text is "the" or "our" or "all" or "of" or "those")
            before--;
        return (before >= 0 && before < at - 1 && (DigestWords.Kinds.Contains(clause[before].Text) || DigestWords.Count.Contains(clause[before].Text)))
            || clause.ElementAtOrDefault(at + length) is { Text: "list" or "overview" or "report" };
    }

    private List<string> Unexplained() =>
        [.. _all.Where(IsUnexplained).Select(t => t.Original)];

    private static bool IsUnexplained(Token token) =>
        !token.Explained && token.Kind != TokenKind.Break && !(token.Kind == TokenKind.Word && Lexicon.Filler.Contains(token.Text) && !token.Weighs);

    private PlanResult Finish()
    {
        var words = Unexplained();
        if (_asked.Exists(t => IsUnexplained(t) && ActionWords.Others.Contains(VerbForms.BaseOf(t.Text))))
            return Declines.NoAction(Understood(), words);
        // What was not understood of the event may be the point of it: ask for the event instead of dropping words.
        if (_draft.Gaps.Count == 0 && _draft.Entity is { } entity && _when.Exists(t => IsUnexplained(t) || (!t.Explained && Lexicon.WeightyInEvent.Contains(t.Text))) && !_when.Exists(t => !t.Explained && Lexicon.Weighty.Contains(t.Text)))
            _draft.Need(Gaps.TriggerOf(entity));
        if (_draft.Gaps.Count > 0)
        {
            var gap = _draft.Gaps[0];
            return new PlanQuestion(gap.Text, gap.Slot, gap.Choices, gap.FreeText, [.. _draft.Gaps.Select(g => g.Slot)], _draft.Partial, Understood());
        }

        if (_draft.Trigger is null || _draft.Actions.Count == 0)
            return Declines.NoAction(Understood(), words);
        var plan = new Plan(_draft.Trigger, _draft.Actions, PlanSentence.Of(_draft.Trigger, _draft.Actions, request.Schema));
        var errors = validator.Validate(plan, request.Schema).Errors;
        if (errors.Count > 0)
            return Declines.Rejected(errors, Understood());
        // Without a "not" or an "unless" the rest would say something else: no offer to leave it out.
        if (_all.Exists(t => !t.Explained && Lexicon.Weighty.Contains(t.Text)))
            return Declines.Exception(words, Understood());
        if (words.Count > 0 && request.Answers.GetValueOrDefault(Slots.Confirm) != "without")
        {
            var gap = Gaps.Confirm(words, plan.Sentence);
            return new PlanQuestion(gap.Text, gap.Slot, gap.Choices, gap.FreeText, [gap.Slot], _draft.Partial, Understood());
        }

        return new PlanReady(plan, Understood());
    }

    private List<string> Understood() =>
        [.. _draft.Understood, .. _draft.Actions.Select(a => PlanSentence.What(a, _draft.Trigger ?? new ManualTrigger(), request.Schema))];
}
