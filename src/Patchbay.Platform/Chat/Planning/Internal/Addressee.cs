using System.Collections.Frozen;

namespace Patchbay.Platform.Chat.Planning.Internal;

/// <summary>Who a message goes to, by grammar: a word for a person is a recipient only where something is sent to it.</summary>
internal static class Addressee
{
    private static readonly FrozenSet<string> Before = Lexicon.Set("the a an that this those our its their his her each every new respective both same all any");

    private static readonly FrozenSet<string> Modal = Lexicon.Set("can could should must may might would will shall ought needs need has have wants want");

    /// <summary>Verbs that pass an order on: what follows "to" is done by whoever is told.</summary>
    private static readonly FrozenSet<string> Ordering = Lexicon.Set("tell ask remind instruct get have order urge nudge want request alert ping notify message warn inform let make help prompt");

    private static readonly FrozenSet<string> Others = Lexicon.Set("somebody someone anybody anyone everybody everyone people they he she team staff sales support");

    private static readonly FrozenSet<string> Receiving = Lexicon.Set("should must shall gets get receives receive needs is are will has hear know hears knows wants");

    /// <summary>"email <b>the customer</b>", "a note to <b>the owner</b>", "ada@x and <b>the customer</b>", "<b>the customer</b> should get".</summary>
    public static bool Is(List<Token> clause, int at, SchemaVocabulary vocabulary)
    {
        var k = BeforeNoun(clause, at, vocabulary);
        if (k < 0 || clause[k].Kind == TokenKind.Break || clause[k].Text is "so" or "that" or "which" or "then")
            return k < 0 && clause.Count == at + 1 || clause.Skip(at + 1).Take(2).Any(t => Receiving.Contains(t.Text))
                || (k > 0 && clause[k].Kind == TokenKind.Break && IsNamed(clause[k - 1]));
        if (clause[k].Text is "and" or "plus" or "or")
            return k > 0 && IsNamed(clause[k - 1]);
        return clause[k].Text is "to" || Clauses.IsActionVerb(clause[k]) || Purpose(clause[k])
            || (clause[k].Is("for") && !HasOther(clause));
    }

    /// <summary>Whether a word of sending is right before, without any "to".</summary>
    public static bool IsAfterMailVerb(List<Token> clause, int at, SchemaVocabulary vocabulary) =>
        BeforeNoun(clause, at, vocabulary) is >= 0 and var k && ActionWords.ByMail.Contains(VerbForms.BaseOf(clause[k].Text));

    public static bool IsAfterTo(List<Token> clause, int at, SchemaVocabulary vocabulary) =>
        BeforeNoun(clause, at, vocabulary) is >= 0 and var k && clause[k].Text is "to" or "at";

    /// <summary>What stands before the "and" that leads to a noun; null where none does.</summary>
    public static Token? JoinedTo(List<Token> clause, int at, SchemaVocabulary vocabulary) =>
        BeforeNoun(clause, at, vocabulary) is > 0 and var k && clause[k].Text is "and" or "plus" or "or" ? clause[k - 1] : null;

    /// <summary>A place or an address, so that a person named beside it may be what is told about.</summary>
    public static bool HasOther(List<Token> clause) => clause.Exists(t => t.Kind is TokenKind.Channel or TokenKind.Email || t.Text is "me" or "channel");

    /// <summary>
    /// Where an order to somebody else begins: "tell #ops <b>to email the customer</b>", "that somebody <b>should email</b> the
    /// lead", "have #ops <b>email</b> them". Nothing behind it is done by the flow; the length of the clause if there is none.
    /// </summary>
    public static int OrderIn(List<Token> clause)
    {
        var first = clause.FindIndex(Clauses.IsActionVerb);
        var target = clause.FindIndex(IsNamed);
        for (var i = 1; i < clause.Count; i++)
        {
            var verb = clause[i].Kind == TokenKind.Word ? VerbForms.BaseOf(clause[i].Text) : "";
            // "so that somebody can email them": whoever that is, it is not the flow.
            if (Modal.Contains(clause[i - 1].Text) && i > 1 && Others.Contains(clause[i - 2].Text) && ActionWords.ByMail.Contains(verb))
                return i;
            if (!clause.Take(i).Any(t => Clauses.IsActionVerb(t) || IsNamed(t)))
                continue;
            var before = clause[i - 1];
            var led = before.Text is "to" || Modal.Contains(before.Text) || TriggerWords.Actors.Contains(before.Text) || IsNamed(before) || before.Text is "about" or "by" or "of" or "for" or "not";
            if ((ActionWords.ByMail.Contains(verb) || ActionWords.BySlack.Contains(verb)) && clause[i].Text is not ("emailed" or "mailed")
                && (clause[i].Text.EndsWith("ing", StringComparison.Ordinal) || (led && !IsNoun(clause, i))) && (i != first || IsTold(clause, i)))
                return i;
            if (before.Is("to") && i > 1 && target >= 0 && target < i && IsNamed(clause[i - 2]) && first >= 0 && first < i && Ordering.Contains(VerbForms.BaseOf(clause[first].Text))
                && clause[i].Kind == TokenKind.Word && (Clauses.IsActionBase(clause[i].Text) || ActionWords.Purposes.ContainsKey(clause[i].Text)))
                return i;
        }

        return clause.Count;
    }

    // "have #ops email them", "ask #ops to email them": somebody who is told stands right before.
    private static bool IsTold(List<Token> clause, int at) =>
        (clause[at - 1].Is("to") && at > 1 ? clause[at - 2] : clause[at - 1]) is var who && IsNamed(who) && who.Text is not ("slack" or "gmail" or "us" or "channel");

    // "by email", "to mail" before a place or at the end are the tool.
    private static bool IsNoun(List<Token> clause, int at)
    {
        if (clause[at - 1].Text is "by" or "of" or "about")
            return true;
        return clause.ElementAtOrDefault(at + 1) is not { Kind: TokenKind.Word or TokenKind.Email } next
            || (next.Kind == TokenKind.Word && (next.Text is "to" or "in" or "and" or "with" or "when" or "about" or "from" || ActionWords.Things.Contains(next.Text) || ActionWords.Places.Contains(next.Text)));
    }

    private static bool Purpose(Token token) => token.Kind == TokenKind.Word && ActionWords.Purposes.ContainsKey(token.Text);

    private static bool IsNamed(Token token) =>
        token.Kind is TokenKind.Channel or TokenKind.Email || token.Text is "me" or "us" or "them" or "him" or "her" or "channel" or "somebody" or "someone" or "everyone" or "team" or "slack" or "gmail"
        || (token.Kind == TokenKind.Word && (ActionWords.Groups.Contains(token.Text) || ActionWords.Outsiders.Contains(token.Text) || ActionWords.Insiders.Contains(token.Text)));

    private static int BeforeNoun(List<Token> clause, int at, SchemaVocabulary vocabulary)
    {
        var k = at - 1;
        while (k >= 0 && clause[k].Kind == TokenKind.Word && (Before.Contains(clause[k].Text) || (vocabulary.EntitiesAt(clause, k).Length > 0 && !Clauses.IsActionVerb(clause[k]))))
            k--;
        return k;
    }
}
