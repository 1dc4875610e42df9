using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.LinkedIn;

public sealed class LinkedInOAuthTests
{
    [Fact]
    public async Task Connecting_gives_sixty_days_and_no_refresh_token()
    {
        await using var sandbox = await Playground.WithClientAsync("linkedin");

        var (status, reply) = await sandbox.LinkedInExchangeAsync(await sandbox.LinkedInCodeAsync("openid profile w_member_social"));

        status.ShouldBe(200);
        reply.Text("access_token").ShouldStartWith("sbx-AQV");
        reply.Text("expires_in").ShouldBe("5183999");
        reply.Text("scope").ShouldBe("openid,profile,w_member_social");
        reply.At("refresh_token").ShouldBeNull();
        (await sandbox.LinkedInOkAsync(reply.Text("access_token"), "GET", "/v2/userinfo")).Text("name").ShouldBe("Mara Köhler");
        sandbox.Time.Advance(TimeSpan.FromDays(60));
        (await sandbox.LinkedInAsync(reply.Text("access_token"), "GET", "/v2/userinfo")).Reply.Text("serviceErrorCode").ShouldBe("65602");
    }

    [Fact]
    public async Task The_id_token_is_signed_by_the_published_key_and_names_the_person()
    {
        await using var sandbox = await Playground.WithClientAsync("linkedin");
        var (_, reply) = await sandbox.LinkedInExchangeAsync(await sandbox.LinkedInCodeAsync("openid profile email"));
        var parts = reply.Text("id_token").Split('.');
        var keys = JsonNode.Parse(await sandbox.Http.GetStringAsync(new Uri("/www.linkedin.com/oauth/openid/jwks", UriKind.Relative)));

        using var rsa = RSA.Create(new RSAParameters { Modulus = Bytes(keys.Text("keys.0.n")), Exponent = Bytes(keys.Text("keys.0.e")) });

        rsa.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Bytes(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).ShouldBeTrue();
        var claims = JsonNode.Parse(Encoding.UTF8.GetString(Bytes(parts[1])));
        claims.Text("iss").ShouldBe("https://www.linkedin.com/oauth");
        claims.Text("aud").ShouldBe(Playground.ClientId);
        claims.Text("email").ShouldBe("mara@northwind.example");

        static byte[] Bytes(string text) => System.Buffers.Text.Base64Url.DecodeFromChars(text);
    }

    [Fact]
    public async Task Saying_no_goes_back_as_the_user_cancelled()
    {
        await using var sandbox = await Playground.WithClientAsync("linkedin");
        var form = await ConsentForm.OpenAsync(sandbox.Http, LinkedInApp.AuthorizeAddress("openid"));
        form.TickableScopes.ShouldBeEmpty();

        using var answer = await form.PostAsync(sandbox.Http, "deny");

        answer.RedirectValue("error").ShouldBe("user_cancelled_authorize");
        answer.RedirectValue("state").ShouldBe("st&ate");
        answer.RedirectValue("code").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("client-unknown", Playground.Redirect)]
    [InlineData(Playground.ClientId, Playground.Redirect + "/")]
    public async Task An_unknown_app_or_address_ends_on_a_page_and_never_in_a_redirect(string client, string redirect)
    {
        await using var sandbox = await Playground.WithClientAsync("linkedin");
        using var response = await sandbox.Http.GetAsync(new Uri(LinkedInApp.AuthorizeAddress("openid", client, redirect), UriKind.Relative));
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        response.Headers.Location.ShouldBeNull();
    }

    [Theory]
    [InlineData("openid r_ads", "unauthorized_scope_error")]
    [InlineData("openid r_everything", "unauthorized_scope_error")]
    [InlineData("", "unauthorized_scope_error")]
    public async Task A_scope_outside_the_apps_products_goes_back_as_an_error(string scope, string error)
    {
        await using var sandbox = await Playground.StartAsync();
        await sandbox.RegisterAsync("linkedin", Playground.ClientId, scopes: ["openid", "profile"]);

        using var response = await sandbox.Http.GetAsync(new Uri(LinkedInApp.AuthorizeAddress(scope), UriKind.Relative));

        response.ShouldBeRedirect();
        response.RedirectValue("error").ShouldBe(error);
        response.RedirectValue("state").ShouldBe("st&ate");
    }

    [Fact]
    public async Task A_code_is_good_for_one_use_one_client_one_address_and_ten_minutes()
    {
        await using var sandbox = await Playground.WithClientAsync("linkedin");
        await sandbox.RegisterAsync("linkedin", "client-2");
        var code = await sandbox.LinkedInCodeAsync("openid");
        (await sandbox.LinkedInExchangeAsync(code)).Status.ShouldBe(200);

        (await sandbox.LinkedInExchangeAsync(code)).Reply.Text("error").ShouldBe("invalid_request");
        (await sandbox.LinkedInExchangeAsync(await sandbox.LinkedInCodeAsync("openid"), "client-2")).Reply.Text("error").ShouldBe("invalid_request");
        (await sandbox.LinkedInExchangeAsync(await sandbox.LinkedInCodeAsync("openid"), redirect: "http://localhost:4400/other")).Reply.Text("error").ShouldBe("invalid_request");
        (await sandbox.LinkedInExchangeAsync(await sandbox.LinkedInCodeAsync("openid"), secret: "sbx-wrong")).ShouldSatisfyAllConditions(answer => answer.Status.ShouldBe(401), answer => answer.Reply.Text("error").ShouldBe("invalid_client"));
        var late = await sandbox.LinkedInCodeAsync("openid");
        sandbox.Time.Advance(TimeSpan.FromMinutes(11));
        (await sandbox.LinkedInExchangeAsync(late)).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Another_set_of_scopes_ends_the_tokens_before_it_and_the_same_set_does_not()
    {
        await using var sandbox = await Playground.WithClientAsync("linkedin");
        var first = await sandbox.ConnectLinkedInAsync("openid profile");
        await sandbox.ConnectLinkedInAsync("profile openid");
        await sandbox.LinkedInOkAsync(first, "GET", "/v2/userinfo");

        await sandbox.ConnectLinkedInAsync("openid profile email");

        (await sandbox.LinkedInAsync(first, "GET", "/v2/userinfo")).Reply.Text("serviceErrorCode").ShouldBe("65601");
    }

    [Fact]
    public async Task A_partner_gets_a_refresh_token_whose_year_counts_down()
    {
        await using var sandbox = await Playground.StartAsync();
        await sandbox.RegisterAsync("linkedin", Playground.ClientId, refreshTokens: true);
        var (_, first) = await sandbox.LinkedInExchangeAsync(await sandbox.LinkedInCodeAsync("openid profile"));
        first.Text("refresh_token_expires_in").ShouldBe("31535999");
        sandbox.Time.Advance(TimeSpan.FromDays(100));

        var (status, second) = await RefreshAsync();

        status.ShouldBe(200);
        second.Text("refresh_token").ShouldBe(first.Text("refresh_token"));
        second.Text("refresh_token_expires_in").ShouldBe($"{31_535_999 - (100 * 86_400)}");
        await sandbox.LinkedInOkAsync(second.Text("access_token"), "GET", "/v2/userinfo");
        sandbox.Time.Advance(TimeSpan.FromDays(265));
        (await RefreshAsync()).Reply.Text("error").ShouldBe("invalid_grant");

        Task<(int Status, JsonNode Reply)> RefreshAsync() => sandbox.LinkedInOAuthAsync("accessToken",
            ("grant_type", "refresh_token"), ("refresh_token", first.Text("refresh_token")), ("client_id", Playground.ClientId), ("client_secret", Playground.ClientSecret));
    }

    [Fact]
    public async Task Revoking_ends_everything_of_that_person_at_that_app_only()
    {
        await using var sandbox = await Playground.WithClientAsync("linkedin");
        var (mine, sibling, toms) = (await sandbox.ConnectLinkedInAsync("openid profile"), await sandbox.ConnectLinkedInAsync("openid profile"), await sandbox.ConnectLinkedInAsync("openid profile", account: "Tom"));
        (await IntrospectAsync(mine)).Text("active").ShouldBe("true");

        (await sandbox.LinkedInOAuthAsync("revoke", ("client_id", Playground.ClientId), ("client_secret", Playground.ClientSecret), ("token", mine))).Status.ShouldBe(200);

        (await sandbox.LinkedInAsync(sibling, "GET", "/v2/userinfo")).Reply.Text("code").ShouldBe("REVOKED_ACCESS_TOKEN");
        await sandbox.LinkedInOkAsync(toms, "GET", "/v2/userinfo");
        (await IntrospectAsync(mine)).Text("active").ShouldBe("false");

        async Task<JsonNode> IntrospectAsync(string token) => (await sandbox.LinkedInOAuthAsync("introspectToken", ("client_id", Playground.ClientId), ("client_secret", Playground.ClientSecret), ("token", token))).Reply;
    }
}
