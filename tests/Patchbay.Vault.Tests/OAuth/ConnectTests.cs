using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Web;
using Microsoft.Extensions.Time.Testing;
using Patchbay.Vault.Connections;
using Patchbay.Vault.OAuth;
using Patchbay.Vault.Tests.Support;

namespace Patchbay.Vault.Tests.OAuth;

public sealed class ConnectTests : IAsyncLifetime
{
    private const string SlackReply = """{"ok":true,"access_token":"sbxt_CANARYbot","token_type":"bot","scope":"chat:write,channels:read","team":{"id":"T1","name":"Acme Inc"},"authed_user":{"id":"U1"}}""";
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-11-24T10:00:00Z", System.Globalization.CultureInfo.InvariantCulture));
    private TestVault _vault = null!;

    public async Task InitializeAsync() => _vault = await TestVault.StartAsync(_time);

    public async Task DisposeAsync() => await _vault.DisposeAsync();

    private sealed record Flow(AuthorizationStart Start)
    {
        public Dictionary<string, string> Query { get; } = HttpUtility.ParseQueryString(Start.AuthorizeUrl.Query) is var q ? q.AllKeys.ToDictionary(k => k!, k => q[k]!) : [];

        public string State => Query["state"];

        public string Vendor => new Uri(Query["redirect_uri"]).Segments[^1];
    }

    private async Task<Flow> BeginAsync(string connector = "slack", string[]? scopes = null, Func<ConnectRequest, ConnectRequest>? change = null)
    {
        var request = new ConnectRequest { App = TestVault.App, Teammate = "t1", Connector = connector, Scopes = scopes ?? ["chat:write"], Context = "proposal 7" };
        return new Flow(await _vault.Connections.BeginAsync(change is null ? request : change(request), CancellationToken.None));
    }

    private Task<ConnectOutcome> CompleteAsync(Flow flow, string? browser = null, string teammate = "t1", params (string, string)[] values) =>
        _vault.Connections.CompleteAsync(Callback(values.Length > 0 ? values : [("state", flow.State), ("code", "sbxc_1")], flow.Vendor), browser ?? flow.Start.BrowserBinding, teammate, CancellationToken.None);

    private static CallbackParameters Callback(params (string Name, string Value)[] values) => Callback(values, "slack");

    private static CallbackParameters Callback((string Name, string Value)[] values, string vendor) => new(vendor, [.. values.Select(v => KeyValuePair.Create(v.Name, v.Value))]);

    private void Replies(string json, int status = 200) => _vault.Vendor.Answer = (_, http) => FakeVendor.Json(http, status, json);

    [Fact]
    public async Task A_whole_flow_connects_the_account_with_pkce_and_stores_no_plaintext()
    {
        Replies(SlackReply);
        var flow = await BeginAsync(scopes: ["chat:write", "channels:read"]);
        flow.Start.AuthorizeUrl.GetLeftPart(UriPartial.Path).ShouldBe($"http://127.0.0.1:{_vault.Vendor.SandboxPort}/slack.com/oauth/v2/authorize");
        flow.Query["response_type"].ShouldBe("code");
        flow.Query["client_id"].ShouldBe("cid-slack");
        flow.Query["redirect_uri"].ShouldBe("http://localhost:4400/oauth/callback/slack");
        flow.Query["scope"].ShouldBe("chat:write,channels:read");
        flow.Query["code_challenge_method"].ShouldBe("S256");
        Base64Url.DecodeFromChars(flow.State).Length.ShouldBe(32);

        var outcome = await CompleteAsync(flow);
        outcome.Failure.ShouldBeNull();
        outcome.MissingScopes.ShouldBeEmpty();
        (outcome.App, outcome.Connector, outcome.Context).ShouldBe((TestVault.App, "slack", "proposal 7"));
        var view = outcome.Connection!;
        (view.AccountLabel, view.State, view.Realm, view.ConnectedBy).ShouldBe(("Acme Inc", ConnectionState.Connected, Realm.Sandbox, "t1"));
        view.ApprovedScopes.ShouldBe(["chat:write", "channels:read"]);

        var exchange = _vault.Vendor.Calls.ShouldHaveSingleItem();
        exchange.Target.ShouldBe("/api/oauth.v2.access");
        exchange.Form["grant_type"].ShouldBe("authorization_code");
        exchange.Form["redirect_uri"].ShouldBe(flow.Query["redirect_uri"]);
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(exchange.Form["code_verifier"]))).ShouldBe(flow.Query["code_challenge"]);
        exchange.Header("Authorization").ShouldBe("Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes("cid-slack:sbxs_CANARYsecret")));
        exchange.Form.Keys.ShouldNotContain("client_secret");

        var sinks = _vault.Store.Dump() + string.Join('\n', _vault.Lines) + outcome + flow.Start;
        sinks.ShouldNotContain("CANARY");
        _vault.Store.Dump().ShouldNotContain(flow.State);
    }

    [Fact]
    public async Task Google_is_asked_for_identity_and_offline_access_and_its_userinfo_names_the_account()
    {
        _vault.Vendor.Answer = (call, http) => call.Host == "www.googleapis.com"
            ? FakeVendor.Json(http, 200, """{"id":"1001","email":"ann@example.com"}""")
            : FakeVendor.Json(http, 200, """{"access_token":"sbxt_CANARYg","refresh_token":"sbxr_CANARYg","expires_in":"3599","scope":"openid https://www.googleapis.com/auth/userinfo.email https://www.googleapis.com/auth/gmail.send","token_type":"Bearer"}""");
        var flow = await BeginAsync("gmail", [TestCatalog.MailSend], r => r with { SwitchAccount = true });
        flow.Query["scope"].ShouldBe("openid email " + TestCatalog.MailSend);
        flow.Query["access_type"].ShouldBe("offline");
        flow.Query["prompt"].ShouldBe("select_account consent");
        var outcome = await CompleteAsync(flow);
        outcome.Failure.ShouldBeNull();
        outcome.MissingScopes.ShouldBeEmpty();
        outcome.Connection!.AccountLabel.ShouldBe("ann@example.com");
        var row = _vault.Store.Row(outcome.Connection.Id);
        row.AccountId.ShouldBe("1001");
        row.AccessExpiresAt.ShouldBe(_time.GetUtcNow().AddSeconds(3599));
        row.ApprovedScopes.ShouldBe([TestCatalog.MailSend]);
        _vault.Vendor.Calls.First().Form["client_secret"].ShouldBe("sbxs_CANARYsecret");
        _vault.Vendor.Calls.Last().Header("Authorization").ShouldBe("Bearer sbxt_CANARYg");
    }

    [Fact]
    public async Task A_vendor_with_its_own_names_and_writings_is_spoken_to_in_them()
    {
        _vault.Vendor.Answer = (call, http) => call.Target.StartsWith("/tokens/", StringComparison.Ordinal)
            ? FakeVendor.Json(http, 200, """{"hub":"acme.example","user":"ann@acme.example"}""")
            : FakeVendor.Json(http, 200, """{"access_token":"sbxt_CANARYc","refresh_token":"sbxr_CANARYc","expires_in":1800,"scopes":["clips"]}""");
        var flow = await BeginAsync("clip", ["clips"]);
        flow.Query["client_key"].ShouldBe("cid-clip");
        flow.Query.ShouldNotContainKey("client_id");

        var outcome = await CompleteAsync(flow);

        outcome.Failure.ShouldBeNull();
        outcome.Connection!.AccountLabel.ShouldBe("acme.example · ann@acme.example");
        var exchange = _vault.Vendor.Calls.First();
        (exchange.Form["client_key"], exchange.Form.ContainsKey("client_id")).ShouldBe(("cid-clip", false));
        flow.Query["code_challenge"].ShouldBe(Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(exchange.Form["code_verifier"]))));
        _vault.Vendor.Calls.Last().Target.ShouldBe("/tokens/sbxt_CANARYc");
        (_vault.Store.Dump() + string.Join('\n', _vault.Lines) + outcome).ShouldNotContain("CANARY");
    }

    [Fact]
    public async Task A_state_works_once()
    {
        Replies(SlackReply);
        var flow = await BeginAsync();
        (await CompleteAsync(flow)).Failure.ShouldBeNull();
        (await CompleteAsync(flow)).Failure.ShouldBe(ConnectFailure.UnknownState);
        _vault.Vendor.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Of_many_callbacks_at_once_with_one_state_exactly_one_is_served()
    {
        Replies(SlackReply);
        var flow = await BeginAsync();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => CompleteAsync(flow))));
        outcomes.Count(o => o.Failure is null).ShouldBe(1);
        outcomes.Count(o => o.Failure == ConnectFailure.UnknownState).ShouldBe(15);
        _vault.Vendor.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_unknown_or_changed_state_is_refused()
    {
        var flow = await BeginAsync();
        (await CompleteAsync(flow, values: [("state", flow.State[..^1] + (flow.State[^1] == 'A' ? 'B' : 'A')), ("code", "sbxc")])).Failure.ShouldBe(ConnectFailure.UnknownState);
        (await CompleteAsync(flow, values: [("state", new string('A', 43)), ("code", "sbxc")])).Failure.ShouldBe(ConnectFailure.UnknownState);
        _vault.Vendor.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task After_ten_minutes_it_is_too_late_and_a_moment_before_it_is_not()
    {
        Replies(SlackReply);
        var (late, early) = (await BeginAsync(), await BeginAsync());
        _time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        (await CompleteAsync(early)).Failure.ShouldBeNull();
        _time.Advance(TimeSpan.FromSeconds(1));
        (await CompleteAsync(late)).Failure.ShouldBe(ConnectFailure.Expired);
        _vault.Vendor.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Another_browser_or_none_is_refused_and_the_state_is_spent()
    {
        var flow = await BeginAsync();
        var other = await BeginAsync();
        other.Start.BrowserBinding.ShouldNotBe(flow.Start.BrowserBinding);
        var wrong = await CompleteAsync(flow, browser: other.Start.BrowserBinding);
        wrong.Failure.ShouldBe(ConnectFailure.WrongBrowser);
        wrong.App.ShouldBeNull();
        (await CompleteAsync(flow)).Failure.ShouldBe(ConnectFailure.UnknownState);
        (await _vault.Connections.CompleteAsync(Callback(("state", other.State), ("code", "sbxc")), null, "t1", CancellationToken.None)).Failure.ShouldBe(ConnectFailure.WrongBrowser);
        _vault.Vendor.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_flows_of_one_browser_share_its_binding_and_both_work()
    {
        Replies(SlackReply);
        var first = await BeginAsync();
        var second = await BeginAsync(change: r => r with { BrowserBinding = first.Start.BrowserBinding });
        second.Start.BrowserBinding.ShouldBe(first.Start.BrowserBinding);
        second.State.ShouldNotBe(first.State);
        second.Query["code_challenge"].ShouldNotBe(first.Query["code_challenge"]);
        (await CompleteAsync(second)).Failure.ShouldBeNull();
    }

    [Fact]
    public async Task Another_teammate_is_refused()
    {
        (await CompleteAsync(await BeginAsync(), teammate: "t2")).Failure.ShouldBe(ConnectFailure.WrongTeammate);
        _vault.Vendor.Calls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("https://evil.example")]
    [InlineData("https://login.acme.example/")]
    [InlineData("https://LOGIN.acme.example")]
    public async Task A_wrong_or_missing_issuer_ends_it_before_the_code_is_sent(string? issuer)
    {
        var flow = await BeginAsync("acme", ["things"]);
        (string, string)[] values = [("state", flow.State), ("code", "sbxc")];
        (await CompleteAsync(flow, values: issuer is null ? values : [.. values, ("iss", issuer)])).Failure.ShouldBe(ConnectFailure.IssuerMismatch);
        _vault.Vendor.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_right_issuer_passes_and_a_json_body_is_sent_where_the_vendor_wants_one()
    {
        Replies("""{"access_token":"sbxt_a","token_type":"bearer"}""");
        var flow = await BeginAsync("acme", ["things"]);
        flow.Start.AuthorizeUrl.Query.ShouldStartWith("?tenant=1&");
        var outcome = await CompleteAsync(flow, values: [("state", flow.State), ("code", "sbxc"), ("iss", "https://login.acme.example")]);
        outcome.Failure.ShouldBeNull();
        // No scope in the reply means: as asked for (RFC 6749 5.1).
        outcome.Connection!.GrantedScopes.ShouldBe(["things"]);
        _vault.Store.Row(outcome.Connection.Id).AccessExpiresAt.ShouldBeNull();
        using var body = System.Text.Json.JsonDocument.Parse(_vault.Vendor.Calls.Single().Body);
        body.RootElement.GetProperty("client_secret").GetString().ShouldBe("sbxs_CANARYsecret");
        body.RootElement.GetProperty("code").GetString().ShouldBe("sbxc");
    }

    [Fact]
    public async Task A_denial_connects_nothing_and_says_so()
    {
        var flow = await BeginAsync();
        var outcome = await CompleteAsync(flow, values: [("state", flow.State), ("error", "access_denied")]);
        (outcome.Failure, outcome.Context, outcome.Connection).ShouldBe((ConnectFailure.Denied, "proposal 7", null));
        _vault.Vendor.Calls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("server_error", "server_error")]
    [InlineData("<script>alert(1)</script>", null)]
    [InlineData("a\r\nSet-Cookie: x", null)]
    [InlineData("sbxt_token", null)]
    public async Task A_vendors_error_is_shown_only_if_it_is_a_code(string error, string? shown)
    {
        var flow = await BeginAsync();
        var outcome = await CompleteAsync(flow, values: [("state", flow.State), ("error", error), ("error_description", "<img src=x onerror=alert(1)>")]);
        outcome.Failure.ShouldBe(ConnectFailure.VendorError);
        outcome.Message!.ShouldNotContain("<");
        outcome.Message!.ShouldNotContain("sbx");
        outcome.Message!.Contains('(').ShouldBe(shown is not null);
    }

    [Fact]
    public async Task Odd_callbacks_fail_safe()
    {
        foreach (var values in new Func<string, (string, string)[]>[]
        {
            s => [("state", s), ("code", "sbxc"), ("error", "server_error")],
            s => [("state", s)],
            s => [("state", s), ("code", "")],
            s => [("state", s), ("code", "a"), ("code", "b")],
            s => [("state", s), ("state", s), ("code", "a")],
            s => [("code", "a")],
            s => [("state", ""), ("code", "a")],
            s => [("state", new string('x', 5000)), ("code", "a")],
            s => [("state", s), ("code", new string('x', 5000))],
            s => [("state", s), ("error", "a"), ("error", "b"), ("code", "c")],
            _ => [],
        })
        {
            var flow = await BeginAsync();
            (await _vault.Connections.CompleteAsync(Callback(values(flow.State)), flow.Start.BrowserBinding, "t1", CancellationToken.None)).Failure.ShouldNotBeNull();
        }
        _vault.Vendor.Calls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(200, """{"ok":false,"error":"invalid_code"}""", ConnectFailure.ExchangeRefused)]
    [InlineData(200, """{"ok":"true","access_token":"sbxt"}""", ConnectFailure.ExchangeRefused)]
    [InlineData(200, """{"access_token":"sbxt"}""", ConnectFailure.ExchangeRefused)]
    [InlineData(400, """{"error":"invalid_grant"}""", ConnectFailure.ExchangeRefused)]
    [InlineData(400, "<html>", ConnectFailure.ExchangeRefused)]
    [InlineData(200, "<html>hello</html>", ConnectFailure.VendorUnavailable)]
    [InlineData(200, "", ConnectFailure.VendorUnavailable)]
    [InlineData(200, """{"ok":true}""", ConnectFailure.VendorUnavailable)]
    [InlineData(200, """{"ok":true,"access_token":""}""", ConnectFailure.VendorUnavailable)]
    [InlineData(200, """{"ok":true,"access_token":"a b"}""", ConnectFailure.VendorUnavailable)]
    [InlineData(200, """{"ok":true,"access_token":"a\r\nX: y"}""", ConnectFailure.VendorUnavailable)]
    [InlineData(200, """{"ok":true,"access_token":7.5e1,"token_type":"DPoP"}""", ConnectFailure.ExchangeRefused)]
    [InlineData(200, """[1]""", ConnectFailure.ExchangeRefused)]
    [InlineData(500, """{"ok":true,"access_token":"sbxt"}""", ConnectFailure.VendorUnavailable)]
    [InlineData(429, "{}", ConnectFailure.VendorUnavailable)]
    [InlineData(302, "{}", ConnectFailure.ExchangeRefused)]
    [InlineData(200, """{"ok":true,"access_token":"xoxb-live-looking"}""", ConnectFailure.ExchangeRefused)]
    public async Task A_token_reply_that_is_none_connects_nothing(int status, string body, ConnectFailure failure)
    {
        Replies(body, status);
        (await CompleteAsync(await BeginAsync())).Failure.ShouldBe(failure);
        (await _vault.Connections.ListAsync(TestVault.App, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_reply_of_a_megabyte_is_not_read_to_its_end()
    {
        Replies("{\"ok\":true,\"access_token\":\"sbxt\",\"x\":\"" + new string('x', 1_000_000) + "\"}");
        (await CompleteAsync(await BeginAsync())).Failure.ShouldBe(ConnectFailure.VendorUnavailable);
    }

    [Fact]
    public async Task Slacks_user_token_is_found_where_only_that_was_given_with_its_own_scopes_and_life()
    {
        Replies("""{"ok":true,"scope":"","team":{"id":"T1","name":"Acme"},"authed_user":{"id":"U1","access_token":"sbxp_user","scope":"users:read","expires_in":43200,"refresh_token":"sbxe_r"}}""");
        var outcome = await CompleteAsync(await BeginAsync(scopes: ["users:read", "chat:write"]));
        outcome.Failure.ShouldBeNull();
        outcome.Connection!.GrantedScopes.ShouldBe(["users:read"]);
        outcome.MissingScopes.ShouldBe(["chat:write"]);
        var row = _vault.Store.Row(outcome.Connection.Id);
        row.AccessExpiresAt.ShouldBe(_time.GetUtcNow().AddHours(12));
        Credential.Open(_vault.Box, row).Refresh!.Reveal().ShouldBe("sbxe_r");
    }

    [Fact]
    public async Task A_partial_grant_is_a_success_that_names_what_is_missing_and_counts_what_is_implied()
    {
        _vault.Vendor.Answer = (call, http) => FakeVendor.Json(http, 200, call.Host == "www.googleapis.com" ? """{"id":"1","email":"a@b.c"}""" : $$"""{"access_token":"sbxt","scope":"{{TestCatalog.MailRead}}"}""");
        (await CompleteAsync(await BeginAsync("gmail", [TestCatalog.MailSend, TestCatalog.MailRead]))).MissingScopes.ShouldBe([TestCatalog.MailSend]);
        _vault.Vendor.Answer = (call, http) => FakeVendor.Json(http, 200, call.Host == "www.googleapis.com" ? """{"id":"1","email":"a@b.c"}""" : $$"""{"access_token":"sbxt","scope":"{{TestCatalog.MailAll}}"}""");
        (await CompleteAsync(await BeginAsync("gmail", [TestCatalog.MailSend]))).MissingScopes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_label_that_cannot_be_read_does_not_undo_the_connection()
    {
        _vault.Vendor.Answer = (call, http) => call.Host == "www.googleapis.com" ? FakeVendor.Json(http, 500, "no") : FakeVendor.Json(http, 200, """{"access_token":"sbxt"}""");
        var outcome = await CompleteAsync(await BeginAsync("gmail", [TestCatalog.MailSend]));
        (outcome.Failure, outcome.Connection!.AccountLabel).ShouldBe((null, null));
    }

    [Fact]
    public async Task Extra_scopes_keep_the_old_credential_until_the_new_one_is_stored_and_ask_for_the_union()
    {
        Replies(SlackReply);
        var first = (await CompleteAsync(await BeginAsync())).Connection!;
        var flow = await BeginAsync(scopes: ["users:read"]);
        flow.Query["scope"].ShouldBe("chat:write,users:read");
        Replies("""{"ok":false,"error":"bad"}""");
        (await CompleteAsync(flow)).Failure.ShouldBe(ConnectFailure.ExchangeRefused);
        _vault.Store.Row(first.Id).State.ShouldBe(ConnectionState.Connected);
        _vault.Store.Row(first.Id).Credential.ShouldNotBeNull();

        Replies(SlackReply);
        var second = (await CompleteAsync(await BeginAsync(scopes: ["users:read"]))).Connection!;
        second.ApprovedScopes.ShouldBe(["chat:write", "users:read"]);
        _vault.Store.Row(first.Id).State.ShouldBe(ConnectionState.Disconnected);
        _vault.Store.Row(first.Id).Credential.ShouldBeNull();
        // The same account's grant carries the new connection: nothing may be revoked.
        _vault.Vendor.Calls.ShouldNotContain(c => c.Path == "/api/auth.revoke");
    }

    [Fact]
    public async Task Another_account_is_refused_unless_a_switch_was_asked_for()
    {
        Replies(SlackReply);
        var first = (await CompleteAsync(await BeginAsync())).Connection!;
        Replies(SlackReply.Replace("T1", "T2", StringComparison.Ordinal).Replace("bot", "botTWO", StringComparison.Ordinal));
        (await CompleteAsync(await BeginAsync())).Failure.ShouldBe(ConnectFailure.OtherAccount);
        _vault.Store.Row(first.Id).State.ShouldBe(ConnectionState.Connected);
        _vault.Vendor.Calls.Last().Header("Authorization").ShouldBe("Bearer sbxt_CANARYbotTWO", "the unwanted grant is given back");

        var switched = await CompleteAsync(await BeginAsync(change: r => r with { SwitchAccount = true }));
        switched.Failure.ShouldBeNull();
        _vault.Store.Row(first.Id).State.ShouldBe(ConnectionState.Disconnected);
        (_vault.Vendor.Calls.Last().Path, _vault.Vendor.Calls.Last().Header("Authorization")).ShouldBe(("/api/auth.revoke", "Bearer sbxt_CANARYbot"));
    }

    [Fact]
    public async Task Scopes_come_from_the_catalog_and_from_nowhere_else()
    {
        (await Should.ThrowAsync<VaultRefusedException>(() => BeginAsync(scopes: ["admin"]))).Code.ShouldBe("PB2111");
        (await Should.ThrowAsync<VaultRefusedException>(() => BeginAsync(change: r => r with { ApprovedScopes = ["admin"] }))).Code.ShouldBe("PB2111");
        (await Should.ThrowAsync<VaultRefusedException>(() => BeginAsync("nothing"))).Code.ShouldBe("PB2110");
        (await Should.ThrowAsync<VaultRefusedException>(() => BeginAsync(change: r => r with { Realm = Realm.Live }))).Code.ShouldBe("PB2112");
        (await Should.ThrowAsync<VaultRefusedException>(() => BeginAsync(change: r => r with { Replaces = new ConnectionId("c0") }))).Code.ShouldBe("PB2113");
        var row = await _vault.AddConnectionAsync("slack", "sbxt");
        (await Should.ThrowAsync<VaultRefusedException>(() => _vault.Connections.ApproveAsync(TestVault.App, row.Id, ["admin"], CancellationToken.None))).Code.ShouldBe("PB2111");
        (await Should.ThrowAsync<VaultRefusedException>(() => _vault.Connections.ApproveAsync(new AppId("other"), row.Id, ["chat:write"], CancellationToken.None))).Code.ShouldBe("PB2113");
    }

    [Fact]
    public async Task Scopes_that_say_whose_account_it_is_stand_apart_and_only_what_nobody_approved_is_excess()
    {
        const string drive = "https://www.googleapis.com/auth/drive.file";
        await _vault.AddConnectionAsync("gmail", "sbxt_G", granted: [TestCatalog.MailSend, TestCatalog.MailRead, drive, "openid", "https://www.googleapis.com/auth/userinfo.email"], approved: [TestCatalog.MailSend]);
        var view = (await _vault.Connections.ListAsync(TestVault.App, CancellationToken.None)).Single(c => c.Connector == "gmail");
        view.IdentityScopes.ShouldBe(["openid", "https://www.googleapis.com/auth/userinfo.email"], ignoreOrder: true);
        view.ExcessScopes.ShouldBe([TestCatalog.MailRead, drive], ignoreOrder: true);
    }

    [Fact]
    public async Task A_live_client_is_preferred_and_its_flow_goes_to_the_vendor_itself()
    {
        await _vault.AddLiveAsync("slack", "live-id", "live-CANARY-secret");
        Replies(SlackReply.Replace("sbxt_CANARYbot", "xoxb-CANARY", StringComparison.Ordinal));
        var flow = await BeginAsync();
        flow.Start.AuthorizeUrl.GetLeftPart(UriPartial.Path).ShouldBe("https://slack.com/oauth/v2/authorize");
        var outcome = await CompleteAsync(flow, values: [("state", flow.State), ("code", "live-code")]);
        outcome.Connection!.Realm.ShouldBe(Realm.Live);
        _vault.Vendor.Calls.ShouldHaveSingleItem().Realm.ShouldBe(Realm.Live);
        (_vault.Store.Dump() + string.Join('\n', await _vault.Get<IOAuthClients>().ListAsync(null, null, CancellationToken.None))).ShouldNotContain("CANARY");
    }

    [Fact]
    public async Task An_answer_at_another_vendors_address_is_refused_unread_and_the_state_is_spent()
    {
        var flow = await BeginAsync("gmail", [TestCatalog.MailSend]);
        flow.Query["redirect_uri"].ShouldBe("http://localhost:4400/oauth/callback/google");
        var mixed = await _vault.Connections.CompleteAsync(Callback([("state", flow.State), ("code", "sbxc_1")], "slack"), flow.Start.BrowserBinding, "t1", CancellationToken.None);
        mixed.Failure.ShouldBe(ConnectFailure.OtherVendor);
        (mixed.App, mixed.Connector).ShouldBe((TestVault.App, "gmail"));
        _vault.Vendor.Calls.ShouldBeEmpty();
        (await CompleteAsync(flow)).Failure.ShouldBe(ConnectFailure.UnknownState);
    }

    [Theory]
    [InlineData("Google")]
    [InlineData("google/")]
    [InlineData("")]
    [InlineData("..")]
    public async Task The_vendor_of_a_callback_is_compared_letter_by_letter(string vendor)
    {
        var flow = await BeginAsync("gmail", [TestCatalog.MailSend]);
        (await _vault.Connections.CompleteAsync(Callback([("state", flow.State), ("code", "sbxc_1")], vendor), flow.Start.BrowserBinding, "t1", CancellationToken.None)).Failure.ShouldBe(ConnectFailure.OtherVendor);
    }

    [Fact]
    public async Task Whose_answer_a_state_belongs_to_can_be_asked_without_spending_it()
    {
        Replies(SlackReply);
        var flow = await BeginAsync();
        (await _vault.Connections.FindVendorOfAsync(flow.State, CancellationToken.None)).ShouldBe("slack");
        (await _vault.Connections.FindVendorOfAsync("unknown", CancellationToken.None)).ShouldBeNull();
        (await CompleteAsync(flow)).Failure.ShouldBeNull();
    }

    [Fact]
    public async Task A_sandbox_code_at_a_live_flow_is_never_sent()
    {
        await _vault.AddLiveAsync("slack", "live-id", "live-secret");
        var flow = await BeginAsync();
        (await CompleteAsync(flow)).Failure.ShouldBe(ConnectFailure.ExchangeRefused);
        _vault.Vendor.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_vendor_gets_a_sandbox_client_once_and_it_is_announced_each_time()
    {
        await using var fresh = await TestVault.StartAsync(_time);
        var before = (await fresh.Get<IOAuthClients>().ListAsync(null, null, CancellationToken.None)).Count;
        await fresh.Get<IOAuthClients>().EnsureSandboxAsync(CancellationToken.None);
        await fresh.Get<IOAuthClients>().EnsureSandboxAsync(CancellationToken.None);
        (await fresh.Get<IOAuthClients>().ListAsync(null, null, CancellationToken.None)).Count.ShouldBe(before);
        var announced = fresh.Vendor.Calls.ToList();
        announced.Count.ShouldBe(2 * before);
        announced.ShouldAllBe(c => c.Method == "POST" && c.Host == "_sandbox" && c.Target == "/clients" && c.Header("X-Sandbox-Control") == "control");
        using var body = System.Text.Json.JsonDocument.Parse(announced[0].Body);
        body.RootElement.GetProperty("clientSecret").GetString()!.ShouldStartWith("sbx");
        body.RootElement.GetProperty("redirectUris")[0].GetString().ShouldBe($"http://localhost:4400/oauth/callback/{body.RootElement.GetProperty("vendor").GetString()}");
        fresh.Vendor.Answer = (_, http) => FakeVendor.Json(http, 403, "{}");
        (await Should.ThrowAsync<VaultRefusedException>(() => fresh.Get<IOAuthClients>().EnsureSandboxAsync(CancellationToken.None))).Code.ShouldBe("PB2114");
    }

    [Fact]
    public async Task A_vendor_that_the_sandbox_lacks_gets_no_client_and_hinders_no_other()
    {
        foreach (var vendor in TestCatalog.Vendors)
            _vault.Store.RemoveClients(vendor);
        _vault.Vendor.Answer = (call, http) => FakeVendor.Json(http, call.Body.Contains("acme", StringComparison.Ordinal) ? 400 : 200, "{}");
        await _vault.Get<IOAuthClients>().EnsureSandboxAsync(CancellationToken.None);
        (await _vault.Get<IOAuthClients>().ListAsync(null, null, CancellationToken.None)).Select(c => c.Vendor).Order().ShouldBe(TestCatalog.Vendors.Where(v => v != "acme").Order());
        (await Should.ThrowAsync<VaultRefusedException>(() => BeginAsync("acme", ["things"]))).Code.ShouldBe("PB2112");
    }
}
