using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Patchbay.Platform.Workspaces;

namespace Patchbay.Server.Tests;

/// <summary>Connectors need a Builder subscription and the app's switch (product rows K4, K5).</summary>
public sealed class EntitlementTests(TestServer server) : IClassFixture<TestServer>
{
    private static readonly JsonObject Connect = new() { ["scopes"] = new JsonArray("chat:write") };

    [Theory]
    [InlineData("free")]
    [InlineData("starter")]
    public async Task A_subscription_below_builder_connects_nothing_and_says_who_can_change_that(string plan)
    {
        using var owner = await server.SignedInAsync(Role.Owner);
        var app = await NewAppAsync(owner);
        await ChangeAsync(owner, "/api/v1/workspace", new JsonObject { ["plan"] = plan });
        try
        {
            using var refused = await owner.SendAsync(TestServer.Change(HttpMethod.Post, $"/api/v1/apps/{app}/connections/slack/connect", Connect.DeepClone()));
            refused.StatusCode.ShouldBe(HttpStatusCode.PaymentRequired);
            (await refused.Content.ReadAsStringAsync()).ShouldContain("PB1301");
        }
        finally
        {
            await ChangeAsync(owner, "/api/v1/workspace", new JsonObject { ["plan"] = "builder" });
        }
    }

    [Fact]
    public async Task With_backend_functions_off_nothing_is_connected()
    {
        using var owner = await server.SignedInAsync(Role.Owner);
        var app = await NewAppAsync(owner);
        await ChangeAsync(owner, $"/api/v1/apps/{app}", new JsonObject { ["backendFunctions"] = false });
        using var refused = await owner.SendAsync(TestServer.Change(HttpMethod.Post, $"/api/v1/apps/{app}/connections/slack/connect", Connect.DeepClone()));
        refused.StatusCode.ShouldBe(HttpStatusCode.PaymentRequired);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("PB1302");
    }

    [Fact]
    public async Task A_permission_the_catalog_does_not_know_is_never_asked_for()
    {
        using var owner = await server.SignedInAsync(Role.Owner);
        var app = await NewAppAsync(owner);
        using var refused = await owner.SendAsync(TestServer.Change(HttpMethod.Post, $"/api/v1/apps/{app}/connections/slack/connect", new JsonObject { ["scopes"] = new JsonArray("admin.users:write") }));
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("PB1402");
    }

    [Fact]
    public async Task Only_an_owner_changes_the_subscription()
    {
        using var admin = await server.SignedInAsync(Role.Admin);
        using var refused = await admin.SendAsync(TestServer.Change(HttpMethod.Patch, "/api/v1/workspace", new JsonObject { ["plan"] = "elite" }));
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task An_admin_makes_nobody_an_owner_and_the_last_owner_stays()
    {
        using var admin = await server.SignedInAsync(Role.Admin);
        using var refused = await admin.SendAsync(TestServer.Change(HttpMethod.Post, "/api/v1/teammates", new JsonObject { ["name"] = "Eve", ["email"] = "eve@example.com", ["role"] = "owner" }));
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var owner = await server.SignedInAsync(Role.Owner);
        using var last = await owner.SendAsync(TestServer.Change(HttpMethod.Delete, $"/api/v1/teammates/{server.Owner.Id}"));
        last.StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task An_app_key_opens_its_own_app_and_no_other()
    {
        using var owner = await server.SignedInAsync(Role.Owner);
        var (first, second) = (await NewAppAsync(owner), await NewAppAsync(owner));
        using var made = await owner.SendAsync(TestServer.Change(HttpMethod.Post, $"/api/v1/apps/{first}/api-keys", new JsonObject { ["name"] = "Shop" }));
        var key = (string)(await made.Content.ReadFromJsonAsync<JsonObject>())!["key"]!;
        async Task<HttpStatusCode> GetAsync(string app, string header, string value)
        {
            using var client = server.Anonymous();
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/apps/{app}/entities/Nothing");
            request.Headers.TryAddWithoutValidation(header, value);
            using var answer = await client.SendAsync(request);
            return answer.StatusCode;
        }
        (await GetAsync(first, "api_key", key)).ShouldBe(HttpStatusCode.NotFound);
        (await GetAsync(first, "Authorization", "Bearer " + key)).ShouldBe(HttpStatusCode.NotFound);
        (await GetAsync(second, "api_key", key)).ShouldBe(HttpStatusCode.Unauthorized);
        (await GetAsync(first, "api_key", key + "x")).ShouldBe(HttpStatusCode.Unauthorized);
        (await GetAsync(first, "Authorization", "Basic " + key)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static async Task<string> NewAppAsync(HttpClient client)
    {
        using var made = await client.SendAsync(TestServer.Change(HttpMethod.Post, "/api/v1/apps", new JsonObject { ["name"] = "Shop" }));
        return (string)(await made.Content.ReadFromJsonAsync<JsonObject>())!["id"]!;
    }

    private static async Task ChangeAsync(HttpClient client, string path, JsonObject body)
    {
        using var changed = await client.SendAsync(TestServer.Change(HttpMethod.Patch, path, body));
        changed.EnsureSuccessStatusCode();
    }
}
