using Patchbay.Sandbox.Pages;

namespace Patchbay.Sandbox.Vendors.LinkedIn;

/// <summary>LinkedIn's scopes. Which of them an app may ask for depends on the products it was approved for.</summary>
internal static class LinkedInScopes
{
    public static readonly IReadOnlyList<(string Name, string Sentence, ScopeClass Class)> All =
    [
        ("openid", "Know that it is you", ScopeClass.Identity),
        ("profile", "See your name and photo", ScopeClass.Identity),
        ("email", "See your primary e-mail address", ScopeClass.Identity),
        ("w_member_social", "Post, comment and react as you", ScopeClass.Write),
        ("r_basicprofile", "See your name, photo, headline and public address", ScopeClass.Identity),
        ("r_profile_basicinfo", "See your name, photo, address and profile link", ScopeClass.Identity),
        ("r_verify", "See which of your details are verified", ScopeClass.Read),
        ("r_1st_connections_size", "See how many connections you have", ScopeClass.Read),
        ("r_organization_social", "Read posts, comments and reactions of your company pages", ScopeClass.Read),
        ("w_organization_social", "Post, comment and react as your company pages", ScopeClass.Write),
        ("r_organization_admin", "See your company pages and their figures", ScopeClass.Read),
        ("rw_organization_admin", "Manage your company pages and see their figures", ScopeClass.Broad),
        ("r_ads", "See your ad accounts", ScopeClass.Read),
        ("rw_ads", "Manage your ad accounts and campaigns", ScopeClass.Broad),
        ("r_ads_reporting", "See how your ads do", ScopeClass.Read),
    ];

    public static IReadOnlyList<string> Split(string? list) => [.. (list ?? "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Distinct()];

    public static bool Known(string name) => All.Any(scope => scope.Name == name);

    /// <summary>The scopes and what they include: the two that manage also read.</summary>
    public static IReadOnlyList<string> WithIncluded(IReadOnlyList<string> scopes) =>
    [
        .. scopes,
        .. scopes.Contains("rw_organization_admin") ? ["r_organization_admin"] : Array.Empty<string>(),
        .. scopes.Contains("rw_ads") ? ["r_ads"] : Array.Empty<string>(),
    ];
}
