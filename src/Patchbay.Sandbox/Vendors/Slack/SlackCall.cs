using Patchbay.Sandbox.OAuth;

namespace Patchbay.Sandbox.Vendors.Slack;

/// <summary>One call with a living token: who calls, for which workspace, with which scopes.</summary>
internal sealed class SlackCall(SlackArguments arguments, TokenLookup token, SlackUser actor, string teamId)
{
    public SlackArguments Arguments { get; } = arguments;

    public TokenLookup Token { get; } = token;

    /// <summary>The bot, or the person whose token it is.</summary>
    public SlackUser Actor { get; } = actor;

    public string TeamId { get; } = teamId;

    public bool Has(string scope) => Token.Scopes!.Contains(scope);

    /// <summary>Null when one of the scopes is there; otherwise the refusal. The first that this kind of token can have is named as needed.</summary>
    public SlackAnswer? Missing(params ReadOnlySpan<string> anyOf)
    {
        string? needed = null;
        foreach (var scope in anyOf)
        {
            if (Has(scope))
                return null;
            if (needed is null && SlackScopes.Find(scope) is { } known && (Actor.IsBot ? known.Bot : known.User))
                needed = scope;
        }

        return SlackAnswer.Fail("missing_scope", ("needed", needed ?? anyOf[0]), ("provided", string.Join(',', Token.Scopes!)));
    }
}
