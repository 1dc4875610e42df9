using System.Text.Json.Nodes;
using Patchbay.Sandbox.Pages;
using Patchbay.Sandbox.Vendors.HubSpot.Crm;

namespace Patchbay.Sandbox.Vendors.HubSpot;

/// <summary>/world/hubspot: the CRM of a portal, as one of its people sees it. Tables, boards, and one record at a time.</summary>
internal sealed class HubSpotPage(CrmWorld world, CrmRecords records, CrmAssociations associations, CrmLists lists, HubSpotApi api, WorldShell shell)
{
    /// <summary>Our own tile: a hub with three spokes, not the official mark.</summary>
    public static readonly Html Glyph = Html.Of($"""
        <svg class="glyph tile hubspot" viewBox="0 0 32 32" aria-hidden="true"><rect x=".5" y=".5" width="31" height="31" rx="8"/><path d="M16 12.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7ZM16 12.5V8M13 17.8 9 20.5M19 17.8l4 2.7"/></svg>
        """);

    private readonly HubSpotTables tables = new(world, records, associations, shell);
    private readonly HubSpotRecordPage single = new(world, records, associations, shell);

    public WorldPage Page => new(HubSpotOAuth.Vendor, "HubSpot", "A CRM with contacts, companies, deals on their board, and tickets.", Glyph, ShowAsync)
    {
        Actions = new Dictionary<string, Func<HttpContext, IFormCollection, Task>> { ["add"] = AddAsync, ["move"] = MoveAsync, ["save"] = SaveAsync, ["note"] = NoteAsync },
    };

    private Task ShowAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var portal = world.Portal(query["portal"]) ?? world.Portals().OrderBy(candidate => candidate.Lacks.Count).First();
        var view = query["view"].ToString() == "lists" ? null : HubSpotTables.Types.FirstOrDefault(type => type.Name == query["view"].ToString()) ?? ObjectTypes.Contacts;
        var record = view is null ? null : records.Live(portal.Id, view, query["record"].ToString());
        return shell.Of(new WorldView
        {
            Vendor = HubSpotOAuth.Vendor,
            Style = "hubspot.css",
            Imitates = "HubSpot",
            Slug = HubSpotOAuth.Vendor,
            Hosts = [HubSpotOAuth.Host, HubSpotVendor.Api, Content.FormMethods.SubmitHost],
            Title = $"{(record is null ? HubSpotTables.Title(view) : HubSpotTables.NameOf(record))} in HubSpot",
            Side = Side(portal, view),
            Middle = record is not null ? single.Of(portal, view!, record, query["problem"].ToString())
                : view is null ? HubSpotTables.Lists(lists.All(portal.Id).Select(list => (list, lists.Members(list).Count)))
                : tables.Of(portal, view, query["problem"].ToString()),
        }).WriteAsync(context);
    }

    private Html Side(HubPortal portal, ObjectType? view)
    {
        var viewer = world.Users(portal.Id)[0];
        return Html.Of($"""
            <aside class="side" aria-label="Account" data-live="side">
            <div class="side-head">{Glyph}<span><b>{portal.Name}</b><span>Seen as {viewer.Name}</span></span></div>
            <nav aria-label="CRM"><h2>CRM</h2><ul>{HubSpotTables.Types.Select(type => Link(portal, type.Name, HubSpotTables.Title(type), records.Count(portal.Id, type), type == view))}{Link(portal, "lists", "Lists", lists.All(portal.Id).Count, view is null)}</ul></nav>
            <nav aria-label="Accounts"><h2>Accounts</h2><ul>{world.Portals().Select(other => Html.Of($"""<li><a href="/world/hubspot?portal={other.Id}"{Here(other.Id == portal.Id)}><span class="face" aria-hidden="true">{ConsentPage.Initials(other.Name)}</span><span class="name">{other.Name}</span><span class="count">{other.Plan}</span></a></li>"""))}</ul></nav>
            <nav aria-label="Other places"><h2>Elsewhere</h2><ul><li><a href="/world/">{Icons.Back}<span class="name">All worlds</span></a></li></ul></nav>
            </aside>
            """);
    }

    private static Html Link(HubPortal portal, string view, string title, int count, bool here)
    {
        var icon = view switch { "contacts" => Icons.Person, "companies" => Icons.Tag, "deals" => Icons.Star, "tickets" => Icons.Inbox, _ => Icons.Draft };
        return Html.Of($"""<li><a href="/world/hubspot?portal={portal.Id}&view={view}"{Here(here)}>{icon}<span class="name">{title}</span><span class="count">{count}</span></a></li>""");
    }

    private static Html Here(bool here) => here ? Html.Of($""" aria-current="page" """) : Html.Empty;

    private Task AddAsync(HttpContext context, IFormCollection form) => ActAsync(context, form, (portal, type) =>
    {
        var sent = Sent(form, HubSpotTables.Fields(type).Select(field => field.Name));
        if (type.Stages is { } names && world.Pipelines(portal.Id, type) is [var first, ..])
            sent[names.Stage] = first.Stages[0].Id;
        records.Create(portal.Id, type, sent, "CRM_UI");
        return null;
    });

    private Task MoveAsync(HttpContext context, IFormCollection form) => ActAsync(context, form, (portal, type) =>
    {
        if (type.Stages is { } names && records.Live(portal.Id, type, form["record"].ToString()) is { } record)
            records.Update(record, new JsonObject { [names.Stage] = form["stage"].ToString() }, "CRM_UI");
        return null;
    });

    private Task SaveAsync(HttpContext context, IFormCollection form) => ActAsync(context, form, (portal, type) =>
    {
        if (records.Live(portal.Id, type, form["record"].ToString()) is not { } record)
            return null;
        records.Update(record, Sent(form, HubSpotTables.Fields(type).Select(field => field.Name), keepEmpty: true), "CRM_UI");
        return record.Id;
    });

    private Task NoteAsync(HttpContext context, IFormCollection form) => ActAsync(context, form, (portal, type) =>
    {
        if (records.Live(portal.Id, type, form["record"].ToString()) is not { } record)
            return null;
        if (form["text"].ToString().Trim() is { Length: > 0 and <= 4000 } text)
        {
            var note = records.Create(portal.Id, ObjectTypes.Notes, new JsonObject { ["hs_note_body"] = text, ["hs_timestamp"] = HubTime.Text(world.Now) }, "CRM_UI");
            associations.Add(note, record, []);
        }

        return record.Id;
    });

    /// <summary>Does something as one step and goes back to where it was done; what was wrong is told there.</summary>
    private Task ActAsync(HttpContext context, IFormCollection form, Func<HubPortal, ObjectType, string?> act)
    {
        var type = HubSpotTables.Types.FirstOrDefault(candidate => candidate.Name == form["type"].ToString()) ?? ObjectTypes.Contacts;
        var portal = world.Portal(form["portal"]) ?? world.Portals()[0];
        var record = records.Live(portal.Id, type, form["record"].ToString())?.Id;
        string? shown = null;
        var answer = api.Run(() =>
        {
            shown = act(portal, type);
            return HubSpotAnswer.NoContent;
        });
        var problem = answer.Status switch { StatusCodes.Status204NoContent => "", StatusCodes.Status409Conflict => "&problem=taken", _ => "&problem=value" };
        if (problem.Length > 0 && context.Request.Path.Value?.EndsWith("/save", StringComparison.Ordinal) is true)
            shown = record;
        context.Response.Redirect($"/world/hubspot?portal={portal.Id}&view={type.Name}{(shown is null ? "" : "&record=" + shown)}{problem}");
        return Task.CompletedTask;
    }

    private static JsonObject Sent(IFormCollection form, IEnumerable<string> names, bool keepEmpty = false) =>
        new(names.Select(name => (Name: name, Value: form[name].ToString().Trim())).Where(pair => keepEmpty || pair.Value.Length > 0).Select(pair => KeyValuePair.Create(pair.Name, (JsonNode?)pair.Value)));
}
