using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Google.Slides.Requests;

/// <summary>Text in shapes and table cells.</summary>
internal static class TextRequests
{
    public static IEnumerable<KeyValuePair<string, Func<SlideRequest, JsonObject>>> All =>
    [
        new("insertText", Insert),
        new("deleteText", Delete),
        new("replaceAllText", Replace),
        new("updateTextStyle", request => Styled(request, (text, start, end) => text.Style(start, end, request.Body["style"] as JsonObject, request.Fields()))),
        new("updateParagraphStyle", request => Styled(request, (text, start, end) => text.StyleParagraphs(start, end, request.Body["style"] as JsonObject, request.Fields()))),
        new("createParagraphBullets", Bullets),
        new("deleteParagraphBullets", request => Styled(request, (text, start, end) => text.Bullet(start, end, null))),
    ];

    private static JsonObject Insert(SlideRequest request)
    {
        if (request.Body.Text("text") is not { } words)
            throw request.Refuse("text is required.");
        Change(request, text =>
        {
            var index = request.Body.Number("insertionIndex") ?? 0;
            if (index < 0 || index > text.Length)
                throw request.Refuse($"The insertion index ({index}) should not be greater than the existing text length ({text.Length}).");
            text.Insert(index, words);
        });
        return [];
    }

    private static JsonObject Delete(SlideRequest request) => Styled(request, (text, start, end) => text.Delete(start, end));

    private static JsonObject Replace(SlideRequest request)
    {
        if (request.Body["containsText"].Text("text") is not { Length: > 0 } find)
            throw request.Refuse("containsText is required.");
        var pages = request.Body.Texts("pageObjectIds");
        if (pages.FirstOrDefault(id => request.Deck.Page(id) is null) is { } missing)
            throw request.Refuse($"The page ({missing}) could not be found.");
        var count = 0;
        foreach (var holder in request.Deck.Texts(pages).ToList())
        {
            var text = SlideText.Read(holder["text"] as JsonObject);
            var here = text.Replace(find, request.Body.Text("replaceText") ?? "", request.Body["containsText"].Flag("matchCase"));
            if (here > 0)
                Put(holder, text);
            count += here;
        }

        return count == 0 ? [] : new JsonObject { ["occurrencesChanged"] = count };
    }

    private static JsonObject Bullets(SlideRequest request)
    {
        var list = new JsonObject { ["listId"] = $"{(request.Body.Text("objectId") is { Length: < 40 } id ? id : "list")}_{request.Index}", ["glyph"] = request.Body.Text("bulletPreset")?.StartsWith("NUMBERED", StringComparison.Ordinal) == true ? "1." : "●" };
        return Styled(request, (text, start, end) => text.Bullet(start, end, list));
    }

    private static JsonObject Styled(SlideRequest request, Action<SlideText, int, int> work)
    {
        Change(request, text =>
        {
            var range = request.Body["textRange"] as JsonObject;
            var (start, end) = range.Text("type") switch
            {
                "FIXED_RANGE" => (range.Number("startIndex") ?? -1, range.Number("endIndex") ?? -1),
                "FROM_START_INDEX" => (range.Number("startIndex") ?? -1, text.Length),
                "ALL" or null => (0, text.Length),
                var other => throw request.Refuse($"Invalid textRange.type: {other}"),
            };
            // The newline at the end may be named but never goes.
            if (start < 0 || end < start || end > text.Length + 1 || (start == end && range.Text("type") == "FIXED_RANGE"))
                throw request.Refuse($"The end index ({end}) should not be greater than the existing text length ({text.Length}), and after the start index ({start}).");
            work(text, start, end);
        });
        return [];
    }

    private static void Change(SlideRequest request, Action<SlideText> work)
    {
        var element = request.Element().Element;
        JsonObject holder;
        if (request.Body["cellLocation"] is JsonObject location)
            holder = TableRequests.Cell(request, element, location);
        else
            holder = element["shape"] as JsonObject ?? throw request.Refuse($"The object ({element.Text("objectId")}) does not allow text editing.");
        var text = SlideText.Read(holder["text"] as JsonObject);
        work(text);
        Put(holder, text);
    }

    public static void Put(JsonObject holder, SlideText text)
    {
        if (text.Shape() is { } shape)
            holder["text"] = shape;
        else
            holder.Remove("text");
    }
}
