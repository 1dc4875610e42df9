using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.Slack;

/// <summary>A workspace.</summary>
internal sealed record SlackTeam(string Id, string Name, string Domain);

/// <summary>A person, or an app's bot (then with <see cref="BotId"/>, <see cref="AppId"/> and <see cref="ClientId"/>).</summary>
internal sealed record SlackUser
{
    public required string Id { get; init; }
    public required string TeamId { get; init; }
    public required string Name { get; init; }
    public required string RealName { get; init; }
    public string? Email { get; init; }
    public string? Title { get; init; }
    public string? BotId { get; init; }
    public string? AppId { get; init; }
    public string? ClientId { get; init; }

    public bool IsBot => BotId is not null;
}

/// <summary>A channel, private channel, direct message or group conversation.</summary>
internal sealed record SlackChannel
{
    public required string Id { get; init; }
    public required string TeamId { get; init; }

    /// <summary>Empty for direct messages.</summary>
    public required string Name { get; init; }

    public required SlackChannelKind Kind { get; init; }
    public required IReadOnlyList<string> Members { get; init; }
    public string Topic { get; init; } = "";
    public string Purpose { get; init; } = "";
    public string Creator { get; init; } = "";

    /// <summary>Unix seconds.</summary>
    public long Created { get; init; }

    /// <summary>Apps become members by themselves (see this folder's README).</summary>
    public bool AppsJoin { get; init; }

    public bool Has(string userId) => Members.Contains(userId);
}

internal enum SlackChannelKind
{
    Public,
    Private,
    Direct,
    Group,
}

/// <summary>A message. Its timestamp is its name within the channel.</summary>
internal sealed record SlackMessage
{
    public required string Channel { get; init; }

    /// <summary>Seconds, a dot, six digits of microseconds.</summary>
    public required string Ts { get; init; }

    public required string User { get; init; }
    public required string Text { get; init; }
    public string? BotId { get; init; }
    public string? AppId { get; init; }

    /// <summary>The first message of the thread this one replies to.</summary>
    public string? ThreadTs { get; init; }

    /// <summary>A reply that also stands in the channel.</summary>
    public bool Broadcast { get; init; }

    public JsonArray? Blocks { get; init; }
    public JsonArray? Attachments { get; init; }
    public JsonObject? Metadata { get; init; }
    public string? ClientMsgId { get; init; }
    public string? EditedTs { get; init; }
    public string? EditedBy { get; init; }
    public IReadOnlyList<SlackReaction> Reactions { get; init; } = [];
    public bool Pinned { get; init; }
    public IReadOnlyList<SlackFileMark> Files { get; init; } = [];
}

/// <summary>A file that hangs on a message.</summary>
internal sealed record SlackFileMark(string Id, string Title);

internal sealed record SlackReaction(string Name, IReadOnlyList<string> Users);

internal sealed record SlackBookmark(string Id, string Channel, string Title, string Link, long Created, string By);
