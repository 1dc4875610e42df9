using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Patchbay.Vault.Egress;
using Patchbay.Vault.Tests.Support;

namespace Patchbay.Vault.Tests.Egress;

public sealed class ForwardingTests : IAsyncLifetime
{
    private const string Real = "sbxt_CANARY/slack+token==9";
    private TestVault _vault = null!;
    private FunctionProcess _fn = null!;

    public async Task InitializeAsync()
    {
        _vault = await TestVault.StartAsync();
        _fn = await _vault.OpenAsync();
    }

    public async Task DisposeAsync()
    {
        await _fn.DisposeAsync();
        await _vault.DisposeAsync();
    }

    private async Task<string> SlackAsync()
    {
        await _vault.AddConnectionAsync("slack", Real, approved: ["chat:write"]);
        return (await _fn.PhantomAsync("slack"))!;
    }

    [Fact]
    public async Task A_function_posts_with_a_phantom_and_the_vendor_sees_the_real_token()
    {
        var phantom = await SlackAsync();
        phantom.Length.ShouldBe(90);
        _fn.Door.RegisterRun("ticket-1", "run-1");
        var reply = await _fn.SendAsync("POST", "https://slack.com/api/chat.postMessage?a=%2Fb&c", phantom, new StringContent("{\"text\":\"hi\"}", Encoding.UTF8, "application/json"), m =>
        {
            m.Headers.Add("X-Patchbay-Run", "ticket-1");
            m.Headers.Add("X-Forwarded-For", "1.2.3.4");
            m.Headers.Add("X-Own", "kept");
        });
        reply.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await reply.Content.ReadAsStringAsync()).ShouldBe("""{"ok":true}""");

        var call = _vault.Vendor.Calls.ShouldHaveSingleItem();
        call.Realm.ShouldBe(Realm.Sandbox);
        call.Host.ShouldBe("slack.com");
        call.Target.ShouldBe("/api/chat.postMessage?a=%2Fb&c");
        call.Header("Authorization").ShouldBe("Bearer " + Real);
        call.Header("X-Own").ShouldBe("kept");
        call.Header("X-Patchbay-Run").ShouldBeNull();
        call.Header("X-Forwarded-For").ShouldBeNull();
        call.Header("Accept-Encoding").ShouldBe("identity");
        call.Body.ShouldBe("{\"text\":\"hi\"}");

        var entry = (await _vault.LoggedAsync(1)).ShouldHaveSingleItem();
        (entry.Operation, entry.Status, entry.Outcome, entry.RunId, entry.Connector, entry.Path, entry.RequestBytes, entry.ResponseBytes, entry.Function)
            .ShouldBe(("slack.post_message", 200, CallOutcome.Sent, "run-1", "slack", "/api/chat.postMessage", 13, 11, "notify"));
    }

    [Fact]
    public async Task The_phantom_stays_the_same_for_the_process_and_differs_between_processes()
    {
        var phantom = await SlackAsync();
        (await _fn.PhantomAsync("slack")).ShouldBe(phantom);
        await using var other = await _vault.OpenAsync();
        (await other.PhantomAsync("slack")).ShouldNotBe(phantom);
        (await _fn.PhantomAsync("gmail")).ShouldBeNull();
    }

    [Fact]
    public async Task Own_address_is_answered_by_the_server_in_absolute_form_and_through_connect()
    {
        _vault.LocalApi = (http, caller) => http.Response.WriteAsync($"{http.Request.Method} {http.Request.Path}{http.Request.QueryString} for {caller.Identity.Function} run {caller.RunId}");
        _fn.Door.RegisterRun("t", "r");
        using var message = new HttpRequestMessage(HttpMethod.Get, "http://patchbay.internal/api/x?y=1") { Headers = { { "X-Patchbay-Run", "t" } } };
        (await (await _fn.Http.SendAsync(message)).Content.ReadAsStringAsync()).ShouldBe("GET /api/x?y=1 for notify run r");
        var (_, inside) = await _fn.TunnelAsync("patchbay.internal:80", FunctionProcess.Request("GET /in", "patchbay.internal"), tls: false);
        inside!.ShouldContain("GET /in for notify run ");
        _vault.Log.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_allowed_host_without_connector_is_reached_live_and_gets_no_credential()
    {
        await SlackAsync();
        _vault.Policy = _vault.Policy! with { AllowedHosts = ["api.resend.example", "*.files.example"] };
        foreach (var host in new[] { "api.resend.example", "a.b.files.example" })
        {
            var reply = await _fn.SendAsync("POST", $"https://{host}/emails", null, new StringContent("x"), m => m.Headers.Add("Authorization", "Bearer own-key"));
            reply.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        _vault.Vendor.Calls.Select(c => (c.Realm, c.Host, c.Header("Authorization"))).ShouldBe([(Realm.Live, "api.resend.example", "Bearer own-key"), (Realm.Live, "a.b.files.example", "Bearer own-key")]);
        (await _fn.StatusAsync("GET", "https://files.example/", null)).ShouldBe(403);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task A_token_echoed_by_the_vendor_is_scrubbed_however_it_is_cut(int piece)
    {
        var phantom = await SlackAsync();
        var echo = string.Join('|', Real, JsonSerializer.Serialize(Real), Uri.EscapeDataString(Real), Convert.ToBase64String(Encoding.UTF8.GetBytes("Bearer " + Real)), Convert.ToBase64String(Encoding.UTF8.GetBytes("xx" + Real + "yy")), "tail");
        _vault.Vendor.Answer = async (_, http) =>
        {
            http.Response.Headers["X-Echo"] = "got Bearer " + Real;
            http.Response.Headers.Location = "https://slack.com/x?t=" + Uri.EscapeDataString(Real);
            http.Response.ContentLength = Encoding.UTF8.GetByteCount(echo);
            foreach (var part in Encoding.UTF8.GetBytes(echo).Chunk(piece))
            {
                await http.Response.Body.WriteAsync(part);
                await http.Response.Body.FlushAsync();
            }
        };
        var reply = await _fn.SendAsync("GET", "https://slack.com/api/echo", phantom);
        var text = await reply.Content.ReadAsStringAsync();
        text.Length.ShouldBe(echo.Length);
        text.ShouldEndWith("|tail");
        foreach (var seen in new[] { text, reply.Headers.GetValues("X-Echo").Single(), reply.Headers.Location!.OriginalString })
        {
            seen.ShouldNotContain("CANARY");
            seen.ShouldNotContain(Convert.ToBase64String("CANARY"u8.ToArray())[..6]);
        }
        reply.Headers.GetValues("X-Echo").Single().ShouldStartWith("got Bearer ***");
    }

    [Fact]
    public async Task A_compressed_echo_is_decoded_and_scrubbed_and_an_unknown_encoding_is_refused()
    {
        var phantom = await SlackAsync();
        _vault.Vendor.Answer = async (call, http) =>
        {
            http.Response.Headers.ContentEncoding = call.Path.EndsWith("gzip", StringComparison.Ordinal) ? "gzip" : "zstd";
            await using var zip = new System.IO.Compression.GZipStream(http.Response.Body, System.IO.Compression.CompressionLevel.Fastest);
            await zip.WriteAsync(Encoding.UTF8.GetBytes("see " + Real + " there"));
        };
        var reply = await _fn.SendAsync("GET", "https://slack.com/api/gzip", phantom);
        (await reply.Content.ReadAsStringAsync()).ShouldBe("see " + new string('*', Real.Length) + " there");
        reply.Content.Headers.ContentEncoding.ShouldBeEmpty();
        (await _fn.StatusAsync("GET", "https://slack.com/api/zstd", phantom)).ShouldBe(502);
    }

    [Fact]
    public async Task An_event_reaches_the_function_before_the_vendor_ends_its_reply()
    {
        var phantom = await SlackAsync();
        var more = new TaskCompletionSource();
        _vault.Vendor.Answer = async (_, http) =>
        {
            await http.Response.WriteAsync("data: one\n\n");
            await http.Response.Body.FlushAsync();
            await more.Task;
            await http.Response.WriteAsync("data: two\n\n");
        };
        var reply = await _fn.SendAsync("GET", "https://slack.com/api/stream", phantom);
        using var reader = new StreamReader(await reply.Content.ReadAsStreamAsync());
        (await reader.ReadLineAsync()).ShouldBe("data: one");
        more.SetResult();
        (await reader.ReadToEndAsync()).ShouldContain("data: two");
    }

    [Fact]
    public async Task A_large_upload_streams_through_whole()
    {
        var phantom = await SlackAsync();
        var big = new byte[3_000_000];
        Random.Shared.NextBytes(big);
        var body = Convert.ToBase64String(big);
        (await _fn.SendAsync("POST", "https://slack.com/api/upload", phantom, new StringContent(body))).StatusCode.ShouldBe(HttpStatusCode.OK);
        _vault.Vendor.Calls.ShouldHaveSingleItem().Body.ShouldBe(body);
        (await _vault.LoggedAsync(1))[0].RequestBytes.ShouldBe(body.Length);
    }

    [Fact]
    public async Task A_redirect_is_handed_back_and_never_followed()
    {
        var phantom = await SlackAsync();
        _vault.Vendor.Answer = (_, http) =>
        {
            http.Response.Redirect("https://evil.example/take");
            return Task.CompletedTask;
        };
        (await _fn.SendAsync("GET", "https://slack.com/api/go", phantom)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await _fn.StatusAsync("GET", "https://evil.example/take", phantom)).ShouldBe(403);
        _vault.Vendor.Calls.ShouldHaveSingleItem().Host.ShouldBe("slack.com");
    }

    [Fact]
    public async Task A_disconnect_bites_at_the_next_request_even_on_an_open_tunnel()
    {
        var phantom = await SlackAsync();
        (await _fn.SendAsync("GET", "https://slack.com/api/one", phantom)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await _vault.Connections.DisconnectAsync(TestVault.App, _vault.Policy!.Connections[0].Connection, CancellationToken.None);
        var before = _vault.Vendor.Calls.Count;
        var reply = await _fn.SendAsync("GET", "https://slack.com/api/two", phantom);
        ((int)reply.StatusCode).ShouldBe(424);
        (await reply.Content.ReadAsStringAsync()).ShouldContain("PB2101");
        _vault.Vendor.Calls.Count.ShouldBe(before);
    }

    [Fact]
    public async Task An_operation_needs_scopes_approved_for_this_app_whatever_the_token_could()
    {
        await _vault.AddConnectionAsync("gmail", "sbxt_CANARYg", approved: [TestCatalog.MailRead]);
        var phantom = await _fn.PhantomAsync("gmail");
        const string host = "https://gmail.googleapis.com";
        (await _fn.StatusAsync("GET", host + "/gmail/v1/users/me/messages/1", phantom)).ShouldBe(200);
        foreach (var path in new[] { "/gmail/v1/users/me/messages/send", "/gmail//v1/users/me/messages/send", "/gmail/v1/users/me/messages%2Fsend", "/gmail/v1/users/me/messages/%73end", "/gmail/v1/users/me/messages/send/", "/Gmail/v1/users/me/messages/SEND" })
        {
            var reply = await _fn.SendAsync("POST", host + path, phantom, new StringContent("{}"));
            ((int)reply.StatusCode).ShouldBe(403, path);
            (await reply.Content.ReadAsStringAsync()).ShouldContain(TestCatalog.MailSend);
        }
        _vault.Vendor.Calls.Count.ShouldBe(1);
        await _vault.Connections.ApproveAsync(TestVault.App, _vault.Policy!.Connections[0].Connection, [TestCatalog.MailAll], CancellationToken.None);
        (await _fn.StatusAsync("POST", host + "/gmail/v1/users/me/messages/send", phantom, new StringContent("{}"))).ShouldBe(200);
        (await _fn.StatusAsync("GET", host + "/gmail/v1/users/me/profile", phantom)).ShouldBe(200);
        (await _vault.LoggedAsync(9))[^1].Operation.ShouldBeNull();
    }

    [Fact]
    public async Task What_nobody_described_passes_only_while_the_token_can_do_no_more_than_was_approved()
    {
        const string batch = "https://gmail.googleapis.com/batch/gmail/v1", alias = "https://www.googleapis.com/gmail/v1/users/me/messages/1";
        var wide = await _vault.AddConnectionAsync("gmail", "sbxt_CANARYg", granted: ["openid", "https://www.googleapis.com/auth/userinfo.email", TestCatalog.MailAll], approved: [TestCatalog.MailSend]);
        var phantom = await _fn.PhantomAsync("gmail");
        foreach (var (method, address) in new[] { ("POST", batch), ("GET", alias) })
        {
            var reply = await _fn.SendAsync(method, address, phantom, method == "POST" ? new StringContent("{}") : null);
            ((int)reply.StatusCode).ShouldBe(403, address);
            (await reply.Content.ReadAsStringAsync()).ShouldContain(TestCatalog.MailAll);
        }
        (await _fn.StatusAsync("POST", "https://gmail.googleapis.com/gmail/v1/users/me/messages/send", phantom, new StringContent("{}"))).ShouldBe(200);
        _vault.Vendor.Calls.Count.ShouldBe(1);

        await _vault.Connections.ApproveAsync(TestVault.App, wide.Id, [TestCatalog.MailAll], CancellationToken.None);
        (await _fn.StatusAsync("POST", batch, phantom, new StringContent("{}"))).ShouldBe(200);
        (await _fn.StatusAsync("GET", alias, phantom)).ShouldBe(200);
    }

    [Fact]
    public async Task Another_method_on_a_described_path_needs_its_approval_too()
    {
        await _vault.AddConnectionAsync("slack", Real, approved: ["channels:read"]);
        var phantom = await _fn.PhantomAsync("slack");
        (await _fn.StatusAsync("GET", "https://slack.com/api/chat.postMessage?text=x", phantom)).ShouldBe(403);
        (await _fn.StatusAsync("GET", "https://slack.com/api/conversations.list", phantom)).ShouldBe(200);
    }

    [Fact]
    public async Task Connectors_of_one_vendor_share_its_hosts()
    {
        await _vault.AddConnectionAsync("googledrive", "sbxt_CANARYd");
        var phantom = await _fn.PhantomAsync("googledrive");
        (await _fn.StatusAsync("GET", "https://gmail.googleapis.com/gmail/v1/users/me/profile", phantom)).ShouldBe(200);
        (await _fn.StatusAsync("GET", "https://slack.com/api/x", phantom)).ShouldBe(403);
    }

    [Fact]
    public async Task After_a_401_the_token_is_renewed_once_and_the_request_repeated_once()
    {
        await _vault.AddConnectionAsync("gmail", "sbxt_CANARYold", refresh: "sbxr_1", approved: [TestCatalog.MailSend]);
        _vault.Store.Change(_vault.Policy!.Connections[0].Connection, r => r with { AccessIssuedAt = DateTimeOffset.UtcNow.AddHours(-1) });
        var phantom = await _fn.PhantomAsync("gmail");
        _vault.Vendor.Answer = (call, http) => call.Host == "oauth2.googleapis.com"
            ? FakeVendor.Json(http, 200, """{"access_token":"sbxt_CANARYnew","expires_in":3599}""")
            : FakeVendor.Json(http, call.Header("Authorization") == "Bearer sbxt_CANARYnew" && !call.Path.Contains("never", StringComparison.Ordinal) ? 200 : 401, "{}");
        (await _fn.StatusAsync("POST", "https://gmail.googleapis.com/gmail/v1/users/me/messages/send", phantom, new StringContent("body"))).ShouldBe(200);
        _vault.Vendor.Calls.Select(c => c.Host).ShouldBe(["gmail.googleapis.com", "oauth2.googleapis.com", "gmail.googleapis.com"]);
        _vault.Vendor.Calls.Last().Body.ShouldBe("body");

        (await _fn.StatusAsync("GET", "https://gmail.googleapis.com/never", phantom)).ShouldBe(401);
        _vault.Vendor.Calls.Count(c => c.Host == "oauth2.googleapis.com").ShouldBe(1);
        (await _vault.LoggedAsync(2)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_body_too_large_to_keep_is_not_sent_twice()
    {
        await _vault.AddConnectionAsync("gmail", "sbxt_CANARYold", refresh: "sbxr_1");
        _vault.Store.Change(_vault.Policy!.Connections[0].Connection, r => r with { AccessIssuedAt = DateTimeOffset.UtcNow.AddHours(-1) });
        var phantom = await _fn.PhantomAsync("gmail");
        _vault.Vendor.Answer = (_, http) => FakeVendor.Json(http, 401, "{}");
        (await _fn.StatusAsync("POST", "https://gmail.googleapis.com/x", phantom, new StringContent(new string('x', 70_000)))).ShouldBe(401);
        _vault.Vendor.Calls.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_vendor_that_does_not_answer_gives_502_and_a_line_without_details()
    {
        var phantom = await SlackAsync();
        _vault.Vendor.Answer = (_, http) =>
        {
            http.Abort();
            return Task.CompletedTask;
        };
        var reply = await _fn.SendAsync("POST", "https://slack.com/api/x", phantom, new StringContent("b"));
        ((int)reply.StatusCode).ShouldBe(502);
        var entry = (await _vault.LoggedAsync(1)).ShouldHaveSingleItem();
        (entry.Outcome, entry.Status, entry.Reason).ShouldBe((CallOutcome.Failed, 502, "PB2220"));
    }

    [Fact]
    public async Task A_door_that_is_closed_ends_its_calls_and_its_socket()
    {
        var phantom = await SlackAsync();
        var reached = new TaskCompletionSource();
        _vault.Vendor.Answer = async (_, http) =>
        {
            await http.Response.WriteAsync("first");
            await http.Response.Body.FlushAsync();
            reached.SetResult();
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        };
        var reply = await _fn.SendAsync("GET", "https://slack.com/api/long", phantom);
        await reached.Task;
        await _fn.Door.DisposeAsync();
        await Should.ThrowAsync<Exception>(() => reply.Content.ReadAsStringAsync());
        File.Exists(_fn.Door.SocketPath).ShouldBeFalse();
    }

    [Fact]
    public async Task Sixty_five_connections_at_once_are_one_too_many()
    {
        var open = new List<Task<string>>();
        for (var i = 0; i < 64; i++)
            open.Add(_fn.RawAsync("GET http://patchbay.internal/ HTTP/1.1\r\nHost: patchbay.internal\r\n\r\n", t => t.Contains("own api", StringComparison.Ordinal) && false));
        await Poll.UntilAsync(() => open.Count > 0 && OpenSockets() >= 64);
        (await _fn.RawAsync("GET http://patchbay.internal/ HTTP/1.1\r\nHost: patchbay.internal\r\n\r\n")).ShouldBe("");
        await _fn.Door.DisposeAsync();
        await Task.WhenAll(open);
    }

    private int OpenSockets() => File.ReadLines("/proc/net/unix").Count(l => l.EndsWith(_fn.Door.SocketPath, StringComparison.Ordinal)) - 1;

    [Fact]
    public async Task No_sink_holds_a_token_after_all_kinds_of_calls()
    {
        var phantom = await SlackAsync();
        _vault.Vendor.Answer = (call, http) => call.Path.EndsWith("abort", StringComparison.Ordinal) ? Task.Run(http.Abort) : FakeVendor.Json(http, 500, "{\"echo\":\"" + Real + "\"}");
        var seen = new StringBuilder();
        foreach (var path in new[] { "ok", "abort", "chat.postMessage" })
            seen.Append(await (await _fn.SendAsync("POST", "https://slack.com/api/" + path, phantom, new StringContent("b"))).Content.ReadAsStringAsync());
        seen.Append(string.Join('\n', await _vault.LoggedAsync(3))).Append(string.Join('\n', _vault.Lines)).Append(_vault.Store.Dump());
        seen.ToString().ShouldNotContain("CANARY");
        _vault.Lines.ShouldNotContain(l => l.Contains(phantom, StringComparison.Ordinal));
    }
}
