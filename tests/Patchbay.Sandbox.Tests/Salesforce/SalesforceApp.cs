using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Salesforce;

/// <summary>An app that connects to the sandbox's Salesforce and calls it, as the product would.</summary>
internal static class SalesforceApp
{
    public const string Verifier = "a-verifier-that-is-long-enough-for-rfc-7636-0123456789";
    public const string Data = "/services/data/v62.0";

    public static string AuthorizeAddress(string scope, string clientId = Playground.ClientId, string redirect = Playground.Redirect, string host = "login.salesforce.com", string responseType = "code") =>
        $"/{host}/services/oauth2/authorize?response_type={responseType}&client_id={clientId}&redirect_uri={Uri.EscapeDataString(redirect)}&scope={Uri.EscapeDataString(scope)}"
        + $"&state=st%26ate&code_challenge={Pkce.Challenge(Verifier)}&code_challenge_method=S256";

    public static async Task<string> CodeAsync(this Playground sandbox, string scope, string account = "mara@", string clientId = Playground.ClientId, string host = "login.salesforce.com")
    {
        var form = await ConsentForm.OpenAsync(sandbox.Http, AuthorizeAddress(scope, clientId, host: host));
        using var answer = await form.AllowAsync(sandbox.Http, account);
        answer.ShouldBeRedirect();
        answer.RedirectValue("state").ShouldBe("st&ate");
        return answer.RedirectValue("code");
    }

    public static Task<(HttpStatusCode Status, JsonNode Body)> ExchangeAsync(this Playground sandbox, string code, string verifier = Verifier, string redirect = Playground.Redirect, string secret = Playground.ClientSecret, string clientId = Playground.ClientId, string host = "login.salesforce.com") =>
        sandbox.TokenAsync(host, ("grant_type", "authorization_code"), ("client_id", clientId), ("client_secret", secret), ("code", code), ("redirect_uri", redirect), ("code_verifier", verifier));

    public static Task<(HttpStatusCode Status, JsonNode Body)> RefreshAsync(this Playground sandbox, string token, string secret = Playground.ClientSecret) =>
        sandbox.TokenAsync("login.salesforce.com", ("grant_type", "refresh_token"), ("client_id", Playground.ClientId), ("client_secret", secret), ("refresh_token", token));

    public static async Task<(HttpStatusCode Status, JsonNode Body)> TokenAsync(this Playground sandbox, string host, params (string Name, string Value)[] fields)
    {
        using var response = await sandbox.FormAsync($"/{host}/services/oauth2/token", fields);
        return (response.StatusCode, await response.JsonAsync());
    }

    public static Task<HttpResponseMessage> FormAsync(this Playground sandbox, string path, params (string Name, string Value)[] fields) =>
        sandbox.Http.PostAsync(new Uri(path, UriKind.Relative), new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    /// <summary>The whole way to a token reply.</summary>
    public static async Task<JsonNode> ConnectAsync(this Playground sandbox, string scope = "api refresh_token", string account = "mara@", string host = "login.salesforce.com")
    {
        var (status, body) = await sandbox.ExchangeAsync(await sandbox.CodeAsync(scope, account, host: host), host: host);
        status.ShouldBe(HttpStatusCode.OK, body.ToJsonString());
        return body;
    }

    public static async Task<SalesforceClient> ClientAsync(this Playground sandbox, string scope = "api", string account = "mara@", string host = "login.salesforce.com")
    {
        var reply = await sandbox.ConnectAsync(scope, account, host);
        return new SalesforceClient(sandbox, reply.Text("instance_url")["https:/".Length..], reply.Text("access_token"));
    }
}

/// <summary>Calls of one session at the instance that its token reply named.</summary>
internal sealed class SalesforceClient(Playground sandbox, string instance, string token)
{
    public Playground Sandbox => sandbox;

    public string Token => token;

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(path.StartsWith("/services", StringComparison.Ordinal) ? instance + path : instance + SalesforceApp.Data + path, UriKind.Relative)) { Content = content };
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await sandbox.Http.SendAsync(request);
    }

    public async Task<(int Status, JsonNode? Body)> CallAsync(HttpMethod method, string path, JsonNode? body = null, params (string Name, string Value)[] headers)
    {
        using var response = await SendAsync(method, path, body is null ? null : JsonContent.Create(body), headers);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    public Task<(int Status, JsonNode? Body)> GetAsync(string path, params (string Name, string Value)[] headers) => CallAsync(HttpMethod.Get, path, null, headers);

    public Task<(int Status, JsonNode? Body)> PostAsync(string path, JsonNode? body) => CallAsync(HttpMethod.Post, path, body);

    public Task<(int Status, JsonNode? Body)> PatchAsync(string path, JsonNode? body) => CallAsync(HttpMethod.Patch, path, body);

    public Task<(int Status, JsonNode? Body)> DeleteAsync(string path) => CallAsync(HttpMethod.Delete, path);

    /// <summary>Makes a record and gives its id.</summary>
    public async Task<string> CreateAsync(string type, JsonObject fields)
    {
        var (status, body) = await PostAsync($"/sobjects/{type}", fields);
        status.ShouldBe(201, body?.ToJsonString());
        return body.Text("id");
    }

    public Task<(int Status, JsonNode? Body)> AskAsync(string soql, params (string Name, string Value)[] headers) => GetAsync("/query?q=" + Uri.EscapeDataString(soql), headers);

    /// <summary>The records of a query that must succeed.</summary>
    public async Task<JsonArray> QueryAsync(string soql)
    {
        var (status, body) = await AskAsync(soql);
        status.ShouldBe(200, body?.ToJsonString());
        return body!["records"]!.AsArray();
    }

    /// <summary>One value of each record.</summary>
    public async Task<IReadOnlyList<string>> ValuesAsync(string soql, string path) => [.. (await QueryAsync(soql)).Select(record => record.Text(path))];

    public async Task<string> CsvAsync(string path)
    {
        using var response = await SendAsync(HttpMethod.Get, path);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        return await response.Content.ReadAsStringAsync();
    }

    public async Task UploadAsync(string path, string csv)
    {
        using var response = await SendAsync(HttpMethod.Put, path, new StringContent(csv, Encoding.UTF8, "text/csv"));
        ((int)response.StatusCode).ShouldBe(201);
    }
}
