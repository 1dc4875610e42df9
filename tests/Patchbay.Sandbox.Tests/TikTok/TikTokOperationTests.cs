using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.HubSpot;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.TikTok;

/// <summary>Every operation of the catalog: it works with exactly its least scopes, and not without one of them.</summary>
public sealed class TikTokOperationTests
{
    private const string Upload = """{"post_info":{"title":"x","privacy_level":"SELF_ONLY"},"source_info":{"source":"FILE_UPLOAD","video_size":4,"chunk_size":4,"total_chunk_count":1}}""";

    private static readonly Dictionary<string, (string Verb, string Path, string? Body)> Examples = new()
    {
        ["tiktok.get_basic_info"] = ("GET", "user/info/?fields=open_id,avatar_url,display_name", null),
        ["tiktok.get_profile"] = ("GET", "user/info/?fields=bio_description,is_verified,profile_deep_link,username", null),
        ["tiktok.get_stats"] = ("GET", "user/info/?fields=follower_count,following_count,likes_count,video_count", null),
        ["tiktok.list_videos"] = ("POST", "video/list/?fields=id,title,view_count", """{"max_count":5}"""),
        ["tiktok.get_creator_info"] = ("POST", "post/publish/creator_info/query/", "{}"),
        ["tiktok.publish_video"] = ("POST", "post/publish/video/init/", Upload),
        ["tiktok.upload_video"] = ("POST", "post/publish/inbox/video/init/", Upload),
        ["tiktok.get_post_status"] = ("POST", "post/publish/status/fetch/", """{"publish_id":"{id}"}"""),
    };

    public static TheoryData<string> Operations => OperationTable.Ids("tiktok");

    [Fact]
    public void Every_operation_has_an_example_call() => Examples.Keys.ShouldCover("tiktok");

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task An_operation_works_with_its_least_scopes_and_not_without_one(string id)
    {
        var (operation, example) = (OperationTable.Operation(id), Examples[id]);
        await using var sandbox = await Playground.WithClientAsync("tiktok");
        (example.Verb, "open.tiktokapis.com/v2/" + example.Path).ShouldBeCallOf(id);
        var begun = await sandbox.TikTokAsync(await sandbox.ConnectTikTokAsync(account: "northwind"), "POST", "post/publish/video/init/", HubSpotClient.Json(Upload));
        var body = example.Body is null ? null : JsonNode.Parse(example.Body.Replace("{id}", begun.Text("data.publish_id"), StringComparison.Ordinal));

        foreach (var missing in operation.Scopes)
        {
            string[] rest = [.. operation.Scopes.Where(scope => scope != missing), "artist.certification.read"];
            var refused = await sandbox.TikTokAsync(await sandbox.ConnectTikTokAsync(string.Join(',', rest), "northwind"), example.Verb, example.Path, body, 401);
            refused.Text("error.code").ShouldBe("scope_not_authorized");
        }

        (await sandbox.TikTokAsync(await sandbox.ConnectTikTokAsync(string.Join(',', operation.Scopes), "northwind"), example.Verb, example.Path, body)).Text("error.code").ShouldBe("ok");
    }

    [Fact]
    public void The_query_says_which_operation_a_call_of_the_profile_is()
    {
        foreach (var operation in OperationTable.Of("tiktok").Where(operation => operation.QueryWords.Count > 0))
            operation.QueryWords.ShouldAllBe(word => OperationTable.Of("tiktok").All(other => other.Id == operation.Id || !other.QueryWords.Any(theirs => theirs.Contains(word, StringComparison.Ordinal))));
    }
}
