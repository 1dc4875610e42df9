namespace Patchbay.Sandbox.Vendors.Google.Docs.Model;

/// <summary>The body, a header, a footer or a footnote: units with indexes of their own.</summary>
/// <param name="id">Empty for the body.</param>
/// <param name="units">It always ends with a line end.</param>
internal sealed class DocSegment(string id, IEnumerable<DocUnit> units)
{
    /// <summary>Characters; Google takes twice as many, in a document as a whole.</summary>
    public const int Longest = 500_000;

    private readonly List<DocUnit> units = [.. units];

    public string Id => id;

    /// <summary>Body, header, footer or footnote.</summary>
    public required string Kind { get; init; }

    public int Length => units.Count;

    /// <summary>Named ranges follow what is inserted (length above 0) and removed (below 0).</summary>
    public event Action<DocSegment, int, int>? Moved;

    public DocUnit this[int index]
    {
        get => units[index];
        set => units[index] = value;
    }

    public IReadOnlyList<DocUnit> Units => units;

    public static DocSegment Empty(string id, string kind) => new(id, kind == "body"
        ? [new DocUnit(DocMarks.Section, DocUnit.Plain, new DocMark { Style = """{"columnSeparatorStyle":"NONE","contentDirection":"LEFT_TO_RIGHT","sectionType":"CONTINUOUS"}""" }), LineEnd]
        : [LineEnd])
    {
        Kind = kind,
    };

    public static DocUnit LineEnd { get; } = new('\n', DocUnit.Plain, DocMark.Paragraph);

    public void Insert(int index, IReadOnlyList<DocUnit> more)
    {
        if (units.Count + more.Count > Longest)
            throw new GoogleRefusalException(GoogleAnswer.Invalid("The document would be too large."));
        units.InsertRange(index, more);
        Moved?.Invoke(this, index, more.Count);
    }

    public void Remove(int index, int count)
    {
        units.RemoveRange(index, count);
        Moved?.Invoke(this, index, -count);
    }

    /// <summary>Index of the line end of the paragraph that an index is in.</summary>
    public int ParagraphEnd(int index)
    {
        while (!units[index].EndsParagraph)
            index++;
        return index;
    }

    public int ParagraphStart(int index)
    {
        while (index > 0 && !units[index - 1].EndsParagraph && !units[index - 1].IsStructure)
            index--;
        return index;
    }

    /// <summary>Line ends of the paragraphs that a range touches.</summary>
    public IEnumerable<int> ParagraphEnds(int start, int end)
    {
        var index = start;
        while (index < end && index < units.Count)
        {
            if (units[index].IsStructure)
            {
                index++;
                continue;
            }

            var last = ParagraphEnd(index);
            yield return last;
            index = last + 1;
        }
    }

    /// <summary>The index is between the two halves of one character.</summary>
    public bool SplitsCharacter(int index) =>
        index > 0 && index < units.Count && char.IsLowSurrogate(units[index].Value) && char.IsHighSurrogate(units[index - 1].Value);

    public string Text(int start, int end) => string.Concat(units.Skip(start).Take(end - start).Select(unit => unit.Value));
}
