using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.HubSpot;

public sealed class HubSpotSearchTests
{
    [Theory]
    [InlineData("""{"propertyName":"firstname","operator":"EQ","value":"ann"}""", "a")]
    [InlineData("""{"propertyName":"firstname","operator":"NEQ","value":"Ann"}""", "b")]
    [InlineData("""{"propertyName":"total_revenue","operator":"LT","value":"100"}""", "a")]
    [InlineData("""{"propertyName":"total_revenue","operator":"LTE","value":100}""", "ab")]
    [InlineData("""{"propertyName":"total_revenue","operator":"GT","value":"99.5"}""", "bc")]
    [InlineData("""{"propertyName":"total_revenue","operator":"GTE","value":"1e3"}""", "c")]
    [InlineData("""{"propertyName":"total_revenue","operator":"BETWEEN","value":"9","highValue":"100"}""", "ab")]
    [InlineData("""{"propertyName":"lifecyclestage","operator":"IN","values":["customer","other"]}""", "bc")]
    [InlineData("""{"propertyName":"lifecyclestage","operator":"NOT_IN","values":["customer"]}""", "ac")]
    [InlineData("""{"propertyName":"firstname","operator":"IN","values":["bob"]}""", "b")]
    [InlineData("""{"propertyName":"firstname","operator":"IN","values":["Bob"]}""", "")]
    [InlineData("""{"propertyName":"firstname","operator":"HAS_PROPERTY"}""", "ab")]
    [InlineData("""{"propertyName":"firstname","operator":"NOT_HAS_PROPERTY"}""", "c")]
    [InlineData("""{"propertyName":"email","operator":"CONTAINS_TOKEN","value":"*@one.example"}""", "a")]
    [InlineData("""{"propertyName":"jobtitle","operator":"CONTAINS_TOKEN","value":"buyer"}""", "ab")]
    [InlineData("""{"propertyName":"jobtitle","operator":"NOT_CONTAINS_TOKEN","value":"head"}""", "b")]
    [InlineData("""{"propertyName":"birthdate","operator":"GTE","value":"2000-01-01"}""", "b")]
    [InlineData("""{"propertyName":"birthdate","operator":"LT","value":"946684800000"}""", "a")]
    public async Task Every_operator_finds_what_it_says(string filter, string expected)
    {
        await using var sandbox = await Playground.WithClientAsync("hubspot");
        var hub = await sandbox.ConnectHubSpotAsync(HubSpotApp.Contacts);
        var ids = new Dictionary<string, string>
        {
            [await hub.MakeAsync("contacts", ("email", "ann@one.example"), ("firstname", "Ann"), ("total_revenue", "9"), ("lifecyclestage", "lead"), ("jobtitle", "Head buyer"), ("birthdate", "1990-05-01"), ("city", "Probe"))] = "a",
            [await hub.MakeAsync("contacts", ("email", "bob@two.example"), ("firstname", "Bob"), ("total_revenue", "100"), ("lifecyclestage", "customer"), ("jobtitle", "Buyer, junior"), ("birthdate", "2001-05-01"), ("city", "Probe"))] = "b",
            [await hub.MakeAsync("contacts", ("email", "c@three.example"), ("total_revenue", "1000"), ("lifecyclestage", "other"), ("city", "Probe"))] = "c",
        };
        var search = new JsonObject
        {
            ["filterGroups"] = new JsonArray(new JsonObject { ["filters"] = new JsonArray(HubSpotClient.Json(filter), HubSpotClient.Json("""{"propertyName":"city","operator":"EQ","value":"Probe"}""")) }),
        };

        string.Concat((await hub.FindAsync("contacts", search)).Select(id => ids[id])).ShouldBe(expected);
    }

    [Fact]
    public async Task Groups_add_up_and_filters_in_a_group_narrow()
    {
        await using var sandbox = await Playground.WithClientAsync("hubspot");
        var hub = await sandbox.ConnectHubSpotAsync();
        var (one, two) = (await hub.MakeAsync("companies", ("name", "Alder"), ("city", "Ulm")), await hub.MakeAsync("companies", ("name", "Birch"), ("city", "Ulm")));
        (await hub.FindAsync("companies", (JsonObject)HubSpotClient.Json("""{"filterGroups":[{"filters":[{"propertyName":"city","operator":"EQ","value":"ulm"},{"propertyName":"name","operator":"EQ","value":"alder"}]},{"filters":[{"propertyName":"name","operator":"EQ","value":"BIRCH"}]}]}"""))).ShouldBe([one, two]);
        (await hub.FindAsync("companies", (JsonObject)HubSpotClient.Json("""{"filters":[{"propertyName":"city","operator":"EQ","value":"Ulm"}],"sorts":[{"propertyName":"name","direction":"DESCENDING"}]}"""))).ShouldBe([two, one]);
        (await hub.FindAsync("companies", (JsonObject)HubSpotClient.Json("""{"query":"bir","sorts":["-createdate"]}"""))).ShouldBe([two]);
    }

    [Fact]
    public async Task A_search_pages_counts_and_shows_what_was_asked_for()
    {
        await using var sandbox = await Playground.WithClientAsync("hubspot");
        var hub = await sandbox.ConnectHubSpotAsync();
        for (var index = 0; index < 5; index++)
            await hub.MakeAsync("deals", ("dealname", "Paged " + index), ("amount", (10 - index).ToString(System.Globalization.CultureInfo.InvariantCulture)), ("description", "many"));
        var search = (JsonObject)HubSpotClient.Json("""{"filterGroups":[{"filters":[{"propertyName":"description","operator":"EQ","value":"many"}]}],"sorts":[{"propertyName":"amount","direction":"ASCENDING"}],"properties":["amount","description"],"limit":2}""");

        var page = await hub.CallAsync("POST", "/crm/v3/objects/deals/search", 200, search);
        page.Text("total").ShouldBe("5");
        page.At("results")!.AsArray().Select(record => record.Text("properties.amount")).ShouldBe(["6", "7"]);
        page.At("results.0.properties.dealname").ShouldBeNull();
        search["after"] = page.Text("paging.next.after");
        (await hub.CallAsync("POST", "/crm/v3/objects/deals/search", 200, search)).At("results")!.AsArray().Select(record => record.Text("properties.amount")).ShouldBe(["8", "9"]);
        search["after"] = 4;
        var last = await hub.CallAsync("POST", "/crm/v3/objects/deals/search", 200, search);
        last.At("paging").ShouldBeNull();
    }

    [Fact]
    public async Task Records_are_found_by_what_they_belong_to()
    {
        await using var sandbox = await Playground.WithClientAsync("hubspot");
        var hub = await sandbox.ConnectHubSpotAsync();
        var (company, contact) = (await hub.MakeAsync("companies", ("name", "Owner of deals")), await hub.MakeAsync("contacts", ("email", "in@company.example")));
        await hub.CallAsync("PUT", $"/crm/v4/objects/contacts/{contact}/associations/default/companies/{company}", 200);
        (await hub.FindAsync("contacts", (JsonObject)HubSpotClient.Json($$"""{"filters":[{"propertyName":"associations.company","operator":"EQ","value":"{{company}}"}]}"""))).ShouldBe([contact]);
    }

    [Theory]
    [InlineData("""{"filterGroups":[{"filters":[{"propertyName":"email","operator":"LIKE","value":"a"}]}]}""")]
    [InlineData("""{"filterGroups":[{"filters":[{"propertyName":"nosuch","operator":"EQ","value":"a"}]}]}""")]
    [InlineData("""{"filterGroups":[{"filters":[{"propertyName":"email","operator":"EQ"}]}]}""")]
    [InlineData("""{"filterGroups":[{"filters":[{"propertyName":"email","operator":"IN","value":"a"}]}]}""")]
    [InlineData("""{"filterGroups":[{"filters":[{"propertyName":"total_revenue","operator":"BETWEEN","value":"1"}]}]}""")]
    [InlineData("""{"filterGroups":{}}""")]
    [InlineData("""{"filterGroups":[1]}""")]
    [InlineData("""{"limit":201}""")]
    [InlineData("""{"after":"9999","limit":10}""")]
    [InlineData("""{"sorts":["a","b"]}""")]
    [InlineData("""{"sorts":["nosuch"]}""")]
    public async Task A_search_that_makes_no_sense_is_refused(string body)
    {
        await using var sandbox = await Playground.WithClientAsync("hubspot");
        var hub = await sandbox.ConnectHubSpotAsync(HubSpotApp.Contacts);
        (await hub.CallAsync("POST", "/crm/v3/objects/contacts/search", 400, HubSpotClient.Json(body))).Text("category").ShouldBe("VALIDATION_ERROR");
    }

    [Fact]
    public async Task Too_many_groups_or_filters_are_refused()
    {
        await using var sandbox = await Playground.WithClientAsync("hubspot");
        var hub = await sandbox.ConnectHubSpotAsync(HubSpotApp.Contacts);
        foreach (var (groups, filters) in new[] { (6, 1), (1, 7), (4, 5) })
        {
            var body = new JsonObject { ["filterGroups"] = new JsonArray([.. Enumerable.Range(0, groups).Select(_ => (JsonNode)new JsonObject { ["filters"] = new JsonArray([.. Enumerable.Range(0, filters).Select(_ => HubSpotClient.Json("""{"propertyName":"email","operator":"HAS_PROPERTY"}"""))]) })]) };
            await hub.CallAsync("POST", "/crm/v3/objects/contacts/search", 400, body);
        }
    }
}
