using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Salesforce;

public sealed class SalesforceOAuthTests
{
    [Fact]
    public async Task Connecting_gives_a_token_an_instance_and_no_lifetime()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");

        var reply = await sandbox.ConnectAsync("api refresh_token");

        reply.Text("access_token").ShouldStartWith("sbx-00D");
        reply.Text("refresh_token").ShouldStartWith("sbx-");
        reply.At("expires_in").ShouldBeNull();
        reply.Text("token_type").ShouldBe("Bearer");
        reply.Text("scope").ShouldBe("api refresh_token");
        reply.Text("instance_url").ShouldEndWith(".my.salesforce.com");
        reply.Text("id").ShouldStartWith("https://login.salesforce.com/id/00D");
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Playground.ClientSecret), Encoding.UTF8.GetBytes(reply.Text("id") + reply.Text("issued_at")));
        reply.Text("signature").ShouldBe(Convert.ToBase64String(signature));
    }

    [Fact]
    public async Task Without_its_scope_there_is_no_refresh_token()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");

        (await sandbox.ConnectAsync("api")).At("refresh_token").ShouldBeNull();
        (await sandbox.ConnectAsync("api offline_access")).At("refresh_token").ShouldNotBeNull();
    }

    [Theory]
    [InlineData("deny", "access_denied")]
    [InlineData("blocked", "OAUTH_APP_BLOCKED")]
    [InlineData("server_error", "server_error")]
    public async Task Another_answer_than_yes_sends_the_person_back_with_its_error(string decision, string error)
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var form = await ConsentForm.OpenAsync(sandbox.Http, SalesforceApp.AuthorizeAddress("api"));

        using var answer = await form.PostAsync(sandbox.Http, decision);

        answer.ShouldBeRedirect();
        answer.RedirectValue("error").ShouldBe(error);
        answer.RedirectValue("state").ShouldBe("st&ate");
        answer.RedirectValue("code").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("client-unknown", Playground.Redirect, "invalid_client_id")]
    [InlineData(Playground.ClientId, Playground.Redirect + "/", "redirect_uri_mismatch")]
    [InlineData(Playground.ClientId, "http://127.0.0.1:4400/oauth/callback", "redirect_uri_mismatch")]
    public async Task An_unknown_app_or_address_ends_on_a_page_and_never_in_a_redirect(string client, string redirect, string error)
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");

        using var response = await sandbox.Http.GetAsync(new Uri(SalesforceApp.AuthorizeAddress("api", client, redirect), UriKind.Relative));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        response.Headers.Location.ShouldBeNull();
        (await response.Content.ReadAsStringAsync()).ShouldContain(error);
    }

    [Theory]
    [InlineData("api everything", "code", "invalid_scope")]
    [InlineData("api", "token", "unsupported_response_type")]
    public async Task A_wrong_wish_of_a_known_app_goes_back_to_it(string scope, string type, string error)
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");

        using var response = await sandbox.Http.GetAsync(new Uri(SalesforceApp.AuthorizeAddress(scope, responseType: type), UriKind.Relative));

        response.ShouldBeRedirect();
        response.RedirectValue("error").ShouldBe(error);
    }

    [Fact]
    public async Task A_code_is_good_for_one_use()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var code = await sandbox.CodeAsync("api");
        (await sandbox.ExchangeAsync(code)).Status.ShouldBe(HttpStatusCode.OK);

        (await sandbox.ExchangeAsync(code)).Body.Text("error").ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task An_address_left_out_at_first_is_the_registered_one_at_the_token_request()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var form = await ConsentForm.OpenAsync(sandbox.Http, $"/login.salesforce.com/services/oauth2/authorize?response_type=code&client_id={Playground.ClientId}&scope=api");
        using var answer = await form.AllowAsync(sandbox.Http, "mara@");

        (await sandbox.ExchangeAsync(answer.RedirectValue("code"))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_code_needs_its_verifier_its_address_its_client_and_the_secret()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        await sandbox.RegisterAsync("salesforce", "client-2");

        (await sandbox.ExchangeAsync(await sandbox.CodeAsync("api"), verifier: "another-verifier-that-is-long-enough-0123456789-0123")).Body.Text("error").ShouldBe("invalid_grant");
        (await sandbox.ExchangeAsync(await sandbox.CodeAsync("api"), verifier: "")).Body.Text("error_description").ShouldBe("missing required code verifier");
        (await sandbox.ExchangeAsync(await sandbox.CodeAsync("api"), redirect: Playground.Redirect + "/")).Body.Text("error").ShouldBe("redirect_uri_mismatch");
        (await sandbox.ExchangeAsync(await sandbox.CodeAsync("api"), clientId: "client-2")).Body.Text("error").ShouldBe("invalid_grant");
        (await sandbox.ExchangeAsync(await sandbox.CodeAsync("api"), secret: "sbx-wrong")).Body.Text("error").ShouldBe("invalid_client");
        (await sandbox.ExchangeAsync(await sandbox.CodeAsync("api"), clientId: "nobody")).Body.Text("error").ShouldBe("invalid_client_id");
    }

    [Fact]
    public async Task A_refresh_keeps_its_token_and_gives_a_new_session_at_the_instance()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var first = await sandbox.ConnectAsync();

        var (status, second) = await sandbox.RefreshAsync(first.Text("refresh_token"));

        status.ShouldBe(HttpStatusCode.OK);
        second.At("refresh_token").ShouldBeNull();
        second.Text("instance_url").ShouldBe(first.Text("instance_url"));
        second.Text("access_token").ShouldNotBe(first.Text("access_token"));
        (await sandbox.RefreshAsync(first.Text("refresh_token"))).Status.ShouldBe(HttpStatusCode.OK);
        (await sandbox.RefreshAsync("sbx-never")).Body.Text("error_description").ShouldBe("expired access/refresh token");
    }

    [Fact]
    public async Task With_rotation_each_refresh_token_works_once()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce", rotateTokens: true);
        var first = await sandbox.ConnectAsync();

        var (_, second) = await sandbox.RefreshAsync(first.Text("refresh_token"));

        second.Text("refresh_token").ShouldNotBe(first.Text("refresh_token"));
        (await sandbox.RefreshAsync(first.Text("refresh_token"))).Body.Text("error").ShouldBe("invalid_grant");
        (await sandbox.RefreshAsync(second.Text("refresh_token"))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_session_ends_after_two_hours_with_401_and_a_refresh_repairs_it()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var reply = await sandbox.ConnectAsync();
        var client = new SalesforceClient(sandbox, "/northwind.my.salesforce.com", reply.Text("access_token"));
        (await client.GetAsync("/limits")).Status.ShouldBe(200);
        sandbox.Time.Advance(TimeSpan.FromHours(2));

        var (status, body) = await client.GetAsync("/limits");

        status.ShouldBe(401);
        body.Text("0.errorCode").ShouldBe("INVALID_SESSION_ID");
        var (_, fresh) = await sandbox.RefreshAsync(reply.Text("refresh_token"));
        (await new SalesforceClient(sandbox, "/northwind.my.salesforce.com", fresh.Text("access_token")).GetAsync("/limits")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Revoking_an_access_token_ends_one_session_and_a_refresh_token_its_whole_approval_and_no_other()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var first = await sandbox.ConnectAsync();
        var second = await sandbox.ConnectAsync();

        (await RevokeAsync(first.Text("access_token"))).ShouldBe(HttpStatusCode.OK);

        (await StatusAsync(first.Text("access_token"))).ShouldBe(401);
        var (_, renewed) = await sandbox.RefreshAsync(first.Text("refresh_token"));
        (await StatusAsync(renewed.Text("access_token"))).ShouldBe(200);

        (await RevokeAsync(first.Text("refresh_token"))).ShouldBe(HttpStatusCode.OK);

        (await StatusAsync(renewed.Text("access_token"))).ShouldBe(401);
        (await sandbox.RefreshAsync(first.Text("refresh_token"))).Body.Text("error").ShouldBe("invalid_grant");
        (await StatusAsync(second.Text("access_token"))).ShouldBe(200);
        (await sandbox.RefreshAsync(second.Text("refresh_token"))).Status.ShouldBe(HttpStatusCode.OK);
        (await RevokeAsync("sbx-never")).ShouldBe(HttpStatusCode.BadRequest);

        async Task<HttpStatusCode> RevokeAsync(string token)
        {
            using var response = await sandbox.FormAsync("/login.salesforce.com/services/oauth2/revoke", ("token", token));
            return response.StatusCode;
        }

        async Task<int> StatusAsync(string token) => (await new SalesforceClient(sandbox, "/northwind.my.salesforce.com", token).GetAsync("/limits")).Status;
    }

    [Fact]
    public async Task The_sixth_approval_of_a_person_ends_the_first()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var approvals = new List<JsonNode>();
        for (var count = 0; count < 6; count++)
        {
            sandbox.Time.Advance(TimeSpan.FromSeconds(1));
            approvals.Add(await sandbox.ConnectAsync());
        }

        (await sandbox.RefreshAsync(approvals[0].Text("refresh_token"))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await sandbox.RefreshAsync(approvals[1].Text("refresh_token"))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Introspection_tells_the_app_about_its_own_tokens()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var reply = await sandbox.ConnectAsync();

        var about = await AskAsync(reply.Text("access_token"));

        about.Text("active").ShouldBe("true");
        about.Text("scope").ShouldBe("api refresh_token");
        about.Text("username").ShouldNotBeEmpty();
        (await AskAsync("sbx-never")).Text("active").ShouldBe("false");

        async Task<JsonNode> AskAsync(string token)
        {
            using var response = await sandbox.FormAsync("/login.salesforce.com/services/oauth2/introspect", ("token", token), ("client_id", Playground.ClientId), ("client_secret", Playground.ClientSecret));
            return await response.JsonAsync();
        }
    }

    [Fact]
    public async Task Identity_says_who_it_is_and_where_the_api_is_to_tokens_with_an_identity_scope_only()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var reply = await sandbox.ConnectAsync("api id");

        var user = await AskAsync(reply.Text("access_token"), "/login.salesforce.com/services/oauth2/userinfo");
        var identity = await AskAsync(reply.Text("access_token"), reply.Text("id")["https:/".Length..]);

        user.Body!.Text("user_id").ShouldBe(identity.Body!.Text("user_id"));
        user.Body.Text("urls.custom_domain").ShouldBe(reply.Text("instance_url"));
        identity.Body.Text("username").ShouldBe(user.Body.Text("preferred_username"));
        var plain = await sandbox.ConnectAsync("api");
        (await AskAsync(plain.Text("access_token"), "/login.salesforce.com/services/oauth2/userinfo")).Status.ShouldBe(HttpStatusCode.Forbidden);
        var other = await sandbox.ConnectAsync("id", account: "lena@");
        (await AskAsync(other.Text("access_token"), reply.Text("id")["https:/".Length..])).Status.ShouldBe(HttpStatusCode.Forbidden);

        async Task<(HttpStatusCode Status, JsonNode? Body)> AskAsync(string token, string path)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
            using var response = await sandbox.Http.SendAsync(request);
            return (response.StatusCode, response.IsSuccessStatusCode ? await response.JsonAsync() : null);
        }
    }

    [Fact]
    public async Task Production_and_its_copy_share_neither_people_nor_records_nor_hosts()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var production = await sandbox.ClientAsync();
        var copy = await sandbox.ClientAsync(host: "test.salesforce.com");
        var id = await copy.CreateAsync("Account", new JsonObject { ["Name"] = "Only in the copy" });

        (await production.GetAsync("/sobjects/Account/" + id)).Status.ShouldBe(404);
        (await copy.GetAsync("/sobjects/Account/" + id)).Status.ShouldBe(200);
        (await new SalesforceClient(sandbox, "/northwind.my.salesforce.com", copy.Token).GetAsync("/limits")).Status.ShouldBe(401);
        (await new SalesforceClient(sandbox, "/login.salesforce.com", production.Token).GetAsync("/limits")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task Faults_speak_in_salesforces_own_shape()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var client = await sandbox.ClientAsync();
        await sandbox.ControlAsync("faults", new JsonObject { ["vendor"] = "salesforce", ["kind"] = "status", ["status"] = 503 });

        var (status, body) = await client.GetAsync("/limits");

        status.ShouldBe(503);
        body.Text("0.errorCode").ShouldBe("SERVER_UNAVAILABLE");
    }
}
