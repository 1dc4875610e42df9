using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Notion;

public sealed class NotionPageTests : IAsyncLifetime
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
    public async Task A_row_reads_back_with_every_value_and_makes_the_options_it_names()
    {
        var (_, source) = await sandbox.TableAsync(token, page, Json("""{"Name":{"title":{}},"Kind":{"select":{}},"Tags":{"multi_select":{}},"Due":{"date":{}},"Paid":{"checkbox":{}},"Site":{"url":{}},"Amount":{"number":{}}}""").AsObject());

        var row = await sandbox.RowAsync(token, source, Json("""
            {"Name":{"title":[{"text":{"content":"Fern","link":{"url":"https://fern.example"}},"annotations":{"bold":true}}]},"Kind":{"select":{"name":"New"}},"Tags":{"multi_select":[{"name":"a"},{"name":"b","color":"red"}]},
             "Due":{"date":{"start":"2026-07-01","end":"2026-07-03"}},"Paid":{"checkbox":true},"Site":{"url":"https://fern.example/"},"Amount":{"number":-2.5}}
            """).AsObject());

        var back = await sandbox.DoAsync(token, "GET", $"/pages/{row.Text("id").Replace("-", "", StringComparison.Ordinal)}");
        back.Text("properties.Name.title.0.annotations.bold").ShouldBe("true");
        back.Text("properties.Name.title.0.href").ShouldBe("https://fern.example");
        back.Text("properties.Kind.select.name").ShouldBe("New");
        back.Text("properties.Tags.multi_select.1.color").ShouldBe("red");
        back.Text("properties.Due.date.end").ShouldBe("2026-07-03");
        back.Text("properties.Paid.checkbox").ShouldBe("true");
        back.Text("properties.Amount.number").ShouldBe("-2.5");
        back.Text("parent.data_source_id").ShouldBe(source);
        back.Text("url").ShouldEndWith(back.Text("id").Replace("-", "", StringComparison.Ordinal));
        (await sandbox.DoAsync(token, "GET", $"/data_sources/{source}")).At("properties.Tags.multi_select.options")!.AsArray().Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("""{"Nope":{"number":1}}""", "Nope is not a property that exists.")]
    [InlineData("""{"Amount":{"rich_text":[]}}""", "Amount is expected to be number.")]
    [InlineData("""{"Amount":{"number":"1"}}""", "body.properties.Amount.number should be a number or `null`")]
    [InlineData("""{"Name":{"title":"Fern"}}""", "body.properties.Name.title should be an array")]
    [InlineData("""{"Stage":{"status":{"name":"Nowhere"}}}""", "Status option \"Nowhere\" does not exist")]
    [InlineData("""{"Kind":{"select":{"name":"a,b"}}}""", "commas not allowed")]
    [InlineData("""{"Due":{"date":{"start":"tomorrow"}}}""", "valid ISO 8601 date")]
    [InlineData("""{"Due":{"date":{"start":"2026-02-02","end":"2026-02-01"}}}""", "start date must be before")]
    [InlineData("""{"Made":{"created_time":"2026-01-01"}}""", "cannot be updated")]
    [InlineData("""{"Who":{"people":[{"id":"3f2c9c5e-2222-4f4f-8888-000000000000"}]}}""", "Could not find user")]
    [InlineData("""{"Site":{"url":""}}""", "≥ `1`")]
    public async Task A_wrong_value_is_refused_and_nothing_is_written(string properties, string message)
    {
        var (_, source) = await sandbox.TableAsync(token, page, Json("""{"Name":{"title":{}},"Amount":{"number":{}},"Stage":{"status":{}},"Kind":{"select":{}},"Due":{"date":{}},"Made":{"created_time":{}},"Who":{"people":{}},"Site":{"url":{}}}""").AsObject());

        var (_, said) = await sandbox.RefusedAsync(token, "POST", "/pages", new JsonObject { ["parent"] = new JsonObject { ["data_source_id"] = source }, ["properties"] = Json(properties) });

        said.ShouldContain(message);
        (await sandbox.DoAsync(token, "POST", $"/data_sources/{source}/query", new JsonObject())).At("results")!.AsArray().Count.ShouldBe(0);
    }

    [Fact]
    public async Task Text_longer_than_2000_characters_is_refused_with_its_length()
    {
        var (_, said) = await sandbox.RefusedAsync(token, "PATCH", $"/blocks/{page}/children", new JsonObject { ["children"] = new JsonArray(NotionApp.Paragraph(new string('x', 2001))) });
        said.ShouldBe("body failed validation: body.children[0].paragraph.rich_text[0].text.content.length should be ≤ `2000`, instead was `2001`.");
    }

    [Fact]
    public async Task An_update_changes_what_it_names_and_keeps_the_rest()
    {
        var (_, source) = await sandbox.TableAsync(token, page, Json("""{"Name":{"title":{}},"Amount":{"number":{}},"Stage":{"status":{}}}""").AsObject());
        var row = await sandbox.RowAsync(token, source, Json("""{"Name":{"title":[{"text":{"content":"Fern"}}]},"Amount":{"number":1}}""").AsObject());
        sandbox.Time.Advance(TimeSpan.FromMinutes(5));

        var changed = await sandbox.DoAsync(token, "PATCH", $"/pages/{row.Text("id")}", Json("""{"properties":{"Stage":{"status":{"name":"Done"}},"Amount":{"number":null}},"icon":{"type":"emoji","emoji":"🌿"}}"""));

        changed.Text("properties.Name.title.0.plain_text").ShouldBe("Fern");
        changed.At("properties.Amount.number").ShouldBeNull();
        changed.Text("properties.Stage.status.name").ShouldBe("Done");
        changed.Text("icon.emoji").ShouldBe("🌿");
        changed.Text("created_time").ShouldBe("2026-06-19T09:41:00.000Z");
        changed.Text("last_edited_time").ShouldBe("2026-06-19T09:46:00.000Z");
    }

    [Fact]
    public async Task The_trash_hides_a_page_from_queries_and_lists_and_gives_it_back()
    {
        var child = (await sandbox.DoAsync(token, "POST", "/pages", new JsonObject { ["parent"] = new JsonObject { ["page_id"] = page }, ["properties"] = new JsonObject { ["title"] = NotionApp.Words("Child") } })).Text("id");
        (await ChildrenAsync()).ShouldBe(["child_page"]);

        (await sandbox.DoAsync(token, "PATCH", $"/pages/{child}", Json("""{"archived":true}"""))).Text("in_trash").ShouldBe("true");

        (await ChildrenAsync()).ShouldBeEmpty();
        (await sandbox.RefusedAsync(token, "PATCH", $"/blocks/{child}/children", new JsonObject { ["children"] = new JsonArray(NotionApp.Paragraph("x")) })).Message.ShouldContain("archived");
        await sandbox.DoAsync(token, "PATCH", $"/pages/{child}", Json("""{"in_trash":false}"""));
        (await ChildrenAsync()).ShouldBe(["child_page"]);
    }

    [Fact]
    public async Task Properties_come_one_by_one_and_lists_among_them_in_pages()
    {
        var (_, source) = await sandbox.TableAsync(token, page, Json("""{"Name":{"title":{}},"Amount":{"number":{}}}""").AsObject());
        var row = await sandbox.RowAsync(token, source, Json("""{"Name":{"title":[{"text":{"content":"A"}},{"text":{"content":"B"}}]},"Amount":{"number":3}}""").AsObject());

        var amount = await sandbox.DoAsync(token, "GET", $"/pages/{row.Text("id")}/properties/{row.Text("properties.Amount.id")}");
        var title = await sandbox.DoAsync(token, "GET", $"/pages/{row.Text("id")}/properties/title?page_size=1");

        amount.Text("object").ShouldBe("property_item");
        amount.Text("number").ShouldBe("3");
        title.Text("results.0.title.plain_text").ShouldBe("A");
        title.Text("property_item.type").ShouldBe("title");
        var rest = await sandbox.DoAsync(token, "GET", $"/pages/{row.Text("id")}/properties/title?start_cursor={title.Text("next_cursor")}");
        rest.Text("results.0.title.plain_text").ShouldBe("B");
    }

    [Fact]
    public async Task A_page_outside_a_table_has_only_a_title()
    {
        (await sandbox.RefusedAsync(token, "POST", "/pages", new JsonObject { ["parent"] = new JsonObject { ["page_id"] = page }, ["properties"] = Json("""{"Amount":{"number":1}}""") }))
            .Message.ShouldBe("Amount is not a property that exists.");
        (await sandbox.RefusedAsync(token, "POST", "/pages", Json("""{"properties":{}}"""))).Message.ShouldContain("body.parent should be defined");
    }

    [Theory]
    [InlineData("/pages/nothing", "validation_error")]
    [InlineData("/pages/3f2c9c5e-2222-4f4f-8888-000000000000", "object_not_found")]
    [InlineData("/no/such/path", "invalid_request_url")]
    public async Task A_wrong_address_is_refused_in_notions_shape(string path, string code) => (await sandbox.RefusedAsync(token, "GET", path)).Code.ShouldBe(code);

    [Fact]
    public async Task Without_a_version_a_token_or_json_nothing_works()
    {
        (await sandbox.RefusedAsync(token, "GET", "/users/me", version: null)).Code.ShouldBe("missing_version");
        (await sandbox.RefusedAsync(token, "GET", "/users/me", version: "2020-01-01")).Code.ShouldBe("validation_error");
        (await sandbox.RefusedAsync("sbx-ntn_none", "GET", "/users/me")).Code.ShouldBe("unauthorized");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api.notion.com/v1/search") { Content = new StringContent("{", System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Add("Authorization", "Bearer " + token);
        request.Headers.Add("Notion-Version", NotionApp.Now);
        using var response = await sandbox.Http.SendAsync(request);
        (await response.JsonAsync()).Text("code").ShouldBe("invalid_json");
    }

    [Fact]
    public async Task A_fault_answers_429_in_notions_shape_with_retry_after_and_a_revoke_ends_every_token()
    {
        await sandbox.ControlAsync("faults", Json("""{"vendor":"notion","kind":"status","status":429,"retryAfter":3}"""));
        using var response = await sandbox.Http.GetAsync(new Uri("/api.notion.com/v1/users/me", UriKind.Relative));
        ((int)response.StatusCode).ShouldBe(429);
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(3));
        (await response.JsonAsync()).Text("code").ShouldBe("rate_limited");

        await sandbox.ControlAsync("faults", Json("""{"vendor":"notion","kind":"revoke"}"""));
        (await sandbox.RefusedAsync(token, "GET", "/users/me")).Code.ShouldBe("unauthorized");
    }

    private async Task<IReadOnlyList<string>> ChildrenAsync() =>
        [.. (await sandbox.DoAsync(token, "GET", $"/blocks/{page}/children")).At("results")!.AsArray().Select(block => block.Text("type"))];

    private static JsonNode Json(string text) => JsonNode.Parse(text)!;
}
