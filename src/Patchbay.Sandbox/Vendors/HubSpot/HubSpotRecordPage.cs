using System.Globalization;
using Patchbay.Sandbox.Pages;
using Patchbay.Sandbox.Vendors.HubSpot.Crm;

namespace Patchbay.Sandbox.Vendors.HubSpot;

/// <summary>One record: its main values to change, what it belongs to, what was noted, and everything else it holds.</summary>
internal sealed class HubSpotRecordPage(CrmWorld world, CrmRecords records, CrmAssociations associations, WorldShell shell)
{
    public Html Of(HubPortal portal, ObjectType type, HubRecord record, string problem)
    {
        var fields = HubSpotTables.Fields(type);
        var hidden = Html.Of($"""{shell.GuardField}<input type="hidden" name="portal" value="{portal.Id}"><input type="hidden" name="type" value="{type.Name}"><input type="hidden" name="record" value="{record.Id}">""");
        return Html.Of($"""
            <header class="middle-head"><a class="back" href="/world/hubspot?portal={portal.Id}&view={type.Name}">{Icons.Back}{HubSpotTables.Title(type)}</a></header>
            <div class="scroll" tabindex="0" role="region" aria-label="Record"><article class="letter crm-record">
            <h1>{HubSpotTables.NameOf(record)}</h1><p class="meta">Record {record.Id}</p>
            {HubSpotTables.Problem(problem)}
            <form method="post" action="/world/hubspot/save">{hidden}<div class="crm-fields">{fields.Select(field => HubSpotTables.Field(field, Shown(field.Kind, record.Value(field.Name))))}</div><button class="button small">Save</button></form>
            <section data-live="related">{Related(portal, record)}</section>
            <section><h2>Notes</h2><div data-live="notes">{Notes(record)}</div>
            <form class="composer flat" method="post" action="/world/hubspot/note">{hidden}<input name="text" maxlength="4000" autocomplete="off" required aria-label="Note" placeholder="Write a note"><button aria-label="Save the note">{Icons.Send}</button></form></section>
            <section data-live="properties"><h2>All properties</h2><dl class="facts">{record.Properties.Select(pair => Html.Of($"""<div><dt title="{pair.Key}">{world.Property(portal.Id, type, pair.Key)?.Label ?? pair.Key}</dt><dd>{pair.Value}</dd></div>"""))}</dl></section>
            </article></div>
            """);
    }

    private Html Related(HubPortal portal, HubRecord record)
    {
        var found = HubSpotTables.Types.SelectMany(type => associations.Of(record, type).Select(entry => records.Live(portal.Id, type, entry.Id)).OfType<HubRecord>()).ToList();
        var tasks = associations.Of(record, ObjectTypes.Tasks).Select(entry => records.Live(portal.Id, ObjectTypes.Tasks, entry.Id)).OfType<HubRecord>().ToList();
        return Html.Of($"""
            {Html.If(found.Count > 0, $"""<h2>Belongs together with</h2><ul class="related">{found.Select(other => Html.Of($"""<li><a href="{HubSpotTables.Address(other)}">{HubSpotTables.NameOf(other)}</a><span class="badge">{ObjectTypes.Get(other.Type).Singular}</span></li>"""))}</ul>""")}
            {Html.If(tasks.Count > 0, $"""<h2>Tasks</h2><ul class="related">{tasks.Select(task => Html.Of($"""<li><span>{HubSpotTables.NameOf(task)}</span><span class="badge">{(task.Value("hs_task_status") ?? "NOT_STARTED").Replace('_', ' ').ToLowerInvariant()}</span></li>"""))}</ul>""")}
            """);
    }

    private Html Notes(HubRecord record)
    {
        var notes = associations.Of(record, ObjectTypes.Notes).Select(entry => records.Live(record.Portal, ObjectTypes.Notes, entry.Id)).OfType<HubRecord>().ToList();
        return notes.Count == 0
            ? Html.Of($"""<p class="empty">Nobody has noted anything.</p>""")
            : Html.Of($"""<ul class="notes">{notes.Select(note => Html.Of($"""<li><p>{note.Value("hs_note_body")}</p><time>{(HubTime.Parse(note.Value("hs_timestamp") ?? "") ?? note.CreatedAt).ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture)}</time></li>"""))}</ul>""");
    }

    /// <summary>A date field of a form takes the day alone.</summary>
    private static string Shown(string kind, string? value) => kind == "date" && value is { Length: >= 10 } ? value[..10] : value ?? "";
}
