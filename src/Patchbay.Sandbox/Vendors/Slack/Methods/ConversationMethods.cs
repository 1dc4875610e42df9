using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Slack.Methods;

/// <summary>conversations.*: finding, reading, joining and changing channels.</summary>
internal sealed class ConversationMethods(SlackWorld world) : ISlackMethods
{
    private static readonly Dictionary<string, SlackChannelKind> Types = new()
    {
        ["public_channel"] = SlackChannelKind.Public,
        ["private_channel"] = SlackChannelKind.Private,
        ["im"] = SlackChannelKind.Direct,
        ["mpim"] = SlackChannelKind.Group,
    };

    public IEnumerable<SlackMethod> Methods =>
    [
        new("conversations.list", [], List),
        new("conversations.info", [], Info),
        new("conversations.members", [], Members),
        new("conversations.history", [], History),
        new("conversations.replies", [], Replies),
        new("conversations.open", ["im:write", "mpim:write"], Open),
        new("conversations.join", ["channels:join", "channels:write"], Join),
        new("conversations.create", [], Create),
        new("conversations.invite", [], Invite),
        new("conversations.setTopic", [], SetTopic),
    ];

    private SlackAnswer List(SlackCall call)
    {
        var wanted = (call.Arguments.Text("types") ?? "public_channel").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var type in wanted)
        {
            if (!Types.TryGetValue(type, out var kind))
                return SlackAnswer.Fail("invalid_types");
            if (call.Missing(Scope(kind, "read")) is { } refusal)
                return refusal;
        }

        var kinds = wanted.Select(type => Types[type]).ToHashSet();
        var visible = world.Channels(call.TeamId)
            .Where(channel => kinds.Contains(channel.Kind) && (channel.Kind == SlackChannelKind.Public || channel.Has(call.Actor.Id)));
        return SlackPaging.Page(call, "channels", [.. visible], channel => SlackShapes.Channel(channel, call.Actor.Id), fallback: 100);
    }

    private SlackAnswer Info(SlackCall call) =>
        Find(call, "read", out var channel) ?? SlackAnswer.Ok(("channel", SlackShapes.Channel(channel!, call.Actor.Id)));

    private SlackAnswer Members(SlackCall call) =>
        Find(call, "read", out var channel) ?? SlackPaging.Page(call, "members", channel!.Members, id => id, fallback: 100);

    private SlackAnswer History(SlackCall call)
    {
        if (Find(call, "history", out var channel) is { } refusal)
            return refusal;
        if (!channel!.Has(call.Actor.Id))
            return SlackAnswer.Fail("not_in_channel");

        // The cursor is the timestamp of the last message given: what arrives meanwhile moves no page.
        var limit = call.Arguments.Number("limit", 100, 999);
        var inclusive = call.Arguments.Flag("inclusive");
        var from = call.Arguments.Text("oldest") is { } oldest ? inclusive ? oldest : oldest + "\u0001" : "";
        var to = call.Arguments.Text("latest") is { } latest ? inclusive ? latest + "\u0001" : latest : "\u007f";
        if (call.Arguments.Text("cursor") is { } cursor)
        {
            if (SlackPaging.Decode(cursor) is not { } last)
                return SlackAnswer.Fail("invalid_cursor");
            to = last;
        }

        var found = world.History(channel.Id, from, to, limit + 1);
        var page = found.Take(limit).ToList();
        var more = found.Count > limit;
        return SlackAnswer.Ok(
            ("messages", new JsonArray([.. page.Select(message => (JsonNode)SlackShapes.Message(message, world.Replies(channel.Id, message.Ts)))])),
            ("has_more", more), ("pin_count", page.Count(message => message.Pinned)), SlackPaging.Next(more ? page[^1].Ts : null));
    }

    private SlackAnswer Replies(SlackCall call)
    {
        if (Find(call, "history", out var channel) is { } refusal)
            return refusal;
        if (!channel!.Has(call.Actor.Id))
            return SlackAnswer.Fail("not_in_channel");
        if (call.Arguments.Text("ts") is not { } ts || world.Message(channel.Id, ts) is not { } root)
            return SlackAnswer.Fail("thread_not_found");

        var replies = world.Replies(channel.Id, ts);
        return SlackPaging.Page(call, "messages", [root, .. replies], message => SlackShapes.Message(message, message == root ? replies : null), fallback: 1000, withMore: true);
    }

    private SlackAnswer Open(SlackCall call)
    {
        var people = SlackScopes.Split(call.Arguments.Text("users"));
        if (people.Count == 0)
            return SlackAnswer.Fail("users_list_not_supplied");
        if (people.Any(id => world.User(id)?.TeamId != call.TeamId))
            return SlackAnswer.Fail("user_not_found");
        if (call.Missing(people.Count > 1 ? "mpim:write" : "im:write") is { } refusal)
            return refusal;

        var (channel, existed) = world.OpenDirect(call.TeamId, [call.Actor.Id, .. people]);
        var answer = SlackAnswer.Ok(("channel", new JsonObject { ["id"] = channel.Id }));
        if (existed)
            (answer.Body["no_op"], answer.Body["already_open"]) = (true, true);
        return answer;
    }

    private SlackAnswer Join(SlackCall call)
    {
        if (call.Arguments.Text("channel") is not { } id || world.Channel(id) is not { } channel || channel.TeamId != call.TeamId || channel.Kind != SlackChannelKind.Public)
            return SlackAnswer.Fail("channel_not_found");
        if (channel.Has(call.Actor.Id))
            return SlackAnswer.Ok(
                ("channel", SlackShapes.Channel(channel, call.Actor.Id)), ("warning", "already_in_channel"),
                ("response_metadata", new JsonObject { ["warnings"] = Json.Array(["already_in_channel"]) }));
        world.AddMember(channel, call.Actor.Id);
        return SlackAnswer.Ok(("channel", SlackShapes.Channel(world.Channel(id)!, call.Actor.Id)));
    }

    private SlackAnswer Create(SlackCall call)
    {
        var kind = call.Arguments.Flag("is_private") ? SlackChannelKind.Private : SlackChannelKind.Public;
        if (call.Missing(Manage(kind)) is { } refusal)
            return refusal;
        if (call.Arguments.Text("name") is not { } name)
            return SlackAnswer.Fail("invalid_name_required");
        if (!SlackNames.IsChannel(name))
            return SlackAnswer.Fail(name.Length > 80 ? "invalid_name_maxlength" : "invalid_name_specials");
        if (world.FindChannel(call.TeamId, name) is not null)
            return SlackAnswer.Fail("name_taken");
        return SlackAnswer.Ok(("channel", SlackShapes.Channel(world.Create(call.TeamId, name, kind, call.Actor.Id, [call.Actor.Id]), call.Actor.Id)));
    }

    private SlackAnswer Invite(SlackCall call)
    {
        if (Change(call, out var channel) is { } refusal)
            return refusal;
        var people = SlackScopes.Split(call.Arguments.Text("users"));
        if (people.Count == 0)
            return SlackAnswer.Fail("no_user");
        if (people.Any(id => world.User(id)?.TeamId != call.TeamId))
            return SlackAnswer.Fail("user_not_found");
        if (people.Contains(call.Actor.Id))
            return SlackAnswer.Fail("cant_invite_self");
        if (people.All(channel!.Has))
            return SlackAnswer.Fail("already_in_channel");
        foreach (var person in people)
            world.AddMember(world.Channel(channel.Id)!, person);
        return SlackAnswer.Ok(("channel", SlackShapes.Channel(world.Channel(channel.Id)!, call.Actor.Id)));
    }

    private SlackAnswer SetTopic(SlackCall call)
    {
        if (Change(call, out var channel) is { } refusal)
            return refusal;
        var topic = call.Arguments.Text("topic") ?? "";
        if (topic.Length > 250)
            return SlackAnswer.Fail("too_long");
        var changed = channel! with { Topic = topic };
        world.Put(changed);
        return SlackAnswer.Ok(("channel", SlackShapes.Channel(changed, call.Actor.Id)));
    }

    /// <summary>The channel to be changed, with the right scope and membership; otherwise the refusal.</summary>
    private SlackAnswer? Change(SlackCall call, out SlackChannel? channel)
    {
        channel = Visible(call);
        if (call.Missing(Manage(channel?.Kind ?? SlackChannelKind.Public)) is { } refusal)
            return refusal;
        if (channel is null)
            return SlackAnswer.Fail("channel_not_found");
        return channel.Has(call.Actor.Id) ? null : SlackAnswer.Fail("not_in_channel");
    }

    /// <summary>The channel to be read, with the scope its kind needs; otherwise the refusal.</summary>
    private SlackAnswer? Find(SlackCall call, string verb, out SlackChannel? channel)
    {
        channel = Visible(call);
        if (call.Missing(Scope(channel?.Kind ?? SlackChannelKind.Public, verb)) is { } refusal)
            return refusal;
        return channel is null ? SlackAnswer.Fail("channel_not_found") : null;
    }

    /// <summary>These methods take ids only, unlike chat.postMessage.</summary>
    private SlackChannel? Visible(SlackCall call) =>
        call.Arguments.Text("channel") is { } id && world.Channel(id) is { } channel && channel.TeamId == call.TeamId
        && (channel.Kind == SlackChannelKind.Public || channel.Has(call.Actor.Id))
            ? channel
            : null;

    private static string Scope(SlackChannelKind kind, string verb) => kind switch
    {
        SlackChannelKind.Public => "channels:",
        SlackChannelKind.Private => "groups:",
        SlackChannelKind.Direct => "im:",
        _ => "mpim:",
    } + verb;

    private static string[] Manage(SlackChannelKind kind) => kind switch
    {
        SlackChannelKind.Public => ["channels:manage", "channels:write"],
        SlackChannelKind.Private => ["groups:write"],
        SlackChannelKind.Direct => ["im:write"],
        _ => ["mpim:write"],
    };
}
