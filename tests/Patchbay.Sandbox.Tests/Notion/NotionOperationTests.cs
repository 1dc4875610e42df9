using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Notion;

/// <summary>Every operation of the catalog, once with exactly its least capabilities and once with one of them missing.</summary>
public sealed class NotionOperationTests
{
    public static TheoryData<string> Operations => OperationTable.Ids("notion");

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Works_with_its_least_capabilities_and_is_refused_without_one(string id)
    {
        await using var sandbox = await Playground.WithClientAsync("notion");
        var lab = await LabAsync(sandbox);
        Examples.ShouldContainKey(id, "The operation has no example call here.");
        var operation = OperationTable.Operation(id);

        (await CallAsync(sandbox, lab, id, operation.Scopes)).Status.ShouldBe(200);
        foreach (var fewer in OperationTable.WithOneMissing(operation))
        {
            var (status, reply) = await CallAsync(sandbox, lab, id, [.. fewer, .. Others(operation.Scopes)]);
            status.ShouldBe(403);
            reply.Text("code").ShouldBe("restricted_resource");
        }
    }

    private static IEnumerable<string> Others(IEnumerable<string> needed) => OperationTable.Connector("notion").Scopes.Select(scope => scope.Id).Except(needed);

    private static async Task<(int Status, JsonNode Reply)> CallAsync(Playground sandbox, Lab lab, string id, IReadOnlyList<string> capabilities)
    {
        await sandbox.RegisterAsync("notion", "client-2", scopes: capabilities);
        var token = await sandbox.ConnectNotionAsync("client-2");
        var (method, path, body) = Examples[id](lab);
        return await sandbox.NotionAsync(token, method, path, body);
    }

    private sealed record Lab(string Page, string Block, string Database, string Source, string Row, string User, string Other);

    private static async Task<Lab> LabAsync(Playground sandbox)
    {
        var token = await sandbox.ConnectNotionAsync();
        var page = await sandbox.TopPageAsync(token);
        var blocks = await sandbox.DoAsync(token, "PATCH", $"/blocks/{page}/children", new JsonObject { ["children"] = new JsonArray(NotionApp.Paragraph("Text")) });
        var (database, source) = await sandbox.TableAsync(token, page, new JsonObject { ["Name"] = NotionApp.Column("title") });
        var row = await sandbox.RowAsync(token, source, new JsonObject { ["Name"] = new JsonObject { ["title"] = NotionApp.Words("Row") } });
        var users = await sandbox.DoAsync(token, "GET", "/users");
        return new Lab(page, blocks.Text("results.0.id"), database, source, row.Text("id"), users.Text("results.0.id"), await sandbox.TopPageAsync(token, "Other"));
    }

    private static readonly Dictionary<string, Func<Lab, (string Method, string Path, JsonNode? Body)>> Examples = new()
    {
        ["notion.create_page"] = lab => ("POST", "/pages", Json($$$"""{"parent":{"data_source_id":"{{{lab.Source}}}"},"properties":{"Name":{"title":[{"text":{"content":"New"}}] } }}""")),
        ["notion.append_blocks"] = lab => ("PATCH", $"/blocks/{lab.Page}/children", Json("""{"children":[{"paragraph":{"rich_text":[{"text":{"content":"More"}}]}}]}""")),
        ["notion.update_page"] = lab => ("PATCH", $"/pages/{lab.Row}", Json("""{"properties":{"Name":{"title":[{"text":{"content":"Renamed"}}] } }}""")),
        ["notion.query_database"] = lab => ("POST", $"/data_sources/{lab.Source}/query", Json("""{"page_size":1}""")),
        ["notion.read_page"] = lab => ("GET", $"/pages/{lab.Row}", null),
        ["notion.read_blocks"] = lab => ("GET", $"/blocks/{lab.Page}/children", null),
        ["notion.read_markdown"] = lab => ("GET", $"/pages/{lab.Page}/markdown", null),
        ["notion.write_markdown"] = lab => ("PATCH", $"/pages/{lab.Page}/markdown", Json("""{"type":"replace_content","replace_content":{"new_str":"# New"}}""")),
        ["notion.get_block"] = lab => ("GET", $"/blocks/{lab.Block}", null),
        ["notion.update_block"] = lab => ("PATCH", $"/blocks/{lab.Block}", Json("""{"paragraph":{"rich_text":[{"text":{"content":"Changed"}}]}}""")),
        ["notion.delete_block"] = lab => ("DELETE", $"/blocks/{lab.Block}", null),
        ["notion.search"] = _ => ("POST", "/search", Json("""{"query":"Lab"}""")),
        ["notion.get_database"] = lab => ("GET", $"/databases/{lab.Database}", null),
        ["notion.create_database"] = lab => ("POST", "/databases", Json($$$"""{"parent":{"page_id":"{{{lab.Page}}}"},"initial_data_source":{"properties":{"Name":{"title":{} } } }}""")),
        ["notion.update_database"] = lab => ("PATCH", $"/databases/{lab.Database}", Json("""{"title":[{"text":{"content":"Renamed"}}]}""")),
        ["notion.get_data_source"] = lab => ("GET", $"/data_sources/{lab.Source}", null),
        ["notion.create_data_source"] = lab => ("POST", "/data_sources", Json($$$"""{"parent":{"database_id":"{{{lab.Database}}}"},"properties":{"Name":{"title":{} } }}""")),
        ["notion.update_data_source"] = lab => ("PATCH", $"/data_sources/{lab.Source}", Json("""{"properties":{"Amount":{"number":{} } }}""")),
        ["notion.move_page"] = lab => ("POST", $"/pages/{lab.Other}/move", Json($$$"""{"parent":{"page_id":"{{{lab.Page}}}"}}""")),
        ["notion.create_comment"] = lab => ("POST", "/comments", Json($$$"""{"parent":{"page_id":"{{{lab.Page}}}"},"rich_text":[{"text":{"content":"Well"}}]}""")),
        ["notion.list_comments"] = lab => ("GET", $"/comments?block_id={lab.Page}", null),
        ["notion.list_users"] = _ => ("GET", "/users", null),
        ["notion.get_user"] = lab => ("GET", $"/users/{lab.User}", null),
        ["notion.check_account"] = _ => ("GET", "/users/me", null),
        ["notion.upload_file"] = _ => ("POST", "/file_uploads", Json("""{"filename":"a.txt"}""")),
    };

    private static JsonNode Json(string text) => JsonNode.Parse(text)!;
}
