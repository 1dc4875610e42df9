using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.TikTok;

/// <summary>An app that connects to the sandbox's TikTok, as the product would.</summary>
internal static class TikTokApp
{
    public const string Everything = "user.info.basic,user.info.profile,user.info.stats,video.list,video.upload,video.publish";
    public const string Verifier = "a-verifier-that-is-long-enough-0123456789-0123456789";

    /// <summary>TikTok's challenge: hexadecimal, where others have base64url.</summary>
    public static string Challenge(string verifier) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));

    public static string AuthorizeAddress(string scope, string redirect = Playground.Redirect, string clientKey = Playground.ClientId, string more = "") =>
        $"/www.tiktok.com/v2/auth/authorize/?client_key={clientKey}&response_type=code&scope={Uri.EscapeDataString(scope)}&redirect_uri={Uri.EscapeDataString(redirect)}&state=xyz{more}";

    public static async Task<string> TikTokCodeAsync(this Playground sandbox, string scope, string account = "", string more = "", params string[] untick)
    {
        var form = await ConsentForm.OpenAsync(sandbox.Http, AuthorizeAddress(scope, more: more));
        using var answer = await form.AllowAsync(sandbox.Http, account, untick);
        answer.ShouldBeRedirect();
        answer.RedirectValue("state").ShouldBe("xyz");
        return answer.RedirectValue("code");
    }

    public static async Task<JsonNode> TikTokTokenAsync(this Playground sandbox, int status, string path = "token/", params (string Name, string Value)[] fields)
    {
        using var response = await sandbox.Http.PostAsync(new Uri("/open.tiktokapis.com/v2/oauth/" + path, UriKind.Relative), new FormUrlEncodedContent(
            fields.Concat([("client_key", Playground.ClientId), ("client_secret", Playground.ClientSecret)]).DistinctBy(field => field.Item1).Select(field => KeyValuePair.Create(field.Item1, field.Item2))));
        var text = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(status, text);
        return text.StartsWith('{') ? JsonNode.Parse(text)! : new JsonObject();
    }

    public static Task<JsonNode> TikTokRedeemAsync(this Playground sandbox, string code, int status = 200, string redirect = Playground.Redirect, string? verifier = null) =>
        sandbox.TikTokTokenAsync(status, fields: [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirect), .. verifier is null ? [] : new[] { ("code_verifier", verifier) }]);

    public static Task<JsonNode> TikTokRefreshAsync(this Playground sandbox, string token, int status = 200) =>
        sandbox.TikTokTokenAsync(status, fields: [("grant_type", "refresh_token"), ("refresh_token", token)]);

    public static async Task<string> ConnectTikTokAsync(this Playground sandbox, string scope = Everything, string account = "") =>
        (await sandbox.TikTokRedeemAsync(await sandbox.TikTokCodeAsync(scope, account))).Text("access_token");

    public static async Task<JsonNode> TikTokAsync(this Playground sandbox, string token, string verb, string path, JsonNode? body = null, int status = 200)
    {
        using var request = new HttpRequestMessage(new HttpMethod(verb), "/open.tiktokapis.com/v2/" + path);
        if (token.Length > 0)
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await sandbox.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(status, text);
        return JsonNode.Parse(text)!;
    }

    public static async Task<int> UploadAsync(this Playground sandbox, string address, byte[] bytes, string range)
    {
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("video/mp4");
        content.Headers.TryAddWithoutValidation("Content-Range", range);
        using var response = await sandbox.Http.PutAsync(new Uri(address.Replace("https://", "/", StringComparison.Ordinal), UriKind.Relative), content);
        return (int)response.StatusCode;
    }
}
