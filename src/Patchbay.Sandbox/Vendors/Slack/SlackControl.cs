using System.Text.Json.Nodes;
using Patchbay.Sandbox.Control;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Slack;

/// <summary>/_sandbox/slack/*: making demo channels and reading what was said. Always the Northwind workspace.</summary>
internal sealed class SlackControl(SlackWorld world)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/_sandbox/slack/channels", (RequestDelegate)CreateChannelAsync);
        routes.MapGet("/_sandbox/slack/messages", (RequestDelegate)MessagesAsync);
    }

    /// <summary>{name} → {id, name, created}. A leading # is dropped.</summary>
    private async Task CreateChannelAsync(HttpContext context)
    {
        var name = (await Json.ReadObjectAsync(context)).Text("name")?.TrimStart('#') ?? "";
        if (!SlackNames.IsChannel(name))
        {
            await ControlApi.RefuseAsync(context, StatusCodes.Status400BadRequest, "name must be a channel name: lower-case letters, digits, - and _, at most 80.");
            return;
        }

        var (channel, existed) = world.EnsureDemoChannel(SlackSeed.Northwind, name);
        await Json.WriteAsync(context, StatusCodes.Status200OK, new JsonObject { ["id"] = channel.Id, ["name"] = channel.Name, ["created"] = !existed });
    }

    /// <summary>?channel= → [{channel, text, user, ts, threadTs, clientMsgId, metadata}], oldest first; without it the messages of
    /// every named channel; 404 for an unknown one.</summary>
    private async Task MessagesAsync(HttpContext context)
    {
        var name = context.Request.Query["channel"].ToString();
        IReadOnlyList<SlackChannel> channels = name.Length == 0
            ? [.. world.Channels(SlackSeed.Northwind).Where(c => !string.IsNullOrEmpty(c.Name))]
            : world.FindChannel(SlackSeed.Northwind, name) is { } one ? [one] : [];
        if (channels.Count == 0)
        {
            await ControlApi.RefuseAsync(context, StatusCodes.Status404NotFound, "There is no such channel.");
            return;
        }

        await Json.WriteAsync(context, StatusCodes.Status200OK, new JsonArray([.. channels.SelectMany(channel => world.Everything(channel.Id).Select(message => (JsonNode)new JsonObject
        {
            ["channel"] = channel.Name,
            ["text"] = message.Text,
            ["user"] = world.User(message.User)?.Name,
            ["ts"] = message.Ts,
            ["threadTs"] = message.ThreadTs,
            ["clientMsgId"] = message.ClientMsgId,
            ["metadata"] = message.Metadata?.DeepClone(),
        }))]));
    }
}
