using System.Collections.Frozen;

namespace Patchbay.Platform.Chat.Planning.Internal;

/// <summary>Words of the part that says when.</summary>
internal static class TriggerWords
{
    /// <summary>Longest first, so that "each time" is not read as "each".</summary>
    public static readonly string[][] Openers = Phrases(
        "as soon as", "each and every time", "each time", "every time", "every single time", "any time", "anytime", "the moment", "the minute", "the second",
        "the instant", "in the event that", "in case", "whenever", "when", "if", "once", "upon", "after", "about every new", "about each new", "about any new", "about every", "about each", "about any", "on every new", "on each new", "on any new", "on new",
        "for every new", "for each new", "for any new", "for all new", "for new", "per new", "should", "with every new", "with each new", "on every", "for every", "for each", "with each", "on each", "on", "as");

    public static readonly FrozenSet<string> Create = Lexicon.Set(
        "create add open submit file raise log receive arrive come land appear enter register record post insert report generate make place lodge");

    public static readonly FrozenSet<string> Update = Lexicon.Set("update change modify edit alter amend adjust");

    public static readonly FrozenSet<string> Delete = Lexicon.Set("delete remove erase");

    /// <summary>Verbs that lead to a value: "moves to", "is marked as", "turns".</summary>
    public static readonly FrozenSet<string> Transition = Lexicon.Set(
        "move go become turn reach hit mark set switch flip flag label get change enter advance progress transition shift put tag classify rate prioritize escalate fall land drop rise climb grow jump dip bump upgrade downgrade elevate demote promote");

    /// <summary>Nouns for the events: "on ticket creation".</summary>
    public static readonly FrozenSet<string> CreateNouns = Lexicon.Set("creation submission arrival");

    public static readonly FrozenSet<string> DeleteNouns = Lexicon.Set("deletion removal");

    public static readonly FrozenSet<string> Exceed = Lexicon.Set("exceed top pass");

    /// <summary>Who does it does not matter to a record: any of these may be the subject.</summary>
    public static readonly FrozenSet<string> Actors = Lexicon.Set(
        "someone somebody anyone anybody everyone user users customer customers client clients person people visitor visitors guest guests member members " +
        "teammate colleague we i they you buyer patient student rep agent staff team he she prospect stranger company");

    /// <summary>Actors who are nobody in particular.</summary>
    public static readonly FrozenSet<string> Anybody = Lexicon.Set("someone somebody anyone anybody everyone user users people person persons we they you");

    /// <summary>Actors of one side: that a colleague does it is a condition, and none that a record could hold.</summary>
    public static readonly FrozenSet<string> Staff = Lexicon.Set("teammate colleague rep agent staff team he she i");

    public static readonly FrozenSet<string> Manual = Lexicon.Set("manually");

    public static IEnumerable<string> AllVerbs => Create.Concat(Update).Concat(Delete).Concat(Transition).Concat(Exceed)
        .Concat(Concepts.Verbs).Concat(["run", "click", "press", "trigger", "call", "see", "win", "lose", "pay", "is", "finish", "complete"]);

    public static bool IsVerb(string word) => VerbForms.BaseOf(word) is var verb
        && (verb is "is" or "have" or "do" || Create.Contains(verb) || Update.Contains(verb) || Delete.Contains(verb) || Transition.Contains(verb) || Exceed.Contains(verb));

    public static string[][] Phrases(params string[] phrases) =>
        [.. phrases.Select(p => p.Split(' ')).OrderByDescending(p => p.Length)];
}
