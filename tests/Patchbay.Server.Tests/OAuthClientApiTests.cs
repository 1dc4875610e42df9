using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Platform.Auditing;
using Patchbay.Platform.Connections;
using Patchbay.Platform.Workspaces;
using Patchbay.Vault;
using Patchbay.Vault.Connections;

namespace Patchbay.Server.Tests;

/// <summary>A workspace brings its own OAuth clients: secrets go in and never come out, and nobody else's are reached.</summary>
public sealed class OAuthClientApiTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private readonly TestServer _server = server;
    private HttpClient _owner = null!;

    public async Task InitializeAsync() => _owner = await _server.SignedInAsync(Role.Owner);

    /// <summary>The server is every test's; what a test added goes with it.</summary>
    public async Task DisposeAsync()
    {
        foreach (var client in (await DoAsync(HttpMethod.Get, "/api/v1/oauth-clients"))["items"]!.AsArray().Where(c => !(bool)c!["instance"]!))
            await DoAsync(HttpMethod.Delete, $"/api/v1/oauth-clients/{client!["id"]}");
        _owner.Dispose();
    }

    private static JsonObject New(string name, string vendor = "slack") =>
        new() { ["vendor"] = vendor, ["name"] = name, ["clientId"] = $"id-{name}", ["clientSecret"] = "CANARY-secret" };

    private async Task<(HttpStatusCode Status, string Text)> SendAsync(HttpMethod method, string path, JsonNode? body = null, HttpClient? client = null)
    {
        using var request = method == HttpMethod.Get ? new HttpRequestMessage(method, path) : TestServer.Change(method, path, body);
        using var answer = await (client ?? _owner).SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task<JsonObject> DoAsync(HttpMethod method, string path, JsonNode? body = null)
    {
        var (status, text) = await SendAsync(method, path, body);
        ((int)status).ShouldBeInRange(200, 299, text);
        return JsonNode.Parse(text)!.AsObject();
    }

    [Fact]
    public async Task Added_listed_changed_made_the_default_and_removed_without_a_secret_in_any_answer_or_in_the_log()
    {
        var seen = new List<string>();
        async Task<JsonObject> KeepAsync(HttpMethod method, string path, JsonNode? body = null)
        {
            var answer = await DoAsync(method, path, body);
            seen.Add(answer.ToJsonString());
            return answer;
        }
        var production = await KeepAsync(HttpMethod.Post, "/api/v1/oauth-clients", New("Production"));
        ((bool)production["isDefault"]!, (bool)production["hasSecret"]!, (bool)production["instance"]!, (string)production["clientId"]!).ShouldBe((true, true, false, "id-Production"));
        var test = await KeepAsync(HttpMethod.Post, "/api/v1/oauth-clients", New("Test"));
        ((bool)test["isDefault"]!).ShouldBeFalse();
        await KeepAsync(HttpMethod.Patch, $"/api/v1/oauth-clients/{test["id"]}", new JsonObject { ["isDefault"] = true, ["clientSecret"] = "CANARY-second", ["name"] = "Staging" });
        var list = await KeepAsync(HttpMethod.Get, "/api/v1/oauth-clients?vendor=slack");
        list["items"]!.AsArray().Select(c => ((string)c!["name"]!, (bool)c["isDefault"]!)).ShouldBe([("Staging", true), ("Production", false)]);
        (await KeepAsync(HttpMethod.Get, "/api/v1/oauth-clients?vendor=google"))["items"]!.AsArray().ShouldBeEmpty();
        await KeepAsync(HttpMethod.Delete, $"/api/v1/oauth-clients/{production["id"]}");
        var (gone, _) = await SendAsync(HttpMethod.Delete, $"/api/v1/oauth-clients/{production["id"]}");
        gone.ShouldBe(HttpStatusCode.NotFound);

        var log = await _server.Server.Services.GetRequiredService<IAuditLog>().ListAsync(_server.Owner.Workspace, null, 50, CancellationToken.None);
        log.Where(e => e.Action.StartsWith("oauth-client.", StringComparison.Ordinal)).Take(4).Select(e => (e.Action, e.Subject)).ShouldBe(
            [("oauth-client.removed", "slack: Production"), ("oauth-client.changed", "slack: Staging"), ("oauth-client.added", "slack: Test"), ("oauth-client.added", "slack: Production")]);
        (string.Join('\n', seen) + string.Join('\n', log)).ShouldNotContain("CANARY");
    }

    [Theory]
    [InlineData("""{}""", 422)]
    [InlineData("""{"vendor":"slack","name":"n"}""", 422)]
    [InlineData("""{"vendor":"nobody","name":"n","clientId":"i"}""", 409)]
    [InlineData("""{"vendor":"slack","name":"n","clientId":"i","connectors":["gmail"]}""", 422)]
    [InlineData("""{"vendor":"slack","name":"n","clientId":"i","connectors":[null]}""", 422)]
    [InlineData("""{"vendor":"slack","name":"n","clientId":"i","clientSecret":"sbxs_x"}""", 422)]
    [InlineData("""{"vendor":"slack","name":"n","clientId":"i","clientSecret":""}""", 422)]
    [InlineData("""{"vendor":"slack","name":"n","clientId":"i","clientSecret":["CANARY"]}""", 400)]
    public async Task What_is_no_client_is_refused_and_the_refusal_repeats_no_secret(string body, int status)
    {
        var (answer, text) = await SendAsync(HttpMethod.Post, "/api/v1/oauth-clients", JsonNode.Parse(body));
        ((int)answer).ShouldBe(status, text);
        text.ShouldNotContain("sbxs_x");
        text.ShouldNotContain("CANARY");
    }

    [Fact]
    public async Task A_client_that_connections_rest_on_stays_and_the_refusal_names_them()
    {
        var app = (string)(await DoAsync(HttpMethod.Post, "/api/v1/apps", new JsonObject { ["name"] = "Help desk" }))["id"]!;
        var client = (string)(await DoAsync(HttpMethod.Post, "/api/v1/oauth-clients", New("Production")))["id"]!;
        await _server.Server.Services.GetRequiredService<IConnectionStore>().InsertAsync(new ConnectionRow
        {
            App = new(app), Id = new("c00000000000000000000001"), Connector = "slack", Vendor = "slack", Realm = Realm.Live, OAuthClient = client, State = ConnectionState.Connected,
            GrantedScopes = [], ApprovedScopes = [], ConnectedBy = _server.Owner.Id.Value, ConnectedAt = DateTimeOffset.UnixEpoch,
        }, null, CancellationToken.None);
        var (status, text) = await SendAsync(HttpMethod.Delete, $"/api/v1/oauth-clients/{client}");
        status.ShouldBe(HttpStatusCode.Conflict);
        text.ShouldContain("PB1421");
        text.ShouldContain("Slack in Help desk");
        (await SendAsync(HttpMethod.Patch, $"/api/v1/oauth-clients/{client}", new JsonObject { ["clientId"] = "another" })).Text.ShouldContain("PB2116");
        (await SendAsync(HttpMethod.Patch, $"/api/v1/oauth-clients/{client}", new JsonObject { ["clientSecret"] = "rotated" })).Status.ShouldBe(HttpStatusCode.OK);
        ((int)(await DoAsync(HttpMethod.Get, "/api/v1/oauth-clients?vendor=slack"))["items"]![0]!["connections"]!).ShouldBe(1);
        await _server.Server.Services.GetRequiredService<IConnectionStore>().DisconnectAsync(new(app), new("c00000000000000000000001"), CancellationToken.None);
    }

    [Fact]
    public async Task The_operators_client_is_seen_and_used_and_not_changed_by_a_workspace()
    {
        var service = _server.Server.Services.GetRequiredService<OAuthClientService>();
        var (client, _) = await service.SetInstallAsync("notion", "Install", "id-install", "secret", null, false, CancellationToken.None);
        var seen = (await DoAsync(HttpMethod.Get, "/api/v1/oauth-clients?vendor=notion"))["items"]!.AsArray().ShouldHaveSingleItem()!;
        ((bool)seen["instance"]!).ShouldBeTrue();
        foreach (var method in new[] { HttpMethod.Patch, HttpMethod.Delete })
        {
            var (status, text) = await SendAsync(method, $"/api/v1/oauth-clients/{client.Id}", new JsonObject { ["name"] = "Mine" });
            status.ShouldBe(HttpStatusCode.Forbidden);
            text.ShouldContain("PB1422");
        }
        var setup = await DoAsync(HttpMethod.Get, "/api/v1/connectors/notion/setup");
        ((string)setup["liveClients"]![0]!["name"]!, (string?)setup["liveProblem"]).ShouldBe(("Install", null));
        await service.RemoveInstallAsync("notion", "install", CancellationToken.None);
        (await DoAsync(HttpMethod.Get, "/api/v1/oauth-clients?vendor=notion"))["items"]!.AsArray().ShouldBeEmpty();
        (await _server.Server.Services.GetRequiredService<IAuditLog>().ListAsync(_server.Owner.Workspace, null, 2, CancellationToken.None)).Select(e => (e.Actor, e.Action, e.Subject)).ShouldBe(
            [("operator", "oauth-client.removed", "notion: Install"), ("operator", "oauth-client.added", "notion: Install")]);
    }

    [Fact]
    public async Task Another_workspaces_client_does_not_exist_here()
    {
        var client = (string)(await DoAsync(HttpMethod.Post, "/api/v1/oauth-clients", New("Production")))["id"]!;
        // Nobody makes a second workspace through the API yet; the services are scoped all the same.
        var service = _server.Server.Services.GetRequiredService<OAuthClientService>();
        var stranger = _server.Owner with { Id = new("t9"), Workspace = new("w9") };
        (await service.ListAsync(stranger.Workspace, "slack", CancellationToken.None)).ShouldBeEmpty();
        (await Should.ThrowAsync<Patchbay.Platform.UserVisibleException>(() => service.RemoveAsync(stranger, client, CancellationToken.None))).Code.ShouldBe("PB1420");
    }

    [Fact]
    public async Task The_setup_of_a_connector_says_what_is_missing_and_which_address_the_vendor_must_know()
    {
        using var viewer = await _server.SignedInAsync(Role.Viewer);
        var setup = JsonNode.Parse((await SendAsync(HttpMethod.Get, "/api/v1/connectors/slack/setup", client: viewer)).Text)!;
        ((string)setup["callbackUrl"]!).ShouldBe(new Uri(_server.Url, "/oauth/callback/slack").AbsoluteUri);
        setup["steps"]!.AsArray().Count.ShouldBeGreaterThan(2);
        ((string)setup["liveProblem"]!).ShouldContain("No OAuth client");
        ((string)setup["addressRefusal"]!).ShouldContain("https");
        ((bool)setup["sandbox"]!).ShouldBeFalse();

        await DoAsync(HttpMethod.Post, "/api/v1/oauth-clients", New("Production"));
        ((string)(await DoAsync(HttpMethod.Get, "/api/v1/connectors/slack/setup"))["liveProblem"]!).ShouldContain("--public-url");
        (await SendAsync(HttpMethod.Get, "/api/v1/connectors/nobody/setup")).Status.ShouldBe(HttpStatusCode.NotFound);
        // One of Google's serves all seven, and http on localhost is taken there.
        await DoAsync(HttpMethod.Post, "/api/v1/oauth-clients", New("Production", "google"));
        foreach (var connector in new[] { "gmail", "googledrive" })
        {
            var google = await DoAsync(HttpMethod.Get, $"/api/v1/connectors/{connector}/setup");
            ((string)google["callbackUrl"]!, (string?)google["liveProblem"]).ShouldBe((new Uri(_server.Url, "/oauth/callback/google").AbsoluteUri, null));
        }
    }
}
