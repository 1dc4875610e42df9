using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Salesforce;

public sealed class BulkTests
{
    private static async Task<string> LoadAsync(SalesforceClient client, JsonObject job, string csv)
    {
        var (_, created) = await client.PostAsync("/jobs/ingest", job);
        created.Text("state").ShouldBe("Open");
        await client.UploadAsync("/jobs/ingest/" + created.Text("id") + "/batches", csv);
        (await client.PatchAsync("/jobs/ingest/" + created.Text("id"), new JsonObject { ["state"] = "UploadComplete" })).Body.Text("state").ShouldBe("UploadComplete");
        return created.Text("id");
    }

    [Fact]
    public async Task A_table_is_loaded_row_by_row_and_says_which_failed()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var client = await sandbox.ClientAsync();

        var job = await LoadAsync(client, new JsonObject { ["object"] = "Lead", ["operation"] = "insert" }, "LastName,Company,Description\nBulk One,Bulk Co,\"two\nlines, \"\"quoted\"\"\"\nBulk Two,,\n");

        var (_, done) = await client.GetAsync("/jobs/ingest/" + job);
        (done.Text("state"), done.Text("numberRecordsProcessed"), done.Text("numberRecordsFailed")).ShouldBe(("JobComplete", "2", "1"));
        (await client.ValuesAsync("SELECT Description FROM Lead WHERE Company = 'Bulk Co'", "Description")).ShouldBe(["two\nlines, \"quoted\""]);
        (await client.CsvAsync($"/jobs/ingest/{job}/successfulResults")).ShouldStartWith("\"sf__Id\",\"sf__Created\",\"LastName\",\"Company\",\"Description\"\n\"00Q");
        (await client.CsvAsync($"/jobs/ingest/{job}/failedResults")).ShouldContain("REQUIRED_FIELD_MISSING");
        (await client.CsvAsync($"/jobs/ingest/{job}/unprocessedrecords")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Rows_are_upserted_changed_and_deleted()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var client = await sandbox.ClientAsync();
        var upsert = new JsonObject { ["object"] = "Contact", ["operation"] = "upsert", ["externalIdFieldName"] = "External_Id__c", ["columnDelimiter"] = "SEMICOLON", ["lineEnding"] = "CRLF" };

        await client.GetAsync("/jobs/ingest/" + await LoadAsync(client, (JsonObject)upsert.DeepClone(), "External_Id__c;LastName;Title\r\nB-1;First;Boss\r\n"));
        await client.GetAsync("/jobs/ingest/" + await LoadAsync(client, upsert, "External_Id__c;LastName;Title\r\nB-1;Second;#N/A\r\n"));

        var contact = (await client.QueryAsync("SELECT Id, LastName, Title FROM Contact WHERE External_Id__c = 'B-1'"))[0];
        (contact.Text("LastName"), contact.At("Title")).ShouldBe(("Second", null));
        var job = await LoadAsync(client, new JsonObject { ["object"] = "Contact", ["operation"] = "delete" }, $"Id\n{contact.Text("Id")}\n003000000000001\n");
        (await client.GetAsync("/jobs/ingest/" + job)).Body.Text("numberRecordsFailed").ShouldBe("1");
        (await client.GetAsync("/sobjects/Contact/" + contact.Text("Id"))).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData("LastName,Shoe\nx,y\n")]
    [InlineData("LastName\n\"open\n")]
    [InlineData("")]
    public async Task A_table_that_cannot_be_read_fails_as_a_whole(string csv)
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var client = await sandbox.ClientAsync();

        var job = await LoadAsync(client, new JsonObject { ["object"] = "Lead", ["operation"] = "insert" }, csv);

        var (_, body) = await client.GetAsync("/jobs/ingest/" + job);
        body.Text("state").ShouldBe("Failed");
        body.Text("errorMessage").ShouldStartWith("InvalidBatch");
    }

    [Fact]
    public async Task A_result_is_fetched_as_csv_in_pages()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var client = await sandbox.ClientAsync();
        for (var number = 0; number < 3; number++)
            await client.CreateAsync("Campaign", new JsonObject { ["Name"] = $"Export {number}" });

        var (_, job) = await client.PostAsync("/jobs/query", new JsonObject { ["operation"] = "query", ["query"] = "SELECT Name, Owner.Name FROM Campaign WHERE Name LIKE 'Export %' ORDER BY Name" });
        var path = "/jobs/query/" + job.Text("id");
        var (_, done) = await client.GetAsync(path);
        using var first = await client.SendAsync(HttpMethod.Get, path + "/results?maxRecords=2");
        var locator = first.Headers.GetValues("Sforce-Locator").Single();
        using var second = await client.SendAsync(HttpMethod.Get, path + "/results?maxRecords=2&locator=" + locator);

        (job.Text("state"), done.Text("state"), done.Text("numberRecordsProcessed")).ShouldBe(("UploadComplete", "JobComplete", "3"));
        (await first.Content.ReadAsStringAsync()).ShouldStartWith("\"Name\",\"Owner.Name\"\n\"Export 0\",\"");
        first.Headers.GetValues("Sforce-NumberOfRecords").Single().ShouldBe("2");
        (await second.Content.ReadAsStringAsync()).ShouldContain("Export 2");
        second.Headers.GetValues("Sforce-Locator").Single().ShouldBe("null");
        (await client.PostAsync("/jobs/query", new JsonObject { ["operation"] = "query", ["query"] = "SELECT COUNT(Id) FROM Lead" })).Status.ShouldBe(400);
        (await client.DeleteAsync(path)).Status.ShouldBe(204);
        (await client.GetAsync(path)).Status.ShouldBe(404);
    }
}
