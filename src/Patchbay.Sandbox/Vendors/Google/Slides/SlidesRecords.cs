using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.Google.Slides;

/// <summary>A presentation. Its title is the Drive file's name and stands nowhere else.</summary>
/// <param name="Id">Of the Drive file.</param>
/// <param name="Revision">Counts the changes.</param>
/// <param name="Content">pageSize, slides, layouts, masters and locale in Google's own shape.</param>
internal sealed record StoredDeck(string Id, long Revision, JsonObject Content);

/// <summary>A picture of a slide that can be fetched for a while without a token.</summary>
internal sealed record SlideThumbnailLink(string Deck, string Page, int Width, long Until);
