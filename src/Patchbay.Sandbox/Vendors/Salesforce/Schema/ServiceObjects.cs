using static Patchbay.Sandbox.Vendors.Salesforce.Schema.Fields;

namespace Patchbay.Sandbox.Vendors.Salesforce.Schema;

/// <summary>Cases, activities, the feed, people and the organisation, and one custom object.</summary>
internal static class ServiceObjects
{
    private static readonly string[] Related = ["Account", "Opportunity", "Case", "Campaign", "Project__c"];

    public static IEnumerable<SObjectType> All =>
    [
        new("Case", "Cases", "500",
        [
            Text("CaseNumber", 30) with { ReadOnly = true, IsName = true },
            Lookup("ContactId", "Cases", "Contact") with { OnDelete = DeleteRule.Refuse },
            Lookup("AccountId", "Cases", "Account") with { OnDelete = DeleteRule.Refuse },
            Lookup("ParentId", "Cases", "Case"),
            Text("SuppliedName", 80), Email("SuppliedEmail"), Text("SuppliedPhone", 40), Text("SuppliedCompany", 80),
            Picklist("Type", "Mechanical", "Electrical", "Electronic", "Structural", "Other"),
            Picklist("Status", "New", "Working", "Escalated", "Closed") with { Default = "New" },
            Picklist("Reason", "Installation", "Equipment Complexity", "Performance", "Breakdown", "Equipment Design", "Feedback", "Other"),
            Picklist("Origin", "Phone", "Email", "Web"), Text("Subject"),
            Picklist("Priority", "High", "Medium", "Low") with { Default = "Medium" }, LongText("Description"),
            Flag("IsClosed") with { ReadOnly = true }, Moment("ClosedDate") with { ReadOnly = true }, Flag("IsEscalated"),
            ExternalId("External_Id__c"),
        ]),
        new("CaseComment", "Case Comments", "00a",
        [
            Lookup("ParentId", "CaseComments", "Case") with { Required = true, OnDelete = DeleteRule.Cascade },
            Flag("IsPublished"), LongText("CommentBody", 4000),
        ], SObjectKind.Free),
        new("Task", "Tasks", "00T",
        [
            Lookup("WhoId", "Tasks", "Contact", "Lead"), Lookup("WhatId", "Tasks", Related),
            Text("Subject") with { IsName = true }, Day("ActivityDate"),
            Picklist("Status", "Not Started", "In Progress", "Completed", "Waiting on someone else", "Deferred") with { Default = "Not Started" },
            Picklist("Priority", "High", "Normal", "Low") with { Default = "Normal" }, Flag("IsHighPriority") with { ReadOnly = true },
            LongText("Description"), Flag("IsClosed") with { ReadOnly = true }, Moment("CompletedDateTime") with { ReadOnly = true },
            Lookup("AccountId", null, "Account") with { ReadOnly = true },
            Picklist("TaskSubtype", "Task", "Email", "Call") with { Default = "Task" }, Picklist("CallType", "Internal", "Inbound", "Outbound"),
            Whole("CallDurationInSeconds"), Flag("IsReminderSet"), Moment("ReminderDateTime"),
        ]),
        new("Event", "Events", "00U",
        [
            Lookup("WhoId", "Events", "Contact", "Lead"), Lookup("WhatId", "Events", Related),
            Text("Subject") with { IsName = true }, Text("Location"), Flag("IsAllDayEvent"),
            Moment("ActivityDateTime"), Day("ActivityDate"), Whole("DurationInMinutes"), Moment("StartDateTime"), Moment("EndDateTime"),
            LongText("Description"), Lookup("AccountId", null, "Account") with { ReadOnly = true }, Flag("IsPrivate"),
            Picklist("ShowAs", "Busy", "OutOfOffice", "Free") with { Default = "Busy" },
        ]),
        new("Project__c", "Projects", "a00",
        [
            Text("Name", 80) with { Required = true, IsName = true }, Lookup("Account__c", "Projects__r", "Account"),
            Lookup("Opportunity__c", "Projects__r", "Opportunity"),
            Picklist("Status__c", "Planned", "Running", "On hold", "Done") with { Restricted = true, Default = "Planned" },
            Day("Start_Date__c"), Day("Go_Live__c"), Money("Budget__c"), Number("Hours__c", 1), LongText("Notes__c"),
            Flag("Billable__c"), ExternalId("External_Id__c"),
        ]),
        new("FeedItem", "Feed Items", "0D5",
        [
            Lookup("ParentId", null, "User", "Account", "Contact", "Lead", "Opportunity", "Case", "Task", "Event", "Campaign", "Project__c") with { Required = true },
            Picklist("Type", "TextPost", "LinkPost") with { Default = "TextPost" },
            Text("Title"), LongText("Body", 10_000) with { IsName = true }, Url("LinkUrl"), Whole("CommentCount") with { ReadOnly = true }, Whole("LikeCount") with { ReadOnly = true },
        ], SObjectKind.Free),
        new("FeedComment", "Feed Comments", "0D7",
        [
            Lookup("FeedItemId", "FeedComments", "FeedItem") with { Required = true, OnDelete = DeleteRule.Cascade },
            LongText("CommentBody", 10_000) with { IsName = true },
        ], SObjectKind.Free),
        new("User", "Users", "005",
        [
            Text("Username", 80) with { Required = true, Unique = true }, Text("LastName", 80) with { Required = true }, Text("FirstName", 40), Text("Name", 121) with { ReadOnly = true, IsName = true },
            Text("CompanyName", 80), Text("Division", 80), Text("Department", 80), Text("Title", 80), .. Address(""),
            Email("Email") with { Required = true }, Phone("Phone"), Phone("MobilePhone"), Text("Alias", 8) with { Required = true }, Text("CommunityNickname", 40),
            Flag("IsActive"), Picklist("TimeZoneSidKey", "GMT", "Europe/Berlin", "America/New_York"), Picklist("LocaleSidKey", "en_US", "de_DE"),
            Picklist("LanguageLocaleKey", "en_US", "de"), Lookup("ProfileId", null, "Profile"), Lookup("ManagerId", null, "User"),
            Picklist("UserType", "Standard", "Guest") with { ReadOnly = true },
        ], SObjectKind.Free),
        new("Profile", "Profiles", "00e", [Text("Name") with { IsName = true }, Text("UserType", 40)], SObjectKind.Fixed),
        new("Organization", "Organizations", "00D",
        [
            Text("Name", 80) with { IsName = true }, .. Address(""), Phone("Phone"), Text("InstanceName", 5), Flag("IsSandbox"),
            Text("OrganizationType", 40), Text("TimeZoneSidKey", 40), Text("LanguageLocaleKey", 40), Text("DefaultLocaleSidKey", 40), Text("NamespacePrefix", 15),
        ], SObjectKind.Fixed),
    ];
}
