using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.Slack.Methods;

/// <summary>reminders.*, dnd.*, usergroups.list and search.messages: what belongs to a person.</summary>
internal sealed class PersonalMethods(SlackWorld world, SlackShelf shelf, TimeProvider time) : ISlackMethods
{
    public IEnumerable<SlackMethod> Methods =>
    [
        new("reminders.add", ["reminders:write"], AddReminder),
        new("reminders.list", ["reminders:read"], Reminders),
        new("dnd.setSnooze", ["dnd:write"], Snooze),
        new("dnd.endSnooze", ["dnd:write"], EndSnooze),
        new("dnd.info", ["dnd:read"], DoNotDisturb),
        new("usergroups.list", ["usergroups:read"], UserGroups),
        new("search.messages", ["search:read"], Search),
    ];

    private SlackAnswer AddReminder(SlackCall call)
    {
        if (call.Arguments.Text("text") is not { } text)
            return SlackAnswer.Fail("invalid_arguments");
        if (When(call.Arguments.Text("time")) is not { } at)
            return SlackAnswer.Fail("cannot_parse");
        if (at <= time.GetUtcNow().ToUnixTimeSeconds())
            return SlackAnswer.Fail("time_in_past");
        var user = call.Arguments.Text("user") ?? call.Actor.Id;
        if (world.User(user)?.TeamId != call.TeamId)
            return SlackAnswer.Fail("user_not_found");
        var reminder = new SlackReminder("Rm" + Convert.ToHexString(RandomNumberGenerator.GetBytes(5)), call.Actor.Id, user, text, at);
        shelf.Put(reminder);
        return SlackAnswer.Ok(("reminder", Shape(reminder)));
    }

    private SlackAnswer Reminders(SlackCall call) =>
        SlackAnswer.Ok(("reminders", new JsonArray([.. shelf.Reminders(call.Actor.Id).Select(reminder => (JsonNode)Shape(reminder))])));

    private SlackAnswer Snooze(SlackCall call)
    {
        if (!int.TryParse(call.Arguments.Text("num_minutes"), out var minutes) || minutes is <= 0 or > 1440 * 30)
            return SlackAnswer.Fail("too_long");
        shelf.Put(new SlackSnooze(call.Actor.Id, time.GetUtcNow().ToUnixTimeSeconds() + (minutes * 60L)));
        return State(call.Actor.Id);
    }

    private SlackAnswer EndSnooze(SlackCall call)
    {
        shelf.Put(new SlackSnooze(call.Actor.Id, 0));
        return State(call.Actor.Id);
    }

    private SlackAnswer DoNotDisturb(SlackCall call) =>
        world.User(call.Arguments.Text("user") ?? call.Actor.Id) is { } user && user.TeamId == call.TeamId ? State(user.Id) : SlackAnswer.Fail("user_not_found");

    /// <summary>One group for each job title that somebody has, and those that apps made.</summary>
    private SlackAnswer UserGroups(SlackCall call)
    {
        var titles = world.Users(call.TeamId).Where(user => user.Title is not null).GroupBy(user => user.Title!).Select(group =>
            new SlackUserGroup(Patchbay.Sandbox.State.Secrets.StableId("S", call.TeamId + group.Key), call.TeamId, group.Key, group.Key.ToLowerInvariant().Replace(' ', '-'), "", [.. group.Select(user => user.Id)]));
        return SlackAnswer.Ok(("usergroups", new JsonArray([.. titles.Concat(shelf.UserGroups(call.TeamId)).Select(group => (JsonNode)group.Shape())])));
    }

    /// <summary>People only. Words, from:@name and in:#channel; newest first.</summary>
    private SlackAnswer Search(SlackCall call)
    {
        if (call.Actor.IsBot)
            return SlackAnswer.Fail("not_allowed_token_type");
        if (call.Arguments.Text("query") is not { } query)
            return SlackAnswer.Fail("no_query");
        var words = query.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var found = world.Channels(call.TeamId).Where(channel => channel.Has(call.Actor.Id) || channel.Kind == SlackChannelKind.Public)
            .SelectMany(channel => world.Everything(channel.Id).Select(message => (Channel: channel, Message: message)))
            .Where(hit => words.All(word => Holds(hit.Channel, hit.Message, word)))
            .OrderByDescending(hit => hit.Message.Ts, StringComparer.Ordinal).ToList();
        var (count, page) = (call.Arguments.Number("count", 20, 100), call.Arguments.Number("page", 1, 1000));
        var matches = found.Skip((page - 1) * count).Take(count).Select(hit =>
        {
            var shape = SlackShapes.Message(hit.Message);
            shape["channel"] = new JsonObject { ["id"] = hit.Channel.Id, ["name"] = hit.Channel.Name };
            shape["username"] = world.User(hit.Message.User)?.Name;
            return (JsonNode)shape;
        });
        return SlackAnswer.Ok(("query", query), ("messages", new JsonObject
        {
            ["total"] = found.Count,
            ["matches"] = new JsonArray([.. matches]),
            ["paging"] = new JsonObject { ["count"] = count, ["total"] = found.Count, ["page"] = page, ["pages"] = (found.Count + count - 1) / count },
        }));
    }

    private bool Holds(SlackChannel channel, SlackMessage message, string word) => word switch
    {
        _ when word.StartsWith("in:", StringComparison.Ordinal) => channel.Name == word[3..].TrimStart('#'),
        _ when word.StartsWith("from:", StringComparison.Ordinal) => world.User(message.User)?.Name == word[5..].TrimStart('@'),
        _ => message.Text.Contains(word.Trim('"'), StringComparison.OrdinalIgnoreCase),
    };

    /// <summary>Unix seconds, seconds from now (up to a day), or "in 20 minutes"; null for anything else.</summary>
    private long? When(string? text)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number <= 86_400 ? now + number : number;
        var words = (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is not ["in", var count, var unit] || !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var many) || many > 100_000)
            return null;
        return unit.TrimEnd('s') switch
        {
            "minute" => now + (many * 60L),
            "hour" => now + (many * 3600L),
            "day" => now + (many * 86_400L),
            _ => null,
        };
    }

    private SlackAnswer State(string user)
    {
        var (now, until) = (time.GetUtcNow().ToUnixTimeSeconds(), shelf.Snooze(user)?.Until ?? 0);
        return until > now
            ? SlackAnswer.Ok(("dnd_enabled", false), ("snooze_enabled", true), ("snooze_endtime", until), ("snooze_remaining", until - now))
            : SlackAnswer.Ok(("dnd_enabled", false), ("snooze_enabled", false));
    }

    private static JsonObject Shape(SlackReminder reminder) => new()
    {
        ["id"] = reminder.Id,
        ["creator"] = reminder.Creator,
        ["user"] = reminder.User,
        ["text"] = reminder.Text,
        ["recurring"] = false,
        ["time"] = reminder.Time,
        ["complete_ts"] = 0,
    };
}
