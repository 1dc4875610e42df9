using System.Text.Json.Nodes;
using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Vendors.Slack.Methods;

/// <summary>reactions.*, pins.*, bookmarks.*: what people put on messages and channels.</summary>
internal sealed class MarkMethods(SlackWorld world, TimeProvider time) : ISlackMethods
{
    public IEnumerable<SlackMethod> Methods =>
    [
        new("reactions.add", ["reactions:write"], call => React(call, add: true)),
        new("reactions.remove", ["reactions:write"], call => React(call, add: false)),
        new("reactions.get", ["reactions:read"], Reactions),
        new("pins.add", ["pins:write"], call => Pin(call, pin: true)),
        new("pins.remove", ["pins:write"], call => Pin(call, pin: false)),
        new("pins.list", ["pins:read"], Pins),
        new("bookmarks.add", ["bookmarks:write"], Bookmark),
        new("bookmarks.list", ["bookmarks:read"], Bookmarks),
    ];

    private SlackAnswer React(SlackCall call, bool add)
    {
        if (call.Arguments.Text("name")?.Trim(':') is not { Length: > 0 and <= 100 } name)
            return SlackAnswer.Fail("invalid_name");
        if (Find(call, "timestamp", out var message) is { } refusal)
            return refusal;

        var old = message!.Reactions.FirstOrDefault(reaction => reaction.Name == name);
        var mine = old?.Users.Contains(call.Actor.Id) ?? false;
        if (add == mine)
            return SlackAnswer.Fail(add ? "already_reacted" : "no_reaction");
        IReadOnlyList<string> users = add ? [.. old?.Users ?? [], call.Actor.Id] : [.. old!.Users.Where(id => id != call.Actor.Id)];
        var others = message.Reactions.Where(reaction => reaction.Name != name);
        world.Save(message with { Reactions = users.Count == 0 ? [.. others] : [.. others, new SlackReaction(name, users)] });
        return SlackAnswer.Ok();
    }

    private SlackAnswer Reactions(SlackCall call) =>
        Find(call, "timestamp", out var message)
        ?? SlackAnswer.Ok(("type", "message"), ("channel", message!.Channel), ("message", SlackShapes.Message(message)));

    private SlackAnswer Pin(SlackCall call, bool pin)
    {
        if (Find(call, "timestamp", out var message) is { } refusal)
            return refusal;
        if (message!.Pinned == pin)
            return SlackAnswer.Fail(pin ? "already_pinned" : "not_pinned");
        world.Save(message with { Pinned = pin });
        return SlackAnswer.Ok();
    }

    private SlackAnswer Pins(SlackCall call)
    {
        if (Joined(call, "channel", out var channel) is { } refusal)
            return refusal;
        var pinned = world.Everything(channel!.Id).Where(message => message.Pinned);
        return SlackAnswer.Ok(("items", new JsonArray([.. pinned.Select(message => (JsonNode)new JsonObject
        {
            ["type"] = "message",
            ["channel"] = channel.Id,
            ["message"] = SlackShapes.Message(message),
        })])));
    }

    private SlackAnswer Bookmark(SlackCall call)
    {
        if (Joined(call, "channel_id", out var channel) is { } refusal)
            return refusal;
        if (call.Arguments.Text("type") is not "link")
            return SlackAnswer.Fail("invalid_bookmark_type");
        if (call.Arguments.Text("title") is not { } title)
            return SlackAnswer.Fail("invalid_arguments");
        if (call.Arguments.Text("link") is not { } link || !Uri.TryCreate(link, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            return SlackAnswer.Fail("invalid_link");
        var count = world.Bookmarks(channel!.Id).Count;
        if (count >= 100)
            return SlackAnswer.Fail("too_many_bookmarks");
        var bookmark = new SlackBookmark(Secrets.StableId("Bk", $"{channel.Id}/{count}/{title}/{link}"), channel.Id, title, link, time.GetUtcNow().ToUnixTimeSeconds(), call.Actor.Id);
        world.Put(bookmark);
        return SlackAnswer.Ok(("bookmark", Shape(bookmark)));
    }

    private SlackAnswer Bookmarks(SlackCall call) =>
        Joined(call, "channel_id", out var channel)
        ?? SlackAnswer.Ok(("bookmarks", new JsonArray([.. world.Bookmarks(channel!.Id).Select(bookmark => (JsonNode)Shape(bookmark))])));

    private static JsonObject Shape(SlackBookmark bookmark) => new()
    {
        ["id"] = bookmark.Id,
        ["channel_id"] = bookmark.Channel,
        ["title"] = bookmark.Title,
        ["link"] = bookmark.Link,
        ["type"] = "link",
        ["date_created"] = bookmark.Created,
        ["last_updated_by_user_id"] = bookmark.By,
    };

    private SlackAnswer? Joined(SlackCall call, string argument, out SlackChannel? channel)
    {
        channel = call.Arguments.Text(argument) is { } id ? world.Channel(id) : null;
        if (channel is null || channel.TeamId != call.TeamId || (channel.Kind != SlackChannelKind.Public && !channel.Has(call.Actor.Id)))
            return SlackAnswer.Fail("channel_not_found");
        return channel.Has(call.Actor.Id) ? null : SlackAnswer.Fail("not_in_channel");
    }

    private SlackAnswer? Find(SlackCall call, string argument, out SlackMessage? message)
    {
        message = null;
        if (Joined(call, "channel", out var channel) is { } refusal)
            return refusal;
        message = call.Arguments.Text(argument) is { } ts ? world.Message(channel!.Id, ts) : null;
        return message is null ? SlackAnswer.Fail("message_not_found") : null;
    }
}
