using System.Globalization;
using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.Slack.Methods;

/// <summary>chat.scheduleMessage and its list; chat.unfurl.</summary>
internal sealed class LaterMethods(SlackWorld world, SlackScheduled scheduled, TimeProvider time) : ISlackMethods
{
    private const long LongestWait = 120 * 86_400; // Slack: 120 days.

    public IEnumerable<SlackMethod> Methods =>
    [
        new("chat.scheduleMessage", ["chat:write"], Schedule),
        new("chat.scheduledMessages.list", [], List),
        new("chat.deleteScheduledMessage", ["chat:write"], Delete),
        new("chat.unfurl", ["links:write"], Unfurl),
    ];

    private SlackAnswer Schedule(SlackCall call)
    {
        if (call.Arguments.Text("channel") is not { } id || world.FindChannel(call.TeamId, id) is not { } channel)
            return SlackAnswer.Fail("channel_not_found");
        if (!channel.Has(call.Actor.Id))
            return SlackAnswer.Fail("not_in_channel");
        if (call.Arguments.Text("text") is not { Length: <= ChatMethods.LongestText } text)
            return SlackAnswer.Fail(call.Arguments.Text("text") is null ? "no_text" : "msg_too_long");
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        if (!long.TryParse(call.Arguments.Text("post_at"), NumberStyles.None, CultureInfo.InvariantCulture, out var at))
            return SlackAnswer.Fail("invalid_time");
        if (at <= now)
            return SlackAnswer.Fail("time_in_past");
        if (at - now > LongestWait)
            return SlackAnswer.Fail("time_too_far");
        var message = new SlackMessage { Channel = channel.Id, Ts = "", User = call.Actor.Id, Text = text, BotId = call.Actor.BotId, AppId = call.Actor.AppId, ThreadTs = call.Arguments.Text("thread_ts") };
        var one = scheduled.Add(call.TeamId, at, message);
        return SlackAnswer.Ok(("channel", channel.Id), ("scheduled_message_id", one.Id), ("post_at", at),
            ("message", new JsonObject { ["text"] = text, ["user"] = call.Actor.Id, ["bot_id"] = call.Actor.BotId, ["type"] = "delayed_message" }));
    }

    private SlackAnswer List(SlackCall call) => SlackAnswer.Ok(("scheduled_messages", new JsonArray([.. scheduled.Of(call.TeamId, call.Actor.Id)
        .Where(one => call.Arguments.Text("channel") is not { } only || only == one.Message.Channel).Select(one => (JsonNode)new JsonObject
        {
            ["id"] = one.Id, ["channel_id"] = one.Message.Channel, ["post_at"] = one.PostAt, ["text"] = one.Message.Text,
        })])), ("response_metadata", new JsonObject { ["next_cursor"] = "" }));

    private SlackAnswer Delete(SlackCall call) =>
        call.Arguments.Text("scheduled_message_id") is { } id && scheduled.Remove(call.TeamId, call.Actor.Id, id) ? SlackAnswer.Ok() : SlackAnswer.Fail("invalid_scheduled_message_id");

    /// <summary>Puts a preview under a message that names the link.</summary>
    private SlackAnswer Unfurl(SlackCall call)
    {
        if (call.Arguments.Text("channel") is not { } id || world.FindChannel(call.TeamId, id) is not { } channel || !channel.Has(call.Actor.Id))
            return SlackAnswer.Fail("cannot_find_channel");
        if (call.Arguments.Text("ts") is not { } ts || world.Message(channel.Id, ts) is not { } message)
            return SlackAnswer.Fail("cannot_find_message");
        if (call.Arguments.Nested("unfurls") is not JsonObject { Count: > 0 } unfurls || unfurls.Any(one => one.Value is not JsonObject))
            return SlackAnswer.Fail("missing_unfurls");
        if (unfurls.Any(one => !message.Text.Contains(one.Key, StringComparison.Ordinal)))
            return SlackAnswer.Fail("cannot_unfurl_url");
        var shown = unfurls.Select(one =>
        {
            var preview = one.Value!.DeepClone().AsObject();
            preview["from_url"] = one.Key;
            return (JsonNode)preview;
        });
        var kept = (message.Attachments ?? []).Where(old => old is not JsonObject map || !unfurls.ContainsKey((string?)map["from_url"] ?? "")).Select(old => old!.DeepClone());
        world.Save(message with { Attachments = [.. kept, .. shown] });
        return SlackAnswer.Ok();
    }
}
