using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.LinkedIn;

public sealed class LinkedInPostTests : IAsyncLifetime
{
    private Playground sandbox = null!;
    private string token = "";
    private string me = "";
    private string page = "";

    public async Task InitializeAsync()
    {
        sandbox = await Playground.WithClientAsync("linkedin");
        token = await sandbox.ConnectLinkedInAsync();
        (me, page) = (await sandbox.PersonAsync(token), await sandbox.CompanyAsync(token));
    }

    public async Task DisposeAsync() => await sandbox.DisposeAsync();

    [Fact]
    public async Task A_persons_post_is_in_the_feed_and_no_call_reads_it_back()
    {
        var urn = await sandbox.LinkedInPostAsync(token, LinkedInApp.Post(me, "Published \\(at last\\)", new JsonObject { ["article"] = Json("""{"source":"https://northwind.example/a","title":"An article"}""") }));

        urn.ShouldStartWith("urn:li:share:");
        var stored = await StoredAsync(urn);
        stored.Text("text").ShouldBe("Published (at last)");
        stored.Text("content.article.title").ShouldBe("An article");
        (await sandbox.LinkedInAsync(token, "GET", $"/rest/posts/{LinkedInApp.Escape(urn)}")).Status.ShouldBe(403);
        (await sandbox.LinkedInAsync(token, "GET", $"/rest/posts?q=author&author={LinkedInApp.Escape(me)}")).Status.ShouldBe(403);
    }

    [Fact]
    public async Task A_companys_posts_are_listed_newest_first_page_by_page_and_read_in_batches()
    {
        var urns = new List<string>();
        foreach (var text in (string[])["one", "two", "three"])
        {
            urns.Insert(0, await sandbox.LinkedInPostAsync(token, LinkedInApp.Post(page, text)));
            sandbox.Time.Advance(TimeSpan.FromSeconds(1));
        }

        var first = await sandbox.LinkedInOkAsync(token, "GET", $"/rest/posts?q=author&author={LinkedInApp.Escape(page)}&count=2");
        var second = await sandbox.LinkedInOkAsync(token, "GET", first.Text("paging.links.0.href"));

        first.At("elements")!.AsArray().Concat(second.At("elements")!.AsArray()).Select(post => post.Text("id")).Take(3).ShouldBe(urns);
        var batch = await sandbox.LinkedInOkAsync(token, "GET", $"/rest/posts?ids=List({LinkedInApp.Escape(urns[0])},{LinkedInApp.Escape("urn:li:share:1")})");
        batch.At("results")![urns[0]].Text("commentary").ShouldBe("three");
        batch.At("statuses")!["urn:li:share:1"]!.ToString().ShouldBe("404");
    }

    [Fact]
    public async Task A_post_can_be_changed_and_deleted()
    {
        var urn = await sandbox.LinkedInPostAsync(token, LinkedInApp.Post(page, "Before"));
        var path = $"/rest/posts/{LinkedInApp.Escape(urn)}";

        (await sandbox.LinkedInAsync(token, "POST", path, Json("""{"patch":{"$set":{"commentary":"After"}}}"""))).Status.ShouldBe(400);
        (await sandbox.LinkedInAsync(token, "POST", path, Json("""{"patch":{"$set":{"commentary":"After"}}}"""), restLi: "PARTIAL_UPDATE")).Status.ShouldBe(204);
        (await sandbox.LinkedInOkAsync(token, "GET", path)).Text("commentary").ShouldBe("After");
        (await sandbox.LinkedInAsync(token, "POST", path, Json("""{"patch":{"$set":{"author":"urn:li:person:1"}}}"""), restLi: "PARTIAL_UPDATE")).Status.ShouldBe(422);
        (await sandbox.LinkedInAsync(token, "DELETE", path)).Status.ShouldBe(204);
        (await sandbox.LinkedInAsync(token, "GET", path)).Status.ShouldBe(404);
        (await sandbox.LinkedInAsync(token, "DELETE", path)).Status.ShouldBe(204);
    }

    [Fact]
    public async Task The_same_post_twice_is_refused_for_a_day_even_when_the_first_was_deleted()
    {
        var urn = await sandbox.LinkedInPostAsync(token, LinkedInApp.Post(me, "Again"));
        await sandbox.LinkedInOkAsync(token, "DELETE", $"/rest/posts/{LinkedInApp.Escape(urn)}");

        var (status, reply, _) = await sandbox.LinkedInAsync(token, "POST", "/rest/posts", LinkedInApp.Post(me, "Again"));

        status.ShouldBe(422);
        reply.Text("message").ShouldContain($"Content is a duplicate of {urn}");
        reply.Text("errorDetails.inputErrors.0.code").ShouldBe("DUPLICATE_POST");
        sandbox.Time.Advance(TimeSpan.FromHours(25));
        await sandbox.LinkedInPostAsync(token, LinkedInApp.Post(me, "Again"));
    }

    [Theory]
    [InlineData("""{"commentary":null}""", 422, "/commentary :: field is required")]
    [InlineData("""{"author":null}""", 422, "/author :: field is required")]
    [InlineData("""{"visibility":"FRIENDS"}""", 422, "is not an enum symbol")]
    [InlineData("""{"distribution":{}}""", 422, "/distribution/feedDistribution")]
    [InlineData("""{"mood":"good"}""", 422, "/mood :: unrecognized field found")]
    [InlineData("""{"author":"urn:li:person:somebody"}""", 403, "[/author]")]
    [InlineData("""{"content":{"article":{"title":"No address"}}}""", 422, "/content/article/source")]
    [InlineData("""{"content":{"media":{"id":"urn:li:image:none"}}}""", 422, "could not be found")]
    [InlineData("""{"content":{"poll":{"question":"?","options":[{"text":"a"}],"settings":{"duration":"ONE_DAY"}}}}""", 422, "between 2 and 4")]
    public async Task A_wrong_post_is_refused_in_rest_lis_words(string changes, int status, string message)
    {
        var post = LinkedInApp.Post(me, "Words");
        foreach (var (name, value) in Json(changes).AsObject())
        {
            post.Remove(name);
            if (value is not null)
                post[name] = value.DeepClone();
        }

        var answer = await sandbox.LinkedInAsync(token, "POST", "/rest/posts", post);

        answer.Status.ShouldBe(status);
        answer.Reply.Text("message").ShouldContain(message);
    }

    [Fact]
    public async Task Only_an_administrator_posts_as_a_company_and_only_with_that_scope()
    {
        var lena = await sandbox.ConnectLinkedInAsync(account: "Lena");
        (await sandbox.LinkedInAsync(lena, "POST", "/rest/posts", LinkedInApp.Post(page, "Not mine"))).Status.ShouldBe(403);
        await sandbox.RegisterAsync("linkedin", "client-2");
        var less = await sandbox.ConnectLinkedInAsync("openid profile w_member_social", "client-2");

        var refused = await sandbox.LinkedInAsync(less, "POST", "/rest/posts", LinkedInApp.Post(page, "No scope"));

        refused.Reply.Text("code").ShouldBe("ACCESS_DENIED");
        refused.Reply.Text("message").ShouldContain("posts.CREATE.20260601");
    }

    [Fact]
    public async Task The_older_door_writes_the_same_posts_and_keeps_brackets()
    {
        var (status, reply, id) = await sandbox.LinkedInAsync(token, "POST", "/v2/ugcPosts", Json($$$"""
            {"author":"{{{page}}}","lifecycleState":"PUBLISHED","visibility":{"com.linkedin.ugc.MemberNetworkVisibility":"PUBLIC"},
             "specificContent":{"com.linkedin.ugc.ShareContent":{"shareCommentary":{"text":"Old (but fine) #tag"},"shareMediaCategory":"ARTICLE","media":[{"status":"READY","originalUrl":"https://northwind.example/b","title":{"text":"B"} }]} } }
            """), version: null);

        status.ShouldBe(201);
        reply.Text("id").ShouldBe(id);
        (await StoredAsync(id)).Text("text").ShouldBe("Old (but fine) #tag");
        (await sandbox.LinkedInOkAsync(token, "GET", $"/rest/posts/{LinkedInApp.Escape(id)}")).Text("content.article.source").ShouldBe("https://northwind.example/b");
        (await sandbox.LinkedInOkAsync(token, "GET", $"/v2/ugcPosts?q=authors&authors=List({LinkedInApp.Escape(page)})")).Text("elements.0.id").ShouldBe(id);
    }

    [Fact]
    public async Task An_unescaped_bracket_ends_what_readers_see()
    {
        var urn = await sandbox.LinkedInPostAsync(token, LinkedInApp.Post(page, "Seen (not seen) {hashtag|\\#|never}"));

        (await StoredAsync(urn)).Text("text").ShouldBe("Seen ");
        (await sandbox.Http.GetStringAsync(new Uri("/world/linkedin", UriKind.Relative))).ShouldContain("LinkedIn cut this text");
    }

    [Fact]
    public async Task An_image_is_announced_sent_without_a_token_and_posted_by_its_owner()
    {
        var begun = await sandbox.LinkedInOkAsync(token, "POST", "/rest/images?action=initializeUpload", Owner(me));
        var image = begun.Text("value.image");
        var media = new JsonObject { ["media"] = new JsonObject { ["id"] = image } };
        (await sandbox.LinkedInAsync(token, "POST", "/rest/posts", LinkedInApp.Post(me, "Too early", (JsonObject)media.DeepClone()))).Reply.Text("message").ShouldContain("WAITING_UPLOAD");

        (await UploadAsync(begun.Text("value.uploadUrl"), "bytes")).StatusCode.ShouldBe(HttpStatusCode.Created);

        (await sandbox.LinkedInOkAsync(token, "GET", $"/rest/images/{LinkedInApp.Escape(image)}")).Text("status").ShouldBe("AVAILABLE");
        (await sandbox.LinkedInAsync(token, "POST", "/rest/posts", LinkedInApp.Post(page, "Not its own", (JsonObject)media.DeepClone()))).Status.ShouldBe(403);
        await sandbox.LinkedInPostAsync(token, LinkedInApp.Post(me, "A picture", media));
        (await UploadAsync("https://www.linkedin.com/dms-uploads/sbx-up-none/uploaded-image/0", "x")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_video_comes_in_parts_and_is_finished_with_their_tags()
    {
        var request = Owner(me);
        request["initializeUploadRequest"]!["fileSizeBytes"] = 5_000_000;
        var begun = await sandbox.LinkedInOkAsync(token, "POST", "/rest/videos?action=initializeUpload", request);
        var tags = new JsonArray();
        foreach (var part in begun.At("value.uploadInstructions")!.AsArray())
        {
            using var sent = await UploadAsync(part.Text("uploadUrl"), "part");
            tags.Add(sent.Headers.ETag?.Tag ?? sent.Headers.GetValues("ETag").Single());
        }

        tags.Count.ShouldBe(2);
        var finish = new JsonObject { ["finalizeUploadRequest"] = new JsonObject { ["video"] = begun.Text("value.video"), ["uploadToken"] = "", ["uploadedPartIds"] = new JsonArray("wrong") } };
        (await sandbox.LinkedInAsync(token, "POST", "/rest/videos?action=finalizeUpload", finish)).Status.ShouldBe(422);
        finish["finalizeUploadRequest"]!["uploadedPartIds"] = tags;
        await sandbox.LinkedInOkAsync(token, "POST", "/rest/videos?action=finalizeUpload", finish);
        (await sandbox.LinkedInPostAsync(token, LinkedInApp.Post(me, "A film", new JsonObject { ["media"] = new JsonObject { ["id"] = begun.Text("value.video") } }))).ShouldStartWith("urn:li:ugcPost:");
    }

    [Fact]
    public async Task The_older_upload_registers_an_asset()
    {
        var begun = await sandbox.LinkedInOkAsync(token, "POST", "/v2/assets?action=registerUpload", Json($$$"""{"registerUploadRequest":{"recipes":["urn:li:digitalmediaRecipe:feedshare-image"],"owner":"{{{me}}}"} }"""));
        await UploadAsync(begun.At("value.uploadMechanism")!.AsObject().First().Value.Text("uploadUrl"), "bytes");

        var (status, _, _) = await sandbox.LinkedInAsync(token, "POST", "/v2/ugcPosts", Json($$$"""
            {"author":"{{{me}}}","lifecycleState":"PUBLISHED","visibility":{"com.linkedin.ugc.MemberNetworkVisibility":"PUBLIC"},
             "specificContent":{"com.linkedin.ugc.ShareContent":{"shareCommentary":{"text":"Old picture"},"shareMediaCategory":"IMAGE","media":[{"status":"READY","media":"{{{begun.Text("value.asset")}}}"}]} } }
            """), version: null);

        status.ShouldBe(201);
    }

    [Fact]
    public async Task Comments_and_reactions_are_counted_where_they_were_made()
    {
        var urn = await sandbox.LinkedInPostAsync(token, LinkedInApp.Post(page, "Talk to me"));
        var path = LinkedInApp.Escape(urn);

        var comment = await sandbox.LinkedInOkAsync(token, "POST", $"/rest/socialActions/{path}/comments", Json($$$"""{"actor":"{{{me}}}","object":"{{{urn}}}","message":{"text":"Well said"} }"""));
        await sandbox.LinkedInOkAsync(token, "POST", $"/rest/reactions?actor={LinkedInApp.Escape(me)}", Json($$$"""{"root":"{{{urn}}}","reactionType":"PRAISE"}"""));
        await sandbox.LinkedInOkAsync(token, "POST", $"/v2/socialActions/{path}/likes", Json($$$"""{"actor":"{{{page}}}","object":"{{{urn}}}"}"""));

        var summary = await sandbox.LinkedInOkAsync(token, "GET", $"/v2/socialActions/{path}");
        summary.Text("likesSummary.totalLikes").ShouldBe("2");
        summary.Text("commentsSummary.totalFirstLevelComments").ShouldBe("1");
        (await sandbox.LinkedInOkAsync(token, "GET", $"/rest/socialMetadata/{path}")).Text("reactionSummaries.PRAISE.count").ShouldBe("1");
        (await sandbox.LinkedInOkAsync(token, "GET", $"/rest/reactions/(entity:{path})?q=entity")).At("elements")!.AsArray().Count.ShouldBe(2);
        await sandbox.LinkedInOkAsync(token, "DELETE", $"/rest/reactions/(actor:{LinkedInApp.Escape(me)},entity:{path})");
        await sandbox.LinkedInOkAsync(token, "DELETE", $"/rest/socialActions/{path}/comments/{comment.Text("id")}?actor={LinkedInApp.Escape(me)}");
        (await sandbox.LinkedInOkAsync(token, "GET", $"/rest/socialMetadata/{path}")).Text("commentSummary.count").ShouldBe("0");
        var figures = await sandbox.LinkedInOkAsync(token, "GET", $"/rest/organizationalEntityShareStatistics?q=organizationalEntity&organizationalEntity={LinkedInApp.Escape(page)}");
        int.Parse(figures.Text("elements.0.totalShareStatistics.likeCount"), System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThanOrEqualTo(1);
    }

    [Theory]
    [InlineData(null, 400, "VERSION_MISSING")]
    [InlineData("202301", 426, "NONEXISTENT_VERSION")]
    [InlineData("209901", 426, "NONEXISTENT_VERSION")]
    [InlineData("soon", 426, "NONEXISTENT_VERSION")]
    public async Task A_call_under_rest_needs_a_living_version(string? version, int status, string code)
    {
        var answer = await sandbox.LinkedInAsync(token, "GET", "/rest/me", version: version);
        answer.Status.ShouldBe(status);
        answer.Reply.Text("code").ShouldBe(code);
    }

    [Fact]
    public async Task Wrong_tokens_and_paths_are_refused_in_linkedins_shape()
    {
        (await sandbox.LinkedInAsync("sbx-none", "GET", "/v2/userinfo")).Reply.Text("serviceErrorCode").ShouldBe("65600");
        using var none = await sandbox.Http.GetAsync(new Uri("/api.linkedin.com/v2/userinfo", UriKind.Relative));
        (await none.JsonAsync()).Text("serviceErrorCode").ShouldBe("65604");
        (await sandbox.LinkedInAsync(token, "GET", "/rest/nothing")).Reply.Text("code").ShouldBe("RESOURCE_NOT_FOUND");
        await sandbox.ControlAsync("faults", Json("""{"vendor":"linkedin","kind":"status","status":429,"retryAfter":5}"""));
        var limited = await sandbox.LinkedInAsync(token, "GET", "/v2/userinfo");
        limited.Status.ShouldBe(429);
        limited.Reply.Text("code").ShouldBe("TOO_MANY_REQUESTS");
    }

    private async Task<JsonNode> StoredAsync(string urn) => (await sandbox.ControlAsync("linkedin/posts")).AsArray().Single(post => post.Text("urn") == urn)!;

    private Task<HttpResponseMessage> UploadAsync(string address, string bytes) => sandbox.Http.PutAsync(new Uri("/" + address["https://".Length..], UriKind.Relative), new ByteArrayContent(Encoding.UTF8.GetBytes(bytes)) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } });

    private static JsonObject Owner(string urn) => new() { ["initializeUploadRequest"] = new JsonObject { ["owner"] = urn } };

    private static JsonNode Json(string text) => JsonNode.Parse(text)!;
}
