using Patchbay.Sandbox.Pages;

namespace Patchbay.Sandbox.Vendors.Notion;

/// <summary>Notion has no scopes: an app is registered for capabilities, and each of them stands for itself.</summary>
internal static class NotionCapabilities
{
    public const string Read = "read_content";
    public const string Update = "update_content";
    public const string Insert = "insert_content";
    public const string ReadComments = "read_comments";
    public const string Comment = "create_comments";
    public const string ReadUsers = "read_users";

    public static readonly IReadOnlyList<(string Name, string Sentence, ScopeClass Class)> All =
    [
        (Read, "Read the pages and databases you pick", ScopeClass.Read),
        (Update, "Change what stands in them", ScopeClass.Write),
        (Insert, "Add pages, rows and text to them", ScopeClass.Write),
        (ReadComments, "Read the comments on them", ScopeClass.Read),
        (Comment, "Comment on them", ScopeClass.Write),
        (ReadUsers, "See who is in the workspace, with e-mail addresses", ScopeClass.Identity),
    ];

    /// <summary>What an app has: all, unless it was registered for some.</summary>
    public static IReadOnlyList<string> Of(OAuth.OAuthClient client) =>
        [.. All.Select(capability => capability.Name).Where(name => client.Scopes?.Contains(name) ?? true)];
}
