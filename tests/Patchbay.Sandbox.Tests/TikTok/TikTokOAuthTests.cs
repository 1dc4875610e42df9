using System.Net;
using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.TikTok;

public sealed class TikTokOAuthTests
{
    private const string Me = "user/info/?fields=open_id,display_name";

    [Fact]
    public async Task Connecting_gives_tokens_an_open_id_and_what_was_granted()
    {
        await using var sandbox = await Playground.WithClientAsync("tiktok");

        var reply = await sandbox.TikTokRedeemAsync(await sandbox.TikTokCodeAsync("user.info.basic,video.list"));

        reply.Text("access_token").ShouldStartWith("sbx-act.");
        reply.Text("refresh_token").ShouldStartWith("sbx-rft.");
        (reply.Text("expires_in"), reply.Text("refresh_expires_in"), reply.Text("scope"), reply.Text("token_type")).ShouldBe(("86400", "31536000", "user.info.basic,video.list", "Bearer"));
        (await sandbox.TikTokAsync(reply.Text("access_token"), "GET", Me)).Text("data.user.open_id").ShouldBe(reply.Text("open_id"));
        sandbox.Time.Advance(TimeSpan.FromDays(1));
        (await sandbox.TikTokAsync(reply.Text("access_token"), "GET", Me, status: 401)).Text("error.code").ShouldBe("access_token_invalid");
    }

    [Fact]
    public async Task Everything_but_the_basic_scope_can_be_switched_off()
    {
        await using var sandbox = await Playground.WithClientAsync("tiktok");
        (await ConsentForm.OpenAsync(sandbox.Http, TikTokApp.AuthorizeAddress(TikTokApp.Everything))).TickableScopes.ShouldNotContain("user.info.basic");

        var form = await ConsentForm.OpenAsync(sandbox.Http, TikTokApp.AuthorizeAddress("user.info.basic,user.info.stats,video.list"));
        using var answer = await form.AllowAsync(sandbox.Http, "", "user.info.stats");
        answer.RedirectValue("scopes").ShouldBe("user.info.basic,video.list");
        var reply = await sandbox.TikTokRedeemAsync(answer.RedirectValue("code"));
        reply.Text("scope").ShouldBe("user.info.basic,video.list");
        var refused = await sandbox.TikTokAsync(reply.Text("access_token"), "GET", "user/info/?fields=follower_count", status: 401);
        refused.Text("error.code").ShouldBe("scope_not_authorized");

        var nothing = await ConsentForm.OpenAsync(sandbox.Http, TikTokApp.AuthorizeAddress("video.list"));
        using var none = await nothing.AllowAsync(sandbox.Http, "", "video.list");
        none.RedirectValue("error").ShouldBe("access_denied");
    }

    [Fact]
    public async Task A_refresh_token_works_once_and_gives_the_next()
    {
        await using var sandbox = await Playground.WithClientAsync("tiktok");
        var first = await sandbox.TikTokRedeemAsync(await sandbox.TikTokCodeAsync("user.info.basic"));

        var second = await sandbox.TikTokRefreshAsync(first.Text("refresh_token"));

        second.Text("refresh_token").ShouldNotBe(first.Text("refresh_token"));
        second.Text("open_id").ShouldBe(first.Text("open_id"));
        (await sandbox.TikTokRefreshAsync(first.Text("refresh_token"), 400)).Text("error").ShouldBe("invalid_grant");
        await sandbox.TikTokRefreshAsync(second.Text("refresh_token"));
    }

    [Fact]
    public async Task Revoking_ends_every_token_of_the_app_for_that_creator_and_no_other()
    {
        await using var sandbox = await Playground.WithClientAsync("tiktok");
        var first = await sandbox.TikTokRedeemAsync(await sandbox.TikTokCodeAsync("user.info.basic", "northwind"));
        var again = await sandbox.TikTokRedeemAsync(await sandbox.TikTokCodeAsync("user.info.basic", "northwind"));
        var other = await sandbox.TikTokRedeemAsync(await sandbox.TikTokCodeAsync("user.info.basic", "mara"));

        await sandbox.TikTokTokenAsync(200, "revoke/", ("token", first.Text("access_token")));

        await sandbox.TikTokAsync(again.Text("access_token"), "GET", Me, status: 401);
        await sandbox.TikTokRefreshAsync(again.Text("refresh_token"), 400);
        await sandbox.TikTokAsync(other.Text("access_token"), "GET", Me);
        await sandbox.TikTokTokenAsync(400, "revoke/", ("token", first.Text("access_token")));
    }

    [Fact]
    public async Task The_challenge_is_hexadecimal()
    {
        await using var sandbox = await Playground.WithClientAsync("tiktok");
        var more = $"&code_challenge={TikTokApp.Challenge(TikTokApp.Verifier)}&code_challenge_method=S256";
        await sandbox.TikTokRedeemAsync(await sandbox.TikTokCodeAsync("user.info.basic", more: more), verifier: TikTokApp.Verifier);
        (await sandbox.TikTokRedeemAsync(await sandbox.TikTokCodeAsync("user.info.basic", more: more), 400)).Text("error_description").ShouldBe("Code verifier or code challenge is invalid.");
        using var page = await sandbox.Http.GetAsync(new Uri(TikTokApp.AuthorizeAddress("user.info.basic", more: $"&code_challenge={Pkce.Challenge(TikTokApp.Verifier)}&code_challenge_method=S256"), UriKind.Relative));
        page.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task What_is_wrong_is_named_on_a_page_or_by_the_token_endpoint()
    {
        await using var sandbox = await Playground.WithClientAsync("tiktok");
        foreach (var (address, what) in new[]
        {
            (TikTokApp.AuthorizeAddress("user.info.basic", clientKey: "nobody"), "client_key"),
            (TikTokApp.AuthorizeAddress("user.info.basic", redirect: "https://elsewhere.example/"), "redirect_uri"),
            (TikTokApp.AuthorizeAddress("user.info.everything"), "scope"),
        })
        {
            using var page = await sandbox.Http.GetAsync(new Uri(address, UriKind.Relative));
            page.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            (await page.Content.ReadAsStringAsync()).ShouldContain($"<code>{what}</code>");
        }

        var code = await sandbox.TikTokCodeAsync("user.info.basic");
        (await sandbox.TikTokTokenAsync(401, fields: [("client_secret", "sbx-wrong"), ("grant_type", "authorization_code")])).Text("error").ShouldBe("invalid_client");
        (await sandbox.TikTokTokenAsync(400, fields: [("grant_type", "password")])).Text("error").ShouldBe("unsupported_grant_type");
        (await sandbox.TikTokRedeemAsync(code, 400, redirect: "http://localhost:4400/other")).Text("error").ShouldBe("invalid_grant");
        (await sandbox.TikTokRedeemAsync(code, 400)).Text("log_id").ShouldNotBeEmpty();
        using var noSlash = await sandbox.Http.PostAsync(new Uri("/open.tiktokapis.com/v2/oauth/token", UriKind.Relative), new FormUrlEncodedContent([]));
        noSlash.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var deny = await (await ConsentForm.OpenAsync(sandbox.Http, TikTokApp.AuthorizeAddress("user.info.basic"))).PostAsync(sandbox.Http, "deny");
        deny.RedirectValue("error").ShouldBe("access_denied");
    }

    [Fact]
    public async Task Two_apps_know_one_creator_by_two_ids()
    {
        await using var sandbox = await Playground.WithClientAsync("tiktok");
        await sandbox.RegisterAsync("tiktok", "other-app");
        var mine = await sandbox.TikTokRedeemAsync(await sandbox.TikTokCodeAsync("user.info.basic"));
        var form = await ConsentForm.OpenAsync(sandbox.Http, TikTokApp.AuthorizeAddress("user.info.basic", clientKey: "other-app"));
        using var answer = await form.AllowAsync(sandbox.Http);
        var theirs = await sandbox.TikTokTokenAsync(200, fields: [("client_key", "other-app"), ("grant_type", "authorization_code"), ("code", answer.RedirectValue("code")), ("redirect_uri", Playground.Redirect)]);
        theirs.Text("open_id").ShouldNotBe(mine.Text("open_id"));
        (await sandbox.TikTokAsync(theirs.Text("access_token"), "GET", "user/info/?fields=union_id")).Text("data.user.union_id")
            .ShouldBe((await sandbox.TikTokAsync(mine.Text("access_token"), "GET", "user/info/?fields=union_id")).Text("data.user.union_id"));
    }
}
