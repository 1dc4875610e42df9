using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Salesforce;

public sealed class SalesforcePageTests
{
    [Fact]
    public async Task What_an_app_writes_is_on_the_page_as_text()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var client = await sandbox.ClientAsync();
        var lead = await client.CreateAsync("Lead", new JsonObject { ["LastName"] = "<script>alert(1)</script>", ["Company"] = "Page & Co" });

        var table = await sandbox.Http.GetStringAsync(new Uri("/world/salesforce?tab=Lead", UriKind.Relative));
        var record = await sandbox.Http.GetStringAsync(new Uri("/world/salesforce?record=" + lead, UriKind.Relative));

        table.ShouldContain("Page &amp; Co");
        table.ShouldNotContain("<script>alert");
        record.ShouldContain(lead);
    }

    [Fact]
    public async Task A_person_creates_moves_and_deletes_a_deal_that_the_api_then_sees()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var client = await sandbox.ClientAsync();
        var guard = Regex.Match(await sandbox.Http.GetStringAsync(new Uri("/world/salesforce?tab=Opportunity&form=new", UriKind.Relative)), "name=\"guard\" value=\"([^\"]+)\"").Groups[1].Value;

        await PostAsync("save", ("tab", "Opportunity"), ("Name", "By hand"), ("StageName", "Prospecting"), ("CloseDate", "2026-07-01"), ("Amount", "10"));
        var id = (await client.ValuesAsync("SELECT Id FROM Opportunity WHERE Name = 'By hand'", "Id")).Single();
        await PostAsync("stage", ("record", id), ("stage", "Closed Won"));

        (await client.GetAsync("/sobjects/Opportunity/" + id)).Body.Text("IsWon").ShouldBe("true");
        var refused = await PostAsync("save", ("tab", "Opportunity"), ("Name", "No stage"));
        refused.ShouldContain("REQUIRED_FIELD_MISSING");
        await PostAsync("delete", ("record", id));
        (await client.GetAsync("/sobjects/Opportunity/" + id)).Status.ShouldBe(404);

        async Task<string> PostAsync(string action, params (string Name, string Value)[] fields)
        {
            using var response = await sandbox.FormAsync("/world/salesforce/" + action, [("guard", guard), .. fields]);
            response.StatusCode.ShouldBe(HttpStatusCode.Found);
            return response.Headers.Location!.ToString();
        }
    }

    [Fact]
    public async Task Every_tab_and_form_of_both_organisations_opens()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        foreach (var org in (string[])["production", "uat"])
            foreach (var tab in (string[])["Opportunity", "Account", "Contact", "Lead", "Case", "Task", "Event", "Project__c", "Nothing"])
                foreach (var form in (string[])["", "&form=new"])
                {
                    using var response = await sandbox.Http.GetAsync(new Uri($"/world/salesforce?org={org}&tab={tab}{form}", UriKind.Relative));
                    response.StatusCode.ShouldBe(HttpStatusCode.OK);
                }
    }
}
