using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.HubSpot;

/// <summary>Every operation of the catalog: it works with exactly its least scopes, and not without one of them.</summary>
public sealed class HubSpotOperationTests
{
    private const string Host = "api.hubapi.com";

    /// <summary>A call, made with what <paramref name="Id"/> names where the path says {id}.</summary>
    private sealed record Example(string Verb, string Path, int Status, string? Body = null)
    {
        /// <summary>Makes, with a rich token, what the call needs to exist.</summary>
        public Func<HubSpotClient, Task<string>> Id { get; init; } = _ => Task.FromResult("");

        /// <summary>A body that is no JSON.</summary>
        public Func<HttpContent>? Content { get; init; }
    }

    private static readonly Dictionary<string, Example> Examples = new()
    {
        ["get_account"] = new("GET", "/account-info/v3/details", 200),
        ["upsert_contacts"] = Create("contacts/batch/upsert", """{"inputs":[{"idProperty":"email","id":"up@op.example","properties":{"firstname":"Up"}}]}""", 200),
        ["list_pipelines"] = Get("/crm/v3/pipelines/deals"),
        ["list_ticket_pipelines"] = Get("/crm/v3/pipelines/tickets"),
        ["list_associations"] = Get("/crm/v4/objects/contacts/{id}/associations/deals", Contact),
        ["associate_records"] = new("PUT", "/crm/v4/objects/contacts/{id}", 200) { Id = async hub => $"{await Contact(hub)}/associations/default/deals/{await hub.MakeAsync("deals", ("dealname", "To link"))}" },
        ["create_note"] = Create("notes", """{"properties":{"hs_note_body":"Hello","hs_timestamp":"2026-06-19T09:00:00Z"}}"""),
        ["create_task"] = Create("tasks", """{"properties":{"hs_task_subject":"Call","hs_timestamp":"2026-06-20T09:00:00Z"}}"""),
        ["list_notes"] = Get("/crm/v3/objects/notes"),
        ["list_tasks"] = Get("/crm/v3/objects/tasks"),
        ["list_lists"] = new("POST", "/crm/v3/lists/search", 200, """{"query":"","count":5}"""),
        ["list_members"] = Get("/crm/v3/lists/{id}/memberships", List),
        ["create_list"] = new("POST", "/crm/v3/lists", 200, """{"name":"Made by a test","objectTypeId":"0-1","processingType":"MANUAL"}"""),
        ["add_to_list"] = new("PUT", "/crm/v3/lists/{id}/memberships/add", 200, """["1"]""") { Id = List },
        ["remove_from_list"] = new("PUT", "/crm/v3/lists/{id}/memberships/remove", 200, """["1"]""") { Id = List },
        ["list_owners"] = Get("/crm/v3/owners"),
        ["list_contact_properties"] = Get("/crm/v3/properties/contacts"),
        ["list_company_properties"] = Get("/crm/v3/properties/companies"),
        ["list_deal_properties"] = Get("/crm/v3/properties/deals"),
        ["list_quotes"] = Get("/crm/v3/objects/quotes"),
        ["create_quote"] = Create("quotes", Quote),
        ["update_quote"] = Change("quotes", """{"properties":{"hs_status":"APPROVED"}}""", hub => MadeAsync(hub, "quotes", Quote)),
        ["list_products"] = Get("/crm/v3/objects/products"),
        ["create_product"] = Create("products", """{"properties":{"name":"Crate","price":"9.50"}}"""),
        ["create_line_item"] = Create("line_items", """{"properties":{"name":"Crate","price":"9.50","quantity":"2"}}"""),
        ["list_line_items"] = Get("/crm/v3/objects/line_items"),
        ["upload_file"] = new("POST", "/files/v3/files", 201)
        {
            Content = () => new MultipartFormDataContent { { new ByteArrayContent([1, 2]), "file", "a.txt" }, { new StringContent("/tests"), "folderPath" }, { new StringContent("""{"access":"PRIVATE"}"""), "options" } },
        },
        ["list_files"] = Get("/files/v3/files/search"),
        ["list_forms"] = Get("/marketing/v3/forms"),
        ["list_form_submissions"] = Get("/form-integrations/v1/submissions/forms/{id}", async hub => (await hub.CallAsync("POST", "/marketing/v3/forms", 201, HubSpotClient.Json("""{"name":"F"}"""))).Text("id")),
        ["get_analytics"] = Get("/analytics/v2/reports/totals/total?start=20260601&end=20260619"),
        ["create_blog_post"] = new("POST", "/cms/v3/blogs/posts", 201, """{"name":"A post"}"""),
        ["update_blog_post"] = new("PATCH", "/cms/v3/blogs/posts/{id}", 200, """{"name":"B"}""") { Id = Post },
        ["publish_blog_post"] = new("POST", "/cms/v3/blogs/posts/{id}/draft/push-live", 204) { Id = Post },
        ["list_blog_posts"] = Get("/cms/v3/blogs/posts"),
        ["list_workflows"] = Get("/automation/v4/flows"),
        ["enroll_contact"] = new("POST", "/automation/v2/workflows/{id}", 204) { Id = async hub => $"{(await hub.GetAsync("/automation/v4/flows")).Text("results.0.id")}/enrollments/contacts/{await MailAsync(hub)}" },
    };

    static HubSpotOperationTests()
    {
        Family("contacts", "contact", """{"properties":{"email":"new@op.example"}}""", """{"properties":{"firstname":"N"}}""");
        Family("companies", "company", """{"properties":{"name":"New"}}""", """{"properties":{"city":"Kiel"}}""");
        Family("deals", "deal", """{"properties":{"dealname":"New","dealstage":"qualifiedtobuy"}}""", """{"properties":{"amount":"5"}}""");
        Family("tickets", "ticket", """{"properties":{"subject":"New","hs_pipeline_stage":"1"}}""", """{"properties":{"hs_pipeline_stage":"4"}}""");
    }

    private const string Quote = """{"properties":{"hs_title":"Offer","hs_expiration_date":"2026-08-01"}}""";

    public static TheoryData<string> Operations => OperationTable.Ids("hubspot");

    [Fact]
    public void Every_operation_has_an_example_call() => Examples.Keys.Select(name => "hubspot." + name).ShouldCover("hubspot");

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task An_operation_works_with_its_least_scopes_and_not_without_one(string id)
    {
        var (operation, example) = (OperationTable.Operation(id), Examples[id["hubspot.".Length..]]);
        await using var sandbox = await Playground.WithClientAsync("hubspot");
        var path = example.Path.Replace("{id}", await example.Id(await sandbox.ConnectHubSpotAsync()), StringComparison.Ordinal);
        (example.Verb, Host + path).ShouldBeCallOf(id);

        // Refused first: a refusal must not have done anything that the call then finds.
        foreach (var missing in operation.Scopes)
        {
            string[] rest = [.. operation.Scopes.Where(scope => scope != missing), "social"];
            var (status, body, _) = await CallAsync(await sandbox.ConnectHubSpotAsync(string.Join(' ', rest)), example, path);
            (status, body.Text("category")).ShouldBe((403, "MISSING_SCOPES"), missing);
        }

        var least = operation.Scopes.Count == 0 ? "oauth" : string.Join(' ', operation.Scopes);
        var (worked, reply, _) = await CallAsync(await sandbox.ConnectHubSpotAsync(least), example, path);
        worked.ShouldBe(example.Status, reply?.ToJsonString());
    }

    private static Task<(int Status, JsonNode? Body, HttpResponseHeaders Headers)> CallAsync(HubSpotClient hub, Example example, string path) =>
        hub.SendAsync(example.Verb, path, content: example.Content?.Invoke() ?? (example.Body is null ? null : new StringContent(example.Body, Encoding.UTF8, "application/json")));

    private static void Family(string type, string one, string create, string change)
    {
        Task<string> Made(HubSpotClient hub) => MadeAsync(hub, type, create.Replace("new@", "there@", StringComparison.Ordinal));
        Examples["create_" + one] = Create(type, create);
        Examples["update_" + one] = Change(type, change, Made);
        Examples["list_" + type] = Get($"/crm/v3/objects/{type}?limit=5");
        Examples["get_" + one] = Get($"/crm/v3/objects/{type}/{{id}}", Made);
        Examples["search_" + type] = new Example("POST", $"/crm/v3/objects/{type}/search", 200, """{"limit":1}""");
        Examples["delete_" + one] = new Example("DELETE", $"/crm/v3/objects/{type}/{{id}}", 204) { Id = Made };
    }

    private static Example Get(string path, Func<HubSpotClient, Task<string>>? id = null) => new Example("GET", path, 200) with { Id = id ?? (_ => Task.FromResult("")) };

    private static Example Create(string type, string body, int status = 201) => new("POST", "/crm/v3/objects/" + type, status, body);

    private static Example Change(string type, string body, Func<HubSpotClient, Task<string>> id) => new Example("PATCH", $"/crm/v3/objects/{type}/{{id}}", 200, body) { Id = id };

    private static async Task<string> MadeAsync(HubSpotClient hub, string type, string body) => (await hub.CallAsync("POST", "/crm/v3/objects/" + type, 201, HubSpotClient.Json(body))).Text("id");

    private static Task<string> Contact(HubSpotClient hub) => hub.MakeAsync("contacts", ("email", "there@op.example"));

    private static async Task<string> MailAsync(HubSpotClient hub)
    {
        await Contact(hub);
        return "there@op.example";
    }

    private static async Task<string> List(HubSpotClient hub) =>
        (await hub.CallAsync("POST", "/crm/v3/lists", 200, HubSpotClient.Json("""{"name":"Of a test","objectTypeId":"0-1","processingType":"MANUAL"}"""))).Text("list.listId");

    private static async Task<string> Post(HubSpotClient hub) => (await hub.CallAsync("POST", "/cms/v3/blogs/posts", 201, HubSpotClient.Json("""{"name":"A"}"""))).Text("id");
}
