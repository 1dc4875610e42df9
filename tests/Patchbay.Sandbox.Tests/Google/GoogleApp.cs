using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Google;

/// <summary>An app that connects to the sandbox's Google and calls Gmail, as the product would.</summary>
internal static class GoogleApp
{
    public const string Verifier = "another-verifier-that-is-long-enough-0123456789-0123";
    public const string Email = "https://www.googleapis.com/auth/userinfo.email";
    private const string Prefix = "https://www.googleapis.com/auth/";

    /// <summary>"gmail.send" → the whole scope; short names with no dot stay.</summary>
    public static string Scopes(params string[] names) => string.Join(' ', names.Select(name => name.Contains('.', StringComparison.Ordinal) ? Prefix + name : name));

    public static string AuthorizeAddress(string scope, string more = "", string clientId = Playground.ClientId, string redirect = Playground.Redirect) =>
        $"/accounts.google.com/o/oauth2/v2/auth?response_type=code&client_id={clientId}&scope={Uri.EscapeDataString(scope)}"
        + $"&redirect_uri={Uri.EscapeDataString(redirect)}&state=xyz&code_challenge={Pkce.Challenge(Verifier)}&code_challenge_method=S256{more}";

    public static async Task<string> GoogleCodeAsync(this Playground sandbox, string scope, string more = "&access_type=offline", string account = "mara@", string client = Playground.ClientId, params string[] untick)
    {
        var form = await ConsentForm.OpenAsync(sandbox.Http, AuthorizeAddress(scope, more, client));
        using var answer = await form.AllowAsync(sandbox.Http, account, untick);
        answer.ShouldBeRedirect();
        answer.RedirectValue("state").ShouldBe("xyz");
        return answer.RedirectValue("code");
    }

    public static async Task<JsonNode> TokenAsync(this Playground sandbox, int status, params (string Name, string Value)[] fields)
    {
        using var response = await sandbox.Http.PostAsync(new Uri("/oauth2.googleapis.com/token", UriKind.Relative), new FormUrlEncodedContent(
            fields.Concat([("client_id", Playground.ClientId), ("client_secret", Playground.ClientSecret)]).DistinctBy(field => field.Item1)
                .Select(field => KeyValuePair.Create(field.Item1, field.Item2))));
        var reply = await response.JsonAsync();
        ((int)response.StatusCode).ShouldBe(status, reply.ToJsonString());
        return reply;
    }

    public static Task<JsonNode> RedeemAsync(this Playground sandbox, string code, int status = 200, string verifier = Verifier, string redirect = Playground.Redirect) =>
        sandbox.TokenAsync(status, ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirect), ("code_verifier", verifier));

    public static Task<JsonNode> GoogleRefreshAsync(this Playground sandbox, string token, int status = 200) =>
        sandbox.TokenAsync(status, ("grant_type", "refresh_token"), ("refresh_token", token));

    /// <summary>The whole way to an access token.</summary>
    public static async Task<string> ConnectGoogleAsync(this Playground sandbox, string scope, string account = "mara@", string client = Playground.ClientId)
    {
        var code = await sandbox.GoogleCodeAsync(scope, account: account, client: client);
        return (await sandbox.TokenAsync(200, ("client_id", client), ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Playground.Redirect), ("code_verifier", Verifier))).Text("access_token");
    }

    public static async Task<(int Status, JsonNode? Body, string Challenge)> GoogleAsync(this Playground sandbox, string token, HttpMethod method, string path, JsonNode? body = null)
    {
        using var request = new HttpRequestMessage(method, "/" + path);
        if (token.Length > 0)
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await sandbox.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text) : null, response.Headers.WwwAuthenticate.ToString());
    }

    /// <summary>Gmail, expecting success; the path is below /users/me.</summary>
    public static async Task<JsonNode> GmailAsync(this Playground sandbox, string token, HttpMethod method, string path, JsonNode? body = null)
    {
        var (status, reply, _) = await sandbox.GoogleAsync(token, method, "gmail.googleapis.com/gmail/v1/users/me" + path, body);
        status.ShouldBe(200, reply?.ToJsonString());
        return reply!;
    }

    public static string Raw(string message) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(message));

    public static JsonObject Mail(string to, string subject, string text, string headers = "") => new()
    {
        ["raw"] = Raw($"To: {to}\r\nSubject: {subject}\r\n{headers}Content-Type: text/plain; charset=utf-8\r\n\r\n{text}"),
    };
}
