using System.Text.Json.Nodes;
using Patchbay.Catalog;
using Patchbay.Sandbox.Tests.Google;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.BigQuery;

/// <summary>Every operation of the catalog, called with exactly its least scopes, and refused with one missing.</summary>
public sealed class BigQueryOperationTests
{
    private const string Connector = "googlebigquery";

    private static readonly Dictionary<string, Func<BigQueryApp, string, (HttpMethod Method, string Path, JsonNode? Body)>> Examples = new()
    {
        ["googlebigquery.run_query"] = (app, _) => (HttpMethod.Post, $"/projects/{app.Project}/queries", app.Ask("SELECT name FROM items ORDER BY id")),
        ["googlebigquery.get_query_results"] = (app, job) => (HttpMethod.Get, $"/projects/{app.Project}/queries/{job}?maxResults=1", null),
        ["googlebigquery.list_projects"] = (_, _) => (HttpMethod.Get, "/projects", null),
        ["googlebigquery.list_datasets"] = (app, _) => (HttpMethod.Get, $"/projects/{app.Project}/datasets", null),
        ["googlebigquery.get_dataset"] = (app, _) => (HttpMethod.Get, $"/projects/{app.Project}/datasets/{BigQueryApp.Dataset}", null),
        ["googlebigquery.list_tables"] = (app, _) => (HttpMethod.Get, app.Tables, null),
        ["googlebigquery.get_table"] = (app, _) => (HttpMethod.Get, app.Tables + "/items", null),
        ["googlebigquery.list_rows"] = (app, _) => (HttpMethod.Get, app.Tables + "/items/data", null),
    };

    public static TheoryData<string> Operations => OperationTable.Ids(Connector);

    [Fact]
    public void Every_operation_has_an_example() => Examples.Keys.ShouldCover(Connector);

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task An_operation_works_with_its_least_scopes_and_is_refused_with_one_missing(string id)
    {
        await using var app = await (await BigQueryApp.StartAsync()).WithItemsAsync();
        var job = (await app.QueryAsync("SELECT 1")).Text("jobReference.jobId");
        var (method, path, body) = Examples[id](app, job);
        (method.Method, BigQueryApp.Host + path).ShouldBeCallOf(id);
        var scopes = OperationTable.Operation(id).Scopes;

        await app.DoAsync(method, path, body?.DeepClone(), await app.Sandbox.ConnectGoogleAsync(string.Join(' ', scopes)));

        foreach (var missing in scopes)
        {
            var others = string.Join(' ', scopes.Where(scope => scope != missing).Append("https://www.googleapis.com/auth/gmail.readonly"));
            var (status, reply, challenge) = await app.Sandbox.GoogleAsync(await app.Sandbox.ConnectGoogleAsync(others), method, BigQueryApp.Host + path, body?.DeepClone());
            status.ShouldBe(403, id);
            reply.Text("error.details.0.reason").ShouldBe("ACCESS_TOKEN_SCOPE_INSUFFICIENT");
            reply.Text("error.details.0.metadata.service").ShouldBe("bigquery.googleapis.com");
            challenge.ShouldContain("insufficient_scope");
        }
    }

    [Theory]
    [InlineData("POST", "/projects/{p}/jobs", "bigquery|cloud-platform")]
    [InlineData("POST", "/projects/{p}/datasets", "bigquery|cloud-platform")]
    [InlineData("POST", "/projects/{p}/datasets/d/tables", "bigquery|cloud-platform")]
    [InlineData("DELETE", "/projects/{p}/datasets/d/tables/t", "bigquery|cloud-platform")]
    [InlineData("PATCH", "/projects/{p}/datasets/d/tables/t", "bigquery|cloud-platform")]
    [InlineData("POST", "/projects/{p}/datasets/d/tables/t/insertAll", "bigquery|cloud-platform|bigquery.insertdata")]
    [InlineData("GET", "/projects/{p}/jobs", "bigquery|cloud-platform|bigquery.readonly|cloud-platform.read-only")]
    [InlineData("GET", "/projects/{p}/jobs/j", "bigquery|cloud-platform|bigquery.readonly|cloud-platform.read-only")]
    [InlineData("POST", "/projects/{p}/queries", "bigquery|cloud-platform|bigquery.readonly|cloud-platform.read-only")]
    public async Task Each_method_answers_with_each_of_its_scopes_and_with_no_other(string method, string path, string accepted)
    {
        await using var app = await BigQueryApp.StartAsync();
        foreach (var scope in (string[])["bigquery", "bigquery.readonly", "bigquery.insertdata", "cloud-platform", "cloud-platform.read-only", "drive.file"])
        {
            var token = await app.Sandbox.ConnectGoogleAsync("https://www.googleapis.com/auth/" + scope);
            var (status, body) = await app.CallAsync(new HttpMethod(method), path.Replace("{p}", app.Project, StringComparison.Ordinal), method is "POST" or "PATCH" ? new JsonObject() : null, token);
            (body.Text("error.details.0.reason") == "ACCESS_TOKEN_SCOPE_INSUFFICIENT").ShouldBe(!accepted.Split('|').Contains(scope), $"{scope}: {status} {body?.ToJsonString()}");
        }
    }

    [Theory]
    [InlineData("INSERT INTO items (id) VALUES (9)")]
    [InlineData("DELETE FROM items WHERE TRUE")]
    [InlineData("CREATE TABLE more (x INT64)")]
    [InlineData("DROP TABLE items")]
    public async Task A_token_that_may_only_read_changes_nothing_by_a_query_either(string sql)
    {
        await using var app = await (await BigQueryApp.StartAsync()).WithItemsAsync();
        var reader = await app.Sandbox.ConnectGoogleAsync("https://www.googleapis.com/auth/bigquery.readonly");

        (await app.CallAsync(HttpMethod.Post, $"/projects/{app.Project}/queries", app.Ask(sql), reader)).Body.Text("error.details.0.reason").ShouldBe("ACCESS_TOKEN_SCOPE_INSUFFICIENT");

        (await app.RowsAsync("SELECT COUNT(*) FROM items")).ShouldBe("3");
    }
}
