using Patchbay.Sandbox.Tests.Google;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.BigQuery;

/// <summary>Google's OAuth as BigQuery's connector uses it.</summary>
public sealed class BigQueryOAuthTests
{
    private const string Scope = "openid https://www.googleapis.com/auth/userinfo.email https://www.googleapis.com/auth/bigquery.readonly";

    [Fact]
    public async Task Connecting_gives_a_token_that_lists_projects_and_says_whose_it_is()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var tokens = await sandbox.RedeemAsync(await sandbox.GoogleCodeAsync(Scope));

        tokens.Text("scope").Split(' ').ShouldBe(Scope.Split(' '), ignoreOrder: true);
        var (status, projects, _) = await sandbox.GoogleAsync(tokens.Text("access_token"), HttpMethod.Get, "bigquery.googleapis.com/bigquery/v2/projects");
        status.ShouldBe(200);
        projects.Text("projects.0.projectReference.projectId").ShouldBe(projects.Text("projects.0.id"));
        (await sandbox.GoogleAsync(tokens.Text("access_token"), HttpMethod.Get, "www.googleapis.com/oauth2/v2/userinfo")).Body.Text("email").ShouldBe("mara@northwind.example");

        var again = await sandbox.GoogleRefreshAsync(tokens.Text("refresh_token"));
        (await sandbox.GoogleAsync(again.Text("access_token"), HttpMethod.Get, "bigquery.googleapis.com/bigquery/v2/projects")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_refusal_and_a_used_code_give_no_token()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var form = await ConsentForm.OpenAsync(sandbox.Http, GoogleApp.AuthorizeAddress(Scope));
        using var denied = await form.PostAsync(sandbox.Http, "deny", "mara@");
        denied.RedirectValue("error").ShouldBe("access_denied");

        var code = await sandbox.GoogleCodeAsync(Scope);
        await sandbox.RedeemAsync(code, 400, redirect: "http://localhost:9/other");
        await sandbox.RedeemAsync(code, 400);
    }

    [Fact]
    public async Task Without_a_living_token_bigquery_answers_401_in_googles_shape()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectGoogleAsync(Scope);
        (await sandbox.GoogleAsync("", HttpMethod.Get, "bigquery.googleapis.com/bigquery/v2/projects")).Body.Text("error.errors.0.reason").ShouldBe("required");

        sandbox.Time.Advance(TimeSpan.FromHours(2));
        var (status, body, challenge) = await sandbox.GoogleAsync(token, HttpMethod.Get, "bigquery.googleapis.com/bigquery/v2/projects");
        (status, body.Text("error.status")).ShouldBe((401, "UNAUTHENTICATED"));
        challenge.ShouldContain("invalid_token");
    }

    [Fact]
    public async Task Revoking_ends_bigquery_and_gmail_of_the_same_grant()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var gmail = await sandbox.ConnectGoogleAsync(GoogleApp.Scopes("gmail.readonly"));
        var token = await sandbox.ConnectGoogleAsync(Scope);

        using var revoked = await sandbox.Http.PostAsync(new Uri("/oauth2.googleapis.com/revoke?token=" + Uri.EscapeDataString(token), UriKind.Relative), null);
        revoked.IsSuccessStatusCode.ShouldBeTrue();

        (await sandbox.GoogleAsync(token, HttpMethod.Get, "bigquery.googleapis.com/bigquery/v2/projects")).Status.ShouldBe(401);
        (await sandbox.GoogleAsync(gmail, HttpMethod.Get, "gmail.googleapis.com/gmail/v1/users/me/messages")).Status.ShouldBe(401);
    }

    [Theory]
    [InlineData(429, "rateLimitExceeded")]
    [InlineData(503, "backendError")]
    [InlineData(500, "backendError")]
    public async Task A_fault_has_bigquerys_shape_and_an_unknown_path_is_a_page(int status, string reason)
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        await sandbox.ControlAsync("faults", new System.Text.Json.Nodes.JsonObject { ["vendor"] = "google", ["kind"] = "status", ["status"] = status, ["match"] = "/bigquery.googleapis.com/", ["retryAfter"] = 3 });
        using var failed = await sandbox.Http.GetAsync(new Uri("/bigquery.googleapis.com/bigquery/v2/projects", UriKind.Relative));
        ((int)failed.StatusCode).ShouldBe(status);
        failed.Headers.RetryAfter!.ToString().ShouldBe("3");
        (await failed.JsonAsync()).Text("error.errors.0.reason").ShouldBe(reason);

        using var unknown = await sandbox.Http.GetAsync(new Uri("/bigquery.googleapis.com/bigquery/v2/nothing", UriKind.Relative));
        ((int)unknown.StatusCode).ShouldBe(404);
        unknown.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
    }
}
