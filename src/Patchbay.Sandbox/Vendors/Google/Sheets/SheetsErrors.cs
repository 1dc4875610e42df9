namespace Patchbay.Sandbox.Vendors.Google.Sheets;

/// <summary>Refusals of Sheets, to be thrown: a batch is applied whole or not at all.</summary>
internal static class SheetsErrors
{
    public static GoogleRefusalException Invalid(string message) => new(GoogleAnswer.Error(400, message, "badRequest", "INVALID_ARGUMENT"));

    public static GoogleRefusalException Range(string text) => Invalid($"Unable to parse range: {text}");

    public static GoogleRefusalException Outside(string range, SheetInfo sheet) =>
        Invalid($"Range ({range}) exceeds grid limits. Max rows: {sheet.Rows}, max columns: {sheet.Columns}");
}
