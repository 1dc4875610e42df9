using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Patchbay.Platform.Files;
using Patchbay.Platform.Workspaces;

namespace Patchbay.Server.Tests;

/// <summary>Uploads: into the app with its credential, out of it on its own host, never as a page.</summary>
public sealed class FilesTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task An_uploaded_picture_is_read_back_from_the_apps_own_host_with_its_type()
    {
        var (app, key) = await NewAppAsync();
        byte[] bytes = [0x89, (byte)'P', (byte)'N', (byte)'G', 1, 2, 3];
        var url = await UploadAsync(app, key, "a picture.png", "image/png", bytes);
        url.Host.ShouldBe($"{app}.localhost");
        url.AbsolutePath.ShouldEndWith("/a_picture.png");
        using var answer = await GetAsync(url);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
        answer.Content.Headers.ContentDisposition.ShouldBeNull();
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        (await answer.Content.ReadAsByteArrayAsync()).ShouldBe(bytes);
    }

    [Theory]
    [InlineData("text/html", "page.html")]
    [InlineData("image/svg+xml", "drawing.svg")]
    [InlineData("application/xhtml+xml", "page.xhtml")]
    [InlineData("text/xml", "sheet.xml")]
    [InlineData("text/javascript", "worker.js")]
    [InlineData("multipart/x-mixed-replace", "stream")]
    [InlineData("nonsense", "page.html")]
    [InlineData("", "page.html")]
    public async Task What_a_browser_could_run_is_for_saving_only(string type, string name)
    {
        var (app, key) = await NewAppAsync();
        using var answer = await GetAsync(await UploadAsync(app, key, name, type, "<script>alert(1)</script>"u8.ToArray()));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        answer.Headers.GetValues("Content-Security-Policy").ShouldBe(["sandbox; default-src 'none'"]);
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
    }

    [Fact]
    public async Task The_dashboards_host_and_another_apps_host_do_not_have_it()
    {
        var (app, key) = await NewAppAsync();
        var (other, _) = await NewAppAsync();
        var url = await UploadAsync(app, key, "a.txt", "text/plain", "hello"u8.ToArray());
        foreach (var host in new[] { "localhost", $"{other}.localhost" })
        {
            using var answer = await GetAsync(new UriBuilder(url) { Host = host }.Uri);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, host);
        }
    }

    [Fact]
    public async Task Only_the_apps_own_credential_uploads_and_a_session_is_none()
    {
        var (app, key) = await NewAppAsync();
        var (other, _) = await NewAppAsync();
        using var owner = await server.SignedInAsync(Role.Owner);
        (await StatusAsync(owner, app, null)).ShouldBe(HttpStatusCode.Unauthorized);
        using var anybody = server.Anonymous();
        (await StatusAsync(anybody, other, key)).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(anybody, app, key + "x")).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(anybody, app, key)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_file_over_the_limit_is_refused_and_leaves_nothing()
    {
        var (app, key) = await NewAppAsync();
        using var client = server.Anonymous();
        using var body = Form("big.bin", "application/octet-stream", new byte[AppFiles.LargestFile + 1]);
        using var answer = await client.SendAsync(Upload(app, key, body));
        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        var folder = Path.Combine(server.Server.Options.Data, "files", app);
        (Directory.Exists(folder) ? Directory.GetFiles(folder) : []).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_of_exactly_the_limit_is_kept_where_only_the_server_reads()
    {
        var (app, key) = await NewAppAsync();
        using var answer = await GetAsync(await UploadAsync(app, key, "full.bin", "application/pdf", new byte[AppFiles.LargestFile]));
        answer.Content.Headers.ContentLength.ShouldBe(AppFiles.LargestFile);
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Path.Combine(server.Server.Options.Data, "files", app)).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Theory]
    [InlineData("application/json", "{}")]
    [InlineData("multipart/form-data", "no boundary")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"other\"; filename=\"a\"\r\n\r\nhello\r\n--x--\r\n")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nno file name\r\n--x--\r\n")]
    [InlineData("multipart/form-data; boundary=x", "rubbish")]
    public async Task What_is_no_file_is_refused_with_the_shape_that_is_wanted(string type, string body)
    {
        var (app, key) = await NewAppAsync();
        using var client = server.Anonymous();
        using var content = new StringContent(body, Encoding.UTF8);
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var answer = await client.SendAsync(Upload(app, key, content));
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("PB2002");
    }

    [Theory]
    [InlineData("../../../etc/passwd/x")]
    [InlineData("..%2f..%2fpatchbay.db/x")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/x")]
    public async Task A_guessed_address_finds_nothing(string rest)
    {
        var (app, _) = await NewAppAsync();
        foreach (var label in new[] { app, "..", "files", "xn--a" })
        {
            using var client = server.Anonymous();
            using var request = new HttpRequestMessage(HttpMethod.Get, "/files/" + rest);
            request.Headers.TryAddWithoutValidation("Host", $"{label}.localhost:{server.Url.Port}");
            using var answer = await client.SendAsync(request);
            ((int)answer.StatusCode).ShouldBeOneOf(400, 404, 421);
        }
    }

    [Fact]
    public void No_name_and_no_type_a_sender_chooses_can_leave_the_header_or_the_folder() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string?>(), sent =>
        {
            var name = FileTypes.CleanName(sent);
            name.Length.ShouldBeInRange(1, FileTypes.LongestName);
            name.ShouldAllBe(c => char.IsAsciiLetterOrDigit(c) || c == '.' || c == '-' || c == '_');
            name[0].ShouldNotBe('.');
            FileTypes.CleanName(name).ShouldBe(name);
            var type = FileTypes.Clean(sent);
            type.Split('/').Length.ShouldBe(2);
            type.ShouldAllBe(c => char.IsAsciiLetterOrDigit(c) || c == '/' || c == '.' || c == '-' || c == '+');
        }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task An_apps_host_does_not_show_the_dashboard()
    {
        var (app, _) = await NewAppAsync();
        foreach (var path in new[] { "/", "/sign-in", "/index.html" })
        {
            using var answer = await GetAsync(new UriBuilder(server.Url) { Host = $"{app}.localhost", Path = path }.Uri);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        }
    }

    private async Task<(string App, string Key)> NewAppAsync()
    {
        using var owner = await server.SignedInAsync(Role.Owner);
        using var made = await owner.SendAsync(TestServer.Change(HttpMethod.Post, "/api/v1/apps", new JsonObject { ["name"] = "Shop" }));
        var app = (string)(await made.Content.ReadFromJsonAsync<JsonObject>())!["id"]!;
        using var key = await owner.SendAsync(TestServer.Change(HttpMethod.Post, $"/api/v1/apps/{app}/api-keys", new JsonObject { ["name"] = "Shop" }));
        return (app, (string)(await key.Content.ReadFromJsonAsync<JsonObject>())!["key"]!);
    }

    private static MultipartFormDataContent Form(string name, string type, byte[] bytes)
    {
        var part = new ByteArrayContent(bytes);
        if (type.Length > 0)
            part.Headers.TryAddWithoutValidation("Content-Type", type);
        return new MultipartFormDataContent { { part, "file", name } };
    }

    private static HttpRequestMessage Upload(string app, string? key, HttpContent body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/apps/{app}/integration-endpoints/Core/UploadFile") { Content = body };
        if (key is not null)
            request.Headers.Add("api_key", key);
        return request;
    }

    private async Task<Uri> UploadAsync(string app, string key, string name, string type, byte[] bytes)
    {
        using var client = server.Anonymous();
        using var answer = await client.SendAsync(Upload(app, key, Form(name, type, bytes)));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return new Uri((string)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["file_url"]!);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string app, string? key)
    {
        using var answer = await client.SendAsync(Upload(app, key, Form("a.txt", "text/plain", "hello"u8.ToArray())));
        return answer.StatusCode;
    }

    /// <summary>As a browser does, which resolves <c>*.localhost</c> itself.</summary>
    private async Task<HttpResponseMessage> GetAsync(Uri url)
    {
        using var client = server.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Get, url.PathAndQuery);
        request.Headers.Host = url.Authority;
        return await client.SendAsync(request);
    }
}
