using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Vendors.TikTok.Methods;

/// <summary>/v2/post/publish: posting to the profile, and handing in what the creator posts.</summary>
internal sealed class PostMethods(TikTokWorld world, TimeProvider time)
{
    public const string UploadHost = "open-upload.tiktokapis.com";
    public static readonly TimeSpan UploadLife = TimeSpan.FromHours(1);
    private const long Megabyte = 1024 * 1024;
    private static readonly string[] Direct = [TikTokScopes.Publish];
    private static readonly string[] Inbox = [TikTokScopes.Upload];
    private static readonly string[] Either = [TikTokScopes.Publish, TikTokScopes.Upload];

    public IEnumerable<TikTokMethod> Methods =>
    [
        new("POST", "/v2/post/publish/creator_info/query", Direct, CreatorInfo),
        new("POST", "/v2/post/publish/video/init", Direct, call => Video(call, direct: true)),
        new("POST", "/v2/post/publish/inbox/video/init", Inbox, call => Video(call, direct: false)),
        new("POST", "/v2/post/publish/content/init", Either, Content),
        new("POST", "/v2/post/publish/status/fetch", Either, Status),
        new("POST", "/v2/post/publish/cancel", Either, Cancel),
    ];

    private static TikTokAnswer CreatorInfo(TikTokCall call) => TikTokAnswer.Ok(new JsonObject
    {
        ["creator_avatar_url"] = $"https://p16-sign-va.tiktokcdn.com/tos-maliva-avt-0068/{TikTokWorld.UnionId(call.Account.Id)}~168x168.jpeg",
        ["creator_username"] = call.Account.Username,
        ["creator_nickname"] = call.Account.DisplayName,
        ["privacy_level_options"] = Json.Array(TikTokPrivacy.OptionsOf(call.Account)),
        ["comment_disabled"] = false,
        ["duet_disabled"] = call.Account.Private,
        ["stitch_disabled"] = call.Account.Private,
        ["max_video_post_duration_sec"] = 600,
    });

    private TikTokAnswer Video(TikTokCall call, bool direct)
    {
        var (post, source) = (call.Body["post_info"] as JsonObject, call.Body["source_info"] as JsonObject);
        if (direct && PostProblem(call, post) is { } refusal)
            return refusal;
        if (source.Text("source") is "PULL_FROM_URL")
            return Pull(source.Text("video_url"));
        if (source.Text("source") is not "FILE_UPLOAD")
            return TikTokAnswer.InvalidPost("source_info.source must be FILE_UPLOAD or PULL_FROM_URL");
        var (size, chunk, chunks) = (Number(source!["video_size"]), Number(source["chunk_size"]), Number(source["total_chunk_count"]));
        if (ChunkProblem(size, chunk, chunks) is { } wrong)
            return TikTokAnswer.InvalidPost(wrong);

        var secret = Secrets.New("upload-");
        var publish = New(call, direct, "VIDEO", post) with { UploadHash = Secrets.Hash(secret), Size = size!.Value, ChunkSize = chunk!.Value, Chunks = (int)chunks!.Value };
        world.Save(publish);
        return TikTokAnswer.Ok(new JsonObject { ["publish_id"] = publish.Id, ["upload_url"] = $"https://{UploadHost}/video/?upload_id={publish.CreatedAt.ToUnixTimeMilliseconds()}&upload_token={secret}" });
    }

    /// <summary>Photos are always pulled, from an address that belongs to the app.</summary>
    private static TikTokAnswer Content(TikTokCall call)
    {
        var (post, source, mode) = (call.Body["post_info"] as JsonObject, call.Body["source_info"] as JsonObject, call.Body.Text("post_mode"));
        if (mode is not ("DIRECT_POST" or "MEDIA_UPLOAD"))
            return TikTokAnswer.InvalidPost("post_mode must be DIRECT_POST or MEDIA_UPLOAD");
        if (!call.Scopes.Contains(mode == "DIRECT_POST" ? TikTokScopes.Publish : TikTokScopes.Upload))
            return TikTokAnswer.ScopeMissing();
        if (call.Body.Text("media_type") is not "PHOTO" || source.Text("source") is not "PULL_FROM_URL")
            return TikTokAnswer.InvalidPost("media_type must be PHOTO, and source_info.source PULL_FROM_URL");
        if (mode == "DIRECT_POST" && PostProblem(call, post) is { } refusal)
            return refusal;
        var images = source.Texts("photo_images");
        return images.Count is 0 or > 35 ? TikTokAnswer.InvalidPost("source_info.photo_images must hold from 1 to 35 addresses") : Pull(images[0]);
    }

    private TikTokAnswer Status(TikTokCall call)
    {
        if (world.Publish(call.Body.Text("publish_id") ?? "") is not { } publish)
            return TikTokAnswer.Error(StatusCodes.Status400BadRequest, "invalid_publish_id", "The publish_id does not exist");
        if (publish.Account != call.Account.Id)
            return TikTokAnswer.Error(StatusCodes.Status403Forbidden, "token_not_authorized_for_specified_publish_id", "The publish_id belongs to another creator");
        var video = publish.Video is { } id ? world.Video(id) : null;
        var data = new JsonObject
        {
            ["status"] = publish.Status,
            ["fail_reason"] = publish.FailReason,
            // TikTok's own spelling.
            ["publicaly_available_post_id"] = video is { Privacy: TikTokPrivacy.Everyone } ? new JsonArray(long.Parse(video.Id, CultureInfo.InvariantCulture)) : [],
            ["uploaded_bytes"] = publish.Uploaded,
        };
        return TikTokAnswer.Ok(data);
    }

    private TikTokAnswer Cancel(TikTokCall call)
    {
        if (world.Publish(call.Body.Text("publish_id") ?? "") is not { } publish || publish.Account != call.Account.Id)
            return TikTokAnswer.Error(StatusCodes.Status400BadRequest, "invalid_publish_id", "The publish_id does not exist");
        if (publish.Status != "PROCESSING_UPLOAD")
            return TikTokAnswer.Error(StatusCodes.Status403Forbidden, "publish_not_cancellable", "It is too late to cancel this");
        world.Save(publish with { Status = "FAILED", FailReason = "publish_cancelled" });
        return TikTokAnswer.Ok([]);
    }

    private TikTokPublish New(TikTokCall call, bool direct, string media, JsonObject? post) => new()
    {
        Id = $"v_{(direct ? "pub" : "inbox")}_file~v2-1.{Guid.NewGuid():N}",
        Account = call.Account.Id,
        Direct = direct,
        Media = media,
        Status = "PROCESSING_UPLOAD",
        Title = post.Text("title") ?? "",
        Description = post.Text("description") ?? "",
        Privacy = post.Text("privacy_level") ?? TikTokPrivacy.Self,
        CreatedAt = time.GetUtcNow(),
    };

    private static TikTokAnswer? PostProblem(TikTokCall call, JsonObject? post)
    {
        if (post is null)
            return TikTokAnswer.InvalidPost("post_info is missing");
        if (post.Text("privacy_level") is not { } privacy)
            return TikTokAnswer.InvalidPost("post_info.privacy_level is missing");
        if (!TikTokPrivacy.OptionsOf(call.Account).Contains(privacy))
            return TikTokAnswer.Error(StatusCodes.Status403Forbidden, "privacy_level_option_mismatch", "privacy_level is not among the privacy_level_options of the creator");
        return (post.Text("title") ?? "").Length > 2200 ? TikTokAnswer.InvalidPost("post_info.title may have 2200 characters") : null;
    }

    /// <summary>No address is verified as the app's own here, and the sandbox fetches nothing.</summary>
    private static TikTokAnswer Pull(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps
        ? TikTokAnswer.Error(StatusCodes.Status403Forbidden, "url_ownership_unverified", $"The ownership of {uri.Host} is not verified for this app")
        : TikTokAnswer.InvalidPost("The address of the media must begin with https");

    /// <summary>TikTok's rule: chunks of 5 to 64 MB, as many as whole ones fit, the last takes the rest; less than 5 MB goes as one.</summary>
    internal static string? ChunkProblem(long? size, long? chunk, long? chunks)
    {
        if (size is not (> 0 and <= 4096 * Megabyte))
            return "source_info.video_size is missing or beyond 4 GB";
        if (chunk is not > 0 || chunk > size)
            return "source_info.chunk_size is missing or larger than the video";
        if (chunk > 64 * Megabyte || (chunk < 5 * Megabyte && chunk != size))
            return "The chunk size is invalid: from 5 MB to 64 MB, or the whole of a smaller video";
        return chunks == Math.Max(1, size.Value / chunk.Value) ? null : "The total chunk count is invalid: video_size divided by chunk_size, rounded down";
    }

    private static long? Number(JsonNode? node) =>
        node?.GetValueKind() == JsonValueKind.Number && long.TryParse(node.ToJsonString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
