using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.HubSpot;

public sealed class HubSpotMoreTests
{
    [Fact]
    public async Task Pipelines_can_be_read_made_and_used()
    {
        await using var sandbox = await Playground.WithClientAsync("hubspot");
        var hub = await sandbox.ConnectHubSpotAsync();

        var made = await hub.CallAsync("POST", "/crm/v3/pipelines/deals", 201, HubSpotClient.Json("""{"label":"Renewals","displayOrder":5,"stages":[{"label":"Due","displayOrder":0,"metadata":{"probability":"0.5"}},{"label":"Renewed","displayOrder":1,"metadata":{"probability":"1.0"}}]}"""));
        var (pipeline, due, renewed) = (made.Text("id"), made.Text("stages.0.id"), made.Text("stages.1.id"));
        made.Text("stages.1.metadata.isClosed").ShouldBe("true");
        (await hub.GetAsync("/crm/v3/pipelines/deals")).At("results")!.AsArray().Select(p => p.Text("label")).ShouldContain("Renewals");
        (await hub.CallAsync("POST", $"/crm/v3/pipelines/deals/{pipeline}/stages", 201, HubSpotClient.Json("""{"label":"Lost","displayOrder":2,"metadata":{"probability":"0.0"}}"""))).Text("label").ShouldBe("Lost");

        var deal = await hub.MakeAsync("deals", ("dealname", "Renewal"), ("dealstage", due));
        (await hub.GetAsync($"/crm/v3/objects/deals/{deal}")).Text("properties.pipeline").ShouldBe(pipeline);
        await hub.CallAsync("PATCH", "/crm/v3/objects/deals/" + deal, 400, HubSpotClient.Properties(("pipeline", "default"), ("dealstage", renewed)));
        await hub.CallAsync("DELETE", $"/crm/v3/pipelines/deals/{pipeline}/stages/{due}", 400);
        await hub.CallAsync("PATCH", $"/crm/v3/pipelines/deals/{pipeline}/stages/{due}", 200, HubSpotClient.Json("""{"label":"Due soon"}"""));
        await hub.CallAsync("DELETE", "/crm/v3/objects/deals/" + deal, 204);
        await hub.CallAsync("DELETE", $"/crm/v3/pipelines/deals/{pipeline}", 204);
        await hub.CallAsync("GET", $"/crm/v3/pipelines/deals/{pipeline}", 404);
        await hub.CallAsync("GET", "/crm/v3/pipelines/contacts", 400);
        await hub.CallAsync("POST", "/crm/v3/pipelines/deals", 400, HubSpotClient.Json("""{"label":"X","stages":[{"label":"a","metadata":{"probability":"2"}}]}"""));
    }

    [Fact]
    public async Task A_property_of_ones_own_holds_values_and_can_be_unique()
    {
        await using var sandbox = await Playground.WithClientAsync("hubspot");
        var hub = await sandbox.ConnectHubSpotAsync();
        await hub.CallAsync("POST", "/crm/v3/properties/contacts", 201, HubSpotClient.Json("""{"name":"app_user_id","label":"App user","type":"string","fieldType":"text","groupName":"contactinformation","hasUniqueValue":true}"""));
        await hub.CallAsync("POST", "/crm/v3/properties/contacts", 409, HubSpotClient.Json("""{"name":"app_user_id","label":"App user","type":"string","fieldType":"text","groupName":"contactinformation"}"""));
        await hub.CallAsync("POST", "/crm/v3/properties/contacts", 201, HubSpotClient.Json("""{"name":"colours","label":"Colours","type":"enumeration","fieldType":"checkbox","groupName":"contactinformation","options":[{"label":"Red","value":"red"},{"label":"Blue","value":"blue"}]}"""));

        var id = await hub.MakeAsync("contacts", ("email", "own@prop.example"), ("app_user_id", "u-1"), ("colours", "red;blue"));
        (await hub.GetAsync("/crm/v3/objects/contacts/u-1?idProperty=app_user_id&properties=colours")).Text("id").ShouldBe(id);
        await hub.CallAsync("POST", "/crm/v3/objects/contacts", 409, HubSpotClient.Properties(("email", "two@prop.example"), ("app_user_id", "u-1")));
        await hub.CallAsync("POST", "/crm/v3/objects/contacts", 400, HubSpotClient.Properties(("email", "two@prop.example"), ("colours", "red;green")));
        await hub.CallAsync("GET", "/crm/v3/objects/contacts/x?idProperty=firstname", 400);
        (await hub.FindAsync("contacts", (JsonObject)HubSpotClient.Json("""{"filters":[{"propertyName":"colours","operator":"EQ","value":"blue"}]}"""))).ShouldBe([id]);

        (await hub.CallAsync("PATCH", "/crm/v3/properties/contacts/colours", 200, HubSpotClient.Json("""{"label":"Favourite colours"}"""))).Text("label").ShouldBe("Favourite colours");
        await hub.CallAsync("PATCH", "/crm/v3/properties/contacts/email", 400, HubSpotClient.Json("""{"label":"Mail"}"""));
        await hub.CallAsync("DELETE", "/crm/v3/properties/contacts/colours", 204);
        await hub.CallAsync("GET", "/crm/v3/properties/contacts/colours", 404);
        (await hub.GetAsync("/crm/v3/properties/deals")).At("results")!.AsArray().Single(p => p.Text("name") == "dealstage").At("options")!.AsArray().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Static_lists_hold_members_and_active_ones_find_them()
    {
        await using var sandbox = await Playground.WithClientAsync("hubspot");
        var hub = await sandbox.ConnectHubSpotAsync();
        var (a, b) = (await hub.MakeAsync("contacts", ("email", "a@list.example"), ("city", "Listville")), await hub.MakeAsync("contacts", ("email", "b@list.example")));
        var list = (await hub.CallAsync("POST", "/crm/v3/lists/", 200, HubSpotClient.Json("""{"name":"Testers","objectTypeId":"0-1","processingType":"MANUAL"}"""))).Text("list.listId");

        var added = await hub.CallAsync("PUT", $"/crm/v3/lists/{list}/memberships/add", 200, new JsonArray(a, b, "1"));
        added.At("recordsIdsAdded")!.AsArray().Count.ShouldBe(2);
        added.Text("recordIdsMissing.0").ShouldBe("1");
        (await hub.CallAsync("PUT", $"/crm/v3/lists/{list}/memberships/add", 200, new JsonArray(a))).At("recordsIdsAdded")!.AsArray().ShouldBeEmpty();
        var page = await hub.GetAsync($"/crm/v3/lists/{list}/memberships?limit=1");
        page.Text("results.0.recordId").ShouldBe(a);
        (await hub.GetAsync($"/crm/v3/lists/{list}/memberships?limit=1&after={page.Text("paging.next.after")}")).Text("results.0.recordId").ShouldBe(b);
        (await hub.CallAsync("PUT", $"/crm/v3/lists/{list}/memberships/add-and-remove", 200, new JsonObject { ["recordIdsToAdd"] = new JsonArray(), ["recordIdsToRemove"] = new JsonArray(b) })).Text("recordIdsRemoved.0").ShouldBe(b);
        var found = await hub.CallAsync("POST", "/crm/v3/lists/search", 200, HubSpotClient.Json("""{"query":"test","processingTypes":["MANUAL"],"count":5}"""));
        found.Text("lists.0.additionalProperties.hs_list_size").ShouldBe("1");
        (await hub.GetAsync($"/crm/v3/lists/records/0-1/{a}/memberships")).At("results")!.AsArray().Select(entry => entry.Text("listId")).ShouldContain(list);

        var active = (await hub.CallAsync("POST", "/crm/v3/lists", 200, HubSpotClient.Json("""{"name":"In Listville","objectTypeId":"0-1","processingType":"DYNAMIC","filterBranch":{"filterBranchType":"OR","filters":[],"filterBranches":[{"filterBranchType":"AND","filterBranches":[],"filters":[{"filterType":"PROPERTY","property":"city","operation":{"operationType":"MULTISTRING","operator":"IS_EQUAL_TO","values":["listville"]}}]}]}}"""))).Text("list.listId");
        (await hub.GetAsync($"/crm/v3/lists/{active}/memberships")).At("results")!.AsArray().Select(entry => entry.Text("recordId")).ShouldBe([a]);
        await hub.CallAsync("PATCH", "/crm/v3/objects/contacts/" + b, 200, HubSpotClient.Properties(("city", "Listville")));
        (await hub.GetAsync($"/crm/v3/lists/{active}?includeFilters=true")).Text("list.size").ShouldBe("2");
        await hub.CallAsync("PUT", $"/crm/v3/lists/{active}/memberships/add", 400, new JsonArray(a));
        await hub.CallAsync("DELETE", "/crm/v3/lists/" + list, 204);
        await hub.CallAsync("GET", "/crm/v3/lists/" + list, 404);
        await hub.CallAsync("PUT", $"/crm/v3/lists/{list}/restore", 204);
        await hub.CallAsync("POST", "/crm/v3/lists", 400, HubSpotClient.Json("""{"name":"Odd","objectTypeId":"0-1","processingType":"DYNAMIC","filterBranch":{"filterBranchType":"OR","filters":[{"filterType":"PAGE_VIEW"}],"filterBranches":[]}}"""));
    }

    [Fact]
    public async Task Files_forms_and_posts_are_kept()
    {
        await using var sandbox = await Playground.WithClientAsync("hubspot");
        var hub = await sandbox.ConnectHubSpotAsync();
        using var upload = new MultipartFormDataContent
        {
            { new ByteArrayContent(Encoding.UTF8.GetBytes("a,b\n1,2\n")), "file", "numbers.csv" }, { new StringContent("/reports"), "folderPath" }, { new StringContent("""{"access":"PRIVATE"}"""), "options" },
        };
        var (status, file, _) = await hub.SendAsync("POST", "/files/v3/files", content: upload);
        (status, file.Text("path"), file.Text("size"), file.Text("type")).ShouldBe((201, "/reports/numbers.csv", "8", "DOCUMENT"));
        (await hub.GetAsync("/files/v3/files/search?name=numb")).Text("results.0.id").ShouldBe(file.Text("id"));
        using var bare = new MultipartFormDataContent { { new ByteArrayContent([1]), "file", "x.bin" } };
        (await hub.SendAsync("POST", "/files/v3/files", content: bare)).Status.ShouldBe(400);
        await hub.CallAsync("DELETE", "/files/v3/files/" + file.Text("id"), 204);
        await hub.CallAsync("GET", "/files/v3/files/" + file.Text("id"), 404);

        var form = (await hub.CallAsync("POST", "/marketing/v3/forms/", 201, HubSpotClient.Json("""{"name":"Try us","formType":"hubspot"}"""))).Text("id");
        var portal = (await hub.GetAsync("/account-info/v3/details")).Text("portalId");
        using var sent = await sandbox.Http.PostAsync(new Uri($"/api.hsforms.com/submissions/v3/integration/submit/{portal}/{form}", UriKind.Relative),
            new StringContent("""{"fields":[{"name":"email","value":"form@new.example"},{"name":"favourite","value":"oat"}],"context":{"pageUri":"https://www.northwind.example/try"}}""", Encoding.UTF8, "application/json"));
        sent.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await hub.GetAsync("/crm/v3/objects/contacts/form@new.example?idProperty=email")).Text("id").ShouldNotBeEmpty();
        (await hub.GetAsync("/form-integrations/v1/submissions/forms/" + form)).At("results.0.values")!.AsArray().Count.ShouldBe(2);
        (await hub.GetAsync("/marketing/v3/forms?limit=100")).At("results")!.AsArray().Select(f => f.Text("id")).ShouldContain(form);

        var post = (await hub.CallAsync("POST", "/cms/v3/blogs/posts", 201, HubSpotClient.Json("""{"name":"Ärger mit Öl","postBody":"<p>Text</p>"}""")))!;
        (post.Text("state"), post.Text("slug")).ShouldBe(("DRAFT", "journal/arger-mit-ol"));
        await hub.CallAsync("POST", "/cms/v3/blogs/posts/schedule", 204, new JsonObject { ["id"] = post.Text("id"), ["publishDate"] = "2026-06-19T10:00:00Z" });
        (await hub.GetAsync("/cms/v3/blogs/posts/" + post.Text("id"))).Text("state").ShouldBe("SCHEDULED");
        sandbox.Time.Advance(TimeSpan.FromMinutes(20));
        (await hub.GetAsync("/cms/v3/blogs/posts?state=PUBLISHED")).At("results")!.AsArray().Select(p => p.Text("id")).ShouldContain(post.Text("id"));
    }

    [Fact]
    public async Task Reports_add_up_and_owners_are_found_by_address()
    {
        await using var sandbox = await Playground.WithClientAsync("hubspot");
        var hub = await sandbox.ConnectHubSpotAsync();
        var total = await hub.GetAsync("/analytics/v2/reports/totals/total?start=20260601&end=20260619");
        var daily = await hub.GetAsync("/analytics/v2/reports/totals/daily?start=20260601&end=20260619");
        var bySource = await hub.GetAsync("/analytics/v2/reports/sources/total?start=20260601&end=20260619");
        var visits = int.Parse(total.Text("breakdowns.0.visits"), System.Globalization.CultureInfo.InvariantCulture);
        daily.AsObject().Sum(day => (int)day.Value![0]!["visits"]!).ShouldBe(visits);
        bySource.At("breakdowns")!.AsArray().Sum(row => (int)row!["visits"]!).ShouldBe(visits);
        await hub.CallAsync("GET", "/analytics/v2/reports/totals/total?start=20260601", 400);

        var owners = await hub.GetAsync("/crm/v3/owners?limit=1");
        var email = owners.Text("results.0.email");
        (await hub.GetAsync("/crm/v3/owners?email=" + email)).Text("results.0.id").ShouldBe(owners.Text("results.0.id"));
        (await hub.GetAsync($"/crm/v3/owners/{owners.Text("results.0.userId")}?idProperty=userId")).Text("email").ShouldBe(email);
    }

    [Fact]
    public async Task Refusals_have_the_vendors_shape_and_calls_their_limits()
    {
        await using var sandbox = await Playground.WithClientAsync("hubspot");
        var hub = await sandbox.ConnectHubSpotAsync("crm.objects.contacts.read");

        var (status, body, headers) = await hub.SendAsync("POST", "/crm/v3/objects/contacts", HubSpotClient.Properties(("email", "a@b.example")));
        (status, body.Text("category")).ShouldBe((403, "MISSING_SCOPES"));
        body.Text("errors.0.context.requiredGranularScopes.0").ShouldBe("crm.objects.contacts.write");
        body.Text("correlationId").ShouldNotBeEmpty();
        headers.GetValues("X-HubSpot-RateLimit-Max").ShouldBe(["110"]);
        headers.GetValues("X-HubSpot-RateLimit-Remaining").ShouldBe(["109"]);
        (await new HubSpotClient(sandbox, "").CallAsync("GET", "/crm/v3/objects/contacts", 401)).Text("category").ShouldBe("INVALID_AUTHENTICATION");
        (await new HubSpotClient(sandbox, "sbx-nobody").CallAsync("GET", "/crm/v3/objects/contacts", 401)).Text("category").ShouldBe("INVALID_AUTHENTICATION");
        (await hub.SendAsync("GET", "/crm/v9/anything")).Status.ShouldBe(404);
        await hub.GetAsync("/crm/objects/2026-03/contacts");

        await sandbox.ControlAsync("faults", new JsonObject { ["vendor"] = "hubspot", ["kind"] = "status", ["status"] = 429, ["retryAfter"] = 3 });
        var (limited, why, more) = await hub.SendAsync("GET", "/crm/v3/objects/contacts");
        (limited, why.Text("policyName"), more.RetryAfter!.Delta).ShouldBe((429, "TEN_SECONDLY_ROLLING", TimeSpan.FromSeconds(3)));
    }

    [Fact]
    public async Task What_a_person_does_on_the_page_the_api_sees_and_the_other_way_round()
    {
        await using var sandbox = await Playground.WithClientAsync("hubspot");
        var hub = await sandbox.ConnectHubSpotAsync();
        var guard = await sandbox.GuardAsync("/world/hubspot?view=deals");
        var portal = (await hub.GetAsync("/account-info/v3/details")).Text("portalId");

        (await PostAsync("add", ("type", "contacts"), ("email", "page@new.example"), ("firstname", "Pia"))).ShouldNotContain("problem");
        (await PostAsync("add", ("type", "contacts"), ("email", "page@new.example"))).ShouldContain("problem=taken");
        (await PostAsync("add", ("type", "contacts"), ("email", "nonsense"))).ShouldContain("problem=value");
        var contact = await hub.GetAsync("/crm/v3/objects/contacts/page@new.example?idProperty=email");
        await PostAsync("note", ("type", "contacts"), ("record", contact.Text("id")), ("text", "Called <b>her</b>"));
        var note = (await hub.GetAsync($"/crm/v4/objects/contacts/{contact.Text("id")}/associations/notes")).Text("results.0.toObjectId");
        (await hub.GetAsync($"/crm/v3/objects/notes/{note}?properties=hs_note_body")).Text("properties.hs_note_body").ShouldBe("Called <b>her</b>");
        (await PageAsync($"view=contacts&record={contact.Text("id")}")).ShouldContain("Called &lt;b&gt;her");

        var deal = await hub.MakeAsync("deals", ("dealname", "Seen on the <board>"), ("amount", "77"), ("dealstage", "qualifiedtobuy"));
        (await PageAsync("view=deals")).ShouldContain("Seen on the &lt;board&gt;");
        await PostAsync("move", ("type", "deals"), ("record", deal), ("stage", "closedwon"));
        (await hub.GetAsync($"/crm/v3/objects/deals/{deal}")).Text("properties.dealstage").ShouldBe("closedwon");
        await PostAsync("save", ("type", "deals"), ("record", deal), ("dealname", "Won"), ("amount", ""), ("closedate", "2026-08-01"));
        (await hub.GetAsync($"/crm/v3/objects/deals/{deal}")).Text("properties.dealname").ShouldBe("Won");
        (await sandbox.ControlAsync("hubspot/records?type=deals&portal=" + portal)).AsArray().Select(record => record.Text("id")).ShouldContain(deal);

        Task<string> PageAsync(string query) => sandbox.Http.GetStringAsync(new Uri($"/world/hubspot?portal={portal}&{query}", UriKind.Relative));

        async Task<string> PostAsync(string action, params (string Name, string Value)[] fields)
        {
            using var response = await sandbox.Http.PostAsync(new Uri("/world/hubspot/" + action, UriKind.Relative), new FormUrlEncodedContent(fields.Concat([("guard", guard), ("portal", portal)]).Select(field => KeyValuePair.Create(field.Item1, field.Item2))));
            response.StatusCode.ShouldBe(HttpStatusCode.Found);
            return response.Headers.Location!.ToString();
        }
    }

    [Fact]
    public async Task The_crm_survives_a_restart_and_a_reset_brings_the_seed_back()
    {
        var folder = Path.Combine(Path.GetTempPath(), "sandbox-hubspot-" + Path.GetRandomFileName());
        string token, id;
        await using (var before = await Playground.WithClientAsync("hubspot", directory: folder))
        {
            var hub = await before.ConnectHubSpotAsync();
            (token, id) = (hub.Token, await hub.MakeAsync("contacts", ("email", "stays@new.example")));
        }

        await using (var after = await Playground.StartAsync(folder))
        {
            var hub = new HubSpotClient(after, token);
            await hub.GetAsync("/crm/v3/objects/contacts/" + id);
            await after.ControlAsync("reset", new JsonObject());
            await hub.CallAsync("GET", "/crm/v3/objects/contacts/stays@new.example?idProperty=email", 404);
            await hub.MakeAsync("contacts", ("email", "stays@new.example"));
        }

        Directory.Delete(folder, recursive: true);
    }
}
