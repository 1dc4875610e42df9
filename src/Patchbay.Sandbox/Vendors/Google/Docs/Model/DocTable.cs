namespace Patchbay.Sandbox.Vendors.Google.Docs.Model;

/// <summary>Where the parts of one table are in its segment. Read again after every change.</summary>
/// <param name="Start">Index of the table.</param>
/// <param name="End">Behind its end.</param>
/// <param name="Rows">In order.</param>
internal sealed record DocTable(int Start, int End, IReadOnlyList<DocTableRow> Rows)
{
    public int Columns => Rows.Count == 0 ? 0 : Rows.Max(row => row.Cells.Count);

    /// <summary>Null when no table starts at the index.</summary>
    public static DocTable? Read(DocSegment segment, int start)
    {
        if (start < 0 || start >= segment.Length || segment[start].Value != DocMarks.Table)
            return null;
        var rows = new List<DocTableRow>();
        var index = start + 1;
        while (segment[index].Value == DocMarks.Row)
        {
            var (from, cells) = (index++, new List<DocTableCell>());
            while (segment[index].Value == DocMarks.Cell)
            {
                var cell = index++;
                while (segment[index].Value is not (DocMarks.Cell or DocMarks.Row or DocMarks.TableEnd))
                    index = segment[index].Value == DocMarks.Table ? Read(segment, index)!.End : index + 1;
                cells.Add(new DocTableCell(cell, index));
            }

            rows.Add(new DocTableRow(from, index, cells));
        }

        return new DocTable(start, index + 1, rows);
    }

    public static IReadOnlyList<DocUnit> NewRow(int columns) =>
        [new DocUnit(DocMarks.Row, DocUnit.Plain, new DocMark()), .. Enumerable.Range(0, columns).SelectMany(_ => NewCell())];

    public static IReadOnlyList<DocUnit> NewCell() => [new DocUnit(DocMarks.Cell, DocUnit.Plain, new DocMark()), DocSegment.LineEnd];

    public static IReadOnlyList<DocUnit> New(int rows, int columns) =>
    [
        new DocUnit(DocMarks.Table, DocUnit.Plain, new DocMark()),
        .. Enumerable.Range(0, rows).SelectMany(_ => NewRow(columns)),
        new DocUnit(DocMarks.TableEnd, DocUnit.Plain, new DocMark()),
    ];
}

/// <param name="Start">Index of the row.</param>
/// <param name="End">Behind its last cell.</param>
/// <param name="Cells">In order.</param>
internal sealed record DocTableRow(int Start, int End, IReadOnlyList<DocTableCell> Cells);

/// <param name="Start">Index of the cell; its first paragraph is one further.</param>
/// <param name="End">Behind its last line end.</param>
internal sealed record DocTableCell(int Start, int End);
