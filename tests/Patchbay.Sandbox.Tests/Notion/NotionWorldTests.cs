using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Notion;

public sealed class NotionWorldTests
{
    private const string Nasty = "<script>alert('x')</script><img src=x onerror=alert(1)> \"'&";

    [Fact]
    public async Task The_page_shows_what_an_app_wrote_as_text()
    {
        await using var sandbox = await Playground.WithClientAsync("notion");
        var token = await sandbox.ConnectNotionAsync();
        var page = await sandbox.TopPageAsync(token, Nasty);
        await sandbox.DoAsync(token, "PATCH", $"/blocks/{page}/children", new JsonObject
        {
            ["children"] = new JsonArray(NotionApp.Paragraph(Nasty),
                JsonNode.Parse("""{"bookmark":{"url":"javascript:alert(1)"}}"""), JsonNode.Parse("""{"image":{"external":{"url":"https://files.example/\"onload=x.png"}}}"""),
                JsonNode.Parse("""{"paragraph":{"rich_text":[{"text":{"content":"link","link":{"url":"javascript:alert(1)"}}}]}}""")),
        });
        var (database, source) = await sandbox.TableAsync(token, page, new JsonObject { [Nasty] = NotionApp.Column("title"), ["Kind"] = NotionApp.Column("select"), ["Site"] = NotionApp.Column("url") });
        await sandbox.RowAsync(token, source, new JsonObject { [Nasty] = new JsonObject { ["title"] = NotionApp.Words(Nasty) }, ["Site"] = new JsonObject { ["url"] = "javascript:alert(1)" } });

        foreach (var id in (string[])[page, database])
        {
            using var response = await sandbox.Http.GetAsync(new Uri($"/world/notion?page={id}", UriKind.Relative));
            var html = (await response.Content.ReadAsStringAsync()).Replace("<script src=\"/_assets/sandbox.js\" defer></script>", "", StringComparison.Ordinal);
            html.ShouldContain("alert(&#x27;x&#x27;)");
            html.ShouldNotContain("<script");
            html.ShouldNotContain("<img");
            html.ShouldNotContain("href=\"javascript");
            html.ShouldNotContain("style=\"");
            Regex.IsMatch(Regex.Replace(html, "=\"[^\"]*\"", ""), "<[^>]*\\son\\w+").ShouldBeFalse();
            Regex.Count(html, "<h1").ShouldBe(1);
            response.Headers.GetValues("Content-Security-Policy").Single().ShouldNotContain("unsafe");
        }
    }

    [Fact]
    public async Task A_person_can_write_tick_add_a_row_comment_and_stop_sharing()
    {
        await using var sandbox = await Playground.WithClientAsync("notion");
        var token = await sandbox.ConnectNotionAsync();
        var page = await sandbox.TopPageAsync(token);
        var (_, source) = await sandbox.TableAsync(token, page, new JsonObject { ["Name"] = NotionApp.Column("title") });
        var todo = (await sandbox.DoAsync(token, "PATCH", $"/blocks/{page}/children", JsonNode.Parse("""{"children":[{"to_do":{"rich_text":[{"text":{"content":"Call"}}]}}]}"""))).Text("results.0.id");
        var html = await sandbox.Http.GetStringAsync(new Uri($"/world/notion?page={page}", UriKind.Relative));
        var guard = Regex.Match(html, "name=\"guard\" value=\"([^\"]+)\"").Groups[1].Value;
        var bot = (await sandbox.DoAsync(token, "GET", "/users/me")).Text("id");

        (await PostAsync("write", "", ("page", page), ("text", "From Mara"))).ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync("write", guard, ("page", page), ("text", "From Mara"))).ShouldBe(HttpStatusCode.Found);
        await PostAsync("tick", guard, ("block", todo));
        await PostAsync("row", guard, ("source", source), ("title", "By hand"));
        await PostAsync("comment", guard, ("page", page), ("text", "Nice"));

        (await sandbox.DoAsync(token, "GET", $"/blocks/{page}/children")).At("results")!.AsArray()[^1].Text("paragraph.rich_text.0.plain_text").ShouldBe("From Mara");
        (await sandbox.DoAsync(token, "GET", $"/blocks/{todo}")).Text("to_do.checked").ShouldBe("true");
        NotionApp.Titles(await sandbox.DoAsync(token, "POST", $"/data_sources/{source}/query", new JsonObject())).ShouldBe(["By hand"]);
        (await sandbox.DoAsync(token, "GET", $"/comments?block_id={page}")).Text("results.0.rich_text.0.plain_text").ShouldBe("Nice");
        await PostAsync("share", guard, ("page", page), ("bot", bot));
        (await sandbox.RefusedAsync(token, "GET", $"/pages/{page}")).Code.ShouldBe("object_not_found");

        async Task<HttpStatusCode> PostAsync(string action, string with, params (string Name, string Value)[] fields)
        {
            using var response = await sandbox.Http.PostAsync(new Uri("/world/notion/" + action, UriKind.Relative),
                new FormUrlEncodedContent(fields.Append(("guard", with)).Select(field => KeyValuePair.Create(field.Item1, field.Item2))));
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task No_body_makes_notion_fail()
    {
        await using var sandbox = await Playground.WithClientAsync("notion");
        var token = await sandbox.ConnectNotionAsync();
        var page = await sandbox.TopPageAsync(token);
        var (database, source) = await sandbox.TableAsync(token, page, JsonNode.Parse("""{"Name":{"title":{}},"Amount":{"number":{}},"Kind":{"select":{}},"Due":{"date":{}},"Paid":{"checkbox":{}},"Who":{"people":{}}}""")!.AsObject());
        (string Method, string Path)[] calls =
        [
            ("POST", "/pages"), ("PATCH", $"/pages/{page}"), ("PATCH", $"/blocks/{page}/children"), ("PATCH", $"/blocks/{page}"), ("POST", $"/data_sources/{source}/query"), ("PATCH", $"/data_sources/{source}"),
            ("PATCH", $"/databases/{database}"), ("POST", "/databases"), ("POST", "/data_sources"), ("POST", "/search"), ("POST", "/comments"), ("POST", "/file_uploads"), ("POST", $"/pages/{page}/move"), ("PATCH", $"/pages/{page}/markdown"),
        ];
        string[] keys = ["parent", "page_id", "data_source_id", "database_id", "properties", "Name", "Amount", "Kind", "Due", "Who", "title", "number", "select", "date", "start", "people", "children", "paragraph", "rich_text", "text", "content", "filter", "property", "and", "or",
            "equals", "contains", "sorts", "direction", "type", "table", "cells", "icon", "emoji", "external", "url", "position", "after", "page_size", "start_cursor", "relation", "rollup", "options", "name", "mention", "annotations", "color", "initial_data_source", "query"];
        var leaf = Gen.Elements<Func<JsonNode?>>(() => null, () => 1, () => -1.5, () => true, () => "text", () => page, () => source, () => "2026-06-19", () => new JsonArray(), () => new JsonObject()).Select(make => make());
        var tree = Gen.Sized(size => Tree(Math.Min(size, 5)));

        foreach (var (body, index) in tree.Sample(900, 5).Select((body, index) => (body, index)))
        {
            var (method, path) = calls[index % calls.Length];
            var given = body as JsonObject ?? new JsonObject { [keys[index % keys.Length]] = body };
            if (index % 3 == 0 && path == "/pages")
                given["parent"] = new JsonObject { ["data_source_id"] = source };
            using var request = new HttpRequestMessage(new HttpMethod(method), "/api.notion.com/v1" + path) { Content = new StringContent(given.ToJsonString(), Encoding.UTF8, "application/json") };
            request.Headers.Add("Authorization", "Bearer " + token);
            request.Headers.Add("Notion-Version", index % 2 == 0 ? NotionApp.Now : NotionApp.After);
            using var response = await sandbox.Http.SendAsync(request);
            ((int)response.StatusCode).ShouldBeLessThan(500, $"{method} {path} {given.ToJsonString()}");
        }

        Gen<JsonNode?> Tree(int depth) => depth == 0 ? leaf : Gen.OneOf(
            leaf,
            from names in Gen.Elements(keys).ArrayOf(3) from values in Tree(depth - 1).ArrayOf(3) select (JsonNode?)new JsonObject(names.Zip(values).DistinctBy(pair => pair.First).Select(pair => KeyValuePair.Create(pair.First, pair.Second?.DeepClone()))),
            from values in Tree(depth - 1).ArrayOf(2) select (JsonNode?)new JsonArray([.. values.Select(value => value?.DeepClone())]));
    }
}
