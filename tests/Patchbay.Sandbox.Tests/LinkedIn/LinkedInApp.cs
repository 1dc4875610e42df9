using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.LinkedIn;

/// <summary>An app that connects to the sandbox's LinkedIn and calls it, as the product would.</summary>
internal static class LinkedInApp
{
    public const string Version = "202606";
    public const string Everything = "openid profile email w_member_social r_basicprofile r_profile_basicinfo r_verify r_1st_connections_size r_organization_social w_organization_social rw_organization_admin rw_ads r_ads_reporting";

    public static string AuthorizeAddress(string scope, string clientId = Playground.ClientId, string redirect = Playground.Redirect, string type = "code") =>
        $"/www.linkedin.com/oauth/v2/authorization?response_type={type}&client_id={clientId}&redirect_uri={Uri.EscapeDataString(redirect)}&state=st%26ate&scope={Uri.EscapeDataString(scope)}";

    public static async Task<string> LinkedInCodeAsync(this Playground sandbox, string scope, string clientId = Playground.ClientId, string account = "Mara")
    {
        var form = await ConsentForm.OpenAsync(sandbox.Http, AuthorizeAddress(scope, clientId));
        using var answer = await form.AllowAsync(sandbox.Http, account);
        answer.ShouldBeRedirect();
        answer.RedirectValue("state").ShouldBe("st&ate");
        return answer.RedirectValue("code");
    }

    public static async Task<(int Status, JsonNode Reply)> LinkedInOAuthAsync(this Playground sandbox, string path, params (string Name, string Value)[] fields)
    {
        using var response = await sandbox.Http.PostAsync(new Uri("/www.linkedin.com/oauth/v2/" + path, UriKind.Relative), new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!);
    }

    public static Task<(int Status, JsonNode Reply)> LinkedInExchangeAsync(this Playground sandbox, string code, string clientId = Playground.ClientId, string secret = Playground.ClientSecret, string redirect = Playground.Redirect) =>
        sandbox.LinkedInOAuthAsync("accessToken", ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirect), ("client_id", clientId), ("client_secret", secret));

    public static async Task<string> ConnectLinkedInAsync(this Playground sandbox, string scope = Everything, string clientId = Playground.ClientId, string account = "Mara")
    {
        var (status, reply) = await sandbox.LinkedInExchangeAsync(await sandbox.LinkedInCodeAsync(scope, clientId, account), clientId);
        status.ShouldBe(200, reply.ToJsonString());
        return reply.Text("access_token");
    }

    public static async Task<(int Status, JsonNode Reply, string Id)> LinkedInAsync(this Playground sandbox, string token, string method, string path, JsonNode? body = null, string? version = Version, string? restLi = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api.linkedin.com" + path);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        request.Headers.Add("X-Restli-Protocol-Version", "2.0.0");
        if (version is not null)
            request.Headers.Add("LinkedIn-Version", version);
        if (restLi is not null)
            request.Headers.Add("X-RestLi-Method", restLi);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        using var response = await sandbox.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!, response.Headers.TryGetValues("x-restli-id", out var id) ? id.Single() : "");
    }

    /// <summary>A call that must succeed.</summary>
    public static async Task<JsonNode> LinkedInOkAsync(this Playground sandbox, string token, string method, string path, JsonNode? body = null, string? restLi = null)
    {
        var (status, reply, _) = await sandbox.LinkedInAsync(token, method, path, body, restLi: restLi);
        status.ShouldBeInRange(200, 204, $"{method} {path}: {reply.ToJsonString()}");
        return reply;
    }

    /// <summary>Posts and gives the post's name.</summary>
    public static async Task<string> LinkedInPostAsync(this Playground sandbox, string token, JsonObject post)
    {
        var (status, reply, id) = await sandbox.LinkedInAsync(token, "POST", "/rest/posts", post);
        status.ShouldBe(201, reply.ToJsonString());
        return id;
    }

    public static JsonObject Post(string author, string text, JsonObject? content = null)
    {
        var post = new JsonObject
        {
            ["author"] = author, ["commentary"] = text, ["visibility"] = "PUBLIC", ["lifecycleState"] = "PUBLISHED", ["isReshareDisabledByAuthor"] = false,
            ["distribution"] = new JsonObject { ["feedDistribution"] = "MAIN_FEED", ["targetEntities"] = new JsonArray(), ["thirdPartyDistributionChannels"] = new JsonArray() },
        };
        if (content is not null)
            post["content"] = content;
        return post;
    }

    /// <summary>The person behind a token.</summary>
    public static async Task<string> PersonAsync(this Playground sandbox, string token) => "urn:li:person:" + (await sandbox.LinkedInOkAsync(token, "GET", "/v2/userinfo")).Text("sub");

    /// <summary>A company page that the person administers.</summary>
    public static async Task<string> CompanyAsync(this Playground sandbox, string token) =>
        (await sandbox.LinkedInOkAsync(token, "GET", "/rest/organizationAcls?q=roleAssignee&role=ADMINISTRATOR")).Text("elements.0.organization");

    public static string Escape(string urn) => Uri.EscapeDataString(urn);
}
