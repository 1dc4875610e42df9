using System.Collections.Frozen;

namespace Patchbay.Platform.Chat.Planning.Internal;

/// <summary>
/// "unpublished", "not paid", "non-urgent": when such words mean every other value of the field. Between the values of a
/// progress they need not: an uncontacted lead is none that was qualified later, although its status is not "contacted" any more.
/// </summary>
internal static class Negatives
{
    /// <summary>Verbs that undo: "is unpublished" happens, while "is unpaid" only is.</summary>
    public static readonly FrozenSet<string> Undoing = Lexicon.Set("unpublished unpublishes unpublish unarchived unarchives unarchive unlocked unlocks unlock unblocked unblocks unblock");

    private static readonly FrozenSet<string> Progress = Lexicon.Set("status state stage phase standing outcome result progress step");

    /// <summary>Whether "not" this value is all the others.</summary>
    public static bool IsPlain(EntitySchema entity, FieldSchema field, string value) =>
        field.Kind == FieldKind.Boolean || field.Values.Count == 2 || field.Values[^1] == value
        || !SchemaVocabulary.WordsOf(field.Name).Any(Progress.Contains)
        || DigestReader.Unfinished(entity) is [var one] && one.Field == field.Name && one.Value == value;

    /// <summary>Words made with "un-" of the words for a value.</summary>
    public static IEnumerable<string> Of(string[] words) =>
        words is [var one] && (ConditionReader.IsParticiple(one) || Undoing.Contains("un" + one)) && !one.StartsWith("un", StringComparison.Ordinal) ? ["un" + one] : [];

    /// <summary>How many words before a value deny it: "not", "not yet", "non", "have not been"; 0 for none.</summary>
    public static int LengthBefore(List<Token> clause, int at)
    {
        var from = at;
        while (from > 0 && clause[from - 1].Text is "yet" or "been" or "being")
            from--;
        return from > 0 && (clause[from - 1].Is("not") || (from == at && clause[from - 1].Text is "non" or "un")) ? at - from + 1 : 0;
    }
}
