using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Notion.Markdown;

/// <summary>A page's text as markdown. Children stand one tab deeper; what has no markdown form is left out and listed.</summary>
internal sealed class MarkdownWriter(NotionWorld world)
{
    private const int Deepest = 12;

    public (string Markdown, IReadOnlyList<string> Unknown) Write(string parentId)
    {
        var text = new StringBuilder();
        var unknown = new List<string>();
        Blocks(parentId, 0, text, unknown);
        return (text.ToString().TrimEnd('\n'), unknown);
    }

    private void Blocks(string parentId, int depth, StringBuilder text, List<string> unknown)
    {
        if (depth > Deepest)
            return;
        foreach (var block in world.Blocks(parentId).Where(block => !block.InTrash))
        {
            if (Line(block) is { } line)
                text.Append('\t', depth).Append(line.Replace("\n", "\n" + new string('\t', depth), StringComparison.Ordinal)).Append('\n');
            else
                unknown.Add(block.Id);
            if (block.Type is not ("child_page" or "child_database" or "table"))
                Blocks(block.Id, depth + 1, text, unknown);
        }
    }

    private string? Line(NotionBlock block)
    {
        var words = Rich(block.Content["rich_text"]);
        return block.Type switch
        {
            "paragraph" or "template" => words,
            "heading_1" => "# " + words,
            "heading_2" => "## " + words,
            "heading_3" => "### " + words,
            "heading_4" => "#### " + words,
            "bulleted_list_item" or "toggle" => "- " + words,
            "numbered_list_item" => "1. " + words,
            "to_do" => $"- [{(block.Content.Flag("checked") ? "x" : " ")}] {words}",
            "quote" or "callout" => "> " + words,
            "code" => $"```{block.Content.Text("language")}\n{Values.RichText.Plain(block.Content["rich_text"] as JsonArray)}\n```",
            "divider" => "---",
            "equation" => $"$$\n{block.Content.Text("expression")}\n$$",
            "bookmark" or "embed" => $"[{block.Content.Text("url")}]({block.Content.Text("url")})",
            "child_page" or "child_database" => world.Find(block.Id) is { } child ? $"[{NotionWorld.TitleOf(child)}]({NotionShapes.Address(child.Id, "")})" : "",
            "table" => Table(block),
            "column_list" or "column" or "synced_block" => "",
            _ => null,
        };
    }

    private string Table(NotionBlock table)
    {
        var rows = world.Blocks(table.Id).Where(row => !row.InTrash).Select(row => $"| {string.Join(" | ", (row.Content["cells"] as JsonArray ?? []).Select(Rich))} |").ToList();
        if (rows.Count > 0)
            rows.Insert(1, "|" + string.Concat(Enumerable.Repeat(" --- |", table.Content.Number("table_width") ?? 1)));
        return string.Join('\n', rows);
    }

    private static string Rich(JsonNode? pieces) => string.Concat((pieces as JsonArray ?? []).Select(piece =>
    {
        var text = piece.Text("plain_text") ?? "";
        var marks = piece.Child("annotations");
        if (marks.Flag("code"))
            text = $"`{text}`";
        if (marks.Flag("bold"))
            text = $"**{text}**";
        if (marks.Flag("italic"))
            text = $"*{text}*";
        if (marks.Flag("strikethrough"))
            text = $"~~{text}~~";
        return piece.Text("href") is { } link ? $"[{text}]({link})" : text;
    }));
}
