using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Google.Slides;

/// <summary>A presentation for the length of one call.</summary>
internal sealed partial class SlideDeck(StoredDeck stored)
{
    public string Id => stored.Id;

    public long Revision => stored.Revision;

    public JsonObject Content { get; } = (JsonObject)stored.Content.DeepClone();

    public JsonArray Slides => Content["slides"]!.AsArray();

    public IEnumerable<JsonObject> Pages => Slides.Concat(Content["layouts"]!.AsArray()).Concat(Content["masters"]!.AsArray()).OfType<JsonObject>().SelectMany(page => Notes(page) is { } notes ? [page, notes] : new[] { page });

    public JsonObject? Page(string? id) => Pages.FirstOrDefault(page => page.Text("objectId") == id);

    public static JsonObject? Notes(JsonObject page) => page["slideProperties"]?["notesPage"] as JsonObject;

    /// <summary>An element, the list it stands in (a page's or a group's), and its page.</summary>
    public (JsonObject Element, JsonArray List, JsonObject Page)? Find(string? id) => All().Where(one => one.Element.Text("objectId") == id).Select(one => ((JsonObject, JsonArray, JsonObject)?)one).FirstOrDefault();

    /// <summary>All elements of all pages, those of groups too.</summary>
    public IEnumerable<(JsonObject Element, JsonArray List, JsonObject Page)> All() =>
        Pages.SelectMany(page => page["pageElements"] is JsonArray list ? Within(list).Select(one => (one.Element, one.List, page)) : []);

    /// <summary>Texts that can be replaced: of shapes, table cells and notes on slides, or only on some pages.</summary>
    public IEnumerable<JsonObject> Texts(IReadOnlyList<string> pages)
    {
        var wanted = pages.Count > 0 ? pages.Select(Page).OfType<JsonObject>() : Slides.OfType<JsonObject>();
        foreach (var element in wanted.SelectMany(page => page["pageElements"] is JsonArray list ? Within(list) : []).Select(one => one.Element))
        {
            if (element["shape"] is JsonObject shape)
                yield return shape;
            foreach (var cell in Cells(element))
                yield return cell;
        }
    }

    public static IEnumerable<JsonObject> Cells(JsonObject element) =>
        (element["table"]?["tableRows"] as JsonArray ?? []).SelectMany(row => row!["tableCells"]!.AsArray()).OfType<JsonObject>();

    public static string Text(JsonObject page) => string.Join('\n', (page["pageElements"] as JsonArray ?? []).OfType<JsonObject>().SelectMany(element =>
        (element["shape"] is JsonObject shape ? [shape] : Enumerable.Empty<JsonObject>()).Concat(Cells(element))).Select(holder => SlideText.Read(holder["text"] as JsonObject).Plain).Where(text => text.Length > 0));

    /// <summary>The id has the right form and nobody has it.</summary>
    public string? Problem(string id) =>
        !GoodId().IsMatch(id) ? $"The object ID ({id}) should be between 5 and 50 characters, start with a letter, a digit or an underscore, and contain only those, hyphens and colons."
        : Page(id) is not null || Find(id) is not null ? $"The object ID ({id}) should be unique among all pages and page elements in the presentation."
        : null;

    public string NewId()
    {
        string id;
        do
            id = "g" + Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(6)) + "_0_0";
        while (Problem(id) is not null);
        return id;
    }

    public JsonObject Layout(string name) => Content["layouts"]!.AsArray().OfType<JsonObject>().First(layout => layout["layoutProperties"].Text("name") == name);

    /// <summary>A new slide with the placeholders of a layout.</summary>
    /// <param name="id">Of the slide.</param>
    /// <param name="layout">Which.</param>
    /// <param name="index">Where; at the end when too large.</param>
    /// <param name="named">An id for a placeholder of the layout, or null for a fresh one.</param>
    public JsonObject AddSlide(string id, JsonObject layout, int index, Func<JsonObject, string?> named)
    {
        var notes = $"{(id.Length > 42 ? NewId() : id)}_notes";
        var slide = new JsonObject
        {
            ["objectId"] = id,
            ["pageElements"] = new JsonArray(),
            ["slideProperties"] = new JsonObject
            {
                ["layoutObjectId"] = layout.Text("objectId"),
                ["masterObjectId"] = DeckTemplate.Master,
                ["notesPage"] = new JsonObject
                {
                    ["objectId"] = notes,
                    ["pageType"] = "NOTES",
                    ["pageElements"] = new JsonArray(DeckTemplate.Element(notes + "_t", new DeckTemplate.Place("BODY", 1, 685_800, 4_343_400, 5_486_400, 4_114_800), null)),
                    ["notesProperties"] = new JsonObject { ["speakerNotesObjectId"] = notes + "_t" },
                },
            },
            ["pageProperties"] = new JsonObject { ["pageBackgroundFill"] = new JsonObject { ["propertyState"] = "INHERIT" } },
        };
        Slides.Insert(Math.Clamp(index, 0, Slides.Count), slide);
        foreach (var place in layout["pageElements"]!.AsArray().OfType<JsonObject>())
        {
            var element = (JsonObject)place.DeepClone();
            element["objectId"] = named(place) ?? NewId();
            element["shape"]!["placeholder"]!["parentObjectId"] = place.Text("objectId");
            slide["pageElements"]!.AsArray().Add((JsonNode)element);
        }

        return slide;
    }

    public StoredDeck Changed() => stored with { Content = Content, Revision = stored.Revision + 1 };

    private static IEnumerable<(JsonObject Element, JsonArray List)> Within(JsonArray list) => list.OfType<JsonObject>().ToList().SelectMany(element =>
        element["elementGroup"]?["children"] is JsonArray children ? Within(children).Prepend((element, list)) : [(element, list)]);

    [GeneratedRegex("^[a-zA-Z0-9_][a-zA-Z0-9_:-]{4,49}$")]
    private static partial Regex GoodId();
}
