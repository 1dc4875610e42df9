using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.State;
using Patchbay.Sandbox.Vendors.Google.Drive;
using Patchbay.Sandbox.Vendors.Google.Sheets.Methods;
using Patchbay.Sandbox.Vendors.Google.Sheets.Requests;
using Patchbay.Sandbox.Vendors.Google.Sheets.Values;

namespace Patchbay.Sandbox.Vendors.Google.Sheets;

/// <summary>Google Sheets: sheets.googleapis.com. A spreadsheet is a Drive file. What is faithful and what is not stands in this folder's README.</summary>
internal sealed class SheetsVendor : IVendor, IDriveProduct
{
    public const string Host = "sheets.googleapis.com";
    private readonly GoogleAccounts accounts;
    private readonly GoogleCalls calls;
    private readonly DriveFiles files;
    private readonly DriveDoor door;
    private readonly SheetsStore books;
    private readonly TimeProvider time;
    private readonly SheetsMethod[] methods;

    public SheetsVendor(Store store, OAuthStore oauth, LiveFeed live, Pages.WorldShell shell, TimeProvider time)
    {
        this.time = time;
        accounts = new GoogleAccounts(store);
        calls = new GoogleCalls(new GoogleBearer(oauth, accounts), store, Host);
        files = new DriveFiles(store, live, time);
        door = new DriveDoor(files, time);
        books = new SheetsStore(store, live);
        World = new SheetsPage(books, files, accounts, store, shell, time).Page;
        ISheetsMethods[] families = [new SpreadsheetMethods(), new ValueMethods()];
        methods = [.. families.SelectMany(family => family.Methods)];
    }

    public string Name => GoogleOAuth.Vendor;

    public IReadOnlyList<string> Hosts { get; } = [Host];

    public WorldPage? World { get; }

    public string MimeType => DriveMime.Spreadsheet;

    public IReadOnlyList<string> ExportTypes { get; } = ["text/csv", "text/tab-separated-values"];

    public IReadOnlyList<string> ImportTypes { get; } = ["text/csv", "text/tab-separated-values"];

    public void Map(VendorRoutes routes)
    {
        routes.Post(Host, "/v4/spreadsheets", CreateAsync);
        routes.Post(Host, "/v4/spreadsheets/{id}/sheets/{sheet}:copyTo", CopySheetAsync);
        foreach (var method in methods)
        {
            Action<string, string, RequestDelegate> map = method.Verb switch
            {
                "GET" => routes.Get,
                "PUT" => routes.Put,
                _ => routes.Post,
            };
            map(Host, "/v4/spreadsheets" + method.Path, context => RunAsync(context, method));
        }
    }

    public void Seed()
    {
        DriveSeed.Ensure(files, accounts, time);
        SheetsSeed.Plant(files, books, accounts, time);
    }

    public void Clear() => books.Clear();

    public Task NotFoundAsync(HttpContext context) => GooglePages.NotFoundAsync(context);

    public Task FailAsync(HttpContext context, int status) => GooglePages.FailAsync(context, status);

    public byte[] Export(DriveFile file, string mimeType)
    {
        var book = Open(file);
        var grid = book.Grid(book.Sheets[0].SheetId)!;
        var width = grid.Rows.SelectMany(row => row.Value.Where(cell => cell.Value.HasValue).Select(cell => cell.Key + 1)).DefaultIfEmpty().Max();
        var lines = Enumerable.Range(0, grid.FilledRows).Select(row => Enumerable.Range(0, width).Select(column => Workbook.Shown(grid[row, column], book.ValueAt(grid, row, column))));
        return Encoding.UTF8.GetBytes(Delimited.Write(lines, mimeType == "text/csv" ? ',' : '\t'));
    }

    public void CreateEmpty(DriveFile file) => books.Create(file.Id);

    public void Import(DriveFile file, byte[] content, string mimeType)
    {
        books.Delete(file.Id);
        books.Create(file.Id);
        var book = Open(file);
        var grid = book.Grid(0)!;
        var lines = Delimited.Read(Encoding.UTF8.GetString(content).TrimStart('\uFEFF'), mimeType == "text/csv" ? ',' : '\t');
        grid.Grow(lines.Count, lines.Select(line => line.Count).DefaultIfEmpty().Max());
        EnteredValues.Write(grid, 0, 0, [.. lines.Select(line => line.Select(text => (Cell?)UserEntry.Read(text)).ToList())]);
        book.Save();
    }

    public void Copy(DriveFile from, DriveFile to)
    {
        if (books.Get(from.Id) is not { } source)
            return;
        books.Put(source with { Id = to.Id });
        foreach (var sheet in source.Sheets)
        {
            foreach (var row in books.Rows(from.Id, sheet.SheetId))
                books.PutRow(to.Id, sheet.SheetId, row.Index, row.Cells);
        }
    }

    public void Delete(string fileId) => books.Delete(fileId);

    public string Text(DriveFile file)
    {
        var book = Open(file);
        return string.Join('\n', book.Sheets.SelectMany(sheet => book.Grid(sheet.SheetId)!.Filled(new CellRange(0, 0, 2_000, 200))
            .Select(one => one.Cell.Text ?? Workbook.Shown(one.Cell, book.ValueAt(book.Grid(sheet.SheetId)!, one.Row, one.Column)))));
    }

    public string WorldAddress(DriveFile file) => $"/world/sheets?spreadsheet={file.Id}";

    public string WebViewLink(string fileId) => $"https://docs.google.com/spreadsheets/d/{fileId}/edit?usp=drivesdk";

    private Workbook Open(DriveFile file) => new(books.Get(file.Id) ?? books.Create(file.Id), file.Name, books, time.GetUtcNow());

    private Task CreateAsync(HttpContext context) => AnswerAsync(context, "SpreadsheetsService.CreateSpreadsheet", writes: true, (caller, body) =>
    {
        var properties = body["properties"] as JsonObject;
        var title = properties.Text("title") is { Length: > 0 } given ? given : "Untitled spreadsheet";
        var sheets = new List<SheetInfo>();
        foreach (var (index, sheet) in (body["sheets"] as JsonArray ?? []).Index())
        {
            var described = sheet.Child("properties") as JsonObject;
            var info = TabRequests.Described(described, new SheetInfo { SheetId = described.Number("sheetId") ?? (index == 0 ? 0 : TabRequests.FreeId(sheets)), Title = $"Sheet{index + 1}" });
            if (sheets.Any(one => one.SheetId == info.SheetId))
                throw SheetsErrors.Invalid($"Invalid sheets[{index}]: A sheet with the ID {info.SheetId} already exists. Please use a different ID.");
            if (sheets.Any(one => string.Equals(one.Title, info.Title, StringComparison.OrdinalIgnoreCase)))
                throw SheetsErrors.Invalid($"Invalid sheets[{index}]: A sheet with the name \"{info.Title}\" already exists. Please enter another name.");
            sheets.Add(info);
        }

        var file = files.Create(caller.Account, title, DriveMime.Spreadsheet, client: caller.ClientId);
        var made = books.Create(file.Id, sheets.Count > 0 ? sheets : null) with
        {
            Locale = properties.Text("locale") is { Length: > 0 and < 20 } locale ? locale : "en_US",
            TimeZone = Calendar.Zones.Find(properties.Text("timeZone"))?.Id ?? "Etc/GMT",
        };
        var book = new Workbook(made, title, books, time.GetUtcNow());
        // Cells may come along with the sheets.
        foreach (var (index, sheet) in (body["sheets"] as JsonArray ?? []).Index())
        {
            foreach (var data in (sheet.Child("data") as JsonArray ?? []).OfType<JsonObject>())
            {
                SheetRequests.Run(book, new JsonObject
                {
                    ["updateCells"] = new JsonObject
                    {
                        ["start"] = new JsonObject { ["sheetId"] = made.Sheets[index].SheetId, ["rowIndex"] = data.Number("startRow") ?? 0, ["columnIndex"] = data.Number("startColumn") ?? 0 },
                        ["rows"] = data["rowData"]?.DeepClone(),
                        ["fields"] = "userEnteredValue,userEnteredFormat,note,dataValidation",
                    },
                }, index);
            }
        }

        book.Save();
        return GoogleAnswer.Ok(SheetsShapes.Book(book, title, [], withCells: false));
    });

    private Task CopySheetAsync(HttpContext context) => AnswerAsync(context, "SpreadsheetsService.CopySheet", writes: true, (caller, body) =>
    {
        var (from, refusal) = door.Open(caller, Route(context, "id"), DriveMime.Spreadsheet, DriveRole.Reader, SheetsScopes.Whole);
        var (to, other) = door.Open(caller, body.Text("destinationSpreadsheetId") ?? "", DriveMime.Spreadsheet, DriveRole.Writer, SheetsScopes.Whole);
        if (from is null || to is null)
            return (refusal ?? other)!;
        var (source, target) = (Open(from), Open(to));
        if (!int.TryParse(Route(context, "sheet"), out var sheetId) || source.Grid(sheetId) is not { } grid)
            throw SheetsErrors.Invalid($"The source sheet does not exist: {Route(context, "sheet")}");
        var title = $"Copy of {grid.Info.Title}";
        for (var number = 2; target.Sheet(title) is not null; number++)
            title = $"Copy of {grid.Info.Title} {number}";
        var copy = target.Add(grid.Info with { SheetId = TabRequests.FreeId(target.Sheets), Title = title }, target.Sheets.Count);
        foreach (var (row, cells) in grid.Rows)
        {
            foreach (var (column, cell) in cells)
                copy[row, column] = cell;
        }

        target.Save();
        files.Touch(to, caller.Account);
        return GoogleAnswer.Ok(SheetsShapes.Properties(copy.Info, target.Sheets.Count - 1));
    });

    private Task RunAsync(HttpContext context, SheetsMethod method) => AnswerAsync(context, method.Name, method.Writes, (caller, body) =>
    {
        var (file, refusal) = door.Open(caller, Route(context, "id"), DriveMime.Spreadsheet, method.Writes ? DriveRole.Writer : DriveRole.Reader, SheetsScopes.Whole);
        if (file is null)
            return refusal!;
        var book = Open(file);
        var answer = method.Run(new SheetsCall(context, caller, body, file.Id, Route(context, "range")), book);
        if (method.Writes)
        {
            book.Save();
            files.Touch(book.Title == file.Name ? file : file with { Name = book.Title }, caller.Account);
        }

        return answer;
    });

    private Task AnswerAsync(HttpContext context, string method, bool writes, Func<GoogleCaller, JsonObject, GoogleAnswer> run) =>
        calls.AnswerAsync(context, "google.apps.sheets.v4." + method, writes ? SheetsScopes.Write : SheetsScopes.Read, run);

    // A slash within a sheet's title stays escaped in a route value.
    private static string Route(HttpContext context, string name) => ((string?)context.Request.RouteValues[name] ?? "").Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
}
