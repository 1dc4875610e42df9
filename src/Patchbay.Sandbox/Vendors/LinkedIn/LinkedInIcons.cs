using Patchbay.Sandbox.Pages;

namespace Patchbay.Sandbox.Vendors.LinkedIn;

/// <summary>Own line drawings: people who are joined, a company, a thumb, a speech bubble.</summary>
internal static class LinkedInIcons
{
    public static readonly Html Tile = Html.Of($"""<svg class="glyph tile linkedin" viewBox="0 0 32 32" aria-hidden="true"><rect x=".5" y=".5" width="31" height="31" rx="8"/><path d="M11 9.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5ZM21 9.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5ZM6.5 23c.4-3 2-4.5 4.5-4.5 1.2 0 2.2.3 3 1M25.500 23c-.4-3-2-4.500-4.500-4.500s-4.100 1.500-4.500 4.500"/></svg>""");

    public static readonly Html Company = Html.Of($"""<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M5 20.5V4.500h9v16M14 9.500h5v11M3 20.500h18M8 8.500h3M8 12.500h3M8 16.500h3"/></svg>""");

    public static readonly Html Like = Html.Of($"""<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M7 11v9H4v-9zM7 11l4-7c1.500 0 2.500 1 2.500 2.500L13 10h5.500c1 0 1.700.9 1.500 1.900l-1.300 6.500c-.2 1-1 1.600-2 1.600H7"/></svg>""");

    public static readonly Html Talk = Html.Of($"""<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M4 5h16v11h-9l-4 4v-4H4z"/></svg>""");

    public static readonly Html Feed = Html.Of($"""<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M4 4.500h16v6H4zM4 14h10M4 18h7"/></svg>""");
}
