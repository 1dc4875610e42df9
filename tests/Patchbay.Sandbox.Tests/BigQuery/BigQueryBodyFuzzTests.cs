using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Patchbay.Sandbox.Tests.BigQuery;

public sealed class BigQueryBodyFuzzTests
{
    [Fact]
    public async Task No_body_and_no_query_makes_bigquery_fail()
    {
        await using var app = await (await BigQueryApp.StartAsync()).WithItemsAsync();
        string[] paths =
        [
            $"/projects/{app.Project}/queries", $"/projects/{app.Project}/jobs", $"/projects/{app.Project}/datasets", app.Tables, app.Tables + "/items/insertAll",
            app.Tables + "/items/data?maxResults=-1", app.Tables + "/items/data?startIndex=99999999999999999999", $"/projects/{app.Project}/queries/x?pageToken=%00&maxResults=zz", $"/projects/{app.Project}/jobs?maxResults=x&minCreationTime=y",
        ];
        string[] values = ["1", "-1", "null", "true", "\"\"", "\"x\"", "\"SELECT 1\"", "\"\\u0000\"", "[]", "{}", "[null]", "[1]", "[{}]", "99999999999999999999", "{\"a\":1,\"a\":2}", "\"2026-01-01\""];
        string[] names = ["query", "useLegacySql", "queryParameters", "parameterType", "parameterValue", "type", "arrayType", "structTypes", "arrayValues", "value", "configuration", "jobReference", "jobId", "destinationTable", "defaultDataset", "datasetReference", "datasetId",
            "tableReference", "tableId", "schema", "fields", "name", "mode", "rows", "json", "insertId", "id", "labels", "maxResults", "dryRun", "maximumBytesBilled", "formatOptions", "view", "copy", "sourceTables", "timePartitioning", "templateSuffix"];
        var leaf = Gen.Elements(values);
        Gen<string> Tree(int depth) => depth == 0 ? leaf : Gen.OneOf(leaf,
            Gen.Elements(names).SelectMany(name => Tree(depth - 1).Select(value => $"\"{name}\":{value}")).ListOf(3).Select(list => "{" + string.Join(',', list.DistinctBy(one => one.Split(':')[0])) + "}"),
            Tree(depth - 1).ListOf(2).Select(list => $"[{string.Join(',', list)}]"));
        var bodies = Tree(4).Sample(150).ToList();
        bodies.AddRange(values.Select(value => $"{{\"useLegacySql\":false,\"query\":\"SELECT @p\",\"queryParameters\":[{{\"name\":\"p\",\"parameterType\":{{\"type\":\"ARRAY\",\"arrayType\":{value}}},\"parameterValue\":{value}}}]}}"));
        bodies.AddRange(values.Select(value => $"{{\"rows\":[{{\"json\":{{\"id\":{value},\"price\":{value},\"sold\":{value}}}}}]}}"));

        foreach (var (body, path, index) in bodies.SelectMany(body => paths.Select((path, index) => (body, path, index + body.Length))))
        {
            using var request = new HttpRequestMessage(index % 7 == 6 ? HttpMethod.Patch : path.Contains('?', StringComparison.Ordinal) ? HttpMethod.Get : HttpMethod.Post, $"/{BigQueryApp.Host}{path}");
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + app.Token);
            if (request.Method != HttpMethod.Get)
                request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            using var response = await app.Sandbox.Http.SendAsync(request);
            ((int)response.StatusCode).ShouldBeLessThan(500, $"{request.Method} {path} {body}");
        }
    }
}
