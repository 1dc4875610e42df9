using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Patchbay.Platform.Apps;
using Patchbay.Platform.Workspaces;

namespace Patchbay.EndToEnd.Tests.Browser;

/// <summary>Bytes that are not ours, in the browser of a signed-in owner: a function's page, an upload, a page of the sandbox.
/// Whatever they try against the dashboard, they read nothing and change nothing.</summary>
[Trait("Needs", "Browser")]
public sealed class ForeignBytesTests(BrowserHost host) : IClassFixture<BrowserHost>, IAsyncLifetime
{
    private static readonly string Attack = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "attack.js"));
    private IBrowserContext _context = null!;
    private IPage _dashboard = null!;
    private Teammate _owner = null!;
    private App _app = null!;

    public async Task InitializeAsync()
    {
        _owner = await host.OwnerAsync();
        _app = await Apps.CreateAsync(_owner, "Help desk", null, "UTC", CancellationToken.None);
        _context = await host.Browser.NewContextAsync();
        _dashboard = await _context.NewPageAsync();
        await _dashboard.GotoAsync($"{host.Dashboard}/sign-in/link#{await host.Workspaces.CreateSignInLinkAsync(_owner.Id, CancellationToken.None)}");
        await _dashboard.GetByRole(AriaRole.Heading, new() { Name = "Apps" }).WaitForAsync();
    }

    public async Task DisposeAsync() => await _context.DisposeAsync();

    private AppService Apps => host.Server.Services.GetRequiredService<AppService>();

    private string AppHost => host.Server.Addresses.AppUrl(_app.Id.Value).GetLeftPart(UriPartial.Authority);

    [Fact]
    public async Task A_functions_page_reads_and_changes_nothing_of_the_dashboard()
    {
        await SaveFunctionAsync("page", Script(Page($"globalThis.attack = {Attack}"), "text/html"));
        await SaveFunctionAsync("worker", Script("self.addEventListener('fetch', () => {})", "text/javascript"));
        await UnharmedAsync(async () =>
        {
            var page = await _context.NewPageAsync();
            (await page.GotoAsync($"{AppHost}/functions/page"))!.Status.ShouldBe(200);
            (await page.EvaluateAsync<string>("typeof globalThis.attack")).ShouldBe("function", "The page's own script runs: the app's host is the app's.");
            await RefusedAsync(page);
        });
    }

    [Fact]
    public async Task A_functions_page_that_sets_cookies_and_wipes_storage_by_header_changes_none_of_ours()
    {
        await SaveFunctionAsync("headers", """
            Deno.serve(() => {
              const headers = new Headers({ "Content-Type": "text/html", "Clear-Site-Data": '"cookies", "storage"', "Service-Worker-Allowed": "/", "Access-Control-Allow-Origin": "*" });
              for (const rest of ["Domain=localhost; Path=/", "Path=/", "Domain=localhost; Path=/api/v1"])
                headers.append("Set-Cookie", "patchbay_session=planted; " + rest);
              return new Response("<title>page</title>", { headers });
            });
            """);
        await UnharmedAsync(async () =>
        {
            var page = await _context.NewPageAsync();
            var answer = await page.GotoAsync($"{AppHost}/functions/headers");
            answer!.Status.ShouldBe(200);
            foreach (var name in new[] { "set-cookie", "clear-site-data", "service-worker-allowed" })
                (await answer.HeaderValueAsync(name)).ShouldBeNull(name);
            (await _context.CookiesAsync()).Where(c => c.Domain.EndsWith(new Uri(AppHost).Host, StringComparison.Ordinal)).ShouldBeEmpty();
        });
    }

    [Fact]
    public async Task On_the_dashboards_own_host_a_functions_page_is_never_opened()
    {
        await SaveFunctionAsync("page", Script(Page("document.title = 'ran'"), "text/html"));
        await UnharmedAsync(async () =>
        {
            var page = await _context.NewPageAsync();
            (await page.GotoAsync($"{host.Dashboard}/functions/page"))!.Status.ShouldBe(404);
            (await page.TitleAsync()).ShouldNotBe("ran");
            // The one route that answers with a function's bytes there takes POST with a key, and no frame or form shows them.
            var (_, key) = await Apps.CreateKeyAsync(_owner, _app.Id, "Test", CancellationToken.None);
            using var client = new HttpClient();
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{host.Dashboard}/api/apps/{_app.Id}/functions/page") { Headers = { { "api_key", key } } };
            using var answer = await client.SendAsync(request);
            answer.Headers.GetValues("Content-Security-Policy").ShouldBe(["sandbox; default-src 'none'"]);
            answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        });
    }

    [Theory]
    [InlineData("page.html", "text/html")]
    [InlineData("drawing.svg", "image/svg+xml")]
    [InlineData("page.xhtml", "application/xhtml+xml")]
    [InlineData("page.html", "")]
    public async Task An_uploaded_page_is_saved_and_never_run(string name, string type)
    {
        const string marker = "/health?the-upload-ran";
        var script = $"fetch('{host.Dashboard}{marker}', {{ mode: 'no-cors' }}); ({Attack})('{host.Dashboard}', '{_app.Id}')";
        var url = await UploadAsync(name, type, name.EndsWith(".svg", StringComparison.Ordinal)
            ? $"<svg xmlns=\"http://www.w3.org/2000/svg\"><script><![CDATA[{script}]]></script></svg>" : Page(script));
        await UnharmedAsync(async () =>
        {
            var asked = new List<string>();
            _context.Request += (_, request) => asked.Add(request.Url);
            var page = await _context.NewPageAsync();
            // Led there, framed, and embedded: a download, an empty frame, a picture without its script.
            await page.GotoAsync($"{AppHost}/functions/none");
            var download = page.WaitForDownloadAsync();
            await page.EvaluateAsync("url => { location.href = url }", url.AbsoluteUri);
            (await download).SuggestedFilename.ShouldBe(name);
            await page.EvaluateAsync(
                """
                async url => {
                  for (const kind of ['iframe', 'embed', 'object', 'img']) {
                    const element = document.createElement(kind)
                    element[kind === 'object' ? 'data' : 'src'] = url
                    document.body.append(element)
                    await new Promise(done => { element.onload = element.onerror = done; setTimeout(done, 700) })
                  }
                }
                """, url.AbsoluteUri);
            asked.ShouldNotContain(u => u.Contains(marker, StringComparison.Ordinal));
        });
    }

    [Fact]
    public async Task A_page_of_the_sandbox_reads_and_changes_nothing_of_the_dashboard()
    {
        await UnharmedAsync(async () =>
        {
            // As a person gets there: by the dashboard's own link.
            var opened = _context.WaitForPageAsync();
            await _dashboard.GetByRole(AriaRole.Link, new() { Name = "Open the sandbox" }).ClickAsync();
            var page = await opened;
            await page.WaitForURLAsync(u => u.StartsWith(host.Sandbox, StringComparison.Ordinal));
            await RefusedAsync(page);
        });
    }

    [Fact]
    public async Task A_form_that_takes_the_whole_window_to_the_api_is_refused()
    {
        await SaveFunctionAsync("form", Script(Page($$"""
            const form = document.body.appendChild(document.createElement('form'))
            Object.assign(form, { method: 'post', action: '{{host.Dashboard}}/api/v1/apps', enctype: 'text/plain', target: '_top' })
            form.append(Object.assign(document.createElement('input'), { name: '{"name":"Planted","x":"', value: '"}' }))
            setTimeout(() => form.submit(), 50)
            """), "text/html"));
        await UnharmedAsync(async () =>
        {
            var page = await _context.NewPageAsync();
            var answered = page.WaitForResponseAsync(r => r.Url.EndsWith("/api/v1/apps", StringComparison.Ordinal));
            await page.GotoAsync($"{AppHost}/functions/form");
            (await answered).Status.ShouldBeOneOf(401, 403);
        });
    }

    /// <summary>The control: what is refused above is refused for where it comes from, not because the script cannot do it.</summary>
    [Fact]
    public async Task The_same_script_on_the_dashboards_own_origin_gets_through()
    {
        var got = await AttackAsync(_dashboard);
        foreach (var attempt in new[] { "read the API", "read the shell", "post JSON", "picture of the API", "picture of the dashboard", "script /theme.js", "live stream" })
            got[attempt].ShouldNotBe("refused", attempt);
        (await Apps.ListAsync(_owner.Workspace, CancellationToken.None)).ShouldContain(a => a.Name == "Planted");
        got["cookie read"].ShouldBe("refused", "Not even our own scripts read the session.");
    }

    /// <summary>What counts is what the server and the browser hold afterwards.</summary>
    private async Task UnharmedAsync(Func<Task> harm)
    {
        var apps = (await Apps.ListAsync(_owner.Workspace, CancellationToken.None)).Select(a => (a.Id, a.Name)).ToList();
        var cookies = await JarAsync();
        cookies.ShouldContain(c => c.StartsWith("patchbay_session=", StringComparison.Ordinal));
        await harm();
        (await Apps.ListAsync(_owner.Workspace, CancellationToken.None)).Select(a => (a.Id, a.Name)).ShouldBe(apps);
        (await JarAsync()).ShouldBe(cookies);
        var me = await _dashboard.EvaluateAsync<string>("async () => (await (await fetch('/api/v1/me')).json()).teammate.id");
        me.ShouldBe(_owner.Id.Value);
        new Uri(_dashboard.Url).GetLeftPart(UriPartial.Authority).ShouldBe(host.Dashboard);
        (await _dashboard.EvaluateAsync<int>("async () => (await navigator.serviceWorker.getRegistrations()).length")).ShouldBe(0);
    }

    private async Task<List<string>> JarAsync() =>
        [.. (await _context.CookiesAsync()).Where(c => c.Domain.TrimStart('.') == "localhost").Select(c => $"{c.Name}={c.Value} {c.Domain} {c.Path} {c.HttpOnly} {c.SameSite}").Order(StringComparer.Ordinal)];

    private async Task RefusedAsync(IPage page)
    {
        var got = await AttackAsync(page);
        got.Count.ShouldBeGreaterThan(20);
        got.Where(g => g.Value != "refused").ShouldBeEmpty();
        page.Frames.Where(f => f != page.MainFrame && f.Url.StartsWith(host.Dashboard, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private async Task<Dictionary<string, string>> AttackAsync(IPage page)
    {
        var outcome = await page.EvaluateAsync<string>($"async ([dashboard, app]) => JSON.stringify(await ({Attack})(dashboard, app))", new[] { host.Dashboard, _app.Id.Value });
        return JsonSerializer.Deserialize<Dictionary<string, string>>(outcome)!;
    }

    private async Task SaveFunctionAsync(string name, string code)
    {
        var body = new JsonObject { ["files"] = new JsonArray(new JsonObject { ["path"] = "entry.ts", ["content"] = code }) };
        var status = await _dashboard.EvaluateAsync<int>(
            "async ([path, body]) => (await fetch(path, { method: 'PUT', headers: { 'Content-Type': 'application/json', 'X-Patchbay': '1' }, body })).status",
            new[] { $"/api/v1/apps/{_app.Id}/functions/{name}", body.ToJsonString() });
        status.ShouldBe(200);
    }

    private async Task<Uri> UploadAsync(string name, string type, string text)
    {
        var (_, key) = await Apps.CreateKeyAsync(_owner, _app.Id, "Test", CancellationToken.None);
        using var part = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        if (type.Length > 0)
            part.Headers.ContentType = new MediaTypeHeaderValue(type);
        using var form = new MultipartFormDataContent { { part, "file", name } };
        using var client = new HttpClient { DefaultRequestHeaders = { { "api_key", key } } };
        using var answer = await client.PostAsync(new Uri($"{host.Dashboard}/api/apps/{_app.Id}/integration-endpoints/Core/UploadFile"), form);
        answer.EnsureSuccessStatusCode();
        return new Uri((string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["file_url"]!);
    }

    private static string Page(string script) => $"<!doctype html><html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>page</title></head><body><script>//<![CDATA[\n{script}\n//]]></script></body></html>";

    private static string Script(string body, string type) =>
        $"Deno.serve(() => new Response({JsonSerializer.Serialize(body)}, {{ headers: {{ \"Content-Type\": \"{type}\" }} }}));";
}
