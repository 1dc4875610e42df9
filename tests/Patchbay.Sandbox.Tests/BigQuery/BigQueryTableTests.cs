using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Google;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.BigQuery;

/// <summary>Datasets, tables and rows by their own calls.</summary>
public sealed class BigQueryTableTests
{
    private static JsonObject Column(string name, string type, string mode = "NULLABLE", params JsonNode[] fields)
    {
        var column = new JsonObject { ["name"] = name, ["type"] = type, ["mode"] = mode };
        if (fields.Length > 0)
            column["fields"] = new JsonArray(fields);
        return column;
    }

    private static JsonObject Table(string id, params JsonNode[] columns) =>
        new() { ["tableReference"] = new JsonObject { ["tableId"] = id }, ["schema"] = new JsonObject { ["fields"] = new JsonArray(columns) } };

    private static JsonObject Rows(params JsonObject[] rows) => new() { ["rows"] = new JsonArray([.. rows.Select(row => (JsonNode)new JsonObject { ["json"] = row })]) };

    [Fact]
    public async Task Datasets_are_made_changed_listed_filtered_and_deleted()
    {
        await using var app = await BigQueryApp.StartAsync();
        var datasets = $"/projects/{app.Project}/datasets";
        var made = await app.DoAsync(HttpMethod.Post, datasets, new JsonObject { ["datasetReference"] = new JsonObject { ["datasetId"] = "one" }, ["friendlyName"] = "One", ["labels"] = new JsonObject { ["team"] = "ops", ["old"] = "1" } });
        (made.Text("kind"), made.Text("id"), made.Text("location")).ShouldBe(("bigquery#dataset", $"{app.Project}:one", "US"));

        var patched = await app.DoAsync(HttpMethod.Patch, datasets + "/one", new JsonObject { ["description"] = "First", ["labels"] = new JsonObject { ["old"] = null } });
        (patched.Text("friendlyName"), patched.Text("description"), patched.At("labels")!.ToJsonString()).ShouldBe(("One", "First", "{\"team\":\"ops\"}"));
        patched.Text("etag").ShouldNotBe(made.Text("etag"));
        (await app.DoAsync(HttpMethod.Put, datasets + "/one", new JsonObject { ["description"] = "Only" })).At("friendlyName").ShouldBeNull();

        await app.DoAsync(HttpMethod.Patch, datasets + "/one", new JsonObject { ["labels"] = new JsonObject { ["team"] = "ops" } });
        (await app.DoAsync(HttpMethod.Get, datasets + "?filter=labels.team:ops")).At("datasets")!.AsArray().Select(item => item.Text("datasetReference.datasetId")).ShouldBe(["one"]);
        (await app.DoAsync(HttpMethod.Get, datasets + "?maxResults=1")).Text("nextPageToken").ShouldNotBeEmpty();

        (await app.CallAsync(HttpMethod.Post, datasets, new JsonObject { ["datasetReference"] = new JsonObject { ["datasetId"] = "one" } })).Body.Text("error.errors.0.reason").ShouldBe("duplicate");
        (await app.CallAsync(HttpMethod.Post, datasets, new JsonObject { ["datasetReference"] = new JsonObject { ["datasetId"] = "no-dash" } })).Status.ShouldBe(400);
        (await app.CallAsync(HttpMethod.Get, datasets + "/none")).Body.Text("error.message").ShouldBe($"Not found: Dataset {app.Project}:none");

        await app.QueryAsync("CREATE TABLE one.t (x INT64)");
        (await app.CallAsync(HttpMethod.Delete, datasets + "/one")).Body.Text("error.errors.0.reason").ShouldBe("resourceInUse");
        (await app.CallAsync(HttpMethod.Delete, datasets + "/one?deleteContents=true")).Status.ShouldBe(204);
        (await app.CallAsync(HttpMethod.Get, datasets + "/one")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_table_made_by_the_api_takes_streamed_rows_which_queries_and_lists_see()
    {
        await using var app = await BigQueryApp.StartAsync();
        await app.DoAsync(HttpMethod.Post, app.Tables, Table("t", Column("id", "INT64", "REQUIRED"), Column("at", "TIMESTAMP"), Column("amount", "NUMERIC"), Column("ok", "BOOL"), Column("tags", "STRING", "REPEATED"),
            Column("who", "STRUCT", "NULLABLE", Column("name", "STRING"), Column("scores", "FLOAT64", "REPEATED"))));

        var reply = await app.DoAsync(HttpMethod.Post, app.Tables + "/t/insertAll", Rows(
            new JsonObject { ["id"] = 1, ["at"] = "2026-06-19T10:00:00Z", ["amount"] = "12.5", ["ok"] = true, ["tags"] = new JsonArray("a", "b"), ["who"] = new JsonObject { ["name"] = "Ada", ["scores"] = new JsonArray(1, 2.5) } },
            new JsonObject { ["id"] = "2", ["at"] = 1, ["amount"] = 3 }));
        reply.ToJsonString().ShouldBe("""{"kind":"bigquery#tableDataInsertAllResponse"}""");

        var table = await app.DoAsync(HttpMethod.Get, app.Tables + "/t");
        (table.Text("numRows"), table.Text("type"), table.At("schema.fields.0.type")!.ToString(), table.At("schema.fields.5.type")!.ToString()).ShouldBe(("2", "TABLE", "INTEGER", "RECORD"));
        (await app.RowsAsync("SELECT id, amount, ok, ARRAY_LENGTH(tags), who.name, (SELECT SUM(s) FROM UNNEST(who.scores) AS s) FROM t ORDER BY id")).ShouldBe("1|12.5|true|2|Ada|3.5\n2|3|NULL|0|NULL|NULL");

        var data = await app.DoAsync(HttpMethod.Get, app.Tables + "/t/data?selectedFields=id,at,tags&maxResults=1&formatOptions.useInt64Timestamp=true");
        (data.Text("totalRows"), BigQueryApp.Rows(data)).ShouldBe(("2", "1|1781863200000000|[{\"v\":\"a\"},{\"v\":\"b\"}]"));
        BigQueryApp.Rows(await app.DoAsync(HttpMethod.Get, app.Tables + "/t/data?selectedFields=id&pageToken=" + Uri.EscapeDataString(data.Text("pageToken")))).ShouldBe("2");
        BigQueryApp.Rows(await app.DoAsync(HttpMethod.Get, app.Tables + "/t/data?selectedFields=id&startIndex=1")).ShouldBe("2");
        (await app.DoAsync(HttpMethod.Get, app.Tables)).At("tables")!.AsArray().Select(item => item.Text("tableReference.tableId")).ShouldBe(["t"]);
    }

    [Fact]
    public async Task A_bad_row_stops_the_others_unless_they_may_go_without_it()
    {
        await using var app = await (await BigQueryApp.StartAsync()).WithItemsAsync();
        JsonObject Body() => Rows(new JsonObject { ["id"] = 10 }, new JsonObject { ["id"] = "ten" }, new JsonObject { ["name"] = "x" }, new JsonObject { ["id"] = 11, ["color"] = "red" });

        var stopped = await app.DoAsync(HttpMethod.Post, app.Tables + "/items/insertAll", Body());
        stopped.At("insertErrors")!.AsArray().Select(error => $"{error.Text("index")}:{error.Text("errors.0.reason")}:{error.Text("errors.0.location")}").ShouldBe(["0:stopped:", "1:invalid:id", "2:invalid:id", "3:invalid:color"]);
        stopped.At("insertErrors")!.AsArray().Select(error => error.Text("errors.0.message")).Skip(1).ShouldBe(["Cannot convert value to integer (bad value): ten", "Missing required field: id.", "no such field: color."]);
        (await app.RowsAsync("SELECT COUNT(*) FROM items")).ShouldBe("3");

        var body = Body();
        (body["skipInvalidRows"], body["ignoreUnknownValues"]) = (true, true);
        (await app.DoAsync(HttpMethod.Post, app.Tables + "/items/insertAll", body)).At("insertErrors")!.AsArray().Count.ShouldBe(2);
        (await app.RowsAsync("SELECT STRING_AGG(CAST(id AS STRING), ',' ORDER BY id) FROM items WHERE id > 3")).ShouldBe("10,11");
        (await app.CallAsync(HttpMethod.Post, app.Tables + "/items/insertAll", new JsonObject())).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_row_sent_again_with_its_insert_id_is_one_row_for_a_minute()
    {
        await using var app = await (await BigQueryApp.StartAsync()).WithItemsAsync();
        JsonObject Body() => new() { ["rows"] = new JsonArray(new JsonObject { ["insertId"] = "i-1", ["json"] = new JsonObject { ["id"] = 20 } }) };
        await app.DoAsync(HttpMethod.Post, app.Tables + "/items/insertAll", Body());
        await app.DoAsync(HttpMethod.Post, app.Tables + "/items/insertAll", Body());
        (await app.RowsAsync("SELECT COUNT(*) FROM items WHERE id = 20")).ShouldBe("1");
        app.Sandbox.Time.Advance(TimeSpan.FromMinutes(2));
        await app.DoAsync(HttpMethod.Post, app.Tables + "/items/insertAll", Body());
        (await app.RowsAsync("SELECT COUNT(*) FROM items WHERE id = 20")).ShouldBe("2");
    }

    [Fact]
    public async Task A_table_grows_by_columns_and_nothing_else_and_an_old_etag_is_refused()
    {
        await using var app = await (await BigQueryApp.StartAsync()).WithItemsAsync();
        var table = await app.DoAsync(HttpMethod.Get, app.Tables + "/items");
        var fields = table.At("schema.fields")!.AsArray().DeepClone().AsArray();
        fields.Add(Column("colour", "STRING"));
        await app.DoAsync(HttpMethod.Patch, app.Tables + "/items", new JsonObject { ["schema"] = new JsonObject { ["fields"] = fields.DeepClone() }, ["description"] = "Things" });
        await app.QueryAsync("UPDATE items SET colour = 'green' WHERE id = 1");
        (await app.RowsAsync("SELECT colour FROM items ORDER BY id")).ShouldBe("green\nNULL\nNULL");

        fields.RemoveAt(1);
        (await app.CallAsync(HttpMethod.Patch, app.Tables + "/items", new JsonObject { ["schema"] = new JsonObject { ["fields"] = fields.DeepClone() } })).Body.Text("error.message").ShouldContain("name is missing in new schema");

        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/{BigQueryApp.Host}{app.Tables}/items");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + app.Token);
        request.Headers.TryAddWithoutValidation("If-Match", table.Text("etag"));
        request.Content = new StringContent("{\"description\":\"late\"}", System.Text.Encoding.UTF8, "application/json");
        using var response = await app.Sandbox.Http.SendAsync(request);
        ((int)response.StatusCode).ShouldBe(412);
        (await response.JsonAsync()).Text("error.errors.0.reason").ShouldBe("conditionNotMet");
        (await app.CallAsync(HttpMethod.Delete, app.Tables + "/items")).Status.ShouldBe(204);
    }

    [Theory]
    [InlineData("""{"schema":{"fields":[]}}""", "Required parameter is missing: tableReference.tableId")]
    [InlineData("""{"tableReference":{"tableId":"a/b"}}""", "Invalid table ID \"a/b\".")]
    [InlineData("""{"tableReference":{"tableId":"t"},"schema":{"fields":[{"name":"a b","type":"STRING"}]}}""", "Invalid field name \"a b\". Fields must contain only letters, numbers, and underscores, start with a letter or underscore, and be at most 300 characters long.")]
    [InlineData("""{"tableReference":{"tableId":"t"},"schema":{"fields":[{"name":"a","type":"TEXT"}]}}""", "Invalid value for type: TEXT is not a valid value")]
    [InlineData("""{"tableReference":{"tableId":"t"},"schema":{"fields":[{"name":"a","type":"STRING"},{"name":"A","type":"STRING"}]}}""", "Field a already exists in schema")]
    [InlineData("""{"tableReference":{"tableId":"t"},"view":{"query":"SELECT nope","useLegacySql":false}}""", "Unrecognized name: nope at [1:8]")]
    public async Task Tables_that_cannot_be_are_refused(string body, string message)
    {
        await using var app = await BigQueryApp.StartAsync();
        var (status, reply) = await app.CallAsync(HttpMethod.Post, app.Tables, JsonNode.Parse(body));
        (status, reply.Text("error.message")).ShouldBe((400, message));
    }

    [Fact]
    public async Task Tables_with_one_prefix_are_read_as_one()
    {
        await using var app = await BigQueryApp.StartAsync();
        await app.DoAsync(HttpMethod.Post, app.Tables, Table("log_", Column("n", "INTEGER")));
        foreach (var suffix in (string[])["20260601", "20260602"])
        {
            var body = Rows(new JsonObject { ["n"] = suffix[^1] - '0' });
            body["templateSuffix"] = suffix;
            await app.DoAsync(HttpMethod.Post, app.Tables + "/log_/insertAll", body);
        }

        (await app.RowsAsync("SELECT _TABLE_SUFFIX, n FROM `log_*` WHERE _TABLE_SUFFIX BETWEEN '20260601' AND '20260630' ORDER BY n")).ShouldBe("20260601|1\n20260602|2");
        (await app.RowsAsync("SELECT * FROM `log_*` ORDER BY n")).ShouldBe("1\n2");
    }

    [Fact]
    public async Task Everything_survives_a_restart_and_a_reset_puts_the_seed_back()
    {
        var folder = Path.Combine(Path.GetTempPath(), "sandbox-test-" + Path.GetRandomFileName());
        try
        {
            string job, project, token;
            await using (var app = await (await BigQueryApp.StartAsync(folder)).WithItemsAsync())
            {
                (project, token) = (app.Project, app.Token);
                job = (await app.QueryAsync("SELECT name FROM items ORDER BY id")).Text("jobReference.jobId");
            }

            await using var again = await Playground.StartAsync(folder);
            var (status, rows, _) = await again.GoogleAsync(token, HttpMethod.Get, $"{BigQueryApp.Host}/projects/{project}/queries/{job}");
            (status, BigQueryApp.Rows(rows!)).ShouldBe((200, "Oat\nSoy\nBeans"));
            var data = await again.GoogleAsync(token, HttpMethod.Get, $"{BigQueryApp.Host}/projects/{project}/datasets/{BigQueryApp.Dataset}/tables/items/data");
            data.Body.Text("totalRows").ShouldBe("3");

            await again.ControlAsync("reset", new JsonObject());
            (await again.GoogleAsync(token, HttpMethod.Get, $"{BigQueryApp.Host}/projects/{project}/datasets/{BigQueryApp.Dataset}")).Status.ShouldBe(404);
            (await again.GoogleAsync(token, HttpMethod.Get, BigQueryApp.Host + "/projects")).Status.ShouldBe(200);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
