using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Google.Drive.Methods;

/// <summary>files.*, apart from lists (<see cref="ListMethods"/>) and downloads (<see cref="ContentMethods"/>). Uploads end here too.</summary>
internal sealed class FileMethods(DriveDesk desk) : IDriveMethods
{
    public IEnumerable<DriveMethod> Methods =>
    [
        new("POST", "/files", "files.create", DriveScopes.Write, Create),
        new("GET", "/files/generateIds", "files.generateIds", DriveScopes.Write, GenerateIds),
        new("DELETE", "/files/trash", "files.emptyTrash", [DriveScopes.Full], EmptyTrash),
        new("PATCH", "/files/{fileId}", "files.update", DriveScopes.Change, Update),
        new("DELETE", "/files/{fileId}", "files.delete", DriveScopes.Write, Delete),
        new("POST", "/files/{fileId}/copy", "files.copy", DriveScopes.Write, Copy),
    ];

    public GoogleAnswer Create(DriveCall call)
    {
        if (FileBody.Refuse(call.Body, creating: true) is { } refusal)
            return refusal;
        if (call.Body.Text("id") is { } chosen && Chosen(chosen) is { } taken)
            return taken;
        var (parent, noParent) = Place(call);
        if (noParent is not null)
            return noParent;

        var (wanted, sent) = (call.Body.Text("mimeType"), call.Media?.MimeType);
        var (type, target, noType) = Type(call, wanted ?? sent ?? "application/octet-stream", sent);
        if (noType is not null)
            return noType;
        var product = desk.Products.Find(type);
        var file = desk.Files.Create(call.Account, call.Body.Text("name") ?? "Untitled", type, parent?.Id, call.Caller.ClientId, call.Body.Text("id"));
        file = FileBody.Apply(file, call.Body, call.Caller) with { ShortcutTarget = target?.Id, ShortcutTargetType = target?.MimeType, Trashed = FileBody.Flag(call.Body, "trashed") is true };
        file = call.Media is { } media && product is null && !DriveMime.IsGoogle(type)
            ? Upload(file, media.Bytes, type, call)
            : desk.Files.Save(file);
        if (product is not null && call.Media is { Bytes.Length: > 0 } content)
            product.Import(file, content.Bytes, Bare(sent ?? "text/plain"));
        else
            product?.CreateEmpty(file);
        return desk.Answer(call, file);
    }

    public GoogleAnswer Update(DriveCall call)
    {
        var (file, refusal) = desk.Find(call, call.Route("fileId"));
        if (file is null || (refusal = FileBody.Refuse(call.Body, creating: false)) is not null)
            return refusal!;
        // Stars and views are one's own business; everything else changes the file for all.
        var personal = call.Media is null && call.Body.All(member => member.Key is "starred" or "viewedByMeTime") && call.Query("addParents").Length + call.Query("removeParents").Length == 0;
        var role = desk.Access().Role(call.Account, file);
        if (!personal && role < DriveRole.Writer)
            return DriveErrors.NoPermission;
        if (FileBody.Flag(call.Body, "trashed") is { } trash && trash != file.Trashed)
        {
            if (role < DriveRole.Owner || file.Parent is null)
                return DriveErrors.NoPermission;
            file = file with { Trashed = trash, TrashedAt = trash ? desk.Now : null };
        }

        if (Move(call, file) is var (moved, noMove) && noMove is not null)
            return noMove;
        var changed = FileBody.Apply(moved!, call.Body, call.Caller);
        if (call.Media is { } media)
            return Replace(call, changed, media);
        if (call.Body.Text("mimeType") is { } type && type != file.MimeType)
        {
            if (DriveMime.IsGoogle(type) || DriveMime.IsGoogle(file.MimeType))
                return DriveErrors.Invalid("mimeType", "The file's type cannot be changed without new content.");
            changed = changed with { MimeType = type };
        }

        // A new name or description is a modification; moving, trashing and starring are not.
        var modifies = call.Body.Any(member => member.Key is not ("starred" or "trashed" or "viewedByMeTime" or "modifiedTime")) && !call.Body.ContainsKey("modifiedTime");
        return desk.Answer(call, modifies ? desk.Files.Touch(changed, call.Account) : desk.Files.Save(changed));
    }

    private GoogleAnswer Replace(DriveCall call, DriveFile file, DriveMedia media)
    {
        if (desk.Products.Find(file.MimeType) is { } product)
        {
            if (!product.ImportTypes.Contains(Bare(media.MimeType ?? "text/plain")))
                return DriveErrors.Invalid("mimeType", "The requested conversion is not supported.");
            product.Import(file, media.Bytes, Bare(media.MimeType ?? "text/plain"));
            return desk.Answer(call, desk.Files.Touch(file, call.Account));
        }

        if (DriveMime.IsGoogle(file.MimeType))
            return DriveErrors.Of(403, "This file cannot have content.", "forbidden");
        return desk.Answer(call, Upload(file, media.Bytes, call.Body.Text("mimeType") ?? media.MimeType ?? file.MimeType, call));
    }

    private GoogleAnswer Delete(DriveCall call)
    {
        var (file, refusal) = desk.Find(call, call.Route("fileId"), DriveRole.Owner);
        if (file is null)
            return refusal!;
        if (file.Parent is null)
            return DriveErrors.NoPermission;
        desk.Delete(file);
        return new GoogleAnswer(StatusCodes.Status204NoContent, null);
    }

    private GoogleAnswer EmptyTrash(DriveCall call)
    {
        foreach (var file in desk.Files.All().Where(file => file.Trashed && file.Owner == call.Account.Id))
            desk.Delete(file);
        return new GoogleAnswer(StatusCodes.Status204NoContent, null);
    }

    private GoogleAnswer Copy(DriveCall call)
    {
        var (file, refusal) = desk.Find(call, call.Route("fileId"));
        if (file is null || (refusal = FileBody.Refuse(call.Body, creating: true)) is not null)
            return refusal!;
        if (file.IsFolder || (file.CopyRequiresWriter && desk.Access().Role(call.Account, file) < DriveRole.Writer))
            return DriveErrors.Of(403, "This file cannot be copied by the user.", "cannotCopyFile");
        if (call.Body.Text("id") is { } chosen && Chosen(chosen) is { } taken)
            return taken;
        var (parent, noParent) = Place(call);
        if (noParent is not null)
            return noParent;
        // Without a folder of its own the copy goes beside the original where that is possible, else to one's root.
        if (parent is null && file.Parent is { } beside && desk.Parent(call, beside) is { Folder: { } same })
            parent = same;

        var type = call.Body.Text("mimeType") ?? file.MimeType;
        if (type != file.MimeType && desk.Products.Find(type)?.ImportTypes.Contains(file.MimeType) != true)
            return DriveErrors.Invalid("mimeType", "The requested conversion is not supported.");
        var copy = desk.Files.Create(call.Account, call.Body.Text("name") ?? "Copy of " + file.Name, type, parent?.Id, call.Caller.ClientId, call.Body.Text("id"));
        copy = FileBody.Apply(copy with
        {
            Description = file.Description,
            Properties = file.Properties,
            AppProperties = file.AppProperties,
            FolderColor = file.FolderColor,
            OriginalFileName = file.OriginalFileName,
            ShortcutTarget = file.ShortcutTarget,
            ShortcutTargetType = file.ShortcutTargetType,
        }, call.Body, call.Caller);
        copy = file.HeadRevision is not null && type == file.MimeType ? desk.Files.PutContent(copy, desk.Files.Content(file), type, call.Account) : desk.Files.Save(copy);
        if (desk.Products.Find(type) is { } product)
        {
            if (type == file.MimeType)
                product.Copy(file, copy);
            else
                product.Import(copy, desk.Files.Content(file), file.MimeType);
        }

        return desk.Answer(call, copy);
    }

    private GoogleAnswer GenerateIds(DriveCall call)
    {
        var count = 10;
        if (call.Query("count") is { Length: > 0 } text && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) || count is < 1 or > 1000))
            return DriveErrors.Invalid("count", "Values must be within the range: [1, 1000]");
        return GoogleAnswer.Ok(new JsonObject
        {
            ["kind"] = "drive#generatedIds",
            ["space"] = "drive",
            ["ids"] = Json.Array(Enumerable.Range(0, count).Select(_ => DriveFiles.NewId("application/octet-stream"))),
        });
    }

    private DriveFile Upload(DriveFile file, byte[] bytes, string type, DriveCall call)
    {
        var put = desk.Files.PutContent(file, bytes, type, call.Account);
        return call.Body.ContainsKey("modifiedTime") ? desk.Files.Save(put with { Modified = file.Modified }) : put;
    }

    /// <summary>Null when the id may be used.</summary>
    private GoogleAnswer? Chosen(string id) =>
        desk.Files.Get(id) is not null ? DriveErrors.Of(409, "A file already exists with the provided ID.", "fileIdInUse")
        : id.Length is < 20 or > 60 || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? DriveErrors.Of(400, "The provided file ID is not usable.", "invalid", "fileId")
        : null;

    /// <summary>The folder that the body names; null when it names none.</summary>
    private (DriveFile? Folder, GoogleAnswer? Refusal) Place(DriveCall call) => call.Body.Texts("parents") switch
    {
        [] => (null, null),
        [var one] => desk.Parent(call, one),
        _ => (null, DriveErrors.Of(403, "Increasing the number of parents is not allowed", "cannotAddParent")),
    };

    /// <summary>Checks the type of a new file: of a shortcut its target, of a document that the upload can be converted.</summary>
    private (string Type, DriveFile? Target, GoogleAnswer? Refusal) Type(DriveCall call, string type, string? sent)
    {
        if (type == DriveMime.Shortcut)
        {
            if (call.Body["shortcutDetails"].Text("targetId") is not { } id)
                return (type, null, DriveErrors.Required("shortcutDetails.targetId", "Required: shortcutDetails.targetId"));
            var (target, refusal) = desk.Find(call, id);
            return (type, target, refusal is null ? null : DriveErrors.Of(404, $"File not found: {id}.", "notFound", "fileId"));
        }

        if (call.Media is { Bytes.Length: > 0 } && DriveMime.IsGoogle(type) && desk.Products.Find(type)?.ImportTypes.Contains(Bare(sent ?? "text/plain")) != true)
            return (type, null, DriveErrors.Of(400, "Bad Request", "badRequest"));
        return (type, null, null);
    }

    /// <summary>addParents and removeParents. A file has one folder: a new one takes the place of the old.</summary>
    private (DriveFile? File, GoogleAnswer? Refusal) Move(DriveCall call, DriveFile file)
    {
        var add = call.Query("addParents").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var remove = call.Query("removeParents").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (add.Length == 0)
        {
            return remove.Length > 0 && remove.Select(Id).Contains(file.Parent)
                ? (null, DriveErrors.Of(403, "A file must have a parent. Name its new folder in addParents.", "cannotRemoveLastParent"))
                : (file, null);
        }

        if (add.Length > 1)
            return (null, DriveErrors.Of(403, "Increasing the number of parents is not allowed", "cannotAddParent"));
        var (folder, refusal) = desk.Parent(call, add[0]);
        if (folder is null)
            return (null, refusal);
        if (folder.Id == file.Id || desk.Access().Above(folder).Any(above => above.Id == file.Id) || file.Parent is null)
            return (null, DriveErrors.Of(403, "A folder cannot be moved into itself or below itself.", "cyclicFolderStructure"));
        return (file with { Parent = folder.Id }, null);

        string Id(string id) => id == "root" ? DriveFiles.RootId(call.Account) : id;
    }

    private static string Bare(string mimeType) => mimeType.Split(';')[0].Trim().ToLowerInvariant();
}
