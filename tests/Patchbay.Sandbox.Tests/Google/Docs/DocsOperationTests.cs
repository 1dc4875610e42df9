using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Google.Drive;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Google.Docs;

public sealed class DocsOperationTests
{
    private const string Api = "docs.googleapis.com/v1/documents";

    private static readonly Dictionary<string, Func<Playground, Task<ExampleCall>>> Examples = new()
    {
        ["googledocs.create_document"] = _ => Task.FromResult(new ExampleCall("POST", Api, new JsonObject { ["title"] = "Summary" })),
        ["googledocs.append_text"] = async sandbox => new ExampleCall("POST", $"{Api}/{await Document(sandbox)}:batchUpdate",
            new JsonObject { ["requests"] = new JsonArray(JsonNode.Parse("""{"insertText":{"endOfSegmentLocation":{},"text":"more"}}""")) }),
        ["googledocs.read_document"] = async sandbox => new ExampleCall("GET", $"{Api}/{await Document(sandbox)}"),
        ["googledocs.get_account"] = _ => Task.FromResult(new ExampleCall("GET", "www.googleapis.com/oauth2/v2/userinfo")),
    };

    public static TheoryData<string> Operations => OperationTable.Ids("googledocs");

    [Fact]
    public void Every_operation_has_an_example_call() => Examples.Keys.ShouldCover("googledocs");

    [Theory]
    [MemberData(nameof(Operations))]
    public Task An_operation_works_with_its_least_scopes_and_not_without_one(string operation) =>
        GoogleOperation.ShouldNeedItsLeastScopesAsync(operation, Examples[operation]);

    private static async Task<string> Document(Playground sandbox) => await sandbox.NewDocumentAsync(await sandbox.ConnectGoogleAsync(DriveApp.FileScope), text: "words");
}
