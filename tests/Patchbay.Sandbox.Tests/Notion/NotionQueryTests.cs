using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Notion;

/// <summary>The filter language over three rows; the clock stands at Friday 19 June 2026.</summary>
public sealed class NotionQueryTests : IAsyncLifetime
{
    private Playground sandbox = null!;
    private string token = "";
    private string source = "";
    private string user = "";

    public async Task InitializeAsync()
    {
        sandbox = await Playground.WithClientAsync("notion");
        token = await sandbox.ConnectNotionAsync();
        user = (await sandbox.DoAsync(token, "GET", "/users")).Text("results.0.id");
        var page = await sandbox.TopPageAsync(token);
        (_, source) = await sandbox.TableAsync(token, page, Json("""
            {"Name":{"title":{}},"Note":{"rich_text":{}},"Amount":{"number":{"format":"euro"}},"Kind":{"select":{"options":[{"name":"Small"},{"name":"Big"}]}},
             "Tags":{"multi_select":{}},"Stage":{"status":{}},"Due":{"date":{}},"Who":{"people":{}},"Paid":{"checkbox":{}},"Site":{"url":{}},"Mail":{"email":{}},
             "Call":{"phone_number":{}},"Made":{"created_time":{}},"By":{"created_by":{}},"Number":{"unique_id":{"prefix":"T"}},"Files":{"files":{}}}
            """).AsObject());
        await RowAsync($$$"""
            {"Name":{"title":[{"text":{"content":"Alder"}}]},"Note":{"rich_text":[{"text":{"content":"Oak and pine"}}]},"Amount":{"number":10},"Kind":{"select":{"name":"Small"}},
             "Tags":{"multi_select":[{"name":"red"},{"name":"blue"}]},"Stage":{"status":{"name":"Done"}},"Due":{"date":{"start":"2026-06-19"}},"Who":{"people":[{"id":"{{{user}}}"}]},
             "Paid":{"checkbox":true},"Site":{"url":"https://alder.example"},"Mail":{"email":"a@alder.example"},"Call":{"phone_number":"+49 30 1"},
             "Files":{"files":[{"name":"plan","external":{"url":"https://files.example/plan.pdf"}}]}}
            """);
        sandbox.Time.Advance(TimeSpan.FromMinutes(1));
        await RowAsync("""
            {"Name":{"title":[{"text":{"content":"Birch"}}]},"Note":{"rich_text":[{"text":{"content":"pine only"}}]},"Amount":{"number":25.5},"Kind":{"select":{"name":"Big"}},
             "Tags":{"multi_select":[{"name":"blue"}]},"Stage":{"status":{"name":"In progress"}},"Due":{"date":{"start":"2026-06-22T10:00:00Z","end":"2026-06-23T10:00:00Z"}},"Paid":{"checkbox":false}}
            """);
        sandbox.Time.Advance(TimeSpan.FromMinutes(1));
        await RowAsync("""{"Name":{"title":[{"text":{"content":"Cedar"}}]},"Due":{"date":{"start":"2026-05-01"}}}""");
    }

    public async Task DisposeAsync() => await sandbox.DisposeAsync();

    [Theory]
    [InlineData("""{"property":"Name","title":{"equals":"birch"}}""", "Birch")]
    [InlineData("""{"property":"title","title":{"starts_with":"c"}}""", "Cedar")]
    [InlineData("""{"property":"Name","title":{"ends_with":"er"}}""", "Alder")]
    [InlineData("""{"property":"Note","rich_text":{"contains":"PINE"}}""", "Alder,Birch")]
    [InlineData("""{"property":"Note","rich_text":{"does_not_contain":"oak"}}""", "Birch,Cedar")]
    [InlineData("""{"property":"Note","rich_text":{"is_empty":true}}""", "Cedar")]
    [InlineData("""{"property":"Note","rich_text":{"is_not_empty":true}}""", "Alder,Birch")]
    [InlineData("""{"property":"Site","url":{"contains":"alder"}}""", "Alder")]
    [InlineData("""{"property":"Mail","email":{"does_not_equal":"a@alder.example"}}""", "Birch,Cedar")]
    [InlineData("""{"property":"Call","phone_number":{"starts_with":"+49"}}""", "Alder")]
    [InlineData("""{"property":"Amount","number":{"equals":25.5}}""", "Birch")]
    [InlineData("""{"property":"Amount","number":{"does_not_equal":10}}""", "Birch,Cedar")]
    [InlineData("""{"property":"Amount","number":{"greater_than":10}}""", "Birch")]
    [InlineData("""{"property":"Amount","number":{"less_than_or_equal_to":10}}""", "Alder")]
    [InlineData("""{"property":"Amount","number":{"is_empty":true}}""", "Cedar")]
    [InlineData("""{"property":"Number","unique_id":{"greater_than_or_equal_to":2}}""", "Birch,Cedar")]
    [InlineData("""{"property":"Paid","checkbox":{"equals":true}}""", "Alder")]
    [InlineData("""{"property":"Paid","checkbox":{"does_not_equal":true}}""", "Birch,Cedar")]
    [InlineData("""{"property":"Kind","select":{"equals":"Big"}}""", "Birch")]
    [InlineData("""{"property":"Kind","select":{"does_not_equal":"Big"}}""", "Alder,Cedar")]
    [InlineData("""{"property":"Kind","select":{"is_empty":true}}""", "Cedar")]
    [InlineData("""{"property":"Stage","status":{"equals":"Done"}}""", "Alder")]
    [InlineData("""{"property":"Stage","status":{"is_not_empty":true}}""", "Alder,Birch")]
    [InlineData("""{"property":"Tags","multi_select":{"contains":"blue"}}""", "Alder,Birch")]
    [InlineData("""{"property":"Tags","multi_select":{"does_not_contain":"red"}}""", "Birch,Cedar")]
    [InlineData("""{"property":"Due","date":{"equals":"2026-06-19"}}""", "Alder")]
    [InlineData("""{"property":"Due","date":{"on_or_before":"2026-06-19"}}""", "Alder,Cedar")]
    [InlineData("""{"property":"Due","date":{"after":"2026-06-22T09:59:00Z"}}""", "Birch")]
    [InlineData("""{"property":"Due","date":{"before":"2026-06-22T10:00:00Z"}}""", "Alder,Cedar")]
    [InlineData("""{"property":"Due","date":{"next_week":{}}}""", "Alder,Birch")]
    [InlineData("""{"property":"Due","date":{"this_week":{}}}""", "Alder")]
    [InlineData("""{"property":"Due","date":{"past_year":{}}}""", "Alder,Cedar")]
    [InlineData("""{"property":"Due","date":{"is_not_empty":true}}""", "Alder,Birch,Cedar")]
    [InlineData("""{"property":"Who","people":{"contains":"me"}}""", "Alder")]
    [InlineData("""{"property":"Who","people":{"is_empty":true}}""", "Birch,Cedar")]
    [InlineData("""{"property":"Files","files":{"is_not_empty":true}}""", "Alder")]
    [InlineData("""{"property":"Made","created_time":{"on_or_after":"2026-06-19T09:42:00Z"}}""", "Birch,Cedar")]
    [InlineData("""{"timestamp":"created_time","created_time":{"before":"2026-06-19T09:42:00Z"}}""", "Alder")]
    [InlineData("""{"timestamp":"last_edited_time","last_edited_time":{"past_week":{}}}""", "Alder,Birch,Cedar")]
    [InlineData("""{"and":[{"property":"Note","rich_text":{"contains":"pine"}},{"property":"Paid","checkbox":{"equals":false}}]}""", "Birch")]
    [InlineData("""{"or":[{"property":"Amount","number":{"is_empty":true}},{"and":[{"property":"Kind","select":{"equals":"Small"}},{"property":"Tags","multi_select":{"contains":"red"}}]}]}""", "Alder,Cedar")]
    public async Task A_filter_finds(string filter, string expected) => (await QueryAsync(filter)).Order(StringComparer.Ordinal).ShouldBe(expected.Split(','));

    [Theory]
    [InlineData("""{"property":"Nowhere","number":{"equals":1}}""", "Could not find property with name or id: Nowhere")]
    [InlineData("""{"property":"Amount","rich_text":{"equals":"1"}}""", "database property number does not match filter rich_text")]
    [InlineData("""{"property":"Amount","number":{"equals":"1"}}""", "body.filter.number.equals should be a number")]
    [InlineData("""{"property":"Amount","number":{"near":1}}""", "body.filter.number should be")]
    [InlineData("""{"property":"Note","rich_text":{"is_empty":false}}""", "should be `true`")]
    [InlineData("""{"property":"Due","date":{"before":"soon"}}""", "valid ISO 8601 date")]
    [InlineData("""{"property":"Who","people":{"contains":"nobody"}}""", "valid uuid")]
    [InlineData("""{"and":[{"or":[{"and":[]}]}]}""", "two levels")]
    [InlineData("""{"number":{"equals":1}}""", "body.filter.property should be defined")]
    [InlineData("[]", "body.filter should be an object")]
    public async Task A_wrong_filter_is_refused_in_words(string filter, string message)
    {
        var (code, said) = await sandbox.RefusedAsync(token, "POST", $"/data_sources/{source}/query", new JsonObject { ["filter"] = Json(filter) });
        code.ShouldBe("validation_error");
        said.ShouldContain(message);
    }

    [Theory]
    [InlineData("""[{"property":"Amount","direction":"descending"}]""", "Birch,Alder,Cedar")]
    [InlineData("""[{"property":"Amount","direction":"ascending"}]""", "Alder,Birch,Cedar")]
    [InlineData("""[{"property":"Name","direction":"descending"}]""", "Cedar,Birch,Alder")]
    [InlineData("""[{"property":"Kind","direction":"ascending"}]""", "Alder,Birch,Cedar")]
    [InlineData("""[{"property":"Paid","direction":"ascending"},{"property":"Name","direction":"descending"}]""", "Cedar,Birch,Alder")]
    [InlineData("""[{"timestamp":"created_time","direction":"ascending"}]""", "Alder,Birch,Cedar")]
    [InlineData("""[{"timestamp":"last_edited_time","direction":"descending"}]""", "Cedar,Birch,Alder")]
    [InlineData("[]", "Cedar,Birch,Alder")]
    public async Task Sorts_order_and_empty_values_stand_last(string sorts, string expected)
    {
        var reply = await sandbox.DoAsync(token, "POST", $"/data_sources/{source}/query", new JsonObject { ["sorts"] = Json(sorts) });
        NotionApp.Titles(reply).ShouldBe(expected.Split(','));
    }

    [Fact]
    public async Task Pages_of_a_query_join_up_and_a_cursor_must_be_one()
    {
        var first = await sandbox.DoAsync(token, "POST", $"/data_sources/{source}/query", new JsonObject { ["page_size"] = 2 });
        first.Text("has_more").ShouldBe("true");
        first.Text("type").ShouldBe("page_or_data_source");

        var second = await sandbox.DoAsync(token, "POST", $"/data_sources/{source}/query", new JsonObject { ["page_size"] = 2, ["start_cursor"] = first.Text("next_cursor") });

        second.Text("has_more").ShouldBe("false");
        second.At("next_cursor").ShouldBeNull();
        NotionApp.Titles(first).Concat(NotionApp.Titles(second)).ShouldBe(["Cedar", "Birch", "Alder"]);
        (await sandbox.RefusedAsync(token, "POST", $"/data_sources/{source}/query", new JsonObject { ["page_size"] = 101 })).Message.ShouldContain("should be ≤ `100`, instead was `101`");
        (await sandbox.RefusedAsync(token, "POST", $"/data_sources/{source}/query", new JsonObject { ["start_cursor"] = "next" })).Message.ShouldContain("start_cursor should be a valid uuid");
    }

    [Fact]
    public async Task Filter_properties_of_the_address_limits_what_comes_back()
    {
        var reply = await sandbox.DoAsync(token, "POST", $"/data_sources/{source}/query?filter_properties=title&filter_properties=Amount", new JsonObject());
        reply.At("results.0.properties")!.AsObject().Select(member => member.Key).ShouldBe(["Name", "Amount"]);
    }

    [Fact]
    public async Task The_older_version_queries_the_database_and_not_the_data_source()
    {
        var database = (await sandbox.DoAsync(token, "GET", $"/data_sources/{source}")).Text("parent.database_id");

        var reply = await sandbox.DoAsync(token, "POST", $"/databases/{database}/query", Json("""{"filter":{"property":"Name","title":{"equals":"Alder"}}}"""), NotionApp.Before);

        NotionApp.Titles(reply).ShouldBe(["Alder"]);
        reply.Text("type").ShouldBe("page_or_database");
        reply.Text("results.0.parent.type").ShouldBe("database_id");
        (await sandbox.RefusedAsync(token, "POST", $"/databases/{database}/query", new JsonObject())).Code.ShouldBe("invalid_request_url");
        (await sandbox.RefusedAsync(token, "POST", $"/data_sources/{source}/query", new JsonObject(), NotionApp.Before)).Code.ShouldBe("invalid_request_url");
    }

    private Task<JsonNode> RowAsync(string properties) => sandbox.RowAsync(token, source, Json(properties).AsObject());

    private async Task<IReadOnlyList<string>> QueryAsync(string filter) =>
        NotionApp.Titles(await sandbox.DoAsync(token, "POST", $"/data_sources/{source}/query", new JsonObject { ["filter"] = Json(filter) }));

    private static JsonNode Json(string text) => JsonNode.Parse(text)!;
}
