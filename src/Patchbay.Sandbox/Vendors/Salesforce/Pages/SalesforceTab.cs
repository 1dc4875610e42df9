using Patchbay.Sandbox.Pages;
using Patchbay.Sandbox.Vendors.Salesforce.Schema;

namespace Patchbay.Sandbox.Vendors.Salesforce.Pages;

/// <summary>One object as the page shows it.</summary>
/// <param name="Object">Its name in the API.</param>
/// <param name="Icon">Beside it.</param>
/// <param name="Columns">Of its table; paths such as Account.Name are allowed.</param>
/// <param name="Form">The fields a person may fill in.</param>
internal sealed record SalesforceTab(string Object, Html Icon, IReadOnlyList<string> Columns, IReadOnlyList<string> Form)
{
    public static readonly IReadOnlyList<SalesforceTab> All =
    [
        new("Opportunity", Icons.Bolt, ["Name", "Account.Name", "StageName", "Amount", "CloseDate"], ["Name", "AccountId", "StageName", "Amount", "CloseDate", "NextStep", "Description"]),
        new("Account", Icons.Tag, ["Name", "Type", "Industry", "BillingCity", "Owner.Name"], ["Name", "Type", "Industry", "Phone", "Website", "BillingCity", "BillingCountry", "Description"]),
        new("Contact", Icons.Person, ["Name", "Account.Name", "Title", "Email", "Owner.Name"], ["FirstName", "LastName", "AccountId", "Title", "Email", "Phone"]),
        new("Lead", Icons.Star, ["Name", "Company", "Status", "LeadSource", "Owner.Name"], ["FirstName", "LastName", "Company", "Email", "Phone", "Status", "LeadSource"]),
        new("Case", Icons.Inbox, ["CaseNumber", "Subject", "Status", "Priority", "Contact.Name"], ["Subject", "Status", "Priority", "Origin", "AccountId", "ContactId", "SuppliedName", "SuppliedEmail", "Description"]),
        new("Task", Icons.Check, ["Subject", "ActivityDate", "Status", "Priority", "What.Name"], ["Subject", "ActivityDate", "Status", "Priority", "Description"]),
        new("Event", Icons.Clock, ["Subject", "StartDateTime", "DurationInMinutes", "Location", "What.Name"], ["Subject", "StartDateTime", "DurationInMinutes", "Location"]),
        new("Project__c", Icons.Draft, ["Name", "Account__r.Name", "Status__c", "Go_Live__c", "Budget__c"], ["Name", "Account__c", "Status__c", "Start_Date__c", "Go_Live__c", "Budget__c", "Notes__c"]),
    ];

    public SObjectType Schema => SalesforceSchema.Get(Object);

    public static SalesforceTab Of(string? name) => All.FirstOrDefault(tab => tab.Object == name) ?? All[0];
}
