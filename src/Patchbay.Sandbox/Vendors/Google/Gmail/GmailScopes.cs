namespace Patchbay.Sandbox.Vendors.Google.Gmail;

/// <summary>Which scopes a Gmail method accepts; any one is enough.</summary>
internal static class GmailScopes
{
    public const string ReadOnly = GoogleScopes.Prefix + "gmail.readonly";
    public const string SendOnly = GoogleScopes.Prefix + "gmail.send";
    public const string Compose = GoogleScopes.Prefix + "gmail.compose";
    public const string Modify = GoogleScopes.Prefix + "gmail.modify";
    public const string LabelsOnly = GoogleScopes.Prefix + "gmail.labels";
    public const string Metadata = GoogleScopes.Prefix + "gmail.metadata";

    public static readonly string[] Read = [ReadOnly, Modify, Metadata];
    public static readonly string[] ReadContents = [ReadOnly, Modify];
    public static readonly string[] Send = [SendOnly, Compose, Modify];
    public static readonly string[] Drafts = [Compose, Modify];
    public static readonly string[] ReadDrafts = [Compose, Modify, ReadOnly];
    public static readonly string[] Change = [Modify];
    public static readonly string[] ReadLabels = [ReadOnly, Modify, LabelsOnly, Metadata];
    public static readonly string[] ChangeLabels = [Modify, LabelsOnly];
    public static readonly string[] Profile = [Compose, Metadata, Modify, ReadOnly];
}
