using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Google.Sheets.Requests;

/// <summary>What is kept on a sheet and shown, but has no effect here: rules, protection, filters, charts, bands.</summary>
internal static class ExtraRequests
{
    /// <param name="List">Where Sheets shows it.</param>
    /// <param name="Member">What a request and a reply call it.</param>
    /// <param name="IdName">Of its number.</param>
    private sealed record Kind(string List, string Member, string IdName);

    private static readonly Kind Protection = new("protectedRanges", "protectedRange", "protectedRangeId");
    private static readonly Kind Chart = new("charts", "chart", "chartId");
    private static readonly Kind Band = new("bandedRanges", "bandedRange", "bandedRangeId");
    private static readonly Kind FilterView = new("filterViews", "filter", "filterViewId");

    public static IEnumerable<KeyValuePair<string, Func<SheetRequest, JsonObject>>> All =>
    [
        new("addConditionalFormatRule", AddRule),
        new("updateConditionalFormatRule", UpdateRule),
        new("deleteConditionalFormatRule", DeleteRule),
        new("setBasicFilter", SetFilter),
        new("clearBasicFilter", request =>
        {
            Change(request.Grid(request.Body), extras => extras.Remove("basicFilter"));
            return [];
        }),
        new("addProtectedRange", request => Add(request, Protection)),
        new("updateProtectedRange", request => Update(request, Protection)),
        new("deleteProtectedRange", request => Delete(request, Protection, request.Body.Number("protectedRangeId"))),
        new("addBanding", request => Add(request, Band)),
        new("updateBanding", request => Update(request, Band)),
        new("deleteBanding", request => Delete(request, Band, request.Body.Number("bandedRangeId"))),
        new("addFilterView", request => Add(request, FilterView)),
        new("updateFilterView", request => Update(request, FilterView)),
        new("deleteFilterView", request => Delete(request, FilterView, request.Body.Number("filterId"))),
        new("addChart", AddChart),
        new("updateChartSpec", UpdateChart),
        new("deleteEmbeddedObject", request => Delete(request, Chart, request.Body.Number("objectId"))),
        new("addDimensionGroup", request =>
        {
            request.Dimension();
            return [];
        }),
    ];

    private static JsonObject AddRule(SheetRequest request)
    {
        var rule = request.Body["rule"] as JsonObject ?? throw request.Refuse("No rule specified.");
        if ((rule["booleanRule"] is null) == (rule["gradientRule"] is null))
            throw request.Refuse("A rule needs a booleanRule or a gradientRule.");
        var grid = request.Grid((rule["ranges"] as JsonArray)?.FirstOrDefault() ?? throw request.Refuse("The rule has no ranges."));
        Change(grid, extras => List(extras, "conditionalFormats").Insert(Math.Clamp(request.Body.Number("index") ?? 0, 0, List(extras, "conditionalFormats").Count), rule.DeepClone()));
        return [];
    }

    private static JsonObject UpdateRule(SheetRequest request)
    {
        var rule = request.Body["rule"] as JsonObject;
        var grid = request.Grid(rule is null ? request.Body : (rule["ranges"] as JsonArray)?.FirstOrDefault() ?? request.Body);
        var (index, reply) = (request.Body.Number("index") ?? 0, new JsonObject());
        Change(grid, extras =>
        {
            var rules = List(extras, "conditionalFormats");
            if (index < 0 || index >= rules.Count)
                throw request.Refuse($"No conditional format on sheet: {grid.Info.SheetId} at index: {index}");
            reply["oldRule"] = rules[index]!.DeepClone();
            var fresh = rule?.DeepClone() ?? rules[index]!.DeepClone();
            rules.RemoveAt(index);
            var to = Math.Clamp(request.Body.Number("newIndex") ?? index, 0, rules.Count);
            rules.Insert(to, fresh);
            reply["newRule"] = fresh.DeepClone();
            reply["newIndex"] = to;
        });
        return reply;
    }

    private static JsonObject DeleteRule(SheetRequest request)
    {
        var grid = request.Grid(request.Body);
        var (index, reply) = (request.Body.Number("index") ?? 0, new JsonObject());
        Change(grid, extras =>
        {
            var rules = List(extras, "conditionalFormats");
            if (index < 0 || index >= rules.Count)
                throw request.Refuse($"No conditional format on sheet: {grid.Info.SheetId} at index: {index}");
            reply["rule"] = rules[index]!.DeepClone();
            rules.RemoveAt(index);
        });
        return reply;
    }

    private static JsonObject SetFilter(SheetRequest request)
    {
        var filter = request.Body["filter"] as JsonObject ?? throw request.Refuse("No filter specified.");
        Change(request.Grid(filter["range"]), extras => extras["basicFilter"] = filter.DeepClone());
        return [];
    }

    private static JsonObject AddChart(SheetRequest request)
    {
        var chart = (request.Body["chart"] as JsonObject)?.DeepClone() as JsonObject ?? throw request.Refuse("No chart specified.");
        if (chart["spec"] is not JsonObject)
            throw request.Refuse("No chart spec specified.");
        SheetGrid grid;
        if ((chart["position"] as JsonObject).Flag("newSheet"))
        {
            var id = TabRequests.FreeId(request.Book.Sheets);
            grid = request.Book.Add(new SheetInfo { SheetId = id, Title = $"Chart{request.Book.Sheets.Count}" }, request.Book.Sheets.Count);
            chart["position"] = new JsonObject { ["sheetId"] = id };
        }
        else
        {
            grid = request.Grid(((chart["position"] as JsonObject)?["overlayPosition"] as JsonObject)?["anchorCell"]);
        }

        Numbered(request.Book, Chart, chart);
        Change(grid, extras => List(extras, Chart.List).Add((JsonNode)chart));
        return new JsonObject { ["chart"] = chart.DeepClone() };
    }

    private static JsonObject UpdateChart(SheetRequest request)
    {
        var id = request.Body.Number("chartId");
        var spec = request.Body["spec"] as JsonObject ?? throw request.Refuse("No spec specified.");
        On(request, Chart, id, (list, index) => list[index]!["spec"] = spec.DeepClone());
        return [];
    }

    private static JsonObject Add(SheetRequest request, Kind kind)
    {
        var item = (request.Body[kind.Member] as JsonObject)?.DeepClone() as JsonObject ?? throw request.Refuse($"No {kind.Member} specified.");
        var grid = request.Grid(item["range"]);
        Numbered(request.Book, kind, item);
        Change(grid, extras => List(extras, kind.List).Add((JsonNode)item));
        return new JsonObject { [kind.Member] = item.DeepClone() };
    }

    private static JsonObject Update(SheetRequest request, Kind kind)
    {
        var item = request.Body[kind.Member] as JsonObject ?? throw request.Refuse($"No {kind.Member} specified.");
        var fields = request.Fields();
        On(request, kind, item.Number(kind.IdName), (list, index) =>
        {
            foreach (var name in fields.Names.Contains("*") ? item.Select(one => one.Key).ToList() : [.. fields.Names])
            {
                if (item[name] is { } value)
                    list[index]![name] = value.DeepClone();
                else
                    list[index]!.AsObject().Remove(name);
            }
        });
        return [];
    }

    private static JsonObject Delete(SheetRequest request, Kind kind, int? id)
    {
        On(request, kind, id, (list, index) => list.RemoveAt(index));
        return [];
    }

    private static void On(SheetRequest request, Kind kind, int? id, Action<JsonArray, int> work)
    {
        foreach (var sheet in request.Book.Sheets)
        {
            if (sheet.Extras[kind.List] is not JsonArray items || items.Index().FirstOrDefault(one => one.Item.Number(kind.IdName) == id) is not { Item: not null } found)
                continue;
            Change(request.Book.Grid(sheet.SheetId)!, extras => work(List(extras, kind.List), found.Index));
            return;
        }

        throw request.Refuse($"No {kind.Member} with id: {id}");
    }

    private static void Numbered(Workbook book, Kind kind, JsonObject item)
    {
        if (item.Number(kind.IdName) is null)
            item[kind.IdName] = TabRequests.FreeId(book.Sheets);
    }

    private static void Change(SheetGrid grid, Action<JsonObject> work)
    {
        var extras = (JsonObject)grid.Info.Extras.DeepClone();
        work(extras);
        grid.Info = grid.Info with { Extras = extras };
    }

    private static JsonArray List(JsonObject extras, string name)
    {
        if (extras[name] is not JsonArray list)
            extras[name] = list = [];
        return list;
    }
}
