using static Patchbay.Sandbox.Vendors.Salesforce.Schema.Fields;

namespace Patchbay.Sandbox.Vendors.Salesforce.Schema;

/// <summary>What a sales team works with.</summary>
internal static class SalesObjects
{
    public static readonly IReadOnlyList<string> Stages =
        ["Prospecting", "Qualification", "Needs Analysis", "Value Proposition", "Id. Decision Makers", "Perception Analysis", "Proposal/Price Quote", "Negotiation/Review", "Closed Won", "Closed Lost"];

    /// <summary>Probability of each stage, in their order.</summary>
    public static readonly IReadOnlyList<int> Probabilities = [10, 10, 20, 50, 60, 70, 75, 90, 100, 0];

    private static readonly string[] Industries = ["Agriculture", "Apparel", "Banking", "Construction", "Consulting", "Education", "Energy", "Food & Beverage", "Healthcare", "Hospitality", "Manufacturing", "Retail", "Shipping", "Technology", "Transportation", "Other"];
    private static readonly string[] Sources = ["Web", "Phone Inquiry", "Partner Referral", "Purchased List", "Other"];
    private static readonly string[] Salutations = ["Mr.", "Ms.", "Mrs.", "Dr.", "Prof.", "Mx."];
    private static readonly string[] Ratings = ["Hot", "Warm", "Cold"];

    public static IEnumerable<SObjectType> All =>
    [
        new("Account", "Accounts", "001",
        [
            Text("Name") with { Required = true, IsName = true },
            Picklist("Type", "Prospect", "Customer - Direct", "Customer - Channel", "Channel Partner / Reseller", "Installation Partner", "Technology Partner", "Other"),
            Lookup("ParentId", "ChildAccounts", "Account"),
            .. Address("Billing"), .. Address("Shipping"),
            Phone("Phone"), Phone("Fax"), Text("AccountNumber", 40), Url("Website"), Text("Sic", 20),
            Picklist("Industry", Industries), Money("AnnualRevenue"), Whole("NumberOfEmployees"),
            Picklist("Ownership", "Public", "Private", "Subsidiary", "Other"), Text("TickerSymbol", 20), LongText("Description"),
            Picklist("Rating", Ratings), Text("Site", 80), Picklist("AccountSource", Sources),
            Picklist("CustomerPriority__c", "High", "Medium", "Low") with { Restricted = true },
            ExternalId("External_Id__c"),
        ]),
        new("Contact", "Contacts", "003",
        [
            Lookup("AccountId", "Contacts", "Account") with { OnDelete = DeleteRule.Cascade },
            Text("LastName", 80) with { Required = true }, Text("FirstName", 40), Picklist("Salutation", Salutations),
            Text("Name", 121) with { ReadOnly = true, IsName = true },
            .. Address("Mailing"), .. Address("Other"),
            Phone("Phone"), Phone("Fax"), Phone("MobilePhone"), Phone("HomePhone"), Phone("OtherPhone"), Phone("AssistantPhone"),
            Lookup("ReportsToId", null, "Contact"), Email("Email"), Text("Title", 128), Text("Department", 80), Text("AssistantName", 40),
            Picklist("LeadSource", Sources), Day("Birthdate"), LongText("Description"),
            Flag("HasOptedOutOfEmail"), Flag("DoNotCall"),
            Picklist("Level__c", "Primary", "Secondary", "Tertiary") with { Restricted = true },
            MultiPicklist("Interests__c", "Oat", "Almond", "Spelt", "Rye", "Gluten free"),
            ExternalId("External_Id__c"),
        ]),
        new("Lead", "Leads", "00Q",
        [
            Text("LastName", 80) with { Required = true }, Text("FirstName", 40), Picklist("Salutation", Salutations),
            Text("Name", 121) with { ReadOnly = true, IsName = true }, Text("Title", 128), Text("Company") with { Required = true },
            .. Address(""),
            Phone("Phone"), Phone("MobilePhone"), Phone("Fax"), Email("Email"), Url("Website"), LongText("Description"),
            Picklist("LeadSource", Sources),
            Picklist("Status", "Open - Not Contacted", "Working - Contacted", "Closed - Converted", "Closed - Not Converted") with { Default = "Open - Not Contacted" },
            Picklist("Industry", Industries), Picklist("Rating", Ratings), Money("AnnualRevenue"), Whole("NumberOfEmployees"),
            Flag("HasOptedOutOfEmail"), Flag("DoNotCall"), Flag("IsUnreadByOwner"),
            Flag("IsConverted") with { ReadOnly = true }, Day("ConvertedDate") with { ReadOnly = true },
            Lookup("ConvertedAccountId", null, "Account") with { ReadOnly = true }, Lookup("ConvertedContactId", null, "Contact") with { ReadOnly = true },
            Lookup("ConvertedOpportunityId", null, "Opportunity") with { ReadOnly = true },
            MultiPicklist("Interests__c", "Oat", "Almond", "Spelt", "Rye", "Gluten free"),
            ExternalId("External_Id__c"),
        ]),
        new("Opportunity", "Opportunities", "006",
        [
            Lookup("AccountId", "Opportunities", "Account") with { OnDelete = DeleteRule.Cascade },
            Text("Name", 120) with { Required = true, IsName = true }, LongText("Description"),
            Picklist("StageName", [.. Stages]) with { Required = true },
            Money("Amount"), Percent("Probability"), Money("ExpectedRevenue") with { ReadOnly = true },
            Day("CloseDate") with { Required = true }, Picklist("Type", "Existing Business", "New Business"), Text("NextStep"),
            Picklist("LeadSource", Sources), Flag("IsClosed") with { ReadOnly = true }, Flag("IsWon") with { ReadOnly = true },
            Picklist("ForecastCategory", "Omitted", "Pipeline", "BestCase", "Forecast", "Closed") with { ReadOnly = true },
            Picklist("ForecastCategoryName", "Omitted", "Pipeline", "Best Case", "Commit", "Closed"),
            Lookup("CampaignId", "Opportunities", "Campaign"), Lookup("ContactId", null, "Contact"),
            Whole("FiscalQuarter") with { ReadOnly = true }, Whole("FiscalYear") with { ReadOnly = true }, Text("Fiscal", 6) with { ReadOnly = true },
            ExternalId("External_Id__c"),
        ]),
        new("Campaign", "Campaigns", "701",
        [
            Text("Name", 80) with { Required = true, IsName = true }, Picklist("Type", "Conference", "Webinar", "Email", "Partners", "Other"),
            Picklist("Status", "Planned", "In Progress", "Completed", "Aborted") with { Default = "Planned" },
            Day("StartDate"), Day("EndDate"), Money("BudgetedCost"), Flag("IsActive"), LongText("Description"),
        ]),
        new("OpportunityStage", "Opportunity Stages", "01J",
        [
            Text("MasterLabel") with { IsName = true }, Text("ApiName"), Flag("IsActive"), Whole("SortOrder"), Flag("IsClosed"), Flag("IsWon"),
            Text("ForecastCategoryName", 40), Percent("DefaultProbability"),
        ], SObjectKind.Fixed),
    ];
}
