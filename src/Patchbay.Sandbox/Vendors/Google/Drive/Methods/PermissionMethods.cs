using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Google.Drive.Methods;

/// <summary>permissions.*.</summary>
internal sealed class PermissionMethods(DriveDesk desk, ShareNotice notice) : IDriveMethods
{
    private static readonly HashSet<string> Known = ["*", "kind", "nextPageToken", "permissions"];

    private static readonly IReadOnlySet<string> Fields = new HashSet<string>(
    [
        "*", "kind", "id", "type", "role", "emailAddress", "domain", "displayName", "photoLink", "allowFileDiscovery", "expirationTime", "deleted", "pendingOwner", "view", "permissionDetails",
        "teamDrivePermissionDetails", "inheritedPermissionsDisabled",
    ]);

    public IEnumerable<DriveMethod> Methods =>
    [
        new("GET", "/files/{fileId}/permissions", "permissions.list", DriveScopes.Read, List),
        new("POST", "/files/{fileId}/permissions", "permissions.create", DriveScopes.Write, Create),
        new("GET", "/files/{fileId}/permissions/{permissionId}", "permissions.get", DriveScopes.Read, Get),
        new("PATCH", "/files/{fileId}/permissions/{permissionId}", "permissions.update", DriveScopes.Write, Update),
        new("DELETE", "/files/{fileId}/permissions/{permissionId}", "permissions.delete", DriveScopes.Write, Delete),
    ];

    private GoogleAnswer List(DriveCall call)
    {
        var (file, refusal) = desk.Find(call, call.Route("fileId"), DriveRole.Writer);
        if (file is null)
            return refusal!;
        if (DrivePaging.Read(call, 100, 100) is var (start, size, noPage) && noPage is not null)
            return noPage;
        if (call.Query("fields") is { Length: > 0 } mask && GoogleFields.Parse(mask) is { } fields
            && (DriveDesk.Refuse(fields, Known) ?? DriveDesk.Refuse(fields.Below("permissions"), Fields)) is { } unknown)
            return unknown;
        var all = desk.Access().Permissions(file);
        var shapes = desk.Shapes;
        var page = all.Skip(start).Take(size).Select(given =>
        {
            var shape = shapes.Permission(given.Permission, given.Inherited);
            if (call.Query("fields").Length == 0)
                DriveDesk.Keep(shape, DriveShapes.DefaultPermission);
            return (JsonNode)shape;
        });
        var body = new JsonObject { ["kind"] = "drive#permissionList", ["permissions"] = new JsonArray([.. page]) };
        if (start + size < all.Count)
            body["nextPageToken"] = DrivePaging.Token(call, start + size);
        return GoogleAnswer.Ok(body);
    }

    private GoogleAnswer Create(DriveCall call)
    {
        var (file, refusal) = Shareable(call);
        if (file is null)
            return refusal!;
        var (type, role) = (call.Body.Text("type"), call.Body.Text("role"));
        if (type is null)
            return DriveErrors.Required("permission.type", "The permission type field is required.");
        if (role is null)
            return DriveErrors.Required("permission.role", "The permission role field is required.");
        if (type is not ("user" or "group" or "domain" or "anyone"))
            return DriveErrors.Invalid("permission.type", "The specified type is invalid or not supported.");
        if (Role(role) is not { } given)
            return DriveErrors.Invalid("permission.role", "The specified role is invalid or not supported.");
        var (email, domain) = (call.Body.Text("emailAddress")?.Trim(), call.Body.Text("domain"));
        if (type is "user" or "group" && !LooksLikeAddress(email))
            return DriveErrors.Of(400, "The specified emailAddress is invalid or not applicable for the given permission type.", "invalidSharingRequest", "permission.emailAddress");
        if (type is "domain" && string.IsNullOrEmpty(domain))
            return DriveErrors.Of(400, "The specified domain is invalid or not applicable for the given permission type.", "invalidSharingRequest", "permission.domain");

        var permission = new DrivePermission
        {
            Id = type switch { "anyone" => "anyoneWithLink", "domain" => DriveFiles.PermissionId(domain!) + "k", _ => DriveFiles.PermissionId(email!) },
            Type = type,
            Role = given,
            Email = type is "user" or "group" ? email : null,
            Domain = type is "domain" ? domain : null,
            Discoverable = FileBody.Flag(call.Body, "allowFileDiscovery") is true,
            Expires = DriveTime.Parse(call.Body.Text("expirationTime") ?? ""),
            Since = desk.Now,
            By = call.Account.Id,
        };
        if (permission is { Type: "anyone", Discoverable: true })
            permission = permission with { Id = "anyone" };
        if (given == DriveRole.Owner)
            return Transfer(call, file, permission);
        // Sharing again with somebody never takes away: the stronger role stays.
        if (file.Permissions.FirstOrDefault(known => known.Id == permission.Id) is { } already && already.Role >= given)
            return DriveDesk.Masked(call, desk.Shapes.Permission(already, false), DriveShapes.DefaultPermission, Fields);
        if (call.Query("sendNotificationEmail") != "false")
            notice.Send(file, desk.Shapes.WebViewLink(file), permission, call.Account, call.Query("emailMessage") is { Length: > 0 } message ? message : null);
        return Saved(call, file, permission);
    }

    private GoogleAnswer Get(DriveCall call)
    {
        var (file, refusal) = desk.Find(call, call.Route("fileId"), DriveRole.Writer);
        if (file is null)
            return refusal!;
        return Find(call, file, out var inherited) is { } permission
            ? DriveDesk.Masked(call, desk.Shapes.Permission(permission, inherited), DriveShapes.DefaultPermission, Fields)
            : NotFound(call);
    }

    private GoogleAnswer Update(DriveCall call)
    {
        var (file, refusal) = Shareable(call);
        if (file is null)
            return refusal!;
        if (Find(call, file, out var inherited) is not { } permission)
            return NotFound(call);
        if (call.Body.Any(member => member.Key is not ("role" or "expirationTime" or "kind" or "id" or "type" or "emailAddress")))
            return DriveErrors.NotWritable();
        if (inherited)
            return Inherited;
        var role = permission.Role;
        if (call.Body.Text("role") is { } text)
        {
            if (Role(text) is not { } wanted)
                return DriveErrors.Invalid("permission.role", "The specified role is invalid or not supported.");
            role = wanted;
        }

        if (role == DriveRole.Owner && permission.Role != DriveRole.Owner)
            return Transfer(call, file, permission with { Role = role });
        if (permission.Role == DriveRole.Owner && role != DriveRole.Owner)
            return DriveErrors.Of(403, "The owner of a file cannot be removed or demoted.", "forbidden");
        var expires = call.Flag("removeExpiration") ? null : call.Body.ContainsKey("expirationTime") ? DriveTime.Parse(call.Body.Text("expirationTime") ?? "") : permission.Expires;
        return Saved(call, file, permission with { Role = role, Expires = expires });
    }

    private GoogleAnswer Delete(DriveCall call)
    {
        var (file, refusal) = desk.Find(call, call.Route("fileId"));
        if (file is null)
            return refusal!;
        if (Find(call, file, out var inherited) is not { } permission)
            return NotFound(call);
        var own = string.Equals(permission.Email, call.Account.Email, StringComparison.OrdinalIgnoreCase);
        if (!own && Shareable(call) is var (_, no) && no is not null)
            return no;
        if (inherited)
            return Inherited;
        if (permission.Role == DriveRole.Owner)
            return DriveErrors.Of(403, "The owner of a file cannot be removed or demoted.", "forbidden");
        desk.Files.Record(file.Id, file);
        desk.Files.Save(file with { Permissions = [.. file.Permissions.Where(known => known.Id != permission.Id)] });
        return new GoogleAnswer(StatusCodes.Status204NoContent, null);
    }

    private static GoogleAnswer Inherited { get; } = DriveErrors.Of(403, "Cannot update or delete an inherited permission. Change it on the folder that gives it.", "cannotModifyInheritedPermission");

    private static GoogleAnswer NotFound(DriveCall call) => DriveErrors.Of(404, $"Permission not found: {call.Route("permissionId")}.", "notFound", "permissionId");

    private GoogleAnswer Transfer(DriveCall call, DriveFile file, DrivePermission permission)
    {
        if (!call.Flag("transferOwnership"))
            return DriveErrors.Of(403, "The transferOwnership parameter must be enabled when the permission role is 'owner'.", "forbidden", "transferOwnership");
        if (file.Owner != call.Account.Id)
            return DriveErrors.NoPermission;
        if (permission.Type != "user" || desk.Accounts.ByEmail(permission.Email ?? "") is not { } heir)
            return DriveErrors.Of(400, "Ownership can only be given to a user of the same organisation.", "invalidSharingRequest", "permission.emailAddress");
        var others = file.Permissions.Where(known => known.Id != permission.Id).Select(known => known.Role == DriveRole.Owner ? known with { Role = DriveRole.Writer } : known);
        desk.Files.Save(file with { Owner = heir.Id, Permissions = [permission, .. others] });
        return DriveDesk.Masked(call, desk.Shapes.Permission(permission, false), DriveShapes.DefaultPermission, Fields);
    }

    private GoogleAnswer Saved(DriveCall call, DriveFile file, DrivePermission permission)
    {
        desk.Files.Save(file with { Permissions = [.. file.Permissions.Where(known => known.Id != permission.Id), permission] });
        return DriveDesk.Masked(call, desk.Shapes.Permission(permission, false), DriveShapes.DefaultPermission, Fields);
    }

    /// <summary>The owner may share, and writers where the owner lets them.</summary>
    private (DriveFile? File, GoogleAnswer? Refusal) Shareable(DriveCall call)
    {
        var (file, refusal) = desk.Find(call, call.Route("fileId"), DriveRole.Writer);
        if (file is null)
            return (null, refusal);
        if (file.Parent is null)
            return (null, DriveErrors.Of(403, "The root folder cannot be shared.", "forbidden"));
        return file.WritersCanShare || desk.Access().Role(call.Account, file) == DriveRole.Owner ? (file, null) : (null, DriveErrors.NoPermission);
    }

    private DrivePermission? Find(DriveCall call, DriveFile file, out bool inherited)
    {
        var found = desk.Access().Permissions(file).FirstOrDefault(given => given.Permission.Id == call.Route("permissionId"));
        inherited = found.Inherited;
        return found.Permission;
    }

    private static DriveRole? Role(string name) => name switch
    {
        "owner" => DriveRole.Owner,
        "writer" => DriveRole.Writer,
        "commenter" => DriveRole.Commenter,
        "reader" => DriveRole.Reader,
        _ => null,
    };

    private static bool LooksLikeAddress(string? text) =>
        text is not null && text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < text.Length - 1 && !text.Any(char.IsWhiteSpace) && text.IndexOf('@', at + 1) < 0;
}
