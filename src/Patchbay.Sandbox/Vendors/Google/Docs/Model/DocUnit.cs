namespace Patchbay.Sandbox.Vendors.Google.Docs.Model;

/// <summary>
/// One UTF-16 code unit of a segment. A document is kept as the flat run of units that Docs' indexes count: text, and one
/// unit for each thing that takes an index. The tree that the API shows is read out of it (<see cref="DocsShapes"/>).
/// </summary>
/// <param name="Value">Text, a line end, or one of <see cref="DocMarks"/>.</param>
/// <param name="Style">Text style as canonical JSON, so that equal styles are equal strings.</param>
/// <param name="Mark">Set on line ends (their paragraph) and on structure; null on text.</param>
internal readonly record struct DocUnit(char Value, string Style, DocMark? Mark = null)
{
    public const string Plain = "{}";

    public bool EndsParagraph => Value == '\n';

    public bool IsStructure => Value is DocMarks.Table or DocMarks.Row or DocMarks.Cell or DocMarks.TableEnd or DocMarks.Section;

    /// <summary>Stands inside a paragraph and is no text: a page break, a picture, a footnote's number, a person.</summary>
    public bool IsInline => Value is DocMarks.PageBreak or DocMarks.Picture or DocMarks.Footnote or DocMarks.Person;
}

/// <summary>Private-use characters, which Docs strips from inserted text: they can stand for structure.</summary>
internal static class DocMarks
{
    public const char Table = '\uE010';
    public const char TableEnd = '\uE011';
    public const char Row = '\uE012';
    public const char Cell = '\uE01C';
    public const char Section = '\uE003';
    public const char PageBreak = '\uE00C';
    public const char Picture = '\uE001';
    public const char Footnote = '\uE002';
    public const char Person = '\uE005';

    /// <summary>Line ends and marks: what a search for text never covers.</summary>
    public static readonly System.Buffers.SearchValues<char> NotText =
        System.Buffers.SearchValues.Create(['\n', Table, TableEnd, Row, Cell, Section, PageBreak, Picture, Footnote, Person]);
}

/// <summary>What belongs to a line end or a piece of structure.</summary>
internal sealed record DocMark
{
    /// <summary>Style of the paragraph, table, row, cell or section, or properties of a person; as JSON.</summary>
    public string Style { get; init; } = DocUnit.Plain;

    /// <summary>The list a paragraph is in.</summary>
    public string? ListId { get; init; }

    /// <summary>Nesting in the list, from 0.</summary>
    public int Level { get; init; }

    /// <summary>The picture or footnote.</summary>
    public string? ObjectId { get; init; }

    public static DocMark Paragraph { get; } = new() { Style = """{"namedStyleType":"NORMAL_TEXT","direction":"LEFT_TO_RIGHT"}""" };
}
