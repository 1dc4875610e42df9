using Patchbay.Sandbox.OAuth;

namespace Patchbay.Sandbox.Vendors.Slack.Methods;

/// <summary>auth.*: who a token is, and the end of it.</summary>
internal sealed class AuthMethods(SlackWorld world, OAuthStore oauth) : ISlackMethods
{
    public IEnumerable<SlackMethod> Methods => [new("auth.test", [], Test), new("auth.revoke", [], Revoke)];

    private SlackAnswer Test(SlackCall call)
    {
        var team = world.Team(call.TeamId)!;
        return SlackAnswer.Ok(
            ("url", $"https://{team.Domain}.slack.com/"), ("team", team.Name), ("user", call.Actor.Name),
            ("team_id", team.Id), ("user_id", call.Actor.Id), ("bot_id", call.Actor.BotId), ("is_enterprise_install", false));
    }

    /// <summary>A bot token takes the whole bot of that workspace with it; a person's token only that person's grant.</summary>
    private SlackAnswer Revoke(SlackCall call)
    {
        if (call.Arguments.Flag("test"))
            return SlackAnswer.Ok(("revoked", false));
        oauth.Spend(call.Token.Token!.Hash);
        oauth.End(call.Token.Grant!);
        return SlackAnswer.Ok(("revoked", true));
    }
}
