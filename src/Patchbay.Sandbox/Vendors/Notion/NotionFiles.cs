using System.Text.Json.Nodes;
using Patchbay.Sandbox.State;
using Patchbay.Sandbox.Vendors.Notion.Values;

namespace Patchbay.Sandbox.Vendors.Notion;

/// <summary>Uploaded files, and the addresses they are shown under for an hour.</summary>
internal sealed class NotionFiles(Store store, TimeProvider time)
{
    /// <summary>Where Notion keeps uploads. Their addresses carry their own permission; no token goes there.</summary>
    public const string Host = "prod-files-secure.s3.us-west-2.amazonaws.com";

    private static readonly TimeSpan Shareable = TimeSpan.FromHours(1);
    private readonly Collection<NotionFile> files = new(store, "notion.file");

    // Addresses of an earlier process run out with it; they would within the hour anyway.
    private readonly byte[] key = System.Security.Cryptography.RandomNumberGenerator.GetBytes(32);

    public void Clear() => files.Clear();

    public NotionFile? Get(string? id) => id is null ? null : files.Get(id);

    public void Put(NotionFile file) => files.Put(file.Id, file, file.WorkspaceId, file.Sort);

    public IReadOnlyList<NotionFile> All(string workspaceId) => files.List(workspaceId);

    /// <exception cref="NotionRefusal">There is no such upload, or it has not arrived.</exception>
    public void Attach(string id, NotionCall call)
    {
        if (Get(id) is not { } file || file.WorkspaceId != call.Bot.WorkspaceId || file.CreatedBy != call.Bot.Id)
            throw NotionRefusal.NotFound("file_upload", id, call.Bot.Name);
        if (file.Status != "uploaded")
            throw NotionRefusal.Validation($"File upload {id} has a status of `{file.Status}`, but must be `uploaded` to be attached.");
        Put(file with { Attached = true });
    }

    public JsonObject Shown(string id)
    {
        var expires = time.GetUtcNow() + Shareable;
        var file = Get(id);
        var name = Uri.EscapeDataString(file?.Filename ?? "file");
        var url = $"https://{Host}/{id}/{name}?X-Amz-Expires=3600&X-Amz-Date={expires.ToUnixTimeSeconds()}&X-Amz-Signature={Sign(id, expires.ToUnixTimeSeconds())}";
        return new JsonObject { ["type"] = "file", ["file"] = new JsonObject { ["url"] = url, ["expiry_time"] = DateValue.Shown(expires) } };
    }

    public static string? IdInAddress(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Host == Host && uri.Segments.Length > 1 ? NotionIds.Parse(uri.Segments[1].TrimEnd('/')) : null;

    public async Task DownloadAsync(HttpContext context)
    {
        var id = (string?)context.Request.RouteValues["id"] ?? "";
        var query = context.Request.Query;
        if (!long.TryParse(query["X-Amz-Date"], out var until) || until < time.GetUtcNow().ToUnixTimeSeconds()
            || query["X-Amz-Signature"] != Sign(id, until) || Get(id) is not { } file)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            context.Response.ContentType = "application/xml";
            await context.Response.WriteAsync("<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>", context.RequestAborted);
            return;
        }

        context.Response.ContentType = "application/octet-stream";
        context.Response.Headers.ContentDisposition = "attachment";
        foreach (var part in file.Content.OrderBy(part => int.Parse(part.Key, System.Globalization.CultureInfo.InvariantCulture)))
            await context.Response.Body.WriteAsync(Convert.FromBase64String(part.Value), context.RequestAborted);
    }

    private string Sign(string id, long until) => Convert.ToHexStringLower(
        System.Security.Cryptography.HMACSHA256.HashData(key, System.Text.Encoding.UTF8.GetBytes($"{id}/{until}")));
}
