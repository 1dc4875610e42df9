using System.Text;
using Patchbay.Catalog;
using Patchbay.Vault.ApiKeys;
using Patchbay.Vault.Egress;
using Patchbay.Vault.OAuth;
using Patchbay.Vault.Tests.Support;

namespace Patchbay.Vault.Tests.Shapes;

/// <summary>Every connector by key: proven before it is stored, held to what was approved, and nothing else.</summary>
public sealed class KeyShapeTests : IAsyncLifetime
{
    private TestVault _vault = null!;

    public static TheoryData<string> Connectors => [.. ShapeFiles.Connectors.Where(c => !c.UsesOAuth).Select(c => c.Id)];

    public async Task InitializeAsync() => _vault = await TestVault.StartAsync(catalog: ShapeFiles.Catalog);

    public async Task DisposeAsync() => await _vault.DisposeAsync();

    private Task<ConnectOutcome> ConnectAsync(string id, IReadOnlyDictionary<string, string> fields, bool switchAccount = false, params string[] approved) =>
        _vault.Connections.ConnectWithKeyAsync(new KeyConnectRequest { App = TestVault.App, Teammate = "t1", Connector = id, Fields = fields, ApprovedScopes = approved, SwitchAccount = switchAccount }, CancellationToken.None);

    private async Task<FunctionProcess> AllowAsync(string id, ConnectionId connection)
    {
        _vault.Policy = new FunctionPolicy([new AllowedConnection(id, connection)], []);
        return await _vault.OpenAsync();
    }

    private static async Task<HttpResponseMessage> CallAsync(FunctionProcess function, Shape shape, string phantom, string? method = null, string? url = null)
    {
        var content = method is null && shape.Call.Request is { } request ? new StringContent(request.GetRawText(), Encoding.UTF8, "application/json") : null;
        return await function.SendAsync(method ?? shape.Call.Method, url ?? shape.Call.Url, null, content,
            m => m.Headers.TryAddWithoutValidation(shape.Call.Header, shape.Call.Value.Replace("{token}", phantom, StringComparison.Ordinal)));
    }

    [Theory, MemberData(nameof(Connectors))]
    public async Task It_connects_calls_what_was_approved_and_ends_as_recorded(string id)
    {
        var shape = ShapeFiles.Read(id);
        var vendor = new ShapeVendor(shape) { ClientId = "", RedirectUri = "" };
        _vault.Vendor.Answer = vendor.AnswerAsync;
        var needed = ShapeFiles.Catalog.FindOperation(shape.Call.Operation)!.Scopes.ToArray();

        var outcome = await ConnectAsync(id, shape.Key!.Fields, approved: needed);
        outcome.Message.ShouldBeNull();
        var connection = outcome.Connection!;
        (connection.Realm, connection.AccountLabel, _vault.Store.Row(connection.Id).AccountId).ShouldBe((Realm.Live, shape.Account.Label, shape.Account.Id));
        await using var function = await AllowAsync(id, connection.Id);
        var phantom = (await function.PhantomAsync(id)).ShouldNotBeNull();

        using (var reply = await CallAsync(function, shape, phantom))
            ((int)reply.StatusCode).ShouldBe(shape.Call.Status);
        vendor.Operations.ShouldHaveSingleItem().Header(shape.Call.Header).ShouldBe(shape.Key.Value);
        (await function.StatusAsync(shape.Beyond!.Method, shape.Beyond.Url, null, change: m => m.Headers.TryAddWithoutValidation(shape.Call.Header, shape.Call.Value.Replace("{token}", phantom, StringComparison.Ordinal)))).ShouldBe(403);
        _vault.Vendor.Calls.ShouldNotContain(c => c.Method == shape.Beyond.Method && new Uri(shape.Beyond.Url).AbsolutePath == c.Path, "what nobody described went out");

        (await _vault.Connections.DisconnectAsync(TestVault.App, connection.Id, CancellationToken.None)).ShouldBe(DisconnectOutcome.ForgottenNoRevocation);
        (await function.PhantomAsync(id)).ShouldBeNull();
        var sinks = _vault.Store.Dump() + string.Join('\n', _vault.Lines) + outcome;
        foreach (var field in ShapeFiles.Catalog.FindConnector(id)!.ApiKey!.Fields.Where(f => f.Secret))
            sinks.ShouldNotContain(shape.Key.Fields[field.Name]);
    }

    [Theory, MemberData(nameof(Connectors))]
    public async Task Without_the_approval_of_its_class_a_described_call_stays_here(string id)
    {
        var shape = ShapeFiles.Read(id);
        var vendor = new ShapeVendor(shape) { ClientId = "", RedirectUri = "" };
        _vault.Vendor.Answer = vendor.AnswerAsync;
        var connection = (await ConnectAsync(id, shape.Key!.Fields, approved: "read")).Connection!;
        await using var function = await AllowAsync(id, connection.Id);
        var phantom = (await function.PhantomAsync(id))!;
        using (var refused = await CallAsync(function, shape, phantom))
        {
            ((int)refused.StatusCode).ShouldBe(403);
            (await refused.Content.ReadAsStringAsync()).ShouldContain("PB2214");
        }
        vendor.Operations.ShouldBeEmpty();

        await _vault.Connections.ApproveAsync(TestVault.App, connection.Id, ShapeFiles.Catalog.FindOperation(shape.Call.Operation)!.Scopes, CancellationToken.None);
        using var passed = await CallAsync(function, shape, phantom);
        ((int)passed.StatusCode).ShouldBe(shape.Call.Status);
    }

    [Fact]
    public async Task A_method_that_no_operation_has_is_not_described_by_the_same_address_with_another()
    {
        var shape = ShapeFiles.Read("twilio");
        _vault.Vendor.Answer = new ShapeVendor(shape) { ClientId = "", RedirectUri = "" }.AnswerAsync;
        var connection = (await ConnectAsync("twilio", shape.Key!.Fields, approved: ["read", "write"])).Connection!;
        await using var function = await AllowAsync("twilio", connection.Id);
        var phantom = (await function.PhantomAsync("twilio"))!;
        using var reply = await CallAsync(function, shape, phantom, "DELETE", "https://api.twilio.com/2010-04-01/Accounts/AC0123/Messages/SM1.json");
        (await reply.Content.ReadAsStringAsync()).ShouldContain("PB2226");
    }

    [Fact]
    public async Task A_key_in_use_stays_until_the_new_one_is_proven()
    {
        var shape = ShapeFiles.Read("stripe");
        _vault.Vendor.Answer = new ShapeVendor(shape) { ClientId = "", RedirectUri = "" }.AnswerAsync;
        var first = (await ConnectAsync("stripe", shape.Key!.Fields, approved: "write")).Connection!;
        var wrong = await ConnectAsync("stripe", new Dictionary<string, string> { ["key"] = "rk_wrong" }, approved: "write");
        wrong.Failure.ShouldBe(ConnectFailure.KeyRefused);
        wrong.Message!.ShouldNotContain("rk_wrong");
        _vault.Store.Row(first.Id).State.ShouldBe(Connections.ConnectionState.Connected);

        _vault.Vendor.Answer = (_, http) => FakeVendor.Json(http, 503, "{}");
        (await ConnectAsync("stripe", shape.Key.Fields, approved: "write")).Failure.ShouldBe(ConnectFailure.VendorUnavailable);
        _vault.Vendor.Answer = (_, http) => FakeVendor.Json(http, 200, """{"id":"acct_2"}""");
        (await ConnectAsync("stripe", shape.Key.Fields, approved: "write")).Failure.ShouldBe(ConnectFailure.OtherAccount);
        _vault.Store.Row(first.Id).Credential.ShouldNotBeNull();

        var switched = await ConnectAsync("stripe", shape.Key.Fields, switchAccount: true, approved: "read");
        switched.Connection!.ApprovedScopes.ShouldBe(["write", "read"]);
        _vault.Store.Row(first.Id).Credential.ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("line\nbreak")]
    [InlineData("sbxt_of_the_sandbox")]
    public async Task What_can_be_no_key_is_not_sent_anywhere(string key)
    {
        (await ConnectAsync("resend", new Dictionary<string, string> { ["key"] = key }, approved: "read")).Failure.ShouldBe(ConnectFailure.KeyRefused);
        _vault.Vendor.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_vendor_that_echoes_the_part_of_a_basic_credential_tells_a_function_nothing()
    {
        var shape = ShapeFiles.Read("twilio");
        _vault.Vendor.Answer = new ShapeVendor(shape) { ClientId = "", RedirectUri = "" }.AnswerAsync;
        var connection = (await ConnectAsync("twilio", shape.Key!.Fields, approved: "write")).Connection!;
        await using var function = await AllowAsync("twilio", connection.Id);
        var phantom = (await function.PhantomAsync("twilio"))!;
        _vault.Vendor.Answer = (_, http) => FakeVendor.Json(http, 200, $$"""{"account_sid":"AC0123","auth_token":"{{shape.Key.Fields["token"]}}"}""");
        using var reply = await CallAsync(function, shape, phantom);
        var text = await reply.Content.ReadAsStringAsync();
        text.ShouldNotContain(shape.Key.Fields["token"]);
        text.ShouldContain("AC0123");
    }

    [Fact]
    public async Task A_function_is_told_the_account_but_no_secret()
    {
        var shape = ShapeFiles.Read("twilio");
        _vault.Vendor.Answer = new ShapeVendor(shape) { ClientId = "", RedirectUri = "" }.AnswerAsync;
        var connection = (await ConnectAsync("twilio", shape.Key!.Fields, approved: "write")).Connection!;
        await using var function = await AllowAsync("twilio", connection.Id);
        IReadOnlyDictionary<string, string>? told = null;
        _vault.LocalApi = async (http, caller) => told = await caller.GetConfigAsync("twilio", http.RequestAborted);
        using var reply = await function.Http.GetAsync(new Uri("http://patchbay.internal/config"));
        told.ShouldNotBeNull().ShouldBe(shape.Key.Config);
    }

    [Fact]
    public async Task Signing_in_and_keys_are_not_mixed_up()
    {
        (await Should.ThrowAsync<VaultRefusedException>(() => _vault.Connections.BeginAsync(new ConnectRequest { App = TestVault.App, Teammate = "t1", Connector = "twilio", Scopes = ["read"] }, CancellationToken.None))).Code.ShouldBe("PB2118");
        (await Should.ThrowAsync<VaultRefusedException>(() => ConnectAsync("github", new Dictionary<string, string>(), approved: "repo"))).Code.ShouldBe("PB2118");
        (await Should.ThrowAsync<VaultRefusedException>(() => ConnectAsync("twilio", new Dictionary<string, string>(), approved: "everything"))).Code.ShouldBe("PB2111");
    }

    [Fact]
    public async Task A_scope_that_the_vendor_gives_to_nobody_is_never_asked_for() =>
        (await Should.ThrowAsync<VaultRefusedException>(() => _vault.Connections.BeginAsync(new ConnectRequest { App = TestVault.App, Teammate = "t1", Connector = "slack", Scopes = ["chat:read"] }, CancellationToken.None))).Code.ShouldBe("PB2120");
}
