using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.LinkedIn;

/// <summary>Every operation of the catalog, once with exactly its least scopes and once with one of them missing.</summary>
public sealed class LinkedInOperationTests
{
    public static TheoryData<string> Operations => OperationTable.Ids("linkedin");

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Works_with_its_least_scopes_and_is_refused_without_one(string id)
    {
        await using var sandbox = await Playground.WithClientAsync("linkedin");
        var lab = await LabAsync(sandbox);
        Examples.ShouldContainKey(id, "The operation has no example call here.");
        var operation = OperationTable.Operation(id);

        var least = await CallAsync(sandbox, lab, id, operation.Scopes);
        least.Status.ShouldBeInRange(200, 204, least.Reply.ToJsonString());
        foreach (var fewer in OperationTable.WithOneMissing(operation))
        {
            // Whatever else would do stays away too, so that only the missing one can be the reason.
            var harmless = (string[])["openid", "email", "r_verify"];
            var (status, reply) = await CallAsync(sandbox, lab, id, [.. fewer.Union(harmless.Except(operation.Scopes))]);
            status.ShouldBe(403);
            reply.Text("code").ShouldBe("ACCESS_DENIED");
        }
    }

    private static async Task<(int Status, JsonNode Reply)> CallAsync(Playground sandbox, Lab lab, string id, IReadOnlyList<string> scopes)
    {
        var clientId = "client-" + Guid.NewGuid().ToString("N");
        await sandbox.RegisterAsync("linkedin", clientId);
        var token = await sandbox.ConnectLinkedInAsync(string.Join(' ', scopes), clientId);
        var (method, path, body) = Examples[id](lab);
        var partial = method == "PARTIAL" ? "PARTIAL_UPDATE" : null;
        var (status, reply, _) = await sandbox.LinkedInAsync(token, partial is null ? method : "POST", path, body, restLi: partial);
        return (status, reply);
    }

    private sealed record Lab(string Me, string Page, string Post, string PagePost, string Comment, string Image, string Account, string Campaign)
    {
        public string PageId => Page.Split(':')[^1];
    }

    private static async Task<Lab> LabAsync(Playground sandbox)
    {
        var token = await sandbox.ConnectLinkedInAsync();
        var (me, page) = (await sandbox.PersonAsync(token), await sandbox.CompanyAsync(token));
        var (mine, ours) = (await sandbox.LinkedInPostAsync(token, LinkedInApp.Post(me, "Mine")), await sandbox.LinkedInPostAsync(token, LinkedInApp.Post(page, "Ours")));
        var comment = await sandbox.LinkedInOkAsync(token, "POST", $"/rest/socialActions/{E(ours)}/comments", Json($$$"""{"actor":"{{{me}}}","message":{"text":"First"} }"""));
        var image = await sandbox.LinkedInOkAsync(token, "POST", "/rest/images?action=initializeUpload", Json($$$"""{"initializeUploadRequest":{"owner":"{{{me}}}"} }"""));
        var account = (await sandbox.LinkedInOkAsync(token, "GET", "/rest/adAccounts?q=search")).Text("elements.0.id");
        var (_, _, campaign) = await sandbox.LinkedInAsync(token, "POST", $"/rest/adAccounts/{account}/adCampaigns", Campaign("Mine"));
        return new Lab(me, page, mine, ours, comment.Text("id"), image.Text("value.image"), account, campaign);
    }

    private static readonly Dictionary<string, Func<Lab, (string Method, string Path, JsonNode? Body)>> Examples = new()
    {
        ["linkedin.create_post"] = lab => ("POST", "/rest/posts", LinkedInApp.Post(lab.Me, "Hello")),
        ["linkedin.create_org_post"] = lab => ("POST", "/rest/posts", LinkedInApp.Post(lab.Page, "Hello")),
        ["linkedin.update_post"] = lab => ("PARTIAL", $"/rest/posts/{E(lab.Post)}", Json("""{"patch":{"$set":{"commentary":"Changed"}}}""")),
        ["linkedin.delete_post"] = lab => ("DELETE", $"/rest/posts/{E(lab.Post)}", null),
        ["linkedin.get_profile"] = _ => ("GET", "/v2/userinfo", null),
        ["linkedin.get_basic_profile"] = _ => ("GET", "/rest/me", null),
        ["linkedin.get_identity"] = _ => ("GET", "/rest/identityMe", null),
        ["linkedin.get_verifications"] = _ => ("GET", "/rest/verificationReport", null),
        ["linkedin.get_connections_size"] = lab => ("GET", $"/v2/connections/{E(lab.Me)}", null),
        ["linkedin.get_org_posts"] = lab => ("GET", $"/rest/posts?q=author&author={E(lab.Page)}", null),
        ["linkedin.add_comment"] = lab => ("POST", $"/rest/socialActions/{E(lab.PagePost)}/comments", Json($$$"""{"actor":"{{{lab.Me}}}","message":{"text":"Second"} }""")),
        ["linkedin.list_comments"] = lab => ("GET", $"/rest/socialActions/{E(lab.PagePost)}/comments", null),
        ["linkedin.delete_comment"] = lab => ("DELETE", $"/rest/socialActions/{E(lab.PagePost)}/comments/{lab.Comment}?actor={E(lab.Me)}", null),
        ["linkedin.add_reaction"] = lab => ("POST", $"/rest/reactions?actor={E(lab.Me)}", Json($$$"""{"root":"{{{lab.PagePost}}}","reactionType":"LIKE"}""")),
        ["linkedin.list_reactions"] = lab => ("GET", $"/rest/reactions/(entity:{E(lab.PagePost)})?q=entity", null),
        ["linkedin.get_engagement"] = lab => ("GET", $"/rest/socialMetadata/{E(lab.PagePost)}", null),
        ["linkedin.list_organizations"] = _ => ("GET", "/rest/organizationAcls?q=roleAssignee", null),
        ["linkedin.get_organization"] = lab => ("GET", $"/rest/organizations/{lab.PageId}", null),
        ["linkedin.get_follower_count"] = lab => ("GET", $"/rest/networkSizes/{E(lab.Page)}?edgeType=COMPANY_FOLLOWED_BY_MEMBER", null),
        ["linkedin.get_follower_statistics"] = lab => ("GET", $"/rest/organizationalEntityFollowerStatistics?q=organizationalEntity&organizationalEntity={E(lab.Page)}", null),
        ["linkedin.get_share_statistics"] = lab => ("GET", $"/rest/organizationalEntityShareStatistics?q=organizationalEntity&organizationalEntity={E(lab.Page)}", null),
        ["linkedin.get_image"] = lab => ("GET", $"/rest/images/{E(lab.Image)}", null),
        ["linkedin.list_ad_accounts"] = _ => ("GET", "/rest/adAccounts?q=search&search=(status:(values:List(ACTIVE)))", null),
        ["linkedin.list_campaigns"] = lab => ("GET", $"/rest/adAccounts/{lab.Account}/adCampaigns?q=search", null),
        ["linkedin.create_campaign"] = lab => ("POST", $"/rest/adAccounts/{lab.Account}/adCampaigns", Campaign("New")),
        ["linkedin.update_campaign"] = lab => ("PARTIAL", $"/rest/adAccounts/{lab.Account}/adCampaigns/{lab.Campaign}", Json("""{"patch":{"$set":{"status":"PAUSED"}}}""")),
        ["linkedin.get_ad_analytics"] = lab => ("GET", $"/rest/adAnalytics?q=analytics&pivot=ACCOUNT&timeGranularity=ALL&dateRange=(start:(year:2026,month:6,day:1))&accounts=List({E("urn:li:sponsoredAccount:" + lab.Account)})", null),
    };

    private static JsonNode Campaign(string name) => Json($$$"""{"name":"{{{name}}}","status":"ACTIVE","objectiveType":"WEBSITE_VISIT","dailyBudget":{"amount":"50","currencyCode":"EUR"} }""");

    private static string E(string urn) => LinkedInApp.Escape(urn);

    private static JsonNode Json(string text) => JsonNode.Parse(text)!;
}
