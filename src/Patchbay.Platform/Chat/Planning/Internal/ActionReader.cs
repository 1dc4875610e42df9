using System.Text.RegularExpressions;

namespace Patchbay.Platform.Chat.Planning.Internal;

/// <summary>An action as far as the words say it.</summary>
internal sealed class ActionDraft
{
    public List<string> Channels { get; } = [];

    public List<string> Addresses { get; } = [];

    public bool Me { get; set; }

    /// <summary>"me and sales@...": the one who asks gets it as well, instead of being the address that follows.</summary>
    public bool AlsoMe { get; set; }

    /// <summary>The record's field with the address of whom the words mean.</summary>
    public FieldSchema? Person { get; set; }

    /// <summary>The words that mean that person.</summary>
    public List<Token> PersonWords { get; } = [];

    /// <summary>Somebody is meant whose address is nowhere: "my team", "sales".</summary>
    public bool Somebody { get; set; }

    public bool Slack { get; set; }

    public bool Mail { get; set; }

    /// <summary>A message to one person in Slack is wished for.</summary>
    public bool Direct { get; set; }

    public bool Verb { get; set; }

    public string? Quoted { get; set; }

    /// <summary>Words that the message is to have, given without quotes: where they end has to be asked.</summary>
    public string? Dictated { get; set; }

    public Purpose Purpose { get; set; }

    public List<FieldSchema> Fields { get; } = [];

    /// <summary>The last word that named one of them.</summary>
    public Token? FieldWord { get; set; }

    public bool HasTarget => Channels.Count > 0 || Addresses.Count > 0 || Person is not null || Me;

    public bool IsAny => HasTarget || Slack || Mail || Verb || Somebody;
}

/// <summary>Reads one action clause: the tool, where it goes, and what about the record it shows.</summary>
internal sealed partial class ActionReader(Tools tools, SchemaVocabulary vocabulary)
{
    /// <param name="entity">The entity of the record event; null on a schedule or by hand.</param>
    public ActionDraft Read(List<Token> clause, EntitySchema? entity)
    {
        var draft = new ActionDraft();
        // What others are told to do, nothing here does: it stays unexplained.
        var end = Addressee.OrderIn(clause);
        for (var i = 0; i < end; i++)
        {
            var used = Dictated(clause, i, draft, entity);
            if (used == 0) used = Channel(clause, i, draft);
            if (used == 0) used = Owned(clause, i, draft, entity);
            if (used == 0) used = Tool(clause, i, draft, entity);
            if (used == 0) used = Person(clause, i, draft, entity);
            if (used == 0) used = Field(clause, i, draft, entity);
            if (used == 0) used = Word(clause, i, draft);
            i += Math.Max(used - 1, 0);
        }

        // "I want to receive", "so that I hear about it": the one who asks is the one who gets it.
        if (!draft.HasTarget && !draft.Somebody && clause.Exists(t => t.Is("i")) && clause.Exists(t => VerbForms.BaseOf(t.Text) is "receive" or "get" or "hear" or "know" or "notify" or "tell" or "alert"))
            draft.Me = true;
        // "tell the owner in #wins": what stands in a channel is not sent to a person.
        if (draft is { Person: not null, Channels.Count: > 0, Mail: false })
            draft.PersonWords.ForEach(w => w.Explained = false);
        // "the manager of the employee": with one person found, another word for people means somebody else.
        if (draft is { Somebody: true, Channels.Count: 0, Addresses.Count: 0 } && (draft.Person is not null || draft.Me))
            foreach (var other in clause.Where(t => t.Kind == TokenKind.Word && ActionWords.Groups.Contains(t.Text)))
                other.Explained = false;
        // Fixed words together with fields of the record are a message that no plan can say.
        if (draft is { Quoted: not null, Fields.Count: > 0 })
            clause.Find(t => t.Kind == TokenKind.Quoted)!.Explained = false;
        return draft;
    }

    private static int Dictated(List<Token> clause, int i, ActionDraft draft, EntitySchema? entity)
    {
        if (draft.Dictated is not null || draft.Quoted is not null || DictatedText.At(clause, i, entity is not null) is not var (text, length))
            return 0;
        draft.Dictated = text;
        draft.Verb |= Clauses.IsActionVerb(clause[i]);
        return Take(clause, i, length);
    }

    /// <summary>"the customer's email": to be shown, or where "to" or nothing but a verb of mailing leads to it, written to.</summary>
    private int Owned(List<Token> clause, int i, ActionDraft draft, EntitySchema? entity)
    {
        if (entity is null || PersonField.At(clause, i, vocabulary, entity, at => FieldOf(clause[at].Text, entity, clause, at, owned: true)) is not { } owned)
            return 0;
        if (owned.Field is not { } field)
            return 0;
        var start = i;
        // "#finance + customer email": one more place to send to, or something to show there?
        if (Addressee.JoinedTo(clause, i, vocabulary) is { } joined && joined != draft.FieldWord)
            return owned.Length;
        if (field.Kind == FieldKind.Email && !IsAboutContent(clause, i)
            && (Addressee.IsAfterTo(clause, start, vocabulary) || (!Addressee.HasOther(clause) && Addressee.Is(clause, start, vocabulary))))
        {
            if (draft.Person is not null && draft.Person != field)
                return 0;
            draft.Person = field;
            draft.Mail = true;
            draft.PersonWords.AddRange(clause.GetRange(i, owned.Length));
            return Take(clause, i, owned.Length);
        }

        if (!draft.Fields.Contains(field))
            draft.Fields.Add(field);
        draft.FieldWord = clause[i + owned.Length - 1];
        return Take(clause, i, owned.Length);
    }

    /// <summary>"from support@x", "messages of #general", "not #all": a place that nothing is sent to.</summary>
    private static bool IsSource(List<Token> clause, int i) =>
        i > 0 && clause[clause[i - 1].Text is "the" or "channel" or "our" && i > 1 ? i - 2 : i - 1].Text is "from" or "of" or "as" or "about" or "than" or "not" or "by" or "like" or "except" or "cc" or "without" or "behind";

    private static int Channel(List<Token> clause, int i, ActionDraft draft)
    {
        if (clause[i].Kind == TokenKind.Channel && !IsSource(clause, i))
        {
            draft.Channels.Add(clause[i].Text);
            return Take(clause, i, clause.ElementAtOrDefault(i + 1) is { Text: "channel" } ? 2 : 1);
        }

        if (clause[i].Is("channel") && clause.ElementAtOrDefault(i + 1) is { Kind: TokenKind.Channel })
            return Take(clause, i, 1);
        if (clause[i].Kind == TokenKind.Quoted && clause.ElementAtOrDefault(i + 1) is { Text: "channel" } && ChannelName().IsMatch("#" + clause[i].Text))
        {
            draft.Channels.Add("#" + clause[i].Text.ToLowerInvariant());
            return Take(clause, i, 2);
        }

        // "the sales channel", "our wins slack channel"
        var at = clause.ElementAtOrDefault(i + 1) is { Text: "slack" } ? i + 2 : i + 1;
        if (clause[i].Kind == TokenKind.Word && clause.ElementAtOrDefault(at) is { Text: "channel" or "chan" } && !clause[i].Possessive
            && !(Clauses.IsActionVerb(clause[i]) && i == 0)
            && !ActionWords.NoChannelName.Contains(clause[i].Text) && !Lexicon.Filler.Contains(clause[i].Text) && !Lexicon.Weighty.Contains(clause[i].Text)
            && ChannelName().IsMatch("#" + clause[i].Original.ToLowerInvariant()))
        {
            // As typed: a name is no word to be corrected.
            draft.Channels.Add("#" + clause[i].Original.ToLowerInvariant());
            draft.Slack |= at == i + 2;
            return Take(clause, i, at + 1 - i);
        }

        return 0;
    }

    /// <summary>"its name and email": among fields the word is one of them.</summary>
    private bool IsListed(List<Token> clause, int i, ActionDraft draft, EntitySchema entity)
    {
        if (vocabulary.FieldsAt(entity, clause, i).Length == 0)
            return false;
        var before = i - 1;
        while (before >= 0 && (clause[before].Text is "and" or "the" or "its" or "their" or "plus" || clause[before].Kind == TokenKind.Break))
            before--;
        return FieldList.Contains(vocabulary, entity, clause, i) || (before >= 0 && before < i - 1 && clause[before] == draft.FieldWord);
    }

    private int Tool(List<Token> clause, int i, ActionDraft draft, EntitySchema? entity)
    {
        var (length, id) = tools.UsableAt(clause, i);
        if (length == 0 || (entity is not null && id == "gmail" && IsListed(clause, i, draft, entity)))
            return 0;
        draft.Slack |= id == "slack";
        draft.Mail |= id == "gmail";
        draft.Verb |= Clauses.IsActionVerb(clause[i]);
        return Take(clause, i, length);
    }

    private int Person(List<Token> clause, int i, ActionDraft draft, EntitySchema? entity)
    {
        var token = clause[i];
        // "the owner, ada@x": the same person once more, or a second one?
        if (token.Kind == TokenKind.Email && IsApposition(clause, i, draft))
            return 0;
        if (token.Kind == TokenKind.Email && !IsSource(clause, i))
        {
            draft.Addresses.Add(token.Original);
            return Take(clause, i, 1);
        }

        if (token.Text is "me" or "myself" or "us" && i > 0 && clause[i - 1].Text is "by" or "from" or "of" or "than" or "like" or "without" or "not" or "except")
        {
            token.Weighs = true;
            return 0;
        }

        if (token.Text is "me" or "myself" || (token.Is("my") && clause.ElementAtOrDefault(i + 1) is { Text: "inbox" or "mailbox" or "email" or "address" } && i > 0 && clause[i - 1].Text is "to" or "in"))
        {
            draft.Me = true;
            draft.AlsoMe |= clause.ElementAtOrDefault(i + 1) is { Text: "and" or "plus" } || (i > 0 && clause[i - 1].Text is "and" or "plus");
            return Take(clause, i, 1);
        }

        // "the customer's channel" is no place of the customer's that anything here knows.
        if (token.Kind != TokenKind.Word || IsAboutContent(clause, i) || (token.Possessive && clause.ElementAtOrDefault(i + 1) is { Kind: TokenKind.Word, Text: not ("email" or "mail" or "inbox" or "mailbox" or "address") }))
            return 0;
        if (entity is not null && FieldOf(token.Text, entity, clause, i) is { } field && (Addressee.Is(clause, i, vocabulary) || (draft.Person == field && token.Text is "they" or "them" or "him" or "her")))
        {
            draft.Person ??= field;
            draft.PersonWords.Add(token);
            // "the customer's e-mail address" is the same person.
            return draft.Person == field ? Take(clause, i, 1) : 0;
        }

        if (ActionWords.Groups.Contains(token.Text) || token.Is("us"))
        {
            draft.Somebody = true;
            // "#sales and the managers": the second of two is a recipient of its own, and nobody knows the address.
            return IsJoined(clause, i) || clause.ElementAtOrDefault(i + 1) is { Text: "of" } ? 0 : Take(clause, i, 1);
        }

        return 0;
    }

    private static bool IsApposition(List<Token> clause, int i, ActionDraft draft)
    {
        var before = i > 0 && clause[i - 1].Kind == TokenKind.Break ? i - 2 : i - 1;
        return before >= 0 && draft.PersonWords.Contains(clause[before])
            && !clause.Skip(i + 1).Take(3).Any(t => t.Kind == TokenKind.Email || t.Text is "and" or "plus");
    }

    private static bool IsJoined(List<Token> clause, int i)
    {
        var before = i - 1;
        while (before >= 0 && (clause[before].Text is "the" or "our" or "my" or "all" or "whole" or "a" or "to" or "for" or "with" or "at" || ActionWords.Groups.Contains(clause[before].Text)))
            before--;
        var behind = i + 1;
        while (behind < clause.Count && (ActionWords.Groups.Contains(clause[behind].Text) || clause[behind].Text is "members"))
            behind++;
        return (before >= 0 && (clause[before].Text is "and" or "plus" or "or" or "also" or "by" or "from" or "of" or "than"
                || (clause[before].Kind == TokenKind.Break && clause.Take(before).Any(t => t.Kind is TokenKind.Channel or TokenKind.Email))))
            || (clause.ElementAtOrDefault(behind) is { Text: "and" or "plus" or "or" } && clause.Skip(behind).Take(3).Any(t => t.Kind is TokenKind.Channel or TokenKind.Email || t.Text is "me"));
    }

    /// <summary>Whose address a word for a person means in this record; null where that is not certain.</summary>
    /// <param name="owned">Something of the person is named ("the lead's email"), whatever stands before.</param>
    private FieldSchema? FieldOf(string word, EntitySchema entity, List<Token> clause, int at, bool owned = false)
    {
        // "assigned to me" says whose records, not who is written to.
        if (word is "assigned" && clause.ElementAtOrDefault(at + 1) is { Text: "to" } && clause.ElementAtOrDefault(at + 2) is not { Text: "it" or "them" })
            return null;
        var mails = entity.Fields.Where(f => f.Kind == FieldKind.Email).ToList();
        if (mails.Find(f => SchemaVocabulary.WordsOf(f.Name) is var words && words.Contains(word, StringComparer.Ordinal) && word is not ("email" or "address" or "to")) is { } named)
            return named;
        if (ActionWords.Insiders.Contains(word))
            return word is "assignee" or "owner" or "responsible" or "agent" ? mails.Find(f => f.Name is "assigned_to" or "assignee" or "assignee_email" or "owner_email" or "owner") : null;
        if (word is "assigned" && mails.Find(f => f.Name == "assigned_to") is { } assigned)
            return assigned;
        var outside = mails.Where(f => !IsInside(f.Name)).ToList();
        if ((ActionWords.Outsiders.Contains(word) || (word.EndsWith('s') && ActionWords.Outsiders.Contains(word[..^1]))) && outside.Count == 1 && !(word is "person" or "user" or "they" && at > 0 && clause[at - 1].Text is "right" or "wrong"))
            return outside[0];
        // "email the lead": the record itself is a person.
        return outside.Count == 1 && outside[0].Name == "email" && vocabulary.EntitiesAt(clause, at).Found.Exists(e => e.Entity == entity)
            && (owned || at > 0 && (clause[at - 1].Text is "the" or "that" or "each" or "every" or "new" or "to" || Clauses.IsActionVerb(clause[at - 1])) && clause.Take(at - 1).LastOrDefault(t => t.Text is not ("every" or "each" or "any" or "all" or "the" or "a" or "new")) is { } verb
            && (verb.Text is "email" or "mail" or "to" or "welcome" or "thank" or "greet" or "congratulate" || clause[at - 1].Text is "email" or "mail")) ? outside[0] : null;
    }

    /// <summary>Whether an address is a colleague's: the owner's or the assignee's.</summary>
    public static bool IsInside(string field) =>
        SchemaVocabulary.WordsOf(field).Any(w => ActionWords.Insiders.Contains(w) || w is "assigned" or "created" or "by");

    /// <summary>After "with", "including" and the like a field is shown, not written to.</summary>
    private bool IsAboutContent(List<Token> clause, int i)
    {
        for (var k = i - 1; k >= 0 && k >= i - 12; k--)
        {
            if (clause[k].Kind == TokenKind.Break || clause[k].Text is "to" or "email" or "mail" or "tell" && k == i - 1)
                return false;
            if (clause[k].Possessive && k < i && clause[k].Kind == TokenKind.Word && k + 1 < i + 1 && OwnsFields(clause, k))
                return true;
            if (clause[k].Text is "with" or "including" or "include" or "containing" or "contain" or "mention" or "mentioning" or "showing" or "plus")
                return true;
        }

        return false;
    }

    // "the ticket's subject": what follows belongs to the record.
    private bool OwnsFields(List<Token> clause, int k) => vocabulary.EntitiesAt(clause, k).Length > 0 || clause[k].Is("its");

    private int Field(List<Token> clause, int i, ActionDraft draft, EntitySchema? entity)
    {
        if (entity is null || !(IsAboutContent(clause, i) || IsListed(clause, i, draft, entity) || FieldList.Contains(vocabulary, entity, clause, i)))
            return 0;
        var (length, found) = vocabulary.FieldsAt(entity, clause, i);
        if (length == 0)
            return clause[i].Text is "customer" && clause[i].Possessive ? Take(clause, i, 1) : 0;
        var field = found.OrderByDescending(f => f.Score).First().Field;
        if (!draft.Fields.Contains(field))
            draft.Fields.Add(field);
        draft.FieldWord = clause[i + length - 1];
        return Take(clause, i, length);
    }

    private static int Word(List<Token> clause, int i, ActionDraft draft)
    {
        var token = clause[i];
        if (token.Kind == TokenKind.Quoted && draft.Quoted is null)
        {
            draft.Quoted = token.Text;
            return Take(clause, i, 1);
        }

        if (token.Kind != TokenKind.Word)
            return 0;
        var verb = VerbForms.BaseOf(token.Text);
        if (ActionWords.Purposes.TryGetValue(token.Text, out var purpose))
        {
            draft.Purpose = purpose;
            draft.Verb |= verb is "thank" or "welcome" or "greet" or "congratulate";
            return Take(clause, i, 1);
        }

        if (ActionWords.ByMail.Contains(verb))
            (draft.Mail, draft.Verb) = (true, true);
        else if (ActionWords.BySlack.Contains(verb))
            (draft.Slack, draft.Verb, draft.Direct) = (true, true, verb == "dm");
        else if (ActionWords.Notify.Contains(verb))
            draft.Verb = true;
        else if (!ActionWords.Things.Contains(token.Text) && !ActionWords.Places.Contains(token.Text) && verb is not ("include" or "contain" or "connect" or "mention")
            && !(verb is "go" or "appear" or "show" or "dump" or "list" or "celebrate" or "throw" or "bring" or "pop" or "display" or "flag" or "highlight" or "surface" or "belong" && HasPlace(clause)) && token.Text is not ("saying" or "says" or "off" or "containing" or "including" or "happens" or "happened" or "happen" or "every" or "along" or "there" or "folks" or "reading"))
            return 0;
        return Take(clause, i, 1);
    }

    // "open tasks go to #standup", "appear in #ops": bringing words, if a channel or an address is there to bring them to.
    private static bool HasPlace(List<Token> clause) => clause.Exists(t => t.Kind is TokenKind.Channel or TokenKind.Email || t.Is("me"));

    private static int Take(List<Token> clause, int i, int count)
    {
        for (var k = i; k < i + count; k++)
            clause[k].Explained = true;
        return count;
    }

    [GeneratedRegex("^#[a-z0-9_-]{1,79}$", RegexOptions.CultureInvariant)]
    public static partial Regex ChannelName();
}
