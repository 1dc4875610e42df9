using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Platform.Workspaces;

namespace Patchbay.Server.Tests;

/// <summary>What a hostile or broken client sends gets a refusal that says what is wrong, never a 500.</summary>
public sealed class HostileInputTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Schema = """{"schema":{"type":"object","properties":{"title":{"type":"string"},"amount":{"type":"number"}},"required":["title"]}}""";

    [Theory]
    [InlineData("""{"title":"a\u0000b"}""", 422)]
    [InlineData("""{"title":"a\ud800b"}""", 422)]
    [InlineData("""{"title":"a","title":"b"}""", 400)]
    [InlineData("""{"title":"a","amount":1e999}""", 422)]
    [InlineData("""{"title":"a","amount":1e-320}""", 422)]
    [InlineData("""{"title":"a","surprise":1}""", 422)]
    [InlineData("""{"title":"a","nested":{"x":1,"x":2}}""", 400)]
    [InlineData("""{"title":"a","\ud800":1}""", 400)]
    [InlineData("[]", 400)]
    [InlineData("null", 400)]
    public async Task A_record_that_cannot_be_stored_is_refused(string body, int status)
    {
        using var client = await server.SignedInAsync(Role.Owner);
        var app = await AppAsync(client);
        (await StatusAsync(client, HttpMethod.Put, $"/api/v1/apps/{app}/entities/Note", Schema)).ShouldBe(200);
        (await StatusAsync(client, HttpMethod.Post, $"/api/v1/apps/{app}/entities/Note/records", body)).ShouldBe(status);
    }

    [Fact]
    public async Task A_record_can_be_changed_after_its_entity_lost_a_field()
    {
        using var client = await server.SignedInAsync(Role.Owner);
        var entity = $"/api/v1/apps/{await AppAsync(client)}/entities/Memo";
        (await StatusAsync(client, HttpMethod.Put, entity, Schema)).ShouldBe(200);
        using var made = await client.SendAsync(TestServer.Change(HttpMethod.Post, $"{entity}/records", new JsonObject { ["title"] = "a", ["amount"] = 1 }));
        var id = (await made.Content.ReadFromJsonAsync<JsonObject>())!["id"]!.GetValue<string>();
        (await StatusAsync(client, HttpMethod.Put, entity, """{"schema":{"type":"object","properties":{"title":{"type":"string"}},"required":["title"]}}""")).ShouldBe(200);
        (await StatusAsync(client, HttpMethod.Patch, $"{entity}/records/{id}", """{"title":"b"}""")).ShouldBe(200);
        (await StatusAsync(client, HttpMethod.Patch, $"{entity}/records/{id}", """{"amount":2}""")).ShouldBe(422, "the field is not there any more");
    }

    [Theory]
    [InlineData("Note", """{"schema":{"type":"object","properties":{"a":{"type":"string"},"a":{}}}}""", 400)]
    [InlineData("Note", """{"schema":{"type":"object","properties":{"a":{"type":"\ud800"}}}}""", 422)]
    [InlineData("Note", """{"schema":{"type":"object","properties":{"a\n":{"type":"string"}}}}""", 422)]
    [InlineData("Note%0A", """{"schema":{"type":"object","properties":{"a":{"type":"string"}}}}""", 422)]
    [InlineData("N%C3%B6te", """{"schema":{"type":"object","properties":{"a":{"type":"string"}}}}""", 422)]
    public async Task An_entity_that_cannot_be_kept_is_refused(string name, string body, int status)
    {
        using var client = await server.SignedInAsync(Role.Owner);
        (await StatusAsync(client, HttpMethod.Put, $"/api/v1/apps/{await AppAsync(client)}/entities/{name}", body)).ShouldBe(status);
    }

    [Theory]
    [InlineData("/functions/x", "PUT", """{"files":[null]}""", 422)]
    [InlineData("/functions/x", "PUT", """{"files":[{"path":"entry.ts"}]}""", 422)]
    [InlineData("/connections/slack/connect", "POST", """{"scopes":[null]}""", 422)]
    [InlineData("/connections/slack/connect", "POST", """{"scopes":["admin"]}""", 422)]
    public async Task Lists_with_holes_or_inventions_are_refused(string path, string method, string body, int status)
    {
        using var client = await server.SignedInAsync(Role.Owner);
        (await StatusAsync(client, new HttpMethod(method), $"/api/v1/apps/{await AppAsync(client)}{path}", body)).ShouldBe(status);
    }

    [Fact]
    public async Task An_address_longer_than_any_takes_no_place_among_the_remembered_ones()
    {
        using var client = server.Anonymous();
        var longest = new string('a', 300) + "@example.com";
        for (var i = 0; i < 12; i++)
        {
            using var answer = await client.SendAsync(TestServer.Change(HttpMethod.Post, "/api/v1/sign-in", new JsonObject { ["email"] = longest, ["password"] = "x" }));
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }
    }

    [Theory]
    [InlineData("/API/V1/me")]
    [InlineData("/Api/v1/apps")]
    [InlineData("/OpenApi/v1.json")]
    [InlineData("/OAuth/callback/slack?state=x&code=y")]
    [InlineData("/")]
    [InlineData("/sign-in")]
    [InlineData("/health")]
    public async Task An_apps_host_has_nothing_of_the_dashboard_in_whatever_case_it_is_asked_for(string path)
    {
        using var client = await server.SignedInAsync(Role.Owner);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = $"shop.localhost:{server.Url.Port}";
        using var answer = await client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Nobody_signs_in_on_an_apps_host()
    {
        var token = await server.Workspaces.CreateSignInLinkAsync(server.Owner.Id, CancellationToken.None);
        using var client = server.Anonymous();
        using var request = TestServer.Change(HttpMethod.Post, "/API/v1/sign-in/link", new JsonObject { ["token"] = token });
        request.Headers.Host = $"shop.localhost:{server.Url.Port}";
        using var answer = await client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Theory]
    [InlineData("a!b")]
    [InlineData("a'b")]
    [InlineData("a%62")]
    public async Task A_label_that_no_app_can_have_is_no_host_of_ours(string label)
    {
        using var client = server.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/functions/x");
        request.Headers.TryAddWithoutValidation("Host", $"{label}.localhost:{server.Url.Port}");
        using var answer = await client.SendAsync(request);
        answer.StatusCode.ShouldBeOneOf(HttpStatusCode.MisdirectedRequest, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_function_that_calls_another_passes_on_how_many_flows_led_there()
    {
        using var client = await server.SignedInAsync(Role.Owner);
        var app = await AppAsync(client);
        await SaveAsync(client, app, "inner", """Deno.serve((req) => Response.json({ state: req.headers.get("Base44-State") }));""");
        await SaveAsync(client, app, "outer", """
            Deno.serve(async (req) => {
              const get = (name) => req.headers.get(name);
              return await fetch(`${get("Base44-Api-Url")}/api/apps/${get("Base44-App-Id")}/functions/inner`, {
                method: "POST",
                headers: { Authorization: get("Base44-Service-Authorization"), "Base44-State": "patchbay-depth=3" },
              });
            });
            """);
        var key = await KeyAsync(client, app);
        using var called = new HttpRequestMessage(HttpMethod.Post, $"/api/apps/{app}/functions/outer");
        called.Headers.Add("api_key", key);
        using var anonymous = server.Anonymous();
        using var answer = await anonymous.SendAsync(called);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("""{"state":"patchbay-depth=3"}""");

        // From outside nobody counts flows.
        using var forged = new HttpRequestMessage(HttpMethod.Post, $"/api/apps/{app}/functions/inner");
        forged.Headers.Add("api_key", key);
        forged.Headers.Add("Base44-State", "patchbay-depth=3");
        using var plain = await anonymous.SendAsync(forged);
        (await plain.Content.ReadAsStringAsync()).ShouldBe("""{"state":null}""");
    }

    [Fact]
    public async Task Accepting_a_second_proposal_of_the_same_name_does_not_replace_the_first_ones_function()
    {
        using var client = await server.SignedInAsync(Role.Owner);
        var app = await AppAsync(client);
        (await StatusAsync(client, HttpMethod.Put, $"/api/v1/apps/{app}/entities/Ticket", Schema)).ShouldBe(200);
        var talk = (string)(await JsonAsync(client, HttpMethod.Post, $"/api/v1/apps/{app}/conversations", "{}"))["id"]!;
        var proposals = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            var said = await JsonAsync(client, HttpMethod.Post, $"/api/v1/apps/{app}/conversations/{talk}/messages", """{"text":"Post to #support when a ticket is created"}""");
            proposals.Add((string)said["messages"]![1]!["proposal"]!["id"]!);
            (await StatusAsync(client, HttpMethod.Post, $"/api/v1/apps/{app}/proposals/{proposals[^1]}/skip", """{"connector":"slack"}""")).ShouldBe(200);
        }
        (await StatusAsync(client, HttpMethod.Post, $"/api/v1/apps/{app}/proposals/{proposals[0]}/accept", "{}")).ShouldBe(200);
        var refused = await JsonAsync(client, HttpMethod.Post, $"/api/v1/apps/{app}/proposals/{proposals[1]}/accept", "{}");
        ((string)refused["error"]!["code"]!).ShouldBe("PB1507");
        (await JsonAsync(client, HttpMethod.Get, $"/api/v1/apps/{app}/functions", null))["items"]!.AsArray().ShouldHaveSingleItem()!["version"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public async Task A_new_request_after_an_unanswered_question_is_not_mixed_into_it_and_a_question_traps_nobody()
    {
        using var client = await server.SignedInAsync(Role.Owner);
        var app = await AppAsync(client);
        (await StatusAsync(client, HttpMethod.Put, $"/api/v1/apps/{app}/entities/Ticket", Schema)).ShouldBe(200);
        var talk = (string)(await JsonAsync(client, HttpMethod.Post, $"/api/v1/apps/{app}/conversations", "{}"))["id"]!;
        async Task<JsonNode> SayAsync(string text, string? answers = null) =>
            (await JsonAsync(client, HttpMethod.Post, $"/api/v1/apps/{app}/conversations/{talk}/messages", new JsonObject { ["text"] = text, ["questionId"] = answers }.ToJsonString()))["messages"]![1]!;

        var asked = await SayAsync("Tell #ops about tickets");
        asked["question"].ShouldNotBeNull(asked.ToJsonString());
        var id = (string)asked["id"]!;

        var fresh = await SayAsync("Tell #support whenever a ticket is created", id);
        ((string)fresh["proposal"]!["sentence"]!).ShouldSatisfyAllConditions(s => s.ShouldContain("#support"), s => s.ShouldNotContain("#ops"));
        (await SayAsync("What can you do?", id))["question"].ShouldBeNull();
        var answered = await SayAsync("when a ticket is created", id);
        ((string)answered["proposal"]!["sentence"]!).ShouldContain("#ops");
    }

    private static async Task<string> AppAsync(HttpClient client) => (string)(await JsonAsync(client, HttpMethod.Post, "/api/v1/apps", """{"name":"Shop"}"""))["id"]!;

    private static async Task<string> KeyAsync(HttpClient client, string app) => (string)(await JsonAsync(client, HttpMethod.Post, $"/api/v1/apps/{app}/api-keys", """{"name":"Test"}"""))["key"]!;

    private static async Task SaveAsync(HttpClient client, string app, string name, string source) =>
        (await StatusAsync(client, HttpMethod.Put, $"/api/v1/apps/{app}/functions/{name}",
            new JsonObject { ["files"] = new JsonArray(new JsonObject { ["path"] = "entry.ts", ["content"] = source }) }.ToJsonString())).ShouldBe(200);

    private static async Task<int> StatusAsync(HttpClient client, HttpMethod method, string path, string body)
    {
        using var answer = await SendAsync(client, method, path, body);
        return (int)answer.StatusCode;
    }

    private static async Task<JsonNode> JsonAsync(HttpClient client, HttpMethod method, string path, string? body)
    {
        using var answer = await SendAsync(client, method, path, body);
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, HttpMethod method, string path, string? body)
    {
        var request = TestServer.Change(method, path);
        // Byte for byte: a JSON writer would refuse half of what is sent here.
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        return client.SendAsync(request);
    }
}
