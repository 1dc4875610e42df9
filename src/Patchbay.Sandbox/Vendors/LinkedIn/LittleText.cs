using System.Text;

namespace Patchbay.Sandbox.Vendors.LinkedIn;

/// <summary>A piece of a post's text.</summary>
/// <param name="Words">What is read.</param>
/// <param name="Urn">Whom or what it names; empty for plain text.</param>
internal sealed record LittlePiece(string Words, string Urn = "");

/// <summary>
/// LinkedIn's "little text": reserved characters are escaped with a backslash, people and companies are named as
/// <c>@[Name](urn)</c>, hashtags as <c>{hashtag|\#|word}</c>.
/// </summary>
internal static class LittleText
{
    private const string Reserved = "|{}()[]<>*";

    /// <summary>
    /// What readers of the post see. As at LinkedIn, an unescaped reserved character ends the text where it stands:
    /// nothing is refused, and the rest is missing.
    /// </summary>
    public static IReadOnlyList<LittlePiece> Read(string text) => Read(text, out _);

    /// <param name="text">As written.</param>
    /// <param name="cut">Something is missing behind an unescaped character.</param>
    public static IReadOnlyList<LittlePiece> Read(string text, out bool cut)
    {
        cut = false;
        var pieces = new List<LittlePiece>();
        var plain = new StringBuilder();
        var at = 0;
        while (at < text.Length)
        {
            var c = text[at];
            if (c == '\\' && at + 1 < text.Length)
            {
                plain.Append(text[at + 1]);
                at += 2;
            }
            else if (c == '@' && Mention(text, at) is { } mention)
            {
                Flush();
                pieces.Add(mention.Piece);
                at = mention.End;
            }
            else if (c == '{' && Hashtag(text, at) is { } tag)
            {
                Flush();
                pieces.Add(tag.Piece);
                at = tag.End;
            }
            else if (Reserved.Contains(c, StringComparison.Ordinal))
            {
                cut = true;
                break;
            }
            else
            {
                plain.Append(c);
                at++;
            }
        }

        Flush();
        return pieces;

        void Flush()
        {
            if (plain.Length > 0)
                pieces.Add(new LittlePiece(plain.ToString()));
            plain.Clear();
        }
    }

    public static string Plain(string text) => string.Concat(Read(text).Select(piece => piece.Words));

    /// <summary>Text as little text that reads the same.</summary>
    public static string Escape(string text) => string.Concat(text.Select(c => c is '\\' or '@' or '#' or '_' or '~' || Reserved.Contains(c, StringComparison.Ordinal) ? $"\\{c}" : $"{c}"));

    private static (LittlePiece Piece, int End)? Mention(string text, int at)
    {
        if (at + 1 >= text.Length || text[at + 1] != '[')
            return null;
        var close = text.IndexOf("](", at, StringComparison.Ordinal);
        var end = close < 0 ? -1 : text.IndexOf(')', close);
        return end < 0 || !text.AsSpan(close + 2).StartsWith("urn:li:") ? null : (new LittlePiece(text[(at + 2)..close], text[(close + 2)..end]), end + 1);
    }

    private static (LittlePiece Piece, int End)? Hashtag(string text, int at)
    {
        const string start = "{hashtag|\\#|";
        if (string.CompareOrdinal(text, at, start, 0, start.Length) != 0)
            return null;
        var end = text.IndexOf('}', at);
        return end < 0 ? null : (new LittlePiece("#" + text[(at + start.Length)..end], "hashtag"), end + 1);
    }
}
