using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Notion;

/// <summary>An app that connects to the sandbox's Notion and calls it, as the product would.</summary>
internal static class NotionApp
{
    public const string Now = "2025-09-03";
    public const string Before = "2022-06-28";
    public const string After = "2026-03-11";

    public static string AuthorizeAddress(string clientId = Playground.ClientId, string? redirect = Playground.Redirect, string type = "code", string owner = "user") =>
        $"/api.notion.com/v1/oauth/authorize?client_id={clientId}&response_type={type}&owner={owner}&state=st%26ate" + (redirect is null ? "" : $"&redirect_uri={Uri.EscapeDataString(redirect)}");

    public static async Task<string> CodeAsync(this Playground sandbox, string clientId = Playground.ClientId, string account = "mara@", IReadOnlyList<string>? picked = null, string? redirect = Playground.Redirect)
    {
        var form = await ConsentForm.OpenAsync(sandbox.Http, AuthorizeAddress(clientId, redirect));
        form.Picked = picked;
        using var answer = await form.AllowAsync(sandbox.Http, account);
        answer.ShouldBeRedirect();
        answer.RedirectValue("state").ShouldBe("st&ate");
        return answer.RedirectValue("code");
    }

    /// <summary>A call of the token endpoint's family: Basic and JSON.</summary>
    public static async Task<(int Status, JsonNode Reply)> NotionOAuthAsync(this Playground sandbox, string path, JsonObject body, string clientId = Playground.ClientId, string secret = Playground.ClientSecret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api.notion.com/v1/oauth/" + path) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{clientId}:{secret}")));
        using var response = await sandbox.Http.SendAsync(request);
        return ((int)response.StatusCode, await response.JsonAsync());
    }

    public static Task<(int Status, JsonNode Reply)> NotionExchangeAsync(this Playground sandbox, string code, string clientId = Playground.ClientId, string secret = Playground.ClientSecret, string? redirect = Playground.Redirect)
    {
        var body = new JsonObject { ["grant_type"] = "authorization_code", ["code"] = code };
        if (redirect is not null)
            body["redirect_uri"] = redirect;
        return sandbox.NotionOAuthAsync("token", body, clientId, secret);
    }

    public static Task<(int Status, JsonNode Reply)> NotionRefreshAsync(this Playground sandbox, string token) =>
        sandbox.NotionOAuthAsync("token", new JsonObject { ["grant_type"] = "refresh_token", ["refresh_token"] = token });

    /// <summary>The whole way to a token.</summary>
    public static async Task<string> ConnectNotionAsync(this Playground sandbox, string clientId = Playground.ClientId, string account = "mara@", IReadOnlyList<string>? picked = null)
    {
        var (status, reply) = await sandbox.NotionExchangeAsync(await sandbox.CodeAsync(clientId, account, picked), clientId);
        status.ShouldBe(200, reply.ToJsonString());
        return reply.Text("access_token");
    }

    public static async Task<(int Status, JsonNode Reply)> NotionAsync(this Playground sandbox, string token, string method, string path, JsonNode? body = null, string? version = Now)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api.notion.com/v1" + path);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        if (version is not null)
            request.Headers.Add("Notion-Version", version);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        using var response = await sandbox.Http.SendAsync(request);
        return ((int)response.StatusCode, await response.JsonAsync());
    }

    /// <summary>A call that must succeed.</summary>
    public static async Task<JsonNode> DoAsync(this Playground sandbox, string token, string method, string path, JsonNode? body = null, string version = Now)
    {
        var (status, reply) = await sandbox.NotionAsync(token, method, path, body, version);
        status.ShouldBe(200, $"{method} {path}: {reply.ToJsonString()}");
        return reply;
    }

    /// <summary>A call that must be refused; its code and message.</summary>
    public static async Task<(string Code, string Message)> RefusedAsync(this Playground sandbox, string token, string method, string path, JsonNode? body = null, string? version = Now)
    {
        var (status, reply) = await sandbox.NotionAsync(token, method, path, body, version);
        status.ShouldBeGreaterThanOrEqualTo(400, reply.ToJsonString());
        reply.Text("object").ShouldBe("error");
        reply.Text("status").ShouldBe($"{status}");
        reply.Text("request_id").ShouldNotBeEmpty();
        return (reply.Text("code"), reply.Text("message"));
    }

    public static JsonArray Words(string text) => [new JsonObject { ["type"] = "text", ["text"] = new JsonObject { ["content"] = text } }];

    public static JsonObject Paragraph(string text) => new() { ["object"] = "block", ["type"] = "paragraph", ["paragraph"] = new JsonObject { ["rich_text"] = Words(text) } };

    /// <summary>A page at the top of the workspace, for a test to work in.</summary>
    public static async Task<string> TopPageAsync(this Playground sandbox, string token, string title = "Lab") => (await sandbox.DoAsync(token, "POST", "/pages", new JsonObject
    {
        ["parent"] = new JsonObject { ["workspace"] = true },
        ["properties"] = new JsonObject { ["title"] = new JsonObject { ["title"] = Words(title) } },
    })).Text("id");

    /// <summary>A database below a page, with one data source of the given columns.</summary>
    public static async Task<(string Database, string Source)> TableAsync(this Playground sandbox, string token, string page, JsonObject columns)
    {
        var database = await sandbox.DoAsync(token, "POST", "/databases", new JsonObject
        {
            ["parent"] = new JsonObject { ["type"] = "page_id", ["page_id"] = page },
            ["title"] = Words("Things"),
            ["initial_data_source"] = new JsonObject { ["properties"] = columns },
        });
        return (database.Text("id"), database.Text("data_sources.0.id"));
    }

    public static JsonObject Column(string type, JsonObject? config = null) => new() { [type] = config ?? [] };

    public static Task<JsonNode> RowAsync(this Playground sandbox, string token, string source, JsonObject properties) => sandbox.DoAsync(token, "POST", "/pages", new JsonObject
    {
        ["parent"] = new JsonObject { ["data_source_id"] = source },
        ["properties"] = properties,
    });

    public static IReadOnlyList<string> Titles(JsonNode list, string column = "Name") =>
        [.. list.At("results")!.AsArray().Select(row => string.Concat(row.At($"properties.{column}.title")!.AsArray().Select(piece => piece.Text("plain_text"))))];
}
