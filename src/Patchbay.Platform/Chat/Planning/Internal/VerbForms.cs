using System.Collections.Frozen;

namespace Patchbay.Platform.Chat.Planning.Internal;

/// <summary>Inflected English verbs and nouns to their base form and back, for the words the lexicon names.</summary>
internal static class VerbForms
{
    private static readonly Dictionary<string, string[]> Irregular = new()
    {
        ["get"] = ["gets", "got", "gotten", "getting"], ["come"] = ["comes", "came", "coming"], ["make"] = ["makes", "made", "making"],
        ["send"] = ["sends", "sent", "sending"], ["tell"] = ["tells", "told", "telling"], ["write"] = ["writes", "wrote", "written", "writing"],
        ["let"] = ["lets", "letting"], ["give"] = ["gives", "gave", "given", "giving"], ["become"] = ["becomes", "became", "becoming"],
        ["go"] = ["goes", "went", "gone", "going"], ["set"] = ["sets", "setting"], ["put"] = ["puts", "putting"], ["shoot"] = ["shoots", "shot", "shooting"],
        ["hit"] = ["hits", "hitting"], ["win"] = ["wins", "won", "winning"], ["lose"] = ["loses", "lost", "losing"], ["pay"] = ["pays", "paid", "paying"],
        ["submit"] = ["submits", "submitted", "submitting"], ["drop"] = ["drops", "dropped", "dropping"], ["ping"] = ["pings", "pinged", "pinging"],
        ["leave"] = ["leaves", "left", "leaving"], ["buy"] = ["buys", "bought", "buying"], ["log"] = ["logs", "logged", "logging"],
        ["edit"] = ["edits", "edited", "editing"], ["cancel"] = ["cancels", "canceled", "cancelled", "canceling", "cancelling"],
        ["flip"] = ["flips", "flipped", "flipping"], ["flag"] = ["flags", "flagged", "flagging"], ["say"] = ["says", "said", "saying"],
        ["label"] = ["labels", "labeled", "labelled"], ["see"] = ["sees", "saw", "seen"], ["run"] = ["runs", "ran", "running"],
        ["move"] = ["moves", "moved", "moving"], ["exceed"] = ["exceeds", "exceeded", "exceeding"], ["is"] = ["are", "was", "were", "be", "been", "being"],
        ["land"] = ["lands", "landed", "landing"], ["hear"] = ["hears", "heard", "hearing"], ["know"] = ["knows", "known", "knew", "knowing"],
        ["dm"] = ["dms", "dmed"], ["begin"] = ["begins", "began", "begun"], ["ship"] = ["ships", "shipped", "shipping"],
        ["enter"] = ["enters", "entered", "entering"], ["slip"] = ["slips", "slipped"], ["book"] = ["books", "booked", "booking"],
        ["fire"] = ["fires", "fired", "firing"], ["fall"] = ["falls", "fell", "fallen", "falling"], ["turn"] = ["turns", "turned", "turning"],
    };

    private static readonly FrozenDictionary<string, string> Bases = TriggerWords.AllVerbs.Concat(ActionWords.AllVerbs)
        .Distinct(StringComparer.Ordinal)
        .SelectMany(verb => Forms(verb).Select(form => (form, verb)))
        .GroupBy(x => x.form, StringComparer.Ordinal)
        .ToFrozenDictionary(g => g.Key, g => g.First().verb, StringComparer.Ordinal);

    /// <summary>The base form of a known verb; the word itself where it is none.</summary>
    public static string BaseOf(string word) => Bases.GetValueOrDefault(word, word);

    public static bool IsBase(string word) => Bases.TryGetValue(word, out var found) && found == word;

    public static IEnumerable<string> AllForms => Bases.Keys;

    public static IEnumerable<string> Forms(string verb)
    {
        yield return verb;
        if (Irregular.TryGetValue(verb, out var irregular))
        {
            foreach (var form in irregular)
                yield return form;
            yield break;
        }

        var consonantY = verb.EndsWith('y') && verb.Length > 1 && !"aeiou".Contains(verb[^2], StringComparison.Ordinal);
        var stem = consonantY ? verb[..^1] + "i" : verb.EndsWith('e') ? verb[..^1] : verb;
        yield return consonantY || EndsHissing(verb) ? stem + "es" : verb + "s";
        yield return stem + "ed";
        yield return (verb.EndsWith('e') ? verb[..^1] : verb) + "ing";
    }

    public static string Plural(string noun) =>
        noun.EndsWith('y') && noun.Length > 1 && !"aeiou".Contains(noun[^2], StringComparison.Ordinal) ? noun[..^1] + "ies"
        : EndsHissing(noun) ? noun + "es"
        : noun + "s";

    private static bool EndsHissing(string word) =>
        word.EndsWith('s') || word.EndsWith('x') || word.EndsWith('z') || word.EndsWith("ch", StringComparison.Ordinal) || word.EndsWith("sh", StringComparison.Ordinal);
}
