using Patchbay.Sandbox.Vendors.Google.Drive;

namespace Patchbay.Sandbox.Vendors.Google.Docs;

/// <summary>Which scopes a Docs method accepts; any one is enough.</summary>
internal static class DocsScopes
{
    public const string Full = GoogleScopes.Prefix + "documents";
    public const string ReadOnly = GoogleScopes.Prefix + "documents.readonly";

    public static readonly string[] Write = [Full, DriveScopes.Full, DriveScopes.File];
    public static readonly string[] Read = [Full, ReadOnly, DriveScopes.Full, DriveScopes.ReadOnly, DriveScopes.File];

    /// <summary>With these a write reaches every document of the account; with drive.file only some.</summary>
    public static readonly string[] WholeWrite = [Full, DriveScopes.Full];
    public static readonly string[] WholeRead = [Full, ReadOnly, DriveScopes.Full, DriveScopes.ReadOnly];
}
