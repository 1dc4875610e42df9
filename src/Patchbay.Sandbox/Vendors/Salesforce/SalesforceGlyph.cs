using Patchbay.Sandbox.Pages;

namespace Patchbay.Sandbox.Vendors.Salesforce;

/// <summary>Salesforce's tile: a small cloud in one hue, not the official logo.</summary>
internal static class SalesforceGlyph
{
    public static readonly Html Tile = Html.Of($"""<svg class="glyph tile salesforce" viewBox="0 0 32 32" aria-hidden="true"><rect x=".5" y=".5" width="31" height="31" rx="8"/><path d="M11 22.5a4.2 4.2 0 0 1-.6-8.4 5 5 0 0 1 9.2-1.6 4.6 4.6 0 0 1 3.6 8.2 4 4 0 0 1-2.4.8Z"/></svg>""");
}
