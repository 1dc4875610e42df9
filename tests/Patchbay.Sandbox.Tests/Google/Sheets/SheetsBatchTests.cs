using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Google.Sheets;

public sealed class SheetsBatchTests
{
    [Fact]
    public async Task Sheets_are_added_renamed_moved_copied_and_deleted()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectSheetsAsync();
        var id = await sandbox.NewSpreadsheetAsync(token, "S");
        await sandbox.WriteAsync(token, id, "S!A1", ["7"]);

        var added = await sandbox.BatchAsync(token, id, "addSheet", Parse("""{"properties":{"title":"Log","gridProperties":{"rowCount":5,"columnCount":4,"frozenRowCount":1}}}"""));
        var log = int.Parse(added.Text("replies.0.addSheet.properties.sheetId"), System.Globalization.CultureInfo.InvariantCulture);
        added.Text("replies.0.addSheet.properties.index").ShouldBe("1");
        await sandbox.WriteAsync(token, id, "Log!A1", ["=S!A1*2"]);
        (await sandbox.BatchAsync(token, id, "addSheet", Parse("""{"properties":{"title":"log"}}"""), 400)).Text("error.message").ShouldBe("Invalid requests[0].addSheet: A sheet with the name \"log\" already exists. Please enter another name.");

        await sandbox.BatchAsync(token, id, "updateSheetProperties", Parse($$"""{"properties":{"sheetId":0,"title":"Source data"},"fields":"title"}"""));
        (await sandbox.ReadAsync(token, id, "Log!A1", "?valueRenderOption=FORMULA")).ShouldBe("[[\"='Source data'!A1*2\"]]");
        (await sandbox.ReadAsync(token, id, "Log!A1")).ShouldBe("[[\"14\"]]");
        await sandbox.BatchAsync(token, id, "updateSheetProperties", Parse($$"""{"properties":{"sheetId":{{log}},"index":0},"fields":"index"}"""));
        await sandbox.BatchAsync(token, id, "duplicateSheet", Parse($$"""{"sourceSheetId":{{log}},"newSheetName":"Copy","insertSheetIndex":2}"""));
        (await TitlesAsync()).ShouldBe(["Log", "Source data", "Copy"]);
        await sandbox.BatchAsync(token, id, "deleteSheet", Parse($$"""{"sheetId":{{log}}}"""));
        (await TitlesAsync()).ShouldBe(["Source data", "Copy"]);
        await sandbox.BatchAsync(token, id, "updateSpreadsheetProperties", Parse("""{"properties":{"title":"Renamed"},"fields":"title"}"""));
        (await sandbox.SheetsAsync(token, "GET", $"/{id}?fields=properties.title")).ToJsonString().ShouldBe("""{"properties":{"title":"Renamed"}}""");

        async Task<string[]> TitlesAsync() => [.. (await sandbox.SheetsAsync(token, "GET", $"/{id}?fields=sheets.properties.title"))["sheets"]!.AsArray().Select(sheet => sheet.Text("properties.title"))];
    }

    [Fact]
    public async Task A_batch_is_applied_whole_or_not_at_all()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectSheetsAsync();
        var id = await sandbox.NewSpreadsheetAsync(token, "S");
        var reply = await sandbox.SheetsAsync(token, "POST", $"/{id}:batchUpdate", JsonNode.Parse("""{"requests":[{"addSheet":{"properties":{"title":"New"}}},{"deleteSheet":{"sheetId":99}}]}"""), 400);
        reply.Text("error.message").ShouldBe("Invalid requests[1].deleteSheet: No grid with id: 99");
        (await sandbox.SheetsAsync(token, "GET", $"/{id}?fields=sheets.properties.title")).ToJsonString().ShouldBe("""{"sheets":[{"properties":{"title":"S"}}]}""");
        (await sandbox.SheetsAsync(token, "POST", $"/{id}:batchUpdate", JsonNode.Parse("""{"requests":[{"frob":{}}]}"""), 400)).Text("error.message").ShouldContain("Unknown name \"frob\"");
        (await sandbox.SheetsAsync(token, "POST", $"/{id}:batchUpdate", new JsonObject(), 400)).Text("error.message").ShouldBe("Must specify at least one request.");
    }

    [Fact]
    public async Task Cells_are_written_formatted_and_read_as_grid_data()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectSheetsAsync();
        var id = await sandbox.NewSpreadsheetAsync(token, "S");
        await sandbox.BatchAsync(token, id, "appendCells", Parse("""{"sheetId":0,"fields":"*","rows":[{"values":[{"userEnteredValue":{"stringValue":"Sum"}},{"userEnteredValue":{"numberValue":0.5},"userEnteredFormat":{"numberFormat":{"type":"PERCENT","pattern":"0.0%"}}}]}]}"""));
        await sandbox.BatchAsync(token, id, "updateCells", Parse("""{"start":{"sheetId":0,"rowIndex":1},"fields":"userEnteredValue,note","rows":[{"values":[{"userEnteredValue":{"formulaValue":"=B1*2"},"note":"twice"}]}]}"""));
        await sandbox.BatchAsync(token, id, "repeatCell", Parse("""{"range":{"sheetId":0,"endRowIndex":1,"endColumnIndex":2},"cell":{"userEnteredFormat":{"textFormat":{"bold":true}}},"fields":"userEnteredFormat.textFormat.bold"}"""));
        await sandbox.BatchAsync(token, id, "repeatCell", Parse("""{"range":{"sheetId":0,"startRowIndex":2,"endRowIndex":4,"endColumnIndex":1},"cell":{"userEnteredValue":{"formulaValue":"=B1"}},"fields":"userEnteredValue"}"""));

        var data = await sandbox.SheetsAsync(token, "GET", $"/{id}?ranges=S!A1:B4&includeGridData=true");
        data.Text("sheets.0.data.0.rowData.0.values.1.formattedValue").ShouldBe("50.0%");
        data.Text("sheets.0.data.0.rowData.0.values.1.userEnteredFormat.textFormat.bold").ShouldBe("true");
        data.Text("sheets.0.data.0.rowData.1.values.0.userEnteredValue.formulaValue").ShouldBe("=B1*2");
        data.Text("sheets.0.data.0.rowData.1.values.0.effectiveValue.numberValue").ShouldBe("1");
        data.Text("sheets.0.data.0.rowData.1.values.0.note").ShouldBe("twice");
        (await sandbox.ReadAsync(token, id, "S!A3:A4", "?valueRenderOption=FORMULA")).ShouldBe("[[\"=B1\"],[\"=B2\"]]");
        (await sandbox.SheetsAsync(token, "GET", $"/{id}?fields=sheets.data.rowData.values.formattedValue")).Text("sheets.0.data.0.rowData.0.values.0.formattedValue").ShouldBe("Sum");
        (await sandbox.SheetsAsync(token, "GET", $"/{id}")).At("sheets.0.data").ShouldBeNull();
    }

    [Fact]
    public async Task Rows_come_and_go_and_formulas_follow()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectSheetsAsync();
        var id = await sandbox.NewSpreadsheetAsync(token, "S");
        await sandbox.WriteAsync(token, id, "S!A1", ["1"], ["2"], ["3"], ["=SUM(A1:A3)"]);
        await sandbox.BatchAsync(token, id, "insertDimension", Parse("""{"range":{"sheetId":0,"dimension":"ROWS","startIndex":1,"endIndex":2}}"""));
        (await sandbox.ReadAsync(token, id, "S!A:A", "?valueRenderOption=FORMULA")).ShouldBe("""[[1],[],[2],[3],["=SUM(A1:A4)"]]""");
        await sandbox.BatchAsync(token, id, "deleteDimension", Parse("""{"range":{"sheetId":0,"dimension":"ROWS","startIndex":0,"endIndex":2}}"""));
        (await sandbox.ReadAsync(token, id, "S!A:A")).ShouldBe("""[["2"],["3"],["5"]]""");
        (await sandbox.BatchAsync(token, id, "deleteDimension", Parse("""{"range":{"sheetId":0,"dimension":"ROWS","startIndex":5000,"endIndex":5001}}"""), 400)).Text("error.message").ShouldContain("doesn't exist");
        await sandbox.BatchAsync(token, id, "appendDimension", Parse("""{"sheetId":0,"dimension":"COLUMNS","length":4}"""));
        (await sandbox.SheetsAsync(token, "GET", $"/{id}?fields=sheets.properties.gridProperties")).Text("sheets.0.properties.gridProperties.columnCount").ShouldBe("30");
    }

    [Fact]
    public async Task Ranges_are_sorted_searched_merged_named_and_cleaned()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectSheetsAsync();
        var id = await sandbox.NewSpreadsheetAsync(token, "S");
        await sandbox.WriteAsync(token, id, "S!A1", ["b", "2"], ["a", "10"], ["c", ""], ["a", "10"]);
        await sandbox.BatchAsync(token, id, "sortRange", Parse("""{"range":{"sheetId":0,"endRowIndex":4,"endColumnIndex":2},"sortSpecs":[{"dimensionIndex":1,"sortOrder":"DESCENDING"},{"dimensionIndex":0}]}"""));
        (await sandbox.ReadAsync(token, id, "S!A:B")).ShouldBe("""[["a","10"],["a","10"],["b","2"],["c"]]""");
        (await sandbox.BatchAsync(token, id, "deleteDuplicates", Parse("""{"range":{"sheetId":0,"endRowIndex":4,"endColumnIndex":2}}"""))).Text("replies.0.deleteDuplicates.duplicatesRemovedCount").ShouldBe("1");
        var replaced = await sandbox.BatchAsync(token, id, "findReplace", Parse("""{"find":"A","replacement":"x$1","allSheets":true}"""));
        (replaced.Text("replies.0.findReplace.valuesChanged"), replaced.Text("replies.0.findReplace.occurrencesChanged")).ShouldBe(("1", "1"));
        (await sandbox.ReadAsync(token, id, "S!A:B")).ShouldBe("""[["x$1","10"],["b","2"],["c"]]""");

        await sandbox.BatchAsync(token, id, "addNamedRange", Parse("""{"namedRange":{"name":"totals","range":{"sheetId":0,"startColumnIndex":1,"endColumnIndex":2,"endRowIndex":3}}}"""));
        (await sandbox.ReadAsync(token, id, "totals")).ShouldBe("""[["10"],["2"]]""");
        await sandbox.WriteAsync(token, id, "S!D1", ["=SUM(totals)"]);
        (await sandbox.ReadAsync(token, id, "S!D1")).ShouldBe("[[\"12\"]]");
        await sandbox.BatchAsync(token, id, "mergeCells", Parse("""{"range":{"sheetId":0,"endRowIndex":1,"endColumnIndex":2},"mergeType":"MERGE_ALL"}"""));
        (await sandbox.ReadAsync(token, id, "S!A1:B1")).ShouldBe("[[\"x$1\"]]");
        (await sandbox.SheetsAsync(token, "GET", $"/{id}")).Text("sheets.0.merges.0.endColumnIndex").ShouldBe("2");
        await sandbox.BatchAsync(token, id, "autoResizeDimensions", Parse("""{"dimensions":{"sheetId":0,"dimension":"COLUMNS","startIndex":0,"endIndex":2}}"""));
        await sandbox.BatchAsync(token, id, "addConditionalFormatRule", Parse("""{"index":0,"rule":{"ranges":[{"sheetId":0}],"booleanRule":{"condition":{"type":"BLANK"},"format":{}}}}"""));
        (await sandbox.SheetsAsync(token, "GET", $"/{id}")).Text("sheets.0.conditionalFormats.0.booleanRule.condition.type").ShouldBe("BLANK");
        (await sandbox.BatchAsync(token, id, "addChart", Parse("""{"chart":{"spec":{"title":"Crates"},"position":{"overlayPosition":{"anchorCell":{"sheetId":0}}}}}"""))).At("replies.0.addChart.chart.chartId").ShouldNotBeNull();
    }

    [Fact]
    public async Task The_page_shows_cells_as_text_and_a_person_can_set_one()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectSheetsAsync();
        var id = await sandbox.NewSpreadsheetAsync(token, "<b>\"S");
        const string nasty = "<script>alert(1)</script>\"><img src=x onerror=alert(1)>";
        await sandbox.SheetsAsync(token, "PUT", $"/{id}/values/A1?valueInputOption=RAW", SheetsApp.Values([nasty, "4"]));
        var page = await sandbox.Http.GetStringAsync(new Uri($"/world/sheets?spreadsheet={id}", UriKind.Relative));
        page.ShouldContain("&lt;script&gt;");
        page.ShouldNotContain("<script>");
        page.ShouldNotContain("<img");
        page.ShouldNotContain("style=\"");
        Regex.Count(page, "<h1").ShouldBe(1);

        var guard = Regex.Match(page, "name=\"guard\" value=\"([^\"]+)\"").Groups[1].Value;
        using var response = await sandbox.Http.PostAsync(new Uri("/world/sheets/cell", UriKind.Relative), new FormUrlEncodedContent(
            new Dictionary<string, string> { ["guard"] = guard, ["spreadsheet"] = id, ["sheet"] = "0", ["cell"] = "C1", ["value"] = "=B1*3" }));
        ((int)response.StatusCode).ShouldBe(302);
        (await sandbox.ReadAsync(token, id, "C1")).ShouldBe("[[\"12\"]]");
    }

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
