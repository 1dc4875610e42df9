using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.Notion;

/// <summary>People and bots as the API shows them.</summary>
internal sealed class NotionUsers(NotionWorld world)
{
    /// <summary>{object, id}: all that stands in created_by.</summary>
    public static JsonObject Partial(string id) => new() { ["object"] = "user", ["id"] = id };

    public JsonObject Shape(string id, bool emails)
    {
        if (world.User(id) is { } user)
            return new JsonObject
            {
                ["object"] = "user", ["id"] = id, ["name"] = user.Name, ["avatar_url"] = null, ["type"] = "person",
                ["person"] = emails ? new JsonObject { ["email"] = user.Email } : [],
            };
        return world.Bot(id) is { } bot
            ? new JsonObject { ["object"] = "user", ["id"] = id, ["name"] = bot.Name, ["avatar_url"] = null, ["type"] = "bot", ["bot"] = new JsonObject() }
            : Partial(id);
    }

    /// <summary>A bot that asks for itself learns who owns it.</summary>
    public JsonObject Self(NotionBot bot, bool emails)
    {
        var shape = Shape(bot.Id, emails);
        shape["bot"] = new JsonObject
        {
            ["owner"] = Owner(bot, emails),
            ["workspace_id"] = bot.WorkspaceId,
            ["workspace_name"] = world.Workspace(bot.WorkspaceId)?.Name,
            ["workspace_limits"] = new JsonObject { ["max_file_upload_size_in_bytes"] = NotionLimits.FileBytes },
        };
        return shape;
    }

    public JsonObject Owner(NotionBot bot, bool emails) => new() { ["type"] = "user", ["user"] = Shape(bot.OwnerId, emails) };
}
