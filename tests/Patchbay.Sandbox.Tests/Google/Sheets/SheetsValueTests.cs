using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Google.Sheets;

public sealed class SheetsValueTests
{
    [Fact]
    public async Task A_spreadsheet_made_is_written_appended_and_read_back()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(GoogleApp.Scopes("drive.file"));
        var made = await sandbox.SheetsAsync(token, "POST", "", new JsonObject { ["properties"] = new JsonObject { ["title"] = "Leads" } });
        var id = made.Text("spreadsheetId");
        (made.Text("properties.title"), made.Text("sheets.0.properties.title"), made.Text("sheets.0.properties.gridProperties.rowCount")).ShouldBe(("Leads", "Sheet1", "1000"));
        made.Text("spreadsheetUrl").ShouldContain(id);

        var head = await sandbox.WriteAsync(token, id, "Sheet1!A1:C1", ["Name", "Mail", "Score"]);
        (head.Text("updatedRange"), head.Text("updatedCells")).ShouldBe(("Sheet1!A1:C1", "3"));
        var first = await AppendAsync("Jo", "jo@fern.example", "12");
        first.Text("tableRange").ShouldBe("Sheet1!A1:C1");
        first.Text("updates.updatedRange").ShouldBe("Sheet1!A2:C2");
        (await AppendAsync("Kim", "kim@mill.example", 7)).Text("updates.updatedRange").ShouldBe("Sheet1!A3:C3");

        (await sandbox.ReadAsync(token, id, "Sheet1!A1:Z100")).ShouldBe("""[["Name","Mail","Score"],["Jo","jo@fern.example","12"],["Kim","kim@mill.example","7"]]""");
        (await sandbox.ReadAsync(token, id, "Sheet1!C2:C", "?valueRenderOption=UNFORMATTED_VALUE&majorDimension=COLUMNS")).ShouldBe("[[12,7]]");
        (await sandbox.SheetsAsync(token, "GET", $"/{id}/values/Sheet1!E1:F2")).ToJsonString().ShouldBe("""{"range":"Sheet1!E1:F2","majorDimension":"ROWS"}""");
        var batch = await sandbox.SheetsAsync(token, "GET", $"/{id}/values:batchGet?ranges=Sheet1!A1&ranges=Sheet1!B2:B3");
        batch.At("valueRanges")!.AsArray().Select(range => range.Text("range")).ShouldBe(["Sheet1!A1", "Sheet1!B2:B3"]);

        (await sandbox.SheetsAsync(token, "POST", $"/{id}/values/Sheet1!A2:C2:clear", new JsonObject())).Text("clearedRange").ShouldBe("Sheet1!A2:C2");
        (await sandbox.ReadAsync(token, id, "Sheet1")).ShouldBe("""[["Name","Mail","Score"],[],["Kim","kim@mill.example","7"]]""");

        Task<JsonNode> AppendAsync(params JsonNode[] row) =>
            sandbox.SheetsAsync(token, "POST", $"/{id}/values/Sheet1!A1:append?valueInputOption=USER_ENTERED&insertDataOption=INSERT_ROWS", SheetsApp.Values(row));
    }

    [Fact]
    public async Task Raw_keeps_what_user_entered_reads()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectSheetsAsync();
        var id = await sandbox.NewSpreadsheetAsync(token, "S");
        JsonNode?[] row = ["=1+2", "12.5%", "$1,250.00", "2026-06-19", "TRUE", "'007", "9:30", "19 Jun 2026", null, ""];
        await sandbox.SheetsAsync(token, "PUT", $"/{id}/values/S!A1?valueInputOption=RAW", SheetsApp.Values(row));
        await sandbox.WriteAsync(token, id, "S!A2", row.Select(item => item?.DeepClone()).ToArray());

        (await sandbox.ReadAsync(token, id, "S!A1:J1", "?valueRenderOption=UNFORMATTED_VALUE")).ShouldBe("""[["=1+2","12.5%","$1,250.00","2026-06-19","TRUE","'007","9:30","19 Jun 2026"]]""");
        (await sandbox.ReadAsync(token, id, "S!A2:J2")).ShouldBe("""[["3","12.50%","$1,250.00","2026-06-19","TRUE","007","9:30","19 Jun 2026"]]""");
        (await sandbox.ReadAsync(token, id, "S!A2:H2", "?valueRenderOption=UNFORMATTED_VALUE")).ShouldBe("[[3,0.125,1250,46192,true,\"007\",0.3958333333333333,46192]]");
        (await sandbox.ReadAsync(token, id, "S!A2:D2", "?valueRenderOption=UNFORMATTED_VALUE&dateTimeRenderOption=FORMATTED_STRING")).ShouldBe("""[[3,0.125,1250,"2026-06-19"]]""");
        (await sandbox.ReadAsync(token, id, "S!A2:B2", "?valueRenderOption=FORMULA")).ShouldBe("""[["=1+2",0.125]]""");
        (await sandbox.SheetsAsync(token, "PUT", $"/{id}/values/S!A1", SheetsApp.Values(["x"]), 400)).Text("error.message").ShouldBe("'valueInputOption' is required but not specified");
        (await sandbox.SheetsAsync(token, "PUT", $"/{id}/values/S!A1?valueInputOption=RAW", SheetsApp.Values([new JsonObject { ["a"] = 1 }]), 400)).Text("error.message").ShouldStartWith("Invalid values[0][0]: struct_value");
    }

    [Theory]
    [InlineData("My Sheet!A1:B2", "'My Sheet'!A1:B2")]
    [InlineData("'My Sheet'!A:A", "'My Sheet'!A1:A1000")]
    [InlineData("'My Sheet'!2:3", "'My Sheet'!A2:Z3")]
    [InlineData("'My Sheet'!B2:B", "'My Sheet'!B2:B1000")]
    [InlineData("'My Sheet'!$A$1:$B$2", "'My Sheet'!A1:B2")]
    [InlineData("'My Sheet'!R1C1:R2C2", "'My Sheet'!A1:B2")]
    [InlineData("'My Sheet'!B2:A1", "'My Sheet'!A1:B2")]
    [InlineData("My Sheet", "'My Sheet'!A1:Z1000")]
    [InlineData("A1", "'My Sheet'!A1")]
    [InlineData("'it''s'!A1", "'it''s'!A1")]
    [InlineData("'My Sheet'!Y999:ZZ2000", "'My Sheet'!Y999:Z1000")]
    [InlineData("a/b!A1", "'a/b'!A1")]
    public async Task A_range_means_what_it_says(string written, string resolved)
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectSheetsAsync();
        var id = await sandbox.NewSpreadsheetAsync(token, "My Sheet", "it's", "a/b");
        (await sandbox.SheetsAsync(token, "GET", $"/{id}/values/{Uri.EscapeDataString(written)}")).Text("range").ShouldBe(resolved);
    }

    [Theory]
    [InlineData("Nope!A1", "Unable to parse range: Nope!A1")]
    [InlineData("S!A1:", "Unable to parse range: S!A1:")]
    [InlineData("S!1A", "Unable to parse range: S!1A")]
    [InlineData("S!A1001", "Range (S!A1001) exceeds grid limits. Max rows: 1000, max columns: 26")]
    [InlineData("S!AA1:AB2", "Range (S!AA1:AB2) exceeds grid limits. Max rows: 1000, max columns: 26")]
    public async Task A_range_that_means_nothing_is_refused(string range, string message)
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectSheetsAsync();
        var id = await sandbox.NewSpreadsheetAsync(token, "S");
        var reply = await sandbox.SheetsAsync(token, "GET", $"/{id}/values/{Uri.EscapeDataString(range)}", status: 400);
        (reply.Text("error.message"), reply.Text("error.status")).ShouldBe((message, "INVALID_ARGUMENT"));
    }

    [Fact]
    public async Task One_cell_is_a_corner_and_two_are_a_border()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectSheetsAsync();
        var id = await sandbox.NewSpreadsheetAsync(token, "S");
        (await sandbox.WriteAsync(token, id, "S!B2", ["1", "2"], ["3", "4"])).Text("updatedRange").ShouldBe("S!B2:C3");
        (await sandbox.SheetsAsync(token, "PUT", $"/{id}/values/S!A1:B1?valueInputOption=RAW", SheetsApp.Values(["1"], ["2"]), 400)).Text("error.message").ShouldBe("Requested writing within range [S!A1:B1], but tried writing to row [2]");
        (await sandbox.SheetsAsync(token, "PUT", $"/{id}/values/S!A1:B1?valueInputOption=RAW", SheetsApp.Values(["1", "2", "3"]), 400)).Text("error.message").ShouldBe("Requested writing within range [S!A1:B1], but tried writing to column [C]");
        var batch = await sandbox.SheetsAsync(token, "POST", $"/{id}/values:batchUpdate", new JsonObject
        {
            ["valueInputOption"] = "USER_ENTERED",
            ["includeValuesInResponse"] = true,
            ["data"] = new JsonArray(
                new JsonObject { ["range"] = "S!A1", ["values"] = new JsonArray(new JsonArray("=2*3")) },
                new JsonObject { ["range"] = "S!F1", ["majorDimension"] = "COLUMNS", ["values"] = new JsonArray(new JsonArray("a", "b")) }),
        });
        (batch.Text("totalUpdatedCells"), batch.Text("totalUpdatedSheets"), batch.Text("responses.0.updatedData.values.0.0"), batch.Text("responses.1.updatedRange")).ShouldBe(("3", "1", "6", "S!F1:F2"));
        (await sandbox.ReadAsync(token, id, "S!B2:C3")).ShouldBe("""[["1","2"],["3","4"]]""");
    }

    [Fact]
    public async Task An_append_grows_the_grid_and_inserts_where_asked()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectSheetsAsync();
        var id = (await sandbox.SheetsAsync(token, "POST", "", JsonNode.Parse("""{"properties":{"title":"t"},"sheets":[{"properties":{"title":"S","gridProperties":{"rowCount":3,"columnCount":3}}}]}"""))).Text("spreadsheetId");
        await sandbox.WriteAsync(token, id, "S!A1", ["h", "k"], ["1", "2"]);
        await sandbox.WriteAsync(token, id, "S!C3", ["=SUM(B1:B2)"]);

        var inserted = await sandbox.SheetsAsync(token, "POST", $"/{id}/values/S!A1:append?valueInputOption=RAW&insertDataOption=INSERT_ROWS", SheetsApp.Values(["3", "4"]));
        // The formula at the corner touches the table and belongs to it.
        inserted.Text("tableRange").ShouldBe("S!A1:C3");
        inserted.Text("updates.updatedRange").ShouldBe("S!A4:B4");
        (await sandbox.SheetsAsync(token, "GET", $"/{id}?fields=sheets.properties.gridProperties.rowCount")).ToJsonString().ShouldBe("""{"sheets":[{"properties":{"gridProperties":{"rowCount":4}}}]}""");
    }

    [Fact]
    public async Task Two_appends_at_once_lose_no_row()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectSheetsAsync();
        var id = await sandbox.NewSpreadsheetAsync(token, "S");
        await Task.WhenAll(Enumerable.Range(1, 20).Select(number =>
            sandbox.SheetsAsync(token, "POST", $"/{id}/values/S!A1:append?valueInputOption=RAW", SheetsApp.Values([number]))));
        var values = (await sandbox.SheetsAsync(token, "GET", $"/{id}/values/S!A:A?majorDimension=COLUMNS&valueRenderOption=UNFORMATTED_VALUE"))["values"]![0]!.AsArray();
        values.Select(value => value!.GetValue<int>()).Order().ShouldBe(Enumerable.Range(1, 20));
    }

    [Fact]
    public async Task Scopes_and_sharing_open_what_they_say_and_nothing_else()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var (mara, lena) = (await sandbox.ConnectSheetsAsync(), await sandbox.ConnectSheetsAsync("lena@"));
        var (narrow, reader) = (await sandbox.ConnectGoogleAsync(GoogleApp.Scopes("drive.file"), "lena@"), await sandbox.ConnectGoogleAsync(GoogleApp.Scopes("spreadsheets.readonly").Replace("spreadsheets", SheetsApp.Full, StringComparison.Ordinal).Replace("https://www.googleapis.com/auth/https", "https", StringComparison.Ordinal)));
        var id = await sandbox.NewSpreadsheetAsync(mara, "S");

        (await sandbox.SheetsAsync(lena, "GET", $"/{id}", status: 403)).Text("error.message").ShouldBe("The caller does not have permission");
        (await sandbox.SheetsAsync(narrow, "GET", $"/{id}", status: 404)).Text("error.message").ShouldBe("Requested entity was not found.");
        await sandbox.SheetsAsync(mara, "GET", "/nothing-of-that-name", status: 404);
        await sandbox.SheetsAsync(reader, "GET", $"/{id}/values/S!A1");
        (await sandbox.SheetsAsync(reader, "PUT", $"/{id}/values/S!A1?valueInputOption=RAW", SheetsApp.Values(["x"]), 403)).Text("error.details.0.reason").ShouldBe("ACCESS_TOKEN_SCOPE_INSUFFICIENT");
    }

    [Fact]
    public async Task A_spreadsheet_is_a_drive_file_that_copies_exports_and_goes()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(GoogleApp.Scopes("drive.file"));
        var id = await sandbox.NewSpreadsheetAsync(token, "S");
        await sandbox.WriteAsync(token, id, "S!A1", ["a,b", "2"], ["say \"x\"", "=B1*2"]);
        var (_, file, _) = await sandbox.GoogleAsync(token, HttpMethod.Get, $"www.googleapis.com/drive/v3/files/{id}?fields=name,mimeType");
        file!.ToJsonString().ShouldBe("""{"name":"Orders","mimeType":"application/vnd.google-apps.spreadsheet"}""");
        var (_, copy, _) = await sandbox.GoogleAsync(token, HttpMethod.Post, $"www.googleapis.com/drive/v3/files/{id}/copy", new JsonObject { ["name"] = "Copy" });
        (await sandbox.ReadAsync(token, copy.Text("id"), "S!A1:B2")).ShouldBe("""[["a,b","2"],["say \"x\"","4"]]""");

        using var request = new HttpRequestMessage(HttpMethod.Get, $"/www.googleapis.com/drive/v3/files/{id}/export?mimeType=text/csv");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        using var exported = await sandbox.Http.SendAsync(request);
        (await exported.Content.ReadAsStringAsync()).ShouldBe("\"a,b\",2\r\n\"say \"\"x\"\"\",4");

        (await sandbox.GoogleAsync(token, HttpMethod.Delete, $"www.googleapis.com/drive/v3/files/{id}")).Status.ShouldBe(204);
        await sandbox.SheetsAsync(token, "GET", $"/{id}", status: 404);
    }
}
