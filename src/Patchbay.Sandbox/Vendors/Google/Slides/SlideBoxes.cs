using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors.Google.Slides.Requests;

namespace Patchbay.Sandbox.Vendors.Google.Slides;

/// <summary>What stands where on a slide, in points from its upper left corner: for the page and for thumbnails.</summary>
/// <param name="Kind">text, shape, image, line, table, chart or video.</param>
/// <param name="Lines">Text, broken to the width.</param>
/// <param name="Size">Of the letters, in points.</param>
/// <param name="Fill">"#rrggbb", or null for none.</param>
internal sealed record SlideBox(string Kind, double X, double Y, double Width, double Height, IReadOnlyList<string> Lines, double Size, bool Bold, bool Centered, string? Fill, string? Ink)
{
    private const double EmuPerPoint = 12_700;

    public static IEnumerable<SlideBox> Of(JsonObject page) => (page["pageElements"] as JsonArray ?? []).OfType<JsonObject>().SelectMany(element => One(element, 0, 0));

    private static IEnumerable<SlideBox> One(JsonObject element, double left, double top)
    {
        var transform = element["transform"];
        double Scale(string name) => PropertyRequests.Value(transform, name) is not 0 and var scale ? scale : 1;
        var (x, y) = (left + (PropertyRequests.Value(transform, "translateX") / EmuPerPoint), top + (PropertyRequests.Value(transform, "translateY") / EmuPerPoint));
        if (element["elementGroup"] is JsonObject group)
            return (group["children"] as JsonArray ?? []).OfType<JsonObject>().SelectMany(child => One(child, x, y));
        var size = element["size"] as JsonObject;
        var (width, height) = (PropertyRequests.Value(size?["width"], "magnitude") * Math.Abs(Scale("scaleX")) / EmuPerPoint, PropertyRequests.Value(size?["height"], "magnitude") * Math.Abs(Scale("scaleY")) / EmuPerPoint);
        if (element["shape"] is JsonObject shape)
            return [Shape(shape, x, y, width, height)];
        if (element["table"] is JsonObject table)
            return Table(table, x, y, width);
        var (kind, words) = element["image"] is JsonObject image ? ("image", image.Text("sourceUrl") ?? "")
            : element["sheetsChart"] is JsonObject chart ? ("chart", "Chart " + chart.Number("chartId"))
            : element["video"] is JsonObject video ? ("video", video.Text("id") ?? "")
            : ("line", "");
        return [new SlideBox(kind, x, y, width, height, Broken(words, width, 10), 10, false, true, null, null)];
    }

    private static SlideBox Shape(JsonObject shape, double x, double y, double width, double height)
    {
        var place = shape["placeholder"].Text("type");
        var text = SlideText.Read(shape["text"] as JsonObject).Plain;
        var style = ((shape["text"] as JsonObject)?["textElements"] as JsonArray)?.OfType<JsonObject>().Select(element => (element["textRun"] as JsonObject)?["style"] as JsonObject).FirstOrDefault(found => found is not null);
        var own = PropertyRequests.Value(style?["fontSize"], "magnitude");
        var size = own > 0 ? own : place switch { "CENTERED_TITLE" => 40, "TITLE" => 26, "SUBTITLE" => 20, "BODY" => 16, _ => 14 };
        var fill = Color(((shape["shapeProperties"] as JsonObject)?["shapeBackgroundFill"] as JsonObject)?["solidFill"] as JsonObject);
        return new SlideBox(shape.Text("shapeType") == "TEXT_BOX" ? "text" : "shape", x, y, width, height, Broken(text, width, size), size, style.Flag("bold") || place is "TITLE" or "CENTERED_TITLE", place is "CENTERED_TITLE" or "SUBTITLE",
            fill, Color((style?["foregroundColor"] as JsonObject)?["opaqueColor"] as JsonObject));
    }

    private static IEnumerable<SlideBox> Table(JsonObject table, double x, double y, double width)
    {
        var (rows, columns) = (table.Number("rows") ?? 1, table.Number("columns") ?? 1);
        var (cellWidth, cellHeight) = (width / columns, 32.0);
        return (table["tableRows"] as JsonArray ?? []).SelectMany((row, r) => (row?["tableCells"] as JsonArray ?? []).OfType<JsonObject>().Select((cell, c) =>
            new SlideBox("table", x + (c * cellWidth), y + (r * cellHeight), cellWidth, cellHeight, Broken(SlideText.Read(cell["text"] as JsonObject).Plain, cellWidth, 12), 12, rows > 1 && r == 0, false, null, null)));
    }

    /// <summary>{color:{rgbColor}} or {rgbColor}, as "#rrggbb".</summary>
    private static string? Color(JsonObject? fill)
    {
        var rgb = (fill?["color"] as JsonObject ?? fill)?["rgbColor"] as JsonObject;
        return rgb is null ? null : "#" + string.Concat(((string[])["red", "green", "blue"]).Select(name => ((int)Math.Round(Math.Clamp(PropertyRequests.Value(rgb, name), 0, 1) * 255)).ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
    }

    /// <summary>At blanks where possible; letters are taken as half as wide as they are high.</summary>
    private static List<string> Broken(string text, double width, double size)
    {
        var most = Math.Max(4, (int)(Math.Max(width - 12, 1) / (size * 0.52)));
        var lines = new List<string>();
        foreach (var paragraph in text.Split('\n').Take(60))
        {
            var rest = paragraph.Length > 4000 ? paragraph[..4000] : paragraph;
            while (rest.Length > most)
            {
                var cut = rest.LastIndexOf(' ', most);
                cut = cut <= 0 ? most : cut;
                lines.Add(rest[..cut]);
                rest = rest[cut..].TrimStart();
            }

            lines.Add(rest);
        }

        return text.Length == 0 ? [] : lines;
    }
}
