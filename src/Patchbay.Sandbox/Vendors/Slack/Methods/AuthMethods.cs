using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Vendors.Slack.Methods;

/// <summary>auth.*: who a token is, and the end of it.</summary>
internal sealed class AuthMethods(SlackWorld world, OAuthStore oauth) : ISlackMethods
{
    public IEnumerable<SlackMethod> Methods => [new("auth.test", [], Test), new("auth.revoke", [], Revoke), new("apps.uninstall", [], Uninstall)];

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

    /// <summary>Takes the app out of the workspace: its bot, and what each person there granted to it.</summary>
    private SlackAnswer Uninstall(SlackCall call)
    {
        if (oauth.FindClient(SlackOAuth.Vendor, call.Arguments.Text("client_id")) is not { } client)
            return SlackAnswer.Fail("invalid_client_id");
        if (!Secrets.Matches(call.Arguments.Text("client_secret") ?? "", client.SecretHash))
            return SlackAnswer.Fail("bad_client_secret");
        if (client.ClientId != call.Token.Grant!.ClientId)
            return SlackAnswer.Fail("client_id_token_mismatch");
        foreach (var grant in oauth.Grants(SlackOAuth.Vendor).Where(grant => grant.ClientId == client.ClientId && grant.Subject.Split('/')[0] == call.TeamId))
            oauth.End(grant);
        return SlackAnswer.Ok();
    }
}
