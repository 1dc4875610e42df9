namespace Patchbay.Platform.Chat.Planning.Internal;

/// <summary>Wishes to change, stop or undo something that is there already. Chat builds; it changes nothing yet, and says so
/// instead of asking what should set it off.</summary>
internal static class ChangeWish
{
    private static readonly HashSet<string> Verbs = new(StringComparer.Ordinal) { "change", "edit", "modify", "adjust", "stop", "pause", "resume", "undo", "cancel", "disable", "enable" };

    /// <param name="text">As typed: the dashboard's own wording quotes the flow's sentence.</param>
    public static bool Is(string text, IReadOnlyList<Token> tokens)
    {
        var words = tokens.Where(t => t.Kind == TokenKind.Word && t.Text != "please").Take(5).Select(t => t.Text).ToList();
        var verb = words is ["switch" or "turn", "off" or "on", ..] ? 2 : words is [var first, ..] && Verbs.Contains(first) ? 1 : 0;
        return verb > 0 && (text.AsSpan().TrimStart().StartsWith("Change \u201c", StringComparison.OrdinalIgnoreCase)
            || words is ["undo", ..] || words.Skip(verb).Take(3).Any(w => w is "flow" or "flows" or "function" or "automation" or "it" or "that"));
    }
}
