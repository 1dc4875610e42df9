using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Google.Drive;

/// <summary>Files and permissions as the API writes them, seen by one caller. Made for one call: it reads the accounts once.</summary>
internal sealed class DriveShapes(GoogleAccounts accounts, DriveProducts products)
{
    private readonly Lazy<IReadOnlyList<GoogleAccount>> people = new(accounts.All);

    /// <summary>What is sent when no <c>fields</c> mask asks for more.</summary>
    public static readonly string[] DefaultFile = ["kind", "id", "name", "mimeType"];

    public static readonly string[] DefaultPermission = ["kind", "id", "type", "role"];

    /// <summary>Every name a mask may use for a file; some are never set here.</summary>
    public static readonly IReadOnlySet<string> FileFields = new HashSet<string>(
    [
        "*", "kind", "id", "name", "mimeType", "description", "starred", "trashed", "explicitlyTrashed", "trashedTime", "trashingUser", "parents", "properties", "appProperties", "spaces",
        "version", "webContentLink", "webViewLink", "iconLink", "hasThumbnail", "thumbnailLink", "thumbnailVersion", "viewedByMe", "viewedByMeTime", "createdTime", "modifiedTime",
        "modifiedByMe", "modifiedByMeTime", "sharedWithMeTime", "sharingUser", "owners", "ownedByMe", "teamDriveId", "driveId", "lastModifyingUser", "shared", "capabilities", "permissions",
        "permissionIds", "hasAugmentedPermissions", "viewersCanCopyContent", "copyRequiresWriterPermission", "writersCanShare", "folderColorRgb", "originalFilename", "fullFileExtension",
        "fileExtension", "md5Checksum", "sha1Checksum", "sha256Checksum", "size", "quotaBytesUsed", "headRevisionId", "contentHints", "imageMediaMetadata", "videoMediaMetadata",
        "isAppAuthorized", "exportLinks", "shortcutDetails", "contentRestrictions", "labelInfo", "resourceKey", "linkShareMetadata", "inheritedPermissionsDisabled", "downloadRestrictions",
    ]);

    /// <summary>The whole file, or without a mask only what is sent then.</summary>
    public JsonObject File(DriveFile file, GoogleCaller caller, DriveAccess access, bool brief) => brief
        ? new JsonObject { ["kind"] = "drive#file", ["id"] = file.Id, ["name"] = file.Name, ["mimeType"] = file.MimeType }
        : File(file, caller, access);

    public JsonObject File(DriveFile file, GoogleCaller caller, DriveAccess access)
    {
        var me = caller.Account;
        var role = access.Role(me, file);
        var given = access.Permissions(file);
        var body = new JsonObject
        {
            ["kind"] = "drive#file",
            ["id"] = file.Id,
            ["name"] = file.Name,
            ["mimeType"] = file.MimeType,
            ["starred"] = file.StarredBy.Contains(me.Id),
            ["trashed"] = access.IsTrashed(file),
            ["explicitlyTrashed"] = file.Trashed,
            ["spaces"] = new JsonArray("drive"),
            ["version"] = file.Version.ToString(CultureInfo.InvariantCulture),
            ["webViewLink"] = WebViewLink(file),
            ["hasThumbnail"] = false,
            ["thumbnailVersion"] = "0",
            ["viewedByMe"] = file.ViewedBy.ContainsKey(me.Id),
            ["createdTime"] = DriveTime.Write(file.Created),
            ["modifiedTime"] = DriveTime.Write(file.Modified),
            ["modifiedByMe"] = file.ModifiedBy == me.Id,
            ["owners"] = new JsonArray([.. Users(me, file.Owner)]),
            ["ownedByMe"] = file.Owner == me.Id,
            ["shared"] = given.Count > 1,
            ["capabilities"] = Capabilities(file, role),
            ["viewersCanCopyContent"] = !file.CopyRequiresWriter,
            ["copyRequiresWriterPermission"] = file.CopyRequiresWriter,
            ["writersCanShare"] = file.WritersCanShare,
            ["quotaBytesUsed"] = file.Size.ToString(CultureInfo.InvariantCulture),
            ["isAppAuthorized"] = file.Apps.Contains(new DriveApp(caller.ClientId, me.Id)),
        };
        if (file.Parent is { } parent && (role == DriveRole.Owner || access.Above(file).FirstOrDefault() is { } above && access.Role(me, above) > DriveRole.None))
            body["parents"] = new JsonArray(parent);
        if (file.Description is not null)
            body["description"] = file.Description;
        if (file.ViewedBy.TryGetValue(me.Id, out var viewed))
            body["viewedByMeTime"] = DriveTime.Write(viewed);
        if (file.ModifiedBy == me.Id)
            body["modifiedByMeTime"] = DriveTime.Write(file.Modified);
        if (Users(me, file.ModifiedBy).FirstOrDefault() is { } modifier)
            body["lastModifyingUser"] = modifier;
        if (file.TrashedAt is { } trashed)
            body["trashedTime"] = DriveTime.Write(trashed);
        if (file.Properties.Count > 0)
            body["properties"] = Map(file.Properties);
        if (file.AppProperties.GetValueOrDefault(caller.ClientId) is { Count: > 0 } own)
            body["appProperties"] = Map(own);
        Shared(body, file, me);
        Content(body, file);
        if (role >= DriveRole.Writer)
        {
            body["permissions"] = new JsonArray([.. given.Select(one => (JsonNode)Permission(one.Permission, one.Inherited))]);
            body["permissionIds"] = Json.Array(given.Select(one => one.Permission.Id));
        }

        return body;
    }

    public JsonObject Permission(DrivePermission permission, bool inherited)
    {
        var role = RoleName(permission.Role);
        var body = new JsonObject { ["kind"] = "drive#permission", ["id"] = permission.Id, ["type"] = permission.Type, ["role"] = role };
        if (permission.Email is { } email)
        {
            body["emailAddress"] = email;
            body["displayName"] = people.Value.FirstOrDefault(account => string.Equals(account.Email, email, StringComparison.OrdinalIgnoreCase))?.Name ?? email.Split('@')[0];
            body["deleted"] = false;
            body["pendingOwner"] = false;
        }

        if (permission.Domain is { } domain)
            (body["domain"], body["displayName"]) = (domain, domain);
        if (permission.Type is "anyone" or "domain")
            body["allowFileDiscovery"] = permission.Discoverable;
        if (permission.Expires is { } expires)
            body["expirationTime"] = DriveTime.Write(expires);
        if (inherited)
            body["permissionDetails"] = new JsonArray(new JsonObject { ["permissionType"] = "file", ["role"] = role, ["inherited"] = true });
        return body;
    }

    public static JsonObject User(GoogleAccount account, GoogleAccount me) => new()
    {
        ["kind"] = "drive#user",
        ["displayName"] = account.Name,
        ["me"] = account.Id == me.Id,
        ["permissionId"] = DriveFiles.PermissionId(account.Email),
        ["emailAddress"] = account.Email,
    };

    public static string RoleName(DriveRole role) => role switch
    {
        DriveRole.Owner => "owner",
        DriveRole.Writer => "writer",
        DriveRole.Commenter => "commenter",
        _ => "reader",
    };

    public string WebViewLink(DriveFile file) =>
        file.IsFolder ? $"https://drive.google.com/drive/folders/{file.Id}"
        : products.Find(file.MimeType)?.WebViewLink(file.Id) ?? $"https://drive.google.com/file/d/{file.Id}/view?usp=drivesdk";

    private void Content(JsonObject body, DriveFile file)
    {
        if (file.HeadRevision is { } head)
        {
            body["size"] = file.Size.ToString(CultureInfo.InvariantCulture);
            body["md5Checksum"] = file.Md5;
            body["headRevisionId"] = head;
            body["originalFilename"] = file.OriginalFileName ?? file.Name;
            var extension = Path.GetExtension(file.Name).TrimStart('.');
            (body["fileExtension"], body["fullFileExtension"]) = (extension, extension);
            body["webContentLink"] = $"https://drive.google.com/uc?id={file.Id}&export=download";
        }

        if (products.Find(file.MimeType) is { } product)
        {
            var links = new JsonObject();
            foreach (var type in product.ExportTypes)
                links[type] = $"https://www.googleapis.com/drive/v3/files/{file.Id}/export?mimeType={Uri.EscapeDataString(type)}";
            body["exportLinks"] = links;
        }

        if (file.IsFolder && file.FolderColor is { } color)
            body["folderColorRgb"] = color;
        if (file.ShortcutTarget is { } target)
            body["shortcutDetails"] = new JsonObject { ["targetId"] = target, ["targetMimeType"] = file.ShortcutTargetType };
    }

    private void Shared(JsonObject body, DriveFile file, GoogleAccount me)
    {
        if (file.Owner == me.Id || file.Permissions.FirstOrDefault(permission => string.Equals(permission.Email, me.Email, StringComparison.OrdinalIgnoreCase)) is not { } mine)
            return;
        body["sharedWithMeTime"] = DriveTime.Write(mine.Since);
        if (Users(me, mine.By).FirstOrDefault() is { } sharer)
            body["sharingUser"] = sharer;
    }

    private IEnumerable<JsonNode> Users(GoogleAccount me, string id) => people.Value.FirstOrDefault(account => account.Id == id) is { } account ? [User(account, me)] : [];

    private static JsonObject Capabilities(DriveFile file, DriveRole role)
    {
        var (read, write, own) = (role >= DriveRole.Reader, role >= DriveRole.Writer, role == DriveRole.Owner);
        var root = file.Parent is null;
        var copies = read && (write || !file.CopyRequiresWriter);
        return new JsonObject
        {
            ["canAddChildren"] = write && file.IsFolder,
            ["canChangeCopyRequiresWriterPermission"] = write,
            ["canComment"] = role >= DriveRole.Commenter,
            ["canCopy"] = copies && !file.IsFolder,
            ["canDelete"] = own && !root,
            ["canDownload"] = copies && !file.IsFolder,
            ["canEdit"] = write,
            ["canListChildren"] = read && file.IsFolder,
            ["canModifyContent"] = write,
            ["canMoveItemWithinDrive"] = write && !root,
            ["canReadRevisions"] = write && !file.IsFolder,
            ["canRemoveChildren"] = write && file.IsFolder,
            ["canRename"] = write && !root,
            ["canShare"] = own || (write && file.WritersCanShare),
            ["canTrash"] = own && !root,
            ["canUntrash"] = own && !root,
        };
    }

    private static JsonObject Map(IEnumerable<KeyValuePair<string, string>> entries)
    {
        var map = new JsonObject();
        foreach (var (name, value) in entries)
            map[name] = value;
        return map;
    }
}
