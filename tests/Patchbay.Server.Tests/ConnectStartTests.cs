using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Web;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Platform.Connections;
using Patchbay.Platform.Workspaces;

namespace Patchbay.Server.Tests;

/// <summary>Between the wish to connect an account and the vendor stands our own page, for its requester only (O3, O4).</summary>
public sealed class ConnectStartTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private readonly TestServer _server = server;
    private HttpClient _owner = null!;
    private string _app = "";

    private IConnectStartStore Store => _server.Server.Services.GetRequiredService<IConnectStartStore>();

    public async Task InitializeAsync()
    {
        _owner = await _server.SignedInAsync(Role.Owner);
        _app = (string)(await DoAsync(_owner, HttpMethod.Post, "/api/v1/apps", new JsonObject { ["name"] = "Help desk" }))["id"]!;
        await DoAsync(_owner, HttpMethod.Post, "/api/v1/oauth-clients", new JsonObject { ["vendor"] = "google", ["name"] = "Production", ["clientId"] = "id-production", ["clientSecret"] = "s1" });
    }

    /// <summary>The server is every test's; what a test added goes with it.</summary>
    public async Task DisposeAsync()
    {
        foreach (var client in (await DoAsync(_owner, HttpMethod.Get, "/api/v1/oauth-clients"))["items"]!.AsArray())
            await DoAsync(_owner, HttpMethod.Delete, $"/api/v1/oauth-clients/{client!["id"]}");
        _owner.Dispose();
    }

    private const string Send = "https://www.googleapis.com/auth/gmail.send";

    private static async Task<JsonObject> DoAsync(HttpClient client, HttpMethod method, string path, JsonNode? body = null)
    {
        using var answer = await client.SendAsync(method == HttpMethod.Get ? new HttpRequestMessage(method, path) : TestServer.Change(method, path, body));
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonNode.Parse(text)!.AsObject();
    }

    private static async Task<(int Status, string Code)> RefusedAsync(HttpClient client, HttpMethod method, string path, JsonNode? body = null)
    {
        using var answer = await client.SendAsync(method == HttpMethod.Get ? new HttpRequestMessage(method, path) : TestServer.Change(method, path, body));
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
        return ((int)answer.StatusCode, (string)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["error"]!["code"]!);
    }

    private Task<JsonObject> AskAsync(JsonObject? more = null, HttpClient? client = null)
    {
        var body = new JsonObject { ["scopes"] = new JsonArray(Send), ["proposalId"] = "p1" };
        foreach (var (name, value) in more ?? [])
            body[name] = value?.DeepClone();
        return DoAsync(client ?? _owner, HttpMethod.Post, $"/api/v1/apps/{_app}/connections/gmail/connect", body);
    }

    private async Task<string> HandleAsync(JsonObject? more = null, HttpClient? client = null) => new Uri((string)(await AskAsync(more, client))["connectUrl"]!).Segments[^1];

    [Fact]
    public async Task A_connect_link_leads_to_our_own_page_and_names_no_vendor()
    {
        var answer = await AskAsync();
        var link = new Uri((string)answer["connectUrl"]!);
        answer.Count.ShouldBe(1);
        link.GetLeftPart(UriPartial.Authority).ShouldBe(_server.Url.GetLeftPart(UriPartial.Authority));
        link.AbsolutePath.ShouldMatch("^/connect/[A-Za-z0-9_-]{43}$");
        (await Store.FindAsync(link.Segments[^1], CancellationToken.None)).ShouldBeNull("only its hash is kept");
        (await Store.FindAsync(Tokens.Hash(link.Segments[^1]), CancellationToken.None)).ShouldNotBeNull();
    }

    [Fact]
    public async Task The_page_names_app_requester_permissions_and_realm_and_the_click_leads_to_the_vendor_once()
    {
        var handle = await HandleAsync();
        var page = await DoAsync(_owner, HttpMethod.Get, $"/api/v1/connect/{handle}");
        ((string)page["appName"]!, (string)page["connectorName"]!, (string)page["requestedBy"]!, (string)page["realm"]!).ShouldBe(("Help desk", "Gmail", "Ada", "live"));
        var permission = page["permissions"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)permission["scope"]!, (bool)permission["isNew"]!).ShouldBe((Send, false));
        ((string)permission["plain"]!).ShouldNotBeNullOrWhiteSpace();
        ((bool)page["identityAsked"]!).ShouldBeTrue();
        page.ToJsonString().ShouldNotContain("accounts.google.com");

        using var clicked = await _owner.SendAsync(TestServer.Change(HttpMethod.Post, $"/api/v1/connect/{handle}"));
        clicked.StatusCode.ShouldBe(HttpStatusCode.OK);
        var cookie = clicked.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();
        cookie.ShouldContain("patchbay_connect=");
        cookie.ShouldContain("httponly", Case.Insensitive);
        cookie.ShouldContain("samesite=lax", Case.Insensitive);
        var vendor = new Uri((string)(await clicked.Content.ReadFromJsonAsync<JsonObject>())!["authorizeUrl"]!);
        vendor.GetLeftPart(UriPartial.Path).ShouldBe("https://accounts.google.com/o/oauth2/v2/auth");
        var query = HttpUtility.ParseQueryString(vendor.Query);
        (query["client_id"], query["redirect_uri"], query["response_type"]).ShouldBe(("id-production", new Uri(_server.Url, "/oauth/callback/google").AbsoluteUri, "code"));
        query["state"]!.ShouldNotBe(handle);

        (await RefusedAsync(_owner, HttpMethod.Get, $"/api/v1/connect/{handle}")).ShouldBe((410, "PB1434"));
        (await RefusedAsync(_owner, HttpMethod.Post, $"/api/v1/connect/{handle}")).ShouldBe((410, "PB1434"));
    }

    [Fact]
    public async Task Of_many_clicks_at_once_one_leads_on()
    {
        var handle = await HandleAsync();
        var statuses = await Task.WhenAll(Enumerable.Range(0, 12).Select(async _ =>
        {
            using var answer = await _owner.SendAsync(TestServer.Change(HttpMethod.Post, $"/api/v1/connect/{handle}"));
            return (int)answer.StatusCode;
        }));
        statuses.Count(s => s == 200).ShouldBe(1);
        statuses.Count(s => s == 410).ShouldBe(11);
    }

    [Fact]
    public async Task A_link_that_another_person_opens_ends_there_and_stays_good_for_its_requester()
    {
        var handle = await HandleAsync();
        using var other = await _server.SignedInAsync(Role.Admin);
        using var viewer = await _server.SignedInAsync(Role.Viewer);
        using var nobody = _server.Anonymous();
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post })
        {
            (await RefusedAsync(other, method, $"/api/v1/connect/{handle}")).ShouldBe((403, "PB1432"));
            (await RefusedAsync(viewer, method, $"/api/v1/connect/{handle}")).ShouldBe((403, "PB1203"));
            (await RefusedAsync(nobody, method, $"/api/v1/connect/{handle}")).ShouldBe((401, "PB1202"));
            (await RefusedAsync(_owner, method, $"/api/v1/connect/{handle}x")).ShouldBe((404, "PB1431"));
        }
        await DoAsync(_owner, HttpMethod.Post, $"/api/v1/connect/{handle}");
    }

    [Fact]
    public async Task A_link_of_long_ago_says_so()
    {
        var handle = Tokens.New();
        await Store.InsertAsync(new ConnectStart
        {
            App = new(_app), HandleHash = Tokens.Hash(handle), RequesterKind = RequesterKind.Teammate, Requester = _server.Owner.Id.Value, Connector = "gmail", Scopes = [Send],
            ExpiresAt = TimeProvider.System.GetUtcNow() - TimeSpan.FromSeconds(1),
        }, CancellationToken.None);
        (await RefusedAsync(_owner, HttpMethod.Get, $"/api/v1/connect/{handle}")).ShouldBe((410, "PB1433"));
        (await RefusedAsync(_owner, HttpMethod.Post, $"/api/v1/connect/{handle}")).ShouldBe((410, "PB1433"));
    }

    [Fact]
    public async Task An_app_of_another_workspace_is_reached_by_no_link()
    {
        var handle = Tokens.New();
        await Store.InsertAsync(new ConnectStart
        {
            App = new("a99999999999999999999999"), HandleHash = Tokens.Hash(handle), RequesterKind = RequesterKind.Teammate, Requester = _server.Owner.Id.Value, Connector = "gmail", Scopes = [Send],
            ExpiresAt = TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(5),
        }, CancellationToken.None);
        (await RefusedAsync(_owner, HttpMethod.Post, $"/api/v1/connect/{handle}")).ShouldBe((404, "PB1303"));
    }

    [Fact]
    public async Task What_was_allowed_when_asked_is_checked_again_at_the_click_and_the_wish_survives_a_refusal()
    {
        var handle = await HandleAsync();
        await DoAsync(_owner, HttpMethod.Patch, $"/api/v1/apps/{_app}", new JsonObject { ["backendFunctions"] = false });
        (await RefusedAsync(_owner, HttpMethod.Post, $"/api/v1/connect/{handle}")).ShouldBe((402, "PB1302"));
        ((bool)(await DoAsync(_owner, HttpMethod.Get, $"/api/v1/connect/{handle}"))["backendFunctions"]!).ShouldBeFalse();
        await DoAsync(_owner, HttpMethod.Patch, $"/api/v1/apps/{_app}", new JsonObject { ["backendFunctions"] = true });
        await DoAsync(_owner, HttpMethod.Patch, "/api/v1/workspace", new JsonObject { ["plan"] = "starter" });
        (await RefusedAsync(_owner, HttpMethod.Post, $"/api/v1/connect/{handle}")).ShouldBe((402, "PB1301"));
        await DoAsync(_owner, HttpMethod.Patch, "/api/v1/workspace", new JsonObject { ["plan"] = "builder" });
        await DoAsync(_owner, HttpMethod.Post, $"/api/v1/connect/{handle}");
    }

    [Fact]
    public async Task Without_a_live_client_or_with_an_address_that_the_vendor_refuses_the_answer_says_what_is_missing()
    {
        var ask = new JsonObject { ["scopes"] = new JsonArray("chat:write") };
        using var none = await _owner.SendAsync(TestServer.Change(HttpMethod.Post, $"/api/v1/apps/{_app}/connections/slack/connect", ask));
        none.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await none.Content.ReadAsStringAsync()).ShouldContain("No OAuth client is set up for Slack");
        await DoAsync(_owner, HttpMethod.Post, "/api/v1/oauth-clients", new JsonObject { ["vendor"] = "slack", ["name"] = "P", ["clientId"] = "i", ["clientSecret"] = "s" });
        using var http = await _owner.SendAsync(TestServer.Change(HttpMethod.Post, $"/api/v1/apps/{_app}/connections/slack/connect", ask.DeepClone()));
        http.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await http.Content.ReadAsStringAsync()).ShouldContain("--public-url");
    }

    [Fact]
    public async Task A_named_client_is_asked_with_and_one_of_nobody_or_of_another_vendor_is_refused()
    {
        var test = await DoAsync(_owner, HttpMethod.Post, "/api/v1/oauth-clients", new JsonObject { ["vendor"] = "google", ["name"] = "Test", ["clientId"] = "id-test", ["clientSecret"] = "s2" });
        var go = await DoAsync(_owner, HttpMethod.Post, $"/api/v1/connect/{await HandleAsync(new JsonObject { ["client"] = (string)test["id"]! })}");
        ((string)go["authorizeUrl"]!).ShouldContain("client_id=id-test&");
        // Chosen on the page instead.
        go = await DoAsync(_owner, HttpMethod.Post, $"/api/v1/connect/{await HandleAsync()}", new JsonObject { ["client"] = (string)test["id"]! });
        ((string)go["authorizeUrl"]!).ShouldContain("client_id=id-test&");
        var handle = await HandleAsync();
        (await RefusedAsync(_owner, HttpMethod.Post, $"/api/v1/connect/{handle}", new JsonObject { ["client"] = "somebody" })).ShouldBe((404, "PB1420"));
        (await RefusedAsync(_owner, HttpMethod.Post, $"/api/v1/connect/{handle}", new JsonObject { ["realm"] = "sandbox" })).ShouldBe((409, "PB1435"));
        await DoAsync(_owner, HttpMethod.Post, $"/api/v1/connect/{handle}");
    }

    [Fact]
    public async Task The_vendors_answer_at_another_vendors_address_exchanges_nothing()
    {
        var go = await DoAsync(_owner, HttpMethod.Post, $"/api/v1/connect/{await HandleAsync()}");
        var state = HttpUtility.ParseQueryString(new Uri((string)go["authorizeUrl"]!).Query)["state"];
        using var mixed = await _owner.GetAsync(new Uri($"/oauth/callback/slack?state={state}&code=c", UriKind.Relative));
        mixed.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        mixed.Headers.Location!.ToString().ShouldBe($"/apps/{_app}/connected?error=OtherVendor&connector=gmail&proposal=p1");
        using var spent = await _owner.GetAsync(new Uri($"/oauth/callback/google?state={state}&code=c", UriKind.Relative));
        spent.Headers.Location!.ToString().ShouldBe("/connect-failed?error=UnknownState");
    }

    [Fact]
    public async Task The_old_address_and_one_without_a_vendor_are_no_callbacks()
    {
        using var bare = await _owner.GetAsync(new Uri("/oauth/callback?state=x&code=y", UriKind.Relative));
        bare.StatusCode.ShouldNotBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Base44s_callback_only_redirects_and_keeps_the_query()
    {
        var go = await DoAsync(_owner, HttpMethod.Post, $"/api/v1/connect/{await HandleAsync()}");
        var state = HttpUtility.ParseQueryString(new Uri((string)go["authorizeUrl"]!).Query)["state"];
        for (var i = 0; i < 2; i++)
        {
            using var alias = await _owner.GetAsync(new Uri($"/api/external-auth/callback?code=a%2Bb&state={state}", UriKind.Relative));
            alias.StatusCode.ShouldBe(HttpStatusCode.Redirect);
            alias.Headers.Location!.ToString().ShouldBe($"/oauth/callback/google?code=a%2Bb&state={state}");
        }
        foreach (var query in new[] { "", "?state=unknown", "?state=a&state=b", $"?state={new string('x', 300)}" })
        {
            using var unknown = await _owner.GetAsync(new Uri("/api/external-auth/callback" + query, UriKind.Relative));
            unknown.Headers.Location!.ToString().ShouldBe("/connect-failed?error=UnknownState");
        }
    }

    [Fact]
    public async Task A_browser_that_comes_back_signed_out_gets_a_page_and_a_program_its_status()
    {
        using var nobody = _server.Anonymous();
        using var navigation = new HttpRequestMessage(HttpMethod.Get, "/oauth/callback/google?state=x&code=y");
        navigation.Headers.Add("Sec-Fetch-Mode", "navigate");
        using var page = await nobody.SendAsync(navigation);
        page.Headers.Location!.ToString().ShouldBe("/connect-failed?error=SignedOut");
        using var status = await nobody.GetAsync(new Uri("/oauth/callback/google?state=x&code=y", UriKind.Relative));
        status.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }
}
