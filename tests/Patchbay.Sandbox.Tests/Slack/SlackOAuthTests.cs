using System.Net;
using System.Text;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Slack;

public sealed class SlackOAuthTests
{
    [Fact]
    public async Task Connecting_gives_a_bot_token_that_posts_and_the_message_is_there()
    {
        await using var sandbox = await Playground.WithClientAsync("slack");

        var reply = await sandbox.ExchangeAsync(await sandbox.CodeAsync("chat:write,channels:read"));

        reply.Text("access_token").ShouldStartWith("sbx-xoxb-");
        reply.Text("token_type").ShouldBe("bot");
        reply.Text("scope").ShouldBe("chat:write,channels:read");
        reply.Text("team.name").ShouldBe("Northwind");
        reply.At("refresh_token").ShouldBeNull();
        var posted = await sandbox.CallAsync(reply.Text("access_token"), "chat.postMessage", ("channel", "#support"), ("text", "Hello <there>"));
        posted.Text("message.user").ShouldBe(reply.Text("bot_user_id"));
        var stored = await sandbox.ControlAsync("slack/messages?channel=support");
        stored.AsArray()[^1].Text("text").ShouldBe("Hello <there>");
    }

    [Fact]
    public async Task The_consent_page_names_permissions_in_words_and_none_can_be_unticked()
    {
        await using var sandbox = await Playground.WithClientAsync("slack");

        var form = await ConsentForm.OpenAsync(sandbox.Http, SlackApp.AuthorizeAddress("chat:write", "search:read"));

        form.Page.ShouldContain("Post messages, and edit or delete its own");
        form.Page.ShouldContain("As you, with your own access");
        form.TickableScopes.ShouldBeEmpty();
        form.Accounts.Count.ShouldBe(5);
    }

    [Fact]
    public async Task Denying_sends_the_person_back_with_access_denied_and_no_code()
    {
        await using var sandbox = await Playground.WithClientAsync("slack");
        var form = await ConsentForm.OpenAsync(sandbox.Http, SlackApp.AuthorizeAddress("chat:write"));

        using var answer = await form.PostAsync(sandbox.Http, "deny");

        answer.ShouldBeRedirect();
        answer.RedirectValue("error").ShouldBe("access_denied");
        answer.RedirectValue("state").ShouldBe("st&ate");
        answer.RedirectValue("code").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("client-unknown", Playground.Redirect, "chat:write", "invalid_client_id")]
    [InlineData(Playground.ClientId, Playground.Redirect + "/", "chat:write", "bad_redirect_uri")]
    [InlineData(Playground.ClientId, "http://127.0.0.1:4400/oauth/callback", "chat:write", "bad_redirect_uri")]
    [InlineData(Playground.ClientId, Playground.Redirect, "chat:read", "invalid_scope")]
    [InlineData(Playground.ClientId, Playground.Redirect, "search:read", "invalid_scope")]
    [InlineData(Playground.ClientId, Playground.Redirect, "", "invalid_scope")]
    public async Task A_wrong_request_ends_on_a_page_and_never_in_a_redirect(string client, string redirect, string scope, string error)
    {
        await using var sandbox = await Playground.WithClientAsync("slack");

        using var response = await sandbox.Http.GetAsync(new Uri(SlackApp.AuthorizeAddress(scope, "", client, redirect), UriKind.Relative));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        response.Headers.Location.ShouldBeNull();
        (await response.Content.ReadAsStringAsync()).ShouldContain(error);
    }

    [Fact]
    public async Task A_consent_page_works_once()
    {
        await using var sandbox = await Playground.WithClientAsync("slack");
        var form = await ConsentForm.OpenAsync(sandbox.Http, SlackApp.AuthorizeAddress("chat:write"));
        (await form.AllowAsync(sandbox.Http)).ShouldBeRedirect();

        using var again = await form.AllowAsync(sandbox.Http);

        again.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Another_sites_post_is_refused_even_with_the_right_request_id()
    {
        await using var sandbox = await Playground.WithClientAsync("slack");
        var form = await ConsentForm.OpenAsync(sandbox.Http, SlackApp.AuthorizeAddress("chat:write"));
        sandbox.Http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");

        using var answer = await form.AllowAsync(sandbox.Http);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_code_is_good_for_one_use()
    {
        await using var sandbox = await Playground.WithClientAsync("slack");
        var code = await sandbox.CodeAsync("chat:write");
        (await sandbox.ExchangeAsync(code)).Text("ok").ShouldBe("true");

        (await sandbox.ExchangeAsync(code)).Text("error").ShouldBe("code_already_used");
    }

    [Fact]
    public async Task A_code_dies_after_ten_minutes()
    {
        await using var sandbox = await Playground.WithClientAsync("slack");
        var code = await sandbox.CodeAsync("chat:write");
        sandbox.Time.Advance(TimeSpan.FromMinutes(11));

        (await sandbox.ExchangeAsync(code)).Text("error").ShouldBe("invalid_code");
    }

    [Theory]
    [InlineData("")]
    [InlineData("another-verifier-that-is-long-enough-0123456789-0123")]
    public async Task A_code_needs_the_verifier_it_was_asked_with(string verifier)
    {
        await using var sandbox = await Playground.WithClientAsync("slack");

        (await sandbox.ExchangeAsync(await sandbox.CodeAsync("chat:write"), verifier)).Text("error").ShouldBe("bad_pkce_code_verifier");
    }

    [Fact]
    public async Task The_client_must_prove_itself_by_form_or_basic()
    {
        await using var sandbox = await Playground.WithClientAsync("slack");
        (await sandbox.ExchangeAsync(await sandbox.CodeAsync("chat:write"), secret: "sbx-wrong")).Text("error").ShouldBe("bad_client_secret");

        using var request = new HttpRequestMessage(HttpMethod.Post, "/slack.com/api/oauth.v2.access");
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Playground.ClientId}:{Playground.ClientSecret}")));
        request.Content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["code"] = await sandbox.CodeAsync("chat:write"),
            ["redirect_uri"] = Playground.Redirect,
            ["code_verifier"] = SlackApp.Verifier,
        });
        using var response = await sandbox.Http.SendAsync(request);
        (await response.JsonAsync()).Text("ok").ShouldBe("true");
    }

    [Fact]
    public async Task A_code_of_one_client_is_worthless_to_another()
    {
        await using var sandbox = await Playground.WithClientAsync("slack");
        await sandbox.RegisterAsync("slack", "client-2");

        (await sandbox.ExchangeAsync(await sandbox.CodeAsync("chat:write"), clientId: "client-2")).Text("error").ShouldBe("invalid_code");
    }

    [Fact]
    public async Task Scopes_add_up_per_client_and_workspace_even_for_tokens_handed_out_before()
    {
        await using var sandbox = await Playground.WithClientAsync("slack");
        var first = await sandbox.ConnectAsync("chat:write");
        (await sandbox.CallAsync(first, "conversations.list")).Text("error").ShouldBe("missing_scope");

        var second = await sandbox.ExchangeAsync(await sandbox.CodeAsync("channels:read"));

        second.Text("scope").ShouldBe("chat:write,channels:read");
        (await sandbox.CallAsync(first, "conversations.list")).Text("ok").ShouldBe("true");
        var elsewhere = await sandbox.ExchangeAsync(await sandbox.CodeAsync("channels:read", account: "ines@"));
        elsewhere.Text("scope").ShouldBe("channels:read");
    }

    [Fact]
    public async Task Only_user_scopes_give_a_persons_token_and_no_bot()
    {
        await using var sandbox = await Playground.WithClientAsync("slack");

        var reply = await sandbox.ExchangeAsync(await sandbox.CodeAsync("", "channels:write"));

        reply.At("access_token").ShouldBeNull();
        reply.Text("authed_user.access_token").ShouldStartWith("sbx-xoxp-");
        reply.Text("authed_user.token_type").ShouldBe("user");
        (await sandbox.CallAsync(reply.Text("authed_user.access_token"), "auth.test")).Text("user").ShouldBe("mara");
    }

    [Fact]
    public async Task Rotation_hands_out_a_pair_and_each_refresh_token_works_once()
    {
        await using var sandbox = await Playground.WithClientAsync("slack", rotateTokens: true);
        var first = await sandbox.ExchangeAsync(await sandbox.CodeAsync("chat:write"));
        first.Text("access_token").ShouldStartWith("sbx-xoxe.xoxb-");
        first.Text("expires_in").ShouldBe("43200");
        sandbox.Time.Advance(TimeSpan.FromHours(12));
        (await sandbox.CallAsync(first.Text("access_token"), "auth.test")).Text("error").ShouldBe("token_expired");

        var second = await RefreshAsync(sandbox, first.Text("refresh_token"));

        (await sandbox.CallAsync(second.Text("access_token"), "auth.test")).Text("ok").ShouldBe("true");
        second.Text("refresh_token").ShouldNotBe(first.Text("refresh_token"));
        (await RefreshAsync(sandbox, first.Text("refresh_token"))).Text("error").ShouldBe("invalid_refresh_token");
        (await RefreshAsync(sandbox, second.Text("refresh_token"))).Text("ok").ShouldBe("true");
    }

    [Fact]
    public async Task Of_many_refreshes_with_one_token_exactly_one_wins()
    {
        await using var sandbox = await Playground.WithClientAsync("slack", rotateTokens: true);
        var first = await sandbox.ExchangeAsync(await sandbox.CodeAsync("chat:write"));

        var replies = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => RefreshAsync(sandbox, first.Text("refresh_token"))));

        replies.Count(reply => reply.Text("ok") == "true").ShouldBe(1);
        (await sandbox.ControlAsync("requests")).Text("tokenRequests.slack").ShouldBe("17");
    }

    [Fact]
    public async Task Revoking_ends_the_bot_of_that_workspace_and_of_no_other()
    {
        await using var sandbox = await Playground.WithClientAsync("slack");
        await sandbox.RegisterAsync("slack", "client-2");
        var first = await sandbox.ConnectAsync("chat:write");
        var sibling = await sandbox.ConnectAsync("chat:write");
        var otherTeam = await sandbox.ConnectAsync("chat:write", account: "ines@");
        var otherClient = await sandbox.ConnectAsync("chat:write", clientId: "client-2");

        (await sandbox.CallAsync(first, "auth.revoke")).Text("revoked").ShouldBe("true");

        (await sandbox.CallAsync(first, "auth.test")).Text("error").ShouldBe("token_revoked");
        (await sandbox.CallAsync(sibling, "auth.test")).Text("error").ShouldBe("account_inactive");
        (await sandbox.CallAsync(otherTeam, "auth.test")).Text("ok").ShouldBe("true");
        (await sandbox.CallAsync(otherClient, "auth.test")).Text("ok").ShouldBe("true");
        var again = await sandbox.ConnectAsync("chat:write");
        (await sandbox.CallAsync(again, "auth.test")).Text("ok").ShouldBe("true");
        (await sandbox.CallAsync(sibling, "auth.test")).Text("error").ShouldBe("account_inactive");
    }

    [Fact]
    public async Task Uninstalling_ends_the_bot_and_every_person_of_that_workspace_and_no_other()
    {
        await using var sandbox = await Playground.WithClientAsync("slack");
        await sandbox.RegisterAsync("slack", "client-2");
        var bot = await sandbox.ConnectAsync("chat:write");
        var person = await sandbox.ConnectAsync("", "search:read");
        var otherTeam = await sandbox.ConnectAsync("chat:write", account: "ines@");
        var otherClient = await sandbox.ConnectAsync("chat:write", clientId: "client-2");

        (await sandbox.CallAsync(bot, "apps.uninstall", ("client_id", "client-2"), ("client_secret", Playground.ClientSecret))).Text("error").ShouldBe("client_id_token_mismatch");
        (await sandbox.CallAsync(bot, "apps.uninstall", ("client_id", Playground.ClientId), ("client_secret", "sbx-wrong"))).Text("error").ShouldBe("bad_client_secret");
        (await sandbox.CallAsync(bot, "apps.uninstall", ("client_id", Playground.ClientId), ("client_secret", Playground.ClientSecret))).Text("ok").ShouldBe("true");

        (await sandbox.CallAsync(bot, "auth.test")).Text("error").ShouldBe("account_inactive");
        (await sandbox.CallAsync(person, "auth.test")).Text("error").ShouldBe("account_inactive");
        (await sandbox.CallAsync(otherTeam, "auth.test")).Text("ok").ShouldBe("true");
        (await sandbox.CallAsync(otherClient, "auth.test")).Text("ok").ShouldBe("true");
    }

    [Fact]
    public async Task Tokens_that_were_never_issued_are_refused()
    {
        await using var sandbox = await Playground.WithClientAsync("slack");

        (await sandbox.CallAsync("sbx-xoxb-invented", "auth.test")).Text("error").ShouldBe("invalid_auth");
        (await sandbox.CallAsync("", "auth.test")).Text("error").ShouldBe("not_authed");
    }

    private static Task<System.Text.Json.Nodes.JsonNode> RefreshAsync(Playground sandbox, string token) => sandbox.AccessAsync(
        ("client_id", Playground.ClientId), ("client_secret", Playground.ClientSecret), ("grant_type", "refresh_token"), ("refresh_token", token));
}
