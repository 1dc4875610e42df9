using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Platform.Workspaces;

namespace Patchbay.Server.Tests;

/// <summary>Hosts, origins and cookies (DESIGN 3.1).</summary>
public sealed class BoundaryTests(TestServer server) : IClassFixture<TestServer>
{
    [Theory]
    [InlineData("127.0.0.1:{port}")]
    [InlineData("evil.example")]
    [InlineData("localhost")]
    [InlineData("localhost:1")]
    [InlineData("localhost.evil.example:{port}")]
    [InlineData("a.b.localhost:{port}")]
    [InlineData("[::1]:{port}")]
    [InlineData("xn--a.localhost:1")]
    public async Task A_host_that_is_not_ours_is_misdirected(string host)
    {
        using var client = server.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health");
        request.Headers.Host = host.Replace("{port}", server.Url.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        using var answer = await client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.MisdirectedRequest);
    }

    [Theory]
    [InlineData("/api/v1/me")]
    [InlineData("/api/v1/apps")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/oauth/callback/slack?state=x&code=y")]
    [InlineData("/")]
    [InlineData("/sign-in")]
    [InlineData("/index.html")]
    public async Task An_apps_host_has_no_management_paths_even_for_the_owner(string path)
    {
        using var client = await server.SignedInAsync(Role.Owner);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = $"shop.localhost:{server.Url.Port}";
        using var answer = await client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("cross-site", null)]
    [InlineData("same-site", null)]
    [InlineData("none", null)]
    [InlineData(null, "http://evil.example")]
    [InlineData(null, "null")]
    [InlineData(null, null)]
    public async Task A_change_from_elsewhere_is_refused_although_the_cookie_came_along(string? site, string? origin)
    {
        using var client = await server.SignedInAsync(Role.Owner);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/apps") { Content = JsonContent.Create(new { name = "Planted" }) };
        if (site is not null)
            request.Headers.Add("Sec-Fetch-Site", site);
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        using var answer = await client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await client.GetStringAsync(new Uri("/api/v1/apps", UriKind.Relative))).ShouldNotContain("Planted");
    }

    [Fact]
    public async Task A_form_post_is_no_json_and_is_refused()
    {
        using var client = await server.SignedInAsync(Role.Owner);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/apps") { Content = new StringContent("""{"name":"Planted"}""", Encoding.UTF8, "text/plain") };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        using var answer = await client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_session_cookie_is_for_http_only_lax_and_for_the_whole_host_alone()
    {
        var token = await server.Workspaces.CreateSignInLinkAsync(server.Owner.Id, CancellationToken.None);
        using var client = server.Anonymous();
        using var answer = await client.SendAsync(TestServer.Change(HttpMethod.Post, "/api/v1/sign-in/link", new JsonObject { ["token"] = token }));
        var cookie = answer.Headers.GetValues("Set-Cookie").Single().ToLowerInvariant();
        cookie.ShouldStartWith("patchbay_session=");
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=lax");
        cookie.ShouldContain("path=/");
        cookie.ShouldNotContain("domain=");
    }

    [Fact]
    public async Task A_one_time_link_works_once_even_for_two_at_the_same_moment()
    {
        var token = await server.Workspaces.CreateSignInLinkAsync(server.Owner.Id, CancellationToken.None);
        var statuses = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            using var client = server.Anonymous();
            using var answer = await client.SendAsync(TestServer.Change(HttpMethod.Post, "/api/v1/sign-in/link", new JsonObject { ["token"] = token }));
            return answer.StatusCode;
        }));
        statuses.Count(s => s == HttpStatusCode.OK).ShouldBe(1);
        statuses.Count(s => s == HttpStatusCode.Forbidden).ShouldBe(7);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_for_whoever_copied_the_cookie()
    {
        using var client = await server.SignedInAsync(Role.Owner);
        using (var gone = await client.SendAsync(TestServer.Change(HttpMethod.Post, "/api/v1/sign-out")))
            gone.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var answer = await client.GetAsync(new Uri("/api/v1/me", UriKind.Relative));
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Guessing_passwords_is_slowed_and_the_answer_does_not_tell_who_exists()
    {
        using var client = server.Anonymous();
        var texts = new HashSet<string>();
        for (var i = 0; i < 10; i++)
        {
            using var wrong = await client.SendAsync(TestServer.Change(HttpMethod.Post, "/api/v1/sign-in", new JsonObject { ["email"] = i % 2 == 0 ? "ada@example.com" : "nobody@example.com", ["password"] = "wrong-password" }));
            wrong.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            texts.Add(await wrong.Content.ReadAsStringAsync());
        }
        texts.ShouldHaveSingleItem();
        for (var i = 0; i < 6; i++)
            (await client.SendAsync(TestServer.Change(HttpMethod.Post, "/api/v1/sign-in", new JsonObject { ["email"] = "nobody@example.com", ["password"] = "x" }))).Dispose();
        using var slowed = await client.SendAsync(TestServer.Change(HttpMethod.Post, "/api/v1/sign-in", new JsonObject { ["email"] = "nobody@example.com", ["password"] = "x" }));
        slowed.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task An_invited_teammate_chooses_a_password_and_comes_back_with_it()
    {
        using var owner = await server.SignedInAsync(Role.Owner);
        using var invited = await owner.SendAsync(TestServer.Change(HttpMethod.Post, "/api/v1/teammates", new JsonObject { ["name"] = "Ines", ["email"] = "ines@example.com", ["role"] = "editor" }));
        var reply = (await invited.Content.ReadFromJsonAsync<JsonObject>())!;
        using var first = await WithLinkAsync((string)reply["link"]!);
        ((bool)(await first.GetFromJsonAsync<JsonObject>(new Uri("/api/v1/me", UriKind.Relative)))!["hasPassword"]!).ShouldBeFalse();
        using (var chosen = await first.SendAsync(TestServer.Change(HttpMethod.Post, "/api/v1/me/password", new JsonObject { ["password"] = "correct horse battery" })))
            chosen.StatusCode.ShouldBe(HttpStatusCode.OK);

        using var second = server.Anonymous();
        using (var back = await second.SendAsync(TestServer.Change(HttpMethod.Post, "/api/v1/sign-in", new JsonObject { ["email"] = "ines@example.com", ["password"] = "correct horse battery" })))
            back.StatusCode.ShouldBe(HttpStatusCode.OK);

        // With a password chosen, changing it needs it, and ends every other session.
        using (var wrong = await second.SendAsync(TestServer.Change(HttpMethod.Post, "/api/v1/me/password", new JsonObject { ["password"] = "another long one" })))
            wrong.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using (var changed = await second.SendAsync(TestServer.Change(HttpMethod.Post, "/api/v1/me/password", new JsonObject { ["current"] = "correct horse battery", ["password"] = "another long one" })))
            changed.StatusCode.ShouldBe(HttpStatusCode.OK);
        using (var ended = await first.GetAsync(new Uri("/api/v1/me", UriKind.Relative)))
            ended.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        // Forgotten: an admin's new link forgets the password and everything signed in with it.
        using var reset = await owner.SendAsync(TestServer.Change(HttpMethod.Post, $"/api/v1/teammates/{reply["teammate"]!["id"]}/link"));
        using (var ended = await second.GetAsync(new Uri("/api/v1/me", UriKind.Relative)))
            ended.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var third = await WithLinkAsync((string)(await reset.Content.ReadFromJsonAsync<JsonObject>())!["link"]!);
        ((bool)(await third.GetFromJsonAsync<JsonObject>(new Uri("/api/v1/me", UriKind.Relative)))!["hasPassword"]!).ShouldBeFalse();
    }

    private async Task<HttpClient> WithLinkAsync(string link)
    {
        var client = server.Anonymous();
        using var answer = await client.SendAsync(TestServer.Change(HttpMethod.Post, "/api/v1/sign-in/link", new JsonObject { ["token"] = link[(link.IndexOf('#', StringComparison.Ordinal) + 1)..] }));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return client;
    }

    [Fact]
    public async Task Every_answer_of_the_dashboard_carries_its_policy()
    {
        using var client = server.Anonymous();
        using var answer = await client.GetAsync(new Uri("/health", UriKind.Relative));
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("default-src 'none'");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldNotContain("script-src 'self' 'unsafe");
        answer.Headers.GetValues("Cross-Origin-Opener-Policy").Single().ShouldBe("same-origin");
        answer.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
    }

    [Fact]
    public async Task A_body_that_is_no_json_gets_a_clear_refusal_and_no_trace()
    {
        using var client = await server.SignedInAsync(Role.Owner);
        using var request = TestServer.Change(HttpMethod.Post, "/api/v1/apps");
        request.Content = new StringContent("{ name", Encoding.UTF8, "application/json");
        using var answer = await client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("PB1002");
    }

    [Fact]
    public async Task The_server_listens_on_loopback_only()
    {
        var own = Dns.GetHostAddresses(Dns.GetHostName()).Where(a => a.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(a));
        foreach (var address in own)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await Should.ThrowAsync<SocketException>(() => socket.ConnectAsync(address, server.Url.Port));
        }
    }
}
