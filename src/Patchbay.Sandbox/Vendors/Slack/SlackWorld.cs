using System.Globalization;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Vendors.Slack;

/// <summary>What the workspaces hold: people, channels, messages. The API, the control surface and the page all go through here.</summary>
internal sealed class SlackWorld(Store store, LiveFeed live, TimeProvider time)
{
    private readonly Collection<SlackTeam> teams = new(store, "slack.team");
    private readonly Collection<SlackUser> users = new(store, "slack.user");
    private readonly Collection<SlackChannel> channels = new(store, "slack.channel");
    private readonly Collection<SlackMessage> messages = new(store, "slack.message");
    private readonly Collection<SlackBookmark> bookmarks = new(store, "slack.bookmark");
    private long lastMicros;

    public void Clear()
    {
        teams.Clear();
        users.Clear();
        channels.Clear();
        messages.Clear();
        bookmarks.Clear();
    }

    public IReadOnlyList<SlackTeam> Teams() => teams.List();

    public SlackTeam? Team(string id) => teams.Get(id);

    public void Put(SlackTeam team) => teams.Put(team.Id, team, sort: team.Name);

    public SlackUser? User(string? id) => id is null ? null : users.Get(id);

    /// <summary>People first in the order they were made, then bots.</summary>
    public IReadOnlyList<SlackUser> Users(string teamId) => users.List(teamId);

    public void Put(SlackUser user) => users.Put(user.Id, user, user.TeamId, (user.IsBot ? "1" : "0") + user.Name);

    public SlackChannel? Channel(string id) => channels.Get(id);

    public IReadOnlyList<SlackChannel> Channels(string teamId) => channels.List(teamId);

    /// <summary>By id, by name, or by #name.</summary>
    public SlackChannel? FindChannel(string teamId, string idOrName)
    {
        if (channels.Get(idOrName) is { } exact && exact.TeamId == teamId)
            return exact;
        var name = idOrName.TrimStart('#');
        return channels.List(teamId, name, name + "\u0001").FirstOrDefault(channel => channel.Name == name);
    }

    public void Put(SlackChannel channel)
    {
        channels.Put(channel.Id, channel, channel.TeamId, channel.Name);
        live.Changed("slack");
    }

    public SlackChannel Create(string teamId, string name, SlackChannelKind kind, string creator, IEnumerable<string> members, bool appsJoin = false)
    {
        var channel = new SlackChannel
        {
            Id = Secrets.StableId(kind is SlackChannelKind.Direct ? "D" : "C", $"{teamId}/{name}/{string.Join(',', members.Order(StringComparer.Ordinal))}"),
            TeamId = teamId,
            Name = name,
            Kind = kind,
            Creator = creator,
            Members = [.. members.Distinct()],
            Created = time.GetUtcNow().ToUnixTimeSeconds(),
            AppsJoin = appsJoin,
        };
        Put(channel);
        return channel;
    }

    /// <summary>The conversation of exactly these people, made when there is none.</summary>
    public (SlackChannel Channel, bool Existed) OpenDirect(string teamId, IReadOnlyList<string> members) => store.Atomic(() =>
    {
        var wanted = members.Distinct().Order(StringComparer.Ordinal).ToList();
        var found = channels.List(teamId).FirstOrDefault(channel =>
            channel.Kind is SlackChannelKind.Direct or SlackChannelKind.Group && channel.Members.Order(StringComparer.Ordinal).SequenceEqual(wanted));
        if (found is not null)
            return (found, true);
        var group = wanted.Count > 2;
        var name = group ? "mpdm-" + string.Join("--", wanted.Select(id => User(id)?.Name ?? id)) + "-1" : "";
        return (Create(teamId, name, group ? SlackChannelKind.Group : SlackChannelKind.Direct, members[0], wanted), false);
    });

    public void AddMember(SlackChannel channel, string userId) => Put(channel with { Members = [.. channel.Members.Append(userId).Distinct()] });

    /// <summary>A channel made for a demo: every app of the workspace, now and later, is a member.</summary>
    public (SlackChannel Channel, bool Existed) EnsureDemoChannel(string teamId, string name) => store.Atomic(() =>
    {
        var existing = FindChannel(teamId, name);
        var everybody = Users(teamId).Select(user => user.Id);
        var channel = existing ?? Create(teamId, name, SlackChannelKind.Public, everybody.First(), everybody, appsJoin: true);
        var open = channel with { AppsJoin = true, Members = [.. channel.Members.Union(Users(teamId).Where(user => user.IsBot).Select(user => user.Id))] };
        Put(open);
        return (open, existing is not null);
    });

    /// <summary>The bot an app has in a workspace. Its ids follow from client and team, so they survive a reset.</summary>
    public SlackUser EnsureBot(OAuthClient client, string teamId) => store.Atomic(() =>
    {
        var bot = new SlackUser
        {
            Id = BotUserId(client.ClientId, teamId),
            TeamId = teamId,
            Name = new string([.. client.Name.ToLowerInvariant().Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')]) is { Length: > 0 } name ? name : "app",
            RealName = client.Name,
            BotId = Secrets.StableId("B", client.ClientId + "/" + teamId),
            AppId = AppId(client.ClientId),
            ClientId = client.ClientId,
        };
        Put(bot);
        foreach (var channel in channels.List(teamId).Where(channel => channel.AppsJoin && !channel.Has(bot.Id)))
            AddMember(channel, bot.Id);
        return bot;
    });

    public static string BotUserId(string clientId, string teamId) => Secrets.StableId("U", clientId + "/" + teamId);

    public static string AppId(string clientId) => Secrets.StableId("A", clientId);

    /// <summary>Stores a message under a fresh timestamp, later than every one before.</summary>
    public SlackMessage Post(SlackMessage draft, DateTimeOffset? at = null) => store.Atomic(() =>
    {
        var micros = (at ?? time.GetUtcNow()).ToUnixTimeMilliseconds() * 1000;
        if (at is null)
            micros = lastMicros = Math.Max(micros, lastMicros + 1);
        while (messages.Get(Key(draft.Channel, Timestamp(micros))) is not null)
            micros++;
        var message = draft with { Ts = Timestamp(micros) };
        Save(message);
        return message;
    });

    public void Save(SlackMessage message)
    {
        // A reply is listed under its thread, not under the channel: that is where Slack shows it.
        // One that was broadcast stands in both places, so it is kept twice.
        var key = Key(message.Channel, message.Ts);
        var thread = message.ThreadTs is { } root && root != message.Ts ? Key(message.Channel, root) : null;
        messages.Put(key, message, thread is null || message.Broadcast ? message.Channel : thread, message.Ts);
        if (thread is not null && message.Broadcast)
            messages.Put(key + "/reply", message, thread, message.Ts);
        live.Changed("slack");
    }

    public SlackMessage? Message(string channel, string ts) => messages.Get(Key(channel, ts));

    public void Delete(SlackMessage message)
    {
        messages.Delete(Key(message.Channel, message.Ts));
        messages.Delete(Key(message.Channel, message.Ts) + "/reply");
        live.Changed("slack");
    }

    /// <summary>What stands in the channel itself, in [from, to), newest first.</summary>
    public IReadOnlyList<SlackMessage> History(string channel, string from, string to, int limit) =>
        messages.List(channel, from, to, limit, newestFirst: true);

    /// <summary>Replies of a thread, oldest first, without its first message.</summary>
    public IReadOnlyList<SlackMessage> Replies(string channel, string thread) => messages.List(Key(channel, thread));

    /// <summary>Everything said in a channel, threads included, oldest first.</summary>
    public IReadOnlyList<SlackMessage> Everything(string channel) =>
        [.. messages.ListDeep(channel).DistinctBy(message => message.Ts)];

    public void Put(SlackBookmark bookmark) => bookmarks.Put(bookmark.Id, bookmark, bookmark.Channel, bookmark.Created.ToString(CultureInfo.InvariantCulture));

    public IReadOnlyList<SlackBookmark> Bookmarks(string channel) => bookmarks.List(channel);

    private static string Key(string channel, string ts) => channel + "/" + ts;

    private static string Timestamp(long micros) => string.Create(CultureInfo.InvariantCulture, $"{micros / 1_000_000}.{micros % 1_000_000:D6}");
}
