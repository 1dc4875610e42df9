using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Google;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.BigQuery;

/// <summary>jobs.query and jobs.getQueryResults over HTTP.</summary>
public sealed class BigQueryQueryTests
{
    [Fact]
    public async Task A_query_answers_with_schema_and_cells_as_text()
    {
        await using var app = await (await BigQueryApp.StartAsync()).WithItemsAsync();

        var reply = await app.QueryAsync("SELECT id, name, price, sold, price > 10 AS dear, 0.1 + 0.2 AS f, 12345678.9 AS g, TIMESTAMP '2026-06-19 09:41:00.5' AS t, DATETIME '2026-06-19 09:41:00' AS d, b'ab' AS y FROM items ORDER BY id DESC LIMIT 1");

        reply.Text("kind").ShouldBe("bigquery#queryResponse");
        reply.Text("jobComplete").ShouldBe("true");
        reply.At("totalRows")!.GetValue<string>().ShouldBe("1");
        reply.At("schema.fields")!.AsArray().Select(field => $"{field.Text("name")}:{field.Text("type")}:{field.Text("mode")}").ShouldBe(
            ["id:INTEGER:NULLABLE", "name:STRING:NULLABLE", "price:NUMERIC:NULLABLE", "sold:DATE:NULLABLE", "dear:BOOLEAN:NULLABLE", "f:FLOAT:NULLABLE", "g:FLOAT:NULLABLE", "t:TIMESTAMP:NULLABLE", "d:DATETIME:NULLABLE", "y:BYTES:NULLABLE"]);
        BigQueryApp.Rows(reply).ShouldBe("3|Beans|18.9|NULL|true|0.30000000000000004|1.23456789E7|1.7818620605E9|2026-06-19T09:41:00|YWI=");
        reply.At("rows.0.f.3")!.AsObject().ContainsKey("v").ShouldBeTrue();
    }

    [Fact]
    public async Task Arrays_and_structs_are_nested_cells_and_timestamps_can_be_integers()
    {
        await using var app = await BigQueryApp.StartAsync();

        var reply = await app.QueryAsync("SELECT [1, 2] AS a, STRUCT('x' AS s, TIMESTAMP '1970-01-01 00:00:01' AS t) AS r, [STRUCT(1 AS n)] AS l", ("formatOptions", new JsonObject { ["useInt64Timestamp"] = true }));

        reply.At("schema.fields.0.mode")!.ToString().ShouldBe("REPEATED");
        reply.At("schema.fields.1.type")!.ToString().ShouldBe("RECORD");
        reply.At("rows")!.ToJsonString().ShouldBe("""[{"f":[{"v":[{"v":"1"},{"v":"2"}]},{"v":{"f":[{"v":"x"},{"v":"1000000"}]}},{"v":[{"v":{"f":[{"v":"1"}]}}]}]}]""");
    }

    [Fact]
    public async Task Pages_follow_each_other_by_token_and_start_index()
    {
        await using var app = await BigQueryApp.StartAsync();
        var first = await app.QueryAsync("SELECT x FROM UNNEST(GENERATE_ARRAY(1, 25)) AS x ORDER BY x", ("maxResults", 10));
        var job = first.Text("jobReference.jobId");

        var all = BigQueryApp.Rows(first);
        var token = first.Text("pageToken");
        while (token.Length > 0)
        {
            var page = await app.DoAsync(HttpMethod.Get, $"/projects/{app.Project}/queries/{job}?location=US&maxResults=10&pageToken={Uri.EscapeDataString(token)}");
            all += "\n" + BigQueryApp.Rows(page);
            page.Text("totalRows").ShouldBe("25");
            token = page.Text("pageToken");
        }

        all.Split('\n').ShouldBe(Enumerable.Range(1, 25).Select(number => $"{number}"));
        BigQueryApp.Rows(await app.DoAsync(HttpMethod.Get, $"/projects/{app.Project}/queries/{job}?startIndex=23")).ShouldBe("24\n25");
        (await app.CallAsync(HttpMethod.Get, $"/projects/{app.Project}/queries/{job}?pageToken=nonsense")).Status.ShouldBe(400);
        (await app.CallAsync(HttpMethod.Get, $"/projects/{app.Project}/queries/{job}?location=EU")).Status.ShouldBe(404);
        (await app.QueryAsync("SELECT 1", ("maxResults", 0))).At("rows").ShouldBeNull();
    }

    [Fact]
    public async Task A_dry_run_counts_bytes_and_reads_nothing()
    {
        await using var app = await (await BigQueryApp.StartAsync()).WithItemsAsync();

        var dry = await app.QueryAsync("SELECT id, sold FROM items", ("dryRun", true));

        dry.Text("totalBytesProcessed").ShouldBe("40"); // three times 8, and two dates
        dry.At("schema.fields")!.AsArray().Count.ShouldBe(2);
        dry.At("rows").ShouldBeNull();
        dry.At("jobReference.jobId").ShouldBeNull();
        (await app.RefusedAsync("SELECT nope FROM items", null, ("dryRun", true))).Message.ShouldBe("Unrecognized name: nope at [1:8]");
        await app.QueryAsync("DELETE FROM items WHERE TRUE", ("dryRun", true));
        (await app.RowsAsync("SELECT COUNT(*) FROM items")).ShouldBe("3");
    }

    [Fact]
    public async Task More_bytes_than_allowed_are_refused_before_they_are_read()
    {
        await using var app = await (await BigQueryApp.StartAsync()).WithItemsAsync();
        (await app.RefusedAsync("SELECT name FROM items", null, ("maximumBytesBilled", "1000000")))
            .ShouldBe((400, "bytesBilledLimitExceeded", "Query exceeded limit for bytes billed: 1000000. 10485760 or higher required."));
        (await app.QueryAsync("SELECT name FROM items", ("maximumBytesBilled", "10485760"))).Text("totalBytesBilled").ShouldBe("10485760");
    }

    [Fact]
    public async Task A_repeated_query_comes_from_the_cache_until_the_table_changes()
    {
        await using var app = await (await BigQueryApp.StartAsync()).WithItemsAsync();
        const string sql = "SELECT name FROM items ORDER BY id";
        (await app.QueryAsync(sql)).Text("cacheHit").ShouldBe("false");

        var again = await app.QueryAsync(sql);
        (again.Text("cacheHit"), again.Text("totalBytesProcessed"), BigQueryApp.Rows(again)).ShouldBe(("true", "0", "Oat\nSoy\nBeans"));
        (await app.QueryAsync(sql, ("useQueryCache", false))).Text("cacheHit").ShouldBe("false");
        (await app.QueryAsync("SELECT CURRENT_TIMESTAMP()")).Text("cacheHit").ShouldBe("false");
        (await app.QueryAsync("SELECT CURRENT_TIMESTAMP()")).Text("cacheHit").ShouldBe("false");

        await app.QueryAsync("INSERT INTO items (id, name) VALUES (4, 'Rice')");
        var fresh = await app.QueryAsync(sql);
        (fresh.Text("cacheHit"), BigQueryApp.Rows(fresh)).ShouldBe(("false", "Oat\nSoy\nBeans\nRice"));
    }

    [Fact]
    public async Task Parameters_come_by_name_and_by_position_also_as_arrays_and_structs()
    {
        await using var app = await (await BigQueryApp.StartAsync()).WithItemsAsync();
        JsonObject Named(string name, string type, string value) => new() { ["name"] = name, ["parameterType"] = new JsonObject { ["type"] = type }, ["parameterValue"] = new JsonObject { ["value"] = value } };
        JsonObject List(string type, params string[] values) => new()
        {
            ["parameterType"] = new JsonObject { ["type"] = "ARRAY", ["arrayType"] = new JsonObject { ["type"] = type } },
            ["parameterValue"] = new JsonObject { ["arrayValues"] = new JsonArray([.. values.Select(value => (JsonNode)new JsonObject { ["value"] = value })]) },
        };

        BigQueryApp.Rows(await app.QueryAsync("SELECT name FROM items WHERE sold >= @from AND price < @most", ("parameterMode", "NAMED"), ("queryParameters", new JsonArray(Named("from", "DATE", "2026-06-02"), Named("most", "NUMERIC", "2.5"))))).ShouldBe("Soy");
        BigQueryApp.Rows(await app.QueryAsync("SELECT name FROM items WHERE id IN UNNEST(?) ORDER BY id", ("parameterMode", "POSITIONAL"), ("queryParameters", new JsonArray(List("INT64", "1", "3"))))).ShouldBe("Oat\nBeans");
        var structure = JsonNode.Parse("""{"name":"s","parameterType":{"type":"STRUCT","structTypes":[{"name":"a","type":{"type":"INT64"}},{"name":"b","type":{"type":"STRING"}}]},"parameterValue":{"structValues":{"a":{"value":"7"},"b":{"value":"x"}}}}""");
        BigQueryApp.Rows(await app.QueryAsync("SELECT @s.a, @s.b, @t", ("queryParameters", new JsonArray(structure, Named("t", "TIMESTAMP", "2026-06-19 00:00:00+00"))))).ShouldBe("7|x|1.781827200E9".Replace("200E9", "2E9", StringComparison.Ordinal));

        (await app.RefusedAsync("SELECT @x", null, ("queryParameters", new JsonArray(Named("x", "INT64", "many"))))).Reason.ShouldBe("invalid");
        (await app.RefusedAsync("SELECT @x")).Message.ShouldBe("Query parameter 'x' not found at [1:8]");
    }

    [Fact]
    public async Task Legacy_sql_which_is_meant_when_nothing_is_said_is_refused()
    {
        await using var app = await BigQueryApp.StartAsync();
        (await app.CallAsync(HttpMethod.Post, $"/projects/{app.Project}/queries", new JsonObject { ["query"] = "SELECT 1" })).Body.Text("error.errors.0.reason").ShouldBe("invalidQuery");
        (await app.DoAsync(HttpMethod.Post, $"/projects/{app.Project}/queries", new JsonObject { ["query"] = "#standardSQL\nSELECT 1" })).Text("totalRows").ShouldBe("1");
        (await app.CallAsync(HttpMethod.Post, $"/projects/{app.Project}/queries", new JsonObject { ["useLegacySql"] = false })).Body.Text("error.errors.0.reason").ShouldBe("required");
    }

    [Fact]
    public async Task Errors_have_bigquerys_shape()
    {
        await using var app = await BigQueryApp.StartAsync();
        var (status, body) = await app.CallAsync(HttpMethod.Post, $"/projects/{app.Project}/queries", app.Ask("SELECT FROM"));
        status.ShouldBe(400);
        body!.At("error")!.ToJsonString().ShouldBe("""{"code":400,"message":"Syntax error: Unexpected keyword FROM at [1:8]","errors":[{"message":"Syntax error: Unexpected keyword FROM at [1:8]","domain":"global","reason":"invalidQuery","location":"q","locationType":"parameter"}],"status":"INVALID_ARGUMENT"}""");

        (await app.RefusedAsync("SELECT * FROM nowhere")).ShouldBe((404, "notFound", $"Not found: Table {app.Project}:{BigQueryApp.Dataset}.nowhere was not found in location US"));
        (await app.RefusedAsync("SELECT * FROM missing.t")).ShouldBe((404, "notFound", $"Not found: Dataset {app.Project}:missing was not found in location US"));
        (await app.RefusedAsync("SELECT * FROM t", null, ("defaultDataset", null))).Message.ShouldBe("Table \"t\" must be qualified with a dataset (e.g. dataset.table). at [1:15]");
        (await app.RefusedAsync("SELECT 1 AS a, 2 AS A")).Message.ShouldStartWith("Duplicate column names in the result");
        (await app.RefusedAsync("SELECT [NULL] AS n")).Message.ShouldBe("Array cannot have a null element; error in writing field n");
        (await app.CallAsync(HttpMethod.Post, "/projects/not-mine/queries", app.Ask("SELECT 1"))).Body.Text("error.errors.0.reason").ShouldBe("accessDenied");
        (await app.CallAsync(HttpMethod.Get, "/projects/not-mine/datasets")).Status.ShouldBe(404);
        (await app.CallAsync(HttpMethod.Post, $"/projects/{app.Project}/queries", new JsonArray())).Body.Text("error.errors.0.reason").ShouldBe("parseError");
    }

    [Fact]
    public async Task A_request_sent_twice_runs_once_and_a_short_query_may_go_without_a_job()
    {
        await using var app = await (await BigQueryApp.StartAsync()).WithItemsAsync();
        var insert = "INSERT INTO items (id) VALUES (7)";
        var first = await app.QueryAsync(insert, ("requestId", "r-1"));
        var second = await app.QueryAsync(insert, ("requestId", "r-1"));
        second.Text("jobReference.jobId").ShouldBe(first.Text("jobReference.jobId"));
        (await app.RowsAsync("SELECT COUNT(*) FROM items WHERE id = 7")).ShouldBe("1");

        var brief = await app.QueryAsync("SELECT 1", ("jobCreationMode", "JOB_CREATION_OPTIONAL"));
        brief.At("jobReference").ShouldBeNull();
        brief.Text("queryId").ShouldNotBeEmpty();
    }

    [Fact]
    public async Task The_catalog_can_be_queried()
    {
        await using var app = await (await BigQueryApp.StartAsync()).WithItemsAsync();
        await app.QueryAsync("CREATE VIEW dear AS SELECT * FROM items WHERE price > 10");

        (await app.RowsAsync("SELECT table_name, table_type FROM INFORMATION_SCHEMA.TABLES ORDER BY table_name")).ShouldBe("dear|VIEW\nitems|BASE TABLE");
        (await app.RowsAsync($"SELECT column_name, data_type, is_nullable FROM `{app.Project}`.{BigQueryApp.Dataset}.INFORMATION_SCHEMA.COLUMNS WHERE table_name = 'items' ORDER BY ordinal_position")).ShouldBe("id|INT64|NO\nname|STRING|YES\nprice|NUMERIC|YES\nsold|DATE|YES");
        (await app.RowsAsync($"SELECT COUNT(*) FROM `{app.Project}.{BigQueryApp.Dataset}.INFORMATION_SCHEMA.VIEWS` WHERE view_definition LIKE 'SELECT%'")).ShouldBe("1");
        (await app.RowsAsync($"SELECT schema_name FROM `region-us`.INFORMATION_SCHEMA.SCHEMATA WHERE schema_name = '{BigQueryApp.Dataset}'")).ShouldBe(BigQueryApp.Dataset);
        (await app.RowsAsync($"SELECT table_id, row_count FROM {BigQueryApp.Dataset}.__TABLES__ ORDER BY 1")).ShouldBe("dear|0\nitems|3");
        (await app.RowsAsync("SELECT name FROM dear")).ShouldBe("Beans");
    }

    [Fact]
    public async Task A_reader_of_the_project_may_ask_and_change_nothing_and_a_stranger_sees_nothing()
    {
        await using var app = await (await BigQueryApp.StartAsync()).WithItemsAsync();
        foreach (var account in (string[])["ops@", "lena@", "tom@"])
        {
            var token = await app.Sandbox.ConnectGoogleAsync("https://www.googleapis.com/auth/bigquery", account);
            var visible = (await app.DoAsync(HttpMethod.Get, "/projects", null, token)).At("projects")?.AsArray().Any(project => project.Text("id") == app.Project) ?? false;
            var (asked, _) = await app.CallAsync(HttpMethod.Post, $"/projects/{app.Project}/queries", app.Ask("SELECT COUNT(*) FROM items"), token);
            asked.ShouldBe(visible ? 200 : 403);
            var written = await app.RefusedAsync("INSERT INTO items (id) VALUES (8)", token);
            written.Status.ShouldBeOneOf(200, 403);
            if (written.Status == 403)
                written.Reason.ShouldBe("accessDenied");
        }
    }
}
