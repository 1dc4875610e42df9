using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Slack;

/// <summary>Records as the API writes them.</summary>
internal static class SlackShapes
{
    public static JsonObject Message(SlackMessage message, IReadOnlyList<SlackMessage>? replies = null)
    {
        var shape = new JsonObject { ["type"] = "message", ["user"] = message.User, ["text"] = message.Text, ["ts"] = message.Ts };
        if (message.BotId is not null)
        {
            shape["bot_id"] = message.BotId;
            shape["app_id"] = message.AppId;
        }

        if (message.ClientMsgId is not null)
            shape["client_msg_id"] = message.ClientMsgId;
        if (message.Blocks is not null)
            shape["blocks"] = message.Blocks.DeepClone();
        if (message.Attachments is not null)
            shape["attachments"] = message.Attachments.DeepClone();
        if (message.Metadata is not null)
            shape["metadata"] = message.Metadata.DeepClone();
        if (message.ThreadTs is not null)
            shape["thread_ts"] = message.ThreadTs;
        if (message.EditedTs is not null)
            shape["edited"] = new JsonObject { ["user"] = message.EditedBy, ["ts"] = message.EditedTs };
        if (message.Broadcast)
            shape["subtype"] = "thread_broadcast";
        if (message.Reactions.Count > 0)
            shape["reactions"] = new JsonArray([.. message.Reactions.Select(reaction => (JsonNode)new JsonObject
            {
                ["name"] = reaction.Name,
                ["users"] = Json.Array(reaction.Users),
                ["count"] = reaction.Users.Count,
            })]);
        if (message.Files.Count > 0)
            shape["files"] = new JsonArray([.. message.Files.Select(file => (JsonNode)new JsonObject { ["id"] = file.Id, ["title"] = file.Title })]);
        if (message.Pinned)
            shape["pinned_to"] = Json.Array([message.Channel]);
        if (replies is { Count: > 0 })
        {
            shape["thread_ts"] = message.Ts;
            shape["reply_count"] = replies.Count;
            shape["reply_users"] = Json.Array(replies.Select(reply => reply.User).Distinct());
            shape["reply_users_count"] = replies.Select(reply => reply.User).Distinct().Count();
            shape["latest_reply"] = replies[^1].Ts;
        }

        return shape;
    }

    public static JsonObject Channel(SlackChannel channel, string viewer)
    {
        var shape = new JsonObject
        {
            ["id"] = channel.Id,
            ["created"] = channel.Created,
            ["is_archived"] = false,
            ["is_im"] = channel.Kind == SlackChannelKind.Direct,
            ["is_org_shared"] = false,
        };
        if (channel.Kind == SlackChannelKind.Direct)
        {
            shape["user"] = channel.Members.FirstOrDefault(member => member != viewer) ?? viewer;
            return shape;
        }

        shape["name"] = channel.Name;
        shape["name_normalized"] = channel.Name;
        shape["is_channel"] = channel.Kind is SlackChannelKind.Public or SlackChannelKind.Private;
        shape["is_group"] = false;
        shape["is_mpim"] = channel.Kind == SlackChannelKind.Group;
        shape["is_private"] = channel.Kind != SlackChannelKind.Public;
        shape["is_general"] = channel.Name == "general";
        shape["is_member"] = channel.Has(viewer);
        shape["creator"] = channel.Creator;
        shape["num_members"] = channel.Members.Count;
        shape["topic"] = new JsonObject { ["value"] = channel.Topic, ["creator"] = channel.Creator, ["last_set"] = channel.Created };
        shape["purpose"] = new JsonObject { ["value"] = channel.Purpose, ["creator"] = channel.Creator, ["last_set"] = channel.Created };
        return shape;
    }

    /// <param name="user">Whom.</param>
    /// <param name="withEmail">The caller has users:read.email.</param>
    public static JsonObject User(SlackUser user, bool withEmail)
    {
        var profile = new JsonObject
        {
            ["real_name"] = user.RealName,
            ["display_name"] = user.IsBot ? "" : user.Name,
            ["title"] = user.Title ?? "",
            ["team"] = user.TeamId,
        };
        if (withEmail && user.Email is not null)
            profile["email"] = user.Email;
        if (user.IsBot)
        {
            profile["bot_id"] = user.BotId;
            profile["api_app_id"] = user.AppId;
        }

        return new JsonObject
        {
            ["id"] = user.Id,
            ["team_id"] = user.TeamId,
            ["name"] = user.Name,
            ["real_name"] = user.RealName,
            ["deleted"] = false,
            ["is_bot"] = user.IsBot,
            ["is_app_user"] = false,
            ["tz"] = "Europe/Berlin",
            ["tz_offset"] = 3600,
            ["profile"] = profile,
        };
    }
}
