using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.Google.Sheets;

/// <summary>A spreadsheet without its cells. Its title is the Drive file's name and stands nowhere else.</summary>
internal sealed record Spreadsheet
{
    /// <summary>Id of the Drive file.</summary>
    public required string Id { get; init; }

    public string Locale { get; init; } = "en_US";

    /// <summary>IANA name.</summary>
    public string TimeZone { get; init; } = "Europe/Berlin";

    /// <summary>In the order of their tabs.</summary>
    public required IReadOnlyList<SheetInfo> Sheets { get; init; }

    /// <summary>Each {namedRangeId, name, range}, as Sheets shows it.</summary>
    public JsonArray NamedRanges { get; init; } = [];
}

/// <summary>One sheet without its cells.</summary>
internal sealed record SheetInfo
{
    public required int SheetId { get; init; }
    public required string Title { get; init; }
    public int Rows { get; init; } = 1000;
    public int Columns { get; init; } = 26;
    public int FrozenRows { get; init; }
    public int FrozenColumns { get; init; }
    public bool Hidden { get; init; }
    public bool HideGridlines { get; init; }
    public bool RightToLeft { get; init; }

    /// <summary>Google's Color, or null.</summary>
    public JsonObject? TabColor { get; init; }

    public IReadOnlyList<CellRange> Merges { get; init; } = [];

    /// <summary>Pixel sizes and hiding of single rows, by index; the rest has the default.</summary>
    public IReadOnlyDictionary<int, JsonObject> RowMetadata { get; init; } = new Dictionary<int, JsonObject>();

    public IReadOnlyDictionary<int, JsonObject> ColumnMetadata { get; init; } = new Dictionary<int, JsonObject>();

    /// <summary>What is kept and shown but has no effect here, under the names Sheets gives it: conditionalFormats, protectedRanges, basicFilter, charts, bandedRanges, filterViews.</summary>
    public JsonObject Extras { get; init; } = [];
}

/// <summary>What somebody put into a cell. At most one of number, text, flag and formula is set.</summary>
internal sealed record Cell
{
    public double? Number { get; init; }
    public string? Text { get; init; }
    public bool? Flag { get; init; }

    /// <summary>With its equals sign.</summary>
    public string? Formula { get; init; }

    /// <summary>Google's CellFormat.</summary>
    public JsonObject? Format { get; init; }

    public string? Note { get; init; }

    /// <summary>Google's DataValidationRule. Kept and shown; nothing is refused by it.</summary>
    public JsonObject? Validation { get; init; }

    public static Cell Empty { get; } = new();

    /// <summary>Has a value; formats and notes do not count.</summary>
    public bool HasValue => Number is not null || Text is not null || Flag is not null || Formula is not null;

    public bool IsNothing => !HasValue && Format is null && Note is null && Validation is null;

    public Cell WithoutValue() => this with { Number = null, Text = null, Flag = null, Formula = null };

    /// <summary>The value of another, the looks of this.</summary>
    public Cell WithValueOf(Cell other) => this with { Number = other.Number, Text = other.Text, Flag = other.Flag, Formula = other.Formula };
}

/// <summary>A row as it is stored: its cells by column.</summary>
internal sealed record StoredRow(int Index, IReadOnlyDictionary<int, Cell> Cells);

/// <summary>Rows and columns from (inclusive) to (exclusive), both from 0, within the sheet.</summary>
internal readonly record struct CellRange(int Row, int Column, int EndRow, int EndColumn)
{
    public int Rows => EndRow - Row;

    public int Columns => EndColumn - Column;

    public bool Contains(int row, int column) => row >= Row && row < EndRow && column >= Column && column < EndColumn;

    public bool Meets(CellRange other) => Row < other.EndRow && other.Row < EndRow && Column < other.EndColumn && other.Column < EndColumn;
}
