using Patchbay.Sandbox.Pages;

namespace Patchbay.Sandbox.Vendors.Salesforce;

/// <param name="Name">As in the authorize address.</param>
/// <param name="Sentence">What it allows, as the consent page says it.</param>
/// <param name="Class">Reads, writes, broad or identity.</param>
internal sealed record SalesforceScope(string Name, string Sentence, ScopeClass Class);

/// <summary>Salesforce's scopes, and which include which.</summary>
internal static class SalesforceScopes
{
    public const string Api = "api", Chatter = "chatter_api", Refresh = "refresh_token", Offline = "offline_access", Full = "full", OpenId = "openid";

    /// <summary>Any of them opens the identity addresses.</summary>
    public static readonly IReadOnlyList<string> Identity = ["id", "profile", "email", "address", "phone", OpenId, Full];

    private static readonly Dictionary<string, SalesforceScope> Known = new SalesforceScope[]
    {
        new(Api, "Read and change data through the APIs, with your own access", ScopeClass.Broad),
        new(Chatter, "Read and post in Chatter", ScopeClass.Write),
        new(Refresh, "Stay connected while you are away", ScopeClass.Broad),
        new(Offline, "Stay connected while you are away", ScopeClass.Broad),
        new(Full, "Do everything you can do", ScopeClass.Broad),
        new("web", "Use your session in a browser", ScopeClass.Broad),
        new("visualforce", "Open Visualforce pages as you", ScopeClass.Broad),
        new("id", "Know who you are", ScopeClass.Identity),
        new(OpenId, "Sign you in", ScopeClass.Identity),
        new("profile", "See your profile", ScopeClass.Identity),
        new("email", "See your e-mail address", ScopeClass.Identity),
        new("address", "See your postal address", ScopeClass.Identity),
        new("phone", "See your phone number", ScopeClass.Identity),
        new("custom_permissions", "See which permissions of the app you have", ScopeClass.Read),
        new("wave_api", "Read and change analytics data", ScopeClass.Write),
        new("content", "Read and change content", ScopeClass.Write),
        new("cdp_api", "Use every part of Data Cloud", ScopeClass.Broad),
        new("cdp_profile_api", "Query profiles in Data Cloud", ScopeClass.Read),
        new("cdp_query_api", "Query Data Cloud", ScopeClass.Read),
        new("cdp_segment_api", "Read and change segments in Data Cloud", ScopeClass.Write),
        new("cdp_ingest_api", "Push data into Data Cloud", ScopeClass.Write),
        new("interaction_api", "Use engagement interactions", ScopeClass.Write),
        new("pardot_api", "Use Account Engagement", ScopeClass.Write),
    }.ToDictionary(scope => scope.Name);

    public static SalesforceScope? Find(string name) => Known.GetValueOrDefault(name);

    public static IReadOnlyList<string> Split(string? list) =>
        [.. (list ?? "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];

    /// <summary>Whether the granted scopes hold one: <c>full</c> holds all but the refresh token, <c>api</c> holds Chatter.</summary>
    public static bool Holds(IEnumerable<string> granted, string scope) => granted.Any(have => have == scope
        || have == Full && scope is not (Refresh or Offline)
        || have == Api && scope == Chatter
        || have == "web" && scope == "visualforce");
}
