using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Google;
using Patchbay.Sandbox.Tests.Slack;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Control;

public sealed class ControlTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("wrong")]
    [InlineData(Playground.ControlToken + "x")]
    public async Task The_control_surface_needs_its_token(string? token)
    {
        await using var sandbox = await Playground.StartAsync();
        foreach (var path in (string[])["/_sandbox/requests", "/_sandbox/nothing", "/_sandbox/slack/messages?channel=support", "/_SANDBOX/requests", "/_Sandbox/Slack/messages?channel=support"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            if (token is not null)
                request.Headers.TryAddWithoutValidation("X-Sandbox-Control", token);
            using var response = await sandbox.Http.SendAsync(request);
            response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }
    }

    [Fact]
    public async Task Without_a_token_at_start_the_control_surface_is_off()
    {
        await using var sandbox = await Playground.StartAsync(controlToken: "");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/_sandbox/requests");
        request.Headers.TryAddWithoutValidation("X-Sandbox-Control", "");

        using var response = await sandbox.Http.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("""{"vendor":"nobody","clientId":"a","clientSecret":"sbx-1","redirectUris":["http://localhost/cb"]}""", "vendor")]
    [InlineData("""{"vendor":"slack","clientSecret":"sbx-1","redirectUris":["http://localhost/cb"]}""", "clientId")]
    [InlineData("""{"vendor":"slack","clientId":"a","clientSecret":"real","redirectUris":["http://localhost/cb"]}""", "clientSecret")]
    [InlineData("""{"vendor":"slack","clientId":"a","clientSecret":"sbx-1","redirectUris":["/cb"]}""", "redirectUris")]
    [InlineData("[]", "JSON object")]
    public async Task A_wrong_client_is_refused_with_what_is_wrong(string body, string says)
    {
        await using var sandbox = await Playground.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_sandbox/clients") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Sandbox-Control", Playground.ControlToken);

        using var response = await sandbox.Http.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.JsonAsync()).Text("error").ShouldContain(says);
    }

    [Theory]
    [InlineData("slack.com/api/chat.postMessage")]
    [InlineData("api.notion.com/v1/oauth/token")]
    [InlineData("www.googleapis.com/upload/drive/v3/files?uploadType=media")]
    public async Task A_body_larger_than_any_vendor_takes_is_the_callers_mistake(string path)
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        await sandbox.RegisterAsync("slack", Playground.ClientId);
        await sandbox.RegisterAsync("notion", Playground.ClientId);
        var google = await sandbox.ConnectGoogleAsync("https://www.googleapis.com/auth/drive.file");
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Playground.ClientId}:{Playground.ClientSecret}"));
        // Asks first, so that the refusal comes before the body is on its way.
        using var http = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = Timeout.InfiniteTimeSpan });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(sandbox.Server.BaseAddress, path)) { Content = new ByteArrayContent(new byte[41 * 1024 * 1024]) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        request.Headers.ExpectContinue = true;
        request.Headers.TryAddWithoutValidation("Authorization", path.StartsWith("api.notion.com", StringComparison.Ordinal) ? "Basic " + basic : "Bearer " + google);

        using var response = await http.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1.evil.example:{port}")]
    [InlineData("app.localhost:{port}")]
    public async Task Another_host_name_is_misdirected(string host)
    {
        await using var sandbox = await Playground.StartAsync();
        foreach (var path in (string[])["/healthz", "/world/slack", "/slack.com/api/auth.test", "/_sandbox/requests"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Host = host.Replace("{port}", sandbox.Server.BaseAddress.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
            using var response = await sandbox.Http.SendAsync(request);
            response.StatusCode.ShouldBe(HttpStatusCode.MisdirectedRequest);
        }

        using var local = new HttpRequestMessage(HttpMethod.Get, "/healthz");
        local.Headers.Host = $"localhost:{sandbox.Server.BaseAddress.Port}";
        using var fine = await sandbox.Http.SendAsync(local);
        fine.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task State_survives_a_restart_and_the_files_hold_no_token()
    {
        var folder = Directory.CreateTempSubdirectory("sandbox-restart-").FullName;
        try
        {
            var secrets = new List<string> { Playground.ClientSecret };
            string slack, google, refresh;
            await using (var first = await Playground.WithClientAsync("slack", rotateTokens: true, directory: folder))
            {
                await first.RegisterAsync("google", Playground.ClientId);
                var bot = await first.ExchangeAsync(await first.CodeAsync("chat:write"));
                var account = await first.RedeemAsync(await first.GoogleCodeAsync(GoogleApp.Scopes("openid", "gmail.send")));
                (slack, google, refresh) = (bot.Text("access_token"), account.Text("access_token"), account.Text("refresh_token"));
                secrets.AddRange([slack, bot.Text("refresh_token"), google, refresh, await first.CodeAsync("chat:write")]);
                await first.CallAsync(slack, "chat.postMessage", ("channel", "#support"), ("text", "before the restart"));
                AssertNoSecret(folder, secrets);
            }

            await using (var second = await Playground.StartAsync(folder))
            {
                (await second.CallAsync(slack, "chat.postMessage", ("channel", "#support"), ("text", "after it"))).Text("ok").ShouldBe("true");
                (await second.GoogleRefreshAsync(refresh)).Text("access_token").ShouldNotBe(google);
                (await second.ControlAsync("slack/messages?channel=support")).AsArray().TakeLast(2).Select(m => m.Text("text")).ShouldBe(["before the restart", "after it"]);
                AssertNoSecret(folder, secrets);
            }

            AssertNoSecret(folder, secrets);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_reset_puts_worlds_back_and_keeps_connections_alive()
    {
        await using var sandbox = await Playground.WithClientAsync("slack");
        var token = await sandbox.ConnectAsync("chat:write");
        await sandbox.CallAsync(token, "chat.postMessage", ("channel", "#support"), ("text", "gone soon"));

        await sandbox.ControlAsync("reset", new JsonObject());

        (await sandbox.ControlAsync("slack/messages?channel=support")).AsArray().Select(m => m.Text("text")).ShouldNotContain("gone soon");
        (await sandbox.CallAsync(token, "chat.postMessage", ("channel", "#support"), ("text", "still connected"))).Text("ok").ShouldBe("true");
    }

    [Fact]
    public async Task Status_faults_hit_as_many_calls_as_asked_and_only_the_matching_ones()
    {
        await using var sandbox = await Playground.WithClientAsync("slack");
        var token = await sandbox.ConnectAsync("chat:write");
        await sandbox.ControlAsync("faults", new JsonObject { ["vendor"] = "slack", ["kind"] = "status", ["status"] = 429, ["retryAfter"] = 3, ["match"] = "/slack.com/api/chat.", ["times"] = 2 });

        (await sandbox.CallAsync(token, "auth.test")).Text("ok").ShouldBe("true");
        for (var index = 0; index < 2; index++)
        {
            using var response = await sandbox.Http.PostAsync(new Uri("/slack.com/api/chat.postMessage", UriKind.Relative), null);
            response.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
            response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(3));
            (await response.JsonAsync()).Text("error").ShouldBe("ratelimited");
        }

        (await sandbox.CallAsync(token, "chat.postMessage", ("channel", "#support"), ("text", "back"))).Text("ok").ShouldBe("true");
    }

    [Fact]
    public async Task A_cut_answer_did_its_work_and_breaks_off()
    {
        await using var sandbox = await Playground.WithClientAsync("slack");
        var token = await sandbox.ConnectAsync("chat:write");
        await sandbox.ControlAsync("faults", new JsonObject { ["vendor"] = "slack", ["kind"] = "cut" });

        await Should.ThrowAsync<HttpRequestException>(() => sandbox.CallAsync(token, "chat.postMessage", ("channel", "#support"), ("text", "half")));

        (await sandbox.ControlAsync("slack/messages?channel=support")).AsArray()[^1].Text("text").ShouldBe("half");
        (await sandbox.ControlAsync("requests")).At("requests")!.AsArray()[^1].Text("status").ShouldBe("0");
    }

    [Fact]
    public async Task Slow_answers_wait_on_the_clock()
    {
        await using var sandbox = await Playground.WithClientAsync("slack");
        var token = await sandbox.ConnectAsync("chat:write");
        await sandbox.ControlAsync("faults", new JsonObject { ["vendor"] = "slack", ["kind"] = "slow", ["delayMs"] = 5000 });

        var call = sandbox.CallAsync(token, "auth.test");
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!call.IsCompleted)
        {
            deadline.Token.ThrowIfCancellationRequested();
            // Advancing before the timer exists moves nothing, so it is repeated until the answer comes.
            sandbox.Time.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        (await call).Text("ok").ShouldBe("true");
    }

    [Fact]
    public async Task Grants_can_be_expired_narrowed_and_revoked_on_command()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var scope = GoogleApp.Scopes("gmail.send", "gmail.readonly");
        var reply = await sandbox.RedeemAsync(await sandbox.GoogleCodeAsync(scope));
        const string profile = "gmail.googleapis.com/gmail/v1/users/me/profile";
        (await sandbox.GoogleAsync(reply.Text("access_token"), HttpMethod.Get, profile)).Status.ShouldBe(200);

        await FaultAsync("expire_tokens");
        (await sandbox.GoogleAsync(reply.Text("access_token"), HttpMethod.Get, profile)).Status.ShouldBe(401);
        var fresh = (await sandbox.GoogleRefreshAsync(reply.Text("refresh_token"))).Text("access_token");
        (await sandbox.GoogleAsync(fresh, HttpMethod.Get, profile)).Status.ShouldBe(200);
        await FaultAsync("drop_scope", GoogleApp.Scopes("gmail.readonly"));
        (await sandbox.GoogleAsync(fresh, HttpMethod.Get, profile)).Status.ShouldBe(403);
        (await sandbox.GoogleRefreshAsync(reply.Text("refresh_token"))).Text("scope").ShouldBe(GoogleApp.Scopes("gmail.send"));
        await FaultAsync("revoke");
        (await sandbox.GoogleRefreshAsync(reply.Text("refresh_token"), 400)).Text("error").ShouldBe("invalid_grant");

        Task FaultAsync(string kind, string? scopeName = null) =>
            sandbox.ControlAsync("faults", new JsonObject { ["vendor"] = "google", ["kind"] = kind, ["scope"] = scopeName });
    }

    [Fact]
    public async Task The_request_log_names_calls_and_holds_no_queries()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(GoogleApp.Scopes("gmail.send"));
        var since = (await sandbox.ControlAsync("requests")).Text("last");
        using var _ = await sandbox.Http.PostAsync(new Uri("/oauth2.googleapis.com/revoke?token=" + token, UriKind.Relative), null);

        var log = await sandbox.ControlAsync("requests?since=" + since);

        log.At("requests")!.AsArray().Count.ShouldBe(1);
        log.Text("requests.0.host").ShouldBe("oauth2.googleapis.com");
        log.Text("requests.0.path").ShouldBe("/revoke");
        log.Text("requests.0.status").ShouldBe("200");
        log.Text("tokenRequests.google").ShouldBe("1");
        log.ToJsonString().ShouldNotContain(token);
    }

    [Fact]
    public async Task A_secret_in_a_path_is_masked_in_the_log()
    {
        await using var sandbox = await Playground.WithClientAsync("slack");
        var token = await sandbox.ConnectAsync("files:write");
        var address = (await sandbox.CallAsync(token, "files.getUploadURLExternal", ("filename", "a.txt"), ("length", "1"))).Text("upload_url");
        using var _ = await sandbox.Http.PostAsync(new Uri(address.Replace("https://", "/", StringComparison.Ordinal), UriKind.Relative), new ByteArrayContent([1]));

        var log = await sandbox.ControlAsync("requests");

        log.At("requests")!.AsArray()[^1].Text("path").ShouldBe("/upload/v1/***");
        log.ToJsonString().ShouldNotContain("sbx-");
    }

    private static void AssertNoSecret(string folder, IEnumerable<string> secrets)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            var content = Encoding.Latin1.GetString(copy.ToArray());
            content.ShouldNotContain("sbx-", customMessage: file);
            foreach (var secret in secrets)
                content.Contains(secret, StringComparison.Ordinal).ShouldBeFalse(file);
        }
    }
}
