using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Google.Sheets;

/// <summary>An app that calls Sheets on spreadsheets it makes itself.</summary>
internal static class SheetsApp
{
    public const string Api = "sheets.googleapis.com/v4/spreadsheets";
    public const string Full = "https://www.googleapis.com/auth/spreadsheets";

    public static Task<string> ConnectSheetsAsync(this Playground sandbox, string account = "mara@") => sandbox.ConnectGoogleAsync(Full, account);

    /// <summary>Expects a status; the path is below /v4/spreadsheets.</summary>
    public static async Task<JsonNode> SheetsAsync(this Playground sandbox, string token, string method, string path, JsonNode? body = null, int status = 200)
    {
        var (code, reply, _) = await sandbox.GoogleAsync(token, new HttpMethod(method), Api + path, body);
        code.ShouldBe(status, reply?.ToJsonString());
        return reply ?? new JsonObject();
    }

    /// <summary>A fresh spreadsheet's id, with sheets of these titles.</summary>
    public static async Task<string> NewSpreadsheetAsync(this Playground sandbox, string token, params string[] titles) =>
        (await sandbox.SheetsAsync(token, "POST", "", new JsonObject
        {
            ["properties"] = new JsonObject { ["title"] = "Orders", ["timeZone"] = "Europe/Berlin" },
            ["sheets"] = new JsonArray([.. titles.Select((title, index) => (JsonNode)new JsonObject { ["properties"] = new JsonObject { ["title"] = title, ["sheetId"] = index } })]),
        })).Text("spreadsheetId");

    public static JsonObject Values(params JsonNode?[][] rows) => new() { ["values"] = new JsonArray([.. rows.Select(row => (JsonNode)new JsonArray([.. row]))]) };

    public static Task<JsonNode> WriteAsync(this Playground sandbox, string token, string id, string range, params JsonNode?[][] rows) =>
        sandbox.SheetsAsync(token, "PUT", $"/{id}/values/{Uri.EscapeDataString(range)}?valueInputOption=USER_ENTERED", Values(rows));

    /// <summary>The values of a range as compact JSON; "" when there are none.</summary>
    public static async Task<string> ReadAsync(this Playground sandbox, string token, string id, string range, string more = "")
    {
        var values = (await sandbox.SheetsAsync(token, "GET", $"/{id}/values/{Uri.EscapeDataString(range)}{more}"))["values"];
        return values?.ToJsonString(new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) ?? "";
    }

    public static Task<JsonNode> BatchAsync(this Playground sandbox, string token, string id, string kind, JsonObject request, int status = 200) =>
        sandbox.SheetsAsync(token, "POST", $"/{id}:batchUpdate", new JsonObject { ["requests"] = new JsonArray(new JsonObject { [kind] = request }) }, status);
}
