using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Patchbay.Vault.Connections;
using Patchbay.Vault.Network;
using Patchbay.Vault.OAuth;
using Patchbay.Vault.Secrets;
using Patchbay.Vault.Tests.Support;

namespace Patchbay.Vault.Tests.OAuth.Rules;

/// <summary>Our OAuth client before the strict referee: O2, O5, O6, O10, O11, O12, O16 and O17 of the checklist in the README of this folder.</summary>
public sealed class StrictServerTests : IAsyncLifetime
{
    // RFC 6749 §2.3.1: what these hold must be form-encoded before it goes into a Basic header.
    private const string OddSecret = "a:b%c+d/e f&=";

    private readonly ShiftedTime _time = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private TestVault _vault = null!;
    private StrictServer _referee = null!;

    public async Task InitializeAsync()
    {
        _vault = await TestVault.StartAsync(_time);
        await _vault.AddClientAsync("strict-post", Realm.Live);
        await _vault.AddClientAsync("strict-basic", Realm.Live, OddSecret);
        await _vault.AddClientAsync("strict-jwt", Realm.Live, _key.ExportPkcs8PrivateKeyPem());
        await _vault.AddClientAsync("strict-none", Realm.Live, "");
        var point = _key.ExportParameters(false).Q;
        _referee = await StrictServer.StartAsync(
            Client("strict-post", "client_secret_post", "live_CANARYsecret"),
            Client("strict-basic", "client_secret_basic", OddSecret),
            Client("strict-jwt", "private_key_jwt", null, new { keys = new[] { new { kty = "EC", crv = "P-256", x = Base64(point.X!), y = Base64(point.Y!), alg = "ES256", use = "sig" } } }),
            Client("strict-none", "none", null));
        _vault.Vendor.Answer = _referee.AnswerAsync;
    }

    public async Task DisposeAsync()
    {
        await _referee.DisposeAsync();
        await _vault.DisposeAsync();
        _key.Dispose();
    }

    [Theory]
    [InlineData("strict-post")]
    [InlineData("strict-basic")]
    [InlineData("strict-jwt")]
    [InlineData("strict-none")]
    public async Task Every_way_of_proving_the_client_is_accepted_for_the_code_and_for_a_refresh(string connector)
    {
        var outcome = await ConnectAsync(connector);

        outcome.Failure.ShouldBeNull(outcome.Message);
        (outcome.Connection!.AccountLabel, outcome.Connection.Realm).ShouldBe(("ada", Realm.Live));
        var before = await TokenAsync(outcome);
        _time.Advance(TimeSpan.FromSeconds(301));
        (await TokenAsync(outcome)).ShouldNotBe(before);
    }

    [Fact]
    public async Task A_wrong_secret_connects_nothing()
    {
        await _vault.AddClientAsync("strict-post", Realm.Live, "another");

        (await ConnectAsync("strict-post")).Failure.ShouldBe(ConnectFailure.ExchangeRefused);
    }

    [Fact]
    public async Task The_referee_refuses_a_request_without_its_challenge_so_ours_was_needed()
    {
        var start = await BeginAsync("strict-post");
        var bare = new Uri(start.AuthorizeUrl.AbsoluteUri.Replace("code_challenge=", "other=", StringComparison.Ordinal));

        var callback = await _referee.AuthorizeAsync(bare, "ada");

        StrictServer.Query(callback!).ShouldContain(p => p.Key == "error" && p.Value == "invalid_request");
    }

    [Fact]
    public async Task A_code_of_one_flow_put_into_another_is_refused_for_its_challenge()
    {
        var (first, second) = (await BeginAsync("strict-post"), await BeginAsync("strict-post"));
        var code = StrictServer.Query((await _referee.AuthorizeAsync(first.AuthorizeUrl, "mallory"))!).First(p => p.Key == "code");
        var mine = StrictServer.Query((await _referee.AuthorizeAsync(second.AuthorizeUrl, "ada"))!);
        List<KeyValuePair<string, string>> injected = [code, .. mine.Where(p => p.Key != "code")];

        (await CompleteAsync("strict-post", injected, second)).Failure.ShouldBe(ConnectFailure.ExchangeRefused);
    }

    [Fact]
    public async Task An_address_that_is_not_registered_to_the_letter_gets_no_answer()
    {
        var start = await BeginAsync("strict-post");
        var other = new Uri(start.AuthorizeUrl.AbsoluteUri.Replace("strict-post&", "strict-post%2F&", StringComparison.Ordinal));
        other.ShouldNotBe(start.AuthorizeUrl);

        (await _referee.AuthorizeAsync(other, "ada")).ShouldBeNull();
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData(null)]
    public async Task An_answer_of_another_issuer_or_of_none_costs_no_token_request(string? issuer)
    {
        var start = await BeginAsync("strict-post");
        var query = StrictServer.Query((await _referee.AuthorizeAsync(start.AuthorizeUrl, "ada"))!);
        query.ShouldContain(p => p.Key == "iss" && p.Value == StrictServer.Issuer);
        List<KeyValuePair<string, string>> changed = [.. query.Where(p => p.Key != "iss")];
        if (issuer is not null) changed.Add(KeyValuePair.Create("iss", issuer));

        (await CompleteAsync("strict-post", changed, start)).Failure.ShouldBe(ConnectFailure.IssuerMismatch);
        (await _referee.TokenRequestsAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task What_was_not_ticked_is_missing_and_what_was_is_there()
    {
        var outcome = await ConnectAsync("strict-post", ticked: "offline_access things:read");

        outcome.Failure.ShouldBeNull(outcome.Message);
        outcome.MissingScopes.ShouldBe(["things:write"]);
        outcome.Connection!.GrantedScopes.ShouldContain("things:read");
    }

    [Fact]
    public async Task A_no_connects_nothing_and_says_so() =>
        (await ConnectAsync("strict-post", ticked: "none")).Failure.ShouldBe(ConnectFailure.Denied);

    [Fact]
    public async Task A_second_consent_that_fails_or_comes_from_another_account_leaves_the_first_working()
    {
        var first = await ConnectAsync("strict-post", ["things:read"]);
        var token = await TokenAsync(first);

        (await ConnectAsync("strict-post", ticked: "none")).Failure.ShouldBe(ConnectFailure.Denied);
        (await ConnectAsync("strict-post", account: "grace")).Failure.ShouldBe(ConnectFailure.OtherAccount);
        (await TokenAsync(first)).ShouldBe(token);
        (await MeAsync(token)).ShouldBe(200);

        var wider = await ConnectAsync("strict-post");
        wider.Failure.ShouldBeNull(wider.Message);
        (wider.Connection!.AccountLabel, wider.MissingScopes.Count).ShouldBe(("ada", 0));
    }

    [Fact]
    public async Task A_thousand_callers_in_two_processes_use_a_rotating_refresh_token_once()
    {
        var connected = await ConnectAsync("strict-post");
        var row = _vault.Store.Row(connected.Connection!.Id);
        var requests = await _referee.TokenRequestsAsync();
        await using var second = _vault.Build();
        TokenSource[] processes = [_vault.Get<TokenSource>(), second.GetRequiredService<TokenSource>()];

        for (var round = 1; round <= 3; round++)
        {
            _time.Advance(TimeSpan.FromSeconds(301));
            var tokens = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => Task.Run(async () => (await processes[i % 2].GetAsync(_vault.Store.Row(row.Id), CancellationToken.None)).Value.Reveal())));

            tokens.Distinct().Count().ShouldBe(1);
            (await MeAsync(tokens[0])).ShouldBe(200);
            // A second use of one refresh token would have ended the family, and the next round with it.
            (await _referee.TokenRequestsAsync()).ShouldBe(requests + round);
        }
    }

    [Fact]
    public async Task After_a_disconnect_the_vendor_takes_neither_token()
    {
        var connected = await ConnectAsync("strict-post");
        var row = _vault.Store.Row(connected.Connection!.Id);
        var credential = Credential.Open(_vault.Box, row);

        await _vault.Connections.DisconnectAsync(row.App, row.Id, CancellationToken.None);

        (await MeAsync(credential.Access.Reveal())).ShouldBe(401);
        var endpoint = _vault.Get<TokenEndpoint>();
        var (grant, failure) = await endpoint.RefreshAsync(TestCatalog.Strict[0], new OpenClient("x", "cid-strict-post", new SecretText("live_CANARYsecret"), Realm.Live), credential.Refresh!, CancellationToken.None);
        (grant, failure!.Kind, failure.Error).ShouldBe((null, TokenFailureKind.Refused, "invalid_grant"));
    }

    private static Dictionary<string, object> Client(string id, string authentication, string? secret, object? jwks = null)
    {
        var client = new Dictionary<string, object>
        {
            ["client_id"] = $"cid-{id}",
            ["redirect_uris"] = new[] { $"{TestVault.Public}/oauth/callback/{id}" },
            ["application_type"] = "native",
            ["grant_types"] = new[] { "authorization_code", "refresh_token" },
            ["token_endpoint_auth_method"] = authentication,
        };
        if (secret is not null) client["client_secret"] = secret;
        if (jwks is not null) client["jwks"] = jwks;
        if (authentication == "private_key_jwt") client["token_endpoint_auth_signing_alg"] = "ES256";
        return client;
    }

    private static string Base64(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    private Task<AuthorizationStart> BeginAsync(string connector, string[]? scopes = null) =>
        _vault.Connections.BeginAsync(new ConnectRequest { App = TestVault.App, Teammate = "t1", Connector = connector, Scopes = scopes ?? ["things:read", "things:write"], Realm = Realm.Live }, CancellationToken.None);

    private Task<ConnectOutcome> CompleteAsync(string connector, IReadOnlyList<KeyValuePair<string, string>> query, AuthorizationStart start) =>
        _vault.Connections.CompleteAsync(new CallbackParameters(connector, query), start.BrowserBinding, "t1", CancellationToken.None);

    private async Task<ConnectOutcome> ConnectAsync(string connector, string[]? scopes = null, string account = "ada", string? ticked = null)
    {
        var start = await BeginAsync(connector, scopes);
        return await CompleteAsync(connector, StrictServer.Query((await _referee.AuthorizeAsync(start.AuthorizeUrl, account, ticked))!), start);
    }

    private async Task<string> TokenAsync(ConnectOutcome outcome) =>
        (await _vault.Get<TokenSource>().GetAsync(_vault.Store.Row(outcome.Connection!.Id), CancellationToken.None)).Value.Reveal();

    /// <summary>Status of the referee's userinfo with a token.</summary>
    private async Task<int> MeAsync(string token)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, $"{StrictServer.Issuer}/me");
        message.Headers.Authorization = new("Bearer", token);
        using var reply = await _vault.Get<VendorHttp>().For(Realm.Live).SendAsync(new VendorRequest(message, new SecretText(token)), CancellationToken.None);
        return (int)reply.StatusCode;
    }
}
