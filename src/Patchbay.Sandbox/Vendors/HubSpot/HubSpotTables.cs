using System.Globalization;
using Patchbay.Sandbox.Pages;
using Patchbay.Sandbox.Vendors.HubSpot.Crm;

namespace Patchbay.Sandbox.Vendors.HubSpot;

/// <summary>The tables of contacts and companies, the boards of deals and tickets, and the lists.</summary>
internal sealed class HubSpotTables(CrmWorld world, CrmRecords records, CrmAssociations associations, WorldShell shell)
{
    private const int Most = 200;
    private static readonly TimeSpan New = TimeSpan.FromMinutes(1);

    public static readonly IReadOnlyList<ObjectType> Types = [ObjectTypes.Contacts, ObjectTypes.Companies, ObjectTypes.Deals, ObjectTypes.Tickets];

    public static string Title(ObjectType? type) => type is null ? "Lists" : char.ToUpperInvariant(type.Name[0]) + type.Name[1..];

    /// <summary>What a person fills in.</summary>
    public static IReadOnlyList<(string Name, string Label, string Kind, bool Required)> Fields(ObjectType type) => type.Name switch
    {
        "contacts" => [("firstname", "First name", "text", false), ("lastname", "Last name", "text", false), ("email", "Email", "email", true), ("phone", "Phone", "tel", false), ("company", "Company", "text", false), ("jobtitle", "Job title", "text", false)],
        "companies" => [("name", "Company name", "text", true), ("domain", "Domain", "text", false), ("city", "City", "text", false), ("numberofemployees", "Employees", "number", false)],
        "deals" => [("dealname", "Deal name", "text", true), ("amount", "Amount", "number", false), ("closedate", "Close date", "date", false)],
        _ => [("subject", "Subject", "text", true), ("content", "What is it about?", "text", false)],
    };

    public static string NameOf(HubRecord record)
    {
        var type = ObjectTypes.Get(record.Type);
        return record.Value("hs_full_name_or_email") ?? record.Value(type.Title) ?? type.Shown.Select(record.Value).OfType<string>().FirstOrDefault() ?? record.Id;
    }

    public static string Address(HubRecord record) => $"/world/hubspot?portal={record.Portal}&view={ObjectTypes.Get(record.Type).Name}&record={record.Id}";

    public Html Of(HubPortal portal, ObjectType type, string problem)
    {
        // A board adds up and shows what is open; a table ends with what a person reads.
        var all = type.Stages is null ? records.Newest(portal.Id, type, Most) : records.List(portal.Id, type);
        return Html.Of($"""
            <header class="middle-head"><h1>{Title(type)}</h1><p class="meta" data-live="count">{Summary(portal, type, all, records.Count(portal.Id, type))}</p></header>
            <div class="scroll" tabindex="0" role="region" aria-label="{Title(type)}">
            {Problem(problem)}
            <details class="crm-add"><summary>Add a {type.Singular}</summary><form method="post" action="/world/hubspot/add">{shell.GuardField}<input type="hidden" name="portal" value="{portal.Id}"><input type="hidden" name="type" value="{type.Name}"><div class="crm-fields">{Fields(type).Select(field => Field(field, ""))}</div><button class="button primary small">Add</button></form></details>
            <div data-live="table">{(all.Count == 0 ? Html.Of($"""<p class="empty letter">There are no {type.Name} yet. Add one above, or run a flow that does.</p>""") : type.Stages is null ? Table(type, all) : Board(portal, type, all))}</div>
            </div>
            """);
    }

    public static Html Lists(IEnumerable<(HubList List, int Size)> lists) => Html.Of($"""
        <header class="middle-head"><h1>Lists</h1><p class="meta">Static lists remember who is on them; active ones find them.</p></header>
        <div class="scroll" tabindex="0" role="region" aria-label="Lists"><div data-live="table"><table class="crm"><thead><tr><th>Name</th><th class="wide">Kind</th><th>Of</th><th class="number">Size</th></tr></thead>
        <tbody>{lists.Select(entry => Html.Of($"""<tr><td><b>{entry.List.Name}</b></td><td class="wide">{(entry.List.Processing == "DYNAMIC" ? "Active" : "Static")}</td><td>{ObjectTypes.Get(entry.List.Type).Name}</td><td class="number">{entry.Size}</td></tr>"""))}</tbody></table></div></div>
        """);

    public static Html Problem(string problem) => problem switch
    {
        "taken" => Html.Of($"""<p class="notice crm-problem">{Icons.Alert}<span>There is a contact with that address already.</span></p>"""),
        "value" => Html.Of($"""<p class="notice crm-problem">{Icons.Alert}<span>HubSpot does not take one of these values. Check addresses, numbers and dates.</span></p>"""),
        _ => Html.Empty,
    };

    public static Html Field((string Name, string Label, string Kind, bool Required) field, string value) => Html.Of($"""
        <label><span>{field.Label}</span><input name="{field.Name}" type="{field.Kind}" value="{value}" maxlength="500" autocomplete="off"{(field.Kind == "number" ? Html.Of($""" step="any" """) : Html.Empty)}{(field.Required ? Html.Of($" required") : Html.Empty)}></label>
        """);

    public static string Money(string? amount, string currency) =>
        double.TryParse(amount, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? $"{currency} {number.ToString("#,##0.##", CultureInfo.InvariantCulture)}" : "";

    public static string Day(string? date) => HubTime.Parse(date ?? "") is { } at ? at.ToString("d MMM yyyy", CultureInfo.InvariantCulture) : "";

    private static string Summary(HubPortal portal, ObjectType type, IReadOnlyList<HubRecord> all, int count) => type.Name == "deals"
        ? $"{Money(all.Where(deal => deal.Value("hs_is_closed") != "true").Sum(deal => double.TryParse(deal.Value("amount"), NumberStyles.Float, CultureInfo.InvariantCulture, out var amount) ? amount : 0).ToString(CultureInfo.InvariantCulture), portal.Currency)} open in {count} deals"
        : count > Most ? $"The newest {Most} of {count}" : $"{count} records";

    private Html Table(ObjectType type, IReadOnlyList<HubRecord> all) => type == ObjectTypes.Contacts
        ? Html.Of($"""
            <table class="crm"><thead><tr><th>Name</th><th>Email</th><th class="wide">Company</th><th class="wide">Stage</th><th class="wide">Owner</th></tr></thead>
            <tbody>{Newest(all).Select(record => Html.Of($"""<tr{Fresh(record)}><td><a href="{Address(record)}">{NameOf(record)}</a></td><td>{record.Value("email")}</td><td class="wide">{record.Value("company")}</td><td class="wide">{Stage(record)}</td><td class="wide">{Owner(record)}</td></tr>"""))}</tbody></table>
            """)
        : Html.Of($"""
            <table class="crm"><thead><tr><th>Name</th><th>Domain</th><th class="wide">City</th><th class="wide number">People</th><th class="wide">Owner</th></tr></thead>
            <tbody>{Newest(all).Select(record => Html.Of($"""<tr{Fresh(record)}><td><a href="{Address(record)}">{NameOf(record)}</a></td><td>{record.Value("domain")}</td><td class="wide">{record.Value("city")}</td><td class="wide number">{record.Value("numberofemployees")}</td><td class="wide">{Owner(record)}</td></tr>"""))}</tbody></table>
            """);

    private Html Board(HubPortal portal, ObjectType type, IReadOnlyList<HubRecord> all)
    {
        var (pipelineName, stageName) = type.Stages!.Value;
        return Html.Join(world.Pipelines(portal.Id, type).Select(pipeline =>
        {
            var inside = all.Where(record => record.Value(pipelineName) == pipeline.Id).ToList();
            return Html.Of($"""
                <section class="board-of" aria-label="{pipeline.Label}"><h2 class="meta">{pipeline.Label}</h2><div class="board">{pipeline.Stages.Select(stage =>
                {
                    var cards = inside.Where(record => record.Value(stageName) == stage.Id).Take(Most).ToList();
                    return Html.Of($"""<section class="lane" aria-label="{stage.Label}"><h3><span>{stage.Label}</span><span class="count">{cards.Count}</span></h3>{cards.Select(card => Card(portal, type, pipeline, stage, card))}</section>""");
                })}</div></section>
                """);
        }));
    }

    private Html Card(HubPortal portal, ObjectType type, HubPipeline pipeline, HubStage stage, HubRecord record)
    {
        var company = associations.Of(record, ObjectTypes.Companies) is [var first, ..] ? records.Live(portal.Id, ObjectTypes.Companies, first.Id) : null;
        var facts = type == ObjectTypes.Deals
            ? Html.Of($"""<b class="amount">{Money(record.Value("amount"), record.Value("deal_currency_code") ?? portal.Currency)}</b>{Html.If(record.Value("closedate") is not null, $"""<span class="meta">closes {Day(record.Value("closedate"))}</span>""")}""")
            : Html.If(record.Value("hs_ticket_priority") is not null, $"""<span class="badge{(record.Value("hs_ticket_priority") is "HIGH" or "URGENT" ? " warn" : "")}">{record.Value("hs_ticket_priority")?.ToLowerInvariant()}</span>""");
        return Html.Of($"""
            <article class="deal-card{(IsFresh(record) ? " fresh" : "")}"><a href="{Address(record)}">{NameOf(record)}</a>{Html.If(company is not null, $"""<span class="meta">{company?.Value("name")}</span>""")}<span class="facts-row">{facts}</span>
            <form method="post" action="/world/hubspot/move">{shell.GuardField}<input type="hidden" name="portal" value="{portal.Id}"><input type="hidden" name="type" value="{type.Name}"><input type="hidden" name="record" value="{record.Id}"><select name="stage" aria-label="Stage of {NameOf(record)}">{pipeline.Stages.Select(option => Html.Of($"""<option value="{option.Id}"{(option.Id == stage.Id ? Html.Of($" selected") : Html.Empty)}>{option.Label}</option>"""))}</select><button class="button small">Move</button></form></article>
            """);
    }

    private static IEnumerable<HubRecord> Newest(IReadOnlyList<HubRecord> all) => all.OrderByDescending(record => record.CreatedAt).Take(Most);

    private Html Stage(HubRecord record) => world.Property(record.Portal, ObjectTypes.Contacts, "lifecyclestage")?.Options.FirstOrDefault(option => option.Value == record.Value("lifecyclestage")) is { } stage
        ? Html.Of($"""<span class="badge">{stage.Label}</span>""") : Html.Empty;

    private string Owner(HubRecord record) => world.Users(record.Portal).FirstOrDefault(user => user.OwnerId == record.Value("hubspot_owner_id"))?.Name ?? "";

    private bool IsFresh(HubRecord record) => world.Now - record.UpdatedAt < New;

    private Html Fresh(HubRecord record) => Html.If(IsFresh(record), $""" class="fresh" """);
}
