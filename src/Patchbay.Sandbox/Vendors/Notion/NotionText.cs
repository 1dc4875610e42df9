using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Pages;
using Patchbay.Sandbox.Vendors.Notion.Blocks;

namespace Patchbay.Sandbox.Vendors.Notion;

/// <summary>Rich text and blocks as markup. Words stay words; only links to the web and to mail become links.</summary>
internal sealed class NotionText(NotionWorld world, Func<Html> guardField)
{
    public static Html Rich(JsonNode? pieces) => Html.Join((pieces as JsonArray ?? []).Select(piece =>
    {
        var marks = piece?["annotations"];
        var html = Html.Of($"{piece.Text("plain_text")}");
        if (marks.Flag("code"))
            html = Html.Of($"<code>{html}</code>");
        if (marks.Flag("bold"))
            html = Html.Of($"<b>{html}</b>");
        if (marks.Flag("italic"))
            html = Html.Of($"<em>{html}</em>");
        if (marks.Flag("strikethrough"))
            html = Html.Of($"<s>{html}</s>");
        if (marks.Flag("underline"))
            html = Html.Of($"<u>{html}</u>");
        return piece.Text("href") is { } link ? Link(link, html) : html;
    }));

    public static Html Link(string address, Html words) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "mailto"
            ? Html.Of($"""<a href="{uri.AbsoluteUri}" rel="noreferrer noopener">{words}</a>""")
            : words;

    /// <summary>The blocks below a page or block; neighbouring list items become one list.</summary>
    public Html Blocks(string parentId, int depth = 0)
    {
        if (depth > 12)
            return Html.Empty;
        var parts = new List<Html>();
        var list = "";
        var items = new List<Html>();
        foreach (var block in world.Blocks(parentId).Where(block => !block.InTrash))
        {
            if (block.Type != list)
                Flush();
            if (block.Type is "bulleted_list_item" or "numbered_list_item")
            {
                list = block.Type;
                items.Add(Html.Of($"<li{Fresh(block)}>{Rich(block.Content["rich_text"])}{Blocks(block.Id, depth + 1)}</li>"));
            }
            else
            {
                parts.Add(One(block, depth));
            }
        }

        Flush();
        return Html.Join(parts);

        void Flush()
        {
            if (items.Count > 0)
                parts.Add(list == "bulleted_list_item" ? Html.Of($"<ul>{items}</ul>") : Html.Of($"<ol>{items}</ol>"));
            (items, list) = ([], "");
        }
    }

    private Html One(NotionBlock block, int depth)
    {
        var words = Rich(block.Content["rich_text"]);
        var below = Blocks(block.Id, block.Type is "child_page" or "child_database" or "table" ? 99 : depth + 1);
        return block.Type switch
        {
            "heading_1" => Html.Of($"<h2{Fresh(block)}>{words}</h2>{below}"),
            "heading_2" => Html.Of($"<h3{Fresh(block)}>{words}</h3>{below}"),
            "heading_3" or "heading_4" => Html.Of($"<h4{Fresh(block)}>{words}</h4>{below}"),
            "to_do" => ToDo(block, words, below),
            "toggle" => Html.Of($"<details open{Fresh(block)}><summary>{words}</summary>{below}</details>"),
            "quote" => Html.Of($"<blockquote{Fresh(block)}>{words}{below}</blockquote>"),
            "callout" => Html.Of($"""<div class="note-callout">{CalloutIcon(block)}<div{Fresh(block)}>{words}{below}</div></div>"""),
            "code" => Html.Of($"<pre{Fresh(block)}><code>{words}</code></pre>"),
            "equation" => Html.Of($"<pre{Fresh(block)}><code>{block.Content.Text("expression")}</code></pre>"),
            "divider" => Html.Of($"<hr>"),
            "bookmark" or "embed" => Html.Of($"""<p class="note-file"{Fresh(block)}>{Link(block.Content.Text("url") ?? "", Html.Of($"{block.Content.Text("url")}"))}</p>"""),
            "child_page" or "child_database" => Html.Of($"""<p class="note-child"><a href="/world/notion?page={block.Id}"{Fresh(block)}>{Icon(world.Find(block.Id))}<span>{(world.Find(block.Id) is { } child ? Title(child) : "Untitled")}</span></a></p>"""),
            "table" => Table(block),
            "column_list" => Html.Of($"""<div class="note-columns">{below}</div>"""),
            "column" => Html.Of($"<div>{below}</div>"),
            "image" or "video" or "file" or "pdf" or "audio" => Html.Of($"""<p class="note-file"{Fresh(block)}>{Icons.Clip}{block.Type}{Html.If(block.Content["stored"]?["external"].Text("url") is not null, $""": {block.Content["stored"]?["external"].Text("url")}""")} {Rich(block.Content["caption"])}</p>"""),
            "paragraph" => Html.Of($"<p{Fresh(block)}>{words}</p>{Html.If(below.ToString().Length > 0, $"""<div class="note-inset">{below}</div>""")}"),
            _ => Html.Of($"""<p class="meta">{block.Type}</p>{below}"""),
        };
    }

    public static string Title(NotionThing thing) => NotionWorld.TitleOf(thing) is { Length: > 0 } title ? title : "Untitled";

    public static Html Icon(NotionThing? thing) => (thing switch
    {
        NotionPageRecord page => page.Icon,
        NotionDatabase database => database.Icon,
        _ => null,
    }).Text("emoji") is { } emoji
        ? Html.Of($"""<span class="note-emoji" aria-hidden="true">{emoji}</span>""")
        : thing is NotionDatabase or NotionSource ? NotionIcons.Table : NotionIcons.Page;

    /// <summary>The default one is drawn: not every machine has a font with emoji.</summary>
    private static Html CalloutIcon(NotionBlock block) => block.Content["icon"].Text("emoji") is { } emoji && emoji != BlockReader.DefaultEmoji
        ? Html.Of($"""<span class="note-emoji" aria-hidden="true">{emoji}</span>""")
        : NotionIcons.Bulb;

    private Html ToDo(NotionBlock block, Html words, Html below)
    {
        var done = block.Content.Flag("checked");
        return Html.Of($"""
            <form class="note-todo" method="post" action="/world/notion/tick">{guardField()}<input type="hidden" name="block" value="{block.Id}"><button class="note-box{(done ? " on" : "")}" aria-pressed="{(done ? "true" : "false")}" aria-label="Done: {Values.RichText.Plain(block.Content["rich_text"] as JsonArray)}"></button><span{Fresh(block)}>{(done ? Html.Of($"<s>{words}</s>") : words)}</span></form>{below}
            """);
    }

    private Html Table(NotionBlock table)
    {
        var header = table.Content.Flag("has_column_header");
        var rows = world.Blocks(table.Id).Where(row => !row.InTrash).Select((row, index) => Html.Of($"""<tr>{(row.Content["cells"] as JsonArray ?? []).Select(cell => header && index == 0 ? Html.Of($"<th>{Rich(cell)}</th>") : Html.Of($"<td>{Rich(cell)}</td>"))}</tr>"""));
        return Html.Of($"""<div class="note-grid" tabindex="0" role="region" aria-label="Table"><table>{rows}</table></div>""");
    }

    /// <summary>What an app wrote within the last minute is marked.</summary>
    private Html Fresh(NotionBlock block) => world.Now - block.LastEditedTime < TimeSpan.FromMinutes(1) && world.Bot(block.LastEditedBy) is not null ? Html.Of($""" class="fresh" """) : Html.Empty;
}
