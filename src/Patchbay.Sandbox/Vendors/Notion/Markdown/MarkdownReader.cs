using System.Text.Json.Nodes;
using Patchbay.Sandbox.Vendors.Notion.Blocks;
using Patchbay.Sandbox.Vendors.Notion.Values;

namespace Patchbay.Sandbox.Vendors.Notion.Markdown;

/// <summary>Markdown as blocks: headings, lists by indent, check boxes, quotes, fences, dividers, and marks within a line.</summary>
internal static class MarkdownReader
{
    private static readonly (string Start, string Type)[] Starts =
    [
        ("#### ", "heading_4"), ("### ", "heading_3"), ("## ", "heading_2"), ("# ", "heading_1"),
        ("- [ ] ", "to_do"), ("- [x] ", "to_do"), ("- [X] ", "to_do"), ("- ", "bulleted_list_item"), ("* ", "bulleted_list_item"), ("> ", "quote"),
    ];

    public static IReadOnlyList<BlockDraft> Read(string markdown)
    {
        var root = new List<Node>();
        var open = new Stack<(int Indent, Node Node)>();
        var lines = markdown.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        for (var at = 0; at < lines.Length; at++)
        {
            var line = lines[at];
            if (string.IsNullOrWhiteSpace(line))
                continue;
            var indent = Indent(line);
            var node = Block(lines, ref at);
            while (open.Count > 0 && open.Peek().Indent >= indent)
                open.Pop();
            // Below something that takes no children a line stands beside it, as deep as the thing itself.
            var above = open.Count > 0 && BlockTypes.Find(open.Peek().Node.Type) is { MayNest: true } && !open.Peek().Node.Type.StartsWith("heading", StringComparison.Ordinal) ? open.Peek().Node.Children : root;
            above.Add(node);
            if (open.Count < 10)
                open.Push((indent, node));
        }

        return root.ConvertAll(node => node.Draft());
    }

    private static Node Block(string[] lines, ref int at)
    {
        var line = lines[at].Trim();
        if (line.StartsWith("```", StringComparison.Ordinal))
        {
            var language = line[3..].Trim();
            var code = new List<string>();
            while (++at < lines.Length && lines[at].Trim() != "```")
                code.Add(lines[at]);
            return new Node("code", new JsonObject { ["rich_text"] = Pieces(string.Join('\n', code), marks: false), ["language"] = BlockReader.KnowsLanguage(language) ? language : "plain text", ["caption"] = new JsonArray() });
        }

        if (line is "---" or "***")
            return new Node("divider", []);
        foreach (var (start, type) in Starts)
        {
            if (!line.StartsWith(start, StringComparison.Ordinal))
                continue;
            var content = new JsonObject { ["rich_text"] = Pieces(line[start.Length..], marks: true), ["color"] = "default" };
            if (type == "to_do")
                content["checked"] = start[3] is 'x' or 'X';
            if (type.StartsWith("heading", StringComparison.Ordinal))
                content["is_toggleable"] = false;
            return new Node(type, content);
        }

        var digits = line.TakeWhile(char.IsAsciiDigit).Count();
        var numbered = digits is > 0 and < 4 && line.AsSpan(digits).StartsWith(". ");
        return new Node(numbered ? "numbered_list_item" : "paragraph", new JsonObject { ["rich_text"] = Pieces(numbered ? line[(digits + 2)..] : line, marks: true), ["color"] = "default" });
    }

    /// <summary>A tab counts as four spaces would.</summary>
    private static int Indent(string line) => line.TakeWhile(c => c is ' ' or '\t').Sum(c => c == '\t' ? 4 : 1);

    /// <summary>**bold**, *italic*, ~~struck~~, `code` and [links](address); a mark that does not close is text.</summary>
    private static JsonArray Pieces(string text, bool marks)
    {
        var pieces = new JsonArray();
        var plain = 0;
        for (var at = 0; marks && at < text.Length;)
        {
            var (length, piece) = Marked(text, at);
            if (piece is null)
            {
                at++;
                continue;
            }

            Add(text[plain..at], null, null);
            pieces.Add(piece);
            at += length;
            plain = at;
        }

        Add(text[plain..], null, null);
        return pieces;

        void Add(string words, string? mark, string? link)
        {
            for (var from = 0; from < words.Length; from += RichText.LongestText)
                pieces.Add(Piece(words.Substring(from, Math.Min(RichText.LongestText, words.Length - from)), mark, link));
        }
    }

    private static (int Length, JsonObject? Piece) Marked(string text, int at)
    {
        foreach (var (mark, name) in (ReadOnlySpan<(string, string)>)[("**", "bold"), ("~~", "strikethrough"), ("`", "code"), ("*", "italic")])
        {
            if (string.CompareOrdinal(text, at, mark, 0, mark.Length) != 0)
                continue;
            var end = text.IndexOf(mark, at + mark.Length, StringComparison.Ordinal);
            if (end > at + mark.Length && end - at <= RichText.LongestText)
                return (end + mark.Length - at, Piece(text[(at + mark.Length)..end], name, null));
        }

        if (text[at] != '[')
            return default;
        var close = text.IndexOf("](", at, StringComparison.Ordinal);
        var last = close < 0 ? -1 : text.IndexOf(')', close);
        return last < 0 || close == at + 1 || last - at > RichText.LongestText ? default : (last + 1 - at, Piece(text[(at + 1)..close], null, text[(close + 2)..last]));
    }

    private static JsonObject Piece(string words, string? mark, string? link)
    {
        var piece = (JsonObject)RichText.Of(words)[0]!.DeepClone();
        if (mark is not null)
            piece["annotations"]![mark] = true;
        if (!string.IsNullOrEmpty(link))
        {
            piece["text"]!["link"] = new JsonObject { ["url"] = link };
            piece["href"] = link;
        }

        return piece;
    }

    private sealed record Node(string Type, JsonObject Content)
    {
        public List<Node> Children { get; } = [];

        public BlockDraft Draft() => new(Type, Content, Children.ConvertAll(child => child.Draft()));
    }
}
