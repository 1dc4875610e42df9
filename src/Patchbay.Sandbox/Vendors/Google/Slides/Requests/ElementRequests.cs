using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Google.Slides.Requests;

/// <summary>Shapes, pictures, lines, tables, charts and groups.</summary>
internal static class ElementRequests
{
    public static IEnumerable<KeyValuePair<string, Func<SlideRequest, JsonObject>>> All =>
    [
        new("createShape", request => Create(request, "shape", new JsonObject { ["shapeType"] = request.Body.Text("shapeType") is { Length: > 0 } type ? type : throw request.Refuse("shapeType is required."), ["shapeProperties"] = new JsonObject() })),
        new("createImage", request => Create(request, "image", Image(request, request.Body.Text("url")))),
        new("createVideo", Video),
        new("createLine", request => Create(request, "line", new JsonObject
        {
            ["lineType"] = (request.Body.Text("category") ?? request.Body.Text("lineCategory") ?? "STRAIGHT") is "STRAIGHT" ? "STRAIGHT_CONNECTOR_1" : "BENT_CONNECTOR_3",
            ["lineCategory"] = request.Body.Text("category") ?? request.Body.Text("lineCategory") ?? "STRAIGHT",
            ["lineProperties"] = new JsonObject(),
        })),
        new("createTable", Table),
        new("createSheetsChart", Chart),
        new("refreshSheetsChart", request => request.Element().Element["sheetsChart"] is null ? throw request.Refuse("The object is not a chart.") : []),
        new("replaceImage", ReplaceImage),
        new("replaceAllShapesWithImage", ReplaceShapes),
        new("replaceAllShapesWithSheetsChart", ReplaceShapesWithChart),
        new("groupObjects", Group),
        new("ungroupObjects", Ungroup),
        new("updatePageElementsZOrder", Order),
    ];

    private static JsonObject Create(SlideRequest request, string kind, JsonObject content)
    {
        var id = request.NewId();
        var element = new JsonObject { ["objectId"] = id, [kind] = content };
        var list = request.Place(element, 3_000_000, kind == "line" ? 0 : 3_000_000);
        list.Add((JsonNode)element);
        return new JsonObject { ["objectId"] = id };
    }

    private static JsonObject Image(SlideRequest request, string? url)
    {
        if (url is not { Length: > 0 and <= 2048 } || !Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http"))
            throw request.Refuse("The provided image is invalid or inaccessible. The URL must be public, at most 2 kB long and lead to a PNG, JPEG or GIF.");
        return new JsonObject { ["contentUrl"] = url, ["sourceUrl"] = url, ["imageProperties"] = new JsonObject() };
    }

    private static JsonObject Video(SlideRequest request) => Create(request, "video", new JsonObject
    {
        ["source"] = request.Body.Text("source") is "YOUTUBE" or "DRIVE" ? request.Body.Text("source") : throw request.Refuse("source must be YOUTUBE or DRIVE."),
        ["id"] = request.Body.Text("id") is { Length: > 0 } id ? id : throw request.Refuse("id is required."),
        ["url"] = "https://www.youtube.com/watch?v=" + Uri.EscapeDataString(request.Body.Text("id")!),
        ["videoProperties"] = new JsonObject(),
    });

    private static JsonObject Table(SlideRequest request)
    {
        var (rows, columns) = (request.Body.Number("rows") ?? 0, request.Body.Number("columns") ?? 0);
        if (rows is < 1 or > 200 || columns is < 1 or > 50)
            throw request.Refuse("A table needs at least one row and one column.");
        var element = new JsonObject { ["objectId"] = request.NewId() };
        var list = request.Place(element, DeckTemplate.Width - 623_400, rows * 400_000.0);
        var width = PropertyRequests.Value((element["size"] as JsonObject)?["width"], "magnitude") is > 0 and var whole ? whole / columns : 3_000_000.0 / columns;
        element["table"] = TableRequests.Empty(rows, columns, width);
        list.Add((JsonNode)element);
        return new JsonObject { ["objectId"] = element.Text("objectId") };
    }

    private static JsonObject Chart(SlideRequest request) => Create(request, "sheetsChart", ChartOf(request));

    private static JsonObject ChartOf(SlideRequest request)
    {
        var spreadsheet = request.Body.Text("spreadsheetId") ?? throw request.Refuse("spreadsheetId is required.");
        if (!request.SeesSheet(spreadsheet))
            throw request.Refuse($"The spreadsheet ({spreadsheet}) could not be found, or the caller may not read it.");
        return new JsonObject { ["spreadsheetId"] = spreadsheet, ["chartId"] = request.Body.Number("chartId") ?? throw request.Refuse("chartId is required."), ["sheetsChartProperties"] = new JsonObject() };
    }

    private static JsonObject ReplaceImage(SlideRequest request)
    {
        var element = request.Element("imageObjectId").Element;
        if (element["image"] is null)
            throw request.Refuse("The object is not an image.");
        element["image"] = Image(request, request.Body.Text("url"));
        return [];
    }

    private static JsonObject ReplaceShapes(SlideRequest request) => Replace(request, shape => shape["image"] = Image(request, request.Body.Text("imageUrl")));

    private static JsonObject ReplaceShapesWithChart(SlideRequest request) => Replace(request, shape => shape["sheetsChart"] = ChartOf(request));

    /// <summary>Shapes whose text contains the wanted one become something else at the same place.</summary>
    private static JsonObject Replace(SlideRequest request, Action<JsonObject> with)
    {
        if (request.Body["containsText"].Text("text") is not { Length: > 0 } find)
            throw request.Refuse("containsText is required.");
        var comparison = request.Body["containsText"].Flag("matchCase") ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        var pages = request.Body.Texts("pageObjectIds");
        var found = request.Deck.All().Where(one => (pages.Count > 0 ? pages.Contains(one.Page.Text("objectId")!) : request.Deck.Slides.Contains(one.Page))
            && one.Element["shape"] is JsonObject shape && SlideText.Read(shape["text"] as JsonObject).Plain.Contains(find, comparison)).Select(one => one.Element).ToList();
        foreach (var element in found)
        {
            with(element);
            element.Remove("shape");
        }

        return found.Count == 0 ? [] : new JsonObject { ["occurrencesChanged"] = found.Count };
    }

    private static JsonObject Group(SlideRequest request)
    {
        var ids = request.Body.Texts("childrenObjectIds");
        var children = ids.Select(id => request.Deck.Find(id) ?? throw request.Refuse($"The object ({id}) could not be found.")).ToList();
        if (children.Count < 2 || children.Any(child => child.List != children[0].List))
            throw request.Refuse("At least two elements of one page are needed.");
        var group = new JsonObject { ["objectId"] = request.NewId("groupObjectId"), ["transform"] = DeckTemplate.Transform(0, 0) };
        foreach (var child in children)
            child.List.Remove(child.Element);
        group["elementGroup"] = new JsonObject { ["children"] = new JsonArray([.. children.Select(child => (JsonNode)child.Element)]) };
        children[0].List.Add((JsonNode)group);
        return new JsonObject { ["objectId"] = group.Text("objectId") };
    }

    private static JsonObject Ungroup(SlideRequest request)
    {
        foreach (var id in request.Body.Texts("objectIds"))
        {
            if (request.Deck.Find(id) is not { } found || found.Element["elementGroup"]?["children"] is not JsonArray children)
                throw request.Refuse($"The object ({id}) is not a group.");
            found.List.Remove(found.Element);
            foreach (var child in children.ToList())
            {
                children.Remove(child);
                found.List.Add(child);
            }
        }

        return [];
    }

    private static JsonObject Order(SlideRequest request)
    {
        var operation = request.Body.Text("operation");
        foreach (var id in request.Body.Texts("pageElementObjectIds"))
        {
            var (element, list, _) = request.Deck.Find(id) ?? throw request.Refuse($"The object ({id}) could not be found.");
            var index = list.IndexOf(element);
            list.RemoveAt(index);
            list.Insert(Math.Clamp(operation switch
            {
                "BRING_TO_FRONT" => list.Count,
                "BRING_FORWARD" => index + 1,
                "SEND_BACKWARD" => index - 1,
                "SEND_TO_BACK" => 0,
                _ => throw request.Refuse($"Invalid operation: {operation}"),
            }, 0, list.Count), element);
        }

        return [];
    }
}
