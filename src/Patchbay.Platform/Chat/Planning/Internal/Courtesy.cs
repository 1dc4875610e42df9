using System.Collections.Frozen;

namespace Patchbay.Platform.Chat.Planning.Internal;

/// <summary>
/// Takes out what is said to be polite and asks for nothing: "I would be glad if", "hope you are well", "many thanks".
/// A stretch goes only if every word of it is polite and one of them is unmistakably so.
/// </summary>
internal static class Courtesy
{
    private static readonly FrozenSet<string> Marks = Lexicon.Set(
        "great nice cool lovely helpful glad happy grateful thankful obliged appreciate appreciated possible wonderful awesome perfect useful thanks thankyou thank cheers regards hope well dear mean kind kindly fantastic");

    private static readonly FrozenSet<string> Around = Lexicon.Set(
        "i we you it this that would could can will be is are am was were very much so really most quite if to the a an for in of my me us our your help advance many all best sincerely hi hello hey assistant team bot sir madam there please do " +
        "if hm um uh ok okay and have has been find someone somebody day morning lot");

    public static IEnumerable<string> Words => Marks.Concat(Around);

    public static List<Token> Without(List<Token> tokens)
    {
        var kept = new List<Token>(tokens.Count);
        for (var from = 0; from < tokens.Count;)
        {
            var end = tokens.FindIndex(from, t => t.Kind == TokenKind.Break);
            end = end < 0 ? tokens.Count : end;
            kept.AddRange(tokens.Skip(from + Polite(tokens, from, end)).Take(end - from - Polite(tokens, from, end)));
            if (end < tokens.Count && kept.Count > 0 && kept[^1].Kind != TokenKind.Break)
                kept.Add(tokens[end]);
            from = end + 1;
        }

        return kept;
    }

    /// <summary>How many words at the start of a stretch are politeness: all of it, or up to the "if", "that" or "to" that leads on.</summary>
    private static int Polite(List<Token> tokens, int from, int end)
    {
        var (marked, wished) = (false, false);
        var lead = 0;
        for (var i = from; i < end; i++)
        {
            var word = tokens[i];
            if (word.Kind != TokenKind.Word || !(Marks.Contains(word.Text) || Around.Contains(word.Text)))
                return lead;
            marked |= Marks.Contains(word.Text);
            wished |= word.Text is "would" or "be" or "is" or "hope" or "appreciate";
            if (marked && wished && word.Text is "if" or "that" or "to")
                lead = i + 1 - from;
        }

        return marked ? end - from : lead;
    }
}
