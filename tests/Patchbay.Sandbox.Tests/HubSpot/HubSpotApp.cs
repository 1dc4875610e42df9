using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.HubSpot;

/// <summary>An app that connects to the sandbox's HubSpot and calls its API, as the product would.</summary>
internal static class HubSpotApp
{
    public const string Contacts = "crm.objects.contacts.read crm.objects.contacts.write";
    public const string Everything = Contacts + " crm.objects.companies.read crm.objects.companies.write crm.objects.deals.read crm.objects.deals.write crm.objects.owners.read crm.objects.quotes.read crm.objects.quotes.write"
        + " crm.lists.read crm.lists.write crm.schemas.contacts.read crm.schemas.contacts.write crm.schemas.deals.read crm.schemas.deals.write tickets e-commerce automation forms files content social analytics.read";

    public static string AuthorizeAddress(string scope, string optional = "", string redirect = Playground.Redirect, string clientId = Playground.ClientId, string more = "") =>
        $"/app.hubspot.com/oauth/authorize?client_id={clientId}&redirect_uri={Uri.EscapeDataString(redirect)}&scope={Uri.EscapeDataString(scope)}&state=xyz{(optional.Length == 0 ? "" : "&optional_scope=" + Uri.EscapeDataString(optional))}{more}";

    public static async Task<string> HubSpotCodeAsync(this Playground sandbox, string scope, string optional = "", string account = "", string more = "")
    {
        var form = await ConsentForm.OpenAsync(sandbox.Http, AuthorizeAddress(scope, optional, more: more));
        using var answer = await form.AllowAsync(sandbox.Http, account);
        answer.ShouldBeRedirect();
        answer.RedirectValue("state").ShouldBe("xyz");
        return answer.RedirectValue("code");
    }

    public static async Task<JsonNode> HubSpotTokenAsync(this Playground sandbox, int status, string path, params (string Name, string Value)[] fields)
    {
        using var response = await sandbox.Http.PostAsync(new Uri("/api.hubapi.com/oauth/" + path, UriKind.Relative), new FormUrlEncodedContent(
            fields.Concat([("client_id", Playground.ClientId), ("client_secret", Playground.ClientSecret)]).DistinctBy(field => field.Item1).Select(field => KeyValuePair.Create(field.Item1, field.Item2))));
        var text = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(status, text);
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    public static Task<JsonNode> HubSpotRedeemAsync(this Playground sandbox, string code, int status = 200, string redirect = Playground.Redirect, string version = "v1", string? verifier = null) =>
        sandbox.HubSpotTokenAsync(status, version + "/token", [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirect), .. verifier is null ? [] : new[] { ("code_verifier", verifier) }]);

    public static Task<JsonNode> HubSpotRefreshAsync(this Playground sandbox, string token, int status = 200) =>
        sandbox.HubSpotTokenAsync(status, "v1/token", ("grant_type", "refresh_token"), ("refresh_token", token));

    /// <summary>The whole way to a client of the API.</summary>
    public static async Task<HubSpotClient> ConnectHubSpotAsync(this Playground sandbox, string scope = Everything, string account = "") =>
        new(sandbox, (await sandbox.HubSpotRedeemAsync(await sandbox.HubSpotCodeAsync(scope, account: account))).Text("access_token"));

    /// <summary>The value that lets a world's forms be posted.</summary>
    public static async Task<string> GuardAsync(this Playground sandbox, string page) =>
        Regex.Match(await sandbox.Http.GetStringAsync(new Uri(page, UriKind.Relative)), "name=\"guard\" value=\"([^\"]+)\"").Groups[1].Value;
}

/// <summary>Calls api.hubapi.com with one token.</summary>
internal sealed class HubSpotClient(Playground sandbox, string token)
{
    public string Token => token;

    public async Task<(int Status, JsonNode? Body, HttpResponseHeaders Headers)> SendAsync(string verb, string path, JsonNode? body = null, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(verb), "/api.hubapi.com" + path);
        if (token.Length > 0)
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        request.Content = content ?? (body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"));
        using var response = await sandbox.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.StartsWith('{') || text.StartsWith('[') ? JsonNode.Parse(text) : null, response.Headers);
    }

    /// <summary>Expects a status, and gives the body.</summary>
    public async Task<JsonNode?> CallAsync(string verb, string path, int status, JsonNode? body = null)
    {
        var (got, reply, _) = await SendAsync(verb, path, body);
        got.ShouldBe(status, $"{verb} {path}: {reply?.ToJsonString()}");
        return reply;
    }

    public async Task<JsonNode> GetAsync(string path) => (await CallAsync("GET", path, 200))!;

    /// <summary>Makes a record; gives its id.</summary>
    public async Task<string> MakeAsync(string type, params (string Name, string Value)[] properties) =>
        (await CallAsync("POST", "/crm/v3/objects/" + type, 201, Properties(properties))).Text("id");

    /// <summary>A search's ids, in their order.</summary>
    public async Task<string[]> FindAsync(string type, JsonObject search) =>
        [.. (await CallAsync("POST", $"/crm/v3/objects/{type}/search", 200, search)).At("results")!.AsArray().Select(record => record.Text("id"))];

    public static JsonObject Properties(params (string Name, string Value)[] properties) =>
        new() { ["properties"] = new JsonObject(properties.Select(pair => KeyValuePair.Create(pair.Name, (JsonNode?)pair.Value))) };

    public static JsonNode Json(string text) => JsonNode.Parse(text)!;
}
