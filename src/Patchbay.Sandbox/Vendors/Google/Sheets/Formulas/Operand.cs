using Patchbay.Sandbox.Vendors.Google.Sheets.Values;

namespace Patchbay.Sandbox.Vendors.Google.Sheets.Formulas;

/// <summary>What a part of a formula gives: one value, or a block of them.</summary>
/// <param name="Single">The value; of a block its first.</param>
/// <param name="Block">Set for a range or an array.</param>
internal readonly record struct Operand(CellValue Single, Block? Block = null)
{
    public static implicit operator Operand(CellValue value) => new(value);

    /// <summary>All values, of a range only those of cells that hold something.</summary>
    public IEnumerable<CellValue> Values => Block?.Filled ?? [Single];
}

/// <summary>A block of values.</summary>
/// <param name="Rows">Height.</param>
/// <param name="Columns">Width.</param>
/// <param name="At">The value at a row and a column, from 0.</param>
/// <param name="FilledRows">Rows below this one are empty: nobody has to look at a million of them.</param>
internal sealed record Block(int Rows, int Columns, Func<int, int, CellValue> At, int FilledRows)
{
    /// <summary>Where it stands on its sheet; null for an array.</summary>
    public (int Row, int Column)? Place { get; init; }

    public IEnumerable<CellValue> Filled => Cells().Where(value => value.Kind != ValueKind.Empty);

    /// <summary>Row by row, without the empty rows below the last filled one.</summary>
    public IEnumerable<CellValue> Cells()
    {
        for (var row = 0; row < Math.Min(Rows, FilledRows); row++)
        {
            for (var column = 0; column < Columns; column++)
                yield return At(row, column);
        }
    }
}
