using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.HubSpot;

public sealed class HubSpotCrmTests
{
    [Fact]
    public async Task A_contact_that_was_written_is_read_changed_and_archived()
    {
        await using var sandbox = await Playground.WithClientAsync("hubspot");
        var hub = await sandbox.ConnectHubSpotAsync();

        var made = (await hub.CallAsync("POST", "/crm/v3/objects/contacts", 201, HubSpotClient.Properties(("email", "Zoe@New.example"), ("firstname", "Zoe"))))!;
        made.Text("properties.email").ShouldBe("zoe@new.example");
        made.Text("properties.lifecyclestage").ShouldBe("lead");
        made.Text("createdAt").ShouldBe("2026-06-19T09:41:00Z");
        made.Text("archived").ShouldBe("false");
        var id = made.Text("id");

        sandbox.Time.Advance(TimeSpan.FromSeconds(5));
        var read = await hub.GetAsync($"/crm/v3/objects/contacts/{id}?properties=firstname,phone&properties=nosuch");
        read.At("properties")!.AsObject().Select(pair => pair.Key).ShouldBe(["createdate", "firstname", "hs_object_id", "lastmodifieddate", "phone"]);
        read.At("properties.phone").ShouldBeNull();
        var changed = await hub.CallAsync("PATCH", $"/crm/v3/objects/contacts/{id}", 200, HubSpotClient.Properties(("lastname", "Quist"), ("firstname", "")));
        changed.Text("properties.lastname").ShouldBe("Quist");
        changed.Text("updatedAt").ShouldBe("2026-06-19T09:41:05Z");
        var byMail = await hub.GetAsync("/crm/v3/objects/contacts/ZOE@new.example?idProperty=email&propertiesWithHistory=firstname");
        byMail.At("properties.firstname").ShouldBeNull();
        byMail.At("propertiesWithHistory.firstname")!.AsArray().Select(version => version.Text("value")).ShouldBe(["", "Zoe"]);

        await hub.CallAsync("DELETE", $"/crm/v3/objects/contacts/{id}", 204);
        await hub.CallAsync("DELETE", $"/crm/v3/objects/contacts/{id}", 204);
        (await hub.CallAsync("GET", $"/crm/v3/objects/contacts/{id}", 404)).Text("category").ShouldBe("OBJECT_NOT_FOUND");
        (await hub.GetAsync($"/crm/v3/objects/contacts/{id}?archived=true")).Text("archivedAt").ShouldNotBeEmpty();
        await hub.MakeAsync("contacts", ("email", "zoe@new.example"));
    }

    [Fact]
    public async Task A_second_contact_with_an_address_is_a_conflict_that_names_the_first()
    {
        await using var sandbox = await Playground.WithClientAsync("hubspot");
        var hub = await sandbox.ConnectHubSpotAsync();
        var id = await hub.MakeAsync("contacts", ("email", "one@new.example"));
        var other = await hub.MakeAsync("contacts", ("email", "two@new.example"));

        var conflict = await hub.CallAsync("POST", "/crm/v3/objects/contacts", 409, HubSpotClient.Properties(("email", "ONE@new.example")));
        conflict.Text("category").ShouldBe("CONFLICT");
        conflict.Text("message").ShouldBe($"Contact already exists. Existing ID: {id}");
        await hub.CallAsync("PATCH", $"/crm/v3/objects/contacts/{other}", 409, HubSpotClient.Properties(("email", "one@new.example")));
        await hub.CallAsync("PATCH", $"/crm/v3/objects/contacts/{id}", 200, HubSpotClient.Properties(("email", "uno@new.example")));
        await hub.CallAsync("PATCH", $"/crm/v3/objects/contacts/{other}", 200, HubSpotClient.Properties(("email", "one@new.example")));
    }

    [Fact]
    public async Task Wrong_values_are_named_one_by_one_and_nothing_is_written()
    {
        await using var sandbox = await Playground.WithClientAsync("hubspot");
        var hub = await sandbox.ConnectHubSpotAsync();

        var refused = await hub.CallAsync("POST", "/crm/v3/objects/contacts", 400, HubSpotClient.Properties(
            ("email", "not an address"), ("nosuch", "1"), ("total_revenue", "much"), ("lifecyclestage", "friend"), ("hs_object_id", "5"), ("birthdate", "soon"), ("hs_email_optout", "maybe")));
        refused.Text("category").ShouldBe("VALIDATION_ERROR");
        refused.Text("message").ShouldStartWith("Property values were not valid: [{\"isValid\":false");
        refused.At("errors")!.AsArray().Select(error => error.Text("code")).ShouldBe(["INVALID_EMAIL", "PROPERTY_DOESNT_EXIST", "INVALID_DOUBLE", "INVALID_OPTION", "READ_ONLY_VALUE", "INVALID_DATE", "INVALID_BOOLEAN"]);
        (await hub.CallAsync("POST", "/crm/v3/objects/widgets", 400, HubSpotClient.Properties())).Text("message").ShouldBe("Unable to infer object type from: widgets");
        (await hub.CallAsync("POST", "/crm/v3/objects/tickets", 400, HubSpotClient.Properties(("subject", "x")))).Text("message").ShouldContain("Some required properties were not set");
        var stage = await hub.CallAsync("POST", "/crm/v3/objects/deals", 400, HubSpotClient.Properties(("dealname", "x"), ("dealstage", "nowhere")));
        stage.Text("errors.0.code").ShouldBe("INVALID_OPTION");
        using var broken = new StringContent("{\"properties\":{\"email\":\"a@b.example\",\"email\":\"c@d.example\"}}", System.Text.Encoding.UTF8, "application/json");
        (await hub.SendAsync("POST", "/crm/v3/objects/contacts", content: broken)).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Values_are_kept_as_text_in_one_form()
    {
        await using var sandbox = await Playground.WithClientAsync("hubspot");
        var hub = await sandbox.ConnectHubSpotAsync();
        var body = HubSpotClient.Json("""{"properties":{"dealname":"Big","amount":1500.5,"closedate":"2026-07-01","dealstage":"closedwon","deal_currency_code":null}}""");

        var deal = (await hub.CallAsync("POST", "/crm/v3/objects/deals", 201, body))!;

        deal.At("properties.amount")!.GetValueKind().ShouldBe(System.Text.Json.JsonValueKind.String);
        deal.Text("properties.amount").ShouldBe("1500.5");
        deal.Text("properties.closedate").ShouldBe("2026-07-01T00:00:00Z");
        deal.Text("properties.pipeline").ShouldBe("default");
        deal.Text("properties.hs_is_closed_won").ShouldBe("true");
        deal.Text("properties.hs_closed_amount").ShouldBe("1500.5");
        var moved = await hub.CallAsync("PATCH", $"/crm/v3/objects/deals/{deal.Text("id")}", 200, HubSpotClient.Properties(("dealstage", "qualifiedtobuy"), ("closedate", "1782950400000")));
        moved.Text("properties.hs_is_closed_won").ShouldBe("false");
        moved.Text("properties.closedate").ShouldBe("2026-07-02T00:00:00Z");
    }

    [Fact]
    public async Task Lists_page_by_the_next_record()
    {
        await using var sandbox = await Playground.WithClientAsync("hubspot");
        var hub = await sandbox.ConnectHubSpotAsync();
        for (var index = 0; index < 5; index++)
            await hub.MakeAsync("products", ("name", $"Thing {index}"));

        var (seen, after) = (new List<string>(), "");
        do
        {
            var page = await hub.GetAsync($"/crm/v3/objects/products?limit=3{(after.Length > 0 ? "&after=" + after : "")}");
            seen.AddRange(page.At("results")!.AsArray().Select(record => record.Text("properties.name")));
            after = page.Text("paging.next.after");
            if (after.Length > 0)
                page.Text("paging.next.link").ShouldBe($"https://api.hubapi.com/crm/v3/objects/products?limit=3&after={after}");
        }
        while (after.Length > 0);
        seen.ShouldBe(seen.Distinct());
        seen.TakeLast(5).ShouldBe(["Thing 0", "Thing 1", "Thing 2", "Thing 3", "Thing 4"]);
        await hub.CallAsync("GET", "/crm/v3/objects/products?limit=101", 400);
        await hub.CallAsync("GET", "/crm/v3/objects/products?limit=x", 400);
    }

    [Fact]
    public async Task Batches_answer_with_exact_statuses()
    {
        await using var sandbox = await Playground.WithClientAsync("hubspot");
        var hub = await sandbox.ConnectHubSpotAsync();
        const string path = "/crm/v3/objects/contacts/batch/";

        var made = await hub.CallAsync("POST", path + "create", 201, HubSpotClient.Json("""{"inputs":[{"properties":{"email":"a@batch.example"},"objectWriteTraceId":"t1"},{"properties":{"email":"b@batch.example"}}]}"""));
        made.Text("status").ShouldBe("COMPLETE");
        made.Text("results.0.objectWriteTraceId").ShouldBe("t1");
        var (a, b) = (made.Text("results.0.id"), made.Text("results.1.id"));

        (await hub.CallAsync("POST", path + "create", 409, HubSpotClient.Json("""{"inputs":[{"properties":{"email":"c@batch.example"}},{"properties":{"email":"a@batch.example"}}]}"""))).Text("category").ShouldBe("CONFLICT");
        var read = await hub.CallAsync("POST", path + "read", 207, HubSpotClient.Json("""{"idProperty":"email","properties":["email"],"inputs":[{"id":"a@batch.example"},{"id":"c@batch.example"}]}"""));
        read.At("results")!.AsArray().Count.ShouldBe(1);
        read.Text("errors.0.context.ids.0").ShouldBe("c@batch.example");
        await hub.CallAsync("POST", path + "read", 200, new JsonObject { ["inputs"] = new JsonArray(new JsonObject { ["id"] = a }, new JsonObject { ["id"] = b }) });

        var upserted = await hub.CallAsync("POST", path + "upsert", 200, HubSpotClient.Json("""{"inputs":[{"idProperty":"email","id":"b@batch.example","properties":{"firstname":"Bea"}},{"idProperty":"email","id":"d@batch.example","properties":{"firstname":"Dee"}}]}"""));
        upserted.At("results")!.AsArray().Select(record => record.Text("new")).ShouldBe(["false", "true"]);
        upserted.Text("results.0.id").ShouldBe(b);
        upserted.Text("results.1.properties.email").ShouldBe("d@batch.example");
        await hub.CallAsync("POST", path + "upsert", 400, HubSpotClient.Json("""{"inputs":[{"idProperty":"email","id":"x@batch.example","properties":{}},{"idProperty":"email","id":"X@batch.example","properties":{}}]}"""));
        await hub.CallAsync("POST", path + "upsert", 400, HubSpotClient.Json("""{"inputs":[{"idProperty":"firstname","id":"Bea","properties":{}}]}"""));

        await hub.CallAsync("POST", path + "update", 207, new JsonObject { ["inputs"] = new JsonArray(new JsonObject { ["id"] = a, ["properties"] = new JsonObject { ["city"] = "Bonn" } }, new JsonObject { ["id"] = "1", ["properties"] = new JsonObject() }) });
        (await hub.GetAsync($"/crm/v3/objects/contacts/{a}?properties=city")).Text("properties.city").ShouldBe("Bonn");
        await hub.CallAsync("POST", path + "archive", 204, new JsonObject { ["inputs"] = new JsonArray(new JsonObject { ["id"] = a }) });
        await hub.CallAsync("GET", "/crm/v3/objects/contacts/" + a, 404);
        await hub.CallAsync("POST", path + "create", 400, new JsonObject { ["inputs"] = new JsonArray([.. Enumerable.Range(0, 101).Select(_ => (JsonNode)HubSpotClient.Properties())]) });
    }

    [Fact]
    public async Task Associations_are_seen_from_both_ends_and_in_every_version()
    {
        await using var sandbox = await Playground.WithClientAsync("hubspot");
        var hub = await sandbox.ConnectHubSpotAsync();
        var (contact, company) = (await hub.MakeAsync("contacts", ("email", "who@assoc.example")), await hub.MakeAsync("companies", ("name", "Assoc")));
        var deal = (await hub.CallAsync("POST", "/crm/v3/objects/deals", 201, new JsonObject
        {
            ["properties"] = new JsonObject { ["dealname"] = "Linked" },
            ["associations"] = HubSpotClient.Json($$"""[{"to":{"id":"{{contact}}"},"types":[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":3}]}]"""),
        })).Text("id");

        (await hub.GetAsync($"/crm/v4/objects/contacts/{contact}/associations/deals")).Text("results.0.toObjectId").ShouldBe(deal);
        var put = await hub.CallAsync("PUT", $"/crm/v4/objects/contact/{contact}/associations/0-2/{company}", 201, HubSpotClient.Json("""[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":1}]"""));
        put.Text("labels.0").ShouldBe("Primary");
        var both = await hub.GetAsync($"/crm/v4/objects/companies/{company}/associations/contacts");
        both.At("results.0.associationTypes")!.AsArray().Select(type => type.Text("typeId")).ShouldBe(["2", "280"], ignoreOrder: true);
        (await hub.GetAsync($"/crm/v3/objects/contacts/{contact}?associations=companies,deals")).Text("associations.deals.results.0.type").ShouldBe("contact_to_deal");
        (await hub.CallAsync("PUT", $"/crm/v4/objects/deals/{deal}/associations/default/companies/{company}", 200)).Text("results.0.associationSpec.associationTypeId").ShouldBe("341");
        await hub.CallAsync("PUT", $"/crm/v3/objects/contacts/{contact}/associations/deals/{deal}/contact_to_deal", 200);

        var batch = await hub.CallAsync("POST", "/crm/v4/associations/deals/companies/batch/read", 207, HubSpotClient.Json($$"""{"inputs":[{"id":"{{deal}}"},{"id":"1"}]}"""));
        batch.Text("results.0.to.0.toObjectId").ShouldBe(company);
        await hub.CallAsync("PUT", $"/crm/v4/objects/contacts/{contact}/associations/deals/{deal}", 400, HubSpotClient.Json("""[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":279}]"""));
        await hub.CallAsync("PUT", $"/crm/v4/objects/contacts/{contact}/associations/default/deals/1", 404);
        await hub.CallAsync("DELETE", $"/crm/v4/objects/contacts/{contact}/associations/deals/{deal}", 204);
        (await hub.GetAsync($"/crm/v4/objects/deals/{deal}/associations/contacts")).At("results")!.AsArray().ShouldBeEmpty();
        await hub.CallAsync("DELETE", "/crm/v3/objects/companies/" + company, 204);
        (await hub.GetAsync($"/crm/v4/objects/contacts/{contact}/associations/companies")).At("results")!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_label_of_ones_own_can_be_put_on_an_association()
    {
        await using var sandbox = await Playground.WithClientAsync("hubspot");
        var hub = await sandbox.ConnectHubSpotAsync();
        var made = await hub.CallAsync("POST", "/crm/v4/associations/contacts/companies/labels", 200, HubSpotClient.Json("""{"label":"Billing contact","name":"billing"}"""));
        var (contact, company) = (await hub.MakeAsync("contacts", ("email", "bill@label.example")), await hub.MakeAsync("companies", ("name", "Label")));

        await hub.CallAsync("PUT", $"/crm/v4/objects/contacts/{contact}/associations/companies/{company}", 201, HubSpotClient.Json($$"""[{"associationCategory":"USER_DEFINED","associationTypeId":{{made.Text("results.0.typeId")}}}]"""));

        (await hub.GetAsync($"/crm/v4/objects/companies/{company}/associations/contacts")).At("results.0.associationTypes")!.AsArray().Select(type => type.Text("label")).ShouldContain("Billing contact");
        (await hub.GetAsync("/crm/v4/associations/contacts/companies/labels")).At("results")!.AsArray().Count.ShouldBe(3);
    }

    [Fact]
    public async Task Merging_keeps_the_first_record_and_fills_its_gaps()
    {
        await using var sandbox = await Playground.WithClientAsync("hubspot");
        var hub = await sandbox.ConnectHubSpotAsync();
        var (first, second) = (await hub.MakeAsync("companies", ("name", "Mergers")), await hub.MakeAsync("companies", ("name", "Other"), ("city", "Kiel")));
        var merged = await hub.CallAsync("POST", "/crm/v3/objects/companies/merge", 200, new JsonObject { ["primaryObjectId"] = first, ["objectIdToMerge"] = second });
        (merged.Text("id"), merged.Text("properties.name"), merged.Text("properties.city")).ShouldBe((first, "Mergers", "Kiel"));
        await hub.CallAsync("GET", "/crm/v3/objects/companies/" + second, 404);
    }

    [Fact]
    public async Task Portals_do_not_see_each_other()
    {
        await using var sandbox = await Playground.WithClientAsync("hubspot");
        var (north, cafe) = (await sandbox.ConnectHubSpotAsync(HubSpotApp.Contacts, "Northwind"), await sandbox.ConnectHubSpotAsync(HubSpotApp.Contacts, "Harbor"));
        var id = await north.MakeAsync("contacts", ("email", "secret@new.example"));
        await cafe.CallAsync("GET", "/crm/v3/objects/contacts/" + id, 404);
        await cafe.MakeAsync("contacts", ("email", "secret@new.example"));
    }
}
