using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Patchbay.Platform.Workspaces;

namespace Patchbay.Server.Tests;

/// <summary>The catalog as the dashboard reads it, and what of it can be connected how.</summary>
public sealed class ConnectorsTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Browse_learns_how_each_tool_connects_and_how_it_was_checked()
    {
        using var viewer = await server.SignedInAsync(Role.Viewer);
        var items = (await viewer.GetFromJsonAsync<JsonObject>("/api/v1/connectors"))!["items"]!.AsArray();
        items.Count.ShouldBeGreaterThan(34);
        JsonNode Of(string id) => items.Single(i => i!["id"]!.GetValue<string>() == id)!;

        Of("gmail")["proof"]!.GetValue<string>().ShouldBe("sandbox");
        Of("github")["proof"]!.GetValue<string>().ShouldBe("shapes");
        Of("github")["connects"]!.GetValue<string>().ShouldBe("signingIn");
        var twilio = Of("twilio");
        twilio["connects"]!.GetValue<string>().ShouldBe("key");
        twilio["key"]!["fields"]!.AsArray().Select(f => (f!["name"]!.GetValue<string>(), f["secret"]!.GetValue<bool>())).ShouldBe([("sid", false), ("token", true)]);
        Of("slack")["scopes"]!.AsArray().Single(s => s!["id"]!.GetValue<string>() == "chat:read")!["withdrawn"]!.GetValue<string>().ShouldContain("history");
        items.ShouldAllBe(i => i!["examples"]!.AsArray().Count >= 5);

        using var icon = await viewer.GetAsync(new Uri("/api/v1/connectors/twilio/icon.svg", UriKind.Relative));
        icon.Content.Headers.ContentType!.MediaType.ShouldBe("image/svg+xml");
    }

    [Theory]
    [InlineData("nosuch", """{"fields":{"key":"k"},"scopes":["read"]}""", 404, "PB1401")]
    [InlineData("slack", """{"fields":{"key":"k"},"scopes":["chat:write"]}""", 422, "PB1406")]
    [InlineData("twilio", """{"fields":{"sid":"AC1","token":"t"},"scopes":["everything"]}""", 422, "PB1402")]
    [InlineData("twilio", """{"fields":{"sid":"AC1","token":"t"}}""", 422, "PB1403")]
    [InlineData("twilio", """{"scopes":["read"]}""", 422, "PB1405")]
    [InlineData("twilio", """{"fields":{"sid":"AC1","token":"two words"},"scopes":["read"]}""", 409, "PB1407")]
    [InlineData("twilio", """{"fields":{"sid":"AC1","token":null},"scopes":["read"]}""", 409, "PB1407")]
    public async Task A_key_that_cannot_be_connected_is_refused_in_words(string connector, string body, int status, string code)
    {
        using var owner = await server.SignedInAsync(Role.Owner);
        var app = await AppAsync(owner);
        using var refused = await owner.SendAsync(TestServer.Change(HttpMethod.Post, $"/api/v1/apps/{app}/connections/{connector}/key", JsonNode.Parse(body)));
        ((int)refused.StatusCode).ShouldBe(status);
        (await refused.Content.ReadFromJsonAsync<JsonObject>())!["error"]!["code"]!.GetValue<string>().ShouldBe(code);
    }

    [Theory]
    [InlineData("slack", """{"scopes":["chat:read"]}""", 422, "PB1414")]
    [InlineData("github", """{"scopes":["repo"],"realm":"sandbox"}""", 409, "PB1435")]
    [InlineData("twilio", """{"scopes":["read"]}""", 422, "PB1415")]
    public async Task What_cannot_be_signed_in_to_is_refused_in_words(string connector, string body, int status, string code)
    {
        using var owner = await server.SignedInAsync(Role.Owner);
        var app = await AppAsync(owner);
        using var refused = await owner.SendAsync(TestServer.Change(HttpMethod.Post, $"/api/v1/apps/{app}/connections/{connector}/connect", JsonNode.Parse(body)));
        ((int)refused.StatusCode).ShouldBe(status);
        (await refused.Content.ReadFromJsonAsync<JsonObject>())!["error"]!["code"]!.GetValue<string>().ShouldBe(code);
    }

    private static async Task<string> AppAsync(HttpClient owner)
    {
        using var made = await owner.SendAsync(TestServer.Change(HttpMethod.Post, "/api/v1/apps", new JsonObject { ["name"] = "Keys" }));
        return (await made.Content.ReadFromJsonAsync<JsonObject>())!["id"]!.GetValue<string>();
    }
}
