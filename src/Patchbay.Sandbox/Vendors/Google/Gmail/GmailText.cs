using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Patchbay.Sandbox.Vendors.Google.Gmail.Mime;

namespace Patchbay.Sandbox.Vendors.Google.Gmail;

/// <summary>Plain words out of a message, for snippets, search and the world page.</summary>
internal static partial class GmailText
{
    private static readonly HashSet<string> Breaks = ["br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4"];
    private static readonly HashSet<string> Unseen = ["script", "style", "head", "title"];

    /// <summary>The readable text; HTML without its tags.</summary>
    public static string Readable(MimePart message) => message.Readable switch
    {
        null => "",
        { MediaType: "text/html" } html => OfHtml(html.Text),
        var plain => plain.Text,
    };

    public static string Snippet(string text)
    {
        var line = Blank().Replace(text, " ").Trim();
        return line.Length > 180 ? line[..180].TrimEnd() : line;
    }

    /// <summary>For reading only: the result is text and is encoded again wherever it is shown.</summary>
    /// <remarks>One pass, so that no message can make it slow.</remarks>
    public static string OfHtml(string html)
    {
        var text = new StringBuilder(html.Length);
        var position = 0;
        while (position < html.Length)
        {
            var open = html.IndexOf('<', position);
            var close = open < 0 ? -1 : html.IndexOf('>', open);
            if (close < 0)
            {
                text.Append(html, position, html.Length - position);
                break;
            }

            text.Append(html, position, open - position);
            position = close + 1;
            var name = TagName(html.AsSpan(open + 1, close - open - 1));
            if (Breaks.Contains(name))
                text.Append('\n');
            else if (Unseen.Contains(name) && html[open + 1] != '/')
            {
                var end = html.IndexOf("</" + name, position, StringComparison.OrdinalIgnoreCase);
                position = end < 0 ? html.Length : end;
            }
        }

        return WebUtility.HtmlDecode(text.ToString()).Trim();
    }

    private static string TagName(ReadOnlySpan<char> tag)
    {
        tag = tag.TrimStart('/');
        var length = 0;
        while (length < tag.Length && length < 10 && char.IsAsciiLetterOrDigit(tag[length]))
            length++;
        return tag[..length].ToString().ToLowerInvariant();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();
}
