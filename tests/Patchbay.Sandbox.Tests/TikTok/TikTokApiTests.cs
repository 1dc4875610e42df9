using System.Net;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.HubSpot;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.TikTok;

public sealed class TikTokApiTests
{
    private const string Init = "post/publish/video/init/";

    [Fact]
    public async Task A_profile_tells_the_fields_asked_for_each_by_its_scope()
    {
        await using var sandbox = await Playground.WithClientAsync("tiktok");
        var token = await sandbox.ConnectTikTokAsync();

        var user = (await sandbox.TikTokAsync(token, "GET", "user/info/?fields=username,is_verified,follower_count,likes_count")).At("data.user")!.AsObject();
        user.Select(field => field.Key).ShouldBe(["username", "is_verified", "follower_count", "likes_count"]);
        (await sandbox.TikTokAsync(token, "GET", "user/info", status: 400)).Text("error.code").ShouldBe("invalid_params");
        (await sandbox.TikTokAsync(token, "GET", "user/info/?fields=shoe_size", status: 400)).Text("error.message").ShouldContain("shoe_size");
        (await sandbox.TikTokAsync("", "GET", "user/info/?fields=open_id", status: 401)).Text("error.code").ShouldBe("access_token_invalid");

        var basic = await sandbox.ConnectTikTokAsync("user.info.basic");
        (await sandbox.TikTokAsync(basic, "GET", "user/info/?fields=open_id,avatar_url,display_name")).Text("error.code").ShouldBe("ok");
        (await sandbox.TikTokAsync(basic, "GET", "user/info/?fields=open_id,username,video_count", status: 401)).Text("error.message").ShouldContain("username, video_count");
        (await sandbox.TikTokAsync(basic, "POST", "video/list/?fields=id", new JsonObject(), 401)).Text("error.code").ShouldBe("scope_not_authorized");
    }

    [Fact]
    public async Task Videos_come_newest_first_by_pages_and_can_be_looked_up()
    {
        await using var sandbox = await Playground.WithClientAsync("tiktok");
        var token = await sandbox.ConnectTikTokAsync();
        for (var index = 0; index < 3; index++)
        {
            await PostVideoAsync(sandbox, token, $"Clip {index}");
            sandbox.Time.Advance(TimeSpan.FromSeconds(1));
        }

        var first = await sandbox.TikTokAsync(token, "POST", "video/list/?fields=id,title,create_time,view_count", new JsonObject { ["max_count"] = 2 });
        first.At("data.videos")!.AsArray().Select(video => video.Text("title")).ShouldBe(["Clip 2", "Clip 1"]);
        first.Text("data.has_more").ShouldBe("true");
        var next = await sandbox.TikTokAsync(token, "POST", "video/list/?fields=title", new JsonObject { ["max_count"] = 1, ["cursor"] = first.At("data.cursor")!.DeepClone() });
        next.Text("data.videos.0.title").ShouldBe("Clip 0");
        var found = await sandbox.TikTokAsync(token, "POST", "video/query/?fields=id,title", new JsonObject { ["filters"] = new JsonObject { ["video_ids"] = new JsonArray(first.Text("data.videos.1.id"), "1") } });
        found.At("data.videos")!.AsArray().Select(video => video.Text("title")).ShouldBe(["Clip 1"]);

        await sandbox.TikTokAsync(token, "POST", "video/list/?fields=id", new JsonObject { ["max_count"] = 21 }, 400);
        await sandbox.TikTokAsync(token, "POST", "video/list/?fields=id", new JsonObject { ["cursor"] = "x" }, 400);
        await sandbox.TikTokAsync(token, "POST", "video/list/", new JsonObject(), 400);
        await sandbox.TikTokAsync(token, "POST", "video/query/?fields=id", new JsonObject(), 400);
    }

    [Fact]
    public async Task A_direct_post_goes_up_in_chunks_and_appears_on_the_profile()
    {
        await using var sandbox = await Playground.WithClientAsync("tiktok");
        var token = await sandbox.ConnectTikTokAsync();
        (await sandbox.TikTokAsync(token, "POST", "post/publish/creator_info/query/", new JsonObject())).At("data.privacy_level_options")!.AsArray().Select(option => option!.ToString()).ShouldContain("PUBLIC_TO_EVERYONE");
        const int chunk = 5 * 1024 * 1024, size = (2 * chunk) + 7;

        var begun = await sandbox.TikTokAsync(token, "POST", Init, Post("Two chunks", size, chunk, 2));
        var (id, address) = (begun.Text("data.publish_id"), begun.Text("data.upload_url"));
        address.ShouldStartWith("https://open-upload.tiktokapis.com/video/?upload_id=");
        (await StatusAsync(sandbox, token, id)).Text("status").ShouldBe("PROCESSING_UPLOAD");
        (await sandbox.UploadAsync(address, new byte[chunk], $"bytes {chunk}-{(2 * chunk) - 1}/{size}")).ShouldBe(416);
        (await sandbox.UploadAsync(address, new byte[chunk], $"bytes 0-{chunk - 1}/{size}")).ShouldBe(206);
        (await StatusAsync(sandbox, token, id)).Text("uploaded_bytes").ShouldBe(chunk.ToString(System.Globalization.CultureInfo.InvariantCulture));
        (await sandbox.UploadAsync(address, new byte[10], $"bytes {chunk}-{size - 1}/{size}")).ShouldBe(400);
        (await sandbox.UploadAsync(address, new byte[chunk + 7], $"bytes {chunk}-{size - 1}/{size}")).ShouldBe(201);
        (await sandbox.UploadAsync(address, new byte[chunk], $"bytes 0-{chunk - 1}/{size}")).ShouldBe(403);

        var done = await StatusAsync(sandbox, token, id);
        done.Text("status").ShouldBe("PUBLISH_COMPLETE");
        var listed = await sandbox.TikTokAsync(token, "POST", "video/list/?fields=id,title", new JsonObject { ["max_count"] = 1 });
        listed.Text("data.videos.0.id").ShouldBe(done.Text("publicaly_available_post_id.0"));
        (await sandbox.Http.GetStringAsync(new Uri("/world/tiktok", UriKind.Relative))).ShouldContain("Two chunks");
    }

    [Fact]
    public async Task A_private_post_is_complete_but_nobody_is_told_its_id()
    {
        await using var sandbox = await Playground.WithClientAsync("tiktok");
        var token = await sandbox.ConnectTikTokAsync();
        var id = await PostVideoAsync(sandbox, token, "For me", "SELF_ONLY");
        var status = await StatusAsync(sandbox, token, id);
        status.Text("status").ShouldBe("PUBLISH_COMPLETE");
        status.At("publicaly_available_post_id")!.AsArray().ShouldBeEmpty();
        (await sandbox.TikTokAsync(token, "POST", "video/list/?fields=title", new JsonObject())).At("data.videos")!.AsArray().Select(video => video.Text("title")).ShouldNotContain("For me");
    }

    [Fact]
    public async Task What_is_handed_in_waits_until_the_creator_posts_it()
    {
        await using var sandbox = await Playground.WithClientAsync("tiktok");
        var token = await sandbox.ConnectTikTokAsync(account: "northwind");
        var body = Post("", 4, 4, 1);
        body.Remove("post_info");
        var begun = await sandbox.TikTokAsync(token, "POST", "post/publish/inbox/video/init/", body);
        (await sandbox.UploadAsync(begun.Text("data.upload_url"), [1, 2, 3, 4], "bytes 0-3/4")).ShouldBe(201);
        (await StatusAsync(sandbox, token, begun.Text("data.publish_id"))).Text("status").ShouldBe("SEND_TO_USER_INBOX");

        var guard = await sandbox.GuardAsync("/world/tiktok?account=northwind.crates");
        using var posted = await sandbox.Http.PostAsync(new Uri("/world/tiktok/finish", UriKind.Relative), new FormUrlEncodedContent(new Dictionary<string, string> { ["guard"] = guard, ["account"] = "northwind.crates", ["publish"] = begun.Text("data.publish_id") }));
        posted.StatusCode.ShouldBe(HttpStatusCode.Found);
        var after = await StatusAsync(sandbox, token, begun.Text("data.publish_id"));
        after.Text("status").ShouldBe("PUBLISH_COMPLETE");
        after.At("publicaly_available_post_id")!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Posting_refuses_what_tiktok_refuses()
    {
        await using var sandbox = await Playground.WithClientAsync("tiktok");
        var token = await sandbox.ConnectTikTokAsync();
        (await sandbox.TikTokAsync(token, "POST", Init, Post("x", 4, 4, 1, "FOLLOWER_OF_CREATOR"), 403)).Text("error.code").ShouldBe("privacy_level_option_mismatch");
        foreach (var (size, chunk, count) in new[] { (4, 2, 2), (4, 4, 2), (0, 4, 1), (20_000_000, 4_000_000, 5), (200_000_000, 100_000_000, 2) })
            (await sandbox.TikTokAsync(token, "POST", Init, Post("x", size, chunk, count), 400)).Text("error.code").ShouldBe("invalid_param");
        (await sandbox.TikTokAsync(token, "POST", Init, HubSpotClient.Json("""{"post_info":{"privacy_level":"SELF_ONLY"},"source_info":{"source":"PULL_FROM_URL","video_url":"https://cdn.example/v.mp4"}}"""), 403)).Text("error.code").ShouldBe("url_ownership_unverified");
        await sandbox.TikTokAsync(token, "POST", Init, new JsonObject(), 400);
        (await sandbox.TikTokAsync(token, "POST", "post/publish/content/init/", HubSpotClient.Json("""{"media_type":"PHOTO","post_mode":"MEDIA_UPLOAD","post_info":{},"source_info":{"source":"PULL_FROM_URL","photo_images":["https://cdn.example/1.jpg"]}}"""), 403)).Text("error.code").ShouldBe("url_ownership_unverified");
        (await sandbox.TikTokAsync(token, "POST", "post/publish/status/fetch/", new JsonObject { ["publish_id"] = "nothing" }, 400)).Text("error.code").ShouldBe("invalid_publish_id");

        var begun = await sandbox.TikTokAsync(token, "POST", Init, Post("late", 4, 4, 1));
        var other = await sandbox.ConnectTikTokAsync(account: "mara");
        await sandbox.TikTokAsync(other, "POST", "post/publish/status/fetch/", new JsonObject { ["publish_id"] = begun.Text("data.publish_id") }, 403);
        await sandbox.TikTokAsync(token, "POST", "post/publish/cancel/", new JsonObject { ["publish_id"] = begun.Text("data.publish_id") });
        (await sandbox.UploadAsync(begun.Text("data.upload_url"), [1, 2, 3, 4], "bytes 0-3/4")).ShouldBe(403);
        var slow = await sandbox.TikTokAsync(token, "POST", Init, Post("late", 4, 4, 1));
        sandbox.Time.Advance(TimeSpan.FromHours(1));
        (await sandbox.UploadAsync(slow.Text("data.upload_url"), [1, 2, 3, 4], "bytes 0-3/4")).ShouldBe(403);
        (await sandbox.UploadAsync("https://open-upload.tiktokapis.com/video/?upload_token=sbx-none", [1], "bytes 0-0/1")).ShouldBe(404);
    }

    [Fact]
    public async Task What_a_person_does_on_the_page_is_counted()
    {
        await using var sandbox = await Playground.WithClientAsync("tiktok");
        var token = await sandbox.ConnectTikTokAsync(account: "northwind");
        var guard = await sandbox.GuardAsync("/world/tiktok");
        var before = await StatsAsync();

        await ActAsync("post", ("title", "By <hand>"));
        await ActAsync("follow");
        await ActAsync("bio", ("bio", "New words"));
        var video = (await sandbox.TikTokAsync(token, "POST", "video/list/?fields=id", new JsonObject { ["max_count"] = 1 })).Text("data.videos.0.id");
        await ActAsync("watch", ("video", video), ("what", "like"));

        var after = await StatsAsync();
        ((int)after["follower_count"]! - (int)before["follower_count"]!, (int)after["video_count"]! - (int)before["video_count"]!, (int)after["likes_count"]! - (int)before["likes_count"]!).ShouldBe((1, 1, 1));
        after["bio_description"]!.ToString().ShouldBe("New words");
        (await sandbox.Http.GetStringAsync(new Uri("/world/tiktok?account=northwind.crates", UriKind.Relative))).ShouldContain("By &lt;hand&gt;");

        async Task<JsonObject> StatsAsync() => (await sandbox.TikTokAsync(token, "GET", "user/info/?fields=follower_count,video_count,likes_count,bio_description")).At("data.user")!.AsObject();

        async Task ActAsync(string action, params (string Name, string Value)[] fields)
        {
            using var response = await sandbox.Http.PostAsync(new Uri("/world/tiktok/" + action, UriKind.Relative), new FormUrlEncodedContent(fields.Concat([("guard", guard), ("account", "northwind.crates")]).Select(field => KeyValuePair.Create(field.Item1, field.Item2))));
            response.StatusCode.ShouldBe(HttpStatusCode.Found);
        }
    }

    [Fact]
    public async Task Failures_and_unknown_paths_are_tiktoks_own()
    {
        await using var sandbox = await Playground.WithClientAsync("tiktok");
        var token = await sandbox.ConnectTikTokAsync();
        await sandbox.ControlAsync("faults", new JsonObject { ["vendor"] = "tiktok", ["kind"] = "status", ["status"] = 429, ["retryAfter"] = 2 });
        (await sandbox.TikTokAsync(token, "GET", "user/info/?fields=open_id", status: 429)).Text("error.code").ShouldBe("rate_limit_exceeded");
        using var unknown = await sandbox.Http.GetAsync(new Uri("/open.tiktokapis.com/v2/nothing/here", UriKind.Relative));
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await unknown.Content.ReadAsStringAsync()).ShouldStartWith("Unsupported path");
    }

    private static async Task<string> PostVideoAsync(Playground sandbox, string token, string title, string privacy = "PUBLIC_TO_EVERYONE")
    {
        var begun = await sandbox.TikTokAsync(token, "POST", Init, Post(title, 4, 4, 1, privacy));
        (await sandbox.UploadAsync(begun.Text("data.upload_url"), [1, 2, 3, 4], "bytes 0-3/4")).ShouldBe(201);
        return begun.Text("data.publish_id");
    }

    private static async Task<JsonNode> StatusAsync(Playground sandbox, string token, string id) =>
        (await sandbox.TikTokAsync(token, "POST", "post/publish/status/fetch/", new JsonObject { ["publish_id"] = id })).At("data")!;

    private static JsonObject Post(string title, long size, long chunk, int chunks, string privacy = "PUBLIC_TO_EVERYONE") => new()
    {
        ["post_info"] = new JsonObject { ["title"] = title, ["privacy_level"] = privacy },
        ["source_info"] = new JsonObject { ["source"] = "FILE_UPLOAD", ["video_size"] = size, ["chunk_size"] = chunk, ["total_chunk_count"] = chunks },
    };
}
