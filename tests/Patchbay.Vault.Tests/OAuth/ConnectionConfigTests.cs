using System.Text;
using Patchbay.Vault.Connections;
using Patchbay.Vault.Egress.Forwarding;
using Patchbay.Vault.OAuth;
using Patchbay.Vault.Secrets;
using Patchbay.Vault.Tests.Support;

namespace Patchbay.Vault.Tests.OAuth;

/// <summary>Vendors whose customers each have a host: where it is travels with the tokens, and nothing else does.</summary>
public sealed class ConnectionConfigTests
{
    private static readonly string[] Read = ["read"];

    [Theory]
    [InlineData("https://acme.my.tenants.example", true)]
    [InlineData("https://a--b.sandbox.my.tenants.example/", true)]
    [InlineData("https://login.tenants.example", true)]
    [InlineData("https://my.tenants.example", false)]
    [InlineData("https://evil.example", false)]
    [InlineData("https://evil.example/.my.tenants.example", false)]
    [InlineData("http://acme.my.tenants.example", false)]
    [InlineData("https://acme.my.tenants.example:8443", false)]
    [InlineData("https://user@acme.my.tenants.example", false)]
    [InlineData("sbxt_token", false)]
    public void Only_an_address_on_the_connectors_hosts_is_kept(string told, bool kept)
    {
        var (grant, _) = TokenReplyReader.Read(200, Encoding.UTF8.GetBytes($$"""{"access_token":"t","instance_url":"{{told}}","id":"https://login.tenants.example/id"}"""), TestCatalog.Tenants.OAuth.Reply);

        var config = Credential.ConfigOf(TestCatalog.Tenants, grant!);

        config.ShouldBe(kept ? new Dictionary<string, string> { ["instance_url"] = told } : []);
    }

    [Fact]
    public async Task A_function_is_told_where_the_accounts_api_is_and_learns_nothing_of_other_connections()
    {
        await using var vault = await TestVault.StartAsync();
        var row = await vault.AddConnectionAsync("tenants", "sbxt_1", "sbxr_1", approved: "read");
        await StoreAsync(vault, row, "https://acme.my.tenants.example");
        await vault.AddConnectionAsync("gmail", "sbxt_2");
        await using var process = await vault.OpenAsync();

        (await ConfigAsync("tenants")).ShouldBe(new Dictionary<string, string> { ["instance_url"] = "https://acme.my.tenants.example" });
        (await ConfigAsync("gmail")).ShouldBeNull();
        (await ConfigAsync("slack")).ShouldBeNull();
        vault.Policy = vault.Policy! with { Connections = [] };
        (await ConfigAsync("tenants")).ShouldBeNull();

        async Task<IReadOnlyDictionary<string, string>?> ConfigAsync(string connector)
        {
            IReadOnlyDictionary<string, string>? config = null;
            vault.LocalApi = async (http, caller) => config = await caller.GetConfigAsync(connector, http.RequestAborted);
            using var reply = await process.Http.GetAsync(new Uri("http://patchbay.internal/token"));
            return config;
        }
    }

    [Theory]
    [InlineData("""{"access_token":"sbxt_2","instance_url":"https://moved.my.tenants.example"}""", "https://moved.my.tenants.example")]
    [InlineData("""{"access_token":"sbxt_2"}""", "https://acme.my.tenants.example")]
    [InlineData("""{"access_token":"sbxt_2","instance_url":"https://evil.example"}""", "https://acme.my.tenants.example")]
    public async Task A_refresh_follows_a_move_and_forgets_nothing(string reply, string expected)
    {
        await using var vault = await TestVault.StartAsync();
        var row = await vault.AddConnectionAsync("tenants", "sbxt_1", "sbxr_1", life: TimeSpan.FromSeconds(-1));
        await StoreAsync(vault, row, "https://acme.my.tenants.example");
        vault.Vendor.Answer = (_, http) => FakeVendor.Json(http, 200, reply);

        await vault.Get<TokenSource>().GetAsync(vault.Store.Row(row.Id), CancellationToken.None);

        Credential.Open(vault.Box, vault.Store.Row(row.Id)).Config["instance_url"].ShouldBe(expected);
    }

    [Theory]
    [InlineData("GET", "acme.my.tenants.example", "/data/v1/query", true)]
    [InlineData("POST", "acme.my.tenants.example", "/data/v1/things", false)]
    [InlineData("POST", "a.b.my.tenants.example", "/data/v1/things", false)]
    [InlineData("POST", "my.tenants.example", "/data/v1/things", true)]
    public void A_call_to_any_customers_host_is_held_to_what_was_approved(string method, string host, string path, bool passes) =>
        (OperationGate.Judge([TestCatalog.Tenants], Read, Read, method, host, path).Missing is null).ShouldBe(passes);

    private static async Task StoreAsync(TestVault vault, ConnectionRow row, string instance)
    {
        var leased = await vault.Store.TryLeaseAsync(row.Id, "test", vault.Time.GetUtcNow(), vault.Time.GetUtcNow().AddMinutes(1), CancellationToken.None);
        var credential = new Credential(new SecretText("sbxt_1"), new SecretText("sbxr_1"), Realm.Sandbox) { Config = new Dictionary<string, string> { ["instance_url"] = instance } };
        await vault.Store.TryReplaceCredentialAsync(row.Id, leased!.Fence, credential.Seal(vault.Box, row.App, row.Id), row.AccessExpiresAt, vault.Time.GetUtcNow(), row.GrantedScopes, CancellationToken.None);
    }
}
