using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.Slack.Methods;

/// <summary>users.* and team.info: who is there.</summary>
internal sealed class UserMethods(SlackWorld world) : ISlackMethods
{
    private static readonly string[] Read = ["users:read"];

    public IEnumerable<SlackMethod> Methods =>
    [
        new("users.list", Read, List),
        new("users.info", Read, Info),
        new("users.lookupByEmail", ["users:read.email"], LookupByEmail),
        new("team.info", ["team:read"], Team),
    ];

    private SlackAnswer List(SlackCall call) =>
        SlackPaging.Page(call, "members", world.Users(call.TeamId), user => SlackShapes.User(user, call.Has("users:read.email")), fallback: 1000);

    private SlackAnswer Info(SlackCall call) =>
        call.Arguments.Text("user") is { } id && world.User(id) is { } user && user.TeamId == call.TeamId
            ? SlackAnswer.Ok(("user", SlackShapes.User(user, call.Has("users:read.email"))))
            : SlackAnswer.Fail("user_not_found");

    private SlackAnswer LookupByEmail(SlackCall call) =>
        call.Arguments.Text("email") is { } email
        && world.Users(call.TeamId).FirstOrDefault(user => string.Equals(user.Email, email, StringComparison.OrdinalIgnoreCase)) is { } found
            ? SlackAnswer.Ok(("user", SlackShapes.User(found, withEmail: true)))
            : SlackAnswer.Fail("users_not_found");

    private SlackAnswer Team(SlackCall call)
    {
        var team = world.Team(call.TeamId)!;
        return SlackAnswer.Ok(("team", new JsonObject { ["id"] = team.Id, ["name"] = team.Name, ["domain"] = team.Domain, ["url"] = $"https://{team.Domain}.slack.com/" }));
    }
}
