using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Patchbay.Sandbox.Tests.HubSpot;
using Patchbay.Sandbox.Tests.Support;
using Patchbay.Sandbox.Tests.TikTok;

namespace Patchbay.Sandbox.Tests.Fuzz;

public sealed class CrmRequestFuzzTests
{
    private static readonly string[] Shards =
    [
        "{", "}", "[", "]", ",", ":", "\"inputs\"", "\"properties\"", "\"id\"", "\"email\"", "\"a@b.example\"", "1", "null", "true", "{\"inputs\":[{}]}", "{\"inputs\":[{\"id\":{},\"properties\":[]}]}", "{\"properties\":{\"email\":{}}}",
        "{\"properties\":5}", "{\"properties\":{\"firstname\":\"x\"},\"associations\":[{\"to\":{\"id\":1},\"types\":[{\"associationTypeId\":\"x\"}]}]}", "{\"filterGroups\":[{\"filters\":[{}]}]}", "{\"inputs\":[{\"from\":1,\"to\":{\"id\":[]}}]}",
        "{\"label\":\"x\",\"stages\":[1]}", "{\"name\":\"n\",\"objectTypeId\":\"0-1\",\"processingType\":\"DYNAMIC\",\"filterBranch\":{\"filterBranchType\":[]}}", "{\"fields\":{}}", "{\"cursor\":{},\"max_count\":[]}", "{\"filters\":[],\"post_info\":1,\"source_info\":{\"source\":1,\"video_size\":\"x\"}}",
        "{\"post_info\":{\"privacy_level\":\"SELF_ONLY\"},\"source_info\":{\"source\":\"FILE_UPLOAD\",\"video_size\":1e30}}", "&", "=", "grant_type=refresh_token", "%zz", "\0", "\ud800",
    ];

    private static readonly (string Verb, string Path)[] HubSpot =
    [
        ("POST", "/crm/v3/objects/contacts"), ("POST", "/crm/v3/objects/deals/search"), ("POST", "/crm/v3/objects/contacts/batch/create"), ("POST", "/crm/v3/objects/contacts/batch/upsert"), ("POST", "/crm/v3/objects/tickets/batch/read"),
        ("POST", "/crm/v3/objects/contacts/merge"), ("POST", "/crm/v4/associations/contacts/deals/batch/create"), ("POST", "/crm/v3/associations/contacts/deals/batch/read"), ("POST", "/crm/v4/associations/contacts/deals/batch/archive"), ("POST", "/crm/v4/associations/contacts/deals/labels"),
        ("POST", "/crm/v3/pipelines/deals"), ("POST", "/crm/v3/properties/contacts"), ("POST", "/crm/v3/properties/contacts/batch/read"), ("POST", "/crm/v3/lists"), ("POST", "/crm/v3/lists/search"), ("PUT", "/crm/v3/lists/1/memberships/add"), ("PUT", "/crm/v3/lists/1/memberships/add-and-remove"),
        ("POST", "/cms/v3/blogs/posts"), ("POST", "/cms/v3/blogs/posts/schedule"), ("POST", "/marketing/v3/forms"), ("POST", "/files/v3/files"), ("POST", "/oauth/v1/token"), ("POST", "/oauth/v3/token/introspect"),
        ("GET", "/crm/v3/objects/contacts?limit=-1&after=x&properties=%00&associations=,,"), ("GET", "/crm/v3/owners?limit=99999999999&after=%20"), ("GET", "/crm/v3/lists/1/memberships?after=zz"), ("GET", "/analytics/v2/reports/totals/daily?start=x&end=20260101"), ("GET", "/form-integrations/v1/submissions/forms/5f0c1a52-9d5e-4a86-9f0e-3a1b7c2d4e10?after=-7"),
    ];

    private static readonly string[] TikTok =
        ["user/info/?fields=,,", "video/list/?fields=id", "video/query/?fields=id", "post/publish/video/init/", "post/publish/inbox/video/init/", "post/publish/content/init/", "post/publish/status/fetch/", "post/publish/cancel/", "oauth/token/", "oauth/revoke/"];

    [Fact]
    public async Task No_body_makes_hubspot_or_tiktok_fail()
    {
        await using var sandbox = await Playground.WithClientAsync("hubspot");
        await sandbox.RegisterAsync("tiktok", Playground.ClientId);
        var (hub, clip) = ((await sandbox.ConnectHubSpotAsync()).Token, await sandbox.ConnectTikTokAsync());
        (string Verb, string Path, string Token)[] calls =
        [
            .. HubSpot.Select(call => (call.Verb, "/api.hubapi.com" + call.Path, hub)), .. TikTok.Select(path => (path.StartsWith('u') ? "GET" : "POST", "/open.tiktokapis.com/v2/" + path, clip)),
            ("POST", "/app.hubspot.com/oauth/authorize", ""), ("POST", "/www.tiktok.com/v2/auth/authorize/", ""), ("POST", "/api.hsforms.com/submissions/v3/integration/submit/44218011/x", ""), ("PUT", "/open-upload.tiktokapis.com/video/?upload_token=x", ""),
            ("POST", "/world/hubspot/add", ""), ("POST", "/world/tiktok/post", ""),
        ];
        string[] types = ["application/json", "application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b"];
        var bodies = Gen.Elements(Shards).ListOf().Select(list => string.Concat(list)).Sample(160).Concat(Shards).ToList();

        foreach (var (body, index) in bodies.SelectMany(body => Enumerable.Range(0, 3).Select(_ => body)).Select((body, index) => (body, index)))
        {
            var (verb, path, token) = calls[index % calls.Length];
            using var request = new HttpRequestMessage(new HttpMethod(verb), path);
            if (token.Length > 0)
                request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
            if (verb != "GET")
            {
                request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
                request.Content.Headers.TryAddWithoutValidation("Content-Type", types[index / calls.Length % types.Length]);
            }

            using var response = await sandbox.Http.SendAsync(request);
            ((int)response.StatusCode).ShouldBeLessThan(500, $"{verb} {path} {body}");
        }
    }

    [Theory]
    [InlineData("/world/hubspot")]
    [InlineData("/world/hubspot?view=deals")]
    [InlineData("/world/hubspot?view=lists&portal=none")]
    [InlineData("/world/tiktok?account=nobody")]
    [InlineData("/app.hubspot.com/oauth/authorize")]
    [InlineData("/www.tiktok.com/v2/auth/authorize/")]
    public async Task Pages_have_one_heading_and_nothing_inline(string path)
    {
        await using var sandbox = await Playground.StartAsync();
        using var response = await sandbox.Http.GetAsync(new Uri(path, UriKind.Relative));
        var page = await response.Content.ReadAsStringAsync();
        page.ShouldContain("Patchbay sandbox.");
        System.Text.RegularExpressions.Regex.Count(page, "<h1").ShouldBe(1);
        page.ShouldNotContain("style=\"");
        System.Text.RegularExpressions.Regex.IsMatch(page, "<script(?! src=\"/_assets/)|(src|href)=\"https?://").ShouldBeFalse();
        response.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'none'");
    }
}
