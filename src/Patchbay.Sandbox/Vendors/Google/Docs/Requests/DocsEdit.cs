using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors.Google.Docs.Model;

namespace Patchbay.Sandbox.Vendors.Google.Docs.Requests;

/// <summary>A document under edit: finding places in it, and the edits that several requests share.</summary>
internal sealed class DocsEdit(DocDocument document)
{
    private const string NotInParagraph = "The insertion index must be inside the bounds of an existing paragraph. You can still create new paragraphs by inserting newlines.";

    public DocDocument Document => document;

    /// <summary>Where a request's location or endOfSegmentLocation is, if something can be inserted there.</summary>
    public (DocSegment? Segment, int Index, string? Refusal) Place(JsonObject request)
    {
        var end = request["endOfSegmentLocation"] as JsonObject;
        var location = end ?? request["location"] as JsonObject;
        if (location is null)
            return (null, 0, "The insertion location must be specified.");
        var (segment, refusal) = Segment(location);
        if (segment is null)
            return (null, 0, refusal);
        var index = end is null ? Int(location["index"]) ?? 0 : segment.Length - 1;
        if (index < 0)
            return (null, 0, $"Index {index} must be greater than or equal to zero.");
        if (index >= segment.Length)
            return (null, 0, $"Index {index} must be less than the end index of the referenced segment, {segment.Length}.");
        if (segment[index].IsStructure)
            return (null, 0, NotInParagraph);
        return segment.SplitsCharacter(index) ? (null, 0, "The insertion index cannot be within a grapheme cluster.") : (segment, index, null);
    }

    public (DocSegment? Segment, string? Refusal) Segment(JsonObject location)
    {
        if (location.Text("tabId") is { Length: > 0 } tab && tab != DocDocument.TabId)
            return (null, $"Tab with ID {tab} was not found.");
        return document.Segment(location.Text("segmentId")) is { } segment ? (segment, null) : (null, $"Segment with ID {location.Text("segmentId")} was not found.");
    }

    public (DocSegment? Segment, int Start, int End, string? Refusal) Range(JsonNode? node)
    {
        if (node is not JsonObject range)
            return (null, 0, 0, "The range must be specified.");
        var (segment, refusal) = Segment(range);
        if (segment is null)
            return (null, 0, 0, refusal);
        var (start, end) = (Int(range["startIndex"]) ?? 0, Int(range["endIndex"]) ?? 0);
        if (start < 0 || end < 0)
            return (null, 0, 0, "Indexes must be greater than or equal to zero.");
        if (end <= start)
            return (null, 0, 0, "The range should not be empty.");
        return end > segment.Length
            ? (null, 0, 0, $"Index {end - 1} must be less than the end index of the referenced segment, {segment.Length}.")
            : (segment, start, end, null);
    }

    /// <summary>Puts text at an index, in the style of its neighbours; each line end makes a paragraph like the one it is in.</summary>
    /// <returns>How many units it became.</returns>
    public int Insert(DocSegment segment, int index, string text)
    {
        var clean = Clean(text);
        var style = StyleAt(segment, index);
        var mark = segment[segment.ParagraphEnd(index)].Mark!;
        segment.Insert(index, [.. clean.Select(value => new DocUnit(value, style, value == '\n' ? Fresh(mark) : null))]);
        return clean.Length;
    }

    /// <summary>Removes a range, or says why it cannot go.</summary>
    public static string? Delete(DocSegment segment, int start, int end)
    {
        if (end >= segment.Length)
            return "The range cannot include the newline character at the end of the segment.";
        const string impossible = "Invalid deletion range. Cannot delete the requested range.";
        if (segment.SplitsCharacter(start) || segment.SplitsCharacter(end))
            return impossible;
        var index = start;
        while (index < end)
        {
            if (DocTable.Read(segment, index) is { } table)
            {
                if (table.End > end)
                    return impossible;
                index = table.End;
                continue;
            }

            // The first section cannot go, and parts of a table only by the table requests.
            if (segment[index].IsStructure && (segment[index].Value != DocMarks.Section || index == 0))
                return impossible;
            index++;
        }

        // What follows a removed line end must be text that can join what stands before.
        if (segment[end - 1].EndsParagraph && segment[end].IsStructure)
            return impossible;
        if (segment[end - 1].Value == DocMarks.TableEnd && segment[end].IsStructure)
            return impossible;
        segment.Remove(start, end - start);
        return null;
    }

    /// <summary>The style of new text: of the character before it in the paragraph, else of the one after it.</summary>
    public static string StyleAt(DocSegment segment, int index)
    {
        var (before, after) = (index > 0 ? segment[index - 1] : (DocUnit?)null, segment[index]);
        var near = before is { EndsParagraph: false, IsStructure: false, IsInline: false } ? before.Value : after;
        if (!near.Style.Contains("\"link\"", StringComparison.Ordinal) || (before is { } left && left.Style == after.Style))
            return near.Style;
        // Text put beside a link is not part of it, nor coloured like it.
        return DocsStyles.Lay(near.Style, [], ["link", "underline", "foregroundColor"]);
    }

    /// <summary>A mark for one more paragraph: headings keep ids of their own.</summary>
    public DocMark Fresh(DocMark mark) => mark.Style.Contains("\"headingId\"", StringComparison.Ordinal)
        ? mark with { Style = DocsStyles.Lay(mark.Style, new JsonObject { ["headingId"] = document.NewId("h.") }, ["headingId"]) }
        : mark;

    public DocTable? Table(JsonNode? location, out DocSegment? segment, out string? refusal)
    {
        (segment, refusal) = location is JsonObject place ? Segment(place) : (null, "The table start location must be specified.");
        if (segment is null)
            return null;
        var table = DocTable.Read(segment, Int(location!["index"]) ?? 0);
        refusal = table is null ? "Invalid table start location. Must specify the start index of the table." : null;
        return table;
    }

    /// <summary>A whole number however JSON writes it: 1, 1.0 or "1".</summary>
    public static int? Int(JsonNode? node) => node switch
    {
        JsonValue value when value.TryGetValue<int>(out var number) => number,
        JsonValue value when value.TryGetValue<double>(out var real) && real == Math.Floor(real) && Math.Abs(real) < int.MaxValue => (int)real,
        JsonValue value when value.TryGetValue<string>(out var text) && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var read) => read,
        _ => null,
    };

    /// <summary>Docs strips control characters and private-use ones; half a surrogate pair becomes a replacement character.</summary>
    public static string Clean(string text)
    {
        var valid = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n").Replace('\f', '\n')));
        return string.Concat(valid.Where(c => c is '\n' or '\t' or '\v' || !(char.IsControl(c) && c < '\u0020') && c is not (>= '\uE000' and <= '\uF8FF')));
    }
}
