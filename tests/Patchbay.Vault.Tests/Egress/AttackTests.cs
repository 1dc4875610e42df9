using Patchbay.Vault.Egress;
using Patchbay.Vault.Tests.Support;

namespace Patchbay.Vault.Tests.Egress;

/// <summary>Add a line to add an attack: each must leave nothing at any vendor, and a line in the call log.</summary>
public sealed class AttackTests : IAsyncLifetime
{
    private const string Slack = "slack.com:443", Auth = "Authorization: Bearer {P}";
    private TestVault _vault = null!;
    private FunctionProcess _fn = null!;

    public static TheoryData<Attack> Table() =>
    [
        // A phantom where it does not belong.
        new("a phantom in the query", Slack, Get("/api/x?token={P}", "slack.com"), 400, "PB2210"),
        new("a phantom in the query, escaped", Slack, Get("/api/x?token=%70bp_{P4}", "slack.com"), 400, "PB2210"),
        new("a phantom in the path", Slack, Get("/api/{P}/x", "slack.com"), 400, "PB2210"),
        new("a phantom in another header", Slack, Get("/api/x", "slack.com", "X-Token: {P}"), 400, "PB2210"),
        new("a phantom in the right format in another header", Slack, Get("/api/x", "slack.com", "X-Authorization: Bearer {P}"), 400, "PB2210"),
        new("a phantom in a cookie", Slack, Get("/api/x", "slack.com", "Cookie: d={P}"), 400, "PB2210"),
        new("a phantom as a header's name", Slack, Get("/api/x", "slack.com", "{P}: x"), 400, "PB2210"),
        new("a phantom in its slot and once more", Slack, Get("/api/x", "slack.com", Auth, "X-Copy: {P}"), 400, "PB2210"),
        new("a phantom in its slot and in the query", Slack, Get("/api/x?t={P}", "slack.com", Auth), 400, "PB2210"),
        new("a phantom twice in one value", Slack, Get("/api/x", "slack.com", "Authorization: Bearer {P}{P}"), 400, "PB2210"),
        new("a phantom with more text behind it", Slack, Get("/api/x", "slack.com", "Authorization: Bearer {P}, x"), 400, "PB2210"),
        new("a phantom with another scheme", Slack, Get("/api/x", "slack.com", "Authorization: Basic {P}"), 400, "PB2210"),
        new("a phantom beside a second Authorization field", Slack, Get("/api/x", "slack.com", Auth, "Authorization: Bearer mine"), 400, "PB2210"),
        new("a phantom of another process", Slack, Get("/api/x", "slack.com", "Authorization: Bearer {O}"), 403, "PB2211"),
        new("a guessed phantom", Slack, Get("/api/x", "slack.com", "Authorization: Bearer pbp_" + new string('A', 86)), 403, "PB2211"),
        new("no phantom at a vendor's host", Slack, Get("/api/x", "slack.com", "Authorization: Bearer mine"), 403, "PB2205"),

        // A phantom at another host.
        new("a phantom at another vendor's host", "gmail.googleapis.com:443", Get("/x", "gmail.googleapis.com", Auth), 403, "PB2213"),
        new("a phantom at an extra host of the app", "extra.example:443", Get("/x", "extra.example", Auth), 403, "PB2213"),
        new("a host that looks like the vendor's, as a prefix", "slack.com.evil.example:443", "", 403, "PB2205"),
        new("a host that looks like the vendor's, as a suffix", "evilslack.com:443", "", 403, "PB2205"),
        new("a host that looks like the vendor's, with a hyphen", "api-slack.com:443", "", 403, "PB2205"),
        new("a host in punycode", "xn--slck-eva.com:443", "", 403, "PB2205"),
        new("a host with a letter that looks the same", "sl\u00e0ck.com:443", "", 400, null),
        new("the vendor's host with a trailing dot", "slack.com.:443", "", 400, null),
        new("a host with user information", "user@slack.com:443", "", 400, null),
        new("a host with user information and a port", "slack.com:443@evil.example:443", "", 400, null),
        new("a host with an underscore", "a_b.slack.com:443", "", 400, null),
        new("a single label", "localhost:443", "", 400, null),
        new("an unlisted host", "evil.example:443", "", 403, "PB2205"),

        // Addresses instead of names.
        new("loopback", "127.0.0.1:443", "", 400, null),
        new("loopback, short", "127.1:443", "", 400, null),
        new("loopback, decimal", "2130706433:443", "", 400, null),
        new("loopback, hexadecimal", "0x7f.0.0.1:443", "", 400, null),
        new("loopback, octal", "0177.0.0.1:443", "", 400, null),
        new("loopback, IPv6", "[::1]:443", "", 400, null),
        new("loopback, IPv6-mapped", "[::ffff:127.0.0.1]:443", "", 400, null),
        new("link-local with a zone", "[fe80::1%25eth0]:443", "", 400, null),
        new("the metadata service", "169.254.169.254:443", "", 400, null),

        // Ports.
        new("a vendor on port 80", "slack.com:80", "", 403, "PB2204"),
        new("a vendor on another port", "slack.com:8443", "", 403, "PB2204"),
        new("port zero", "slack.com:0", "", 400, null),
        new("a port with a leading zero", "slack.com:0443", "", 400, null),
        new("a port beyond 65535", "slack.com:65979", "", 400, null),
        new("no port", "slack.com", "", 400, null),
        new("the own host on 443", "patchbay.internal:443", "", 403, "PB2204"),

        // The Host field and the target.
        new("a Host field with another host", Slack, Get("/x", "evil.example", Auth), 400, "PB2207"),
        new("a Host field with another port", Slack, Get("/x", "slack.com:444", Auth), 400, "PB2207"),
        new("a Host field with the own host", Slack, Get("/x", "patchbay.internal", Auth), 400, "PB2207"),
        new("two Host fields", Slack, Get("/x", "slack.com", "Host: evil.example", Auth), 400, null),
        new("an absolute target inside the tunnel", Slack, Get("https://evil.example/x", "slack.com", Auth), 400, null),
        new("an absolute target with the same host", Slack, Get("https://slack.com/x", "slack.com", Auth), 400, "PB2208"),
        new("a CONNECT inside the tunnel", Slack, "CONNECT evil.example:443 HTTP/1.1\r\nHost: slack.com\r\nConnection: close\r\n\r\n", 400, null),
        new("an asterisk as target", Slack, "OPTIONS * HTTP/1.1\r\nHost: slack.com\r\nConnection: close\r\n\r\n", 400, "PB2208"),
        new("dot segments", Slack, Get("/api/../x", "slack.com", Auth), 400, "PB2208"),
        new("dot segments, escaped", Slack, Get("/api/%2e%2E/x", "slack.com", Auth), 400, "PB2208"),
        new("dot segments, escaped twice", Slack, Get("/api/%252e%252e/x", "slack.com", Auth), 400, "PB2208"),
        new("a line break in the path, escaped", Slack, Get("/api/%0d%0aX-Evil:%201/x", "slack.com", Auth), 400, "PB2208"),
        new("a backslash in the path", Slack, Get("/api\\evil", "slack.com", Auth), 400, "PB2208"),
        new("a method in a header", Slack, "POST /api/x HTTP/1.1\r\nHost: slack.com\r\nX-HTTP-Method-Override: DELETE\r\nAuthorization: Bearer {P}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", 400, "PB2215"),
        new("an upgrade to a WebSocket", Slack, "GET /ws HTTP/1.1\r\nHost: slack.com\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nAuthorization: Bearer {P}\r\n\r\n", 501, "PB2216"),
        new("plain HTTP in a tunnel to 443", Slack, Get("/x", "slack.com", Auth), 0, null) { Tls = false },

        // Smuggling.
        new("both Content-Length and Transfer-Encoding", Slack, "POST /api/x HTTP/1.1\r\nHost: slack.com\r\nAuthorization: Bearer {O}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n", 403, "PB2211"),
        new("two lengths", Slack, "POST /api/x HTTP/1.1\r\nHost: slack.com\r\nAuthorization: Bearer {P}\r\nContent-Length: 4\r\nContent-Length: 5\r\nConnection: close\r\n\r\nabcde", 400, null),
        new("a folded header", Slack, "GET /x HTTP/1.1\r\nHost: slack.com\r\nX-A: b\r\n  Authorization: Bearer {P}\r\nConnection: close\r\n\r\n", 400, null),
        new("a space before the colon", Slack, "GET /x HTTP/1.1\r\nHost: slack.com\r\nAuthorization : Bearer {P}\r\nConnection: close\r\n\r\n", 400, null),
        new("a null in a value", Slack, Get("/x", "slack.com", "X-A: a\0b", Auth), 400, null),
        new("a head beyond 32 KiB", Slack, Get("/x", "slack.com", Auth, "X-Long: " + new string('x', 40_000)), 431, null),
        new("a request line beyond 16 KiB", Slack, Get("/" + new string('x', 20_000), "slack.com", Auth), 414, null),
        new("a request behind a refused CONNECT", null, "CONNECT evil.example:443 HTTP/1.1\r\n\r\nGET http://patchbay.internal/ HTTP/1.1\r\nHost: patchbay.internal\r\nConnection: close\r\n\r\n", 403, "PB2205"),
        new("a request behind a refused request", Slack, Get("/x?t={P}", "slack.com").Replace("Connection: close\r\n", "", StringComparison.Ordinal) + Get("/api/x", "slack.com", Auth), 400, "PB2210"),
        new("a CONNECT with a body", null, "CONNECT slack.com:443 HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello", 400, null),
        new("a CONNECT head beyond 8 KiB", null, "CONNECT slack.com:443 HTTP/1.1\r\nX: " + new string('x', 9000) + "\r\n\r\n", 400, null),
        new("a CONNECT with bare line feeds", null, "CONNECT slack.com:443 HTTP/1.1\nX: y\r\n\r\n", 400, null),
        new("a CONNECT with HTTP/1.0", null, "CONNECT slack.com:443 HTTP/1.0\r\n\r\n", 400, null),
        new("a CONNECT with two spaces", null, "CONNECT  slack.com:443 HTTP/1.1\r\n\r\n", 400, null),

        // Without a tunnel.
        new("absolute form to a vendor", null, Get("http://slack.com/api/x", "slack.com", Auth), 403, "PB2206"),
        new("absolute form with https", null, Get("https://slack.com/api/x", "slack.com", Auth), 403, "PB2206"),
        new("absolute form to a host that begins like ours", null, Get("http://patchbay.internal.evil.example/", "patchbay.internal.evil.example"), 403, "PB2206"),
        new("absolute form to our host with user information", null, Get("http://patchbay.internal@evil.example/", "patchbay.internal@evil.example"), 400, null),
        new("absolute form to our host on another port", null, Get("http://patchbay.internal:8080/", "patchbay.internal:8080"), 403, "PB2206"),
        new("origin form", null, Get("/api/x", "slack.com", Auth), 403, "PB2206"),
        new("garbage", null, "\x16\x03\x01garbage\r\n\r\n", 400, null),

        // The realms.
        new("a sandbox token inside a call to an allowed live host", "extra.example:443", Get("/x", "extra.example", "Authorization: Bearer sbxt_guess"), 403, "PB2218"),
        new("a sandbox token in the query of an allowed live host", "extra.example:443", Get("/x?t=%73bxt_guess", "extra.example"), 403, "PB2218"),
        new("a name that resolves to a private address", "rebind.example:443", Get("/x", "rebind.example"), 403, "PB2219"),
        new("a name that resolves to public and private addresses", "mixed.example:443", Get("/x", "mixed.example"), 403, "PB2219"),
        new("a vendor's host that resolves to loopback", "gmail.googleapis.com:443", Get("/rebound", "gmail.googleapis.com", "Authorization: Bearer {G}"), 403, "PB2219"),
    ];

    [Theory]
    [MemberData(nameof(Table))]
    public async Task Leaves_nothing_at_any_vendor(Attack attack)
    {
        var phantom = (await _fn.PhantomAsync("slack"))!;
        var gmail = (await _fn.PhantomAsync("gmail"))!;
        await using var other = await _vault.OpenAsync();
        var foreign = (await other.PhantomAsync("slack"))!;
        _vault.LocalApi = (_, _) => throw new InvalidOperationException("the server's own API was reached");
        string Fill(string text) => text.Replace("{P4}", phantom[4..], StringComparison.Ordinal).Replace("{P}", phantom, StringComparison.Ordinal).Replace("{O}", foreign, StringComparison.Ordinal).Replace("{G}", gmail, StringComparison.Ordinal);

        string answer;
        if (attack.Tunnel is null)
        {
            answer = await _fn.RawAsync(Fill(attack.Bytes));
        }
        else
        {
            var (connect, inside) = await _fn.TunnelAsync(attack.Tunnel, Fill(attack.Bytes), attack.Tls);
            answer = inside ?? connect;
        }

        _vault.Vendor.Calls.ShouldBeEmpty();
        (answer.Length == 0 ? 0 : int.Parse(answer.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(attack.Status, answer);
        (answer.Split("HTTP/1.1 ").Length - 1).ShouldBe(attack.Status == 0 ? 0 : 1, "exactly one answer");
        answer.ShouldNotContain("CANARY");
        if (attack.Logged is null)
        {
            _vault.Log.ShouldBeEmpty();
        }
        else
        {
            var entry = (await _vault.LoggedAsync(1)).ShouldHaveSingleItem();
            (entry.Reason, entry.Outcome).ShouldBe((attack.Logged, CallOutcome.Refused));
            entry.ToString().ShouldNotContain(phantom);
        }
    }

    [Fact]
    public async Task A_door_without_a_function_lets_nothing_out_and_nothing_in()
    {
        var phantom = await _fn.PhantomAsync("slack");
        await using var unbound = await _vault.OpenAsync(bound: false);
        _vault.LocalApi = (_, _) => throw new InvalidOperationException("reached");
        (await unbound.TunnelAsync(Slack, "")).Connect.ShouldStartWith("HTTP/1.1 403");
        (await unbound.TunnelAsync("patchbay.internal:80", "", tls: false)).Connect.ShouldStartWith("HTTP/1.1 403");
        (await unbound.RawAsync(Get("http://patchbay.internal/x", "patchbay.internal", $"Authorization: Bearer {phantom}"))).ShouldStartWith("HTTP/1.1 403");
        _vault.Vendor.Calls.ShouldBeEmpty();
        unbound.Door.Bind(new FunctionIdentity(TestVault.App, "late", 1));
        Should.Throw<InvalidOperationException>(() => unbound.Door.Bind(new FunctionIdentity(TestVault.App, "later", 2)));
        (await unbound.TunnelAsync(Slack, Get("/api/x", "slack.com", $"Authorization: Bearer {phantom}"))).Inside!.ShouldStartWith("HTTP/1.1 403");
        _vault.Vendor.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_function_that_lost_its_policy_reaches_nothing_even_in_an_open_tunnel()
    {
        var phantom = await _fn.PhantomAsync("slack");
        (await _fn.SendAsync("GET", "https://slack.com/api/x", phantom)).IsSuccessStatusCode.ShouldBeTrue();
        var policy = _vault.Policy!;
        _vault.Policy = null;
        (await _fn.StatusAsync("GET", "https://slack.com/api/y", phantom)).ShouldBe(403);
        _vault.Policy = policy with { Connections = [] };
        (await _fn.StatusAsync("GET", "https://slack.com/api/y", phantom)).ShouldBe(403);
        _vault.Policy = policy;
        (await _fn.StatusAsync("GET", "https://slack.com/api/y", phantom)).ShouldBe(200);
        _vault.Vendor.Calls.Count.ShouldBe(2);
    }

    [Fact]
    public async Task After_a_switch_of_accounts_the_old_ones_phantom_is_worth_nothing()
    {
        var old = await _fn.PhantomAsync("slack");
        var (was, rest) = (_vault.Policy!.Connections[0], _vault.Policy.Connections.Skip(1));
        _vault.Policy = _vault.Policy with { Connections = [was with { Connection = new ConnectionId(Ids.New(TimeProvider.System)) }, .. rest] };
        (await _fn.StatusAsync("GET", "https://slack.com/api/x", old)).ShouldBe(403);
        (await _vault.LoggedAsync(1))[^1].Reason.ShouldBe("PB2212");
        _vault.Vendor.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_apps_phantom_is_worth_nothing_here_and_its_connection_is_not_found_by_id()
    {
        var mine = _vault.Policy!.Connections[0];
        await using var stranger = await _vault.OpenAsync(app: new AppId("a00000000000000000000002"));
        // Even a policy that by mistake names another app's connection opens nothing.
        (await stranger.PhantomAsync("slack")).ShouldBeNull();
        var phantom = await _fn.PhantomAsync("slack");
        (await stranger.StatusAsync("GET", "https://slack.com/api/x", phantom)).ShouldBe(403);
        mine.Connector.ShouldBe("slack");
        _vault.Vendor.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_row_moved_to_the_other_realm_or_to_another_app_opens_nothing()
    {
        var phantom = await _fn.PhantomAsync("slack");
        var id = _vault.Policy!.Connections[0].Connection;
        _vault.Store.Change(id, r => r with { Realm = Realm.Live });
        (await _fn.StatusAsync("GET", "https://slack.com/api/x", phantom)).ShouldBe(424);
        _vault.Store.Change(id, r => r with { Realm = Realm.Sandbox, Credential = _vault.Store.Row(_vault.Policy.Connections[1].Connection).Credential });
        (await _fn.StatusAsync("GET", "https://slack.com/api/x", phantom)).ShouldBe(424);
        _vault.Vendor.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_sandbox_token_sealed_as_live_and_a_live_token_sealed_as_sandbox_never_leave()
    {
        await _vault.AddConnectionAsync("googledrive", "sbxt_CANARYwrong", realm: Realm.Live);
        var phantom = await _fn.PhantomAsync("googledrive");
        (await _fn.StatusAsync("GET", "https://www.googleapis.com/x", phantom)).ShouldBe(403);
        await _vault.AddConnectionAsync("acme", "live_CANARYwrong", realm: Realm.Sandbox);
        var acme = await _fn.PhantomAsync("acme");
        (await _fn.StatusAsync("GET", "https://api.acme.example/x", null, change: m => m.Headers.Add("X-Acme-Token", "key " + acme))).ShouldBe(403);
        _vault.Vendor.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_bare_line_feed_cannot_make_two_readers_of_one_request()
    {
        // Kestrel ends a line there; what the vendor gets was written anew, so both see the same fields.
        var phantom = await _fn.PhantomAsync("slack");
        await _fn.TunnelAsync(Slack, $"GET /x HTTP/1.1\r\nHost: slack.com\r\nConnection: close\r\nX-A: b\nAuthorization: Bearer {phantom}\r\n\r\n");
        var call = _vault.Vendor.Calls.ShouldHaveSingleItem();
        (call.Header("X-A"), call.Header("Authorization")).ShouldBe(("b", "Bearer sbxt_CANARY"));
    }

    [Fact]
    public async Task A_slot_in_another_header_takes_the_phantom_there_and_only_there()
    {
        await _vault.AddConnectionAsync("acme", "sbxt_CANARYa");
        var acme = await _fn.PhantomAsync("acme");
        (await _fn.StatusAsync("GET", "https://api.acme.example/x", acme)).ShouldBe(400);
        (await _fn.StatusAsync("GET", "https://api.acme.example/x", null, change: m => m.Headers.Add("X-Acme-Token", "key " + acme))).ShouldBe(200);
        _vault.Vendor.Calls.ShouldHaveSingleItem().Header("X-Acme-Token").ShouldBe("key sbxt_CANARYa");
    }

    public async Task InitializeAsync()
    {
        _vault = await TestVault.StartAsync();
        _fn = await _vault.OpenAsync();
        await _vault.AddConnectionAsync("slack", "sbxt_CANARY");
        await _vault.AddConnectionAsync("gmail", "live_CANARY", realm: Realm.Live);
        _vault.Policy = _vault.Policy! with { AllowedHosts = ["extra.example", "rebind.example", "mixed.example"] };
        _vault.Resolve = host => host switch
        {
            "rebind.example" => [System.Net.IPAddress.Parse("10.0.0.7")],
            "gmail.googleapis.com" => [System.Net.IPAddress.Loopback],
            "mixed.example" => [System.Net.IPAddress.Parse("93.184.216.34"), System.Net.IPAddress.Parse("::ffff:169.254.169.254")],
            _ => [System.Net.IPAddress.Parse("93.184.216.34")],
        };
    }

    public async Task DisposeAsync()
    {
        await _fn.DisposeAsync();
        await _vault.DisposeAsync();
    }

    private static string Get(string target, string host, params string[] headers) => FunctionProcess.Request("GET " + target, host, headers);
}
