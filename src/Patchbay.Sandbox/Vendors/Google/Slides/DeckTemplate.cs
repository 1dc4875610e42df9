using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.Google.Slides;

/// <summary>What a new presentation begins with: one master and the predefined layouts.</summary>
internal static class DeckTemplate
{
    public const int Width = 9_144_000;
    public const int Height = 5_143_500;
    public const string Master = "simple-light-2";

    /// <summary>A place for content on a layout; in EMU.</summary>
    public sealed record Place(string Type, int Index, int X, int Y, int Width, int Height);

    private static readonly (string Name, string Shown, Place[] Places)[] Layouts =
    [
        ("TITLE", "Title slide", [new("CENTERED_TITLE", 0, 311_700, 744_575, 8_520_600, 2_052_600), new("SUBTITLE", 1, 311_700, 2_834_125, 8_520_600, 792_600)]),
        ("SECTION_HEADER", "Section header", [new("TITLE", 0, 311_700, 2_150_850, 8_520_600, 841_800)]),
        ("TITLE_AND_BODY", "Title and body", [Title(), new("BODY", 1, 311_700, 1_152_475, 8_520_600, 3_416_400)]),
        ("TITLE_AND_TWO_COLUMNS", "Title and two columns", [Title(), new("BODY", 1, 311_700, 1_152_475, 3_999_900, 3_416_400), new("BODY", 2, 4_832_400, 1_152_475, 3_999_900, 3_416_400)]),
        ("TITLE_ONLY", "Title only", [Title()]),
        ("ONE_COLUMN_TEXT", "One column text", [new("TITLE", 0, 311_700, 555_600, 2_808_000, 755_700), new("BODY", 1, 311_700, 1_389_600, 2_808_000, 3_179_400)]),
        ("MAIN_POINT", "Main point", [new("TITLE", 0, 490_250, 450_150, 6_367_800, 4_090_800)]),
        ("SECTION_TITLE_AND_DESCRIPTION", "Section title and description", [new("TITLE", 0, 265_500, 1_233_175, 4_045_200, 1_482_300), new("SUBTITLE", 1, 265_500, 2_803_075, 4_045_200, 1_235_100), new("BODY", 2, 4_939_500, 724_075, 3_837_000, 3_695_100)]),
        ("CAPTION_ONLY", "Caption", [new("BODY", 1, 311_700, 4_230_575, 5_998_800, 605_100)]),
        ("BIG_NUMBER", "Big number", [new("TITLE", 0, 311_700, 1_106_125, 8_520_600, 1_963_500), new("BODY", 1, 311_700, 3_152_225, 8_520_600, 1_300_800)]),
        ("BLANK", "Blank", []),
    ];

    public static JsonObject Content() => new()
    {
        ["pageSize"] = Size(Width, Height),
        ["slides"] = new JsonArray(),
        ["masters"] = new JsonArray(new JsonObject
        {
            ["objectId"] = Master,
            ["pageType"] = "MASTER",
            ["pageElements"] = new JsonArray(),
            ["masterProperties"] = new JsonObject { ["displayName"] = "Simple Light" },
        }),
        ["layouts"] = new JsonArray([.. Layouts.Select((layout, index) => (JsonNode)new JsonObject
        {
            ["objectId"] = $"layout_p{index + 2}",
            ["pageType"] = "LAYOUT",
            ["pageElements"] = new JsonArray([.. layout.Places.Select(place => (JsonNode)Element($"layout_p{index + 2}_i{place.Index}", place, null))]),
            ["layoutProperties"] = new JsonObject { ["masterObjectId"] = Master, ["name"] = layout.Name, ["displayName"] = layout.Shown },
        })]),
        ["locale"] = "en",
    };

    public static bool Knows(string layout) => Layouts.Any(one => one.Name == layout);

    /// <summary>A placeholder on a slide or a layout.</summary>
    public static JsonObject Element(string id, Place place, string? parent)
    {
        var placeholder = new JsonObject { ["type"] = place.Type };
        if (place.Index > 0)
            placeholder["index"] = place.Index;
        if (parent is not null)
            placeholder["parentObjectId"] = parent;
        return new JsonObject
        {
            ["objectId"] = id,
            ["size"] = Size(place.Width, place.Height),
            ["transform"] = Transform(place.X, place.Y),
            ["shape"] = new JsonObject { ["shapeType"] = "TEXT_BOX", ["placeholder"] = placeholder, ["shapeProperties"] = new JsonObject() },
        };
    }

    public static JsonObject Size(double width, double height) => new() { ["width"] = Length(width), ["height"] = Length(height) };

    public static JsonObject Length(double magnitude) => new() { ["magnitude"] = magnitude, ["unit"] = "EMU" };

    public static JsonObject Transform(double x, double y) => new() { ["scaleX"] = 1, ["scaleY"] = 1, ["translateX"] = x, ["translateY"] = y, ["unit"] = "EMU" };

    private static Place Title() => new("TITLE", 0, 311_700, 445_025, 8_520_600, 572_700);
}
