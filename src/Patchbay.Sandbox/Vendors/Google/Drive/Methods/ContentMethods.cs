using System.Globalization;
using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.Google.Drive.Methods;

/// <summary>files.get, also as a download; files.export; revisions.*.</summary>
internal sealed class ContentMethods(DriveDesk desk) : IDriveMethods
{
    private static readonly string[] DefaultRevision = ["kind", "id", "mimeType", "modifiedTime"];
    private static readonly string[] DefaultRevisions = ["kind", "nextPageToken", "revisions"];

    public IEnumerable<DriveMethod> Methods =>
    [
        new("GET", "/files/{fileId}", "files.get", DriveScopes.Read, Get),
        new("GET", "/files/{fileId}/export", "files.export", DriveScopes.ReadContent, Export),
        new("GET", "/files/{fileId}/revisions", "revisions.list", DriveScopes.Read, Revisions),
        new("GET", "/files/{fileId}/revisions/{revisionId}", "revisions.get", DriveScopes.Read, Revision),
        new("DELETE", "/files/{fileId}/revisions/{revisionId}", "revisions.delete", DriveScopes.Write, DeleteRevision),
    ];

    private GoogleAnswer Get(DriveCall call)
    {
        var (file, refusal) = desk.Find(call, call.Route("fileId"));
        if (file is null)
            return refusal!;
        return call.Query("alt") == "media" ? Download(call, file) : desk.Answer(call, file);
    }

    private GoogleAnswer Download(DriveCall call, DriveFile file)
    {
        if (NoContent(call) is { } refusal)
            return refusal;
        if (file.HeadRevision is null)
            return DriveErrors.Of(403, "Only files with binary content can be downloaded. Use Export with Docs Editors files.", "fileNotDownloadable", "alt");
        if (file.CopyRequiresWriter && desk.Access().Role(call.Account, file) < DriveRole.Writer)
            return DriveErrors.Of(403, "The owner has disabled downloads of this file.", "cannotDownloadFile");
        return new GoogleAnswer(200, null) { Media = new GoogleMedia(desk.Files.Content(file), file.MimeType) };
    }

    private GoogleAnswer Export(DriveCall call)
    {
        var (file, refusal) = desk.Find(call, call.Route("fileId"));
        if (file is null)
            return refusal!;
        var type = call.Query("mimeType");
        if (type.Length == 0)
            return DriveErrors.Required("mimeType", "Required parameter: mimeType");
        if (desk.Products.Find(file.MimeType) is not { } product)
            return DriveErrors.Of(403, "Export only supports Docs Editors files.", "fileNotExportable");
        if (!product.ExportTypes.Contains(type))
            return DriveErrors.Of(400, "The requested conversion is not supported.", "badRequest", "convertTo");
        return new GoogleAnswer(200, null) { Media = new GoogleMedia(product.Export(file, type), type) };
    }

    private GoogleAnswer Revisions(DriveCall call)
    {
        var (file, refusal) = desk.Find(call, call.Route("fileId"), DriveRole.Writer);
        if (file is null)
            return refusal!;
        if (DrivePaging.Read(call, 200, 1000) is var (start, size, noPage) && noPage is not null)
            return noPage;
        var all = desk.Files.Revisions(file.Id);
        var body = new JsonObject { ["kind"] = "drive#revisionList", ["revisions"] = new JsonArray([.. all.Skip(start).Take(size).Select(revision => (JsonNode)Shape(call, revision, call.Query("fields").Length == 0))]) };
        if (start + size < all.Count)
            body["nextPageToken"] = DrivePaging.Token(call, start + size);
        return DriveDesk.Masked(call, body, DefaultRevisions, null);
    }

    private GoogleAnswer Revision(DriveCall call)
    {
        var (revision, refusal) = FindRevision(call, DriveRole.Writer);
        if (revision is null)
            return refusal!;
        if (call.Query("alt") != "media")
            return GoogleAnswer.Ok(Shape(call, revision, call.Query("fields").Length == 0));
        return NoContent(call) ?? new GoogleAnswer(200, null) { Media = new GoogleMedia(desk.Files.Content(call.Route("fileId"), revision.Id) ?? [], revision.MimeType) };
    }

    private GoogleAnswer DeleteRevision(DriveCall call)
    {
        var (revision, refusal) = FindRevision(call, DriveRole.Writer);
        if (revision is null)
            return refusal!;
        if (desk.Files.Get(call.Route("fileId"))?.HeadRevision == revision.Id)
            return DriveErrors.Of(400, "The last remaining or current revision cannot be deleted.", "invalid", "revisionId");
        desk.Files.DeleteRevision(call.Route("fileId"), revision.Id);
        return new GoogleAnswer(StatusCodes.Status204NoContent, null);
    }

    private (DriveRevision? Revision, GoogleAnswer? Refusal) FindRevision(DriveCall call, DriveRole needed)
    {
        var (file, refusal) = desk.Find(call, call.Route("fileId"), needed);
        if (file is null)
            return (null, refusal);
        var id = call.Route("revisionId") == "head" ? file.HeadRevision : call.Route("revisionId");
        return desk.Files.Revisions(file.Id).FirstOrDefault(revision => revision.Id == id) is { } found
            ? (found, null)
            : (null, DriveErrors.Of(404, $"Revision not found: {call.Route("revisionId")}.", "notFound", "revisionId"));
    }

    private JsonObject Shape(DriveCall call, DriveRevision revision, bool brief)
    {
        var body = new JsonObject
        {
            ["kind"] = "drive#revision",
            ["id"] = revision.Id,
            ["mimeType"] = revision.MimeType,
            ["modifiedTime"] = DriveTime.Write(revision.Modified),
            ["keepForever"] = false,
            ["published"] = false,
            ["md5Checksum"] = revision.Md5,
            ["size"] = revision.Size.ToString(CultureInfo.InvariantCulture),
        };
        if (desk.Accounts.Get(revision.By) is { } by)
            body["lastModifyingUser"] = DriveShapes.User(by, call.Account);
        if (brief)
            DriveDesk.Keep(body, DefaultRevision);
        return body;
    }

    /// <summary>Scopes for metadata read no content.</summary>
    private static GoogleAnswer? NoContent(DriveCall call) =>
        DriveScopes.ReadContent.Any(call.Caller.Scopes.Contains) ? null : GoogleAnswer.ScopeInsufficient(DriveVendor.Service, "google.apps.drive.v3.DriveFiles.Get", DriveScopes.ReadContent);
}
