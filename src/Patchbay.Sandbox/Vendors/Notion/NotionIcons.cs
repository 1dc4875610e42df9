using Patchbay.Sandbox.Pages;

namespace Patchbay.Sandbox.Vendors.Notion;

/// <summary>Own line drawings: a page with lines, a table.</summary>
internal static class NotionIcons
{
    public static readonly Html Tile = Html.Of($"""<svg class="glyph tile notion" viewBox="0 0 32 32" aria-hidden="true"><rect x=".5" y=".5" width="31" height="31" rx="8"/><path d="M10 7.5h9l4 4V24.5H10zM18.5 7.5v4.5h4.5M13.5 16.5h6M13.5 20.5h4"/></svg>""");

    public static readonly Html Page = Html.Of($"""<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M6 3.5h8l4 4V20.5H6zM14 3.5v4h4M9 12h6M9 16h4"/></svg>""");

    public static readonly Html Bulb = Html.Of($"""<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M9 17.5c0-2-3-3.5-3-7a6 6 0 0 1 12 0c0 3.5-3 5-3 7zM9.5 20.5h5"/></svg>""");

    public static readonly Html Table = Html.Of($"""<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M4 5h16v14H4zM4 10h16M10 10v9"/></svg>""");
}
