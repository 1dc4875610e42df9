using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Google;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.BigQuery;

public sealed class BigQueryJobTests
{
    private static JsonObject Job(BigQueryApp app, string sql, string? id = null, Action<JsonObject>? more = null)
    {
        var query = app.Ask(sql);
        more?.Invoke(query);
        return new JsonObject
        {
            ["jobReference"] = new JsonObject { ["projectId"] = app.Project, ["jobId"] = id },
            ["configuration"] = new JsonObject { ["query"] = query, ["labels"] = new JsonObject { ["app"] = "test" } },
        };
    }

    [Fact]
    public async Task A_job_is_made_read_listed_and_its_rows_fetched()
    {
        await using var app = await (await BigQueryApp.StartAsync()).WithItemsAsync();

        var made = await app.DoAsync(HttpMethod.Post, $"/projects/{app.Project}/jobs", Job(app, "SELECT name FROM items ORDER BY id", "my-job-1"));
        (made.Text("kind"), made.Text("id"), made.Text("status.state"), made.Text("statistics.query.statementType")).ShouldBe(("bigquery#job", $"{app.Project}:US.my-job-1", "DONE", "SELECT"));
        made.Text("configuration.labels.app").ShouldBe("test");

        (await app.DoAsync(HttpMethod.Get, $"/projects/{app.Project}/jobs/my-job-1?location=US")).Text("user_email").ShouldBe("mara@northwind.example");
        BigQueryApp.Rows(await app.DoAsync(HttpMethod.Get, $"/projects/{app.Project}/queries/my-job-1")).ShouldBe("Oat\nSoy\nBeans");
        (await app.CallAsync(HttpMethod.Post, $"/projects/{app.Project}/jobs", Job(app, "SELECT 1", "my-job-1"))).Status.ShouldBe(409);
        (await app.CallAsync(HttpMethod.Get, $"/projects/{app.Project}/jobs/none")).Status.ShouldBe(404);

        var list = await app.DoAsync(HttpMethod.Get, $"/projects/{app.Project}/jobs?maxResults=1&projection=full");
        list.At("jobs")!.AsArray().Count.ShouldBe(1);
        list.Text("nextPageToken").ShouldNotBeEmpty();
        (await app.DoAsync(HttpMethod.Get, $"/projects/{app.Project}/jobs?stateFilter=running")).At("jobs").ShouldBeNull();
        (await app.DoAsync(HttpMethod.Post, $"/projects/{app.Project}/jobs/my-job-1/cancel")).Text("job.status.state").ShouldBe("DONE");
        (await app.CallAsync(HttpMethod.Delete, $"/projects/{app.Project}/jobs/my-job-1/delete")).Status.ShouldBe(204);
        (await app.CallAsync(HttpMethod.Get, $"/projects/{app.Project}/jobs/my-job-1")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_job_that_fails_says_so_in_its_status_and_its_results_refuse()
    {
        await using var app = await (await BigQueryApp.StartAsync()).WithItemsAsync();
        var made = await app.DoAsync(HttpMethod.Post, $"/projects/{app.Project}/jobs", Job(app, "SELECT 1 / 0 FROM items", "bad"));
        made.Text("status.errorResult.reason").ShouldBe("invalidQuery");
        made.Text("status.errorResult.message").ShouldBe("division by zero: 1 / 0");
        (await app.CallAsync(HttpMethod.Get, $"/projects/{app.Project}/queries/bad")).Body.Text("error.message").ShouldBe("division by zero: 1 / 0");
    }

    [Fact]
    public async Task A_job_can_be_dry_and_a_token_that_only_reads_makes_none()
    {
        await using var app = await (await BigQueryApp.StartAsync()).WithItemsAsync();
        var body = Job(app, "SELECT price FROM items");
        body["configuration"]!["dryRun"] = true;
        var dry = await app.DoAsync(HttpMethod.Post, $"/projects/{app.Project}/jobs", body.DeepClone());
        (dry.Text("statistics.query.totalBytesProcessed"), dry.Text("jobReference.jobId")).ShouldBe(("48", ""));

        var reader = await app.Sandbox.ConnectGoogleAsync("https://www.googleapis.com/auth/bigquery.readonly");
        (await app.CallAsync(HttpMethod.Post, $"/projects/{app.Project}/jobs", body, reader)).Status.ShouldBe(403);
    }

    [Fact]
    public async Task Rows_go_into_a_destination_table_as_the_dispositions_say()
    {
        await using var app = await (await BigQueryApp.StartAsync()).WithItemsAsync();
        Action<JsonObject> To(string write) => query =>
        {
            query["destinationTable"] = new JsonObject { ["projectId"] = app.Project, ["datasetId"] = BigQueryApp.Dataset, ["tableId"] = "copy" };
            query["writeDisposition"] = write;
        };

        foreach (var (write, state, rows) in new[] { ("WRITE_EMPTY", "", "3"), ("WRITE_EMPTY", "duplicate", "3"), ("WRITE_APPEND", "", "6"), ("WRITE_TRUNCATE", "", "3") })
        {
            var job = await app.DoAsync(HttpMethod.Post, $"/projects/{app.Project}/jobs", Job(app, "SELECT id, name FROM items", null, To(write)));
            job.Text("status.errorResult.reason").ShouldBe(state);
            (await app.RowsAsync("SELECT COUNT(*) FROM copy")).ShouldBe(rows);
        }

        var wrong = await app.DoAsync(HttpMethod.Post, $"/projects/{app.Project}/jobs", Job(app, "SELECT 'x' AS other", null, To("WRITE_APPEND")));
        wrong.Text("status.errorResult.message").ShouldStartWith("Provided Schema does not match");
    }

    [Fact]
    public async Task A_copy_job_copies_and_load_jobs_are_refused_honestly()
    {
        await using var app = await (await BigQueryApp.StartAsync()).WithItemsAsync();
        JsonObject Table(string id) => new() { ["projectId"] = app.Project, ["datasetId"] = BigQueryApp.Dataset, ["tableId"] = id };
        var copied = await app.DoAsync(HttpMethod.Post, $"/projects/{app.Project}/jobs", new JsonObject { ["configuration"] = new JsonObject { ["copy"] = new JsonObject { ["sourceTable"] = Table("items"), ["destinationTable"] = Table("items2") } } });
        copied.Text("status.errorResult.reason").ShouldBe("");
        (await app.RowsAsync("SELECT SUM(price) FROM items2")).ShouldBe("23.58");
        (await app.CallAsync(HttpMethod.Post, $"/projects/{app.Project}/jobs", new JsonObject { ["configuration"] = new JsonObject { ["load"] = new JsonObject() } })).Body.Text("error.message").ShouldContain("no load and extract jobs");
    }

    [Theory]
    [InlineData("INSERT INTO items VALUES (4, 'Rice', 1, NULL)", "1|0|0", "SELECT COUNT(*) FROM items", "4")]
    [InlineData("INSERT items (id, name) SELECT id + 10, UPPER(name) FROM items", "3|0|0", "SELECT STRING_AGG(name, ',' ORDER BY id) FROM items WHERE id > 10", "OAT,SOY,BEANS")]
    [InlineData("UPDATE items SET price = price * 2, name = CONCAT(name, '!') WHERE id < 3", "0|2|0", "SELECT STRING_AGG(name || CAST(price AS STRING), ',' ORDER BY id) FROM items", "Oat!4.98,Soy!4.38,Beans18.9")]
    [InlineData("UPDATE items AS t SET t.name = s.n FROM (SELECT 1 AS k, 'New' AS n) AS s WHERE t.id = s.k", "0|1|0", "SELECT name FROM items WHERE id = 1", "New")]
    [InlineData("DELETE FROM items WHERE sold IS NULL", "0|0|1", "SELECT COUNT(*) FROM items", "2")]
    [InlineData("DELETE items WHERE id IN (SELECT id FROM items WHERE price < 2.4)", "0|0|1", "SELECT COUNT(*) FROM items", "2")]
    [InlineData("TRUNCATE TABLE items", "0|0|3", "SELECT COUNT(*) FROM items", "0")]
    [InlineData("MERGE items t USING (SELECT 2 AS id, 'Soy 2' AS name UNION ALL SELECT 5, 'Figs') s ON t.id = s.id WHEN MATCHED THEN UPDATE SET name = s.name WHEN NOT MATCHED THEN INSERT (id, name) VALUES (s.id, s.name) WHEN NOT MATCHED BY SOURCE AND t.price > 10 THEN DELETE", "1|1|1", "SELECT STRING_AGG(name, ',' ORDER BY id) FROM items", "Oat,Soy 2,Figs")]
    public async Task Data_is_changed_by_statements(string sql, string changed, string check, string answer)
    {
        await using var app = await (await BigQueryApp.StartAsync()).WithItemsAsync();

        var reply = await app.QueryAsync(sql);

        $"{reply.Text("dmlStats.insertedRowCount")}|{reply.Text("dmlStats.updatedRowCount")}|{reply.Text("dmlStats.deletedRowCount")}".ShouldBe(changed);
        reply.Text("numDmlAffectedRows").ShouldBe($"{changed.Split('|').Sum(int.Parse)}");
        (await app.RowsAsync(check)).ShouldBe(answer);
    }

    [Theory]
    [InlineData("DELETE FROM items", "DELETE must have a WHERE clause at [1:1]")]
    [InlineData("UPDATE items SET name = 'x'", "UPDATE must have a WHERE clause at [1:1]")]
    [InlineData("INSERT INTO items (id, name) VALUES (1)", "Inserted row has wrong column count; Has 1, expected 2 at [1:1]")]
    [InlineData("INSERT INTO items (id, name) VALUES ('a', 'b')", "Value has type STRING which cannot be inserted into column id, which has type INT64 at [1:38]")]
    [InlineData("INSERT INTO items (name) VALUES ('b')", "Required field id cannot be null")]
    [InlineData("INSERT INTO items (nope) VALUES (1)", "Column nope is not present in table made_by_test.items at [1:1]")]
    [InlineData("UPDATE items SET name = 'x' FROM UNNEST([1, 2]) AS n WHERE TRUE", "UPDATE/MERGE must match at most one source row for each target row")]
    [InlineData("CREATE TABLE items (x INT64)", "Already Exists: Table {0}:made_by_test.items")]
    [InlineData("DROP TABLE nothing", "Not found: Table {0}:made_by_test.nothing was not found in location US")]
    [InlineData("DROP VIEW items", "{0}:made_by_test.items is not allowed for this operation because it is currently a TABLE.")]
    [InlineData("CREATE TABLE t AS SELECT 1", "CREATE TABLE columns must be named, but column 1 has no name at [1:19]")]
    [InlineData("ALTER TABLE items ADD COLUMN x INT64", "The Patchbay sandbox does not support the statement ALTER at [1:1]")]
    public async Task Statements_that_cannot_be_are_refused_and_change_nothing(string sql, string message)
    {
        await using var app = await (await BigQueryApp.StartAsync()).WithItemsAsync();
        (await app.RefusedAsync(sql)).Message.ShouldBe(string.Format(System.Globalization.CultureInfo.InvariantCulture, message, app.Project));
        (await app.RowsAsync("SELECT COUNT(*), SUM(price) FROM items")).ShouldBe("3|23.58");
    }

    [Fact]
    public async Task Tables_views_and_datasets_are_made_and_dropped_by_statements()
    {
        await using var app = await (await BigQueryApp.StartAsync()).WithItemsAsync();
        var made = await app.DoAsync(HttpMethod.Post, $"/projects/{app.Project}/jobs", Job(app, "CREATE OR REPLACE TABLE items AS SELECT name, COUNT(*) AS n, [1, 2] AS l FROM items GROUP BY name"));
        made.Text("statistics.query.ddlOperationPerformed").ShouldBe("REPLACE");
        (await app.RowsAsync("SELECT COUNT(*), SUM(x) FROM items, items.l AS x")).ShouldBe("6|9");
        await app.QueryAsync("CREATE TABLE IF NOT EXISTS items (x INT64)");
        await app.QueryAsync("CREATE TABLE d (id INT64, made TIMESTAMP DEFAULT CURRENT_TIMESTAMP(), tags ARRAY<STRING>, who STRUCT<name STRING, age INT64>) OPTIONS(description='d')");
        await app.QueryAsync("INSERT INTO d (id, who) VALUES (1, STRUCT('Ada', 36))");
        (await app.RowsAsync("SELECT id, made = CURRENT_TIMESTAMP(), tags, who.name, who FROM d")).ShouldBe("1|true|[]|Ada|{\"f\":[{\"v\":\"Ada\"},{\"v\":\"36\"}]}");
        (await app.DoAsync(HttpMethod.Get, app.Tables + "/d")).Text("description").ShouldBe("d");

        await app.QueryAsync("CREATE SCHEMA extra");
        await app.QueryAsync("CREATE TABLE extra.t AS SELECT 1 AS x");
        (await app.RefusedAsync("DROP SCHEMA extra")).Reason.ShouldBe("resourceInUse");
        await app.QueryAsync("DROP SCHEMA extra CASCADE");
        await app.QueryAsync("DROP TABLE IF EXISTS nothing");
        await app.QueryAsync("DROP TABLE d");
        (await app.CallAsync(HttpMethod.Get, app.Tables + "/d")).Status.ShouldBe(404);
    }
}
