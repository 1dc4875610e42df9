using Patchbay.Sandbox.Vendors.Google.Drive;
using Patchbay.Sandbox.Vendors.Google.Sheets.Values;

namespace Patchbay.Sandbox.Vendors.Google.Sheets;

/// <summary>Two spreadsheets of Northwind: the orders of the season with sums, and a price list.</summary>
internal static class SheetsSeed
{
    public static void Plant(DriveFiles files, SheetsStore books, GoogleAccounts accounts, TimeProvider time)
    {
        var id = DriveSeed.Id("sheet/orders");
        if (!books.Empty || files.Get(DriveSeed.Operations) is null || accounts.ByEmail("mara@northwind.example") is not { } mara || accounts.ByEmail("tom@northwind.example") is not { } tom)
            return;
        Write(files, books, time, mara, "Orders 2026", DriveSeed.Operations, id, ("Orders",
        [
            ["Date", "Customer", "Goods", "Crates", "Price", "Total"],
            ["2026-05-04", "Fern & Co", "Oat", "30", "$18.50", "=D2*E2"],
            ["2026-05-04", "Fern & Co", "Almond", "12", "$24.00", "=D3*E3"],
            ["2026-05-11", "Little Mill", "Oat", "18", "$18.50", "=D4*E4"],
            ["2026-05-18", "Harbor Line", "Hazelnut", "6", "$27.25", "=D5*E5"],
            ["2026-05-26", "Café Nord", "Oat", "9", "$19.00", "=D6*E6"],
        ]), ("Summary",
        [
            ["Customer", "Crates", "Total"],
            ["Fern & Co", "=SUMIF(Orders!B:B,A2,Orders!D:D)", "=SUMIF(Orders!B:B,A2,Orders!F:F)"],
            ["Little Mill", "=SUMIF(Orders!B:B,A3,Orders!D:D)", "=SUMIF(Orders!B:B,A3,Orders!F:F)"],
            ["Harbor Line", "=SUMIF(Orders!B:B,A4,Orders!D:D)", "=SUMIF(Orders!B:B,A4,Orders!F:F)"],
            ["Café Nord", "=SUMIF(Orders!B:B,A5,Orders!D:D)", "=SUMIF(Orders!B:B,A5,Orders!F:F)"],
            ["All", "=SUM(B2:B5)", "=SUM(C2:C5)"],
        ]));
        Write(files, books, time, tom, "Price list", DriveSeed.Operations, DriveSeed.Id("sheet/prices"), ("Prices",
        [
            ["Goods", "Per crate", "From 20 crates"],
            ["Oat", "$19.00", "=B2*0.95"],
            ["Almond", "$24.00", "=B3*0.95"],
            ["Hazelnut", "$27.25", "=B4*0.95"],
        ]));
    }

    private static void Write(DriveFiles files, SheetsStore books, TimeProvider time, GoogleAccount owner, string title, string folder, string id, params (string Title, string[][] Rows)[] sheets)
    {
        files.Create(owner, title, DriveMime.Spreadsheet, folder, id: id);
        var infos = sheets.Select((sheet, index) => new SheetInfo { SheetId = index, Title = sheet.Title, FrozenRows = 1 }).ToList();
        var book = new Workbook(books.Create(id, infos), title, books, time.GetUtcNow());
        foreach (var (index, sheet) in sheets.Index())
        {
            var grid = book.Grid(index)!;
            EnteredValues.Write(grid, 0, 0, [.. sheet.Rows.Select(row => row.Select(text => (Cell?)UserEntry.Read(text)).ToList())]);
            for (var column = 0; column < sheet.Rows[0].Length; column++)
                grid[0, column] = grid[0, column] with { Format = new System.Text.Json.Nodes.JsonObject { ["textFormat"] = new System.Text.Json.Nodes.JsonObject { ["bold"] = true } } };
        }

        book.Save();
    }
}
