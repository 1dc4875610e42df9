using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Notion;

public sealed class NotionBlockTests : IAsyncLifetime
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
    public async Task Nested_blocks_read_back_level_by_level_in_order()
    {
        await AppendAsync(page, """
            [{"heading_2":{"rich_text":[{"text":{"content":"Tour"}}]}},
             {"toggle":{"rich_text":[{"text":{"content":"More"}}],"children":[{"bulleted_list_item":{"rich_text":[{"text":{"content":"one"}}],"children":[{"paragraph":{"rich_text":[]}}]}}]}},
             {"to_do":{"rich_text":[{"text":{"content":"Call"}}],"checked":true}},{"divider":{}},
             {"code":{"rich_text":[{"text":{"content":"1+1"}}],"language":"python"}},
             {"table":{"table_width":2,"has_column_header":true,"children":[{"table_row":{"cells":[[{"text":{"content":"a"}}],[]]}}]}}]
            """);

        var blocks = await ChildrenAsync(page);

        blocks.Select(block => block.Text("type")).ShouldBe(["heading_2", "toggle", "to_do", "divider", "code", "table"]);
        blocks[2].Text("to_do.checked").ShouldBe("true");
        blocks[0].Text("has_children").ShouldBe("false");
        var inner = await ChildrenAsync(blocks[1].Text("id"));
        inner[0].Text("bulleted_list_item.rich_text.0.plain_text").ShouldBe("one");
        inner[0].Text("parent.block_id").ShouldBe(blocks[1].Text("id"));
        inner[0].Text("has_children").ShouldBe("true");
        (await ChildrenAsync(blocks[5].Text("id")))[0].Text("table_row.cells.0.0.plain_text").ShouldBe("a");
    }

    [Fact]
    public async Task Blocks_go_to_the_end_or_behind_one_and_the_newest_version_names_a_position()
    {
        var first = (await AppendAsync(page, Line("1"))).Text("results.0.id");
        await AppendAsync(page, Line("3"));
        await AppendAsync(page, Line("2"), new JsonObject { ["after"] = first });
        await AppendAsync(page, Line("0"), new JsonObject { ["position"] = new JsonObject { ["type"] = "start" } }, NotionApp.After);
        await AppendAsync(page, Line("4"), new JsonObject { ["position"] = new JsonObject { ["type"] = "end" } }, NotionApp.After);

        (await ChildrenAsync(page)).Select(block => block.Text("paragraph.rich_text.0.plain_text")).ShouldBe(["0", "1", "2", "3", "4"]);
        (await sandbox.RefusedAsync(token, "PATCH", $"/blocks/{page}/children", new JsonObject { ["children"] = Json(Line("x")), ["after"] = first }, NotionApp.After)).Message.ShouldContain("body.after should be not present");
        (await sandbox.RefusedAsync(token, "PATCH", $"/blocks/{page}/children", new JsonObject { ["children"] = Json(Line("x")), ["after"] = page })).Message.ShouldContain("is not a child of");
    }

    [Fact]
    public async Task A_block_can_be_changed_deleted_and_given_back()
    {
        var id = (await AppendAsync(page, """[{"to_do":{"rich_text":[{"text":{"content":"Call"}}]}}]""")).Text("results.0.id");

        (await sandbox.DoAsync(token, "PATCH", $"/blocks/{id}", Json("""{"to_do":{"checked":true}}"""))).Text("to_do.rich_text.0.plain_text").ShouldBe("Call");
        (await ChildrenAsync(page))[0].Text("to_do.checked").ShouldBe("true");
        (await sandbox.RefusedAsync(token, "PATCH", $"/blocks/{id}", Json("""{"paragraph":{"rich_text":[]}}"""))).Message.ShouldContain("cannot be changed");
        (await sandbox.DoAsync(token, "DELETE", $"/blocks/{id}")).Text("in_trash").ShouldBe("true");
        (await ChildrenAsync(page)).ShouldBeEmpty();
        (await sandbox.RefusedAsync(token, "DELETE", $"/blocks/{id}")).Message.ShouldContain("archived");
        await sandbox.DoAsync(token, "PATCH", $"/blocks/{id}", Json("""{"in_trash":false}"""));
        (await ChildrenAsync(page)).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("""[{"type":"poem","poem":{}}]""", "type should be")]
    [InlineData("""[{"type":"paragraph"}]""", "body.children[0].paragraph should be defined")]
    [InlineData("""[{"code":{"rich_text":[],"language":"klingon"}}]""", "language")]
    [InlineData("""[{"divider":{"children":[{"divider":{}}]}}]""", "children should be not present")]
    [InlineData("""[{"heading_1":{"rich_text":[],"children":[{"divider":{}}]}}]""", "children should be not present")]
    [InlineData("""[{"table":{"table_width":2,"children":[{"table_row":{"cells":[[]]}}]}}]""", "Number of cells")]
    [InlineData("""[{"table_row":{"cells":[[]]}}]""", "may stand here")]
    [InlineData("""[{"toggle":{"rich_text":[],"children":[{"toggle":{"rich_text":[],"children":[{"toggle":{"rich_text":[],"children":[{"divider":{}}]}}]}}]}}]""", "children should be not present")]
    [InlineData("""[{"image":{"external":{"url":"not an address"}}}]""", "Invalid URL")]
    [InlineData("""[{"callout":{"rich_text":[],"color":"mauve"}}]""", "color")]
    [InlineData("[]", "length should be ≥ `1`")]
    [InlineData("{}", "body.children should be an array")]
    public async Task A_wrong_block_is_refused_and_nothing_is_added(string children, string message)
    {
        (await sandbox.RefusedAsync(token, "PATCH", $"/blocks/{page}/children", new JsonObject { ["children"] = Json(children) })).Message.ShouldContain(message);
        (await ChildrenAsync(page)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_call_takes_100_blocks_of_a_list_and_pages_of_children_join_up()
    {
        (await sandbox.RefusedAsync(token, "PATCH", $"/blocks/{page}/children", Many(101))).Message.ShouldContain("body.children.length should be ≤ `100`, instead was `101`");
        await sandbox.DoAsync(token, "PATCH", $"/blocks/{page}/children", Many(100));
        await sandbox.DoAsync(token, "PATCH", $"/blocks/{page}/children", Many(20));

        var first = await sandbox.DoAsync(token, "GET", $"/blocks/{page}/children");
        var second = await sandbox.DoAsync(token, "GET", $"/blocks/{page}/children?start_cursor={first.Text("next_cursor")}");

        first.At("results")!.AsArray().Count.ShouldBe(100);
        second.At("results")!.AsArray().Count.ShouldBe(20);
        second.Text("has_more").ShouldBe("false");

        static JsonObject Many(int count) => new() { ["children"] = new JsonArray([.. Enumerable.Range(0, count).Select(n => (JsonNode)NotionApp.Paragraph($"{n}"))]) };
    }

    [Fact]
    public async Task Mentions_get_the_words_of_what_they_name()
    {
        var user = (await sandbox.DoAsync(token, "GET", "/users")).At("results.0");

        var made = await AppendAsync(page, $$$"""[{"paragraph":{"rich_text":[{"mention":{"user":{"id":"{{{user.Text("id")}}}"} } },{"mention":{"page":{"id":"{{{page}}}"} } },{"mention":{"date":{"start":"2026-06-19"} } },{"equation":{"expression":"e=1"} }] }}]""");

        made.At("results.0.paragraph.rich_text")!.AsArray().Select(piece => piece.Text("plain_text")).ShouldBe([$"@{user.Text("name")}", "Lab", "2026-06-19", "e=1"]);
    }

    [Fact]
    public async Task An_app_without_email_rights_sees_no_addresses_and_one_without_reading_reads_nothing()
    {
        await sandbox.RegisterAsync("notion", "client-2", scopes: ["insert_content"]);
        var writer = await sandbox.ConnectNotionAsync("client-2");

        await sandbox.DoAsync(writer, "PATCH", $"/blocks/{page}/children", new JsonObject { ["children"] = Json(Line("added")) });

        (await sandbox.RefusedAsync(writer, "GET", $"/blocks/{page}/children")).ShouldBe(("restricted_resource", "Insufficient permissions for this endpoint."));
        (await sandbox.DoAsync(writer, "GET", "/users/me")).At("bot.owner.user.person.email").ShouldBeNull();
    }

    [Fact]
    public async Task A_page_is_read_and_written_as_markdown()
    {
        const string text = "# Tour\nHello **bold** [link](https://x.example/)\n- one\n\t- [x] deep\n1. first\n> said\n```python\n1+1\n```\n---";
        var made = (await sandbox.DoAsync(token, "POST", "/pages", new JsonObject { ["parent"] = new JsonObject { ["page_id"] = page }, ["properties"] = new JsonObject { ["title"] = NotionApp.Words("Text") }, ["markdown"] = text })).Text("id");

        (await sandbox.DoAsync(token, "GET", $"/pages/{made}/markdown")).Text("markdown").ShouldBe(text);
        (await ChildrenAsync(made)).Select(block => block.Text("type")).ShouldBe(["heading_1", "paragraph", "bulleted_list_item", "numbered_list_item", "quote", "code", "divider"]);
        await sandbox.DoAsync(token, "PATCH", $"/pages/{made}/markdown", Json("""{"type":"update_content","update_content":{"content_updates":[{"old_str":"**bold**","new_str":"plain"}]}}"""));
        (await sandbox.DoAsync(token, "PATCH", $"/pages/{made}/markdown", Json("""{"type":"insert_content","insert_content":{"content":"Top","position":{"type":"start"}}}"""))).Text("markdown").ShouldStartWith("Top\n# Tour\nHello plain [link]");
        (await sandbox.RefusedAsync(token, "PATCH", $"/pages/{made}/markdown", Json("""{"type":"update_content","update_content":{"content_updates":[{"old_str":"nowhere","new_str":"x"}]}}"""))).Message.ShouldContain("not found");
        await sandbox.DoAsync(token, "PATCH", $"/pages/{page}/markdown", Json("""{"type":"replace_content","replace_content":{"new_str":"Fresh"}}"""));
        (await ChildrenAsync(page)).Select(block => block.Text("type")).ShouldBe(["paragraph", "child_page"]);
    }

    [Fact]
    public void Any_text_is_some_markdown()
    {
        var shards = Gen.Elements("# ", "- ", "\t", "    ", "- [x] ", "**", "*", "`", "```", "[a](b)", "[", "](", "\n", "1. ", "> ", "---", "x", "~~", "\r\n", "é").ListOf().Select(list => string.Concat(list));
        Prop.ForAll(Gen.OneOf(ArbMap.Default.GeneratorFor<string>().Select(words => words ?? ""), shards).ToArbitrary(), text =>
        {
            foreach (var block in Vendors.Notion.Markdown.MarkdownReader.Read(text))
                block.Type.ShouldNotBeEmpty();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(int.TryParse(Environment.GetEnvironmentVariable("FUZZ_CASES"), out var cases) ? cases : 600));
    }

    private Task<JsonNode> AppendAsync(string parent, string children, JsonObject? more = null, string version = NotionApp.Now)
    {
        var body = more ?? [];
        body["children"] = Json(children);
        return sandbox.DoAsync(token, "PATCH", $"/blocks/{parent}/children", body, version);
    }

    private async Task<List<JsonNode>> ChildrenAsync(string parent) => [.. (await sandbox.DoAsync(token, "GET", $"/blocks/{parent}/children")).At("results")!.AsArray().Select(block => block!)];

    private static string Line(string text) => $$$"""[{"paragraph":{"rich_text":[{"text":{"content":"{{{text}}}"} }] }}]""";

    private static JsonNode Json(string text) => JsonNode.Parse(text)!;
}
