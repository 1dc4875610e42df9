using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors.Google.Docs.Model;

namespace Patchbay.Sandbox.Vendors.Google.Docs.Requests;

/// <summary>Styles of text, paragraphs, sections and the document; bullets.</summary>
internal sealed class StyleRequests : IDocsRequests
{
    private const int DeepestLevel = 8;

    public IEnumerable<DocsRequest> Requests =>
    [
        new("updateTextStyle", ["textStyle", "fields", "range"], Text),
        new("updateParagraphStyle", ["paragraphStyle", "fields", "range"], Paragraph),
        new("createParagraphBullets", ["range", "bulletPreset"], Bullets),
        new("deleteParagraphBullets", ["range"], NoBullets),
        new("updateDocumentStyle", ["documentStyle", "fields", "tabId"], Document),
        new("updateSectionStyle", ["sectionStyle", "fields", "range"], Section),
    ];

    private static DocsOutcome Text(DocsEdit edit, JsonObject request)
    {
        var (segment, start, end, refusal) = edit.Range(request["range"]);
        var (names, noMask) = DocsStyles.Mask(request.Text("fields"), DocsStyles.Text);
        if (segment is null || noMask is not null)
            return DocsOutcome.No(refusal ?? noMask!);
        var style = request["textStyle"]?.DeepClone() as JsonObject ?? [];
        if (style["fontSize"] is JsonObject size && !(size["magnitude"] is JsonValue magnitude && magnitude.TryGetValue<double>(out var points) && points is > 0 and <= 400))
            return DocsOutcome.No("Font size must be between 1 and 400 points.");
        if (names.Contains("link"))
        {
            // A new link looks like one, and text that is no link any more does not, unless the request says how it should look.
            if (style["link"] is not null)
            {
                style["underline"] ??= true;
                style["foregroundColor"] ??= new JsonObject { ["color"] = new JsonObject { ["rgbColor"] = new JsonObject { ["red"] = 0.06666667, ["green"] = 0.33333334, ["blue"] = 0.8 } } };
            }

            names = [.. names.Union(["underline", "foregroundColor"])];
        }

        // A long range has few styles: each is laid over once.
        var laid = new Dictionary<string, string>();
        for (var index = start; index < end; index++)
        {
            var unit = segment[index];
            if (unit.IsStructure)
                continue;
            if (!laid.TryGetValue(unit.Style, out var after))
                laid[unit.Style] = after = DocsStyles.Lay(unit.Style, style, names);
            segment[index] = unit with { Style = after };
        }

        return DocsOutcome.Done;
    }

    private static DocsOutcome Paragraph(DocsEdit edit, JsonObject request)
    {
        var (segment, start, end, refusal) = edit.Range(request["range"]);
        var (names, noMask) = DocsStyles.Mask(request.Text("fields"), DocsStyles.Paragraph);
        if (segment is null || noMask is not null)
            return DocsOutcome.No(refusal ?? noMask!);
        var style = request["paragraphStyle"]?.DeepClone() as JsonObject ?? [];
        if (style["namedStyleType"] is { } type && !DocsStyles.NamedTypes.Contains(style.Text("namedStyleType")))
            return DocsOutcome.No($"Invalid named style type: {type}.");
        if (style["alignment"] is { } alignment && !DocsStyles.Alignments.Contains(style.Text("alignment")))
            return DocsOutcome.No($"Invalid alignment: {alignment}.");
        style["direction"] ??= "LEFT_TO_RIGHT";
        style["namedStyleType"] ??= "NORMAL_TEXT";
        foreach (var at in segment.ParagraphEnds(start, end).ToList())
        {
            var (unit, mark) = (segment[at], segment[at].Mark!);
            var laid = DocsStyles.Lay(mark.Style, style, names);
            if (names.Contains("namedStyleType"))
            {
                var heading = style.Text("namedStyleType")!.StartsWith("HEADING_", StringComparison.Ordinal);
                var id = DocsStyles.Read(mark.Style).Text("headingId");
                laid = DocsStyles.Lay(laid, heading ? new JsonObject { ["headingId"] = id ?? edit.Document.NewId("h.") } : [], ["headingId"]);
            }

            segment[at] = unit with { Mark = mark with { Style = laid } };
        }

        return DocsOutcome.Done;
    }

    private static DocsOutcome Bullets(DocsEdit edit, JsonObject request)
    {
        var (segment, start, end, refusal) = edit.Range(request["range"]);
        if (segment is null)
            return DocsOutcome.No(refusal!);
        var preset = request.Text("bulletPreset") ?? "BULLET_DISC_CIRCLE_SQUARE";
        if (!DocsBullets.Presets.ContainsKey(preset))
            return DocsOutcome.No($"Invalid bullet preset: {preset}.");

        // A list of the same kind right before goes on.
        var first = segment.ParagraphStart(start);
        var before = first > 0 && segment[first - 1] is { EndsParagraph: true, Mark: { ListId: { } id } } && edit.Document.Lists.GetValueOrDefault(id) == preset ? segment[first - 1].Mark!.ListId : null;
        var list = before ?? edit.Document.NewId("kix.");
        edit.Document.Lists[list] = preset;
        // Backwards: the tabs that say how deep a paragraph is are removed on the way.
        foreach (var at in segment.ParagraphEnds(start, end).Reverse().ToList())
        {
            var from = segment.ParagraphStart(at);
            var tabs = 0;
            while (segment[from + tabs].Value == '\t')
                tabs++;
            var level = Math.Min(tabs, DeepestLevel);
            var mark = segment[at].Mark!;
            segment[at] = segment[at] with { Mark = mark with { ListId = list, Level = level, Style = Indent(mark.Style, level) } };
            if (tabs > 0)
                segment.Remove(from, tabs);
        }

        return DocsOutcome.Done;
    }

    private static DocsOutcome NoBullets(DocsEdit edit, JsonObject request)
    {
        var (segment, start, end, refusal) = edit.Range(request["range"]);
        if (segment is null)
            return DocsOutcome.No(refusal!);
        foreach (var at in segment.ParagraphEnds(start, end).ToList())
        {
            if (segment[at].Mark is not { ListId: not null } mark)
                continue;
            // Where it stood is kept: the nesting becomes an indent.
            var change = mark.Level > 0 ? new JsonObject { ["indentStart"] = DocsStyles.Points(36 * mark.Level), ["indentFirstLine"] = DocsStyles.Points(36 * mark.Level) } : [];
            segment[at] = segment[at] with { Mark = mark with { ListId = null, Level = 0, Style = DocsStyles.Lay(mark.Style, change, ["indentStart", "indentFirstLine"]) } };
        }

        return DocsOutcome.Done;
    }

    private static DocsOutcome Document(DocsEdit edit, JsonObject request)
    {
        var (names, refusal) = DocsStyles.Mask(request.Text("fields"), DocsStyles.Document);
        if (refusal is not null)
            return DocsOutcome.No(refusal);
        edit.Document.Style = DocsStyles.Lay(edit.Document.Style, request["documentStyle"] as JsonObject ?? [], names);
        return DocsOutcome.Done;
    }

    private static DocsOutcome Section(DocsEdit edit, JsonObject request)
    {
        var (segment, start, end, refusal) = edit.Range(request["range"]);
        var (names, noMask) = DocsStyles.Mask(request.Text("fields"), DocsStyles.Section);
        if (segment is null || noMask is not null)
            return DocsOutcome.No(refusal ?? noMask!);
        // The section that the range begins in, and those that begin within it.
        var first = Enumerable.Range(0, start + 1).Reverse().Where(index => segment[index].Value == DocMarks.Section).Take(1);
        var within = Enumerable.Range(start, end - start).Where(index => segment[index].Value == DocMarks.Section);
        foreach (var at in first.Union(within).ToList())
            segment[at] = segment[at] with { Mark = segment[at].Mark! with { Style = DocsStyles.Lay(segment[at].Mark!.Style, request["sectionStyle"] as JsonObject ?? [], names) } };
        return DocsOutcome.Done;
    }

    private static string Indent(string style, int level) => DocsStyles.Lay(
        style, new JsonObject { ["indentStart"] = DocsStyles.Points(36 * (level + 1)), ["indentFirstLine"] = DocsStyles.Points((36 * level) + 18) }, ["indentStart", "indentFirstLine"]);
}
