using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Google;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.BigQuery;

/// <summary>An app that is connected to BigQuery and has a dataset of its own, whatever else the world holds.</summary>
internal sealed class BigQueryApp : IAsyncDisposable
{
    public const string Host = "bigquery.googleapis.com/bigquery/v2";
    public const string Dataset = "made_by_test";

    private BigQueryApp(Playground sandbox, string token, string project) => (Sandbox, Token, Project) = (sandbox, token, project);

    public Playground Sandbox { get; }

    public string Token { get; }

    public string Project { get; }

    public string Tables => $"/projects/{Project}/datasets/{Dataset}/tables";

    public static async Task<BigQueryApp> StartAsync(string? directory = null)
    {
        var sandbox = await Playground.WithClientAsync("google", directory: directory);
        var token = await sandbox.ConnectGoogleAsync("https://www.googleapis.com/auth/bigquery");
        var projects = await sandbox.GoogleAsync(token, HttpMethod.Get, Host + "/projects");
        var app = new BigQueryApp(sandbox, token, projects.Body.Text("projects.0.id"));
        if (directory is null || (await app.CallAsync(HttpMethod.Get, $"/projects/{app.Project}/datasets/{Dataset}")).Status == 404)
            await app.DoAsync(HttpMethod.Post, $"/projects/{app.Project}/datasets", new JsonObject { ["datasetReference"] = new JsonObject { ["datasetId"] = Dataset } });
        return app;
    }

    public async Task<(int Status, JsonNode? Body)> CallAsync(HttpMethod method, string path, JsonNode? body = null, string? token = null)
    {
        var (status, reply, _) = await Sandbox.GoogleAsync(token ?? Token, method, Host + path, body);
        return (status, reply);
    }

    /// <summary>Expecting success.</summary>
    public async Task<JsonNode> DoAsync(HttpMethod method, string path, JsonNode? body = null, string? token = null)
    {
        var (status, reply) = await CallAsync(method, path, body, token);
        status.ShouldBeOneOf([200, 204], $"{method} {path}: {reply?.ToJsonString()}");
        return reply ?? new JsonObject();
    }

    public JsonObject Ask(string sql, params (string Name, JsonNode? Value)[] more)
    {
        var body = new JsonObject { ["query"] = sql, ["useLegacySql"] = false, ["defaultDataset"] = new JsonObject { ["projectId"] = Project, ["datasetId"] = Dataset } };
        foreach (var (name, value) in more)
            body[name] = value;
        return body;
    }

    public Task<JsonNode> QueryAsync(string sql, params (string Name, JsonNode? Value)[] more) => DoAsync(HttpMethod.Post, $"/projects/{Project}/queries", Ask(sql, more));

    /// <summary>The message of a refused query and its reason.</summary>
    public async Task<(int Status, string Reason, string Message)> RefusedAsync(string sql, string? token = null, params (string Name, JsonNode? Value)[] more)
    {
        var (status, body) = await CallAsync(HttpMethod.Post, $"/projects/{Project}/queries", Ask(sql, more), token);
        return (status, body.Text("error.errors.0.reason"), body.Text("error.message"));
    }

    /// <summary>Cells as "a|b", rows by newlines.</summary>
    public static string Rows(JsonNode reply) =>
        string.Join('\n', (reply.At("rows") as JsonArray ?? []).Select(row => string.Join('|', row.At("f")!.AsArray().Select(cell => cell.At("v") is { } value ? value is JsonValue ? value.ToString() : value.ToJsonString() : "NULL"))));

    public async Task<string> RowsAsync(string sql) => Rows(await QueryAsync(sql));

    /// <summary>A table "items" (id INT64 NOT NULL, name STRING, price NUMERIC, sold DATE) with three rows.</summary>
    public async Task<BigQueryApp> WithItemsAsync()
    {
        await QueryAsync("CREATE TABLE items (id INT64 NOT NULL, name STRING, price NUMERIC, sold DATE)");
        await QueryAsync("INSERT INTO items (id, name, price, sold) VALUES (1, 'Oat', 2.49, '2026-06-01'), (2, 'Soy', 2.19, DATE '2026-06-02'), (3, 'Beans', 18.90, NULL)");
        return this;
    }

    public ValueTask DisposeAsync() => Sandbox.DisposeAsync();
}
