using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Pages;
using Patchbay.Sandbox.State;
using Patchbay.Sandbox.Vendors.Google.Drive;
using Patchbay.Sandbox.Vendors.Google.Sheets.Values;

namespace Patchbay.Sandbox.Vendors.Google.Sheets;

/// <summary>/world/sheets: the spreadsheets in everybody's Drive, one sheet at a time as a grid.</summary>
internal sealed class SheetsPage(SheetsStore books, DriveFiles files, GoogleAccounts accounts, Store store, WorldShell shell, TimeProvider time)
{
    private const int MostRows = 200;
    private const int MostColumns = 40;

    private static readonly Html Tile = Html.Of($"""
        <svg class="glyph tile sheets" viewBox="0 0 32 32" aria-hidden="true"><rect x=".5" y=".5" width="31" height="31" rx="8"/><path d="M8.5 9.5h15v13h-15zM8.5 14h15M8.5 18.25h15M14.5 9.5v13"/></svg>
        """);

    private static readonly Html SheetIcon = Html.Of($"""<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M4.5 5h15v14h-15zM4.5 10h15M4.5 14.5h15M10.5 5v14"/></svg>""");

    public WorldPage Page => new(SheetsStore.Slug, "Google Sheets", "Spreadsheets that calculate, as their readers see them.", Tile, ShowAsync)
    {
        Actions = new Dictionary<string, Func<HttpContext, IFormCollection, Task>> { ["cell"] = CellAsync },
    };

    private Task ShowAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var all = files.All().Where(file => file.MimeType == DriveMime.Spreadsheet && !file.Trashed).OrderByDescending(file => file.Modified).ThenBy(file => file.Name, StringComparer.Ordinal).ToList();
        var file = all.FirstOrDefault(one => one.Id == query["spreadsheet"].ToString()) ?? all.FirstOrDefault();
        var book = file is null ? null : Open(file);
        var sheet = book?.Sheets.FirstOrDefault(one => one.SheetId.ToString(CultureInfo.InvariantCulture) == query["sheet"].ToString()) ?? book?.Sheets[0];
        return shell.Of(new WorldView
        {
            Vendor = GoogleOAuth.Vendor,
            Imitates = "Google Sheets",
            Slug = SheetsStore.Slug,
            Style = "sheets.css",
            Hosts = [SheetsVendor.Host, "oauth2.googleapis.com", GoogleOAuth.Host],
            Title = file is null ? "Sheets" : $"{file.Name} in Sheets",
            Side = Side(all, file),
            Middle = book is null || sheet is null
                ? Html.Of($"""<header class="middle-head"><h1>Sheets</h1></header><p class="empty letter">There is no spreadsheet. One that a flow makes shows up here.</p>""")
                : Middle(file!, book, book.Grid(sheet.SheetId)!, query["cell"].ToString()),
        }).WriteAsync(context);
    }

    private static Html Side(List<DriveFile> all, DriveFile? current) => Html.Of($"""
        <aside class="side" aria-label="Spreadsheets" data-live="side">
        <div class="side-head">{Tile}<span><b>Google Sheets</b><span>Everybody's spreadsheets</span></span></div>
        <nav aria-label="Spreadsheets"><h2>Spreadsheets</h2><ul>{all.Take(60).Select(file => Html.Of($"""
        <li><a href="/world/sheets?spreadsheet={file.Id}"{(file.Id == current?.Id ? Html.Of($""" aria-current="page" """) : Html.Empty)}>{SheetIcon}<span class="name">{file.Name}</span></a></li>
        """))}</ul></nav>
        <nav aria-label="Other places"><h2>Elsewhere</h2><ul><li><a href="/world/">{Icons.Back}<span class="name">All worlds</span></a></li></ul></nav>
        </aside>
        """);

    private Html Middle(DriveFile file, Workbook book, SheetGrid grid, string chosen)
    {
        var (row, column) = A1.Parse(chosen) is { Single: true } at ? (at.Row!.Value, at.Column!.Value) : (0, 0);
        var cell = grid[row, column];
        var entered = cell.Formula ?? (cell.HasValue ? Workbook.Shown(cell, book.ValueAt(grid, row, column)) : "");
        return Html.Of($"""
            <header class="middle-head" data-live="head"><h1>{file.Name}</h1><p class="meta">of {accounts.Get(file.Owner)?.Name ?? "somebody"} · {grid.Info.Rows} × {grid.Info.Columns} · {file.Modified.ToString("d MMM HH:mm", CultureInfo.InvariantCulture)}</p></header>
            <form class="formula-bar" method="post" action="/world/sheets/cell">{shell.GuardField}<input type="hidden" name="spreadsheet" value="{file.Id}"><input type="hidden" name="sheet" value="{grid.Info.SheetId}">
            <input class="where" name="cell" value="{A1.Cell(row, column)}" required maxlength="10" autocomplete="off" aria-label="Cell"><input class="field" name="value" value="{entered}" maxlength="2000" autocomplete="off" aria-label="Value or formula"><button class="button small">Set</button></form>
            <div class="scroll sheet-scroll" tabindex="0" role="region" aria-label="Cells"><div data-live="grid">{Table(file, book, grid, (row, column))}</div></div>
            <nav class="sheet-tabs" aria-label="Sheets" data-live="tabs"><ul>{book.Sheets.Where(sheet => !sheet.Hidden).Select(sheet => Html.Of($"""<li><a href="{Link(file, sheet)}"{(sheet.SheetId == grid.Info.SheetId ? Html.Of($""" aria-current="page" """) : Html.Empty)}>{sheet.Title}</a></li>"""))}</ul></nav>
            """);
    }

    private static Html Table(DriveFile file, Workbook book, SheetGrid grid, (int Row, int Column) chosen)
    {
        var filled = grid.Rows.SelectMany(row => row.Value.Where(cell => cell.Value.HasValue).Select(cell => cell.Key + 1)).DefaultIfEmpty().Max();
        var columns = Math.Min(Math.Min(grid.Info.Columns, MostColumns), Math.Max(8, filled + 1));
        var rows = Math.Min(Math.Min(grid.Info.Rows, MostRows), Math.Max(20, grid.FilledRows + 3));
        return Html.Of($"""
            <table class="sheet-grid"><thead><tr><th aria-label="Rows"></th>{Enumerable.Range(0, columns).Select(column => Html.Of($"""<th scope="col">{A1.Column(column)}</th>"""))}</tr></thead>
            <tbody>{Enumerable.Range(0, rows).Select(row => Html.Of($"""<tr><th scope="row">{row + 1}</th>{Enumerable.Range(0, columns).Select(column => Cell(file, book, grid, row, column, (row, column) == chosen))}</tr>"""))}</tbody></table>
            {Html.If(grid.FilledRows > MostRows, $"""<p class="empty letter">{grid.FilledRows - MostRows} more rows are not shown.</p>""")}
            """);
    }

    private static Html Cell(DriveFile file, Workbook book, SheetGrid grid, int row, int column, bool chosen)
    {
        if (grid.Info.Merges.FirstOrDefault(merge => merge.Contains(row, column)) is { Rows: > 0 } merged && (merged.Row, merged.Column) != (row, column))
            return Html.Empty;
        var cell = grid[row, column];
        var value = book.ValueAt(grid, row, column);
        var look = (value.Kind is ValueKind.Number ? "number" : value.Kind is ValueKind.Flag ? "flag" : value.IsError ? "wrong" : "")
            + ((cell.Format?["textFormat"]).Flag("bold") ? " bold" : "") + ((cell.Format?["textFormat"]).Flag("italic") ? " italic" : "") + (row < grid.Info.FrozenRows ? " frozen" : "") + (chosen ? " chosen" : "");
        var span = grid.Info.Merges.FirstOrDefault(merge => merge.Row == row && merge.Column == column);
        var spans = span.Rows > 0 ? Html.Of($""" rowspan="{span.Rows}" colspan="{span.Columns}" """) : Html.Empty;
        var shown = Workbook.Shown(cell, value);
        var why = value.Error?.Message ?? cell.Note ?? "";
        return Html.Of($"""<td class="{look}"{spans}{(why.Length > 0 ? Html.Of($""" title="{why}" """) : Html.Empty)}><a href="{Link(file, grid.Info)}&cell={A1.Cell(row, column)}" aria-label="{A1.Cell(row, column)} {shown}">{shown}</a></td>""");
    }

    private Task CellAsync(HttpContext context, IFormCollection form)
    {
        var file = files.Get(form["spreadsheet"].ToString());
        var place = A1.Parse(form["cell"].ToString());
        if (file is { MimeType: DriveMime.Spreadsheet } && accounts.Get(file.Owner) is { } owner && place is { Single: true, Sheet: null }
            && int.TryParse(form["sheet"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var sheet))
            store.Atomic(() =>
            {
                var book = Open(file);
                if (book.Grid(sheet) is not { } grid || place.Row >= grid.Info.Rows || place.Column >= grid.Info.Columns)
                    return;
                EnteredValues.Write(grid, place.Row!.Value, place.Column!.Value, [[UserEntry.Read(form["value"].ToString())]]);
                book.Save();
                files.Touch(file, owner);
            });
        context.Response.Redirect($"/world/sheets?spreadsheet={Uri.EscapeDataString(form["spreadsheet"].ToString())}&sheet={Uri.EscapeDataString(form["sheet"].ToString())}&cell={Uri.EscapeDataString(form["cell"].ToString())}");
        return Task.CompletedTask;
    }

    private Workbook Open(DriveFile file) => new(books.Get(file.Id) ?? new Spreadsheet { Id = file.Id, Sheets = [new SheetInfo { SheetId = 0, Title = "Sheet1" }] }, file.Name, books, time.GetUtcNow());

    private static string Link(DriveFile file, SheetInfo sheet) => $"/world/sheets?spreadsheet={file.Id}&sheet={sheet.SheetId.ToString(CultureInfo.InvariantCulture)}";
}
