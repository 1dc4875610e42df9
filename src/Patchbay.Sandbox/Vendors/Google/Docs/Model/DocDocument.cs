namespace Patchbay.Sandbox.Vendors.Google.Docs.Model;

/// <summary>One document as it is edited. Its title is the name of its Drive file.</summary>
internal sealed class DocDocument
{
    public const string TabId = "t.0";

    private readonly List<DocSegment> segments = [];

    public required string Id { get; init; }

    /// <summary>Counts up with every batch of changes.</summary>
    public long Revision { get; set; } = 1;

    /// <summary>Makes ids of lists, ranges and pictures: they need only be unique within the document.</summary>
    public int LastId { get; set; }

    public DocSegment Body => segments[0];

    public IReadOnlyList<DocSegment> Segments => segments;

    /// <summary>List id → bullet preset.</summary>
    public Dictionary<string, string> Lists { get; init; } = [];

    public List<DocNamedRange> NamedRanges { get; init; } = [];

    /// <summary>Picture id → its properties as JSON.</summary>
    public Dictionary<string, string> Pictures { get; init; } = [];

    /// <summary>What was changed of the document's style, as JSON.</summary>
    public string Style { get; set; } = DocUnit.Plain;

    public static DocDocument Empty(string id)
    {
        var document = new DocDocument { Id = id };
        document.Add(DocSegment.Empty("", "body"));
        return document;
    }

    public void Add(DocSegment segment)
    {
        segments.Add(segment);
        segment.Moved += Move;
    }

    public void Drop(DocSegment segment)
    {
        segments.Remove(segment);
        NamedRanges.RemoveAll(range => range.SegmentId == segment.Id);
    }

    public DocSegment? Segment(string? id) => string.IsNullOrEmpty(id) ? Body : segments.Find(segment => segment.Id == id);

    public string NewId(string prefix) => $"{prefix}{State.Secrets.StableId("", $"{Id}/{++LastId}", 12).ToLowerInvariant()}";

    /// <summary>Opaque, and different for each revision.</summary>
    public string RevisionId => $"ALm37B{State.Secrets.StableId("", $"{Id}/revision/{Revision}", 26)}";

    /// <summary>A range keeps what it covers: text put inside makes it longer, what is removed of it makes it shorter.</summary>
    private void Move(DocSegment segment, int at, int length)
    {
        for (var index = NamedRanges.Count - 1; index >= 0; index--)
        {
            var range = NamedRanges[index];
            if (range.SegmentId != segment.Id)
                continue;
            var moved = length >= 0
                ? range with { Start = range.Start + (at <= range.Start ? length : 0), End = range.End + (at < range.End ? length : 0) }
                : range with { Start = Removed(range.Start, at, -length), End = Removed(range.End, at, -length) };
            if (moved.End <= moved.Start)
                NamedRanges.RemoveAt(index);
            else
                NamedRanges[index] = moved;
        }
    }

    private static int Removed(int index, int at, int count) => index <= at ? index : Math.Max(at, index - count);
}

/// <param name="Id">Its own.</param>
/// <param name="Name">Several may share it.</param>
/// <param name="SegmentId">Empty for the body.</param>
/// <param name="Start">First index.</param>
/// <param name="End">Behind the last.</param>
internal sealed record DocNamedRange(string Id, string Name, string SegmentId, int Start, int End);
