namespace Patchbay.Sandbox.Vendors.Google.Drive;

/// <summary>
/// Anything in Drive: a folder, an uploaded file, a shortcut, or a document of another product. Documents keep
/// their content with their product (<see cref="IDriveProduct"/>), uploaded bytes are revisions in <see cref="DriveFiles"/>.
/// </summary>
internal sealed record DriveFile
{
    public required string Id { get; init; }

    /// <summary>Also the title of a document: products read it here and nowhere else.</summary>
    public required string Name { get; init; }

    public required string MimeType { get; init; }

    /// <summary>Folder it is in; null for a root folder.</summary>
    public string? Parent { get; init; }

    /// <summary>Id of the owning account.</summary>
    public required string Owner { get; init; }

    /// <summary>Given on this file itself. Those of the folders above reach it too, see <see cref="DriveAccess"/>.</summary>
    public IReadOnlyList<DrivePermission> Permissions { get; init; } = [];

    /// <summary>Apps that made it or were given it, each for one account: what drive.file reaches.</summary>
    public IReadOnlyList<DriveApp> Apps { get; init; } = [];

    public required DateTimeOffset Created { get; init; }
    public required DateTimeOffset Modified { get; init; }

    /// <summary>Id of the account that changed it last.</summary>
    public required string ModifiedBy { get; init; }

    /// <summary>Trashed by itself. Files below a trashed folder are trashed without this.</summary>
    public bool Trashed { get; init; }

    public DateTimeOffset? TrashedAt { get; init; }

    /// <summary>Grows by one with every change.</summary>
    public long Version { get; init; } = 1;

    public string? Description { get; init; }

    /// <summary>Account ids.</summary>
    public IReadOnlyList<string> StarredBy { get; init; } = [];

    /// <summary>When each account (by id) looked at it last.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> ViewedBy { get; init; } = new Dictionary<string, DateTimeOffset>();

    /// <summary>Seen by every app.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();

    /// <summary>Per OAuth client, seen by that client alone.</summary>
    public IReadOnlyDictionary<string, Dictionary<string, string>> AppProperties { get; init; } = new Dictionary<string, Dictionary<string, string>>();

    public string? FolderColor { get; init; }
    public string? ShortcutTarget { get; init; }
    public string? ShortcutTargetType { get; init; }
    public string? OriginalFileName { get; init; }
    public string? IndexableText { get; init; }
    public bool WritersCanShare { get; init; } = true;
    public bool CopyRequiresWriter { get; init; }

    /// <summary>The newest revision of uploaded bytes; null for folders, shortcuts and documents.</summary>
    public string? HeadRevision { get; init; }

    public long Size { get; init; }
    public string? Md5 { get; init; }

    public bool IsFolder => MimeType == DriveMime.Folder;
}

/// <summary>Who may do what with a file.</summary>
internal sealed record DrivePermission
{
    /// <summary>The same for one person on all files, as Google does it.</summary>
    public required string Id { get; init; }

    /// <summary>user, group, domain or anyone.</summary>
    public required string Type { get; init; }

    public required DriveRole Role { get; init; }
    public string? Email { get; init; }
    public string? Domain { get; init; }

    /// <summary>For domain and anyone: the file can be found, not only opened by its link.</summary>
    public bool Discoverable { get; init; }

    public DateTimeOffset? Expires { get; init; }
    public required DateTimeOffset Since { get; init; }

    /// <summary>Account id of who shared it.</summary>
    public required string By { get; init; }
}

/// <param name="Client">OAuth client id.</param>
/// <param name="Account">Id of the account the app has it for.</param>
internal sealed record DriveApp(string Client, string Account);

/// <summary>From nothing to everything; a higher role may do all that a lower one may.</summary>
internal enum DriveRole
{
    None,
    Reader,
    Commenter,
    Writer,
    Owner,
}

/// <summary>Types of Google's own that every product knows.</summary>
internal static class DriveMime
{
    public const string Folder = "application/vnd.google-apps.folder";
    public const string Shortcut = "application/vnd.google-apps.shortcut";
    public const string Document = "application/vnd.google-apps.document";
    public const string Spreadsheet = "application/vnd.google-apps.spreadsheet";
    public const string Presentation = "application/vnd.google-apps.presentation";
    public const string GooglePrefix = "application/vnd.google-apps.";

    /// <summary>A type of Google's own: it has no bytes to download.</summary>
    public static bool IsGoogle(string mimeType) => mimeType.StartsWith(GooglePrefix, StringComparison.Ordinal);
}
