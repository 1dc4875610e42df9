using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Google.Docs;

/// <summary>Styles as JSON: what a mask may name, and how a change is laid over what was.</summary>
internal static class DocsStyles
{
    public static readonly string[] Text =
        ["bold", "italic", "underline", "strikethrough", "smallCaps", "backgroundColor", "foregroundColor", "fontSize", "weightedFontFamily", "baselineOffset", "link"];

    public static readonly string[] Paragraph =
    [
        "namedStyleType", "alignment", "lineSpacing", "direction", "spacingMode", "spaceAbove", "spaceBelow", "borderBetween", "borderTop", "borderBottom", "borderLeft", "borderRight",
        "indentFirstLine", "indentStart", "indentEnd", "keepLinesTogether", "keepWithNext", "avoidWidowAndOrphan", "shading", "pageBreakBefore",
    ];

    public static readonly string[] Cell =
        ["backgroundColor", "borderLeft", "borderRight", "borderTop", "borderBottom", "paddingLeft", "paddingRight", "paddingTop", "paddingBottom", "contentAlignment"];

    public static readonly string[] Row = ["minRowHeight", "tableHeader", "preventOverflow"];

    public static readonly string[] Column = ["widthType", "width"];

    public static readonly string[] Section =
        ["columnProperties", "columnSeparatorStyle", "contentDirection", "marginTop", "marginBottom", "marginLeft", "marginRight", "marginHeader", "marginFooter", "pageNumberStart", "useFirstPageHeaderFooter", "flipPageOrientation"];

    public static readonly string[] Document =
        ["background", "pageNumberStart", "marginTop", "marginBottom", "marginRight", "marginLeft", "pageSize", "marginHeader", "marginFooter", "useEvenPageHeaderFooter", "useFirstPageHeaderFooter", "useCustomHeaderFooterMargins", "flipPageOrientation", "documentFormat"];

    public static readonly string[] NamedTypes = ["NORMAL_TEXT", "TITLE", "SUBTITLE", "HEADING_1", "HEADING_2", "HEADING_3", "HEADING_4", "HEADING_5", "HEADING_6"];

    public static readonly string[] Alignments = ["START", "CENTER", "END", "JUSTIFIED"];

    /// <summary>The names of a mask, "*" meaning all; or what is wrong with it.</summary>
    public static (IReadOnlyList<string> Names, string? Refusal) Mask(string? fields, string[] known)
    {
        if (string.IsNullOrWhiteSpace(fields))
            return ([], "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)");
        if (fields.Trim() == "*")
            return (known, null);
        // Below the first name the whole member is taken.
        var names = fields.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(name => name.Split('.', '(', '/')[0].TrimEnd(')')).Where(name => name.Length > 0).Distinct().ToList();
        return names.Find(name => !known.Contains(Camel(name))) is { } wrong ? ([], $"Invalid field mask path: {wrong}") : ([.. names.Select(Camel)], null);
    }

    /// <summary>Lays the named members of a change over a style; a named member that the change does not have is reset.</summary>
    public static string Lay(string style, JsonObject change, IEnumerable<string> names)
    {
        var after = (JsonObject)JsonNode.Parse(style)!;
        foreach (var name in names)
        {
            after.Remove(name);
            if (change[name] is { } value)
                after[name] = value.DeepClone();
        }

        return Canonical(after);
    }

    /// <summary>Members in name order, so that equal styles are equal texts.</summary>
    public static string Canonical(JsonObject style) =>
        new JsonObject(style.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))).ToJsonString(Json.Options);

    public static JsonObject Read(string style) =>
        // Most of a document is plain text in plain paragraphs.
        style == Model.DocUnit.Plain ? []
        : style == Model.DocMark.Paragraph.Style ? new JsonObject { ["namedStyleType"] = "NORMAL_TEXT", ["direction"] = "LEFT_TO_RIGHT" }
        : (JsonObject)JsonNode.Parse(style)!;

    public static JsonObject Points(double magnitude) => new() { ["magnitude"] = magnitude, ["unit"] = "PT" };

    // Masks may come as foreground_color.
    private static string Camel(string name)
    {
        var parts = name.Split('_');
        return parts[0] + string.Concat(parts.Skip(1).Where(part => part.Length > 0).Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
    }
}
