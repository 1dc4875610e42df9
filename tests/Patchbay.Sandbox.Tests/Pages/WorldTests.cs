using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Patchbay.Sandbox.Tests.Google;
using Patchbay.Sandbox.Tests.Slack;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Pages;

public sealed class WorldTests
{
    private const string Nasty = "<script>alert('x')</script><img src=x onerror=alert(1)> \"'& <javascript:alert(1)|click> <https://ok.example|fine>";

    [Fact]
    public async Task What_an_app_posted_is_shown_as_text_wherever_it_stands()
    {
        await using var sandbox = await Playground.WithClientAsync("slack");
        await sandbox.RegisterAsync("google", Playground.ClientId);
        var slack = await sandbox.ConnectAsync("chat:write,channels:manage,reactions:write");
        var google = await sandbox.ConnectGoogleAsync(GoogleApp.Scopes("gmail.send"));
        await sandbox.CallAsync(slack, "chat.postMessage", ("channel", "#support"), ("text", Nasty));
        await sandbox.CallAsync(slack, "chat.postMessage", ("channel", "#support"), ("text", "x"),
            ("blocks", new JsonArray(new JsonObject { ["type"] = "section", ["text"] = new JsonObject { ["type"] = "mrkdwn", ["text"] = Nasty } }).ToJsonString()),
            ("attachments", new JsonArray(new JsonObject { ["title"] = Nasty, ["text"] = Nasty }).ToJsonString()));
        var sent = await sandbox.GmailAsync(google, HttpMethod.Post, "/messages/send", new JsonObject
        {
            ["raw"] = GoogleApp.Raw($"To: \"{Nasty.Replace("\"", "", StringComparison.Ordinal)}\" <mara@northwind.example>\r\nSubject: {Nasty}\r\nContent-Type: text/html\r\n\r\n<p>hi</p>{Nasty}\" onload=\"alert(1)"),
        });

        foreach (var path in (string[])["/world/slack?channel=support", "/world/gmail", $"/world/gmail?account=mara@northwind.example&message={sent.Text("id")}", "/world/gmail?box=SENT"])
        {
            var page = await sandbox.Http.GetStringAsync(new Uri(path, UriKind.Relative));
            var own = page.Replace("<script src=\"/_assets/sandbox.js\" defer></script>", "", StringComparison.Ordinal);
            own.ShouldNotContain("<script", customMessage: path);
            own.ShouldNotContain("<img", customMessage: path);
            own.ShouldNotContain("href=\"javascript", customMessage: path);
            // Values between quotes cannot begin an attribute: the quote itself is always encoded in them.
            Regex.IsMatch(Regex.Replace(own, "=\"[^\"]*\"", ""), "<[^>]*\\son\\w+").ShouldBeFalse(path);
        }

        (await sandbox.Http.GetStringAsync(new Uri("/world/slack?channel=support", UriKind.Relative))).ShouldContain("<a href=\"https://ok.example\"");
    }

    [Fact]
    public async Task Every_page_wears_the_band_and_a_policy_without_inline_script()
    {
        await using var sandbox = await Playground.WithClientAsync("slack");
        foreach (var path in (string[])["/world/", "/world/slack", "/world/gmail", "/slack.com/oauth/v2/authorize", SlackApp.AuthorizeAddress("chat:write"), "/accounts.google.com/o/oauth2/v2/auth"])
        {
            using var response = await sandbox.Http.GetAsync(new Uri(path, UriKind.Relative));
            var page = await response.Content.ReadAsStringAsync();

            page.ShouldContain("Patchbay sandbox.", customMessage: path);
            Regex.Count(page, "<h1").ShouldBe(1, path);
            page.ShouldContain("<main", customMessage: path);
            var policy = response.Headers.GetValues("Content-Security-Policy").Single();
            policy.ShouldContain("default-src 'none'");
            policy.ShouldContain("frame-ancestors 'none'");
            policy.ShouldNotContain("unsafe");
            policy.ShouldContain(path.Contains("chat", StringComparison.Ordinal) ? "form-action 'self' http://localhost:4400;" : "form-action 'self';");
            response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
            response.Headers.Contains("Set-Cookie").ShouldBeFalse();
            page.ShouldNotContain("style=\"");
            Regex.IsMatch(page, "(src|href)=\"https?://").ShouldBeFalse(path);
        }
    }

    [Fact]
    public async Task A_person_can_write_and_invite_an_app_and_a_form_without_its_guard_cannot()
    {
        await using var sandbox = await Playground.WithClientAsync("slack");
        var token = await sandbox.ConnectAsync("chat:write");
        var page = await sandbox.Http.GetStringAsync(new Uri("/world/slack?channel=random", UriKind.Relative));
        var guard = Regex.Match(page, "name=\"guard\" value=\"([^\"]+)\"").Groups[1].Value;
        (await sandbox.CallAsync(token, "chat.postMessage", ("channel", "#random"), ("text", "x"))).Text("error").ShouldBe("not_in_channel");

        (await PostAsync("/world/slack/invite", "")).ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync("/world/slack/invite", guard)).ShouldBe(HttpStatusCode.Found);
        (await PostAsync("/world/slack/say", guard)).ShouldBe(HttpStatusCode.Found);

        (await sandbox.CallAsync(token, "chat.postMessage", ("channel", "#random"), ("text", "x"))).Text("ok").ShouldBe("true");
        (await sandbox.ControlAsync("slack/messages?channel=random")).AsArray().Select(m => m.Text("text")).ShouldContain("Hello from Lena");
        sandbox.Http.DefaultRequestHeaders.Add("Origin", "http://evil.example");
        (await PostAsync("/world/reset", guard)).ShouldBe(HttpStatusCode.Forbidden);

        async Task<HttpStatusCode> PostAsync(string path, string with)
        {
            using var response = await sandbox.Http.PostAsync(new Uri(path, UriKind.Relative), new FormUrlEncodedContent(
                new Dictionary<string, string> { ["guard"] = with, ["channel"] = "random", ["text"] = "Hello from Lena" }));
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task Trouble_can_be_made_by_page_and_everything_reset_by_page()
    {
        await using var sandbox = await Playground.WithClientAsync("slack");
        var token = await sandbox.ConnectAsync("chat:write");
        var page = await sandbox.Http.GetStringAsync(new Uri("/world/slack", UriKind.Relative));
        var guard = Regex.Match(page, "name=\"guard\" value=\"([^\"]+)\"").Groups[1].Value;

        using var armed = await sandbox.Http.PostAsync(new Uri("/world/slack/trouble", UriKind.Relative), new FormUrlEncodedContent(new Dictionary<string, string> { ["guard"] = guard, ["kind"] = "503" }));
        (await sandbox.Http.GetStringAsync(new Uri("/world/slack", UriKind.Relative))).ShouldContain("next 1");
        using var failed = await sandbox.Http.PostAsync(new Uri("/slack.com/api/auth.test", UriKind.Relative), null);
        failed.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        using var again = await sandbox.Http.PostAsync(new Uri("/world/slack/trouble", UriKind.Relative), new FormUrlEncodedContent(new Dictionary<string, string> { ["guard"] = guard, ["kind"] = "503" }));
        using var reset = await sandbox.Http.PostAsync(new Uri("/world/reset", UriKind.Relative), new FormUrlEncodedContent(new Dictionary<string, string> { ["guard"] = guard }));

        reset.StatusCode.ShouldBe(HttpStatusCode.Found);
        (await sandbox.CallAsync(token, "auth.test")).Text("ok").ShouldBe("true");
    }

    [Fact]
    public async Task A_scope_can_be_taken_away_and_rotation_made_strict_by_page()
    {
        await using var sandbox = await Playground.WithClientAsync("slack");
        var token = await sandbox.ConnectAsync("chat:write,channels:read");
        var page = await sandbox.Http.GetStringAsync(new Uri("/world/slack", UriKind.Relative));
        page.ShouldContain("<option value=\"channels:read\">");
        page.ShouldContain("Turn on: Refresh tokens work once");
        var guard = Regex.Match(page, "name=\"guard\" value=\"([^\"]+)\"").Groups[1].Value;
        (await sandbox.CallAsync(token, "conversations.list")).Text("ok").ShouldBe("true");

        foreach (var (kind, scope) in new[] { ("drop", "channels:read"), ("rotate", "") })
        {
            using var done = await sandbox.Http.PostAsync(new Uri("/world/slack/trouble", UriKind.Relative), new FormUrlEncodedContent(new Dictionary<string, string> { ["guard"] = guard, ["kind"] = kind, ["scope"] = scope }));
            done.StatusCode.ShouldBe(HttpStatusCode.Found);
        }

        (await sandbox.CallAsync(token, "conversations.list")).Text("error").ShouldBe("missing_scope");
        page = await sandbox.Http.GetStringAsync(new Uri("/world/slack", UriKind.Relative));
        page.ShouldNotContain("<option value=\"channels:read\">");
        page.ShouldContain("Turn off: Refresh tokens work once");
    }

    [Fact]
    public async Task An_open_page_hears_that_something_changed()
    {
        await using var sandbox = await Playground.WithClientAsync("slack");
        var token = await sandbox.ConnectAsync("chat:write");
        using var response = await sandbox.Http.GetAsync(new Uri("/world/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        (await reader.ReadLineAsync()).ShouldBe(": open");
        await reader.ReadLineAsync();

        await sandbox.CallAsync(token, "chat.postMessage", ("channel", "#support"), ("text", "news"));

        (await reader.ReadLineAsync()).ShouldBe("data: slack");
    }

    [Fact]
    public async Task Assets_come_from_the_assembly_and_nowhere_else()
    {
        await using var sandbox = await Playground.StartAsync();
        foreach (var (file, type) in new[] { ("sandbox.css", "text/css"), ("sandbox.js", "text/javascript"), ("icon.svg", "image/svg+xml"), ("fonts/geist.woff2", "font/woff2") })
        {
            using var response = await sandbox.Http.GetAsync(new Uri("/_assets/" + file, UriKind.Relative));
            response.Content.Headers.ContentType!.MediaType.ShouldBe(type);
            (await response.Content.ReadAsByteArrayAsync()).ShouldNotBeEmpty();
        }

        using var other = await sandbox.Http.GetAsync(new Uri("/_assets/..%2f..%2fProgram.cs", UriKind.Relative));
        other.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
