using System.Globalization;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Vendors.Google.Sheets;

/// <summary>Spreadsheets and their rows in the store. A row is a document, so that appending one writes one.</summary>
internal sealed class SheetsStore(Store store, LiveFeed live)
{
    public const string Slug = "sheets";
    private readonly Collection<Spreadsheet> books = new(store, "sheets.book");
    private readonly Collection<StoredRow> rows = new(store, "sheets.row");

    public bool Empty => !books.Any();

    public void Clear()
    {
        books.Clear();
        rows.Clear();
    }

    public Spreadsheet? Get(string id) => books.Get(id);

    public IReadOnlyList<StoredRow> Rows(string id, int sheet) => rows.List(Parent(id, sheet));

    /// <summary>A new spreadsheet with one empty sheet, or the given ones.</summary>
    public Spreadsheet Create(string id, IReadOnlyList<SheetInfo>? sheets = null)
    {
        var book = new Spreadsheet { Id = id, Sheets = sheets ?? [new SheetInfo { SheetId = 0, Title = "Sheet1" }] };
        Put(book);
        return book;
    }

    public void Put(Spreadsheet book)
    {
        books.Put(book.Id, book);
        live.Changed(Slug);
    }

    public void PutRow(string id, int sheet, int index, IReadOnlyDictionary<int, Cell>? cells)
    {
        var key = $"{Parent(id, sheet)}/{index.ToString(CultureInfo.InvariantCulture)}";
        if (cells is null)
            rows.Delete(key);
        else
            rows.Put(key, new StoredRow(index, cells), Parent(id, sheet), index.ToString("D8", CultureInfo.InvariantCulture));
    }

    public void DeleteRows(string id, int sheet)
    {
        foreach (var row in Rows(id, sheet))
            PutRow(id, sheet, row.Index, null);
    }

    public void Delete(string id)
    {
        foreach (var sheet in Get(id)?.Sheets ?? [])
            DeleteRows(id, sheet.SheetId);
        books.Delete(id);
        live.Changed(Slug);
    }

    private static string Parent(string id, int sheet) => $"{id}/{sheet.ToString(CultureInfo.InvariantCulture)}";
}
