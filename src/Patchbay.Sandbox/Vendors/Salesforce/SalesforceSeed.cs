using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Vendors.Salesforce.Records;
using Patchbay.Sandbox.Vendors.Salesforce.Schema;

namespace Patchbay.Sandbox.Vendors.Salesforce;

/// <summary>Northwind's customers, deals and cases, and a nearly empty copy of the organisation to try things in.</summary>
internal sealed class SalesforceSeed
{
    private readonly RecordStore records;
    private readonly RecordWriter writer;
    private readonly SalesforceOrg org;
    private readonly DateTimeOffset today;

    // Ids of the seed begin at the same numbers in every world, so that a reset keeps them; ids of apps begin far above.
    private int next;
    private readonly Dictionary<string, string> people = [];

    private SalesforceSeed(RecordStore records, RecordWriter writer, SalesforceOrg org, TimeProvider time)
    {
        (this.records, this.writer, this.org) = (records, writer, org);
        today = new DateTimeOffset(time.GetUtcNow().Date, TimeSpan.Zero);
        next = org.IsSandbox ? 5_000 : 100;
    }

    public static void Plant(RecordStore records, RecordWriter writer, TimeProvider time)
    {
        var production = new SalesforceSeed(records, writer, SalesforceOrgs.Production, time);
        production.Organisation();
        production.World();
        var copy = new SalesforceSeed(records, writer, SalesforceOrgs.Sandbox, time);
        copy.Organisation();
        copy.Account("Test Bakery", "Food & Beverage", "Hamburg", "lena", 3);
    }

    private void Organisation()
    {
        var profile = Fixed("Profile", ("Name", "Standard User"), ("UserType", "Standard"));
        Put(org.Id, "Organization", new JsonObject
        {
            ["Name"] = org.Name, ["OrganizationType"] = "Developer Edition", ["IsSandbox"] = org.IsSandbox, ["InstanceName"] = "HS0", ["Country"] = "DE",
            ["TimeZoneSidKey"] = "GMT", ["LanguageLocaleKey"] = "en_US", ["DefaultLocaleSidKey"] = "en_US",
        });
        foreach (var (key, first, last, title) in (ReadOnlySpan<(string, string, string, string)>)
            [("mara", "Mara", "Köhler", "Operations"), ("ops", "Ops", "Team", "Shared account"), ("lena", "Lena", "Brandt", "Support"), ("tom", "Tom", "Reyes", "Warehouse")])
        {
            var email = $"{key}@northwind.example";
            var id = SalesforceIds.Of("005", next++);
            people[key] = id;
            Put(id, "User", new JsonObject
            {
                ["Username"] = email + (org.IsSandbox ? ".uat" : ""), ["FirstName"] = first, ["LastName"] = last, ["Name"] = $"{first} {last}", ["Email"] = email, ["Title"] = title,
                ["Alias"] = key, ["CommunityNickname"] = key, ["CompanyName"] = "Northwind", ["Country"] = "DE", ["IsActive"] = true, ["UserType"] = "Standard",
                ["TimeZoneSidKey"] = "GMT", ["LocaleSidKey"] = "en_US", ["LanguageLocaleKey"] = "en_US", ["ProfileId"] = profile,
            });
        }

        foreach (var (stage, index) in SalesObjects.Stages.Select((stage, index) => (stage, index)))
            Put(SalesforceIds.Of("01J", next++), "OpportunityStage", new JsonObject
            {
                ["MasterLabel"] = stage, ["ApiName"] = stage, ["IsActive"] = true, ["SortOrder"] = index + 1, ["DefaultProbability"] = SalesObjects.Probabilities[index],
                ["IsClosed"] = stage.StartsWith("Closed", StringComparison.Ordinal), ["IsWon"] = stage == "Closed Won",
                ["ForecastCategoryName"] = stage switch { "Closed Won" => "Closed", "Closed Lost" => "Omitted", _ => "Pipeline" },
            });
    }

    private void World()
    {
        var mill = Account("Little Mill", "Food & Beverage", "Lübeck", "mara", 40, "Customer - Direct");
        var fern = Account("Fern & Co", "Retail", "Bremen", "mara", 32, "Customer - Direct");
        var cafe = Account("Harbor Café", "Hospitality", "Hamburg", "lena", 20, "Customer - Direct");
        var ahorn = Account("Ahorn Hotels", "Hospitality", "Kiel", "mara", 9, "Prospect");
        var dock = Account("Dock Nine Logistics", "Transportation", "Hamburg", "tom", 60, "Technology Partner");

        var jonas = Contact(mill, "Jonas", "Petersen", "Head of purchasing", "jonas@littlemill.example", "mara", 40);
        var aylin = Contact(fern, "Aylin", "Demir", "Owner", "aylin@fernandco.example", "mara", 32);
        var ines = Contact(cafe, "Ines", "Duarte", "Owner", "ines@harborcafe.example", "lena", 20);
        Contact(ahorn, "Greta", "Sommer", "Food and drink", "greta.sommer@ahornhotels.example", "mara", 9);
        Contact(dock, "Piet", "Visser", "Dispatch", "piet@docknine.example", "tom", 60);

        var autumn = Opportunity(fern, "Fern & Co autumn order", "Closed Won", 18_400, -4, "mara", 30);
        var contract = Opportunity(mill, "Little Mill yearly contract", "Negotiation/Review", 42_000, 12, "mara", 26);
        Opportunity(ahorn, "Ahorn breakfast pilot", "Qualification", 6_500, 33, "mara", 8);
        Opportunity(cafe, "Harbor Café second shop", "Proposal/Price Quote", 9_800, 19, "lena", 14);
        Opportunity(dock, "Dock Nine cold storage", "Needs Analysis", 15_000, 48, "tom", 11);
        Opportunity(cafe, "Harbor Café catering", "Closed Lost", 3_200, -15, "lena", 44);

        Lead("Noor", "Haddad", "Tide & Timber", "noor@tideandtimber.example", "Open - Not Contacted", "Web", "mara", 1);
        Lead("Emil", "Krause", "Krause Backwaren", "emil.krause@krause.example", "Working - Contacted", "Partner Referral", "mara", 5);
        Lead("Sofia", "Lindqvist", "Nordkaffe", "sofia@nordkaffe.example", "Open - Not Contacted", "Phone Inquiry", "lena", 2);
        Lead("Marek", "Wolski", "Wolski Catering", "marek@wolski.example", "Closed - Not Converted", "Web", "lena", 21);

        Case(mill, jonas, "Two pallets cannot be scanned at dock 4", "Working", "High", "Email", "lena", 1);
        Case(cafe, ines, "Wrong roast in Tuesday's delivery", "New", "Medium", "Web", "lena", 0);
        Case(fern, aylin, "Invoice shows the old address", "Closed", "Low", "Phone", "lena", 12);

        Task("Call Jonas about the yearly contract", contract, jonas, "Not Started", "High", 0, "mara", 3);
        Task("Send price list to Ahorn Hotels", ahorn, null, "In Progress", "Normal", 2, "mara", 2);
        Task("Thank Aylin for the autumn order", autumn, aylin, "Completed", "Normal", -3, "mara", 4);
        Add("Event", "mara", 2, new JsonObject
        {
            ["Subject"] = "Tasting at Ahorn Hotels", ["WhatId"] = ahorn, ["StartDateTime"] = FieldValues.Show(today.AddDays(4).AddHours(9)), ["DurationInMinutes"] = 90, ["Location"] = "Kiel",
        });
        Add("Project__c", "tom", 7, new JsonObject
        {
            ["Name"] = "Label printers at dock 4", ["Account__c"] = mill, ["Status__c"] = "Running", ["Start_Date__c"] = Day(-7), ["Go_Live__c"] = Day(21), ["Budget__c"] = 4_800, ["External_Id__c"] = "P-104",
        });
        Add("FeedItem", "mara", 3, new JsonObject { ["ParentId"] = contract, ["Body"] = "They want delivery twice a week from August on. I will price it." });
    }

    private string Account(string name, string industry, string city, string owner, int daysAgo, string type = "Prospect") => Add("Account", owner, daysAgo, new JsonObject
    {
        ["Name"] = name, ["Industry"] = industry, ["BillingCity"] = city, ["BillingCountry"] = "Germany", ["Type"] = type, ["Phone"] = "+49 40 555 01" + (next % 90 + 10).ToString(CultureInfo.InvariantCulture),
    });

    private string Contact(string account, string first, string last, string title, string email, string owner, int daysAgo) => Add("Contact", owner, daysAgo, new JsonObject
    {
        ["AccountId"] = account, ["FirstName"] = first, ["LastName"] = last, ["Title"] = title, ["Email"] = email,
    });

    private string Opportunity(string account, string name, string stage, int amount, int closesIn, string owner, int daysAgo) => Add("Opportunity", owner, daysAgo, new JsonObject
    {
        ["AccountId"] = account, ["Name"] = name, ["StageName"] = stage, ["Amount"] = amount, ["CloseDate"] = Day(closesIn),
    });

    private void Lead(string first, string last, string company, string email, string status, string source, string owner, int daysAgo) => Add("Lead", owner, daysAgo, new JsonObject
    {
        ["FirstName"] = first, ["LastName"] = last, ["Company"] = company, ["Email"] = email, ["Status"] = status, ["LeadSource"] = source,
    });

    private void Case(string account, string contact, string subject, string status, string priority, string origin, string owner, int daysAgo) => Add("Case", owner, daysAgo, new JsonObject
    {
        ["AccountId"] = account, ["ContactId"] = contact, ["Subject"] = subject, ["Status"] = status, ["Priority"] = priority, ["Origin"] = origin,
    });

    private void Task(string subject, string about, string? who, string status, string priority, int dueIn, string owner, int daysAgo) => Add("Task", owner, daysAgo, new JsonObject
    {
        ["Subject"] = subject, ["WhatId"] = about, ["WhoId"] = who, ["Status"] = status, ["Priority"] = priority, ["ActivityDate"] = Day(dueIn),
    });

    private string Add(string type, string owner, int daysAgo, JsonObject fields)
    {
        var schema = SalesforceSchema.Get(type);
        var at = today.AddDays(-daysAgo).AddHours(8).AddMinutes(next % 60);
        return writer.Create(new SalesforceActor(org.Id, people[owner]), schema, fields, SalesforceIds.Of(schema.KeyPrefix, next++), at).Id;
    }

    private string Fixed(string type, params ReadOnlySpan<(string Name, string Value)> values)
    {
        var fields = new JsonObject();
        foreach (var (name, value) in values)
            fields[name] = value;
        var id = SalesforceIds.Of(SalesforceSchema.Get(type).KeyPrefix, next++);
        Put(id, type, fields);
        return id;
    }

    private void Put(string id, string type, JsonObject values)
    {
        var at = FieldValues.Show(today.AddDays(-90));
        (values["CreatedDate"], values["LastModifiedDate"], values["SystemModstamp"]) = (at, at, at);
        records.Put(new SObjectRecord { Id = id, Org = org.Id, Type = type, Values = values });
    }

    private string Day(int fromToday) => FieldValues.Show(DateOnly.FromDateTime(today.UtcDateTime).AddDays(fromToday));
}
