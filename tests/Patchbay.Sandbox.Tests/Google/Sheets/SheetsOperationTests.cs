using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Google.Sheets;

public sealed class SheetsOperationTests
{
    private static readonly Dictionary<string, Func<Playground, Task<ExampleCall>>> Examples = new()
    {
        ["googlesheets.create_spreadsheet"] = _ => Task.FromResult(new ExampleCall("POST", SheetsApp.Api, new JsonObject { ["properties"] = new JsonObject { ["title"] = "New" } })),
        ["googlesheets.append_row"] = sandbox => On(sandbox, "POST", "/values/Sheet1!A1:append?valueInputOption=USER_ENTERED", SheetsApp.Values(["a", 1])),
        ["googlesheets.update_values"] = sandbox => On(sandbox, "PUT", "/values/Sheet1!A1:B1?valueInputOption=USER_ENTERED", SheetsApp.Values(["a", 1])),
        ["googlesheets.read_values"] = sandbox => On(sandbox, "GET", "/values/Sheet1!A1:B2"),
        ["googlesheets.get_spreadsheet"] = sandbox => On(sandbox, "GET", ""),
        ["googlesheets.change_spreadsheet"] = sandbox => On(sandbox, "POST", ":batchUpdate", JsonNode.Parse("""{"requests":[{"addSheet":{"properties":{"title":"More"}}}]}""")),
        ["googlesheets.copy_sheet"] = async sandbox => await On(sandbox, "POST", "/sheets/0:copyTo", new JsonObject { ["destinationSpreadsheetId"] = await sandbox.NewSpreadsheetAsync(await sandbox.ConnectSheetsAsync()) }),
        ["googlesheets.get_account"] = _ => Task.FromResult(new ExampleCall("GET", "www.googleapis.com/oauth2/v2/userinfo")),
    };

    public static TheoryData<string> Operations => OperationTable.Ids("googlesheets");

    [Fact]
    public void Every_operation_has_an_example_call() => Examples.Keys.ShouldCover("googlesheets");

    [Theory]
    [MemberData(nameof(Operations))]
    public Task An_operation_works_with_its_least_scopes_and_not_without_one(string operation) =>
        GoogleOperation.ShouldNeedItsLeastScopesAsync(operation, Examples[operation]);

    private static async Task<ExampleCall> On(Playground sandbox, string method, string more, JsonNode? body = null) =>
        new(method, $"{SheetsApp.Api}/{await sandbox.NewSpreadsheetAsync(await sandbox.ConnectSheetsAsync())}{more}", body);
}
