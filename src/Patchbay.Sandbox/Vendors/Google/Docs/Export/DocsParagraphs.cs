using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors.Google.Docs.Model;

namespace Patchbay.Sandbox.Vendors.Google.Docs.Export;

/// <summary>A piece of a document as exports and the world page walk over it: a paragraph, or a table of cells of such pieces.</summary>
/// <param name="Runs">Text of one style each; empty for a table.</param>
/// <param name="Type">Named style, such as HEADING_1.</param>
/// <param name="Glyph">What stands before a list item; null outside of lists.</param>
/// <param name="Level">Nesting in a list.</param>
/// <param name="Rows">Set for a table.</param>
internal sealed record DocsBlock(IReadOnlyList<DocsText> Runs, string Type, string? Glyph, int Level, IReadOnlyList<IReadOnlyList<IReadOnlyList<DocsBlock>>>? Rows = null)
{
    public string Text => string.Concat(Runs.Select(run => run.Text));

    /// <summary>1 to 6 for a heading, else 0. A title counts as the first.</summary>
    public int Heading => Type.StartsWith("HEADING_", StringComparison.Ordinal) ? Type[^1] - '0' : Type == "TITLE" ? 1 : 0;

    public bool Numbered => Glyph is { } glyph && char.IsAsciiDigit(glyph[0]);
}

/// <param name="Text">Without its line end.</param>
/// <param name="Bold">And so on.</param>
internal sealed record DocsText(string Text, bool Bold, bool Italic, bool Underline, bool Strike, string? Link, bool PageBreak = false);

internal static class DocsParagraphs
{
    public static IReadOnlyList<DocsBlock> Of(DocDocument document) => Of(document, document.Body);

    public static IReadOnlyList<DocsBlock> Of(DocDocument document, DocSegment segment) => Read(document, segment, 0, segment.Length, []);

    private static List<DocsBlock> Read(DocDocument document, DocSegment segment, int start, int end, Dictionary<string, int> numbers)
    {
        var blocks = new List<DocsBlock>();
        var index = start;
        while (index < end)
        {
            if (DocTable.Read(segment, index) is { } table)
            {
                blocks.Add(new DocsBlock([], "TABLE", null, 0, [.. table.Rows.Select(row => (IReadOnlyList<IReadOnlyList<DocsBlock>>)[.. row.Cells.Select(cell => (IReadOnlyList<DocsBlock>)Read(document, segment, cell.Start + 1, cell.End, numbers))])]));
                index = table.End;
            }
            else if (segment[index].IsStructure)
            {
                index++;
            }
            else
            {
                var last = segment.ParagraphEnd(index);
                blocks.Add(Paragraph(document, segment, index, last, numbers));
                index = last + 1;
            }
        }

        return blocks;
    }

    private static DocsBlock Paragraph(DocDocument document, DocSegment segment, int start, int last, Dictionary<string, int> numbers)
    {
        var runs = new List<DocsText>();
        var from = start;
        for (var index = start; index < last; index++)
        {
            if (index + 1 < last && segment[index + 1].Style == segment[index].Style && segment[index].Value != DocMarks.PageBreak && segment[index + 1].Value != DocMarks.PageBreak)
                continue;
            var style = DocsStyles.Read(segment[index].Style);
            var text = string.Concat(segment.Units.Skip(from).Take(index + 1 - from).Select(Shown));
            runs.Add(new DocsText(text, style.Flag("bold"), style.Flag("italic"), style.Flag("underline"), style.Flag("strikethrough"), style["link"].Text("url"), segment[index].Value == DocMarks.PageBreak));
            from = index + 1;
        }

        var mark = segment[last].Mark!;
        string? glyph = null;
        if (mark.ListId is { } list && document.Lists.TryGetValue(list, out var preset))
        {
            var key = $"{list}/{mark.Level}";
            numbers[key] = numbers.GetValueOrDefault(key) + 1;
            for (var deeper = mark.Level + 1; deeper < 9; deeper++)
                numbers.Remove($"{list}/{deeper}");
            glyph = DocsBullets.Glyph(preset, mark.Level, numbers[key]);
        }

        return new DocsBlock(runs, DocsStyles.Read(mark.Style).Text("namedStyleType") ?? "NORMAL_TEXT", glyph, mark.Level);
    }

    private static string Shown(DocUnit unit) => unit.Value switch
    {
        DocMarks.Person => DocsStyles.Read(unit.Mark!.Style).Text("name") ?? "",
        DocMarks.Picture => "[picture]",
        DocMarks.Footnote or DocMarks.PageBreak => "",
        _ => unit.Value.ToString(),
    };
}
