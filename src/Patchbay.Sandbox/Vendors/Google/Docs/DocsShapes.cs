using System.Text.Json.Nodes;
using Patchbay.Sandbox.Vendors.Google.Docs.Model;

namespace Patchbay.Sandbox.Vendors.Google.Docs;

/// <summary>The tree that the API shows, read out of the flat units.</summary>
internal static class DocsShapes
{
    /// <param name="document">Its content.</param>
    /// <param name="title">Name of its Drive file.</param>
    /// <param name="tabs">The content goes into a tab, as clients ask who know tabs.</param>
    /// <param name="mayEdit">Only those who may write are told the revision.</param>
    public static JsonObject Document(DocDocument document, string title, bool tabs, bool mayEdit)
    {
        var content = Content(document);
        var body = new JsonObject { ["title"] = title };
        if (tabs)
        {
            body["tabs"] = new JsonArray(new JsonObject
            {
                ["tabProperties"] = new JsonObject { ["tabId"] = DocDocument.TabId, ["title"] = "Tab 1", ["index"] = 0 },
                ["documentTab"] = content,
            });
        }
        else
        {
            foreach (var (name, value) in content.ToList())
            {
                content.Remove(name);
                body[name] = value;
            }
        }

        if (mayEdit)
            body["revisionId"] = document.RevisionId;
        body["suggestionsViewMode"] = "SUGGESTIONS_INLINE";
        body["documentId"] = document.Id;
        return body;
    }

    private static JsonObject Content(DocDocument document)
    {
        var content = new JsonObject { ["body"] = new JsonObject { ["content"] = Elements(document, document.Body, 0, document.Body.Length) } };
        foreach (var (kind, member, id) in ((string, string, string)[])[("header", "headers", "headerId"), ("footer", "footers", "footerId"), ("footnote", "footnotes", "footnoteId")])
        {
            var map = new JsonObject();
            foreach (var segment in document.Segments.Where(segment => segment.Kind == kind))
                map[segment.Id] = new JsonObject { [id] = segment.Id, ["content"] = Elements(document, segment, 0, segment.Length) };
            if (map.Count > 0)
                content[member] = map;
        }

        content["documentStyle"] = Style(document);
        content["namedStyles"] = DocsNamedStyles.All();
        if (Lists(document) is { Count: > 0 } lists)
            content["lists"] = lists;
        if (NamedRanges(document) is { Count: > 0 } ranges)
            content["namedRanges"] = ranges;
        if (document.Pictures.Count > 0)
        {
            var pictures = new JsonObject();
            foreach (var (id, properties) in document.Pictures)
                pictures[id] = new JsonObject { ["objectId"] = id, ["inlineObjectProperties"] = new JsonObject { ["embeddedObject"] = JsonNode.Parse(properties) } };
            content["inlineObjects"] = pictures;
        }

        return content;
    }

    private static JsonArray Elements(DocDocument document, DocSegment segment, int start, int end)
    {
        var elements = new JsonArray();
        var index = start;
        while (index < end)
        {
            if (DocTable.Read(segment, index) is { } table)
            {
                elements.Add(At(table.Start, table.End, "table", Table(document, segment, table)));
                index = table.End;
            }
            else if (segment[index].Value == DocMarks.Section)
            {
                elements.Add(At(index, index + 1, "sectionBreak", new JsonObject { ["sectionStyle"] = DocsStyles.Read(segment[index].Mark!.Style) }));
                index++;
            }
            else
            {
                var last = segment.ParagraphEnd(index);
                elements.Add(At(index, last + 1, "paragraph", Paragraph(document, segment, index, last)));
                index = last + 1;
            }
        }

        return elements;
    }

    private static JsonObject Paragraph(DocDocument document, DocSegment segment, int start, int last)
    {
        var elements = new JsonArray();
        var from = start;
        for (var index = start; index <= last; index++)
        {
            var unit = segment[index];
            if (unit.IsInline)
            {
                elements.Add(Inline(document, segment, index));
                from = index + 1;
            }
            else if (index == last || segment[index + 1].Style != unit.Style || segment[index + 1].IsInline)
            {
                elements.Add(At(from, index + 1, "textRun", new JsonObject { ["content"] = segment.Text(from, index + 1), ["textStyle"] = DocsStyles.Read(unit.Style) }));
                from = index + 1;
            }
        }

        var mark = segment[last].Mark!;
        var paragraph = new JsonObject { ["elements"] = elements, ["paragraphStyle"] = DocsStyles.Read(mark.Style) };
        if (mark.ListId is { } list)
        {
            var bullet = new JsonObject { ["listId"] = list, ["textStyle"] = new JsonObject() };
            if (mark.Level > 0)
                bullet["nestingLevel"] = mark.Level;
            paragraph["bullet"] = bullet;
        }

        return paragraph;
    }

    private static JsonObject Inline(DocDocument document, DocSegment segment, int index)
    {
        var unit = segment[index];
        var style = DocsStyles.Read(unit.Style);
        var id = unit.Mark?.ObjectId;
        var (name, value) = unit.Value switch
        {
            DocMarks.Picture => ("inlineObjectElement", new JsonObject { ["inlineObjectId"] = id, ["textStyle"] = style }),
            DocMarks.Footnote => ("footnoteReference", new JsonObject { ["footnoteId"] = id, ["footnoteNumber"] = $"{FootnoteNumber(document, segment, index)}", ["textStyle"] = style }),
            DocMarks.Person => ("person", new JsonObject { ["personId"] = id, ["textStyle"] = style, ["personProperties"] = JsonNode.Parse(unit.Mark!.Style) }),
            _ => ("pageBreak", new JsonObject { ["textStyle"] = style }),
        };
        return At(index, index + 1, name, value);
    }

    private static int FootnoteNumber(DocDocument document, DocSegment segment, int index) =>
        segment == document.Body ? segment.Units.Take(index + 1).Count(unit => unit.Value == DocMarks.Footnote) : 1;

    private static JsonObject Table(DocDocument document, DocSegment segment, DocTable table)
    {
        var style = DocsStyles.Read(segment[table.Start].Mark!.Style);
        var columns = new JsonArray();
        for (var column = 0; column < table.Columns; column++)
        {
            var properties = (style["columns"] as JsonArray)?.ElementAtOrDefault(column) as JsonObject ?? [];
            properties = (JsonObject)properties.DeepClone();
            properties["widthType"] ??= "EVENLY_DISTRIBUTED";
            columns.Add(properties);
        }

        return new JsonObject
        {
            ["rows"] = table.Rows.Count,
            ["columns"] = table.Columns,
            ["tableRows"] = new JsonArray([.. table.Rows.Select(row => (JsonNode)Row(document, segment, row))]),
            ["tableStyle"] = new JsonObject { ["tableColumnProperties"] = columns },
        };
    }

    private static JsonObject Row(DocDocument document, DocSegment segment, DocTableRow row)
    {
        var style = DocsStyles.Read(segment[row.Start].Mark!.Style);
        style["minRowHeight"] ??= new JsonObject { ["unit"] = "PT" };
        return new JsonObject
        {
            ["startIndex"] = row.Start,
            ["endIndex"] = row.End,
            ["tableCells"] = new JsonArray([.. row.Cells.Select(cell => (JsonNode)new JsonObject
            {
                ["startIndex"] = cell.Start,
                ["endIndex"] = cell.End,
                ["content"] = Elements(document, segment, cell.Start + 1, cell.End),
                ["tableCellStyle"] = CellStyle(segment, cell),
            })]),
            ["tableRowStyle"] = style,
        };
    }

    private static JsonObject CellStyle(DocSegment segment, DocTableCell cell)
    {
        var style = DocsStyles.Read(segment[cell.Start].Mark!.Style);
        style["rowSpan"] ??= 1;
        style["columnSpan"] ??= 1;
        style["backgroundColor"] ??= new JsonObject();
        style["contentAlignment"] ??= "TOP";
        foreach (var side in (string[])["Left", "Right", "Top", "Bottom"])
            style["padding" + side] ??= DocsStyles.Points(5);
        return style;
    }

    private static JsonObject Style(DocDocument document)
    {
        var style = new JsonObject
        {
            ["background"] = new JsonObject { ["color"] = new JsonObject() },
            ["pageNumberStart"] = 1,
            ["marginTop"] = DocsStyles.Points(72),
            ["marginBottom"] = DocsStyles.Points(72),
            ["marginRight"] = DocsStyles.Points(72),
            ["marginLeft"] = DocsStyles.Points(72),
            ["pageSize"] = new JsonObject { ["height"] = DocsStyles.Points(792), ["width"] = DocsStyles.Points(612) },
            ["marginHeader"] = DocsStyles.Points(36),
            ["marginFooter"] = DocsStyles.Points(36),
            ["useCustomHeaderFooterMargins"] = true,
        };
        foreach (var (name, value) in DocsStyles.Read(document.Style))
            style[name] = value?.DeepClone();
        if (document.Segments.FirstOrDefault(segment => segment.Kind == "header") is { } header)
            style["defaultHeaderId"] = header.Id;
        if (document.Segments.FirstOrDefault(segment => segment.Kind == "footer") is { } footer)
            style["defaultFooterId"] = footer.Id;
        return style;
    }

    private static JsonObject Lists(DocDocument document)
    {
        var used = document.Segments.SelectMany(segment => segment.Units).Select(unit => unit.Mark?.ListId).OfType<string>().ToHashSet();
        var lists = new JsonObject();
        foreach (var (id, preset) in document.Lists.Where(list => used.Contains(list.Key)))
            lists[id] = new JsonObject { ["listProperties"] = DocsBullets.Properties(preset) };
        return lists;
    }

    private static JsonObject NamedRanges(DocDocument document)
    {
        var map = new JsonObject();
        foreach (var group in document.NamedRanges.GroupBy(range => range.Name))
        {
            map[group.Key] = new JsonObject
            {
                ["name"] = group.Key,
                ["namedRanges"] = new JsonArray([.. group.Select(range =>
                {
                    var place = new JsonObject { ["startIndex"] = range.Start, ["endIndex"] = range.End };
                    if (range.SegmentId.Length > 0)
                        place["segmentId"] = range.SegmentId;
                    return (JsonNode)new JsonObject { ["namedRangeId"] = range.Id, ["name"] = range.Name, ["ranges"] = new JsonArray(place) };
                })]),
            };
        }

        return map;
    }

    /// <summary>Zero is left out, as Google's JSON does.</summary>
    private static JsonObject At(int start, int end, string name, JsonObject value)
    {
        var element = new JsonObject();
        if (start > 0)
            element["startIndex"] = start;
        element["endIndex"] = end;
        element[name] = value;
        return element;
    }
}
