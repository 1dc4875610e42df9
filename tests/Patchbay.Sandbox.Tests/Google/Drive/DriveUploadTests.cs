using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Google.Drive;

public sealed class DriveUploadTests
{
    private const string Upload = "www.googleapis.com/upload/drive/v3/files";

    [Fact]
    public async Task Bytes_come_back_as_they_went_whatever_is_in_them()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(DriveApp.FileScope);
        byte[] bytes = [.. Enumerable.Range(0, 1000).Select(number => (byte)number), 13, 10, .. "--limitless\r\n--limi\r\n"u8, 0];

        var file = await sandbox.UploadAsync(token, new JsonObject { ["name"] = "Bericht für Köln.pdf" }, bytes, "application/pdf", "/files?uploadType=multipart&fields=id,name,mimeType,size,webViewLink");

        (file.Text("name"), file.Text("mimeType"), file.Text("size")).ShouldBe(("Bericht für Köln.pdf", "application/pdf", $"{bytes.Length}"));
        using var response = await sandbox.SendAsync(token, HttpMethod.Get, $"www.googleapis.com/drive/v3/files/{file.Text("id")}?alt=media");
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
        (await response.Content.ReadAsByteArrayAsync()).ShouldBe(bytes);
        using var part = await sandbox.SendAsync(token, HttpMethod.Get, $"www.googleapis.com/drive/v3/files/{file.Text("id")}?alt=media", null, ("Range", "bytes=10-19"));
        ((int)part.StatusCode, (await part.Content.ReadAsByteArrayAsync()).Length).ShouldBe((206, 10));
    }

    [Fact]
    public async Task A_plain_upload_has_no_name_and_a_form_is_taken_as_parts_too()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(DriveApp.FileScope);

        using var media = await sandbox.SendAsync(token, HttpMethod.Post, Upload + "?uploadType=media", Content("hello", "text/plain"));
        var file = await media.JsonAsync();
        using var form = new MultipartFormDataContent { { new StringContent("""{"name":"form.txt"}""", Encoding.UTF8, "application/json"), "metadata" }, { Content("from a form", "text/plain"), "file", "form.txt" } };
        using var sent = await sandbox.SendAsync(token, HttpMethod.Post, Upload + "?uploadType=multipart", form);
        var named = await sent.JsonAsync();

        (file.Text("name"), file.Text("mimeType")).ShouldBe(("Untitled", "text/plain"));
        named.Text("name").ShouldBe("form.txt");
        (await sandbox.DownloadAsync(token, $"/files/{named.Text("id")}?alt=media")).ShouldBe("from a form");
        using var base64 = new MultipartContent("related");
        base64.Add(new StringContent("{}", Encoding.UTF8, "application/json"));
        var encoded = Content(Convert.ToBase64String("decoded"u8), "text/plain");
        encoded.Headers.Add("Content-Transfer-Encoding", "base64");
        base64.Add(encoded);
        using var third = await sandbox.SendAsync(token, HttpMethod.Post, Upload + "?uploadType=multipart", base64);
        (await sandbox.DownloadAsync(token, $"/files/{(await third.JsonAsync()).Text("id")}?alt=media")).ShouldBe("decoded");
    }

    [Fact]
    public async Task A_resumable_upload_goes_on_where_it_stopped()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(DriveApp.FileScope);
        var bytes = new byte[(256 * 1024) + 100];
        bytes.AsSpan().Fill(7);
        using var begun = await sandbox.SendAsync(token, HttpMethod.Post, Upload + "?uploadType=resumable&fields=id,size", new StringContent("""{"name":"big.bin"}""", Encoding.UTF8, "application/json"),
            ("X-Upload-Content-Type", "application/x-big"), ("X-Upload-Content-Length", $"{bytes.Length}"));
        begun.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        var session = begun.Headers.Location!.AbsoluteUri.Replace("https://", "", StringComparison.Ordinal);
        session.ShouldStartWith(Upload + "?uploadType=resumable");

        (await PieceAsync([], $"bytes */{bytes.Length}")).ShouldBe((308, ""));
        (await PieceAsync(bytes[..(256 * 1024)], $"bytes 0-{(256 * 1024) - 1}/{bytes.Length}")).ShouldBe((308, "bytes=0-262143"));
        (await PieceAsync([], "bytes */*")).ShouldBe((308, "bytes=0-262143"));
        (await PieceAsync([1], $"bytes 262200-262200/{bytes.Length}")).ShouldBe((308, "bytes=0-262143"));
        (await PieceAsync([1], "nonsense")).Status.ShouldBe(400);
        using var done = await sandbox.SendAsync("", HttpMethod.Put, session, new ByteArrayContent(bytes[(256 * 1024)..]), ("Content-Range", $"bytes 262144-{bytes.Length - 1}/{bytes.Length}"));
        var file = await done.JsonAsync();

        file.Text("size").ShouldBe($"{bytes.Length}");
        (await sandbox.DriveAsync(token, HttpMethod.Get, $"/files/{file.Text("id")}")).Text("mimeType").ShouldBe("application/x-big");
        (await PieceAsync([1], "bytes 0-0/1")).Status.ShouldBe(404);

        async Task<(int Status, string Range)> PieceAsync(byte[] piece, string range)
        {
            using var response = await sandbox.SendAsync("", HttpMethod.Put, session, new ByteArrayContent(piece), ("Content-Range", range));
            return ((int)response.StatusCode, response.Headers.TryGetValues("Range", out var values) ? values.Single() : "");
        }
    }

    [Fact]
    public async Task New_content_is_a_new_revision_and_the_old_one_can_still_be_read()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(DriveApp.FileScope);
        var file = (await sandbox.UploadTextAsync(token, "a.txt", "one")).Text("id");
        using var begun = await sandbox.SendAsync(token, HttpMethod.Patch, $"{Upload}/{file}?uploadType=resumable", new StringContent("""{"name":"b.txt"}""", Encoding.UTF8, "application/json"));
        using var put = await sandbox.SendAsync("", HttpMethod.Put, begun.Headers.Location!.AbsoluteUri.Replace("https://", "", StringComparison.Ordinal), Content("two", "text/plain"));
        (await put.JsonAsync()).Text("name").ShouldBe("b.txt");

        var revisions = (await sandbox.DriveAsync(token, HttpMethod.Get, $"/files/{file}/revisions")).At("revisions")!.AsArray();
        revisions.Count.ShouldBe(2);
        (await sandbox.DownloadAsync(token, $"/files/{file}/revisions/{revisions[0].Text("id")}?alt=media")).ShouldBe("one");
        (await sandbox.DownloadAsync(token, $"/files/{file}?alt=media")).ShouldBe("two");
        await sandbox.DriveAsync(token, HttpMethod.Delete, $"/files/{file}/revisions/{revisions[1].Text("id")}", status: 400);
        await sandbox.DriveAsync(token, HttpMethod.Delete, $"/files/{file}/revisions/{revisions[0].Text("id")}", status: 204);
    }

    [Theory]
    [InlineData("?uploadType=multipart", "application/json", "{}", 400)]
    [InlineData("?uploadType=multipart", "multipart/related; boundary=b", "--b\r\n\r\nonly one part\r\n--b--", 400)]
    [InlineData("?uploadType=multipart", "multipart/related; boundary=b", "--b\r\n\r\nno json\r\n--b\r\n\r\nx\r\n--b--", 400)]
    [InlineData("?uploadType=teleport", "text/plain", "x", 400)]
    [InlineData("?uploadType=resumable", "application/json", "{", 400)]
    public async Task A_broken_upload_is_refused(string query, string type, string body, int status)
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(DriveApp.FileScope);

        using var response = await sandbox.SendAsync(token, HttpMethod.Post, Upload + query, Content(body, type));

        ((int)response.StatusCode).ShouldBe(status);
        using var missing = await sandbox.SendAsync(token, HttpMethod.Patch, Upload + "/missing" + query, Content(body, type));
        ((int)missing.StatusCode).ShouldBeOneOf(400, 404);
        using var nobody = await sandbox.SendAsync("", HttpMethod.Post, Upload + query, Content(body, type));
        ((int)nobody.StatusCode).ShouldBe(401);
    }

    private static ByteArrayContent Content(string text, string type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return content;
    }
}
