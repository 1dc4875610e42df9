using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.TikTok.Methods;

/// <summary>/v2/user/info: each field needs its own scope.</summary>
internal sealed class UserMethods(TikTokWorld world)
{
    private static readonly Dictionary<string, (string Scope, Func<TikTokCall, TikTokWorld, JsonNode> Value)> Fields = new()
    {
        ["open_id"] = (TikTokScopes.Basic, (call, _) => TikTokWorld.OpenId(call.ClientId, call.Account.Id)),
        ["union_id"] = (TikTokScopes.Basic, (call, _) => TikTokWorld.UnionId(call.Account.Id)),
        ["avatar_url"] = (TikTokScopes.Basic, (call, _) => Avatar(call, "168x168")),
        ["avatar_url_100"] = (TikTokScopes.Basic, (call, _) => Avatar(call, "100x100")),
        ["avatar_large_url"] = (TikTokScopes.Basic, (call, _) => Avatar(call, "1080x1080")),
        ["display_name"] = (TikTokScopes.Basic, (call, _) => call.Account.DisplayName),
        ["bio_description"] = (TikTokScopes.Profile, (call, _) => call.Account.Bio),
        ["profile_deep_link"] = (TikTokScopes.Profile, (call, _) => $"https://www.tiktok.com/@{call.Account.Username}"),
        ["is_verified"] = (TikTokScopes.Profile, (call, _) => call.Account.Verified),
        ["username"] = (TikTokScopes.Profile, (call, _) => call.Account.Username),
        ["follower_count"] = (TikTokScopes.Stats, (call, _) => call.Account.Followers),
        ["following_count"] = (TikTokScopes.Stats, (call, _) => call.Account.Following),
        ["likes_count"] = (TikTokScopes.Stats, (call, world) => world.PublicVideos(call.Account.Id).Sum(video => video.Likes)),
        ["video_count"] = (TikTokScopes.Stats, (call, world) => world.PublicVideos(call.Account.Id).Count),
    };

    public IEnumerable<TikTokMethod> Methods => [new("GET", "/v2/user/info", [], Info)];

    private TikTokAnswer Info(TikTokCall call)
    {
        var wanted = call.Fields;
        if (wanted.Count == 0)
            return TikTokAnswer.Invalid("Missing required field: fields");
        var unknown = wanted.Where(name => !Fields.ContainsKey(name)).ToList();
        if (unknown.Count > 0)
            return TikTokAnswer.Invalid("Fields is invalid. Unsupported fields: " + string.Join(", ", unknown));
        var forbidden = wanted.Where(name => !call.Scopes.Contains(Fields[name].Scope)).ToList();
        return forbidden.Count > 0
            ? TikTokAnswer.ScopeMissing(string.Join(", ", forbidden))
            : TikTokAnswer.Ok(new JsonObject { ["user"] = new JsonObject(wanted.Select(name => KeyValuePair.Create(name, (JsonNode?)Fields[name].Value(call, world)))) });
    }

    private static string Avatar(TikTokCall call, string size) => $"https://p16-sign-va.tiktokcdn.com/tos-maliva-avt-0068/{TikTokWorld.UnionId(call.Account.Id)}~{size}.jpeg";
}
