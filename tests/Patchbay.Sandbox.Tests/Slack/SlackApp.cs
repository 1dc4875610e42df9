using System.Text.Json.Nodes;
using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Slack;

/// <summary>An app that connects to the sandbox's Slack and calls it, as the product would.</summary>
internal static class SlackApp
{
    public const string Verifier = "a-verifier-that-is-long-enough-for-rfc-7636-0123456789";

    public static string AuthorizeAddress(string scope, string userScope = "", string clientId = Playground.ClientId, string redirect = Playground.Redirect, string? challenge = null) =>
        $"/slack.com/oauth/v2/authorize?client_id={clientId}&scope={Uri.EscapeDataString(scope)}&user_scope={Uri.EscapeDataString(userScope)}"
        + $"&redirect_uri={Uri.EscapeDataString(redirect)}&state=st%26ate&code_challenge={challenge ?? Pkce.Challenge(Verifier)}&code_challenge_method=S256";

    public static async Task<string> CodeAsync(this Playground sandbox, string scope, string userScope = "", string clientId = Playground.ClientId, string account = "mara@")
    {
        var form = await ConsentForm.OpenAsync(sandbox.Http, AuthorizeAddress(scope, userScope, clientId));
        using var answer = await form.AllowAsync(sandbox.Http, account);
        answer.ShouldBeRedirect();
        answer.RedirectValue("state").ShouldBe("st&ate");
        return answer.RedirectValue("code");
    }

    public static async Task<JsonNode> ExchangeAsync(this Playground sandbox, string code, string verifier = Verifier, string secret = Playground.ClientSecret, string clientId = Playground.ClientId) =>
        await sandbox.AccessAsync(("client_id", clientId), ("client_secret", secret), ("code", code), ("redirect_uri", Playground.Redirect), ("code_verifier", verifier));

    public static async Task<JsonNode> AccessAsync(this Playground sandbox, params (string Name, string Value)[] fields)
    {
        using var response = await sandbox.Http.PostAsync(new Uri("/slack.com/api/oauth.v2.access", UriKind.Relative),
            new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));
        return await response.JsonAsync();
    }

    /// <summary>The whole way to a bot token (or, with only user scopes, a person's).</summary>
    public static async Task<string> ConnectAsync(this Playground sandbox, string scope, string userScope = "", string clientId = Playground.ClientId, string account = "mara@")
    {
        var reply = await sandbox.ExchangeAsync(await sandbox.CodeAsync(scope, userScope, clientId, account), clientId: clientId);
        reply.Text("ok").ShouldBe("true", reply.ToJsonString());
        return scope.Length > 0 ? reply.Text("access_token") : reply.Text("authed_user.access_token");
    }

    public static async Task<JsonNode> CallAsync(this Playground sandbox, string token, string method, params (string Name, string Value)[] arguments)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/slack.com/api/" + method)
        {
            Content = new FormUrlEncodedContent(arguments.Select(argument => KeyValuePair.Create(argument.Name, argument.Value))),
        };
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        using var response = await sandbox.Http.SendAsync(request);
        ((int)response.StatusCode).ShouldBe(200);
        return await response.JsonAsync();
    }
}
