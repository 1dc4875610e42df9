using System.Net;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Notion;

public sealed class NotionOAuthTests
{
    [Fact]
    public async Task Connecting_gives_a_pair_of_tokens_the_workspace_and_its_owner_and_no_lifetime()
    {
        await using var sandbox = await Playground.WithClientAsync("notion");

        var (status, reply) = await sandbox.NotionExchangeAsync(await sandbox.CodeAsync());

        status.ShouldBe(200);
        reply.Text("access_token").ShouldStartWith("sbx-ntn_");
        reply.Text("refresh_token").ShouldStartWith("sbx-nrt_");
        reply.Text("token_type").ShouldBe("bearer");
        reply.Text("workspace_name").ShouldBe("Northwind");
        reply.Text("owner.user.person.email").ShouldBe("mara@northwind.example");
        reply.At("expires_in").ShouldBeNull();
        reply.At("scope").ShouldBeNull();
        var me = await sandbox.DoAsync(reply.Text("access_token"), "GET", "/users/me");
        me.Text("id").ShouldBe(reply.Text("bot_id"));
        me.Text("bot.workspace_name").ShouldBe("Northwind");
    }

    [Fact]
    public async Task The_consent_page_names_capabilities_in_words_and_offers_pages_to_pick()
    {
        await using var sandbox = await Playground.WithClientAsync("notion");

        var form = await ConsentForm.OpenAsync(sandbox.Http, NotionApp.AuthorizeAddress());

        form.Page.ShouldContain("Read the pages and databases you pick");
        form.TickableScopes.ShouldBeEmpty();
        form.Choices.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Only_what_was_picked_and_what_lies_below_it_is_visible()
    {
        await using var sandbox = await Playground.WithClientAsync("notion");
        var all = await sandbox.ConnectNotionAsync();
        var (mine, other) = (await sandbox.TopPageAsync(all, "Mine"), await sandbox.TopPageAsync(all, "Other"));
        var below = (await sandbox.DoAsync(all, "POST", "/pages", new JsonObject { ["parent"] = new JsonObject { ["page_id"] = mine }, ["properties"] = new JsonObject { ["title"] = NotionApp.Words("Below") } })).Text("id");
        await sandbox.RegisterAsync("notion", "client-2");

        var token = await sandbox.ConnectNotionAsync("client-2", picked: [mine]);

        await sandbox.DoAsync(token, "GET", $"/pages/{below}");
        (await sandbox.RefusedAsync(token, "GET", $"/pages/{other}")).Code.ShouldBe("object_not_found");
        (await sandbox.RefusedAsync(token, "GET", $"/blocks/{other}/children")).Message.ShouldContain("shared with your integration \"Northwind Ops\"");
        (await sandbox.DoAsync(token, "POST", "/search", new JsonObject())).At("results")!.AsArray().Select(found => found.Text("id")).ShouldBe([below, mine], ignoreOrder: true);
    }

    [Fact]
    public async Task Another_persons_private_page_cannot_be_picked()
    {
        await using var sandbox = await Playground.WithClientAsync("notion");
        var form = await ConsentForm.OpenAsync(sandbox.Http, NotionApp.AuthorizeAddress());
        var maras = await sandbox.ConnectNotionAsync(picked: form.Choices);
        await sandbox.RegisterAsync("notion", "client-2");
        var toms = await sandbox.ConnectNotionAsync("client-2", account: "tom@", picked: form.Choices);

        var seen = await SeenAsync(maras);
        (await SeenAsync(toms)).ShouldBeSubsetOf(seen);
        seen.Except(await SeenAsync(toms)).Count().ShouldBe(1);

        async Task<List<string>> SeenAsync(string token) =>
            [.. (await sandbox.DoAsync(token, "POST", "/search", new JsonObject())).At("results")!.AsArray().Select(found => found.Text("id"))];
    }

    [Fact]
    public async Task Denying_sends_the_person_back_with_access_denied_and_no_code()
    {
        await using var sandbox = await Playground.WithClientAsync("notion");
        var form = await ConsentForm.OpenAsync(sandbox.Http, NotionApp.AuthorizeAddress());

        using var answer = await form.PostAsync(sandbox.Http, "deny");

        answer.ShouldBeRedirect();
        answer.RedirectValue("error").ShouldBe("access_denied");
        answer.RedirectValue("state").ShouldBe("st&ate");
        answer.RedirectValue("code").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("client-unknown", Playground.Redirect, "code", "user", "invalid_client")]
    [InlineData(Playground.ClientId, Playground.Redirect + "/", "code", "user", "invalid_redirect_uri")]
    [InlineData(Playground.ClientId, Playground.Redirect, "token", "user", "invalid_request")]
    [InlineData(Playground.ClientId, Playground.Redirect, "code", "workspace", "invalid_request")]
    public async Task A_wrong_request_ends_on_a_page_and_never_in_a_redirect(string client, string redirect, string type, string owner, string error)
    {
        await using var sandbox = await Playground.WithClientAsync("notion");

        using var response = await sandbox.Http.GetAsync(new Uri(NotionApp.AuthorizeAddress(client, redirect, type, owner), UriKind.Relative));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        response.Headers.Location.ShouldBeNull();
        (await response.Content.ReadAsStringAsync()).ShouldContain(error);
    }

    [Fact]
    public async Task A_code_is_good_for_one_use_one_client_and_ten_minutes()
    {
        await using var sandbox = await Playground.WithClientAsync("notion");
        await sandbox.RegisterAsync("notion", "client-2");
        var code = await sandbox.CodeAsync();
        (await sandbox.NotionExchangeAsync(code)).Status.ShouldBe(200);

        var again = await sandbox.NotionExchangeAsync(code);
        again.Status.ShouldBe(400);
        again.Reply.Text("error").ShouldBe("invalid_grant");
        (await sandbox.NotionExchangeAsync(await sandbox.CodeAsync(), "client-2")).Reply.Text("error").ShouldBe("invalid_grant");
        var late = await sandbox.CodeAsync();
        sandbox.Time.Advance(TimeSpan.FromMinutes(11));
        (await sandbox.NotionExchangeAsync(late)).Reply.Text("error").ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task The_redirect_address_is_repeated_where_it_was_sent_and_left_out_where_it_was_not()
    {
        await using var sandbox = await Playground.WithClientAsync("notion");

        (await sandbox.NotionExchangeAsync(await sandbox.CodeAsync(), redirect: null)).Reply.Text("error").ShouldBe("invalid_grant");
        (await sandbox.NotionExchangeAsync(await sandbox.CodeAsync(redirect: null))).Reply.Text("error").ShouldBe("invalid_grant");
        (await sandbox.NotionExchangeAsync(await sandbox.CodeAsync(redirect: null), redirect: null)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_token_endpoint_wants_basic_and_json()
    {
        await using var sandbox = await Playground.WithClientAsync("notion");
        var wrong = await sandbox.NotionExchangeAsync(await sandbox.CodeAsync(), secret: "sbx-wrong");
        wrong.Status.ShouldBe(401);
        wrong.Reply.Text("error").ShouldBe("invalid_client");

        using var form = await sandbox.Http.PostAsync(new Uri("/api.notion.com/v1/oauth/token", UriKind.Relative), new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code", ["code"] = await sandbox.CodeAsync(), ["redirect_uri"] = Playground.Redirect, ["client_id"] = Playground.ClientId, ["client_secret"] = Playground.ClientSecret,
        }));
        form.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await sandbox.NotionOAuthAsync("token", new JsonObject { ["grant_type"] = "password" })).Reply.Text("code").ShouldBe("validation_error");
    }

    [Fact]
    public async Task A_refresh_token_works_once_and_brings_a_new_pair()
    {
        await using var sandbox = await Playground.WithClientAsync("notion");
        var first = (await sandbox.NotionExchangeAsync(await sandbox.CodeAsync())).Reply;

        var second = await sandbox.NotionRefreshAsync(first.Text("refresh_token"));

        second.Status.ShouldBe(200);
        second.Reply.Text("bot_id").ShouldBe(first.Text("bot_id"));
        await sandbox.DoAsync(second.Reply.Text("access_token"), "GET", "/users/me");
        (await sandbox.NotionRefreshAsync(first.Text("refresh_token"))).Reply.Text("error").ShouldBe("invalid_grant");
        (await sandbox.NotionRefreshAsync(second.Reply.Text("refresh_token"))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Of_many_refreshes_with_one_token_exactly_one_wins()
    {
        await using var sandbox = await Playground.WithClientAsync("notion");
        var first = (await sandbox.NotionExchangeAsync(await sandbox.CodeAsync())).Reply;

        var replies = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => sandbox.NotionRefreshAsync(first.Text("refresh_token"))));

        replies.Count(reply => reply.Status == 200).ShouldBe(1);
    }

    [Fact]
    public async Task Revoking_ends_the_app_for_that_person_and_for_no_other()
    {
        await using var sandbox = await Playground.WithClientAsync("notion");
        var (mine, sibling, toms) = (await sandbox.ConnectNotionAsync(), await sandbox.ConnectNotionAsync(), await sandbox.ConnectNotionAsync(account: "tom@"));
        (await sandbox.NotionOAuthAsync("introspect", new JsonObject { ["token"] = mine })).Reply.Text("active").ShouldBe("true");

        (await sandbox.NotionOAuthAsync("revoke", new JsonObject { ["token"] = mine })).Status.ShouldBe(200);

        (await sandbox.RefusedAsync(mine, "GET", "/users/me")).ShouldBe(("unauthorized", "API token is invalid."));
        (await sandbox.RefusedAsync(sibling, "GET", "/users/me")).Code.ShouldBe("unauthorized");
        await sandbox.DoAsync(toms, "GET", "/users/me");
        (await sandbox.NotionOAuthAsync("introspect", new JsonObject { ["token"] = mine })).Reply.Text("active").ShouldBe("false");
    }

    [Fact]
    public async Task Another_app_can_neither_revoke_nor_look_into_a_token()
    {
        await using var sandbox = await Playground.WithClientAsync("notion");
        await sandbox.RegisterAsync("notion", "client-2");
        var mine = await sandbox.ConnectNotionAsync();

        (await sandbox.NotionOAuthAsync("revoke", new JsonObject { ["token"] = mine }, "client-2")).Status.ShouldBe(200);
        (await sandbox.NotionOAuthAsync("introspect", new JsonObject { ["token"] = mine }, "client-2")).Reply.Text("active").ShouldBe("false");

        await sandbox.DoAsync(mine, "GET", "/users/me");
    }

    [Fact]
    public async Task Tokens_picks_and_pages_survive_a_restart()
    {
        var folder = Path.Combine(Path.GetTempPath(), "sandbox-test-" + Path.GetRandomFileName());
        string token, page;
        await using (var sandbox = await Playground.WithClientAsync("notion", directory: folder))
        {
            token = await sandbox.ConnectNotionAsync();
            page = await sandbox.TopPageAsync(token, "Stays");
        }

        await using (var sandbox = await Playground.StartAsync(folder))
            (await sandbox.DoAsync(token, "GET", $"/pages/{page}")).Text("properties.title.title.0.plain_text").ShouldBe("Stays");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task After_a_reset_the_token_still_sees_what_was_picked_for_it()
    {
        await using var sandbox = await Playground.WithClientAsync("notion");
        var token = await sandbox.ConnectNotionAsync();
        var before = (await sandbox.DoAsync(token, "POST", "/search", new JsonObject())).At("results")!.AsArray().Count;
        await sandbox.TopPageAsync(token);

        await sandbox.ControlAsync("reset", new JsonObject());

        (await sandbox.DoAsync(token, "POST", "/search", new JsonObject())).At("results")!.AsArray().Count.ShouldBe(before);
    }
}
