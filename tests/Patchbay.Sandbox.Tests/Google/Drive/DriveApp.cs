using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Google.Drive;

/// <summary>Calls to Drive and Docs as an app makes them.</summary>
internal static class DriveApp
{
    public const string Folder = "application/vnd.google-apps.folder";
    public const string Document = "application/vnd.google-apps.document";
    public const string Full = "https://www.googleapis.com/auth/drive";
    public static readonly string FileScope = GoogleApp.Scopes("drive.file");

    /// <summary>Drive, expecting a status; the path is below /drive/v3.</summary>
    public static async Task<JsonNode?> DriveAsync(this Playground sandbox, string token, HttpMethod method, string path, JsonNode? body = null, int status = 200)
    {
        var (got, reply, _) = await sandbox.GoogleAsync(token, method, "www.googleapis.com/drive/v3" + path, body);
        got.ShouldBe(status, reply?.ToJsonString());
        return reply;
    }

    /// <summary>A new file with only metadata; its id.</summary>
    public static async Task<string> CreateFileAsync(this Playground sandbox, string token, string name, string mimeType = "text/plain", string? parent = null)
    {
        var body = new JsonObject { ["name"] = name, ["mimeType"] = mimeType };
        if (parent is not null)
            body["parents"] = new JsonArray(parent);
        return (await sandbox.DriveAsync(token, HttpMethod.Post, "/files", body)).Text("id");
    }

    public static async Task<IReadOnlyList<string>> FindAsync(this Playground sandbox, string token, string query, string more = "") =>
        [.. (await sandbox.DriveAsync(token, HttpMethod.Get, $"/files?q={Uri.EscapeDataString(query)}{more}")).At("files")!.AsArray().Select(file => file.Text("name"))];

    /// <summary>Metadata and bytes in one request, as client libraries send them.</summary>
    public static async Task<JsonNode> UploadAsync(this Playground sandbox, string token, JsonNode metadata, byte[] bytes, string type, string path = "/files?uploadType=multipart", int status = 200)
    {
        using var content = new MultipartContent("related", "limit");
        content.Add(new StringContent(metadata.ToJsonString(), Encoding.UTF8, "application/json"));
        var part = new ByteArrayContent(bytes);
        part.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        content.Add(part);
        using var response = await sandbox.SendAsync(token, path.Contains("/files/", StringComparison.Ordinal) ? HttpMethod.Patch : HttpMethod.Post, "www.googleapis.com/upload/drive/v3" + path, content);
        var reply = await response.JsonAsync();
        ((int)response.StatusCode).ShouldBe(status, reply.ToJsonString());
        return reply;
    }

    public static Task<JsonNode> UploadTextAsync(this Playground sandbox, string token, string name, string text, string type = "text/plain", string? parent = null)
    {
        var metadata = new JsonObject { ["name"] = name };
        if (parent is not null)
            metadata["parents"] = new JsonArray(parent);
        return sandbox.UploadAsync(token, metadata, Encoding.UTF8.GetBytes(text), type);
    }

    public static async Task<string> DownloadAsync(this Playground sandbox, string token, string path)
    {
        using var response = await sandbox.SendAsync(token, HttpMethod.Get, "www.googleapis.com/drive/v3" + path);
        var text = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(200, text);
        return text;
    }

    public static async Task<HttpResponseMessage> SendAsync(this Playground sandbox, string token, HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, "/" + path) { Content = content };
        if (token.Length > 0)
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                content!.Headers.TryAddWithoutValidation(name, value);
        }

        return await sandbox.Http.SendAsync(request);
    }
}
