using Patchbay.Platform.Chat.Proposals;

namespace Patchbay.Platform.Chat.Planning.Internal;

/// <summary>Makes actions of what was read, or asks for what is missing.</summary>
internal sealed class ActionPlanner(PlanRequest request, SchemaVocabulary vocabulary)
{
    public const string Post = "slack.post_message";
    public const string Send = "gmail.send_email";

    /// <param name="content">What every action of this clause says; null if it is not known yet.</param>
    public void Plan(ActionDraft draft, MessageContent? content, Draft into)
    {
        Answer(draft, into.Entity);
        if (!draft.HasTarget && !draft.Slack && !draft.Mail)
        {
            into.Need(Gaps.Connector(request.Connected));
            return;
        }

        if (draft.Me && !draft.Slack && !draft.Mail && draft.Channels.Count == 0 && draft.Addresses.Count == 0 && draft.Person is null)
        {
            into.Need(Gaps.Connector(request.Connected));
            return;
        }

        // "me and #sales": a channel reaches the one who asks only if it is named, so the tool for "me" is still open.
        if (draft is { AlsoMe: true, Mail: false } && draft.Channels.Count > 0)
        {
            into.Need(Gaps.Connector(request.Connected));
            return;
        }

        // "email the ticket to #support": a channel gets no mail, and which of the two was meant is open.
        if (draft is { Mail: true, Slack: false, Me: false, Person: null, Addresses.Count: 0, Channels.Count: > 0 })
        {
            into.Uses(Send);
            into.Need(Gaps.To(into.Entity));
            return;
        }

        foreach (var channel in draft.Channels.Distinct(StringComparer.Ordinal))
            Add(Post, new ChannelTarget(channel), content, into);
        Mail(draft, content, into);
        if (draft.Channels.Count == 0 && draft.Slack)
        {
            into.Uses(Post);
            into.Need(draft.Direct ? Gaps.ChannelInsteadOfPerson() : Gaps.Channel());
        }
    }

    private static void Mail(ActionDraft draft, MessageContent? content, Draft into)
    {
        if (draft.Addresses.Count > 0)
            Add(Send, new AddressTarget([.. draft.Addresses.Distinct(StringComparer.OrdinalIgnoreCase)]), content, into);
        if (draft.Person is { } person && (draft.Mail || draft.Channels.Count == 0) && !(draft.Slack && !draft.Mail))
            Add(Send, new RecordFieldTarget(person.Name), content, into);
        var forMe = draft.Me && draft.Mail && (draft.AlsoMe || (draft.Person is null && draft.Addresses.Count == 0));
        if (forMe)
            Add(Send, new AccountTarget(), content, into);
        if (draft.Mail && !forMe && draft.Channels.Count == 0 && draft.Addresses.Count == 0 && draft.Person is null)
        {
            into.Uses(Send);
            into.Need(Gaps.To(into.Entity));
        }
    }

    /// <summary>Fills in what was asked before.</summary>
    private void Answer(ActionDraft draft, EntitySchema? entity)
    {
        var answers = request.Answers;
        if (!draft.Slack && !draft.Mail && answers.TryGetValue(Slots.Connector, out var connector))
            (draft.Slack, draft.Mail) = (connector == "slack", connector == "gmail");
        if (draft.Slack && draft.Channels.Count == 0 && answers.TryGetValue(Slots.Channel, out var channel)
            && "#" + channel.Trim().TrimStart('#').ToLowerInvariant() is var name && ActionReader.ChannelName().IsMatch(name))
            draft.Channels.Add(name);
        if (!draft.Mail || draft.Addresses.Count > 0 || draft.Person is not null || draft.Me || !answers.TryGetValue(Slots.To, out var to))
            return;
        to = to.Trim();
        draft.Me = to is "me" or "myself";
        draft.Person = entity?.Fields.FirstOrDefault(f => f.Kind == FieldKind.Email && f.Name == to);
        if (!draft.Me && draft.Person is null)
            draft.Addresses.AddRange(Tokenizer.Read(to).Where(t => t.Kind == TokenKind.Email).Select(t => t.Original));
    }

    private static void Add(string operation, Target target, MessageContent? content, Draft into)
    {
        into.Uses(operation);
        if (content is null)
            into.Understood.Add(Said.Small(ProposalNames.Step(new(operation, target, new TextContent("")))));
        if (content is not null && !into.Actions.Exists(a => a.Operation == operation && Equals(a.Target, target)))
            into.Actions.Add(new(operation, target, content));
    }

    /// <summary>What the clause says on a schedule, or when run by hand.</summary>
    public MessageContent? ContentOf(List<Token> clause, ActionDraft draft, TriggerPlan? trigger, DateWindow sinceLast, Draft into)
    {
        if (draft.Dictated is { } dictated)
        {
            if (request.Answers.TryGetValue(Slots.Content, out var exact) && !string.IsNullOrWhiteSpace(exact))
                return new TextContent(exact.Trim());
            into.Need(Gaps.Words(dictated));
            return null;
        }

        if (trigger is RecordTrigger)
            return draft.Quoted is { } words ? new TextContent(words) : new RecordContent([.. draft.Fields.Select(f => f.Name)], draft.Purpose);
        if (draft.Quoted is { } text)
            return new TextContent(text);
        var (digest, problem) = new DigestReader(vocabulary).Read(clause, sinceLast, request.Answers.GetValueOrDefault(Slots.Content));
        if (digest is not null)
            return digest;
        if (problem is not null)
            into.Understood.Add(problem);
        if (trigger is ManualTrigger)
            return new TextContent("The function was run.");
        into.Need(Gaps.Content(request.Schema));
        return null;
    }
}
