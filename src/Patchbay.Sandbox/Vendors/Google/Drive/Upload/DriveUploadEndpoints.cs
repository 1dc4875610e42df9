using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.State;
using Patchbay.Sandbox.Vendors.Google.Drive.Methods;
using Patchbay.Sandbox.Vendors.Google.Gmail.Mime;

namespace Patchbay.Sandbox.Vendors.Google.Drive.Upload;

/// <summary>/upload/drive/v3/files: media, multipart and resumable, for new files and for new content of old ones.</summary>
internal sealed class DriveUploadEndpoints(DriveDesk desk, FileMethods files, DriveUploads uploads, GoogleBearer bearer, Store store)
{
    private const int PieceUnit = 256 * 1024;

    /// <summary>308 says that more is expected; it is no redirect.</summary>
    private const int Resume = 308;

    public async Task BeginAsync(HttpContext context)
    {
        var updating = context.Request.RouteValues["fileId"] is string;
        var (caller, refusal) = bearer.CheckCaller(context, DriveVendor.Service, $"google.apps.drive.v3.DriveFiles.{(updating ? "Update" : "Create")}", DriveScopes.Write);
        if (caller is null)
        {
            await refusal!.WriteAsync(context);
            return;
        }

        var answer = context.Request.Query["uploadType"].ToString() switch
        {
            "resumable" => await ResumableAsync(context, caller),
            "multipart" => await MultipartAsync(context, caller),
            "media" or "" => await MediaAsync(context, caller),
            _ => DriveErrors.Invalid("uploadType"),
        };
        await answer.WriteAsync(context);
    }

    /// <summary>One piece of a resumable upload, or the question how far it got.</summary>
    public async Task ContinueAsync(HttpContext context)
    {
        var bytes = await ReadAsync(context);
        var answer = store.Atomic(() => Continue(context, bytes));
        await answer.WriteAsync(context);
    }

    public async Task CancelAsync(HttpContext context)
    {
        var found = uploads.Find(context.Request.Query["upload_id"].ToString());
        if (found is null)
        {
            await Unknown.WriteAsync(context);
            return;
        }

        uploads.End(found);
        context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
    }

    private async Task<GoogleAnswer> MediaAsync(HttpContext context, GoogleCaller caller)
    {
        var media = new DriveMedia(await ReadAsync(context), Type(context.Request.ContentType));
        return Finish(new DriveCall(context, caller, [], media));
    }

    private async Task<GoogleAnswer> MultipartAsync(HttpContext context, GoogleCaller caller)
    {
        if (context.Request.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) != true)
            return DriveErrors.Of(400, "Malformed multipart body.", "badContent");
        var bytes = await ReadAsync(context);
        var whole = MimeParser.Parse([.. System.Text.Encoding.Latin1.GetBytes($"Content-Type: {context.Request.ContentType}\r\n\r\n"), .. bytes]);
        if (whole.Parts is not [var head, var content, ..])
            return DriveErrors.Of(400, "Malformed multipart body.", "badContent");
        if (Json.TryParse(head.Text) is not JsonObject metadata)
            return DriveErrors.ParseError;
        var type = content.Header("Content-Type") is { Length: > 0 } ? Type(content.Header("Content-Type")) : null;
        return Finish(new DriveCall(context, caller, metadata, new DriveMedia(content.Body, type)));
    }

    private async Task<GoogleAnswer> ResumableAsync(HttpContext context, GoogleCaller caller)
    {
        var text = System.Text.Encoding.UTF8.GetString(await ReadAsync(context));
        if (text.Length > 0 && Json.TryParse(text) is not JsonObject)
            return DriveErrors.ParseError;
        var fileId = context.Request.RouteValues["fileId"] as string;
        if (fileId is not null && store.Atomic(() => desk.Find(new DriveCall(context, caller, []), fileId, DriveRole.Writer)) is { Refusal: { } refusal })
            return refusal;
        if (long.TryParse(context.Request.Headers["X-Upload-Content-Length"], NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length > DriveVendor.LargestUpload)
            return DriveErrors.Of(413, "The upload is larger than this sandbox keeps.", "uploadTooLarge");
        var id = uploads.Begin(new DriveUpload
        {
            Hash = "",
            FileId = fileId,
            Metadata = text.Length > 0 ? text : "{}",
            Account = caller.Account.Id,
            ClientId = caller.ClientId,
            Scopes = caller.Scopes,
            MimeType = context.Request.Headers["X-Upload-Content-Type"].ToString() is { Length: > 0 } type ? Type(type) : null,
            Expires = default,
        });
        // The vendor's own address: whoever leads calls here leads this one here too.
        var location = $"https://www.googleapis.com/upload/drive/v3/files{(fileId is null ? "" : "/" + fileId)}{context.Request.QueryString.Add("upload_id", id)}";
        return new GoogleAnswer(200, null) { Headers = [("Location", location), ("X-GUploader-UploadID", id)] };
    }

    private GoogleAnswer Continue(HttpContext context, byte[] bytes)
    {
        if (uploads.Find(context.Request.Query["upload_id"].ToString()) is not { } upload)
            return Unknown;
        if (desk.Accounts.Get(upload.Account) is not { } account)
            return Unknown;
        if (context.Request.Headers.ContentRange.ToString() is not { Length: > 0 } header)
            return upload.Received > 0 ? Progress(upload) : Complete(context, uploads.Append(upload, bytes), account);
        if (ContentRange.Parse(header) is not { } range)
            return DriveErrors.Of(400, "Failed to parse Content-Range header.", "badRequest");
        if (range.First is null)
            return range.Total == upload.Received && upload.Received > 0 ? Complete(context, upload, account) : Progress(upload);
        if (range.First > upload.Received || range.Last - range.First + 1 != bytes.Length)
            return Progress(upload);

        // A piece may repeat what came already, and a piece that is not the last counts only up to a full unit.
        var fresh = bytes.AsSpan((int)(upload.Received - range.First.Value));
        var last = range.Total == range.Last + 1;
        if (!last)
            fresh = fresh[..(fresh.Length / PieceUnit * PieceUnit)];
        if (upload.Received + fresh.Length > DriveVendor.LargestUpload)
            return DriveErrors.Of(413, "The upload is larger than this sandbox keeps.", "uploadTooLarge");
        upload = fresh.Length > 0 || last ? uploads.Append(upload, fresh.ToArray()) : upload;
        return last ? Complete(context, upload, account) : Progress(upload);
    }

    private GoogleAnswer Complete(HttpContext context, DriveUpload upload, GoogleAccount account)
    {
        var caller = new GoogleCaller(account, upload.ClientId, upload.Scopes);
        var media = new DriveMedia(uploads.Content(upload), upload.MimeType ?? Type(context.Request.ContentType));
        var answer = Run(new DriveCall(context, caller, (JsonObject)Json.TryParse(upload.Metadata)!, media));
        uploads.End(upload);
        return answer;
    }

    private GoogleAnswer Finish(DriveCall call) => store.Atomic(() => Run(call));

    private GoogleAnswer Run(DriveCall call) => call.Context.Request.RouteValues["fileId"] is string ? files.Update(call) : files.Create(call);

    private static GoogleAnswer Progress(DriveUpload upload) => new(Resume, null)
    {
        Headers = upload.Received == 0 ? [] : [("Range", $"bytes=0-{(upload.Received - 1).ToString(CultureInfo.InvariantCulture)}")],
    };

    private static GoogleAnswer Unknown { get; } = DriveErrors.Of(404, "Upload not found or expired.", "notFound", "upload_id");

    private static string? Type(string? header) => header is { Length: > 0 } ? header.Split(';')[0].Trim().ToLowerInvariant() is { Length: > 2 } type && type.Contains('/', StringComparison.Ordinal) ? type : null : null;

    private static async Task<byte[]> ReadAsync(HttpContext context)
    {
        using var content = new MemoryStream();
        await context.Request.Body.CopyToAsync(content, context.RequestAborted);
        return content.ToArray();
    }
}
