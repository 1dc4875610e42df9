namespace Patchbay.Platform.Chat.Planning.Internal;

/// <summary>Questions about the product or the world: they name nothing to do and nowhere to put it.</summary>
internal static class ProductQuestion
{
    public static bool Is(string text, IReadOnlyList<Token> tokens)
    {
        var words = tokens.Where(t => t.Kind == TokenKind.Word).Take(3).Select(t => t.Text).ToList();
        // A place, a person or an event makes it a wish: "What about an email to me each time a deal is won?"
        if (words.Count == 0 || tokens.Any(t => t.Kind is TokenKind.Channel or TokenKind.Email || t.Text is "me" or "us" or "when" or "whenever"))
            return false;
        return words switch
        {
            ["how", "many" or "much", ..] => false,
            ["how" or "why" or "which" or "what" or "where" or "does", ..] => true,
            ["is" or "are" or "do", ..] => text.TrimEnd().EndsWith('?'),
            ["can" or "could" or "please" or "would", "you" or "explain", "explain" or "describe" or "what" or "how"] => true,
            ["explain" or "describe", ..] => true,
            _ => false,
        };
    }
}
