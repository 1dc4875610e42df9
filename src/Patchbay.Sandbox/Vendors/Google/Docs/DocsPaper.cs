using Patchbay.Sandbox.Pages;
using Patchbay.Sandbox.Vendors.Google.Docs.Export;

namespace Patchbay.Sandbox.Vendors.Google.Docs;

/// <summary>A document as markup of the world page: every text in it is foreign and is shown as text.</summary>
internal static class DocsPaper
{
    public static Html Of(IReadOnlyList<DocsBlock> blocks) => Html.Join(blocks.Select(Block));

    private static Html Block(DocsBlock block)
    {
        if (block.Rows is { } rows)
            return Html.Of($"""<div class="paper-table"><table>{rows.Select(row => Html.Of($"""<tr>{row.Select(cell => Html.Of($"""<td>{Of(cell)}</td>"""))}</tr>"""))}</table></div>""");
        var runs = Html.Join(block.Runs.Select(Run));
        if (block.Glyph is { } glyph)
            return Html.Of($"""<p class="item level-{block.Level}"><span class="bullet">{glyph}</span><span>{runs}</span></p>""");
        // The page has its h1: headings of a document begin one lower.
        return block.Type switch
        {
            "TITLE" => Html.Of($"""<h2 class="doc-title">{runs}</h2>"""),
            "SUBTITLE" => Html.Of($"""<p class="doc-subtitle">{runs}</p>"""),
            "HEADING_1" => Html.Of($"""<h2>{runs}</h2>"""),
            "HEADING_2" => Html.Of($"""<h3>{runs}</h3>"""),
            _ when block.Heading > 2 => Html.Of($"""<h4>{runs}</h4>"""),
            _ => Html.Of($"""<p>{runs}</p>"""),
        };
    }

    private static Html Run(DocsText run)
    {
        if (run.PageBreak)
            return Html.Of($"""<span class="page-break" role="separator" aria-label="Page break"></span>""");
        var text = Html.Of($"{run.Text}");
        if (run.Bold)
            text = Html.Of($"<b>{text}</b>");
        if (run.Italic)
            text = Html.Of($"<i>{text}</i>");
        if (run.Strike)
            text = Html.Of($"<s>{text}</s>");
        // Where a link leads is shown, not followed: the page loads and opens nothing from elsewhere.
        return run.Link is not null ? Html.Of($"""<u title="{run.Link}">{text}</u>""") : run.Underline ? Html.Of($"<u>{text}</u>") : text;
    }
}
