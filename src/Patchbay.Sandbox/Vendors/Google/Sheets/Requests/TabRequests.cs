using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors.Google.Sheets.Formulas;

namespace Patchbay.Sandbox.Vendors.Google.Sheets.Requests;

/// <summary>The sheets of a spreadsheet and what the spreadsheet says of itself.</summary>
internal static class TabRequests
{
    public static IEnumerable<KeyValuePair<string, Func<SheetRequest, JsonObject>>> All =>
    [
        new("addSheet", Add),
        new("deleteSheet", Delete),
        new("duplicateSheet", Duplicate),
        new("updateSheetProperties", Update),
        new("updateSpreadsheetProperties", UpdateBook),
        new("addNamedRange", AddName),
        new("updateNamedRange", UpdateName),
        new("deleteNamedRange", DeleteName),
    ];

    /// <summary>A new sheet as its properties describe it; also used when a spreadsheet is created.</summary>
    public static SheetInfo Described(JsonNode? properties, SheetInfo start) => start with
    {
        Title = properties.Text("title") is { Length: > 0 } title ? title : start.Title,
        Rows = Size(properties?["gridProperties"], "rowCount", start.Rows),
        Columns = Size(properties?["gridProperties"], "columnCount", start.Columns),
        FrozenRows = (properties?["gridProperties"]).Number("frozenRowCount") ?? start.FrozenRows,
        FrozenColumns = (properties?["gridProperties"]).Number("frozenColumnCount") ?? start.FrozenColumns,
        HideGridlines = (properties?["gridProperties"]).Flag("hideGridlines"),
        Hidden = properties.Flag("hidden"),
        RightToLeft = properties.Flag("rightToLeft"),
        TabColor = ((properties?["tabColorStyle"] as JsonObject)?["rgbColor"] ?? properties?["tabColor"])?.DeepClone() as JsonObject,
    };

    private static int Size(JsonNode? grid, string name, int otherwise) => grid.Number(name) is > 0 and <= A1.MostRows and var size ? size : otherwise;

    /// <summary>A number that no sheet has.</summary>
    public static int FreeId(IEnumerable<SheetInfo> sheets)
    {
        int id;
        do
            id = System.Security.Cryptography.RandomNumberGenerator.GetInt32(1, int.MaxValue);
        while (sheets.Any(sheet => sheet.SheetId == id));
        return id;
    }

    private static JsonObject Add(SheetRequest request)
    {
        var properties = request.Body["properties"] as JsonObject;
        var sheets = request.Book.Sheets;
        var id = properties.Number("sheetId") ?? FreeId(sheets);
        if (id < 0 || sheets.Any(sheet => sheet.SheetId == id))
            throw request.Refuse($"A sheet with the ID {id} already exists. Please use a different ID.");
        var number = sheets.Count + 1;
        while (request.Book.Sheet($"Sheet{number}") is not null)
            number++;
        var info = Described(properties, new SheetInfo { SheetId = id, Title = $"Sheet{number}" });
        DemandFree(request, info.Title, null);
        var index = properties.Number("index") ?? sheets.Count;
        request.Book.Add(info, index);
        return new JsonObject { ["properties"] = Shape(request.Book, id) };
    }

    private static JsonObject Delete(SheetRequest request)
    {
        var grid = request.Grid(request.Body);
        if (request.Book.Sheets.Count == 1)
            throw request.Refuse("You can't remove all the sheets in a document.");
        request.Book.Remove(grid.Info.SheetId);
        return [];
    }

    private static JsonObject Duplicate(SheetRequest request)
    {
        var source = request.Book.Grid(request.Body.Number("sourceSheetId") ?? 0) ?? throw request.Refuse($"No grid with id: {request.Body.Number("sourceSheetId")}");
        var title = request.Body.Text("newSheetName") is { Length: > 0 } named ? named : FreeTitle(request.Book, source.Info.Title);
        DemandFree(request, title, null);
        var id = request.Body.Number("newSheetId") ?? FreeId(request.Book.Sheets);
        if (request.Book.Grid(id) is not null)
            throw request.Refuse($"A sheet with the ID {id} already exists. Please use a different ID.");
        var copy = request.Book.Add(source.Info with { SheetId = id, Title = title }, request.Body.Number("insertSheetIndex") ?? 0);
        foreach (var (row, cells) in source.Rows)
        {
            foreach (var (column, cell) in cells)
                copy[row, column] = cell;
        }

        return new JsonObject { ["properties"] = Shape(request.Book, id) };
    }

    private static string FreeTitle(Workbook book, string title)
    {
        var copy = $"Copy of {title}";
        for (var number = 2; book.Sheet(copy) is not null; number++)
            copy = $"Copy of {title} {number}";
        return copy;
    }

    private static JsonObject Update(SheetRequest request)
    {
        var properties = request.Body["properties"] as JsonObject ?? throw request.Refuse("No properties specified.");
        var grid = request.Grid(properties);
        var fields = request.Fields();
        var (old, wanted) = (grid.Info, Described(properties, new SheetInfo { SheetId = grid.Info.SheetId, Title = grid.Info.Title, Rows = grid.Info.Rows, Columns = grid.Info.Columns }));
        bool Asks(string name) => fields.Below(name) is not null;
        bool AsksGrid(string name) => fields.Below("gridProperties") is { } inner && (!inner.Names.Any() || inner.Below(name) is not null);
        if (Asks("title") && wanted.Title != old.Title)
        {
            DemandFree(request, wanted.Title, old.SheetId);
            request.Book.EachFormula((_, formula) => FormulaShift.Renamed(formula, old.Title, wanted.Title));
        }

        var next = grid.Info with
        {
            Title = Asks("title") ? wanted.Title : old.Title,
            Hidden = Asks("hidden") ? wanted.Hidden : old.Hidden,
            RightToLeft = Asks("rightToLeft") ? wanted.RightToLeft : old.RightToLeft,
            TabColor = Asks("tabColor") || Asks("tabColorStyle") ? wanted.TabColor : old.TabColor,
            FrozenRows = AsksGrid("frozenRowCount") ? (properties["gridProperties"]).Number("frozenRowCount") ?? 0 : old.FrozenRows,
            FrozenColumns = AsksGrid("frozenColumnCount") ? (properties["gridProperties"]).Number("frozenColumnCount") ?? 0 : old.FrozenColumns,
            HideGridlines = AsksGrid("hideGridlines") ? wanted.HideGridlines : old.HideGridlines,
            Rows = AsksGrid("rowCount") ? wanted.Rows : old.Rows,
            Columns = AsksGrid("columnCount") ? wanted.Columns : old.Columns,
        };
        if (next.FrozenRows >= next.Rows || next.FrozenColumns >= next.Columns)
            throw request.Refuse("You can't freeze all visible rows or columns on the sheet.");
        // A smaller sheet loses what stood outside.
        foreach (var (row, column, _) in grid.Filled(new CellRange(0, 0, int.MaxValue, int.MaxValue)).Where(one => one.Row >= next.Rows || one.Column >= next.Columns).ToList())
            grid[row, column] = Cell.Empty;
        grid.Info = next;
        if (Asks("index") && properties.Number("index") is { } index)
            request.Book.Move(old.SheetId, index);
        return [];
    }

    private static JsonObject UpdateBook(SheetRequest request)
    {
        var properties = request.Body["properties"] as JsonObject ?? throw request.Refuse("No properties specified.");
        var fields = request.Fields();
        if (fields.Below("title") is not null && properties.Text("title") is { Length: > 0 } title)
            request.Book.Title = title;
        if (fields.Below("locale") is not null && properties.Text("locale") is { Length: > 0 and < 20 } locale)
            request.Book.Book = request.Book.Book with { Locale = locale };
        if (fields.Below("timeZone") is not null && properties.Text("timeZone") is { } zone)
            request.Book.Book = request.Book.Book with { TimeZone = Calendar.Zones.Find(zone) is not null ? zone : throw request.Refuse($"Invalid time zone: {zone}") };
        return [];
    }

    private static JsonObject AddName(SheetRequest request)
    {
        var named = (request.Body["namedRange"] as JsonObject)?.DeepClone() as JsonObject ?? throw request.Refuse("No namedRange specified.");
        DemandName(request, named);
        named["namedRangeId"] = named.Text("namedRangeId") is { Length: > 0 } given ? given : State.Secrets.StableId("", $"{request.Book.Book.Id}{request.Book.Book.NamedRanges.Count}{named.Text("name")}", 12).ToLowerInvariant();
        if (request.Book.NamedRange(named.Text("name")!) is not null || Index(request.Book, named.Text("namedRangeId")) >= 0)
            throw request.Refuse($"Cannot add named range. A named range with the name \"{named.Text("name")}\" already exists.");
        request.Book.Book = request.Book.Book with { NamedRanges = [.. request.Book.Book.NamedRanges.Select(one => one!.DeepClone()), named] };
        return new JsonObject { ["namedRange"] = named.DeepClone() };
    }

    private static JsonObject UpdateName(SheetRequest request)
    {
        var named = request.Body["namedRange"] as JsonObject ?? throw request.Refuse("No namedRange specified.");
        var index = Index(request.Book, named.Text("namedRangeId"));
        if (index < 0)
            throw request.Refuse($"No named range with id: {named.Text("namedRangeId")}");
        var fields = request.Fields();
        var names = (JsonArray)request.Book.Book.NamedRanges.DeepClone();
        foreach (var member in (string[])["name", "range"])
        {
            if (fields.Below(member) is not null && named[member] is { } value)
                names[index]![member] = value.DeepClone();
        }

        DemandName(request, names[index]!.AsObject());
        request.Book.Book = request.Book.Book with { NamedRanges = names };
        return [];
    }

    private static JsonObject DeleteName(SheetRequest request)
    {
        var index = Index(request.Book, request.Body.Text("namedRangeId"));
        if (index < 0)
            throw request.Refuse($"No named range with id: {request.Body.Text("namedRangeId")}");
        var names = (JsonArray)request.Book.Book.NamedRanges.DeepClone();
        names.RemoveAt(index);
        request.Book.Book = request.Book.Book with { NamedRanges = names };
        return [];
    }

    private static int Index(Workbook book, string? id) => book.Book.NamedRanges.Index().Where(one => one.Item.Text("namedRangeId") == id).Select(one => one.Index).DefaultIfEmpty(-1).First();

    private static void DemandName(SheetRequest request, JsonObject named)
    {
        var name = named.Text("name") ?? "";
        if (name.Length is 0 or > 250 || !(char.IsLetter(name[0]) || name[0] == '_') || !name.All(c => char.IsLetterOrDigit(c) || c is '_' or '.') || A1.Parse(name) is not null)
            throw request.Refuse($"\"{name}\" is not a valid name for a range.");
        if (named["range"] is not JsonObject range)
            throw request.Refuse("No range specified.");
        request.Grid(range);
    }

    private static void DemandFree(SheetRequest request, string title, int? except)
    {
        if (title.Length is 0 or > 100)
            throw request.Refuse("The sheet's title must have between 1 and 100 characters.");
        if (request.Book.Sheet(title) is { } there && there.SheetId != except)
            throw request.Refuse($"A sheet with the name \"{title}\" already exists. Please enter another name.");
    }

    private static JsonObject Shape(Workbook book, int id)
    {
        var (index, sheet) = book.Sheets.Index().Single(one => one.Item.SheetId == id);
        return SheetsShapes.Properties(sheet, index);
    }
}
