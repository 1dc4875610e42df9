using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Salesforce;

/// <summary>Each test makes its own records, marked by a campaign or a company of its own, and asks for those only.</summary>
public sealed class SoqlTests
{
    private static async Task<SalesforceClient> WithDealsAsync(Playground sandbox)
    {
        var client = await sandbox.ClientAsync();
        var acme = await client.CreateAsync("Account", new JsonObject { ["Name"] = "Acme Soql", ["Industry"] = "Retail" });
        var bolt = await client.CreateAsync("Account", new JsonObject { ["Name"] = "Bolt Soql" });
        await client.CreateAsync("Contact", new JsonObject { ["LastName"] = "Adler", ["AccountId"] = acme, ["Email"] = "adler@acme.example", ["Interests__c"] = "Oat;Rye" });
        await client.CreateAsync("Contact", new JsonObject { ["LastName"] = "Berg", ["AccountId"] = acme, ["Interests__c"] = "Spelt" });
        foreach (var (name, account, stage, amount, close) in ((string, string, string, int?, string)[])
            [("One", acme, "Negotiation/Review", 100, "2026-06-19"), ("Two", acme, "Prospecting", 50, "2026-06-12"), ("Three", bolt, "Closed Won", 25, "2026-05-31"), ("Four", bolt, "Prospecting", null, "2027-01-01")])
            await client.CreateAsync("Opportunity", new JsonObject { ["Name"] = "Soql " + name, ["AccountId"] = account, ["StageName"] = stage, ["Amount"] = amount, ["CloseDate"] = close });
        return client;
    }

    [Theory]
    [InlineData("Amount > 50", "One")]
    [InlineData("Amount >= 50 AND IsClosed = false", "One,Two")]
    [InlineData("Amount = null", "Four")]
    [InlineData("Amount != 50", "One,Three,Four")]
    [InlineData("(Amount = 100 OR Amount = 25) AND NOT StageName = 'Closed Won'", "One")]
    [InlineData("StageName IN ('prospecting', 'Closed Won')", "Two,Three,Four")]
    [InlineData("StageName NOT IN ('Prospecting')", "One,Three")]
    [InlineData("Account.Name LIKE 'acme%'", "One,Two")]
    [InlineData("Name LIKE 'Soql T_o'", "Two")]
    [InlineData("Account.Industry = 'Retail'", "One,Two")]
    [InlineData("AccountId IN (SELECT AccountId FROM Contact WHERE LastName = 'Adler')", "One,Two")]
    [InlineData("AccountId NOT IN (SELECT AccountId FROM Contact WHERE AccountId != null)", "Three,Four")]
    [InlineData("CloseDate = TODAY", "One")]
    [InlineData("CloseDate = LAST_N_DAYS:7", "One,Two")]
    [InlineData("CloseDate = THIS_MONTH", "One,Two")]
    [InlineData("CloseDate = LAST_MONTH", "Three")]
    [InlineData("CloseDate = LAST_WEEK", "Two")]
    [InlineData("CloseDate < THIS_MONTH", "Three")]
    [InlineData("CloseDate > NEXT_N_DAYS:30", "Four")]
    [InlineData("CloseDate = NEXT_YEAR", "Four")]
    [InlineData("CloseDate = 2026-05-31", "Three")]
    [InlineData("CreatedDate >= 2026-06-19T09:41:00Z", "One,Two,Three,Four")]
    [InlineData("CreatedDate < 2026-06-19T11:41:00+02:00", "")]
    [InlineData("CALENDAR_MONTH(CloseDate) = 6", "One,Two")]
    [InlineData("CreatedBy.Name = 'nobody'", "")]
    public async Task A_condition_finds_what_salesforce_would_find(string condition, string expected)
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var client = await WithDealsAsync(sandbox);

        var names = await client.ValuesAsync($"SELECT Name FROM Opportunity WHERE Name LIKE 'Soql %' AND ({condition}) ORDER BY CreatedDate, Id", "Name");

        string.Join(',', names.Select(name => name["Soql ".Length..])).ShouldBe(expected);
    }

    [Theory]
    [InlineData("ORDER BY Amount", "Four,Three,Two,One")]
    [InlineData("ORDER BY Amount DESC NULLS LAST", "One,Two,Three,Four")]
    [InlineData("ORDER BY StageName, Amount NULLS LAST", "Two,Four,One,Three")]
    [InlineData("ORDER BY Account.Name DESC, Name", "Four,Three,One,Two")]
    [InlineData("ORDER BY Name LIMIT 2 OFFSET 1", "One,Three")]
    public async Task Rows_stand_in_the_order_that_was_asked(string order, string expected)
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var client = await WithDealsAsync(sandbox);

        var names = await client.ValuesAsync($"SELECT Name FROM Opportunity WHERE Name LIKE 'Soql %' {order}", "Name");

        string.Join(',', names.Select(name => name["Soql ".Length..])).ShouldBe(expected);
    }

    [Fact]
    public async Task A_record_behind_a_reference_is_nested_and_empty_where_there_is_none()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var client = await sandbox.ClientAsync();
        var account = await client.CreateAsync("Account", new JsonObject { ["Name"] = "Nested" });
        await client.CreateAsync("Contact", new JsonObject { ["LastName"] = "With", ["AccountId"] = account, ["Department"] = "nesting" });
        await client.CreateAsync("Contact", new JsonObject { ["LastName"] = "Without", ["Department"] = "nesting" });

        var records = await client.QueryAsync("SELECT LastName, Account.Name, Account.Owner.Name FROM Contact c WHERE c.Department = 'nesting' ORDER BY LastName");

        records[0].Text("attributes.type").ShouldBe("Contact");
        records[0].Text("Account.Name").ShouldBe("Nested");
        records[0].Text("Account.attributes.url").ShouldBe($"{SalesforceApp.Data}/sobjects/Account/{account}");
        records[0].Text("Account.Owner.Name").ShouldNotBeEmpty();
        records[1]!.AsObject().ContainsKey("Account").ShouldBeTrue();
        records[1].At("Account").ShouldBeNull();
    }

    [Fact]
    public async Task Children_come_with_their_parent_and_null_where_there_are_none()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var client = await WithDealsAsync(sandbox);

        var records = await client.QueryAsync("SELECT Name, (SELECT LastName FROM Contacts WHERE LastName != 'Berg') FROM Account WHERE Name LIKE '% Soql' ORDER BY Name");

        records[0].Text("Contacts.totalSize").ShouldBe("1");
        records[0].Text("Contacts.records.0.LastName").ShouldBe("Adler");
        records[1].At("Contacts").ShouldBeNull();
    }

    [Fact]
    public async Task Groups_are_counted_summed_and_filtered()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var client = await WithDealsAsync(sandbox);

        var records = await client.QueryAsync("SELECT Account.Name, COUNT(Id) deals, SUM(Amount), AVG(Amount) mean, MAX(CloseDate) FROM Opportunity WHERE Name LIKE 'Soql %' GROUP BY Account.Name HAVING COUNT(Id) > 1 ORDER BY SUM(Amount) DESC");

        records.Select(record => record.Text("Name")).ShouldBe(["Acme Soql", "Bolt Soql"]);
        records[0].Text("attributes.type").ShouldBe("AggregateResult");
        records[0].Text("deals").ShouldBe("2");
        records[0].Text("expr0").ShouldBe("150");
        records[0].Text("mean").ShouldBe("75");
        records[1].Text("expr1").ShouldBe("2027-01-01");
        var (_, count) = await client.AskAsync("SELECT COUNT() FROM Opportunity WHERE Name LIKE 'Soql %'");
        count.Text("totalSize").ShouldBe("4");
        count!["records"]!.AsArray().ShouldBeEmpty();
        (await client.QueryAsync("SELECT COUNT_DISTINCT(StageName) FROM Opportunity WHERE Name LIKE 'Soql %'"))[0].Text("expr0").ShouldBe("3");
    }

    [Fact]
    public async Task Several_values_of_one_picklist_can_be_asked_for()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var client = await WithDealsAsync(sandbox);

        (await client.ValuesAsync("SELECT LastName FROM Contact WHERE Account.Name = 'Acme Soql' AND Interests__c INCLUDES ('Oat;Rye', 'Almond')", "LastName")).ShouldBe(["Adler"]);
        (await client.ValuesAsync("SELECT LastName FROM Contact WHERE Account.Name = 'Acme Soql' AND Interests__c EXCLUDES ('Oat')", "LastName")).ShouldBe(["Berg"]);
    }

    [Fact]
    public async Task A_reference_to_several_objects_gives_name_and_type()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var client = await sandbox.ClientAsync();
        var account = await client.CreateAsync("Account", new JsonObject { ["Name"] = "What it is about", ["Phone"] = "123" });
        var lead = await client.CreateAsync("Lead", new JsonObject { ["LastName"] = "Who", ["Company"] = "X" });
        await client.CreateAsync("Task", new JsonObject { ["Subject"] = "Poly 1", ["WhatId"] = account });
        await client.CreateAsync("Task", new JsonObject { ["Subject"] = "Poly 2", ["WhoId"] = lead });

        var records = await client.QueryAsync("SELECT Subject, What.Name, What.Type, Who.Name FROM Task WHERE Subject LIKE 'Poly %' ORDER BY Subject");
        var typed = await client.QueryAsync("SELECT TYPEOF What WHEN Account THEN Phone ELSE Name END FROM Task WHERE Subject = 'Poly 1'");

        records[0].Text("What.Type").ShouldBe("Account");
        records[1].Text("Who.Name").ShouldBe("Who");
        records[1].At("What").ShouldBeNull();
        typed[0].Text("What.Phone").ShouldBe("123");
        (await client.ValuesAsync("SELECT Subject FROM Task WHERE What.Type = 'Account' AND Subject LIKE 'Poly %'", "Subject")).ShouldBe(["Poly 1"]);
    }

    [Fact]
    public async Task Long_results_come_in_pages_whose_address_has_no_host()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var client = await sandbox.ClientAsync();
        for (var part = 0; part < 3; part++)
            (await client.PostAsync("/composite/sobjects", new JsonObject
            {
                ["records"] = new JsonArray([.. Enumerable.Range(0, 150).Select(number => (JsonNode)new JsonObject { ["attributes"] = new JsonObject { ["type"] = "Campaign" }, ["Name"] = $"Page {(part * 150) + number:D3}" })]),
            })).Status.ShouldBe(200);

        var (_, first) = await client.AskAsync("SELECT Name FROM Campaign WHERE Name LIKE 'Page %' ORDER BY Name", ("Sforce-Query-Options", "batchSize=200"));
        var (_, second) = await client.GetAsync(first.Text("nextRecordsUrl"));
        var (_, third) = await client.GetAsync(second.Text("nextRecordsUrl"));

        first.Text("totalSize").ShouldBe("450");
        first.Text("done").ShouldBe("false");
        first.Text("nextRecordsUrl").ShouldStartWith(SalesforceApp.Data + "/query/01g");
        third.Text("done").ShouldBe("true");
        third!.AsObject().ContainsKey("nextRecordsUrl").ShouldBeFalse();
        first!["records"]!.AsArray().Concat(second!["records"]!.AsArray()).Concat(third["records"]!.AsArray()).Select(record => record.Text("Name")).Distinct().Count().ShouldBe(450);
        (await client.GetAsync("/query/01gnone-200")).Body.Text("0.errorCode").ShouldBe("INVALID_QUERY_LOCATOR");
    }

    [Fact]
    public async Task Deleted_records_are_seen_by_query_all_only()
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var client = await sandbox.ClientAsync();
        var id = await client.CreateAsync("Lead", new JsonObject { ["LastName"] = "Gone", ["Company"] = "Gone" });
        (await client.DeleteAsync("/sobjects/Lead/" + id)).Status.ShouldBe(204);

        (await client.QueryAsync($"SELECT Id FROM Lead WHERE Id = '{id}'")).ShouldBeEmpty();
        var (_, all) = await client.GetAsync("/queryAll?q=" + Uri.EscapeDataString($"SELECT Id, IsDeleted FROM Lead WHERE Id = '{id[..15]}' AND IsDeleted = true"));
        all.Text("records.0.Id").ShouldBe(id);
    }

    [Theory]
    [InlineData("", "MALFORMED_QUERY")]
    [InlineData("SELECT Id", "MALFORMED_QUERY")]
    [InlineData("SELECT Id FROM Lead WHERE", "MALFORMED_QUERY")]
    [InlineData("SELECT Id FROM Lead WHERE Name = 'open", "MALFORMED_QUERY")]
    [InlineData("SELECT Id FROM Lead WHERE Name = 'a' AND Name = 'b' OR Name = 'c'", "MALFORMED_QUERY")]
    [InlineData("SELECT Id FROM Lead WHERE Name = :name", "MALFORMED_QUERY")]
    [InlineData("SELECT * FROM Lead", "MALFORMED_QUERY")]
    [InlineData("SELECT Id FROM Lead LIMIT many", "MALFORMED_QUERY")]
    [InlineData("SELECT FIELDS(ALL) FROM Lead", "MALFORMED_QUERY")]
    [InlineData("SELECT Name, COUNT(Id) FROM Lead GROUP BY Status", "MALFORMED_QUERY")]
    [InlineData("SELECT Id FROM Leads", "INVALID_TYPE")]
    [InlineData("SELECT (SELECT Id FROM Contact) FROM Account", "INVALID_TYPE")]
    [InlineData("SELECT Nam FROM Lead", "INVALID_FIELD")]
    [InlineData("SELECT Id, Id FROM Lead", "INVALID_FIELD")]
    [InlineData("SELECT Company.Name FROM Lead", "INVALID_FIELD")]
    [InlineData("SELECT Id FROM Lead WHERE IsConverted = 'true'", "INVALID_FIELD")]
    [InlineData("SELECT Id FROM Opportunity WHERE CloseDate = '2026-01-01'", "INVALID_FIELD")]
    [InlineData("SELECT Id FROM Opportunity WHERE CreatedDate > 2026-01-01", "INVALID_FIELD")]
    [InlineData("SELECT Id FROM Opportunity WHERE Amount > '5'", "INVALID_FIELD")]
    [InlineData("SELECT Id FROM Lead WHERE Description = 'x'", "INVALID_FIELD")]
    [InlineData("SELECT Id FROM Lead WHERE Id = 'nonsense'", "INVALID_QUERY_FILTER_OPERATOR")]
    [InlineData("SELECT Id FROM Lead OFFSET 2001", "NUMBER_OUTSIDE_VALID_RANGE")]
    public async Task A_wrong_query_is_refused_with_its_own_code(string query, string code)
    {
        await using var sandbox = await Playground.WithClientAsync("salesforce");
        var client = await sandbox.ClientAsync();

        var (status, body) = await client.AskAsync(query);

        status.ShouldBe(400);
        body.Text("0.errorCode").ShouldBe(code, body!.ToJsonString());
    }
}
