namespace Patchbay.Sandbox.Vendors.Google.Docs.Model;

/// <summary>A document as it is stored: units of one style as one run.</summary>
internal sealed record DocRecord
{
    public required string Id { get; init; }
    public required long Revision { get; init; }
    public int LastId { get; init; }
    public required IReadOnlyList<DocSegmentRecord> Segments { get; init; }
    public Dictionary<string, string> Lists { get; init; } = [];
    public IReadOnlyList<DocNamedRange> NamedRanges { get; init; } = [];
    public Dictionary<string, string> Pictures { get; init; } = [];
    public string Style { get; init; } = DocUnit.Plain;

    public static DocRecord Of(DocDocument document) => new()
    {
        Id = document.Id,
        Revision = document.Revision,
        LastId = document.LastId,
        Segments = [.. document.Segments.Select(segment => new DocSegmentRecord(segment.Id, segment.Kind, Runs(segment.Units)))],
        Lists = document.Lists,
        NamedRanges = document.NamedRanges,
        Pictures = document.Pictures,
        Style = document.Style,
    };

    public DocDocument Open()
    {
        var document = new DocDocument { Id = Id, Revision = Revision, LastId = LastId, Lists = new(Lists), NamedRanges = [.. NamedRanges], Pictures = new(Pictures), Style = Style };
        foreach (var segment in Segments)
            document.Add(new DocSegment(segment.Id, segment.Runs.SelectMany(run => run.Units)) { Kind = segment.Kind });
        return document;
    }

    private static List<DocRun> Runs(IReadOnlyList<DocUnit> units)
    {
        var runs = new List<DocRun>();
        var start = 0;
        for (var index = 0; index < units.Count; index++)
        {
            // A mark belongs to the last unit of its run.
            if (index + 1 < units.Count && units[index].Mark is null && units[index + 1].Style == units[index].Style)
                continue;
            runs.Add(new DocRun(string.Concat(units.Skip(start).Take(index + 1 - start).Select(unit => unit.Value)), units[index].Style, units[index].Mark));
            start = index + 1;
        }

        return runs;
    }
}

internal sealed record DocSegmentRecord(string Id, string Kind, IReadOnlyList<DocRun> Runs);

/// <param name="Text">One unit or more.</param>
/// <param name="Style">Of all of them.</param>
/// <param name="Mark">Of the last.</param>
internal sealed record DocRun(string Text, string Style, DocMark? Mark)
{
    public IEnumerable<DocUnit> Units => Text.Select((value, index) => new DocUnit(value, Style, index == Text.Length - 1 ? Mark : null));
}
