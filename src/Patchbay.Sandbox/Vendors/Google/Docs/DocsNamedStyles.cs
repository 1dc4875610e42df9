using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.Google.Docs;

/// <summary>How a new document looks: the sizes and spaces of its named styles.</summary>
internal static class DocsNamedStyles
{
    private static readonly (string Type, double Size, double Above, double Below, double Grey)[] Looks =
    [
        ("TITLE", 26, 0, 3, 0), ("SUBTITLE", 15, 0, 16, 0.4), ("HEADING_1", 20, 20, 6, 0), ("HEADING_2", 16, 18, 6, 0), ("HEADING_3", 14, 16, 4, 0.2627451),
        ("HEADING_4", 12, 14, 4, 0.4), ("HEADING_5", 11, 12, 4, 0.4), ("HEADING_6", 11, 12, 4, 0.4),
    ];

    public static JsonObject All() => new()
    {
        ["styles"] = new JsonArray([Normal(), .. Looks.Select(look => (JsonNode)new JsonObject
        {
            ["namedStyleType"] = look.Type,
            ["textStyle"] = new JsonObject { ["fontSize"] = DocsStyles.Points(look.Size), ["foregroundColor"] = Color(look.Grey) },
            ["paragraphStyle"] = new JsonObject
            {
                ["namedStyleType"] = look.Type,
                ["direction"] = "LEFT_TO_RIGHT",
                ["spaceAbove"] = DocsStyles.Points(look.Above),
                ["spaceBelow"] = DocsStyles.Points(look.Below),
                ["keepLinesTogether"] = true,
                ["keepWithNext"] = true,
            },
        })]),
    };

    private static JsonObject Normal() => new()
    {
        ["namedStyleType"] = "NORMAL_TEXT",
        ["textStyle"] = new JsonObject
        {
            ["bold"] = false,
            ["italic"] = false,
            ["underline"] = false,
            ["strikethrough"] = false,
            ["smallCaps"] = false,
            ["backgroundColor"] = new JsonObject(),
            ["foregroundColor"] = Color(0),
            ["fontSize"] = DocsStyles.Points(11),
            ["weightedFontFamily"] = new JsonObject { ["fontFamily"] = "Arial", ["weight"] = 400 },
            ["baselineOffset"] = "NONE",
        },
        ["paragraphStyle"] = new JsonObject { ["namedStyleType"] = "NORMAL_TEXT", ["alignment"] = "START", ["lineSpacing"] = 115, ["direction"] = "LEFT_TO_RIGHT", ["spacingMode"] = "COLLAPSE_LISTS" },
    };

    private static JsonObject Color(double grey) => new()
    {
        ["color"] = new JsonObject { ["rgbColor"] = grey == 0 ? new JsonObject() : new JsonObject { ["red"] = grey, ["green"] = grey, ["blue"] = grey } },
    };
}
