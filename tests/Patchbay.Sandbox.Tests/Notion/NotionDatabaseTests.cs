using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Notion;

public sealed class NotionDatabaseTests : IAsyncLifetime
{
    private Playground sandbox = null!;
    private string token = "";
    private string page = "";

    public async Task InitializeAsync()
    {
        sandbox = await Playground.WithClientAsync("notion");
        token = await sandbox.ConnectNotionAsync();
        page = await sandbox.TopPageAsync(token);
    }

    public async Task DisposeAsync() => await sandbox.DisposeAsync();

    [Fact]
    public async Task Columns_are_added_renamed_and_removed_and_rows_follow()
    {
        var (_, source) = await sandbox.TableAsync(token, page, Json("""{"Name":{"title":{}},"Old":{"number":{}}}""").AsObject());
        var row = await sandbox.RowAsync(token, source, Json("""{"Name":{"title":[]},"Old":{"number":7}}""").AsObject());

        var changed = await sandbox.DoAsync(token, "PATCH", $"/data_sources/{source}", Json("""{"title":[{"text":{"content":"Renamed"}}],"properties":{"Old":{"name":"New"},"Kind":{"select":{"options":[{"name":"A","color":"blue"}]}}}}"""));

        changed.Text("title.0.plain_text").ShouldBe("Renamed");
        changed.Text("properties.Kind.select.options.0.color").ShouldBe("blue");
        (await sandbox.DoAsync(token, "GET", $"/pages/{row.Text("id")}")).Text("properties.New.number").ShouldBe("7");
        (await sandbox.DoAsync(token, "PATCH", $"/data_sources/{source}", Json("""{"properties":{"New":null}}"""))).At("properties.New").ShouldBeNull();
        (await sandbox.RefusedAsync(token, "PATCH", $"/data_sources/{source}", Json("""{"properties":{"Name":null}}"""))).Message.ShouldContain("title");
    }

    [Theory]
    [InlineData("""{"Amount":{"number":{}}}""", "title")]
    [InlineData("""{"Name":{"title":{}},"More":{"title":{}}}""", "title")]
    [InlineData("""{"Name":{"title":{}},"Odd":{"astrology":{}}}""", "a type Notion knows")]
    [InlineData("""{"Name":{"title":{}},"Amount":{"number":{"format":"shells"}}}""", "number format")]
    [InlineData("""{"Name":{"title":{}},"Sum":{"formula":{"expression":"1"}}}""", "does not calculate")]
    public async Task A_wrong_column_is_refused(string columns, string message) =>
        (await sandbox.RefusedAsync(token, "POST", "/databases", new JsonObject { ["parent"] = new JsonObject { ["page_id"] = page }, ["initial_data_source"] = new JsonObject { ["properties"] = Json(columns) } })).Message.ShouldContain(message);

    [Fact]
    public async Task A_second_data_source_is_more_than_the_older_version_can_do()
    {
        var (database, source) = await sandbox.TableAsync(token, page, Json("""{"Name":{"title":{}}}""").AsObject());
        (await sandbox.DoAsync(token, "GET", $"/databases/{database}", version: NotionApp.Before)).Text("properties.Name.type").ShouldBe("title");

        var second = await sandbox.DoAsync(token, "POST", "/data_sources", new JsonObject { ["parent"] = new JsonObject { ["database_id"] = database }, ["properties"] = Json("""{"Title":{"title":{}}}"""), ["title"] = NotionApp.Words("Second") });

        var both = await sandbox.DoAsync(token, "GET", $"/databases/{database}");
        both.At("data_sources")!.AsArray().Select(entry => entry.Text("id")).ShouldBe([source, second.Text("id")]);
        both.At("properties").ShouldBeNull();
        var (status, refused) = await sandbox.NotionAsync(token, "POST", $"/databases/{database}/query", new JsonObject(), NotionApp.Before);
        status.ShouldBe(400);
        refused.Text("additional_data.error_type").ShouldBe("multiple_data_sources_for_database");
        (await sandbox.RefusedAsync(token, "POST", "/pages", new JsonObject { ["parent"] = new JsonObject { ["database_id"] = database }, ["properties"] = new JsonObject() })).Code.ShouldBe("validation_error");
    }

    [Fact]
    public async Task The_older_version_makes_and_fills_a_database_by_its_own_names()
    {
        var database = await sandbox.DoAsync(token, "POST", "/databases", new JsonObject { ["parent"] = new JsonObject { ["page_id"] = page }, ["title"] = NotionApp.Words("Old"), ["properties"] = Json("""{"Name":{"title":{}}}""") }, NotionApp.Before);
        await sandbox.DoAsync(token, "POST", "/pages", new JsonObject { ["parent"] = new JsonObject { ["database_id"] = database.Text("id") }, ["properties"] = Json("""{"Name":{"title":[{"text":{"content":"Row"}}]}}""") }, NotionApp.Before);

        database.Text("properties.Name.id").ShouldBe("title");
        (await sandbox.DoAsync(token, "POST", "/search", Json("""{"query":"old","filter":{"property":"object","value":"database"}}"""), NotionApp.Before)).Text("results.0.id").ShouldBe(database.Text("id"));
        (await sandbox.DoAsync(token, "POST", "/search", Json("""{"query":"old","filter":{"property":"object","value":"data_source"}}"""))).Text("results.0.parent.database_id").ShouldBe(database.Text("id"));
        (await sandbox.RefusedAsync(token, "POST", "/search", Json("""{"filter":{"property":"object","value":"database"}}"""))).Message.ShouldContain("body.filter.value");
        (await sandbox.DoAsync(token, "GET", $"/blocks/{page}/children")).Text("results.0.child_database.title").ShouldBe("Old");
    }

    [Fact]
    public async Task A_two_way_relation_shows_on_both_ends_and_a_rollup_sums_over_it()
    {
        var (_, orders) = await sandbox.TableAsync(token, page, Json("""{"Name":{"title":{}},"Amount":{"number":{}},"Paid":{"checkbox":{}}}""").AsObject());
        var (_, clients) = await sandbox.TableAsync(token, page, Json($$$"""{"Name":{"title":{}},"Orders":{"relation":{"data_source_id":"{{{orders}}}","type":"dual_property","dual_property":{"synced_property_name":"Client"} } } }""").AsObject());
        await sandbox.DoAsync(token, "PATCH", $"/data_sources/{clients}", Json("""{"properties":{"Total":{"rollup":{"relation_property_name":"Orders","rollup_property_name":"Amount","function":"sum"}},"Paid":{"rollup":{"relation_property_name":"Orders","rollup_property_name":"Paid","function":"percent_checked"}}}}"""));
        var first = (await OrderAsync(10, true)).Text("id");
        var second = (await OrderAsync(5, false)).Text("id");

        var client = await sandbox.RowAsync(token, clients, Json($$$"""{"Name":{"title":[{"text":{"content":"Fern"}}]},"Orders":{"relation":[{"id":"{{{first}}}"},{"id":"{{{second}}}"}]} }""").AsObject());

        client.Text("properties.Total.rollup.number").ShouldBe("15");
        client.Text("properties.Paid.rollup.number").ShouldBe("0.5");
        (await sandbox.DoAsync(token, "GET", $"/pages/{first}")).Text("properties.Client.relation.0.id").ShouldBe(client.Text("id"));
        await sandbox.DoAsync(token, "PATCH", $"/pages/{second}", Json("""{"properties":{"Client":{"relation":[]}}}"""));
        (await sandbox.DoAsync(token, "GET", $"/pages/{client.Text("id")}")).Text("properties.Total.rollup.number").ShouldBe("10");
        NotionApp.Titles(await sandbox.DoAsync(token, "POST", $"/data_sources/{clients}/query", Json("""{"filter":{"property":"Total","rollup":{"number":{"greater_than":9}}}}"""))).ShouldBe(["Fern"]);
        NotionApp.Titles(await sandbox.DoAsync(token, "POST", $"/data_sources/{clients}/query", Json($$$"""{"filter":{"property":"Orders","relation":{"contains":"{{{second}}}"} } }"""))).ShouldBeEmpty();

        Task<JsonNode> OrderAsync(int amount, bool paid) => sandbox.RowAsync(token, orders, new JsonObject
        {
            ["Name"] = new JsonObject { ["title"] = NotionApp.Words($"{amount}") }, ["Amount"] = new JsonObject { ["number"] = amount }, ["Paid"] = new JsonObject { ["checkbox"] = paid },
        });
    }

    [Fact]
    public async Task Comments_open_discussions_that_others_answer_in()
    {
        var first = await sandbox.DoAsync(token, "POST", "/comments", new JsonObject { ["parent"] = new JsonObject { ["page_id"] = page }, ["rich_text"] = NotionApp.Words("Why?") });
        await sandbox.DoAsync(token, "POST", "/comments", new JsonObject { ["discussion_id"] = first.Text("discussion_id"), ["rich_text"] = NotionApp.Words("Because.") });

        var list = await sandbox.DoAsync(token, "GET", $"/comments?block_id={page}");

        list.At("results")!.AsArray().Select(comment => comment.Text("rich_text.0.plain_text")).ShouldBe(["Why?", "Because."]);
        list.At("results")!.AsArray().Select(comment => comment.Text("discussion_id")).Distinct().Count().ShouldBe(1);
        (await sandbox.RefusedAsync(token, "GET", "/comments")).Message.ShouldContain("query.block_id should be defined");
        await sandbox.DoAsync(token, "DELETE", $"/comments/{first.Text("id")}");
        (await sandbox.DoAsync(token, "GET", $"/comments?block_id={page}")).At("results")!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_file_is_announced_sent_attached_and_downloaded_until_its_address_runs_out()
    {
        var upload = await sandbox.DoAsync(token, "POST", "/file_uploads", Json("""{"filename":"plan.txt","content_type":"text/plain"}"""));
        (await sandbox.RefusedAsync(token, "PATCH", $"/blocks/{page}/children", Json($$$"""{"children":[{"file":{"file_upload":{"id":"{{{upload.Text("id")}}}"} } }]}"""))).Message.ShouldContain("status of `pending`");

        (await SendAsync(upload.Text("id"), "the plan", null)).Text("status").ShouldBe("uploaded");
        var made = await sandbox.DoAsync(token, "PATCH", $"/blocks/{page}/children", Json($$$"""{"children":[{"file":{"type":"file_upload","file_upload":{"id":"{{{upload.Text("id")}}}"} } }]}"""));

        made.Text("results.0.file.type").ShouldBe("file");
        var address = new Uri("/" + made.Text("results.0.file.file.url")["https://".Length..], UriKind.Relative);
        (await sandbox.Http.GetStringAsync(address)).ShouldBe("the plan");
        sandbox.Time.Advance(TimeSpan.FromHours(2));
        ((int)(await sandbox.Http.GetAsync(address)).StatusCode).ShouldBe(403);
    }

    [Fact]
    public async Task A_large_file_comes_in_parts_and_one_that_is_never_attached_runs_out()
    {
        var upload = await sandbox.DoAsync(token, "POST", "/file_uploads", Json("""{"mode":"multi_part","filename":"big.bin","number_of_parts":2}"""));
        await SendAsync(upload.Text("id"), "one ", 1);
        (await sandbox.RefusedAsync(token, "POST", $"/file_uploads/{upload.Text("id")}/complete", new JsonObject())).Message.ShouldContain("1 of 2 parts");
        await SendAsync(upload.Text("id"), "two", 2);

        var whole = await sandbox.DoAsync(token, "POST", $"/file_uploads/{upload.Text("id")}/complete", new JsonObject());

        whole.Text("status").ShouldBe("uploaded");
        whole.Text("content_length").ShouldBe("7");
        sandbox.Time.Advance(TimeSpan.FromHours(1));
        (await sandbox.DoAsync(token, "GET", "/file_uploads?status=expired")).Text("results.0.id").ShouldBe(upload.Text("id"));
    }

    private async Task<JsonNode> SendAsync(string id, string text, int? part)
    {
        var file = new StringContent(text);
        file.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        using var form = new MultipartFormDataContent { { file, "file", "plan.txt" } };
        if (part is not null)
            form.Add(new StringContent($"{part}"), "part_number");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api.notion.com/v1/file_uploads/{id}/send") { Content = form };
        request.Headers.Add("Authorization", "Bearer " + token);
        request.Headers.Add("Notion-Version", NotionApp.Now);
        using var response = await sandbox.Http.SendAsync(request);
        var reply = await response.JsonAsync();
        ((int)response.StatusCode).ShouldBe(200, reply.ToJsonString());
        return reply;
    }

    private static JsonNode Json(string text) => JsonNode.Parse(text)!;
}
