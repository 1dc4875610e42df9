using Patchbay.Catalog;
using Patchbay.Platform.Chat.Planning;

namespace Patchbay.Platform.Tests.Chat;

/// <summary>Apps and the catalog that planner tests speak about.</summary>
internal static class TestApps
{
    public static ConnectorCatalog Catalog { get; } = CatalogLoader.Load(Path.Combine(Root(), "connectors")).Require();

    public static AppSchema HelpDesk { get; } = AppSchemaFile.Parse("""
        {"app":"Help desk","entities":{
        "Task":{"fields":{"title":"string","status":{"enum":["todo","in_progress","done"]},"priority":{"enum":["low","medium","high"]},"assigned_to":"email","due_date":"date"}},
        "Ticket":{"fields":{"subject":"string","body":"text","status":{"enum":["open","pending","resolved","closed"]},"priority":{"enum":["low","normal","high","urgent"]},"customer_email":"email"}},
        "Booking":{"fields":{"customer_name":"string","customer_email":"email","start_time":"datetime","service":"string"}},
        "Deal":{"fields":{"name":"string","amount":"number","stage":{"enum":["Lead","Qualified","Proposal","Negotiation","Closed Won","Closed Lost"]},"owner_email":"email"}},
        "Signup":{"fields":{"email":"email","name":"string","source":"string"}},
        "Article":{"fields":{"title":"string","body":"text","url":"url","status":{"enum":["draft","published"]}}},
        "Lead":{"fields":{"name":"string","email":"email","company":"string","status":{"enum":["new","contacted","qualified","lost"]}}},
        "Invoice":{"fields":{"number":"string","customer_email":"email","amount":"number","status":{"enum":["draft","sent","paid","overdue"]},"due_date":"date"}}}}
        """).Schema;

    /// <summary>Nothing here is called as in the other app.</summary>
    public static AppSchema Garage { get; } = AppSchemaFile.Parse("""
        {"app":"Garage","entities":{
        "RepairOrder":{"plural":"Repair orders","fields":{"plate":"string","state":{"enum":["received","diagnosing","waiting_for_parts","ready","picked_up"]},"cost":"number","driver_email":"email"}},
        "Part":{"synonyms":["spare"],"fields":{"sku":"string","stock":"number"}},
        "Mechanic":{"fields":{"name":"string","email":"email","level":{"enum":["junior","senior"]}}},
        "Complaint":{"fields":{"summary":"string","severity":{"enum":["minor","major","blocker"]},"resolved":"boolean","client_email":"email"}},
        "Event":{"fields":{"title":"string","event_date":"date","status":{"enum":["planned","cancelled","finished"]}}},
        "Order":{"fields":{"number":"string","total":"number","status":{"enum":["placed","shipped","delivered","refunded"]},"customer_email":"email"}}}}
        """).Schema;

    /// <summary>Enum values of several words, two e-mail fields, more than one number.</summary>
    public static AppSchema Clinic { get; } = AppSchemaFile.Parse("""
        {"app":"Clinic","entities":{
        "Patient":{"fields":{"full_name":"string","email":"email","phone":"string","status":{"enum":["registered","active","discharged"]},"risk":{"enum":["low","moderate","severe"]}}},
        "Visit":{"fields":{"patient_name":"string","patient_email":"email","visit_date":"date","reason":"text","state":{"enum":["planned","checked_in","seen","no_show"]},"fee":"number"}},
        "LabResult":{"fields":{"test_name":"string","result":{"enum":["normal","abnormal","inconclusive"]},"doctor_email":"email","reading":"number"}},
        "Prescription":{"fields":{"drug":"string","expires_on":"date","doses":"number","patient_email":"email"}}}}
        """).Schema;

    public static AppSchema Warehouse { get; } = AppSchemaFile.Parse("""
        {"app":"Warehouse","entities":{
        "Shipment":{"fields":{"tracking_number":"string","carrier":"string","status":{"enum":["packed","in_transit","delivered","lost","returned"]},"weight_kg":"number","recipient_email":"email","eta":"date","city":"string"}},
        "Employee":{"fields":{"name":"string","email":"email","department":{"enum":["Sales","Engineering","Support"]},"start_date":"date","salary":"number","status":{"enum":["active","on_leave","left"]}}},
        "Order":{"fields":{"number":"string","total":"number","items_count":"number","status":{"enum":["pending","confirmed","shipped","cancelled"]},"customer_email":"email","country":"string"}},
        "Product":{"fields":{"name":"string","stock":"number","price":"number","status":{"enum":["available","discontinued"]}}},
        "LeaveRequest":{"fields":{"employee_email":"email","days":"number","state":{"enum":["requested","approved","rejected"]},"from_date":"date","to_date":"date"}}}}
        """).Schema;

    public static AppSchema School { get; } = AppSchemaFile.Parse("""
        {"app":"School","entities":{
        "Student":{"fields":{"name":"string","email":"email","grade":"number","standing":{"enum":["good","probation","expelled"]},"parent_email":"email"}},
        "Exam":{"fields":{"course":"string","score":"number","exam_date":"date","outcome":{"enum":["passed","failed","pending"]},"student_email":"email"}},
        "Absence":{"fields":{"student_name":"string","hours":"number","excused":"boolean","parent_email":"email","day":"date"}},
        "Enrollment":{"synonyms":["inscription"],"fields":{"student_email":"email","course":"string","status":{"enum":["waitlisted","enrolled","dropped"]}}}}}
        """).Schema;

    public static AppSchema Housing { get; } = AppSchemaFile.Parse("""
        {"app":"Housing","entities":{
        "Tenant":{"synonyms":["renter"],"fields":{"name":"string","email":"email","status":{"enum":["applicant","active","former"]}}},
        "Lease":{"fields":{"unit":"string","rent":"number","end_date":"date","stage":{"enum":["drafted","signed","terminated"]},"tenant_email":"email"}},
        "MaintenanceRequest":{"plural":"Maintenance requests","synonyms":["repair request"],"fields":{"summary":"string","urgency":{"enum":["routine","emergency"]},"state":{"enum":["reported","scheduled","fixed"]},"tenant_email":"email"}},
        "Donation":{"fields":{"donor_email":"email","amount":"number","currency":"string","status":{"enum":["pledged","received","refunded"]}}}}}
        """).Schema;

    public static AppSchema Named(string name) => name switch
    {
        "helpdesk" => HelpDesk, "garage" => Garage, "clinic" => Clinic, "warehouse" => Warehouse, "school" => School, "housing" => Housing, _ => throw new ArgumentException(name),
    };

    public static PlanResult Plan(string text, AppSchema? schema = null) =>
        new EmbeddedPlanner(Catalog).Plan(new() { Text = text, Schema = schema ?? HelpDesk, TimeZone = "Europe/Berlin" });

    /// <summary>A result in one line: <c>create Ticket priority==urgent; #support</c>, <c>update Ticket priority==urgent !status==closed; #support</c> (the marked one turns), <c>ask channel</c>, <c>no Refused</c>.</summary>
    public static string Line(PlanResult result) => result switch
    {
        PlanReady { Plan: var plan } => $"{Trigger(plan.Trigger)}; {string.Join("; ", plan.Actions.Select(Action))}",
        PlanQuestion question => "ask " + string.Join(' ', question.Missing),
        PlanDecline decline => $"no {decline.Kind}",
        _ => "?",
    };

    private static string Trigger(TriggerPlan trigger) => trigger switch
    {
        RecordTrigger record => string.Join(' ', [.. (string[])[record.On.ToString().ToLowerInvariant(), record.Entity], .. record.Conditions.Select(One)]),
        ScheduleTrigger schedule => schedule.Cron,
        _ => "manual",
    };

    private static string Action(ActionPlan action) => action.Target switch
    {
        ChannelTarget channel => channel.Channel,
        AddressTarget addresses => string.Join(',', addresses.Addresses),
        AccountTarget => "me",
        RecordFieldTarget field => "@" + field.Field,
        _ => "?",
    } + action.Content switch
    {
        DigestContent d => $" {(d.CountOnly ? "count" : "list")} {string.Join(' ', [d.Entity, .. d.Filters.Select(One)])}{(d.Window is { } w ? $" {w.Field}:{w.Kind}" : "")}",
        RecordContent { Purpose: not Purpose.Notice } r => " " + r.Purpose,
        RecordContent { Fields.Count: > 0 } r => " with " + string.Join(',', r.Fields),
        TextContent t => $" \"{t.Text}\"",
        _ => "",
    };

    private static string One(Condition condition) => (condition.Turns ? "!" : "") + condition.Field + condition.Operator + condition.Value;

    public static string Root()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Patchbay.slnx")))
                return at.FullName;
        throw new DirectoryNotFoundException("Patchbay.slnx is in no folder above the tests.");
    }
}
