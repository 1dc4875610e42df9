using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.TikTok.Methods;

/// <summary>/v2/video: the public videos of the account.</summary>
internal sealed class VideoMethods(TikTokWorld world, TimeProvider time)
{
    private const int Most = 20;
    private static readonly string[] Scope = [TikTokScopes.Videos];

    public IEnumerable<TikTokMethod> Methods => [new("POST", "/v2/video/list", Scope, List), new("POST", "/v2/video/query", Scope, Query)];

    /// <summary>Newest first; the cursor is a moment, and what is older follows.</summary>
    private TikTokAnswer List(TikTokCall call)
    {
        if (Refusal(call) is { } refusal)
            return refusal;
        if (Number(call.Body["max_count"], 10) is not { } count || count is < 1 or > Most)
            return TikTokAnswer.Invalid($"max_count must be from 1 to {Most}");
        if (Number(call.Body["cursor"], 0) is not { } cursor || cursor < 0)
            return TikTokAnswer.Invalid("cursor must be a Unix time in milliseconds");
        var rest = world.PublicVideos(call.Account.Id).Where(video => cursor == 0 || video.CreatedAt < cursor).ToList();
        var page = rest.Take((int)count).ToList();
        return TikTokAnswer.Ok(new JsonObject
        {
            ["videos"] = new JsonArray([.. page.Select(video => (JsonNode)Shape(call, video))]),
            ["cursor"] = page.Count > 0 ? page[^1].CreatedAt : cursor,
            ["has_more"] = rest.Count > page.Count,
        });
    }

    /// <summary>Those of the named ones that are this account's and public; others are left out.</summary>
    private TikTokAnswer Query(TikTokCall call)
    {
        if (Refusal(call) is { } refusal)
            return refusal;
        var ids = (call.Body["filters"] as JsonObject).Texts("video_ids");
        if (ids.Count is 0 or > Most)
            return TikTokAnswer.Invalid($"filters.video_ids must hold from 1 to {Most} ids");
        var found = ids.Distinct().Select(world.Video).OfType<TikTokVideo>().Where(video => video.Account == call.Account.Id && video.Privacy == TikTokPrivacy.Everyone);
        return TikTokAnswer.Ok(new JsonObject { ["videos"] = new JsonArray([.. found.Select(video => (JsonNode)Shape(call, video))]) });
    }

    private static TikTokAnswer? Refusal(TikTokCall call)
    {
        if (call.Fields.Count == 0)
            return TikTokAnswer.Invalid("Missing required field: fields");
        var unknown = call.Fields.Where(name => !Fields.ContainsKey(name)).ToList();
        return unknown.Count == 0 ? null : TikTokAnswer.Invalid("Fields is invalid. Unsupported fields: " + string.Join(", ", unknown));
    }

    private JsonObject Shape(TikTokCall call, TikTokVideo video) => new(call.Fields.Select(name => KeyValuePair.Create(name, (JsonNode?)Fields[name](call.Account, video, time))));

    private static readonly Dictionary<string, Func<TikTokAccount, TikTokVideo, TimeProvider, JsonNode>> Fields = new()
    {
        ["id"] = (_, video, _) => video.Id,
        ["create_time"] = (_, video, _) => video.CreatedAt / 1000,
        // Signed and good for six hours, like the vendor's: whoever shows it later must ask again.
        ["cover_image_url"] = (_, video, time) => $"https://p16-sign-va.tiktokcdn.com/obj/tos-maliva-p-0068/{video.Id}?x-expires={time.GetUtcNow().AddHours(6).ToUnixTimeSeconds()}&x-signature=sbx",
        ["share_url"] = (account, video, _) => $"https://www.tiktok.com/@{account.Username}/video/{video.Id}?utm_campaign=tt4d_open_api&utm_source=sandbox",
        ["video_description"] = (_, video, _) => video.Description,
        ["duration"] = (_, video, _) => video.Duration,
        ["height"] = (_, video, _) => video.Height,
        ["width"] = (_, video, _) => video.Width,
        ["title"] = (_, video, _) => video.Title,
        ["embed_html"] = (account, video, _) => $"<blockquote class=\"tiktok-embed\" cite=\"https://www.tiktok.com/@{account.Username}/video/{video.Id}\" data-video-id=\"{video.Id}\"><section></section></blockquote>",
        ["embed_link"] = (_, video, _) => $"https://www.tiktok.com/player/v1/{video.Id}?utm_campaign=tt4d_open_api&utm_source=sandbox",
        ["like_count"] = (_, video, _) => video.Likes,
        ["comment_count"] = (_, video, _) => video.Comments,
        ["share_count"] = (_, video, _) => video.Shares,
        ["view_count"] = (_, video, _) => video.Views,
    };

    /// <summary>A whole number; null for anything else.</summary>
    private static long? Number(JsonNode? node, long usual) =>
        node is null ? usual : node.GetValueKind() == JsonValueKind.Number && long.TryParse(node.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
