using System.Net;
using Patchbay.Platform.Workspaces;

namespace Patchbay.Server.Tests;

/// <summary>The way back from a vendor: whatever its address says, it leads into the dashboard and shows no word of anybody's.</summary>
public sealed class CallbackTests(TestServer server) : IClassFixture<TestServer>
{
    [Theory]
    [InlineData("")]
    [InlineData("state=none&code=sbxc_1")]
    [InlineData("state=none&code=sbxc_1&next=https://evil.example/")]
    [InlineData("error=https://evil.example/&error_description=%3Cscript%3Ealert(1)%3C/script%3E&state=x")]
    [InlineData("error=access_denied&error_uri=//evil.example/\\&state=%0d%0aLocation:%20https://evil.example")]
    [InlineData("redirect_uri=https://user@evil.example&return_to=javascript:alert(1)&state[]=x")]
    public async Task A_callback_shows_only_its_code_and_leads_only_into_the_dashboard(string query)
    {
        using var client = await server.SignedInAsync(Role.Owner);

        using var answer = await client.GetAsync($"/oauth/callback/slack?{query}");

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var leadsTo = answer.Headers.Location!.OriginalString;
        leadsTo.ShouldMatch("^/connect-failed(\\?[A-Za-z0-9=&]*)?$");
        (await answer.Content.ReadAsStringAsync()).ShouldBeEmpty();
    }
}
