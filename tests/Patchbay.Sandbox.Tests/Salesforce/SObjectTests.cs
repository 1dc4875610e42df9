using System.Text.Json;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.State;
using Patchbay.Sandbox.Tests.Support;
using Patchbay.Sandbox.Vendors.Salesforce.Records;

namespace Patchbay.Sandbox.Tests.Salesforce;

public sealed class SObjectTests
{
    [Fact]
    public void What_a_record_works_out_is_not_stored_with_it()
    {
        var record = new SObjectRecord { Id = "1", Org = "2", Type = "Lead", Values = new JsonObject { ["LastName"] = "x" } };

        var stored = JsonSerializer.Serialize(record, StoreJson.Options);

        stored.ShouldBe("""{"id":"1","org":"2","type":"Lead","deleted":false,"values":{"LastName":"x"}}""");
        JsonSerializer.Deserialize<SObjectRecord>(stored, StoreJson.Options)!.Title.ShouldBe(record.Title);
    }

    [Fact]
    public async Task What_is_created_reads_back_changes_and_goes()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var client = await sandbox.ClientAsync();

        var (status, made) = await client.PostAsync("/sobjects/Lead", new JsonObject { ["LastName"] = "Haddad", ["FirstName"] = "Noor", ["Company"] = "Tide", ["Email"] = "noor@tide.example", ["NumberOfEmployees"] = 12 });
        var path = "/sobjects/Lead/" + made.Text("id");

        status.ShouldBe(201);
        made!.ToJsonString().ShouldBe($$"""{"id":"{{made.Text("id")}}","success":true,"errors":[]}""");
        var (_, lead) = await client.GetAsync(path);
        lead.Text("Name").ShouldBe("Noor Haddad");
        lead.Text("Status").ShouldBe("Open - Not Contacted");
        lead.Text("IsConverted").ShouldBe("false");
        lead.Text("NumberOfEmployees").ShouldBe("12");
        lead.Text("CreatedDate").ShouldBe("2026-06-19T09:41:00.000+0000");
        lead.Text("OwnerId").ShouldStartWith("005");

        sandbox.Time.Advance(TimeSpan.FromMinutes(1));
        (await client.PatchAsync(path, new JsonObject { ["status"] = "Working - Contacted", ["Email"] = null })).Status.ShouldBe(204);

        var (_, changed) = await client.GetAsync(path + "?fields=Status,Email,LastModifiedDate");
        changed.Text("Status").ShouldBe("Working - Contacted");
        changed.At("Email").ShouldBeNull();
        changed.Text("LastModifiedDate").ShouldBe("2026-06-19T09:42:00.000+0000");
        changed!.AsObject().ContainsKey("Company").ShouldBeFalse();

        (await client.DeleteAsync(path)).Status.ShouldBe(204);

        (await client.GetAsync(path)).Body.Text("0.errorCode").ShouldBe("NOT_FOUND");
        var (gone, body) = await client.PatchAsync(path, new JsonObject { ["Company"] = "x" });
        (gone, body.Text("0.errorCode")).ShouldBe((404, "ENTITY_IS_DELETED"));
    }

    [Theory]
    [InlineData("Lead", """{"Company":"x"}""", "REQUIRED_FIELD_MISSING", "LastName")]
    [InlineData("Lead", """{"LastName":"x","Company":""}""", "REQUIRED_FIELD_MISSING", "Company")]
    [InlineData("Lead", """{"LastName":"x","Company":"y","Shoe":"z"}""", "INVALID_FIELD", "")]
    [InlineData("Lead", """{"LastName":"x","Company":"y","Email":"z"}""", "INVALID_EMAIL_ADDRESS", "Email")]
    [InlineData("Lead", """{"LastName":"x","Company":"y","IsConverted":true}""", "INVALID_FIELD_FOR_INSERT_UPDATE", "IsConverted")]
    [InlineData("Lead", """{"LastName":"x","Company":"y","Id":"00Q000000000001"}""", "INVALID_FIELD", "")]
    [InlineData("Lead", """{"LastName":"x","Company":"y","AnnualRevenue":"lots"}""", "JSON_PARSER_ERROR", "")]
    [InlineData("Lead", """{"LastName":"x","Company":"y","FirstName":"abcdefghijabcdefghijabcdefghijabcdefghijX"}""", "STRING_TOO_LONG", "FirstName")]
    [InlineData("Lead", """{"LastName":"x","LastName":"y"}""", "JSON_PARSER_ERROR", "")]
    [InlineData("Lead", "[1]", "JSON_PARSER_ERROR", "")]
    [InlineData("Opportunity", """{"Name":"x","StageName":"Prospecting","CloseDate":"tomorrow"}""", "JSON_PARSER_ERROR", "")]
    [InlineData("Contact", """{"LastName":"x","Level__c":"Fourth"}""", "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", "Level__c")]
    [InlineData("Contact", """{"LastName":"x","AccountId":"00Q000000000001"}""", "MALFORMED_ID", "AccountId")]
    [InlineData("Contact", """{"LastName":"x","AccountId":"001000000000001"}""", "INVALID_CROSS_REFERENCE_KEY", "AccountId")]
    [InlineData("Event", """{"Subject":"x"}""", "REQUIRED_FIELD_MISSING", "ActivityDateTime")]
    [InlineData("OpportunityStage", """{"MasterLabel":"x"}""", "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "")]
    public async Task What_salesforce_refuses_is_refused_in_its_words(string type, string body, string code, string field)
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var client = await sandbox.ClientAsync();

        using var response = await client.SendAsync(HttpMethod.Post, "/sobjects/" + type, new StringContent(body, null, "application/json"));
        var errors = await response.JsonAsync();

        ((int)response.StatusCode).ShouldBe(400);
        errors.Text("0.errorCode").ShouldBe(code, errors.ToJsonString());
        errors.Text("0.fields.0").ShouldBe(field);
    }

    [Theory]
    [InlineData("GET", "/sobjects/Nothing/001000000000001", 404, "NOT_FOUND")]
    [InlineData("GET", "/sobjects/Account/001000000000001", 404, "NOT_FOUND")]
    [InlineData("GET", "/sobjects/Account/nonsense", 404, "NOT_FOUND")]
    [InlineData("DELETE", "/sobjects/Account/003000000000001", 400, "MALFORMED_ID")]
    [InlineData("PUT", "/sobjects/Account/001000000000001", 405, "METHOD_NOT_ALLOWED")]
    [InlineData("GET", "/nowhere", 404, "NOT_FOUND")]
    [InlineData("GET", "/services/data/v99.0/limits", 404, "NOT_FOUND")]
    [InlineData("GET", "/services/data/v20.0/limits", 410, "UNSUPPORTED_API_VERSION")]
    [InlineData("GET", "/services/apexrest/own", 404, "NOT_FOUND")]
    public async Task What_is_not_there_is_told_as_salesforce_tells_it(string method, string path, int expected, string code)
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var client = await sandbox.ClientAsync();

        var (status, body) = await client.CallAsync(new HttpMethod(method), path);

        (status, body.Text("0.errorCode")).ShouldBe((expected, code));
    }

    [Fact]
    public async Task Without_a_living_token_or_its_scope_nothing_is_answered()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var chatter = await sandbox.ClientAsync("chatter_api");

        (await new SalesforceClient(sandbox, "/northwind.my.salesforce.com", "sbx-invented").GetAsync("/limits")).ShouldSatisfyAllConditions(
            answer => answer.Status.ShouldBe(401), answer => answer.Body.Text("0.errorCode").ShouldBe("INVALID_SESSION_ID"));
        (await chatter.GetAsync("/limits")).Status.ShouldBe(401);
        (await (await sandbox.ClientAsync("full")).GetAsync("/limits")).Status.ShouldBe(200);
        using var versions = await sandbox.Http.GetAsync(new Uri("/northwind.my.salesforce.com/services/data/", UriKind.Relative));
        (await versions.JsonAsync()).AsArray().Select(version => version.Text("version")).ShouldContain("62.0");
    }

    [Fact]
    public async Task An_external_id_creates_once_and_changes_afterwards()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var client = await sandbox.ClientAsync();
        const string path = "/sobjects/Lead/External_Id__c/app%2F7";

        var first = await client.PatchAsync(path, new JsonObject { ["LastName"] = "A", ["Company"] = "B" });
        var second = await client.PatchAsync(path, new JsonObject { ["Company"] = "C" });

        (first.Status, first.Body.Text("created")).ShouldBe((201, "true"));
        (second.Status, second.Body.Text("created"), second.Body.Text("id")).ShouldBe((200, "false", first.Body.Text("id")));
        (await client.GetAsync(path)).Body.Text("Company").ShouldBe("C");
        (await client.GetAsync(path)).Body.Text("External_Id__c").ShouldBe("app/7");
        (await client.PostAsync("/sobjects/Lead", new JsonObject { ["LastName"] = "A", ["Company"] = "B", ["External_Id__c"] = "APP/7" })).Body.Text("0.errorCode").ShouldBe("DUPLICATE_VALUE");
        (await client.PatchAsync("/sobjects/Lead/External_Id__c/other?updateOnly=true", new JsonObject { ["Company"] = "C" })).Status.ShouldBe(404);
        (await client.PatchAsync("/sobjects/Lead/Company/other", new JsonObject { ["LastName"] = "C" })).Body.Text("0.errorCode").ShouldBe("NOT_FOUND");
        (await client.PatchAsync(path, new JsonObject { ["External_Id__c"] = "x" })).Body.Text("0.errorCode").ShouldBe("INVALID_FIELD");
        (await client.DeleteAsync(path)).Status.ShouldBe(204);
    }

    [Fact]
    public async Task A_reference_can_be_named_by_the_key_of_its_target()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var client = await sandbox.ClientAsync();
        var account = await client.CreateAsync("Account", new JsonObject { ["Name"] = "Keyed", ["External_Id__c"] = "K-1" });

        var contact = await client.CreateAsync("Contact", new JsonObject { ["LastName"] = "By key", ["Account"] = new JsonObject { ["External_Id__c"] = "K-1" } });

        (await client.GetAsync($"/sobjects/Contact/{contact}/Account")).Body.Text("Id").ShouldBe(account);
        (await client.GetAsync($"/sobjects/Account/{account}/Contacts?fields=Id,LastName")).Body.Text("records.0.LastName").ShouldBe("By key");
    }

    [Fact]
    public async Task Salesforce_fills_in_what_follows_from_the_rest()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var client = await sandbox.ClientAsync();
        var account = await client.CreateAsync("Account", new JsonObject { ["Name"] = "Derived" });
        var contact = await client.CreateAsync("Contact", new JsonObject { ["LastName"] = "Derived", ["AccountId"] = account });
        var deal = await client.CreateAsync("Opportunity", new JsonObject { ["Name"] = "Deal", ["StageName"] = "Value Proposition", ["CloseDate"] = "2026-08-01", ["Amount"] = 1000, ["AccountId"] = account });
        var ticket = await client.CreateAsync("Case", new JsonObject { ["Subject"] = "Help", ["ContactId"] = contact });
        var task = await client.CreateAsync("Task", new JsonObject { ["Subject"] = "Call", ["WhatId"] = deal });
        var meeting = await client.CreateAsync("Event", new JsonObject { ["Subject"] = "Meet", ["StartDateTime"] = "2026-06-20T10:00:00+02:00", ["DurationInMinutes"] = 45 });

        (await client.GetAsync("/sobjects/Opportunity/" + deal)).Body.ShouldSatisfyAllConditions(
            body => body.Text("Probability").ShouldBe("50"), body => body.Text("ExpectedRevenue").ShouldBe("500"), body => body.Text("IsClosed").ShouldBe("false"), body => body.Text("FiscalQuarter").ShouldBe("3"));
        (await client.PatchAsync("/sobjects/Opportunity/" + deal, new JsonObject { ["StageName"] = "Closed Won" })).Status.ShouldBe(204);
        (await client.GetAsync("/sobjects/Opportunity/" + deal)).Body.ShouldSatisfyAllConditions(
            body => body.Text("IsWon").ShouldBe("true"), body => body.Text("Probability").ShouldBe("100"), body => body.Text("ForecastCategory").ShouldBe("Closed"));
        (await client.GetAsync("/sobjects/Case/" + ticket)).Body.ShouldSatisfyAllConditions(
            body => body.Text("CaseNumber").Length.ShouldBe(8), body => body.Text("AccountId").ShouldBe(account), body => body.Text("Status").ShouldBe("New"));
        (await client.PatchAsync("/sobjects/Case/" + ticket, new JsonObject { ["Status"] = "Closed" })).Status.ShouldBe(204);
        (await client.GetAsync("/sobjects/Case/" + ticket)).Body.Text("ClosedDate").ShouldStartWith("2026-06-19");
        (await client.GetAsync("/sobjects/Task/" + task)).Body.Text("AccountId").ShouldBe(account);
        (await client.GetAsync("/sobjects/Event/" + meeting)).Body.Text("EndDateTime").ShouldBe("2026-06-20T08:45:00.000+0000");
    }

    [Fact]
    public async Task Deleting_takes_children_along_or_is_refused_while_cases_hang_on_it()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var client = await sandbox.ClientAsync();
        var account = await client.CreateAsync("Account", new JsonObject { ["Name"] = "Parent" });
        var contact = await client.CreateAsync("Contact", new JsonObject { ["LastName"] = "Child", ["AccountId"] = account });
        var ticket = await client.CreateAsync("Case", new JsonObject { ["Subject"] = "Holds", ["AccountId"] = account });

        (await client.DeleteAsync("/sobjects/Account/" + account)).Body.Text("0.errorCode").ShouldBe("DELETE_FAILED");
        (await client.GetAsync("/sobjects/Contact/" + contact)).Status.ShouldBe(200);
        await client.DeleteAsync("/sobjects/Case/" + ticket);
        (await client.DeleteAsync("/sobjects/Account/" + account)).Status.ShouldBe(204);
        (await client.GetAsync("/sobjects/Contact/" + contact)).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_described_object_tells_its_fields_picklists_and_children()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var client = await sandbox.ClientAsync();

        var (_, all) = await client.GetAsync("/sobjects");
        var (_, deal) = await client.GetAsync("/sobjects/Opportunity/describe");
        var (_, account) = await client.GetAsync("/sobjects/account/describe");

        new[] { "Account", "Contact", "Lead", "Opportunity", "Case", "Task", "Event", "User", "Project__c" }.ShouldBeSubsetOf(all!["sobjects"]!.AsArray().Select(type => type.Text("name")));
        var stage = deal!["fields"]!.AsArray().First(field => field.Text("name") == "StageName");
        stage.Text("type").ShouldBe("picklist");
        stage.Text("nillable").ShouldBe("false");
        stage!["picklistValues"]!.AsArray().Select(value => value.Text("value")).First().ShouldBe("Prospecting");
        account!["childRelationships"]!.AsArray().Select(child => child.Text("relationshipName")).ShouldContain("Contacts");
    }

    [Fact]
    public async Task What_changed_and_what_was_deleted_in_a_span_can_be_listed()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var client = await sandbox.ClientAsync();
        sandbox.Time.Advance(TimeSpan.FromHours(1));
        var kept = await client.CreateAsync("Lead", new JsonObject { ["LastName"] = "Kept", ["Company"] = "x" });
        var gone = await client.CreateAsync("Lead", new JsonObject { ["LastName"] = "Gone", ["Company"] = "x" });
        await client.DeleteAsync("/sobjects/Lead/" + gone);
        const string span = "/?start=2026-06-19T10:00:00%2B00:00&end=2026-06-19T11:00:00%2B00:00";

        var (_, updated) = await client.GetAsync("/sobjects/Lead/updated" + span);
        var (_, deleted) = await client.GetAsync("/sobjects/Lead/deleted" + span);

        updated!["ids"]!.AsArray().Select(id => id!.ToString()).ShouldBe([kept]);
        deleted!["deletedRecords"]!.AsArray().Select(record => record.Text("id")).ShouldBe([gone]);
        (await client.GetAsync("/sobjects/Lead/updated?start=2026-06-19T11:00:00Z&end=2026-06-19T10:00:00Z")).Body.Text("0.errorCode").ShouldBe("INVALID_REPLICATION_DATE");
    }

    [Fact]
    public async Task A_reader_and_a_writer_may_insist_on_the_moment_they_know()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var client = await sandbox.ClientAsync();
        var path = "/sobjects/Lead/" + await client.CreateAsync("Lead", new JsonObject { ["LastName"] = "x", ["Company"] = "x" });

        (await client.GetAsync(path, ("If-Modified-Since", "Fri, 19 Jun 2026 09:41:00 GMT"))).Status.ShouldBe(304);
        (await client.GetAsync(path, ("If-Modified-Since", "Fri, 19 Jun 2026 09:40:00 GMT"))).Status.ShouldBe(200);
        (await client.CallAsync(HttpMethod.Patch, path, new JsonObject { ["Company"] = "y" }, ("If-Unmodified-Since", "Fri, 19 Jun 2026 09:40:00 GMT"))).Status.ShouldBe(412);
        (await client.CallAsync(HttpMethod.Patch, path, new JsonObject { ["Company"] = "y" }, ("If-Unmodified-Since", "Fri, 19 Jun 2026 09:41:00 GMT"))).Status.ShouldBe(204);
    }

    [Fact]
    public async Task Search_finds_whole_words_and_what_a_star_stands_for()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var client = await sandbox.ClientAsync();
        await client.CreateAsync("Account", new JsonObject { ["Name"] = "Zebrafink Optics" });
        await client.CreateAsync("Contact", new JsonObject { ["LastName"] = "Zebrafink", ["Email"] = "z@zebrafink.example" });

        (await FindAsync("FIND {zebrafink} IN ALL FIELDS RETURNING Account(Id, Name), Contact(LastName WHERE Email != null)")).Select(record => record.Text("attributes.type")).ShouldBe(["Account", "Contact"]);
        (await FindAsync("FIND {zebra} RETURNING Account")).ShouldBeEmpty();
        (await FindAsync("FIND {zebra* AND NOT optics} RETURNING Account, Contact")).Count.ShouldBe(1);
        (await FindAsync("FIND {\"zebrafink optics\"}")).Count.ShouldBe(1);
        (await FindAsync("FIND {z@zebrafink.example} IN EMAIL FIELDS RETURNING Contact(Id)")).Count.ShouldBe(1);
        (await client.GetAsync("/parameterizedSearch?q=zebrafink&sobject=Account&Account.fields=Name")).Body.Text("searchRecords.0.Name").ShouldBe("Zebrafink Optics");
        (await client.GetAsync("/search?q=" + Uri.EscapeDataString("FIND zebra"))).Body.Text("0.errorCode").ShouldBe("MALFORMED_SEARCH");

        async Task<JsonArray> FindAsync(string search)
        {
            var (status, body) = await client.GetAsync("/search?q=" + Uri.EscapeDataString(search));
            status.ShouldBe(200, body?.ToJsonString());
            return body!["searchRecords"]!.AsArray();
        }
    }

    [Fact]
    public async Task A_converted_lead_becomes_an_account_a_contact_and_a_deal_once()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var client = await sandbox.ClientAsync();
        var lead = await client.CreateAsync("Lead", new JsonObject { ["LastName"] = "Convert", ["Company"] = "Convert Co", ["Email"] = "c@convert.example" });
        JsonObject Inputs() => new() { ["inputs"] = new JsonArray(new JsonObject { ["leadId"] = lead, ["convertedStatus"] = "Closed - Converted" }) };

        var (status, body) = await client.PostAsync("/actions/standard/convertLead", Inputs());

        status.ShouldBe(200);
        (await client.GetAsync("/sobjects/Account/" + body.Text("0.outputValues.accountId"))).Body.Text("Name").ShouldBe("Convert Co");
        (await client.GetAsync("/sobjects/Contact/" + body.Text("0.outputValues.contactId"))).Body.Text("Email").ShouldBe("c@convert.example");
        (await client.GetAsync("/sobjects/Lead/" + lead)).Body.Text("ConvertedOpportunityId").ShouldBe(body.Text("0.outputValues.opportunityId"));
        (await client.PatchAsync("/sobjects/Lead/" + lead, new JsonObject { ["Company"] = "x" })).Body.Text("0.errorCode").ShouldBe("CANNOT_UPDATE_CONVERTED_LEAD");
        (await client.PostAsync("/actions/standard/convertLead", Inputs())).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_post_in_chatter_is_read_in_feeds_by_query_and_with_its_comments()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var client = await sandbox.ClientAsync("api chatter_api");
        var account = await client.CreateAsync("Account", new JsonObject { ["Name"] = "Talked about" });
        static JsonObject Words(string text) => new() { ["messageSegments"] = new JsonArray(new JsonObject { ["type"] = "Text", ["text"] = text }) };

        var (status, post) = await client.PostAsync("/chatter/feed-elements", new JsonObject { ["feedElementType"] = "FeedItem", ["subjectId"] = account, ["body"] = Words("Paid today") });
        var (commented, _) = await client.PostAsync($"/chatter/feed-elements/{post.Text("id")}/capabilities/comments/items", new JsonObject { ["body"] = Words("Good") });

        (status, commented).ShouldBe((201, 201));
        var (_, feed) = await client.GetAsync($"/chatter/feeds/record/{account}/feed-elements");
        feed.Text("elements.0.body.text").ShouldBe("Paid today");
        feed.Text("elements.0.capabilities.comments.page.items.0.body.text").ShouldBe("Good");
        (await client.ValuesAsync($"SELECT Body FROM FeedItem WHERE ParentId = '{account}'", "Body")).ShouldBe(["Paid today"]);
        (await client.PostAsync("/chatter/feed-elements", new JsonObject { ["subjectId"] = "me" })).Status.ShouldBe(400);
        (await client.DeleteAsync("/chatter/feed-elements/" + post.Text("id"))).Status.ShouldBe(204);
        (await client.GetAsync("/chatter/feed-elements/" + post.Text("id"))).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_reset_keeps_people_and_connections_and_forgets_records()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var client = await sandbox.ClientAsync();
        var lead = await client.CreateAsync("Lead", new JsonObject { ["LastName"] = "x", ["Company"] = "x" });

        await sandbox.ControlAsync("reset", new JsonObject());

        (await client.GetAsync("/sobjects/Lead/" + lead)).Status.ShouldBe(404);
        (await client.CreateAsync("Lead", new JsonObject { ["LastName"] = "x", ["Company"] = "x" })).ShouldNotBe(lead);
    }
}
