using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.Google.Sheets;

/// <summary>One call to Sheets after token and scope were checked.</summary>
/// <param name="Context">The HTTP call.</param>
/// <param name="Caller">Account, app and scopes.</param>
/// <param name="Body">The JSON body; empty when there is none.</param>
/// <param name="Id">Of the spreadsheet, out of the path.</param>
/// <param name="Range">Out of the path; empty when there is none.</param>
internal sealed record SheetsCall(HttpContext Context, GoogleCaller Caller, JsonObject Body, string Id, string Range)
{
    /// <summary>Empty when absent.</summary>
    public string Query(string name) => Context.Request.Query[name].ToString();

    public IReadOnlyList<string> QueryList(string name) => [.. Context.Request.Query[name].OfType<string>().Where(text => text.Length > 0)];

    public bool Flag(string name) => Query(name) is "true" or "True" or "1";
}
