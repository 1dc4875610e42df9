using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.Google.Docs;

/// <summary>The presets of lists: glyphs of the first three levels, which repeat below, or kinds of numbers.</summary>
internal static class DocsBullets
{
    public static readonly IReadOnlyDictionary<string, string[]> Presets = new Dictionary<string, string[]>
    {
        ["BULLET_DISC_CIRCLE_SQUARE"] = ["●", "○", "■"],
        ["BULLET_DIAMONDX_ARROW3D_SQUARE"] = ["❖", "➢", "■"],
        ["BULLET_CHECKBOX"] = ["☐", "☐", "☐"],
        ["BULLET_ARROW_DIAMOND_DISC"] = ["➔", "◆", "●"],
        ["BULLET_STAR_CIRCLE_SQUARE"] = ["★", "○", "■"],
        ["BULLET_ARROW3D_CIRCLE_SQUARE"] = ["➢", "○", "■"],
        ["BULLET_LEFTTRIANGLE_DIAMOND_DISC"] = ["◀", "◆", "●"],
        ["BULLET_DIAMONDX_HOLLOWDIAMOND_SQUARE"] = ["❖", "◇", "■"],
        ["BULLET_DIAMOND_CIRCLE_SQUARE"] = ["◆", "○", "■"],
        ["NUMBERED_DECIMAL_ALPHA_ROMAN"] = ["DECIMAL", "ALPHA", "ROMAN"],
        ["NUMBERED_DECIMAL_ALPHA_ROMAN_PARENS"] = ["DECIMAL", "ALPHA", "ROMAN"],
        ["NUMBERED_DECIMAL_NESTED"] = ["DECIMAL", "DECIMAL", "DECIMAL"],
        ["NUMBERED_UPPERALPHA_ALPHA_ROMAN"] = ["UPPER_ALPHA", "ALPHA", "ROMAN"],
        ["NUMBERED_UPPERROMAN_UPPERALPHA_DECIMAL"] = ["UPPER_ROMAN", "UPPER_ALPHA", "DECIMAL"],
        ["NUMBERED_ZERODECIMAL_ALPHA_ROMAN"] = ["ZERO_DECIMAL", "ALPHA", "ROMAN"],
    };

    public static bool Numbered(string preset) => preset.StartsWith("NUMBERED_", StringComparison.Ordinal);

    /// <summary>What stands before an item, as text.</summary>
    public static string Glyph(string preset, int level, int number) => Numbered(preset) ? $"{number}." : Presets[preset][level % 3];

    public static JsonObject Properties(string preset)
    {
        var levels = new JsonArray();
        for (var level = 0; level < 9; level++)
        {
            var look = Presets[preset][level % 3];
            var shape = new JsonObject
            {
                ["bulletAlignment"] = "START",
                [Numbered(preset) ? "glyphType" : "glyphSymbol"] = look,
                ["glyphFormat"] = Format(preset, level),
                ["indentFirstLine"] = DocsStyles.Points((36 * level) + 18),
                ["indentStart"] = DocsStyles.Points(36 * (level + 1)),
                ["textStyle"] = new JsonObject { ["underline"] = false },
                ["startNumber"] = 1,
            };
            if (preset == "BULLET_CHECKBOX")
            {
                shape.Remove("glyphSymbol");
                shape["glyphType"] = "GLYPH_TYPE_UNSPECIFIED";
            }

            levels.Add(shape);
        }

        return new JsonObject { ["nestingLevels"] = levels };
    }

    private static string Format(string preset, int level) => preset switch
    {
        "NUMBERED_DECIMAL_NESTED" => string.Concat(Enumerable.Range(0, level + 1).Select(index => $"%{index}.")),
        "NUMBERED_DECIMAL_ALPHA_ROMAN_PARENS" => $"%{level})",
        _ when Numbered(preset) => $"%{level}.",
        _ => $"%{level}",
    };
}
