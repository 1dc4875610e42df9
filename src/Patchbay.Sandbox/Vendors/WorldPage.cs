namespace Patchbay.Sandbox.Vendors;

/// <summary>A page that shows a vendor's world as its user would see it.</summary>
/// <param name="Slug">Its place under /world/.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Summary">One line for the list of worlds.</param>
/// <param name="Glyph">Its tile.</param>
/// <param name="Show">Writes the page.</param>
internal sealed record WorldPage(string Slug, string Title, string Summary, Pages.Html Glyph, RequestDelegate Show)
{
    /// <summary>What a person may do in it, by form post to /world/{slug}/{action}.</summary>
    public IReadOnlyDictionary<string, Func<HttpContext, IFormCollection, Task>> Actions { get; init; } =
        new Dictionary<string, Func<HttpContext, IFormCollection, Task>>();
}
