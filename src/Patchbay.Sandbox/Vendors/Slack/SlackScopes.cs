using Patchbay.Sandbox.Pages;

namespace Patchbay.Sandbox.Vendors.Slack;

/// <param name="Name">As in the authorize address.</param>
/// <param name="Sentence">What it allows, as the consent page says it.</param>
/// <param name="Class">Reads, writes or broad.</param>
/// <param name="Bot">A bot token may have it.</param>
/// <param name="User">A person's token may have it.</param>
internal sealed record SlackScope(string Name, string Sentence, ScopeClass Class, bool Bot = true, bool User = true);

/// <summary>The scopes this look-alike knows. Anything else is <c>invalid_scope</c>, as at Slack.</summary>
internal static class SlackScopes
{
    private static readonly Dictionary<string, SlackScope> Known = new SlackScope[]
    {
        new("chat:write", "Post messages, and edit or delete its own", ScopeClass.Write),
        new("chat:write.public", "Post to public channels it has not joined", ScopeClass.Write, User: false),
        new("chat:write.customize", "Post under a different name and picture", ScopeClass.Write, User: false),
        new("channels:read", "List public channels and their details", ScopeClass.Read),
        new("channels:history", "Read what is said in the public channels it is in", ScopeClass.Read),
        new("channels:join", "Join public channels", ScopeClass.Write, User: false),
        new("channels:manage", "Create public channels, set topics, invite people", ScopeClass.Write, User: false),
        new("channels:write", "Create, join and change public channels for you", ScopeClass.Write, Bot: false),
        new("groups:read", "List the private channels it is in", ScopeClass.Read),
        new("groups:history", "Read what is said in the private channels it is in", ScopeClass.Read),
        new("groups:write", "Create and change private channels", ScopeClass.Write),
        new("im:read", "List its direct messages", ScopeClass.Read),
        new("im:history", "Read its direct messages", ScopeClass.Read),
        new("im:write", "Start direct messages with people", ScopeClass.Write),
        new("mpim:read", "List its group conversations", ScopeClass.Read),
        new("mpim:history", "Read its group conversations", ScopeClass.Read),
        new("mpim:write", "Start group conversations", ScopeClass.Write),
        new("users:read", "See who is in the workspace", ScopeClass.Read),
        new("users:read.email", "See people's e-mail addresses", ScopeClass.Read),
        new("team:read", "See the workspace's name and address", ScopeClass.Read),
        new("usergroups:read", "See user groups and who is in them", ScopeClass.Read),
        new("usergroups:write", "Make user groups and change who is in them", ScopeClass.Broad),
        new("reactions:read", "See which emoji people reacted with", ScopeClass.Read),
        new("reactions:write", "Add and take back emoji reactions", ScopeClass.Write),
        new("pins:read", "See what is pinned", ScopeClass.Read),
        new("pins:write", "Pin and unpin messages", ScopeClass.Write),
        new("bookmarks:read", "See a channel's bookmarks", ScopeClass.Read),
        new("bookmarks:write", "Add, change and remove bookmarks", ScopeClass.Write),
        new("files:read", "See files shared where it belongs", ScopeClass.Read),
        new("files:write", "Upload files, and change or delete its own", ScopeClass.Write),
        new("reminders:read", "See reminders", ScopeClass.Read),
        new("reminders:write", "Set, finish and delete reminders", ScopeClass.Write),
        new("emoji:read", "See the workspace's own emoji", ScopeClass.Read),
        new("dnd:read", "See when people do not want to be disturbed", ScopeClass.Read),
        new("dnd:write", "Change when you are not disturbed", ScopeClass.Write, Bot: false),
        new("links:read", "See links to the app's own sites", ScopeClass.Read),
        new("links:write", "Show previews of the app's own links", ScopeClass.Write),
        new("search:read", "Search everything you could search yourself", ScopeClass.Read, Bot: false),
        new("stars:read", "See what you saved", ScopeClass.Read, Bot: false),
        new("stars:write", "Save things and take them back", ScopeClass.Write, Bot: false),
        new("identify", "Know who you are", ScopeClass.Identity, Bot: false),
    }.ToDictionary(scope => scope.Name);

    public static SlackScope? Find(string name) => Known.GetValueOrDefault(name);

    /// <summary>Splits a comma separated list; Slack also takes spaces.</summary>
    public static IReadOnlyList<string> Split(string? list) =>
        [.. (list ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];

    /// <summary>Those that do not exist for the kind of token they were asked for.</summary>
    public static IEnumerable<string> Invalid(IEnumerable<string> bot, IEnumerable<string> user) =>
        bot.Where(name => Find(name) is not { Bot: true }).Concat(user.Where(name => Find(name) is not { User: true }));
}
