using System.Text.Json.Nodes;

namespace Patchbay.Server.Tests;

public sealed class ApiDocumentTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task The_committed_document_is_what_the_server_serves()
    {
        var served = await ServedAsync();
        served.Remove("servers");
        var committed = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "openapi-v1.json")))!.AsObject();
        var differing = new[] { "paths", "components" }.SelectMany(part => Members(served, part).Concat(Members(committed, part)).Select(m => (part, m.Key)).Distinct()
            .Where(m => !JsonNode.DeepEquals(Member(served, m), Member(committed, m))).Select(m => m.Key)).Order(StringComparer.Ordinal).ToList();
        differing.ShouldBeEmpty("Run `npm run api` in web/ and commit openapi/v1.json and web/src/api/schema.d.ts.");
        JsonNode.DeepEquals(served, committed).ShouldBeTrue("Run `npm run api` in web/ and commit openapi/v1.json and web/src/api/schema.d.ts.");
    }

    [Fact]
    public async Task Every_operation_says_what_a_refusal_looks_like_and_has_a_name()
    {
        foreach (var (path, item) in (await ServedAsync())["paths"]!.AsObject())
        {
            foreach (var (method, operation) in item!.AsObject())
            {
                ((string?)operation!["operationId"]).ShouldNotBeNullOrEmpty($"{method} {path}");
                ((string?)operation["responses"]!["default"]!["content"]!["application/json"]!["schema"]!["$ref"]).ShouldBe(path.StartsWith("/api/apps/", StringComparison.Ordinal) ? "#/components/schemas/ForeignError" : "#/components/schemas/ApiErrorBody", $"{method} {path}");
            }
        }
    }

    [Fact]
    public async Task Every_member_of_an_answer_is_required_and_what_a_request_may_leave_out_is_not()
    {
        var schemas = (await ServedAsync())["components"]!["schemas"]!.AsObject();
        foreach (var name in new[] { "RunDetailReply", "ProposalView", "MeView", "ConnectionReply", "FlowReply" })
        {
            var schema = schemas[name]!;
            schema["required"]!.AsArray().Select(r => (string)r!).Order(StringComparer.Ordinal).ShouldBe(schema["properties"]!.AsObject().Select(p => p.Key).Order(StringComparer.Ordinal), name);
        }
        schemas["NewApp"]!["required"]!.AsArray().Select(r => (string)r!).ShouldBe(["name"]);
    }

    private async Task<JsonObject> ServedAsync()
    {
        using var client = server.Anonymous();
        return JsonNode.Parse(await client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)))!.AsObject();
    }

    private static JsonObject Members(JsonObject document, string part) =>
        (part == "paths" ? document["paths"] : document["components"]!["schemas"])!.AsObject();

    private static JsonNode? Member(JsonObject document, (string Part, string Key) member) =>
        (member.Part == "paths" ? document["paths"] : document["components"]!["schemas"])!.AsObject().TryGetPropertyValue(member.Key, out var found) ? found : null;
}
