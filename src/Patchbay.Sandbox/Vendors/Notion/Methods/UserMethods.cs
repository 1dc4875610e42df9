namespace Patchbay.Sandbox.Vendors.Notion.Methods;

/// <summary>Who is in the workspace.</summary>
internal sealed class UserMethods(NotionWorld world, NotionUsers users) : INotionMethods
{
    public IReadOnlyList<NotionMethod> Methods =>
    [
        new("GET", "/users/me", null, call => users.Self(call.Bot, call.Can(NotionCapabilities.ReadUsers))),
        new("GET", "/users", NotionCapabilities.ReadUsers, call => call.List(
            [.. world.Users(call.Bot.WorkspaceId).Select(user => user.Id), .. world.Bots(call.Bot.WorkspaceId).Select(bot => bot.Id)],
            id => id, id => users.Shape(id, emails: true), "user", inQuery: true)),
        new("GET", "/users/{id}", NotionCapabilities.ReadUsers, call =>
        {
            var id = call.Id("user_id");
            return world.User(id)?.WorkspaceId == call.Bot.WorkspaceId || world.Bot(id)?.WorkspaceId == call.Bot.WorkspaceId
                ? users.Shape(id, emails: true)
                : throw NotionRefusal.NotFound("user", id, call.Bot.Name);
        }),
    ];
}
