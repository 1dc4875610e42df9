using Patchbay.Vault.OAuth;
using Patchbay.Vault.Tests.Support;

namespace Patchbay.Vault.Tests.OAuth;

/// <summary>OAuth clients that people bring: which one is taken, what is kept of them, and that a secret never comes back.</summary>
public sealed class ClientTests : IAsyncLifetime
{
    private const string Mine = "w00000000000000000000001", Theirs = "w00000000000000000000002";
    private TestVault _vault = null!;

    private IOAuthClients Clients => _vault.Get<IOAuthClients>();

    public async Task InitializeAsync() => _vault = await TestVault.StartAsync();

    public async Task DisposeAsync() => await _vault.DisposeAsync();

    private Task<OAuthClientView> AddAsync(string name, string? workspace = Mine, string vendor = "google", string[]? connectors = null, bool isDefault = false, string? secret = "live-CANARY-secret", string? clientId = null) =>
        Clients.AddAsync(new NewOAuthClient(workspace, vendor, connectors ?? [], name, clientId ?? $"id-{name}", secret, isDefault), CancellationToken.None);

    /// <summary>Whose client id the vendor's page would be asked with.</summary>
    private async Task<string> AskedWithAsync(string connector, string[] scopes, string? workspace = Mine, string? client = null)
    {
        var start = await _vault.Connections.BeginAsync(new ConnectRequest { App = TestVault.App, Teammate = "t1", Connector = connector, Scopes = scopes, Workspace = workspace, Client = client }, CancellationToken.None);
        return System.Web.HttpUtility.ParseQueryString(start.AuthorizeUrl.Query)["client_id"]!;
    }

    private Task<string> MailAsync(string? workspace = Mine, string? client = null) => AskedWithAsync("gmail", [TestCatalog.MailSend], workspace, client);

    private static async Task<string> CodeAsync(Func<Task> act) => (await Should.ThrowAsync<VaultRefusedException>(act)).Code;

    [Fact]
    public async Task A_workspaces_own_client_goes_before_the_installs_and_is_nobody_elses()
    {
        await AddAsync("Install", workspace: null);
        (await MailAsync()).ShouldBe("id-Install");
        await AddAsync("Own");
        (await MailAsync()).ShouldBe("id-Own");
        (await MailAsync(Theirs)).ShouldBe("id-Install");
        (await MailAsync(null)).ShouldBe("id-Install");
        (await Clients.ListForAsync("gmail", Realm.Live, Theirs, CancellationToken.None)).Select(c => c.Name).ShouldBe(["Install"]);
    }

    [Fact]
    public async Task The_first_is_the_default_until_another_is_made_it_and_any_can_be_named()
    {
        var production = await AddAsync("Production");
        production.IsDefault.ShouldBeTrue();
        var test = await AddAsync("Test");
        test.IsDefault.ShouldBeFalse();
        (await MailAsync()).ShouldBe("id-Production");
        (await MailAsync(client: test.Id)).ShouldBe("id-Test");
        await Clients.ChangeAsync(test.Id, new OAuthClientChange(isDefault: true), CancellationToken.None);
        (await MailAsync()).ShouldBe("id-Test");
        (await Clients.ListAsync(Mine, null, CancellationToken.None)).Where(c => c.Realm == Realm.Live && c.IsDefault).Select(c => c.Name).ShouldBe(["Test"]);
        (await CodeAsync(() => MailAsync(Theirs, test.Id))).ShouldBe("PB2117");
    }

    [Fact]
    public async Task A_client_for_named_connectors_serves_those_only_and_goes_before_the_one_for_all()
    {
        await AddAsync("All");
        await AddAsync("Mail", connectors: ["gmail"]);
        (await MailAsync()).ShouldBe("id-Mail");
        (await Clients.ListForAsync("googledrive", Realm.Live, Mine, CancellationToken.None)).Select(c => c.Name).ShouldBe(["All"]);
        (await CodeAsync(() => AddAsync("Wrong", connectors: ["slack"]))).ShouldBe("PB2115");
    }

    [Fact]
    public async Task A_named_default_for_all_goes_before_another_for_the_connector_that_is_not_the_default()
    {
        await AddAsync("Mail", connectors: ["gmail"]);
        await AddAsync("MailTest", connectors: ["gmail", "googledrive"]);
        (await MailAsync()).ShouldBe("id-Mail");
        await AddAsync("All");
        (await Clients.ListForAsync("googledrive", Realm.Live, Mine, CancellationToken.None)).Select(c => c.Name).ShouldBe(["All", "MailTest"]);
    }

    [Fact]
    public async Task Secrets_are_sealed_when_they_come_and_are_in_nothing_that_comes_back()
    {
        var client = await AddAsync("Production");
        var change = new OAuthClientChange(clientSecret: "  live-CANARY-second\n");
        var changed = await Clients.ChangeAsync(client.Id, change, CancellationToken.None);
        (client.HasSecret, changed.HasSecret).ShouldBe((true, true));
        var all = $"{client}{changed}{change}{new NewOAuthClient(null, "google", [], "n", "i", "live-CANARY", false)}{_vault.Store.Dump()}{string.Join('\n', await Clients.ListAsync(Mine, null, CancellationToken.None))}{string.Join('\n', _vault.Lines)}";
        all.ShouldNotContain("CANARY");
        foreach (var type in new[] { typeof(NewOAuthClient), typeof(OAuthClientChange) })
            type.GetProperties().ShouldBeEmpty($"{type.Name} gives nothing back");
    }

    [Fact]
    public async Task A_replaced_secret_is_the_one_that_vendors_get_with_blanks_taken_off()
    {
        var client = await AddAsync("Production", vendor: "slack");
        await Clients.ChangeAsync(client.Id, new OAuthClientChange(clientSecret: "  second \n"), CancellationToken.None);
        _vault.Vendor.Answer = (_, http) => FakeVendor.Json(http, 200, """{"ok":true,"access_token":"xoxb-1","scope":"chat:write","team":{"id":"T1","name":"Acme"}}""");
        var start = await _vault.Connections.BeginAsync(new ConnectRequest { App = TestVault.App, Teammate = "t1", Connector = "slack", Scopes = ["chat:write"], Workspace = Mine }, CancellationToken.None);
        var state = System.Web.HttpUtility.ParseQueryString(start.AuthorizeUrl.Query)["state"]!;
        var outcome = await _vault.Connections.CompleteAsync(new CallbackParameters("slack", [KeyValuePair.Create("state", state), KeyValuePair.Create("code", "c1")]), start.BrowserBinding, "t1", CancellationToken.None);
        outcome.Failure.ShouldBeNull();
        _vault.Vendor.Calls.First().Header("Authorization").ShouldBe("Basic " + Convert.ToBase64String("id-Production:second"u8));

        // The connection knows which client it was made with, whatever becomes the default later.
        await AddAsync("Test", vendor: "slack", isDefault: true);
        (await Clients.ListUsesAsync(client.Id, null, 10, CancellationToken.None)).ShouldHaveSingleItem().Connection.ShouldBe(outcome.Connection!.Id);
        (await CodeAsync(() => Clients.RemoveAsync(client.Id, CancellationToken.None))).ShouldBe("PB2116");
        (await CodeAsync(() => Clients.ChangeAsync(client.Id, new OAuthClientChange(clientId: "another"), CancellationToken.None))).ShouldBe("PB2116");
        (await Clients.ChangeAsync(client.Id, new OAuthClientChange(name: "Old", clientId: "id-Production"), CancellationToken.None)).Name.ShouldBe("Old");
        await _vault.Connections.DisconnectAsync(TestVault.App, outcome.Connection.Id, CancellationToken.None);
        await Clients.RemoveAsync(client.Id, CancellationToken.None);
        (await CodeAsync(() => Clients.RemoveAsync(client.Id, CancellationToken.None))).ShouldBe("PB2117");
    }

    [Theory]
    [InlineData("", "id", "s")]
    [InlineData("  ", "id", "s")]
    [InlineData("two\nlines", "id", "s")]
    [InlineData("name", "", "s")]
    [InlineData("name", "an id", "s")]
    [InlineData("name", "id", "")]
    [InlineData("name", "id", "  ")]
    [InlineData("name", "id", "sbxs_of_the_sandbox")]
    public async Task What_cannot_be_a_client_is_refused_whole(string name, string clientId, string secret)
    {
        (await CodeAsync(() => AddAsync(name, clientId: clientId, secret: secret))).ShouldBe("PB2115");
        (await Clients.ListAsync(Mine, null, CancellationToken.None)).ShouldNotContain(c => c.Realm == Realm.Live);
    }

    [Fact]
    public async Task Names_are_told_apart_within_an_owner_and_vendor_and_vendors_come_from_the_catalog()
    {
        await AddAsync("Production");
        (await CodeAsync(() => AddAsync("production"))).ShouldBe("PB2115");
        await AddAsync("Production", workspace: Theirs);
        await AddAsync("Production", vendor: "slack");
        (await CodeAsync(() => AddAsync("Production", vendor: "nobody"))).ShouldBe("PB2110");
        (await AddAsync("Public", secret: null)).HasSecret.ShouldBeFalse();
    }

    [Fact]
    public async Task The_sandboxs_own_clients_are_not_changed_by_hand()
    {
        var sandbox = (await Clients.ListAsync(Mine, null, CancellationToken.None)).First(c => c.Realm == Realm.Sandbox);
        (await CodeAsync(() => Clients.RemoveAsync(sandbox.Id, CancellationToken.None))).ShouldBe("PB2117");
        (await CodeAsync(() => Clients.ChangeAsync(sandbox.Id, new OAuthClientChange(clientSecret: "x"), CancellationToken.None))).ShouldBe("PB2117");
    }
}
