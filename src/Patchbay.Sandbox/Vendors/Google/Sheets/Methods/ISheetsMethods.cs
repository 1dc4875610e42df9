namespace Patchbay.Sandbox.Vendors.Google.Sheets.Methods;

/// <summary>One method of the Sheets API on an existing spreadsheet.</summary>
/// <param name="Verb">HTTP method.</param>
/// <param name="Path">Below /v4/spreadsheets.</param>
/// <param name="Name">Google's name, for refusals.</param>
/// <param name="Writes">Changes the spreadsheet: needs the scopes and the role for it, and is stored afterwards.</param>
/// <param name="Run">Does it; may throw <see cref="GoogleRefusalException"/>.</param>
internal sealed record SheetsMethod(string Verb, string Path, string Name, bool Writes, Func<SheetsCall, Workbook, GoogleAnswer> Run);

/// <summary>A family of methods.</summary>
internal interface ISheetsMethods
{
    IEnumerable<SheetsMethod> Methods { get; }
}
