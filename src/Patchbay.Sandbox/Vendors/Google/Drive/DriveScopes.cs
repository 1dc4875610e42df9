namespace Patchbay.Sandbox.Vendors.Google.Drive;

/// <summary>Which scopes reach which files, and which a Drive method accepts.</summary>
internal static class DriveScopes
{
    public const string Full = GoogleScopes.Prefix + "drive";
    public const string ReadOnly = GoogleScopes.Prefix + "drive.readonly";
    public const string Metadata = GoogleScopes.Prefix + "drive.metadata";
    public const string MetadataReadOnly = GoogleScopes.Prefix + "drive.metadata.readonly";

    /// <summary>Only what the app made or was given.</summary>
    public const string File = GoogleScopes.Prefix + "drive.file";

    /// <summary>Drive methods: any of them is enough.</summary>
    public static readonly string[] Write = [Full, File];
    public static readonly string[] Change = [Full, File, Metadata];
    public static readonly string[] Read = [Full, File, ReadOnly, Metadata, MetadataReadOnly];
    public static readonly string[] ReadContent = [Full, File, ReadOnly];

    /// <summary>With these a Drive method reaches every file of the account; with drive.file alone only some.</summary>
    public static readonly string[] Whole = [Full, ReadOnly, Metadata, MetadataReadOnly];
}
