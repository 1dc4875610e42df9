using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Google.Slides.Requests;

/// <summary>How elements and pages look and where they stand.</summary>
internal static class PropertyRequests
{
    public static IEnumerable<KeyValuePair<string, Func<SlideRequest, JsonObject>>> All =>
    [
        new("updateShapeProperties", request => Update(request, "shape", "shapeProperties")),
        new("updateImageProperties", request => Update(request, "image", "imageProperties")),
        new("updateVideoProperties", request => Update(request, "video", "videoProperties")),
        new("updateLineProperties", request => Update(request, "line", "lineProperties")),
        new("updateLineCategory", request =>
        {
            Of(request, "line")["lineCategory"] = request.Body.Text("lineCategory");
            return [];
        }),
        new("rerouteLine", request => Of(request, "line") is null ? [] : []),
        new("updatePageProperties", request =>
        {
            var page = request.Page();
            page["pageProperties"] = GoogleUpdateMask.Apply((JsonObject?)page["pageProperties"]?.DeepClone() ?? [], request.Body["pageProperties"] as JsonObject, request.Fields());
            return [];
        }),
        new("updateSlideProperties", request =>
        {
            var page = request.Page();
            if (request.Fields().Below("isSkipped") is not null && page["slideProperties"] is JsonObject properties)
                properties["isSkipped"] = (request.Body["slideProperties"] as JsonObject).Flag("isSkipped");
            return [];
        }),
        new("updatePageElementTransform", Transform),
        new("updatePageElementAltText", request =>
        {
            var element = request.Element().Element;
            foreach (var name in (string[])["title", "description"])
            {
                if (request.Body.Text(name) is { } text)
                    element[name] = text;
            }

            return [];
        }),
    ];

    private static JsonObject Update(SlideRequest request, string kind, string name)
    {
        var content = Of(request, kind);
        content[name] = GoogleUpdateMask.Apply((JsonObject?)content[name]?.DeepClone() ?? [], request.Body[name] as JsonObject, request.Fields());
        return [];
    }

    private static JsonObject Of(SlideRequest request, string kind)
    {
        var element = request.Element().Element;
        return element[kind] as JsonObject ?? throw request.Refuse($"The object ({element.Text("objectId")}) is not of type {kind}.");
    }

    private static JsonObject Transform(SlideRequest request)
    {
        var element = request.Element().Element;
        var wanted = SlideRequest.Emu(request.Body["transform"] as JsonObject ?? throw request.Refuse("transform is required."));
        element["transform"] = request.Body.Text("applyMode") switch
        {
            "ABSOLUTE" => wanted,
            "RELATIVE" or null => Product(wanted, element["transform"] as JsonObject ?? []),
            var other => throw request.Refuse($"Invalid applyMode: {other}"),
        };
        return [];
    }

    /// <summary>One affine transform after another.</summary>
    private static JsonObject Product(JsonObject after, JsonObject before)
    {
        double A(string name) => Value(after, name);
        double B(string name) => Value(before, name);
        return new JsonObject
        {
            ["scaleX"] = (A("scaleX") * B("scaleX")) + (A("shearX") * B("shearY")),
            ["scaleY"] = (A("shearY") * B("shearX")) + (A("scaleY") * B("scaleY")),
            ["shearX"] = (A("scaleX") * B("shearX")) + (A("shearX") * B("scaleY")),
            ["shearY"] = (A("shearY") * B("scaleX")) + (A("scaleY") * B("shearY")),
            ["translateX"] = (A("scaleX") * B("translateX")) + (A("shearX") * B("translateY")) + A("translateX"),
            ["translateY"] = (A("shearY") * B("translateX")) + (A("scaleY") * B("translateY")) + A("translateY"),
            ["unit"] = "EMU",
        };
    }

    /// <summary>A number member; 0 when absent. One that was made here may be an int, one that was read is anything.</summary>
    public static double Value(JsonNode? map, string name) => (map as JsonObject)?[name] is JsonValue value
        ? value.TryGetValue<double>(out var number) ? number : value.TryGetValue<int>(out var whole) ? whole : 0
        : 0;
}
