using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Google.Slides;

public sealed class SlidesOperationTests
{
    private static readonly Dictionary<string, Func<Playground, Task<ExampleCall>>> Examples = new()
    {
        ["googleslides.create_presentation"] = _ => Task.FromResult(new ExampleCall("POST", SlidesApp.Api, new JsonObject { ["title"] = "New" })),
        ["googleslides.update_presentation"] = sandbox => On(sandbox, "POST", ":batchUpdate", JsonNode.Parse("""{"requests":[{"createSlide":{}}]}""")),
        ["googleslides.read_presentation"] = sandbox => On(sandbox, "GET", ""),
        ["googleslides.get_thumbnail"] = async sandbox =>
        {
            var token = await sandbox.ConnectSlidesAsync();
            var id = await sandbox.NewPresentationAsync(token);
            return new ExampleCall("GET", $"{SlidesApp.Api}/{id}/pages/{(await sandbox.SlidesAsync(token, "GET", $"/{id}")).Text("slides.0.objectId")}/thumbnail");
        },
        ["googleslides.get_account"] = _ => Task.FromResult(new ExampleCall("GET", "www.googleapis.com/oauth2/v2/userinfo")),
    };

    public static TheoryData<string> Operations => OperationTable.Ids("googleslides");

    [Fact]
    public void Every_operation_has_an_example_call() => Examples.Keys.ShouldCover("googleslides");

    [Theory]
    [MemberData(nameof(Operations))]
    public Task An_operation_works_with_its_least_scopes_and_not_without_one(string operation) =>
        GoogleOperation.ShouldNeedItsLeastScopesAsync(operation, Examples[operation]);

    private static async Task<ExampleCall> On(Playground sandbox, string method, string more, JsonNode? body = null) =>
        new(method, $"{SlidesApp.Api}/{await sandbox.NewPresentationAsync(await sandbox.ConnectSlidesAsync())}{more}", body);
}
