using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Vendors.Slack.Methods;

/// <summary>stars.*, emoji.list and the making of user groups.</summary>
internal sealed class KeptMethods(SlackWorld world, SlackShelf shelf, TimeProvider time) : ISlackMethods
{
    public IEnumerable<SlackMethod> Methods =>
    [
        new("stars.add", ["stars:write"], call => Star(call, keep: true)),
        new("stars.remove", ["stars:write"], call => Star(call, keep: false)),
        new("stars.list", ["stars:read"], Stars),
        // Emoji of the workspace's own making: this one has none, and nothing makes them by API.
        new("emoji.list", ["emoji:read"], _ => SlackAnswer.Ok(("emoji", new JsonObject()), ("cache_ts", $"{time.GetUtcNow().ToUnixTimeSeconds()}.000000"))),
        new("usergroups.create", ["usergroups:write"], Create),
        new("usergroups.update", ["usergroups:write"], call => Change(call, group => group with
        {
            Name = call.Arguments.Text("name") ?? group.Name, Handle = call.Arguments.Text("handle") ?? group.Handle, Description = call.Arguments.Text("description") ?? group.Description,
        })),
        new("usergroups.users.update", ["usergroups:write"], People),
        new("usergroups.users.list", ["usergroups:read"], call => shelf.UserGroup(call.Arguments.Text("usergroup")) is { } group && group.TeamId == call.TeamId
            ? SlackAnswer.Ok(("users", Json.Array(group.Users))) : SlackAnswer.Fail("no_such_subteam")),
    ];

    private SlackAnswer Star(SlackCall call, bool keep)
    {
        if (call.Arguments.Text("channel") is not { } id || world.FindChannel(call.TeamId, id) is not { } channel || (channel.Kind != SlackChannelKind.Public && !channel.Has(call.Actor.Id)))
            return SlackAnswer.Fail("channel_not_found");
        if (call.Arguments.Text("timestamp") is not { } ts || world.Message(channel.Id, ts) is null)
            return SlackAnswer.Fail("message_not_found");
        var star = new SlackStar(call.Actor.Id, channel.Id, ts, time.GetUtcNow().ToUnixTimeSeconds());
        if (shelf.IsStarred(star) == keep)
            return SlackAnswer.Fail(keep ? "already_starred" : "not_starred");
        if (keep)
            shelf.Put(star);
        else
            shelf.Delete(star);
        return SlackAnswer.Ok();
    }

    private SlackAnswer Stars(SlackCall call) => SlackAnswer.Ok(("items", new JsonArray([.. shelf.Stars(call.Actor.Id)
        .Select(star => (Star: star, Message: world.Message(star.Channel, star.Ts))).Where(one => one.Message is not null).Select(one => (JsonNode)new JsonObject
        {
            ["type"] = "message", ["channel"] = one.Star.Channel, ["message"] = SlackShapes.Message(one.Message!), ["date_create"] = one.Star.Created,
        })])));

    private SlackAnswer Create(SlackCall call)
    {
        if (call.Arguments.Text("name") is not { Length: <= 255 } name)
            return SlackAnswer.Fail("invalid_name");
        var handle = call.Arguments.Text("handle") ?? name.ToLowerInvariant().Replace(' ', '-');
        if (shelf.UserGroups(call.TeamId).Any(group => group.Name == name))
            return SlackAnswer.Fail("name_already_exists");
        if (shelf.UserGroups(call.TeamId).Any(group => group.Handle == handle))
            return SlackAnswer.Fail("handle_already_exists");
        var made = new SlackUserGroup(Secrets.StableId("S", call.TeamId + "/made/" + handle), call.TeamId, name, handle, call.Arguments.Text("description") ?? "", []);
        shelf.Put(made);
        return SlackAnswer.Ok(("usergroup", made.Shape()));
    }

    private SlackAnswer People(SlackCall call)
    {
        var users = (call.Arguments.Text("users") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (users.Length == 0)
            return SlackAnswer.Fail("no_users_provided");
        return users.Any(id => world.User(id)?.TeamId != call.TeamId) ? SlackAnswer.Fail("invalid_users") : Change(call, group => group with { Users = users });
    }

    private SlackAnswer Change(SlackCall call, Func<SlackUserGroup, SlackUserGroup> change)
    {
        if (shelf.UserGroup(call.Arguments.Text("usergroup")) is not { } group || group.TeamId != call.TeamId)
            return SlackAnswer.Fail("no_such_subteam");
        var changed = change(group);
        shelf.Put(changed);
        return SlackAnswer.Ok(("usergroup", changed.Shape()));
    }
}
