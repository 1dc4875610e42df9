using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Vendors.HubSpot.Content;
using Patchbay.Sandbox.Vendors.HubSpot.Crm;

namespace Patchbay.Sandbox.Vendors.HubSpot;

/// <summary>Northwind's portal with customers and deals, and a café's free one to see what a plan lacks.</summary>
internal sealed class HubSpotSeed(CrmWorld world, CrmRecords records, CrmAssociations associations, CrmLists lists, HubContent content)
{
    private const string Northwind = "44218011";
    private const string Cafe = "44590127";

    public void Plant()
    {
        var morning = new DateTimeOffset(world.Now.Date, TimeSpan.Zero).AddHours(8);
        world.Put(new HubPortal(Northwind, "Northwind", "northwind.example", "Professional", []));
        world.Put(new HubPortal(Cafe, "Harbor Café", "harborcafe.example", "Free", ["automation", "content", "social", "e-commerce", "crm.objects.quotes.read", "crm.objects.quotes.write"]));
        HubUser[] people =
        [
            new("61190411", "1190100411", Northwind, "mara@northwind.example", "Mara", "Köhler", morning.AddDays(-400)),
            new("61190412", "1190100412", Northwind, "lena@northwind.example", "Lena", "Brandt", morning.AddDays(-380)),
            new("61190413", "1190100413", Northwind, "tom@northwind.example", "Tom", "Reyes", morning.AddDays(-380)),
            new("61190519", "1190100519", Cafe, "ines@harborcafe.example", "Ines", "Duarte", morning.AddDays(-90)),
        ];
        foreach (var person in people)
            world.Put(person);
        foreach (var portal in (string[])[Northwind, Cafe])
            Pipelines(portal, morning.AddDays(-400));
        Crm(morning);
        Elsewhere(morning);
    }

    private void Pipelines(string portal, DateTimeOffset at)
    {
        (string Id, string Label, string Chance)[] deals =
        [
            ("appointmentscheduled", "Appointment scheduled", "0.2"), ("qualifiedtobuy", "Qualified to buy", "0.4"), ("presentationscheduled", "Presentation scheduled", "0.6"),
            ("decisionmakerboughtin", "Decision maker bought-in", "0.8"), ("contractsent", "Contract sent", "0.9"), ("closedwon", "Closed won", "1.0"), ("closedlost", "Closed lost", "0.0"),
        ];
        (string Id, string Label, bool Closed)[] tickets = [("1", "New", false), ("2", "Waiting on contact", false), ("3", "Waiting on us", false), ("4", "Closed", true)];
        world.Put(new HubPipeline(portal, ObjectTypes.Deals.Id, "default", "Sales pipeline", 0, [.. deals.Select((stage, index) => new HubStage(stage.Id, stage.Label, index, stage.Chance, false, at, at))], at, at));
        world.Put(new HubPipeline(portal, ObjectTypes.Tickets.Id, "0", "Support pipeline", 0, [.. tickets.Select((stage, index) => new HubStage(stage.Id, stage.Label, index, null, stage.Closed, at, at))], at, at));
    }

    private void Crm(DateTimeOffset morning)
    {
        var (mara, lena, tom) = ("1190100411", "1190100412", "1190100413");
        var fern = Make(ObjectTypes.Companies, morning.AddDays(-210), ("name", "Fern & Co"), ("domain", "fern.example"), ("city", "Hamburg"), ("industry", "RETAIL"), ("numberofemployees", "42"), ("lifecyclestage", "customer"), ("hubspot_owner_id", mara));
        var mill = Make(ObjectTypes.Companies, morning.AddDays(-160), ("name", "Little Mill"), ("domain", "littlemill.example"), ("city", "Bremen"), ("industry", "FOOD_PRODUCTION"), ("numberofemployees", "18"), ("lifecyclestage", "customer"), ("hubspot_owner_id", lena));
        var quay = Make(ObjectTypes.Companies, morning.AddDays(-32), ("name", "Quayside Hotels"), ("domain", "quayside.example"), ("city", "Rostock"), ("industry", "HOSPITALITY"), ("numberofemployees", "260"), ("lifecyclestage", "opportunity"), ("hubspot_owner_id", mara));

        var jo = Contact(morning.AddDays(-208), "Jo", "Fern", "jo@fern.example", fern, "Owner", "customer", mara, "REFERRALS");
        var ada = Contact(morning.AddDays(-155), "Ada", "Lindqvist", "ada@littlemill.example", mill, "Purchasing", "customer", lena, "DIRECT_TRAFFIC");
        var ravi = Contact(morning.AddDays(-30), "Ravi", "Menon", "ravi@quayside.example", quay, "Head of catering", "opportunity", mara, "ORGANIC_SEARCH");
        var nell = Contact(morning.AddDays(-3), "Nell", "Osei", "nell@quayside.example", quay, "Procurement", "lead", tom, "EMAIL_MARKETING");

        Deal(morning.AddDays(-24), "Autumn order, Fern & Co", 18_400, "contractsent", morning.AddDays(9), fern, jo, mara);
        Deal(morning.AddDays(-20), "Breakfast supply, Quayside", 52_000, "presentationscheduled", morning.AddDays(31), quay, ravi, mara);
        Deal(morning.AddDays(-70), "Spring crates, Little Mill", 9_200, "closedwon", morning.AddDays(-41), mill, ada, lena);
        Deal(morning.AddDays(-4), "Trial pallet, Quayside", 1_150, "qualifiedtobuy", morning.AddDays(12), quay, nell, tom);
        Deal(morning.AddDays(-2), "Oat contract, Little Mill", 7_800, "appointmentscheduled", morning.AddDays(44), mill, ada, lena);

        var ticket = Make(ObjectTypes.Tickets, morning.AddDays(-1), ("subject", "Invoice 2291 charged twice"), ("content", "Two charges on the account for the same invoice."), ("hs_pipeline_stage", "3"), ("hs_ticket_priority", "HIGH"), ("hubspot_owner_id", lena));
        associations.Add(ticket, jo, []);
        associations.Add(ticket, fern, []);
        associations.Add(Make(ObjectTypes.Tickets, morning.AddHours(-20), ("subject", "Labels for dock 4"), ("content", "Two pallets cannot be scanned."), ("hs_pipeline_stage", "4"), ("hs_ticket_priority", "MEDIUM"), ("hubspot_owner_id", tom)), mill, []);
        associations.Add(Make(ObjectTypes.Notes, morning.AddDays(-5), ("hs_note_body", "Wants delivery before seven, dock 2."), ("hs_timestamp", HubTime.Text(morning.AddDays(-5)))), ravi, []);
        associations.Add(Make(ObjectTypes.Tasks, morning.AddDays(-1), ("hs_task_subject", "Call Nell about the trial pallet"), ("hs_task_status", "NOT_STARTED"), ("hs_timestamp", HubTime.Text(morning.AddDays(1)))), nell, []);
        Make(ObjectTypes.Products, morning.AddDays(-300), ("name", "Crate, oat"), ("price", "38.50"), ("hs_sku", "CR-OAT"));
        Make(ObjectTypes.Products, morning.AddDays(-300), ("name", "Crate, almond"), ("price", "44.00"), ("hs_sku", "CR-ALM"));

        var newsletter = lists.Create(Northwind, "Newsletter, customers", ObjectTypes.Contacts, "MANUAL", null);
        lists.Add(newsletter, [jo.Id, ada.Id]);
        lists.Create(Northwind, "Open leads", ObjectTypes.Contacts, "DYNAMIC", (JsonObject)JsonNode.Parse("""
            {"filterBranchType":"OR","filters":[],"filterBranches":[{"filterBranchType":"AND","filterBranches":[],"filters":[{"filterType":"PROPERTY","property":"lifecyclestage","operation":{"operationType":"ENUMERATION","operator":"IS_ANY_OF","values":["lead","opportunity"]}}]}]}
            """)!);
        records.Create(Cafe, ObjectTypes.Contacts, Values(("firstname", "Bo"), ("lastname", "Ek"), ("email", "bo@ek.example")), "CRM_UI", morning.AddDays(-12));
    }

    private void Elsewhere(DateTimeOffset morning)
    {
        content.Add(HubContent.Forms, Northwind, "5f0c1a52-9d5e-4a86-9f0e-3a1b7c2d4e10", FormMethods.Blank("Ask for a sample crate", [("email", "Email", true), ("firstname", "First name", false), ("message", "What would you like to try?", false)]));
        content.Add(HubContent.Blogs, Northwind, world.NextId(Northwind), new JsonObject { ["name"] = "Northwind journal", ["slug"] = "journal", ["language"] = "en" });
        content.Add(HubContent.Workflows, Northwind, world.NextId(Northwind), new JsonObject { ["name"] = "Welcome new contacts", ["isEnabled"] = true, ["flowType"] = "WORKFLOW", ["objectTypeId"] = "0-1", ["type"] = "CONTACT_FLOW" });
        // A month of traffic, with its weekends, from a formula: the same on every seed.
        (string Source, int Base)[] sources = [("organic-search", 46), ("direct-traffic", 31), ("email-marketing", 12), ("social-media", 18), ("referrals", 9)];
        for (var back = 45; back >= 0; back--)
        {
            var day = DateOnly.FromDateTime(morning.UtcDateTime).AddDays(-back);
            foreach (var (source, usual) in sources)
            {
                var visits = (usual * (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 5 : 10) / 10) + ((back * 7 + usual) % 11);
                content.Put(new HubTraffic(Northwind, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), source, visits, visits * 8 / 10, visits * 27 / 10));
            }
        }
    }

    private HubRecord Contact(DateTimeOffset at, string first, string last, string email, HubRecord company, string job, string stage, string owner, string source)
    {
        var contact = Make(ObjectTypes.Contacts, at, ("firstname", first), ("lastname", last), ("email", email), ("company", company.Value("name")!), ("jobtitle", job), ("lifecyclestage", stage), ("hubspot_owner_id", owner), ("hs_analytics_source", source));
        associations.Add(contact, company, [(CrmAssociations.Standard, 1)]);
        return contact;
    }

    private void Deal(DateTimeOffset at, string name, int amount, string stage, DateTimeOffset close, HubRecord company, HubRecord contact, string owner)
    {
        var deal = Make(ObjectTypes.Deals, at, ("dealname", name), ("amount", amount.ToString(CultureInfo.InvariantCulture)), ("dealstage", stage), ("closedate", HubTime.Text(close)), ("hubspot_owner_id", owner));
        associations.Add(deal, company, [(CrmAssociations.Standard, 5)]);
        associations.Add(deal, contact, []);
    }

    private HubRecord Make(ObjectType type, DateTimeOffset at, params (string Name, string Value)[] values) => records.Create(Northwind, type, Values(values), "CRM_UI", at);

    private static JsonObject Values(params (string Name, string Value)[] values) => new(values.Select(pair => KeyValuePair.Create(pair.Name, (JsonNode?)pair.Value)));
}
