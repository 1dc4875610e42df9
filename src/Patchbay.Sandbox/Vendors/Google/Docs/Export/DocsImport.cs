using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Patchbay.Sandbox.Vendors.Google.Docs.Model;
using Patchbay.Sandbox.Vendors.Google.Docs.Requests;

namespace Patchbay.Sandbox.Vendors.Google.Docs.Export;

/// <summary>Makes a document of uploaded text: plain text line by line, markdown with headings, lists, bold, italic and links.</summary>
internal static partial class DocsImport
{
    public static readonly string[] Types = ["text/plain", "text/markdown", "text/html"];

    public static DocDocument Read(string id, byte[] content, string mimeType)
    {
        var document = DocDocument.Empty(id);
        var edit = new DocsEdit(document);
        var text = Encoding.UTF8.GetString(content).TrimStart('\uFEFF').ReplaceLineEndings("\n").TrimEnd('\n');
        if (mimeType == "text/html")
            text = WithoutTags(text);
        if (mimeType != "text/markdown")
        {
            if (text.Length > 0)
                edit.Insert(document.Body, 1, text);
            return document;
        }

        var lists = new Dictionary<string, string>();
        foreach (var line in text.Split('\n').Where(line => line.Trim().Length > 0))
            Line(edit, line, lists);
        // The empty paragraph that every document begins with stands behind what was written.
        if (document.Body.Length > 2)
            document.Body.Remove(document.Body.Length - 1, 1);
        return document;
    }

    private static void Line(DocsEdit edit, string line, Dictionary<string, string> lists)
    {
        var body = edit.Document.Body;
        var start = body.Length - 1;
        var (mark, words) = (DocMark.Paragraph, line.Trim());
        if (Heading().Match(words) is { Success: true } heading)
        {
            words = words[heading.Length..];
            mark = mark with { Style = DocsStyles.Lay(mark.Style, new JsonObject { ["namedStyleType"] = $"HEADING_{heading.Groups[1].Length}", ["headingId"] = edit.Document.NewId("h.") }, ["namedStyleType", "headingId"]) };
            lists.Clear();
        }
        else if (Item().Match(line) is { Success: true } item)
        {
            words = line[item.Length..].Trim();
            var preset = char.IsAsciiDigit(item.Groups[2].Value[0]) ? "NUMBERED_DECIMAL_ALPHA_ROMAN" : "BULLET_DISC_CIRCLE_SQUARE";
            if (!lists.TryGetValue(preset, out var list))
                edit.Document.Lists[list = lists[preset] = edit.Document.NewId("kix.")] = preset;
            var level = Math.Min(item.Groups[1].Value.Replace("\t", "  ", StringComparison.Ordinal).Length / 2, 8);
            mark = mark with { ListId = list, Level = level, Style = DocsStyles.Lay(mark.Style, new JsonObject { ["indentStart"] = DocsStyles.Points(36 * (level + 1)), ["indentFirstLine"] = DocsStyles.Points((36 * level) + 18) }, ["indentStart", "indentFirstLine"]) };
        }
        else
        {
            lists.Clear();
        }

        body.Insert(start, [.. Runs(words).SelectMany(run => DocsEdit.Clean(run.Text).Select(value => new DocUnit(value, run.Style))), new DocUnit('\n', DocUnit.Plain, mark)]);
    }

    private static IEnumerable<(string Text, string Style)> Runs(string words)
    {
        var position = 0;
        foreach (var match in Emphasis().Matches(words).AsEnumerable())
        {
            if (match.Index > position)
                yield return (words[position..match.Index], DocUnit.Plain);
            yield return match switch
            {
                _ when match.Groups["bold"].Success => (match.Groups["bold"].Value, """{"bold":true}"""),
                _ when match.Groups["italic"].Success => (match.Groups["italic"].Value, """{"italic":true}"""),
                _ => (match.Groups["label"].Value, DocsStyles.Canonical(new JsonObject { ["link"] = new JsonObject { ["url"] = match.Groups["url"].Value }, ["underline"] = true })),
            };
            position = match.Index + match.Length;
        }

        if (position < words.Length)
            yield return (words[position..], DocUnit.Plain);
    }

    private static string WithoutTags(string html) =>
        System.Net.WebUtility.HtmlDecode(Tag().Replace(Break().Replace(html.Replace('\n', ' '), "\n"), "")).Trim();

    [GeneratedRegex("^(#{1,6}) +")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^(\s*)([-*+]|\d{1,9}[.)]) +")]
    private static partial Regex Item();

    [GeneratedRegex(@"\*\*(?<bold>[^*]+)\*\*|\*(?<italic>[^*]+)\*|\[(?<label>[^\]]+)\]\((?<url>https?://[^)\s]+)\)")]
    private static partial Regex Emphasis();

    [GeneratedRegex("</(p|div|h[1-6]|li|tr)>|<br[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex Break();

    [GeneratedRegex("<(script|style)[^>]*>.*?</\\1>|<[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex Tag();
}
