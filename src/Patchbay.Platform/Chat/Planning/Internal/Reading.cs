using Patchbay.Platform.Chat.Proposals;

namespace Patchbay.Platform.Chat.Planning.Internal;

/// <summary>One request on its way from words to a result.</summary>
internal sealed class Reading(PlanRequest request, List<Token> tokens, SchemaVocabulary vocabulary, Tools tools, ProposalValidator validator)
{
    private readonly Draft _draft = new();
    private readonly List<Token> _all = [];

    public PlanResult Result()
    {
        AnsweredTrigger();
        var schedule = ScheduleReader.Read(tokens);
        if (request.Answers.TryGetValue(Slots.Cadence, out var cadence))
            schedule = ScheduleReader.Read(Spelling.Mend(Tokenizer.Read(cadence), vocabulary, tools.Words));
        if (schedule.Problem is { } problem)
            return Declines.Schedule(problem, _draft.Understood);
        var clauses = Clauses.Split(tokens, vocabulary);
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
            var reading = new TriggerReader(vocabulary, request.Answers).Read(words, clauses.CreationOpener, PronounEntity(words, clauses));
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
            Implicit(clauses);
        }

        if (_draft.Trigger is { } trigger)
            _draft.Understood.Add(PlanSentence.When(trigger, request.Schema));
        else if (_draft.Entity is { } entity)
            _draft.Understood.Add($"it is about {Said.Plural(entity)}");
    }

    /// <summary>"share articles when they go live": the record is named in the other clause.</summary>
    private EntitySchema? PronounEntity(List<Token> trigger, Clauses clauses) =>
        trigger.Exists(t => t.Text is "it" or "they" or "one")
            ? clauses.Actions.SelectMany(c => Enumerable.Range(0, c.Count).SelectMany(i => vocabulary.EntitiesAt(c, i).Found)).Select(f => f.Entity).FirstOrDefault()
            : null;

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
    private void Implicit(Clauses clauses)
    {
        foreach (var clause in clauses.Actions)
            for (var i = 1; i < clause.Count; i++)
                if (clause[i - 1].Text is "new" or "incoming" or "fresh" && vocabulary.EntitiesAt(clause, i) is { Length: > 0 and var length } found)
                {
                    for (var k = i - 1; k < i + length; k++)
                        clause[k].Explained = true;
                    _draft.Entity = found.Found.OrderByDescending(f => f.Score).First().Entity;
                    _draft.Trigger = new RecordTrigger(_draft.Entity.Name, RecordChange.Create, []);
                    return;
                }
    }

    private PlanDecline? Actions(Clauses clauses, ScheduleText schedule)
    {
        var planner = new ActionPlanner(request, vocabulary);
        var reader = new ActionReader(tools, vocabulary);
        var drafts = clauses.Actions.Select(c => (Clause: c, Draft: reader.Read(c, _draft.Entity))).ToList();
        _all.AddRange(clauses.Actions.SelectMany(c => c));
        if (!drafts.Exists(d => d.Draft.IsAny))
            return _draft.Trigger is null && _draft.Entity is null && !drafts.Exists(d => d.Draft.Verb)
                ? Declines.OffTopic()
                : Declines.NoAction(_draft.Understood, Unexplained());
        if (_draft.Trigger is null && _draft.Gaps.Count == 0)
            _draft.Need(Gaps.Trigger(request.Schema));
        Pronouns(drafts);
        foreach (var (clause, draft) in drafts.Where(d => d.Draft.IsAny))
        {
            var isDigest = _draft.Trigger is ScheduleTrigger or ManualTrigger || (_draft.Trigger is null && schedule.Any);
            var content = isDigest || _draft.Trigger is not null ? planner.ContentOf(clause, draft, _draft.Trigger, ScheduleCron.SinceLast(schedule), _draft) : null;
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
        var values = _draft.Trigger is RecordTrigger record ? record.Conditions.Select(c => c.Value).ToList() : [];
        for (var i = 0; i < clause.Count; i++)
            if (vocabulary.ValuesAt(entity, clause, i) is { Length: > 0 and var count } value && value.Found.Exists(v => values.Contains(v.Value)))
                for (var k = i; k < i + count; k++)
                    clause[k].Explained = true;
        for (var i = 0; i < clause.Count; i++)
            if (vocabulary.EntitiesAt(clause, i) is { Length: > 0 and var length } found && found.Found.Exists(f => f.Entity == entity))
                for (var k = i; k < i + length; k++)
                    clause[k].Explained = true;
    }

    private List<string> Unexplained() =>
        [.. _all.Where(t => !t.Explained && t.Kind != TokenKind.Break && !(t.Kind == TokenKind.Word && Lexicon.Filler.Contains(t.Text))).Select(t => t.Original)];

    private PlanResult Finish()
    {
        var words = Unexplained();
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
