using System.Net;
using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.HubSpot;

public sealed class HubSpotOAuthTests
{
    [Fact]
    public async Task Connecting_gives_tokens_of_half_an_hour_and_a_refresh_token_that_stays()
    {
        await using var sandbox = await Playground.WithClientAsync("hubspot");

        var reply = await sandbox.HubSpotRedeemAsync(await sandbox.HubSpotCodeAsync(HubSpotApp.Contacts));

        reply.Text("access_token").ShouldStartWith("sbx-");
        reply.Text("refresh_token").ShouldStartWith("sbx-na1-");
        reply.Text("token_type").ShouldBe("bearer");
        reply.Text("expires_in").ShouldBe("1800");
        reply.At("scope").ShouldBeNull();

        sandbox.Time.Advance(TimeSpan.FromMinutes(30));
        var (status, body, _) = await new HubSpotClient(sandbox, reply.Text("access_token")).SendAsync("GET", "/crm/v3/objects/contacts");
        (status, body.Text("category")).ShouldBe((401, "EXPIRED_AUTHENTICATION"));
        var fresh = await sandbox.HubSpotRefreshAsync(reply.Text("refresh_token"));
        fresh.Text("refresh_token").ShouldBe(reply.Text("refresh_token"));
        await new HubSpotClient(sandbox, fresh.Text("access_token")).GetAsync("/crm/v3/objects/contacts");
        await sandbox.HubSpotRefreshAsync(reply.Text("refresh_token"));
    }

    [Fact]
    public async Task The_token_tells_whose_account_it_opens()
    {
        await using var sandbox = await Playground.WithClientAsync("hubspot");
        var reply = await sandbox.HubSpotRedeemAsync(await sandbox.HubSpotCodeAsync("crm.lists.read", account: "Harbor"));

        var info = await new HubSpotClient(sandbox, "").GetAsync("/oauth/v1/access-tokens/" + reply.Text("access_token"));
        info.Text("hub_domain").ShouldBe("harborcafe.example");
        info.Text("user").ShouldBe("ines@harborcafe.example");
        info.At("scopes")!.AsArray().Select(scope => scope!.ToString()).ShouldBe(["crm.lists.read", "oauth"]);
        info.Text("expires_in").ShouldBe("1800");
        (await new HubSpotClient(sandbox, "").GetAsync("/oauth/v1/refresh-tokens/" + reply.Text("refresh_token"))).Text("token_type").ShouldBe("refresh");
        (await new HubSpotClient(sandbox, reply.Text("access_token")).GetAsync("/account-info/v3/details")).Text("portalId").ShouldBe(info.Text("hub_id"));
        await new HubSpotClient(sandbox, "").CallAsync("GET", "/oauth/v1/access-tokens/sbx-never-issued", 404);
    }

    [Fact]
    public async Task The_newer_endpoints_tell_account_and_scopes_and_take_the_body_only()
    {
        await using var sandbox = await Playground.WithClientAsync("hubspot");
        var reply = await sandbox.HubSpotRedeemAsync(await sandbox.HubSpotCodeAsync("tickets"), version: "2026-03");

        reply.At("scopes")!.AsArray().Count.ShouldBe(2);
        reply.Text("hub_id").ShouldNotBeEmpty();
        (await sandbox.HubSpotTokenAsync(200, "v3/token/introspect", ("token", reply.Text("access_token")))).Text("active").ShouldBe("true");
        (await sandbox.HubSpotTokenAsync(200, "v3/token/introspect", ("token", "sbx-other"))).Text("active").ShouldBe("false");
        using var inQuery = await sandbox.Http.PostAsync(new Uri($"/api.hubapi.com/oauth/v3/token?client_id={Playground.ClientId}&client_secret={Playground.ClientSecret}&grant_type=refresh_token&refresh_token={reply.Text("refresh_token")}", UriKind.Relative), null);
        inQuery.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var older = await sandbox.Http.PostAsync(new Uri($"/api.hubapi.com/oauth/v1/token?client_id={Playground.ClientId}&client_secret={Playground.ClientSecret}&grant_type=refresh_token&refresh_token={reply.Text("refresh_token")}", UriKind.Relative), null);
        older.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Deleting_a_refresh_token_leaves_access_tokens_and_other_connections_alone()
    {
        await using var sandbox = await Playground.WithClientAsync("hubspot");
        var first = await sandbox.HubSpotRedeemAsync(await sandbox.HubSpotCodeAsync(HubSpotApp.Contacts));
        var second = await sandbox.HubSpotRedeemAsync(await sandbox.HubSpotCodeAsync(HubSpotApp.Contacts));

        await new HubSpotClient(sandbox, "").CallAsync("DELETE", "/oauth/v1/refresh-tokens/" + first.Text("refresh_token"), 204);

        (await sandbox.HubSpotRefreshAsync(first.Text("refresh_token"), 400)).Text("status").ShouldBe("BAD_REFRESH_TOKEN");
        await new HubSpotClient(sandbox, first.Text("access_token")).GetAsync("/crm/v3/objects/contacts");
        await sandbox.HubSpotTokenAsync(204, "2026-03/token/revoke", ("token", second.Text("refresh_token")));
        await sandbox.HubSpotRefreshAsync(second.Text("refresh_token"), 400);
        await new HubSpotClient(sandbox, "").CallAsync("DELETE", "/oauth/v1/refresh-tokens/" + first.Text("refresh_token"), 404);
    }

    [Fact]
    public async Task A_plan_without_a_required_scope_blocks_and_an_optional_one_is_left_out()
    {
        await using var sandbox = await Playground.WithClientAsync("hubspot");

        var form = await ConsentForm.OpenAsync(sandbox.Http, HubSpotApp.AuthorizeAddress("crm.lists.read content"));
        using var blocked = await form.AllowAsync(sandbox.Http, "Harbor");
        blocked.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await blocked.Content.ReadAsStringAsync()).ShouldContain("content");

        var reply = await sandbox.HubSpotRedeemAsync(await sandbox.HubSpotCodeAsync("crm.lists.read", "content forms no.such.scope", "Harbor"), version: "v3");
        reply.At("scopes")!.AsArray().Select(scope => scope!.ToString()).ShouldBe(["crm.lists.read", "forms", "oauth"]);
        var rich = await sandbox.HubSpotRedeemAsync(await sandbox.HubSpotCodeAsync("crm.lists.read", "content", "Northwind"), version: "v3");
        rich.At("scopes")!.AsArray().Select(scope => scope!.ToString()).ShouldContain("content");
    }

    [Fact]
    public async Task Saying_no_and_vendor_trouble_come_back_as_errors()
    {
        await using var sandbox = await Playground.WithClientAsync("hubspot");
        foreach (var (decision, error) in new[] { ("deny", "access_denied"), ("server_error", "server_error") })
        {
            using var answer = await (await ConsentForm.OpenAsync(sandbox.Http, HubSpotApp.AuthorizeAddress("tickets"))).PostAsync(sandbox.Http, decision);
            answer.RedirectValue("error").ShouldBe(error);
            answer.RedirectValue("state").ShouldBe("xyz");
        }

        using var used = await (await ConsentForm.OpenAsync(sandbox.Http, HubSpotApp.AuthorizeAddress("tickets"))).PostAsync(sandbox.Http, "used_code");
        (await sandbox.HubSpotRedeemAsync(used.RedirectValue("code"), 400)).Text("status").ShouldBe("BAD_AUTH_CODE");
        var form = await ConsentForm.OpenAsync(sandbox.Http, HubSpotApp.AuthorizeAddress("tickets"));
        form.TickableScopes.ShouldBeEmpty();
        using var once = await form.AllowAsync(sandbox.Http);
        using var twice = await form.AllowAsync(sandbox.Http);
        twice.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_wrong_client_address_or_scope_ends_on_a_page()
    {
        await using var sandbox = await Playground.WithClientAsync("hubspot");
        foreach (var (address, error) in new[]
        {
            (HubSpotApp.AuthorizeAddress("tickets", clientId: "nobody"), "invalid_client"),
            (HubSpotApp.AuthorizeAddress("tickets", redirect: "http://localhost:4400/oauth/callback/"), "redirect_uri_mismatch"),
            (HubSpotApp.AuthorizeAddress("tickets no.such.scope"), "invalid_scope"),
            (HubSpotApp.AuthorizeAddress(""), "invalid_scope"),
        })
        {
            using var response = await sandbox.Http.GetAsync(new Uri(address, UriKind.Relative));
            response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            (await response.Content.ReadAsStringAsync()).ShouldContain(error);
        }
    }

    [Fact]
    public async Task The_token_endpoint_names_what_is_wrong()
    {
        await using var sandbox = await Playground.WithClientAsync("hubspot");
        var code = await sandbox.HubSpotCodeAsync("tickets");
        (await sandbox.HubSpotTokenAsync(400, "v1/token", ("grant_type", "authorization_code"), ("code", code), ("client_id", "nobody"))).Text("status").ShouldBe("BAD_CLIENT_ID");
        (await sandbox.HubSpotTokenAsync(400, "v1/token", ("grant_type", "authorization_code"), ("code", code), ("client_secret", "sbx-wrong"))).Text("status").ShouldBe("BAD_CLIENT_SECRET");
        (await sandbox.HubSpotTokenAsync(400, "v1/token", ("grant_type", "password"))).Text("error").ShouldBe("unsupported_grant_type");
        (await sandbox.HubSpotRedeemAsync(code, 400, redirect: "http://localhost:4400/other")).Text("status").ShouldBe("MISMATCH_REDIRECT_URI_AUTH_CODE");
        (await sandbox.HubSpotRedeemAsync(code, 400)).Text("error").ShouldBe("invalid_grant");
        var late = await sandbox.HubSpotCodeAsync("tickets");
        sandbox.Time.Advance(TimeSpan.FromMinutes(11));
        (await sandbox.HubSpotRedeemAsync(late, 400)).Text("status").ShouldBe("BAD_AUTH_CODE");
        (await sandbox.HubSpotRefreshAsync("sbx-na1-nobody", 400)).Text("status").ShouldBe("BAD_REFRESH_TOKEN");
    }

    [Fact]
    public async Task Pkce_holds_when_the_app_uses_it()
    {
        await using var sandbox = await Playground.WithClientAsync("hubspot");
        const string verifier = "a-verifier-that-is-long-enough-0123456789-0123456789";
        var more = $"&code_challenge={Pkce.Challenge(verifier)}&code_challenge_method=S256";

        await sandbox.HubSpotRedeemAsync(await sandbox.HubSpotCodeAsync("tickets", more: more), verifier: verifier);
        (await sandbox.HubSpotRedeemAsync(await sandbox.HubSpotCodeAsync("tickets", more: more), 400)).Text("status").ShouldBe("BAD_CODE_VERIFIER");
    }

    [Fact]
    public async Task A_client_that_rotates_uses_each_refresh_token_once()
    {
        await using var sandbox = await Playground.WithClientAsync("hubspot", rotateTokens: true);
        var first = (await sandbox.HubSpotRedeemAsync(await sandbox.HubSpotCodeAsync("tickets"))).Text("refresh_token");
        var second = (await sandbox.HubSpotRefreshAsync(first)).Text("refresh_token");
        second.ShouldNotBe(first);
        await sandbox.HubSpotRefreshAsync(first, 400);
        await sandbox.HubSpotRefreshAsync(second);
    }
}
