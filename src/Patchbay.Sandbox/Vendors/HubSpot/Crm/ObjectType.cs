namespace Patchbay.Sandbox.Vendors.HubSpot.Crm;

/// <summary>A kind of CRM record.</summary>
/// <param name="Id">HubSpot's object type id.</param>
/// <param name="Name">Plural, as in paths.</param>
/// <param name="Singular">As in association names and error messages.</param>
/// <param name="Read">Scopes of which one lets it be read.</param>
/// <param name="Write">Scopes of which one lets it be changed.</param>
/// <param name="Title">The property that names a record; the first in <see cref="Shown"/> that has a value stands in.</param>
/// <param name="Shown">Properties a read gives when none are asked for.</param>
/// <param name="Searched">Properties that a search's <c>query</c> looks into.</param>
internal sealed record ObjectType(string Id, string Name, string Singular, IReadOnlyList<string> Read, IReadOnlyList<string> Write, string Title, IReadOnlyList<string> Shown, IReadOnlyList<string> Searched)
{
    /// <summary>Without these a record is not created.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>The property that holds when a record was made.</summary>
    public string Created { get; init; } = "createdate";

    /// <summary>The property that holds when it was last changed.</summary>
    public string Modified { get; init; } = "hs_lastmodifieddate";

    /// <summary>Property with the pipeline, and the one with the stage, for the types that have them.</summary>
    public (string Pipeline, string Stage)? Stages { get; init; }
}

/// <summary>The types this look-alike knows, and by which names.</summary>
internal static class ObjectTypes
{
    private static readonly string[] ContactsRead = ["crm.objects.contacts.read"];
    private static readonly string[] ContactsWrite = ["crm.objects.contacts.write"];

    public static readonly ObjectType Contacts = new("0-1", "contacts", "contact", ContactsRead, ContactsWrite, "email",
        ["createdate", "email", "firstname", "hs_object_id", "lastmodifieddate", "lastname"], ["firstname", "lastname", "email", "phone", "company", "hs_additional_emails", "hs_object_id"])
    { Modified = "lastmodifieddate" };

    public static readonly ObjectType Companies = new("0-2", "companies", "company", ["crm.objects.companies.read"], ["crm.objects.companies.write"], "name",
        ["createdate", "domain", "hs_lastmodifieddate", "hs_object_id", "name"], ["website", "phone", "name", "domain"]);

    public static readonly ObjectType Deals = new("0-3", "deals", "deal", ["crm.objects.deals.read"], ["crm.objects.deals.write"], "dealname",
        ["amount", "closedate", "createdate", "dealname", "dealstage", "hs_lastmodifieddate", "hs_object_id", "pipeline"], ["dealname", "pipeline", "dealstage", "description", "dealtype"])
    { Stages = ("pipeline", "dealstage") };

    public static readonly ObjectType Tickets = new("0-5", "tickets", "ticket", ["tickets", "crm.objects.tickets.read"], ["tickets", "crm.objects.tickets.write"], "subject",
        ["content", "createdate", "hs_lastmodifieddate", "hs_object_id", "hs_pipeline", "hs_pipeline_stage", "hs_ticket_category", "hs_ticket_priority", "subject"], ["subject", "content", "hs_pipeline_stage", "hs_ticket_category", "hs_object_id"])
    { Required = ["hs_pipeline_stage"], Stages = ("hs_pipeline", "hs_pipeline_stage") };

    public static readonly ObjectType Products = new("0-7", "products", "product", ["e-commerce", "crm.objects.products.read"], ["e-commerce", "crm.objects.products.write"], "name",
        ["createdate", "description", "hs_lastmodifieddate", "hs_object_id", "hs_sku", "name", "price"], ["name", "description", "price", "hs_sku"]);

    public static readonly ObjectType LineItems = new("0-8", "line_items", "line_item", ["e-commerce", "crm.objects.line_items.read"], ["e-commerce", "crm.objects.line_items.write"], "name",
        ["amount", "createdate", "hs_lastmodifieddate", "hs_object_id", "hs_product_id", "name", "price", "quantity"], ["name", "hs_sku"]);

    public static readonly ObjectType Quotes = new("0-14", "quotes", "quote", ["crm.objects.quotes.read"], ["crm.objects.quotes.write"], "hs_title",
        ["hs_createdate", "hs_expiration_date", "hs_lastmodifieddate", "hs_object_id", "hs_status", "hs_title"], ["hs_title", "hs_sender_firstname", "hs_sender_lastname"])
    { Required = ["hs_title", "hs_expiration_date"], Created = "hs_createdate" };

    public static readonly ObjectType Notes = Engagement("0-46", "notes", "note", "hs_note_body");

    public static readonly ObjectType Tasks = Engagement("0-27", "tasks", "task", "hs_task_subject", "hs_task_body");

    public static readonly IReadOnlyList<ObjectType> All =
    [
        Contacts, Companies, Deals, Tickets, Products, LineItems, Quotes, Notes, Tasks,
        Engagement("0-48", "calls", "call", "hs_call_title", "hs_call_body"),
        Engagement("0-49", "emails", "email", "hs_email_subject", "hs_email_text"),
        Engagement("0-47", "meetings", "meeting", "hs_meeting_title", "hs_meeting_body"),
    ];

    private static readonly Dictionary<string, ObjectType> ByName = All
        .SelectMany(type => new[] { type.Id, type.Name, type.Singular }.Select(name => KeyValuePair.Create(name, type)))
        .ToDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>By plural, singular or object type id.</summary>
    public static ObjectType? Find(string? name) => name is null ? null : ByName.GetValueOrDefault(name);

    public static ObjectType Get(string? name) =>
        Find(name) ?? throw new HubSpotRefusalException(HubSpotAnswer.Invalid($"Unable to infer object type from: {name}"));

    private static ObjectType Engagement(string id, string name, string singular, string title, params string[] more) =>
        new(id, name, singular, ContactsRead, ContactsWrite, title, ["hs_createdate", "hs_lastmodifieddate", "hs_object_id"], [title, .. more])
        { Required = ["hs_timestamp"], Created = "hs_createdate" };
}
