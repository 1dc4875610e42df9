using System.Text;
using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.Google.Drive;

/// <summary>What every Drive method does: find a file for a caller, and answer with it under a mask.</summary>
internal sealed class DriveDesk(DriveFiles files, GoogleAccounts accounts, DriveProducts products, TimeProvider time)
{
    public DriveFiles Files => files;

    public GoogleAccounts Accounts => accounts;

    public DriveProducts Products => products;

    /// <summary>New each time: keep it for a list.</summary>
    public DriveShapes Shapes => new(accounts, products);

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Rules over the store, for a call about one file.</summary>
    public DriveAccess Access() => new(files.Get, Now);

    /// <summary>Rules over a loaded list, for a call about many.</summary>
    public DriveAccess Access(IReadOnlyList<DriveFile> all)
    {
        var byId = all.ToDictionary(file => file.Id);
        return new DriveAccess(byId.GetValueOrDefault, Now);
    }

    /// <summary>The file when the caller sees it and has at least a role; "root" is the caller's own Drive.</summary>
    public (DriveFile? File, GoogleAnswer? Refusal) Find(DriveCall call, string id, DriveRole needed = DriveRole.Reader)
    {
        if (id == "root" || id == DriveFiles.RootId(call.Account))
            return (files.Root(call.Account), null);
        var access = Access();
        if (files.Get(id) is not { } file || !access.Sees(call.Caller, file, DriveScopes.Whole))
            return (null, DriveErrors.FileNotFound(id));
        return access.Role(call.Account, file) < needed ? (null, DriveErrors.NoPermission) : (file, null);
    }

    /// <summary>A folder that the caller may put something into.</summary>
    public (DriveFile? Folder, GoogleAnswer? Refusal) Parent(DriveCall call, string id)
    {
        var (folder, refusal) = Find(call, id);
        if (folder is null)
            return (null, refusal);
        if (!folder.IsFolder)
            return (null, DriveErrors.Of(403, "The specified parent is not a folder.", "parentNotAFolder"));
        return Access().Role(call.Account, folder) < DriveRole.Writer ? (null, DriveErrors.NoParentPermission) : (folder, null);
    }

    public GoogleAnswer Answer(DriveCall call, DriveFile file) =>
        Masked(call, Shapes.File(file, call.Caller, Access()), DriveShapes.DefaultFile, DriveShapes.FileFields);

    /// <summary>An answer with the names of the mask, or the default ones without a mask; an unknown name is refused.</summary>
    public static GoogleAnswer Masked(DriveCall call, JsonObject body, string[] defaults, IReadOnlySet<string>? known)
    {
        if (call.Query("fields") is { Length: > 0 } mask)
            return Refuse(GoogleFields.Parse(mask), known) ?? GoogleAnswer.Ok(body);
        Keep(body, defaults);
        return GoogleAnswer.Ok(body);
    }

    /// <summary>Null unless a mask names something that does not exist.</summary>
    public static GoogleAnswer? Refuse(GoogleFields? fields, IReadOnlySet<string>? known) =>
        known is not null && fields?.Names.FirstOrDefault(name => !known.Contains(name)) is { } unknown ? GoogleAnswer.InvalidFields(unknown) : null;

    public static void Keep(JsonObject body, string[] names)
    {
        foreach (var name in body.Select(member => member.Key).Where(name => !names.Contains(name)).ToList())
            body.Remove(name);
    }

    /// <summary>The text of a file as far as it has any: a document's, or an upload of a text type.</summary>
    public string Text(DriveFile file) =>
        products.Find(file.MimeType) is { } product ? product.Text(file)
        : file.HeadRevision is not null && IsText(file.MimeType) ? Encoding.UTF8.GetString(files.Content(file))
        : "";

    /// <summary>Removes for good, contents of products included.</summary>
    public void Delete(DriveFile file)
    {
        foreach (var gone in files.Delete(file))
            products.Find(gone.MimeType)?.Delete(gone.Id);
    }

    public static bool IsText(string mimeType) =>
        mimeType.StartsWith("text/", StringComparison.Ordinal) || mimeType is "application/json" or "application/xml" or "application/javascript" or "application/x-yaml";
}
