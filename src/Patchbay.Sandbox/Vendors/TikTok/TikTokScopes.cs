using Patchbay.Sandbox.Pages;

namespace Patchbay.Sandbox.Vendors.TikTok;

internal sealed record TikTokScope(string Name, string Sentence, ScopeClass Class);

/// <summary>The scopes this look-alike knows. Anything else stops at the consent page.</summary>
internal static class TikTokScopes
{
    public const string Basic = "user.info.basic";
    public const string Profile = "user.info.profile";
    public const string Stats = "user.info.stats";
    public const string Videos = "video.list";
    public const string Upload = "video.upload";
    public const string Publish = "video.publish";

    private static readonly Dictionary<string, TikTokScope> Known = new TikTokScope[]
    {
        new(Basic, "See your name and picture", ScopeClass.Identity),
        new(Profile, "See your bio, profile link and whether you are verified", ScopeClass.Read),
        new(Stats, "See how many followers, likes and videos you have", ScopeClass.Read),
        new(Videos, "See your public videos and their counts", ScopeClass.Read),
        new(Upload, "Hand in videos that you finish and post yourself", ScopeClass.Write),
        new(Publish, "Post videos to your profile", ScopeClass.Write),
        new("artist.certification.read", "See whether you are certified as an artist", ScopeClass.Read),
        new("artist.certification.update", "Change your certification as an artist", ScopeClass.Write),
    }.ToDictionary(scope => scope.Name);

    public static TikTokScope? Find(string name) => Known.GetValueOrDefault(name);

    public static IReadOnlyList<string> Split(string? list) =>
        [.. (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];
}
