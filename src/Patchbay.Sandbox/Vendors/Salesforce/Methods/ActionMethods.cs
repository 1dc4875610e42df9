using System.Text.Json.Nodes;
using Patchbay.Sandbox.Vendors.Salesforce.Api;
using Patchbay.Sandbox.Vendors.Salesforce.Records;
using Patchbay.Sandbox.Vendors.Salesforce.Schema;

namespace Patchbay.Sandbox.Vendors.Salesforce.Methods;

/// <summary>Standard actions: convertLead, which turns a lead into an account, a contact and an opportunity.</summary>
internal sealed class ActionMethods(RecordStore records, RecordWriter writer, TimeProvider time) : ISalesforceMethods
{
    public IEnumerable<SalesforceRoute> Routes =>
    [
        new("GET", "actions/standard", call => SalesforceAnswer.Ok(new JsonObject
        {
            ["actions"] = new JsonArray(new JsonObject { ["label"] = "Convert Lead", ["name"] = "convertLead", ["type"] = "CONVERTLEAD", ["url"] = $"{call.Root}/actions/standard/convertLead" }),
        })),
        new("POST", "actions/standard/convertLead", ConvertAll),
    ];

    private SalesforceAnswer ConvertAll(SalesforceCall call)
    {
        var failed = false;
        var results = new JsonArray([.. SalesforceJson.Objects(call.Json(), "inputs").Select(input =>
        {
            try
            {
                return (JsonNode)new JsonObject
                {
                    ["actionName"] = "convertLead",
                    ["errors"] = null,
                    ["isSuccess"] = true,
                    ["outputValues"] = records.AllOrNothing(() => Convert(call.Actor, input)),
                };
            }
            catch (SalesforceRefusal refusal)
            {
                failed = true;
                return new JsonObject { ["actionName"] = "convertLead", ["errors"] = new JsonArray(refusal.Error.ToRowJson()), ["isSuccess"] = false, ["outputValues"] = null };
            }
        })]);
        return new SalesforceAnswer(failed ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK, results);
    }

    private JsonObject Convert(SalesforceActor actor, JsonObject input)
    {
        string? Given(string name) => SalesforceJson.Text(input[name]) is { Length: > 0 } text ? text : null;
        var lead = SObjectMethods.Find(records, actor, SalesforceSchema.Get("Lead"), Given("leadId") ?? throw new SalesforceRefusal("REQUIRED_FIELD_MISSING", "Missing required input parameter: leadId", "leadId"));
        if (lead.Flag("IsConverted"))
            throw new SalesforceRefusal("CANNOT_UPDATE_CONVERTED_LEAD", "cannot reference converted lead");
        var status = Given("convertedStatus") ?? throw new SalesforceRefusal("REQUIRED_FIELD_MISSING", "Missing required input parameter: convertedStatus", "convertedStatus");
        if (status != "Closed - Converted")
            throw new SalesforceRefusal("INVALID_STATUS", "invalid convertedStatus: " + status);

        var owner = Given("ownerId") ?? lead.Text("OwnerId")!;
        var account = Given("accountId") is { } accountId
            ? SObjectMethods.Find(records, actor, SalesforceSchema.Get("Account"), accountId)
            : writer.Create(actor, SalesforceSchema.Get("Account"), Carry(lead, owner, ("Company", "Name"), ("Phone", "Phone"), ("Website", "Website"), ("Industry", "Industry"), ("NumberOfEmployees", "NumberOfEmployees"), ("AnnualRevenue", "AnnualRevenue"), ("Street", "BillingStreet"), ("City", "BillingCity"), ("PostalCode", "BillingPostalCode"), ("Country", "BillingCountry")));
        SObjectRecord contact;
        if (Given("contactId") is { } contactId)
        {
            contact = SObjectMethods.Find(records, actor, SalesforceSchema.Get("Contact"), contactId);
        }
        else
        {
            var fields = Carry(lead, owner, ("FirstName", "FirstName"), ("LastName", "LastName"), ("Salutation", "Salutation"), ("Email", "Email"), ("Phone", "Phone"), ("MobilePhone", "MobilePhone"), ("Title", "Title"), ("LeadSource", "LeadSource"));
            fields["AccountId"] = account.Id;
            contact = writer.Create(actor, SalesforceSchema.Get("Contact"), fields);
        }

        SObjectRecord? opportunity = null;
        if (!(input["createOpportunity"] is JsonValue flag && flag.TryGetValue<bool>(out var wanted) && !wanted))
        {
            opportunity = writer.Create(actor, SalesforceSchema.Get("Opportunity"), new JsonObject
            {
                ["Name"] = Given("opportunityName") ?? (lead.Text("Company") ?? "") + "-",
                ["AccountId"] = account.Id,
                ["StageName"] = "Prospecting",
                ["CloseDate"] = FieldValues.Show(LastDayOfQuarter()),
                ["LeadSource"] = lead.Text("LeadSource"),
                ["OwnerId"] = owner,
            });
        }

        writer.Change(actor, lead, values =>
        {
            values["Status"] = status;
            values["IsConverted"] = true;
            values["ConvertedDate"] = FieldValues.Show(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
            (values["ConvertedAccountId"], values["ConvertedContactId"], values["ConvertedOpportunityId"]) = (account.Id, contact.Id, opportunity?.Id);
        }, new HashSet<string> { "Status" });
        return new JsonObject { ["leadId"] = lead.Id, ["accountId"] = account.Id, ["contactId"] = contact.Id, ["opportunityId"] = opportunity?.Id };
    }

    private static JsonObject Carry(SObjectRecord lead, string owner, params ReadOnlySpan<(string From, string To)> names)
    {
        var fields = new JsonObject { ["OwnerId"] = owner };
        foreach (var (from, to) in names)
            fields[to] = lead.Values[from]?.DeepClone();
        return fields;
    }

    private DateOnly LastDayOfQuarter()
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        return new DateOnly(today.Year, ((today.Month - 1) / 3 * 3) + 1, 1).AddMonths(3).AddDays(-1);
    }
}
