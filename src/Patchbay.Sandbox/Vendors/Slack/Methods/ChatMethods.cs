using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.Slack.Methods;

/// <summary>chat.*: posting, changing, deleting.</summary>
internal sealed class ChatMethods(SlackWorld world, TimeProvider time) : ISlackMethods
{
    /// <summary>Slack cuts at 40,000 characters and refuses beyond; so do we.</summary>
    public const int LongestText = 40_000;

    private static readonly string[] Write = ["chat:write"];

    public IEnumerable<SlackMethod> Methods =>
    [
        new("chat.postMessage", Write, Post),
        new("chat.update", Write, Update),
        new("chat.delete", Write, Delete),
        new("chat.getPermalink", [], Permalink),
    ];

    private SlackAnswer Post(SlackCall call)
    {
        var arguments = call.Arguments;
        if (arguments.Text("channel") is not { } target || Target(call, target) is not { } channel)
            return SlackAnswer.Fail("channel_not_found");

        var member = channel.Has(call.Actor.Id);
        if (!member && channel.Kind != SlackChannelKind.Public)
            return SlackAnswer.Fail("channel_not_found"); // Slack does not admit that a foreign private channel exists
        if (!member && !(call.Actor.IsBot && call.Has("chat:write.public")))
            return SlackAnswer.Fail("not_in_channel");

        if (Content(arguments, out var text, out var blocks, out var attachments) is { } problem)
            return problem;

        var thread = arguments.Text("thread_ts");
        if (thread is not null && world.Message(channel.Id, thread) is null)
            return SlackAnswer.Fail("thread_not_found");

        var message = world.Post(new SlackMessage
        {
            Channel = channel.Id,
            Ts = "",
            User = call.Actor.Id,
            Text = text,
            BotId = call.Actor.BotId,
            AppId = call.Actor.AppId,
            ThreadTs = thread,
            Broadcast = thread is not null && arguments.Flag("reply_broadcast"),
            Blocks = blocks,
            Attachments = attachments,
            Metadata = arguments.Nested("metadata") as JsonObject,
            ClientMsgId = arguments.Text("client_msg_id"),
        });
        return SlackAnswer.Ok(("channel", channel.Id), ("ts", message.Ts), ("message", SlackShapes.Message(message)));
    }

    private SlackAnswer Update(SlackCall call)
    {
        if (Own(call, out var message) is { } refusal)
            return refusal;
        if (Content(call.Arguments, out var text, out var blocks, out var attachments) is { } problem)
            return problem;

        var changed = message! with
        {
            Text = text,
            Blocks = blocks,
            Attachments = attachments,
            EditedBy = call.Actor.Id,
            EditedTs = $"{time.GetUtcNow().ToUnixTimeSeconds()}.000000",
        };
        world.Save(changed);
        return SlackAnswer.Ok(("channel", changed.Channel), ("ts", changed.Ts), ("text", changed.Text), ("message", SlackShapes.Message(changed)));
    }

    private SlackAnswer Delete(SlackCall call)
    {
        if (Own(call, out var message) is { } refusal)
            return refusal.Body["error"]?.GetValue<string>() == "cant_update_message" ? SlackAnswer.Fail("cant_delete_message") : refusal;
        world.Delete(message!);
        return SlackAnswer.Ok(("channel", message!.Channel), ("ts", message.Ts));
    }

    private SlackAnswer Permalink(SlackCall call)
    {
        if (call.Arguments.Text("channel") is not { } id || world.FindChannel(call.TeamId, id) is not { } channel)
            return SlackAnswer.Fail("channel_not_found");
        if (call.Arguments.Text("message_ts") is not { } ts || world.Message(channel.Id, ts) is null)
            return SlackAnswer.Fail("message_not_found");
        var link = $"https://{world.Team(call.TeamId)!.Domain}.slack.com/archives/{channel.Id}/p{ts.Replace(".", "", StringComparison.Ordinal)}";
        return SlackAnswer.Ok(("channel", channel.Id), ("permalink", link));
    }

    /// <summary>A person's id means the direct message with that person, which opens by itself.</summary>
    private SlackChannel? Target(SlackCall call, string target) =>
        world.User(target) is { IsBot: false } person && person.TeamId == call.TeamId
            ? world.OpenDirect(call.TeamId, [call.Actor.Id, person.Id]).Channel
            : world.FindChannel(call.TeamId, target);

    private static SlackAnswer? Content(SlackArguments arguments, out string text, out JsonArray? blocks, out JsonArray? attachments)
    {
        text = arguments.Text("text") ?? "";
        blocks = arguments.Nested("blocks") as JsonArray;
        attachments = arguments.Nested("attachments") as JsonArray;
        if (arguments.Text("blocks") is not null && blocks is null)
            return SlackAnswer.Fail("invalid_blocks_format");
        if (blocks is { Count: > 50 } || (blocks?.Any(block => block is not JsonObject map || map["type"] is not JsonValue) ?? false))
            return SlackAnswer.Fail("invalid_blocks");
        if (text.Length > LongestText)
            return SlackAnswer.Fail("msg_too_long");
        return text.Length == 0 && blocks is not { Count: > 0 } && attachments is not { Count: > 0 } ? SlackAnswer.Fail("no_text") : null;
    }

    private SlackAnswer? Own(SlackCall call, out SlackMessage? message)
    {
        message = null;
        if (call.Arguments.Text("channel") is not { } id || world.FindChannel(call.TeamId, id) is not { } channel)
            return SlackAnswer.Fail("channel_not_found");
        if (call.Arguments.Text("ts") is not { } ts || world.Message(channel.Id, ts) is not { } found)
            return SlackAnswer.Fail("message_not_found");
        if (found.User != call.Actor.Id)
            return SlackAnswer.Fail("cant_update_message");
        message = found;
        return null;
    }
}
