using Patchbay.Sandbox.Vendors.Google.Drive;

namespace Patchbay.Sandbox.Vendors.Google.Sheets;

/// <summary>Which scopes a Sheets method accepts, and which of them reach every spreadsheet.</summary>
internal static class SheetsScopes
{
    public const string Full = GoogleScopes.Prefix + "spreadsheets";
    public const string ReadOnly = GoogleScopes.Prefix + "spreadsheets.readonly";

    public static readonly string[] Read = [Full, ReadOnly, DriveScopes.Full, DriveScopes.ReadOnly, DriveScopes.File];
    public static readonly string[] Write = [Full, DriveScopes.Full, DriveScopes.File];

    /// <summary>Without drive.file, which reaches only some.</summary>
    public static readonly string[] Whole = [Full, ReadOnly, DriveScopes.Full, DriveScopes.ReadOnly];
}
