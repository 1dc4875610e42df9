using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors.Google.Docs.Model;

namespace Patchbay.Sandbox.Vendors.Google.Docs.Requests;

/// <summary>Text in and out: insertText, deleteContentRange, replaceAllText, page and section breaks, named ranges.</summary>
internal sealed class TextRequests : IDocsRequests
{
    private static readonly TimeSpan SearchLimit = TimeSpan.FromMilliseconds(500);
    private const long MostMoves = 2_000_000_000;

    public IEnumerable<DocsRequest> Requests =>
    [
        new("insertText", ["text", "location", "endOfSegmentLocation"], InsertText),
        new("deleteContentRange", ["range"], Delete),
        new("replaceAllText", ["replaceText", "containsText", "tabsCriteria"], ReplaceAll),
        new("insertPageBreak", ["location", "endOfSegmentLocation"], PageBreak),
        new("insertSectionBreak", ["sectionType", "location", "endOfSegmentLocation"], SectionBreak),
        new("createNamedRange", ["name", "range"], CreateRange),
        new("deleteNamedRange", ["namedRangeId", "name", "tabsCriteria"], DeleteRange),
        new("replaceNamedRangeContent", ["text", "namedRangeId", "namedRangeName", "tabsCriteria"], ReplaceRange),
    ];

    private static DocsOutcome InsertText(DocsEdit edit, JsonObject request)
    {
        if (request.Text("text") is not { Length: > 0 } text)
            return DocsOutcome.No("Insertion text must not be empty.");
        var (segment, index, refusal) = edit.Place(request);
        if (segment is null)
            return DocsOutcome.No(refusal!);
        edit.Insert(segment, index, text);
        return DocsOutcome.Done;
    }

    private static DocsOutcome Delete(DocsEdit edit, JsonObject request)
    {
        var (segment, start, end, refusal) = edit.Range(request["range"]);
        return segment is null ? DocsOutcome.No(refusal!) : DocsEdit.Delete(segment, start, end) is { } no ? DocsOutcome.No(no) : DocsOutcome.Done;
    }

    private static DocsOutcome ReplaceAll(DocsEdit edit, JsonObject request)
    {
        var criteria = request["containsText"];
        if (criteria.Text("text") is not { Length: > 0 } search)
            return DocsOutcome.No("The text to search for must not be empty.");
        var replacement = request.Text("replaceText") ?? "";
        if (Pattern(search, criteria.Flag("matchCase"), criteria.Flag("searchByRegex")) is not { } pattern)
            return DocsOutcome.No("The regular expression is invalid.");
        var count = 0;
        try
        {
            foreach (var segment in edit.Document.Segments)
            {
                // Backwards, so that the places still to come stay where they are. Marks are no text that a search can name.
                var found = pattern.Matches(segment.Text(0, segment.Length)).Where(match => match.Length > 0 && !match.Value.AsSpan().ContainsAny(DocMarks.NotText)).Reverse().ToList();
                // Each replacement moves what follows it.
                if ((long)found.Count * segment.Length > MostMoves)
                    return DocsOutcome.No("There are too many occurrences to replace at once.");
                foreach (var match in found)
                {
                    var style = segment[match.Index].Style;
                    var mark = segment[segment.ParagraphEnd(match.Index)].Mark!;
                    var text = DocsEdit.Clean(replacement);
                    // In first, so that named ranges around the match keep it.
                    segment.Insert(match.Index + match.Length, [.. text.Select(value => new DocUnit(value, style, value == '\n' ? edit.Fresh(mark) : null))]);
                    segment.Remove(match.Index, match.Length);
                }

                count += found.Count;
            }
        }
        catch (RegexMatchTimeoutException)
        {
            return DocsOutcome.No("The regular expression takes too long.");
        }

        return DocsOutcome.With(new JsonObject { ["replaceAllText"] = count > 0 ? new JsonObject { ["occurrencesChanged"] = count } : new JsonObject() });
    }

    private static Regex? Pattern(string search, bool matchCase, bool regex)
    {
        try
        {
            return new Regex(regex ? search : Regex.Escape(search), RegexOptions.CultureInvariant | (matchCase ? RegexOptions.None : RegexOptions.IgnoreCase), SearchLimit);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static DocsOutcome PageBreak(DocsEdit edit, JsonObject request)
    {
        var (segment, index, refusal) = edit.Place(request);
        if (segment is null)
            return DocsOutcome.No(refusal!);
        if (segment.Kind != "body" || InTable(segment, index))
            return DocsOutcome.No("Page breaks can only be inserted in the body, outside of tables.");
        var mark = edit.Fresh(segment[segment.ParagraphEnd(index)].Mark!);
        segment.Insert(index, [new DocUnit(DocMarks.PageBreak, DocUnit.Plain, new DocMark()), new DocUnit('\n', DocUnit.Plain, mark)]);
        return DocsOutcome.Done;
    }

    private static DocsOutcome SectionBreak(DocsEdit edit, JsonObject request)
    {
        var (segment, index, refusal) = edit.Place(request);
        if (segment is null)
            return DocsOutcome.No(refusal!);
        if (request.Text("sectionType") is not ("CONTINUOUS" or "NEXT_PAGE"))
            return DocsOutcome.No("The section type must be CONTINUOUS or NEXT_PAGE.");
        if (segment.Kind != "body" || InTable(segment, index))
            return DocsOutcome.No("Section breaks can only be inserted in the body, outside of tables.");
        var mark = edit.Fresh(segment[segment.ParagraphEnd(index)].Mark!);
        var style = DocsStyles.Lay(segment[0].Mark!.Style, new JsonObject { ["sectionType"] = request.Text("sectionType") }, ["sectionType"]);
        segment.Insert(index, [new DocUnit('\n', DocUnit.Plain, mark), new DocUnit(DocMarks.Section, DocUnit.Plain, new DocMark { Style = style })]);
        return DocsOutcome.Done;
    }

    private static DocsOutcome CreateRange(DocsEdit edit, JsonObject request)
    {
        if (request.Text("name") is not { Length: > 0 and <= 256 } name)
            return DocsOutcome.No("The name must have between 1 and 256 UTF-16 code units.");
        var (segment, start, end, refusal) = edit.Range(request["range"]);
        if (segment is null)
            return DocsOutcome.No(refusal!);
        var range = new DocNamedRange(edit.Document.NewId("kix."), name, segment.Id, start, end);
        edit.Document.NamedRanges.Add(range);
        return DocsOutcome.With(new JsonObject { ["createNamedRange"] = new JsonObject { ["namedRangeId"] = range.Id } });
    }

    private static DocsOutcome DeleteRange(DocsEdit edit, JsonObject request)
    {
        var (id, name) = (request.Text("namedRangeId"), request.Text("name"));
        if (id is null && name is null)
            return DocsOutcome.No("The named range must be specified.");
        var removed = edit.Document.NamedRanges.RemoveAll(range => id is not null ? range.Id == id : range.Name == name);
        return removed == 0 ? DocsOutcome.No($"The named range {id ?? name} was not found.") : DocsOutcome.Done;
    }

    private static DocsOutcome ReplaceRange(DocsEdit edit, JsonObject request)
    {
        var (id, name) = (request.Text("namedRangeId"), request.Text("namedRangeName"));
        var found = edit.Document.NamedRanges.Where(range => id is not null ? range.Id == id : range.Name == name).Select(range => range.Id).ToList();
        if (found.Count == 0)
            return id is not null ? DocsOutcome.No($"The named range {id} was not found.") : DocsOutcome.Done;
        foreach (var each in found)
        {
            // Read anew: what an earlier replacement did may have moved this one.
            if (edit.Document.NamedRanges.Find(range => range.Id == each) is not { } range || edit.Document.Segment(range.SegmentId) is not { } segment)
                continue;
            var text = DocsEdit.Clean(request.Text("text") ?? "");
            // A line end at the end of the segment stays.
            var end = Math.Min(range.End, segment.Length - 1);
            var style = segment[range.Start].Style;
            var mark = segment[segment.ParagraphEnd(range.Start)].Mark!;
            if (end > range.Start && DocsEdit.Delete(segment, range.Start, end) is { } refusal)
                return DocsOutcome.No(refusal);
            segment.Insert(range.Start, [.. text.Select(value => new DocUnit(value, style, value == '\n' ? edit.Fresh(mark) : null))]);
            edit.Document.NamedRanges.RemoveAll(known => known.Id == each);
            if (text.Length > 0)
                edit.Document.NamedRanges.Add(range with { End = range.Start + text.Length });
        }

        return DocsOutcome.Done;
    }

    internal static bool InTable(DocSegment segment, int index)
    {
        var depth = 0;
        for (var at = 0; at < index; at++)
            depth += segment[at].Value switch { DocMarks.Table => 1, DocMarks.TableEnd => -1, _ => 0 };
        return depth > 0;
    }
}
