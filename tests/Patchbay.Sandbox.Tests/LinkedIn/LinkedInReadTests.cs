using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Patchbay.Sandbox.Tests.Support;
using Patchbay.Sandbox.Vendors.LinkedIn;

namespace Patchbay.Sandbox.Tests.LinkedIn;

public sealed class LinkedInReadTests
{
    private const string Nasty = "<script>alert('x')</script> <img src=x onerror=alert(1)> \"'&";

    [Fact]
    public async Task Profiles_come_in_the_shape_of_each_call()
    {
        await using var sandbox = await Playground.WithClientAsync("linkedin");
        var token = await sandbox.ConnectLinkedInAsync();

        (await sandbox.LinkedInOkAsync(token, "GET", "/v2/userinfo")).Text("email_verified").ShouldBe("true");
        (await sandbox.LinkedInOkAsync(token, "GET", "/v2/me?projection=(id,localizedFirstName)")).AsObject().Select(member => member.Key).ShouldBe(["id", "localizedFirstName"]);
        (await sandbox.LinkedInOkAsync(token, "GET", "/rest/identityMe")).Text("basicInfo.primaryEmailAddress").ShouldBe("mara@northwind.example");
        (await sandbox.LinkedInOkAsync(token, "GET", "/rest/verificationReport")).At("verifications")!.AsArray().Count.ShouldBe(2);
        (await sandbox.LinkedInOkAsync(token, "GET", "/rest/connections?q=viewer&start=0&count=0")).Text("paging.total")
            .ShouldBe((await sandbox.LinkedInOkAsync(token, "GET", $"/v2/connections/{LinkedInApp.Escape(await sandbox.PersonAsync(token))}")).Text("firstDegreeSize"));
        using var picture = await sandbox.Http.GetAsync(new Uri("/" + (await sandbox.LinkedInOkAsync(token, "GET", "/v2/userinfo")).Text("picture")["https://".Length..], UriKind.Relative));
        picture.Content.Headers.ContentType!.MediaType.ShouldBe("image/svg+xml");
    }

    [Fact]
    public async Task Without_email_the_address_is_left_out_and_another_members_connections_are_not_given()
    {
        await using var sandbox = await Playground.WithClientAsync("linkedin");
        var token = await sandbox.ConnectLinkedInAsync("openid profile r_1st_connections_size");
        var toms = await sandbox.PersonAsync(await sandbox.ConnectLinkedInAsync("openid profile", account: "Tom"));

        (await sandbox.LinkedInOkAsync(token, "GET", "/v2/userinfo")).At("email").ShouldBeNull();
        (await sandbox.LinkedInAsync(token, "GET", $"/v2/connections/{LinkedInApp.Escape(toms)}")).Status.ShouldBe(403);
    }

    [Fact]
    public async Task Roles_show_the_pages_a_person_may_manage()
    {
        await using var sandbox = await Playground.WithClientAsync("linkedin");
        var mara = await sandbox.ConnectLinkedInAsync();
        var tom = await sandbox.ConnectLinkedInAsync(account: "Tom");
        var page = await sandbox.CompanyAsync(mara);

        var decorated = await sandbox.LinkedInOkAsync(mara, "GET", "/v2/organizationAcls?q=roleAssignee&role=ADMINISTRATOR&state=APPROVED&projection=(elements*(organization~(localizedName,id),role))");
        decorated.At("elements.0")!["organization~"].Text("localizedName").ShouldBe("Northwind");
        (await sandbox.LinkedInOkAsync(tom, "GET", "/rest/organizationAcls?q=roleAssignee")).At("elements")!.AsArray().ShouldBeEmpty();
        (await sandbox.LinkedInAsync(tom, "GET", $"/rest/organizationalEntityFollowerStatistics?q=organizationalEntity&organizationalEntity={LinkedInApp.Escape(page)}")).Status.ShouldBe(403);
        (await sandbox.LinkedInOkAsync(mara, "GET", "/v2/organizations?q=vanityName&vanityName=northwind-delivers")).Text("elements.0.localizedName").ShouldBe("Northwind");
        (await sandbox.LinkedInAsync(mara, "GET", "/rest/organizations/999")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Ad_figures_by_day_add_up_to_those_of_the_whole_in_both_notations()
    {
        await using var sandbox = await Playground.WithClientAsync("linkedin");
        var token = await sandbox.ConnectLinkedInAsync();
        var account = (await sandbox.LinkedInOkAsync(token, "GET", "/rest/adAccounts?q=search")).Text("elements.0.id");
        var (_, _, campaign) = await sandbox.LinkedInAsync(token, "POST", $"/rest/adAccounts/{account}/adCampaigns", JsonNode.Parse("""{"name":"Test","status":"ACTIVE","dailyBudget":{"amount":"100","currencyCode":"EUR"}}"""));
        sandbox.Time.Advance(TimeSpan.FromDays(20));
        var wanted = $"campaigns=List({LinkedInApp.Escape("urn:li:sponsoredCampaign:" + campaign)})&fields=impressions,costInLocalCurrency,dateRange,pivotValues";

        var days = await QueryAsync($"timeGranularity=DAILY&dateRange=(start:(year:2026,month:6,day:1),end:(year:2026,month:7,day:31))&{wanted}");
        var months = await QueryAsync($"timeGranularity=MONTHLY&dateRange=%28start%3A%28year%3A2026%2Cmonth%3A6%2Cday%3A1%29%29&{wanted}");
        var whole = await QueryAsync($"timeGranularity=ALL&dateRange.start.year=2026&dateRange.start.month=6&dateRange.start.day=1&{wanted}");

        days.Count.ShouldBe(21);
        months.Count.ShouldBe(2);
        Sum(days).ShouldBe(Sum(whole));
        Sum(months).ShouldBe(Sum(whole));
        whole.Single().Text("pivotValues.0").ShouldBe("urn:li:sponsoredCampaign:" + campaign);
        (await sandbox.LinkedInAsync(token, "GET", $"/rest/adAnalytics?q=analytics&pivot=CAMPAIGN&timeGranularity=ALL&{wanted}")).Status.ShouldBe(400);

        async Task<List<JsonNode>> QueryAsync(string query) => [.. (await sandbox.LinkedInOkAsync(token, "GET", $"/rest/adAnalytics?q=analytics&pivot=CAMPAIGN&{query}")).At("elements")!.AsArray().Select(row => row!)];
        static decimal Sum(List<JsonNode> rows) => rows.Sum(row => decimal.Parse(row.Text("costInLocalCurrency"), CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task The_page_shows_what_an_app_posted_as_text_and_lets_a_person_post_like_and_comment()
    {
        await using var sandbox = await Playground.WithClientAsync("linkedin");
        var token = await sandbox.ConnectLinkedInAsync();
        var page = await sandbox.CompanyAsync(token);
        var urn = await sandbox.LinkedInPostAsync(token, LinkedInApp.Post(page, LittleText.Escape(Nasty) + " @[x](urn:li:person:\"onload=alert)", new JsonObject { ["article"] = new JsonObject { ["source"] = "https://x.example/\"onload=x", ["title"] = "<script>alert(1)</script>" } }));

        var html = (await sandbox.Http.GetStringAsync(new Uri("/world/linkedin", UriKind.Relative))).Replace("<script src=\"/_assets/sandbox.js\" defer></script>", "", StringComparison.Ordinal);
        html.ShouldContain("alert(&#x27;x&#x27;)");
        html.ShouldNotContain("<script");
        html.ShouldNotContain("<img");
        html.ShouldNotContain("style=\"");
        Regex.IsMatch(Regex.Replace(html, "=\"[^\"]*\"", ""), "<[^>]*\\son\\w+").ShouldBeFalse();
        Regex.Count(html, "<h1").ShouldBe(1);

        var guard = Regex.Match(html, "name=\"guard\" value=\"([^\"]+)\"").Groups[1].Value;
        (await PostAsync("post", "", ("text", "By hand"))).ShouldBe(HttpStatusCode.Forbidden);
        await PostAsync("post", guard, ("text", "By hand (with brackets)"));
        await PostAsync("like", guard, ("post", urn));
        await PostAsync("comment", guard, ("post", urn), ("text", "Fine"));
        (await sandbox.ControlAsync("linkedin/posts")).AsArray().Select(post => post.Text("text")).ShouldContain("By hand (with brackets)");
        (await sandbox.LinkedInOkAsync(token, "GET", $"/rest/socialMetadata/{LinkedInApp.Escape(urn)}")).Text("reactionSummaries.LIKE.count").ShouldBe("1");
        (await sandbox.LinkedInOkAsync(token, "GET", $"/rest/socialActions/{LinkedInApp.Escape(urn)}/comments")).Text("elements.0.message.text").ShouldBe("Fine");

        async Task<HttpStatusCode> PostAsync(string action, string with, params (string Name, string Value)[] fields)
        {
            using var response = await sandbox.Http.PostAsync(new Uri("/world/linkedin/" + action, UriKind.Relative),
                new FormUrlEncodedContent(fields.Append(("guard", with)).Select(field => KeyValuePair.Create(field.Item1, field.Item2))));
            return response.StatusCode;
        }
    }

    [Theory]
    [InlineData("List(a,b)", """["a","b"]""")]
    [InlineData("List()", "[]")]
    [InlineData("(start:(year:2026,month:6),end:x)", """{"start":{"year":"2026","month":"6"},"end":"x"}""")]
    [InlineData("List(urn%3Ali%3Aperson%3A1,%28b%29)", """["urn:li:person:1","(b)"]""")]
    [InlineData("%28status%3A%28values%3AList%28ACTIVE%29%29%29", """{"status":{"values":["ACTIVE"]}}""")]
    [InlineData("List(a", null)]
    [InlineData("(a)", null)]
    public void Rest_li_notation_is_read(string raw, string? json) => RestLi.Parse(raw)?.ToJsonString().ShouldBe(json);

    [Fact]
    public void No_text_makes_the_notation_or_little_text_fail_and_escaped_text_reads_the_same()
    {
        var pieces = Gen.Elements("List(", "(", ")", ",", ":", "%28", "%", "a", "@[", "](", "urn:li:person:1", "{hashtag|\\#|", "}", "\\", "#", "<", "|", "*", "é").ListOf().Select(list => string.Concat(list));
        var text = Gen.OneOf(ArbMap.Default.GeneratorFor<string>().Select(words => words ?? ""), pieces).ToArbitrary();
        Prop.ForAll(text, words =>
        {
            _ = RestLi.Parse(words);
            _ = RestLi.Query("?" + words + "&x=" + words);
            _ = LittleText.Read(words);
            LittleText.Plain(LittleText.Escape(words)).ShouldBe(words);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(int.TryParse(Environment.GetEnvironmentVariable("FUZZ_CASES"), out var cases) ? cases : 600));
    }

    [Fact]
    public async Task No_body_makes_linkedin_fail()
    {
        await using var sandbox = await Playground.WithClientAsync("linkedin");
        var token = await sandbox.ConnectLinkedInAsync();
        var (me, page) = (await sandbox.PersonAsync(token), await sandbox.CompanyAsync(token));
        var post = LinkedInApp.Escape(await sandbox.LinkedInPostAsync(token, LinkedInApp.Post(page, "Target")));
        string[] paths = ["/rest/posts", "/v2/ugcPosts", $"/rest/posts/{post}", $"/rest/socialActions/{post}/comments", "/rest/reactions", "/rest/images?action=initializeUpload", "/rest/videos?action=initializeUpload", "/rest/videos?action=finalizeUpload", "/v2/assets?action=registerUpload"];
        string[] keys = ["author", "commentary", "visibility", "distribution", "feedDistribution", "lifecycleState", "content", "article", "media", "id", "multiImage", "images", "poll", "options", "specificContent", "com.linkedin.ugc.ShareContent", "shareCommentary", "text", "shareMediaCategory",
            "patch", "$set", "actor", "message", "root", "reactionType", "initializeUploadRequest", "owner", "fileSizeBytes", "finalizeUploadRequest", "video", "uploadedPartIds", "registerUploadRequest", "recipes", "reshareContext", "parent"];
        var leaf = Gen.Elements<Func<JsonNode?>>(() => null, () => 1, () => true, () => "text", () => me, () => page, () => "PUBLIC", () => new JsonArray(), () => new JsonObject()).Select(make => make());

        foreach (var (body, index) in Tree(3).Sample(300, 3).Select((body, index) => (body, index)))
        {
            var given = LinkedInApp.Post(index % 2 == 0 ? me : page, $"{index}");
            foreach (var (name, value) in body as JsonObject ?? new JsonObject { [keys[index % keys.Length]] = body })
                given[name] = value?.DeepClone();
            var (status, _, _) = await sandbox.LinkedInAsync(token, "POST", paths[index % paths.Length], given, restLi: index % 2 == 0 ? "PARTIAL_UPDATE" : null);
            status.ShouldBeLessThan(500, $"{paths[index % paths.Length]} {given.ToJsonString()}");
        }

        Gen<JsonNode?> Tree(int depth) => depth == 0 ? leaf : Gen.OneOf(
            leaf,
            from names in Gen.Elements(keys).ArrayOf(3) from values in Tree(depth - 1).ArrayOf(3) select (JsonNode?)new JsonObject(names.Zip(values).DistinctBy(pair => pair.First).Select(pair => KeyValuePair.Create(pair.First, pair.Second?.DeepClone()))),
            from values in Tree(depth - 1).ArrayOf(2) select (JsonNode?)new JsonArray([.. values.Select(value => value?.DeepClone())]));
    }
}
