using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Google;

public sealed class GoogleOAuthTests
{
    [Fact]
    public async Task Connecting_gives_tokens_an_identity_and_a_refresh_that_works()
    {
        await using var sandbox = await Playground.WithClientAsync("google");

        var reply = await sandbox.RedeemAsync(await sandbox.GoogleCodeAsync(GoogleApp.Scopes("openid", "email", "gmail.send")));

        reply.Text("access_token").ShouldStartWith("sbx-ya29.");
        reply.Text("refresh_token").ShouldStartWith("sbx-1//");
        reply.Text("expires_in").ShouldBe("3599");
        reply.Text("scope").ShouldBe($"openid {GoogleApp.Email} {GoogleApp.Scopes("gmail.send")}");
        Claims(reply.Text("id_token")).Text("email").ShouldBe("mara@northwind.example");

        sandbox.Time.Advance(TimeSpan.FromHours(1));
        (await sandbox.GoogleAsync(reply.Text("access_token"), HttpMethod.Get, "www.googleapis.com/oauth2/v2/userinfo")).Status.ShouldBe(401);
        var fresh = await sandbox.GoogleRefreshAsync(reply.Text("refresh_token"));
        fresh.At("refresh_token").ShouldBeNull();
        var me = await sandbox.GoogleAsync(fresh.Text("access_token"), HttpMethod.Get, "www.googleapis.com/oauth2/v2/userinfo");
        me.Body.Text("email").ShouldBe("mara@northwind.example");
        var oidc = await sandbox.GoogleAsync(fresh.Text("access_token"), HttpMethod.Get, "openidconnect.googleapis.com/v1/userinfo");
        oidc.Body.Text("sub").ShouldBe(me.Body.Text("id"));
    }

    [Fact]
    public async Task Scopes_can_be_unticked_when_there_are_several_and_signing_in_cannot()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var scope = GoogleApp.Scopes("openid", "email", "gmail.send", "gmail.readonly");
        (await ConsentForm.OpenAsync(sandbox.Http, GoogleApp.AuthorizeAddress(scope))).TickableScopes.Count.ShouldBe(2);
        (await ConsentForm.OpenAsync(sandbox.Http, GoogleApp.AuthorizeAddress(GoogleApp.Scopes("openid", "email", "gmail.send")))).TickableScopes.ShouldBeEmpty();

        var reply = await sandbox.RedeemAsync(await sandbox.GoogleCodeAsync(scope, untick: GoogleApp.Scopes("gmail.readonly")));

        reply.Text("scope").ShouldBe($"openid {GoogleApp.Email} {GoogleApp.Scopes("gmail.send")}");
        (await sandbox.GoogleAsync(reply.Text("access_token"), HttpMethod.Get, "gmail.googleapis.com/gmail/v1/users/me/messages")).Status.ShouldBe(403);
    }

    [Fact]
    public async Task A_page_cannot_be_answered_with_a_scope_that_was_not_asked_for()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var form = await ConsentForm.OpenAsync(sandbox.Http, GoogleApp.AuthorizeAddress(GoogleApp.Scopes("gmail.send", "gmail.readonly")));
        var request = System.Text.RegularExpressions.Regex.Match(form.Page, "name=\"request\" value=\"([^\"]+)\"").Groups[1].Value;

        using var answer = await sandbox.Http.PostAsync(new Uri(form.Action, UriKind.Relative), new FormUrlEncodedContent(
        [
            new("request", request), new("account", form.Accounts[0]), new("decision", "allow"),
            new("scope", GoogleApp.Scopes("gmail.send")), new("scope", GoogleApp.Scopes("gmail.modify")),
        ]));

        var reply = await sandbox.RedeemAsync(answer.RedirectValue("code"));
        reply.Text("scope").ShouldBe(GoogleApp.Scopes("gmail.send"));
    }

    [Fact]
    public async Task Strict_rotation_makes_each_refresh_token_work_once()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var first = (await sandbox.RedeemAsync(await sandbox.GoogleCodeAsync(GoogleApp.Scopes("gmail.send")))).Text("refresh_token");
        await sandbox.ControlAsync("faults", new JsonObject { ["vendor"] = "google", ["kind"] = "rotate" });

        var second = (await sandbox.GoogleRefreshAsync(first)).Text("refresh_token");
        second.ShouldNotBe(first);
        (await sandbox.GoogleRefreshAsync(first, 400)).Text("error").ShouldBe("invalid_grant");
        (await sandbox.GoogleRefreshAsync(second)).Text("refresh_token").ShouldNotBe(second);

        await sandbox.ControlAsync("faults", new JsonObject { ["vendor"] = "google", ["kind"] = "rotate", ["off"] = true });
        var last = (await sandbox.RedeemAsync(await sandbox.GoogleCodeAsync(GoogleApp.Scopes("gmail.send"), "&access_type=offline&prompt=consent"))).Text("refresh_token");
        (await sandbox.GoogleRefreshAsync(last)).At("refresh_token").ShouldBeNull();
    }

    [Fact]
    public async Task A_refresh_token_comes_with_the_first_offline_consent_only_unless_asked_again()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var scope = GoogleApp.Scopes("gmail.send");
        (await sandbox.RedeemAsync(await sandbox.GoogleCodeAsync(scope, more: ""))).At("refresh_token").ShouldBeNull();

        (await sandbox.RedeemAsync(await sandbox.GoogleCodeAsync(scope))).At("refresh_token").ShouldNotBeNull();
        (await sandbox.RedeemAsync(await sandbox.GoogleCodeAsync(scope))).At("refresh_token").ShouldBeNull();
        (await sandbox.RedeemAsync(await sandbox.GoogleCodeAsync(scope, "&access_type=offline&prompt=consent"))).At("refresh_token").ShouldNotBeNull();
    }

    [Fact]
    public async Task Earlier_scopes_are_included_only_when_asked_for()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        await sandbox.ConnectGoogleAsync(GoogleApp.Scopes("gmail.send"));

        var alone = await sandbox.RedeemAsync(await sandbox.GoogleCodeAsync(GoogleApp.Scopes("gmail.readonly")));
        var union = await sandbox.RedeemAsync(await sandbox.GoogleCodeAsync(GoogleApp.Scopes("gmail.compose"), "&include_granted_scopes=true"));

        alone.Text("scope").ShouldBe(GoogleApp.Scopes("gmail.readonly"));
        union.Text("scope").ShouldBe(GoogleApp.Scopes("gmail.send", "gmail.readonly", "gmail.compose"));
    }

    [Theory]
    [InlineData("deny", "access_denied")]
    [InlineData("server_error", "server_error")]
    public async Task A_refusal_travels_back_by_redirect(string decision, string error)
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var form = await ConsentForm.OpenAsync(sandbox.Http, GoogleApp.AuthorizeAddress(GoogleApp.Scopes("gmail.send")));

        using var answer = await form.PostAsync(sandbox.Http, decision);

        answer.RedirectValue("error").ShouldBe(error);
        answer.RedirectValue("code").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("unknown", Playground.Redirect, "openid", 401, "invalid_client")]
    [InlineData(Playground.ClientId, "http://evil.example/cb", "openid", 400, "redirect_uri_mismatch")]
    [InlineData(Playground.ClientId, Playground.Redirect, "https://www.googleapis.com/auth/gmail.everything", 400, "invalid_scope")]
    [InlineData(Playground.ClientId, Playground.Redirect, "", 400, "invalid_request")]
    public async Task A_wrong_request_ends_on_a_page_and_never_in_a_redirect(string client, string redirect, string scope, int status, string error)
    {
        await using var sandbox = await Playground.WithClientAsync("google");

        using var response = await sandbox.Http.GetAsync(new Uri(GoogleApp.AuthorizeAddress(scope, "", client, redirect), UriKind.Relative));

        ((int)response.StatusCode).ShouldBe(status);
        response.Headers.Location.ShouldBeNull();
        (await response.Content.ReadAsStringAsync()).ShouldContain(error);
    }

    [Fact]
    public async Task Codes_are_strict()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var scope = GoogleApp.Scopes("gmail.send");

        (await sandbox.RedeemAsync(await sandbox.GoogleCodeAsync(scope), 400, verifier: "")).Text("error_description").ShouldBe("Missing code verifier.");
        (await sandbox.RedeemAsync(await sandbox.GoogleCodeAsync(scope), 400, verifier: GoogleApp.Verifier + "x")).Text("error_description").ShouldBe("Invalid code verifier.");
        (await sandbox.RedeemAsync(await sandbox.GoogleCodeAsync(scope), 400, redirect: Playground.Redirect + "2")).Text("error").ShouldBe("redirect_uri_mismatch");
        (await sandbox.RedeemAsync("sbx-4/0Ainvented", 400)).Text("error").ShouldBe("invalid_grant");
        var code = await sandbox.GoogleCodeAsync(scope);
        await sandbox.RedeemAsync(code);
        (await sandbox.RedeemAsync(code, 400)).Text("error").ShouldBe("invalid_grant");
        (await sandbox.TokenAsync(401, ("client_secret", "sbx-wrong"), ("grant_type", "refresh_token"), ("refresh_token", "x"))).Text("error").ShouldBe("invalid_client");
        (await sandbox.TokenAsync(400, ("grant_type", "password"))).Text("error").ShouldBe("unsupported_grant_type");
    }

    [Fact]
    public async Task Revoking_any_token_ends_the_whole_grant_of_that_account_at_that_client()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var scope = GoogleApp.Scopes("openid", "gmail.send");
        var first = await sandbox.RedeemAsync(await sandbox.GoogleCodeAsync(scope));
        var second = await sandbox.ConnectGoogleAsync(scope);
        var other = await sandbox.ConnectGoogleAsync(scope, account: "lena@");

        using var revoked = await sandbox.Http.PostAsync(new Uri("/oauth2.googleapis.com/revoke?token=" + Uri.EscapeDataString(second), UriKind.Relative), null);

        revoked.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await sandbox.GoogleAsync(first.Text("access_token"), HttpMethod.Get, "www.googleapis.com/oauth2/v2/userinfo")).Status.ShouldBe(401);
        var dead = await sandbox.GoogleRefreshAsync(first.Text("refresh_token"), 400);
        dead.Text("error").ShouldBe("invalid_grant");
        dead.Text("error_description").ShouldBe("Token has been expired or revoked.");
        (await sandbox.GoogleAsync(other, HttpMethod.Get, "www.googleapis.com/oauth2/v2/userinfo")).Status.ShouldBe(200);
        (await sandbox.RedeemAsync(await sandbox.GoogleCodeAsync(scope))).At("refresh_token").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_call_without_the_scope_is_refused_in_googles_shape()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(GoogleApp.Scopes("gmail.send"));

        var (status, body, challenge) = await sandbox.GoogleAsync(token, HttpMethod.Get, "gmail.googleapis.com/gmail/v1/users/me/profile");

        status.ShouldBe(403);
        body.Text("error.status").ShouldBe("PERMISSION_DENIED");
        body.Text("error.details.0.reason").ShouldBe("ACCESS_TOKEN_SCOPE_INSUFFICIENT");
        challenge.ShouldContain("insufficient_scope");
        (await sandbox.GoogleAsync("sbx-ya29.invented", HttpMethod.Get, "gmail.googleapis.com/gmail/v1/users/me/profile")).Body.Text("error.status").ShouldBe("UNAUTHENTICATED");
        (await sandbox.GoogleAsync("", HttpMethod.Get, "gmail.googleapis.com/gmail/v1/users/me/profile")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task The_vendors_in_trouble_answer_as_promised()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var address = GoogleApp.AuthorizeAddress(GoogleApp.Scopes("gmail.send"), "&access_type=offline");

        using var used = await (await ConsentForm.OpenAsync(sandbox.Http, address)).PostAsync(sandbox.Http, "used_code");
        (await sandbox.RedeemAsync(used.RedirectValue("code"), 400)).Text("error").ShouldBe("invalid_grant");
        using var poor = await (await ConsentForm.OpenAsync(sandbox.Http, address)).PostAsync(sandbox.Http, "no_refresh");
        (await sandbox.RedeemAsync(poor.RedirectValue("code"))).At("refresh_token").ShouldBeNull();
        using var silent = await (await ConsentForm.OpenAsync(sandbox.Http, address)).PostAsync(sandbox.Http, "silence");
        silent.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static JsonNode Claims(string token) =>
        JsonNode.Parse(Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[1])))!;
}
