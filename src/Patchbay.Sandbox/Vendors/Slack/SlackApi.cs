using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Vendors.Slack;

/// <summary>Everything below /api/: finds the method, checks token and scope, runs it.</summary>
internal sealed class SlackApi(SlackWorld world, OAuthStore oauth, SlackOAuth authorization, Store store, IEnumerable<ISlackMethods> families)
{
    private readonly Dictionary<string, SlackMethod> methods = families.SelectMany(family => family.Methods).ToDictionary(method => method.Name);

    public IEnumerable<SlackMethod> Methods => methods.Values;

    public async Task RunAsync(HttpContext context)
    {
        var name = (string?)context.Request.RouteValues["method"] ?? "";
        var answer = name == "oauth.v2.access" ? await authorization.AccessAsync(context) : await CallAsync(context, name);
        await Json.WriteAsync(context, StatusCodes.Status200OK, answer.Body);
    }

    private async Task<SlackAnswer> CallAsync(HttpContext context, string name)
    {
        if (!methods.TryGetValue(name, out var method))
            return SlackAnswer.Fail("unknown_method", ("req_method", name));
        if (await SlackArguments.ReadAsync(context) is not { } arguments)
            return SlackAnswer.Fail("invalid_json");
        if (ClientCredentials.ParseBearer(context.Request.Headers.Authorization.ToString()) is not { } text
            && (text = arguments.Text("token")) is null)
            return SlackAnswer.Fail("not_authed");

        var token = oauth.Find(SlackOAuth.Vendor, TokenKind.Access, text);
        if (token.State != TokenState.Live)
            return SlackAnswer.Fail(token.State switch
            {
                TokenState.Expired => "token_expired",
                TokenState.Spent => "token_revoked",
                TokenState.GrantEnded => "account_inactive",
                _ => "invalid_auth",
            });

        context.Response.Headers["X-OAuth-Scopes"] = string.Join(',', token.Scopes!);
        context.Response.Headers["X-Accepted-OAuth-Scopes"] = string.Join(',', method.Accepted);

        var subject = token.Grant!.Subject.Split('/');
        var actorId = subject is [_, var userId] ? userId : SlackWorld.BotUserId(token.Grant.ClientId, subject[0]);
        if (world.User(actorId) is not { } actor)
            return SlackAnswer.Fail("account_inactive");

        var call = new SlackCall(arguments, token, actor, subject[0]);
        if (method.Accepted.Count > 0 && call.Missing([.. method.Accepted]) is { } refusal)
            return refusal;
        return store.Atomic(() => method.Run(call));
    }
}
