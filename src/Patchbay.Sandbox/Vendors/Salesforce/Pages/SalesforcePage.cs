using System.Text.Json.Nodes;
using Patchbay.Sandbox.Pages;
using Patchbay.Sandbox.State;
using Patchbay.Sandbox.Vendors.Salesforce.OAuth;
using Patchbay.Sandbox.Vendors.Salesforce.Records;
using Patchbay.Sandbox.Vendors.Salesforce.Schema;

namespace Patchbay.Sandbox.Vendors.Salesforce.Pages;

/// <summary>/world/salesforce: the organisation as somebody who works in it sees it.</summary>
internal sealed class SalesforcePage(RecordStore records, RecordWriter writer, Store store, WorldShell shell, TimeProvider time)
{
    private readonly SalesforceTables tables = new(records, time);
    private readonly SalesforceRecordPage recordPage = new(records, shell);

    public WorldPage Page => new("salesforce", "Salesforce", "Accounts, contacts, leads, a pipeline of deals, and cases, in production and in a copy.", SalesforceGlyph.Tile, ShowAsync)
    {
        Actions = new Dictionary<string, Func<HttpContext, IFormCollection, Task>>
        {
            ["save"] = SaveAsync,
            ["delete"] = (context, form) => ChangeAsync(context, form, (actor, record) => writer.Delete(actor, record), stays: false),
            ["stage"] = (context, form) => ChangeAsync(context, form, (actor, record) => writer.Update(actor, record, new JsonObject { ["StageName"] = form["stage"].ToString() }), stays: true),
            ["close"] = (context, form) => ChangeAsync(context, form, (actor, record) => writer.Update(actor, record, new JsonObject { ["Status"] = record.Type == "Task" ? "Completed" : "Closed" }), stays: true),
        },
    };

    private Task ShowAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var org = OrgOf(query["org"].ToString());
        var record = records.Living(org.Id, query["record"].ToString());
        var tab = SalesforceTab.Of(record?.Type ?? query["tab"].ToString());
        var problem = query["problem"].ToString();
        var mode = query["form"].ToString();
        return shell.Of(new WorldView
        {
            Vendor = SalesforceAuthorize.Vendor,
            Imitates = "Salesforce",
            Slug = "salesforce",
            Hosts = [SalesforceOrgs.LoginHost, SalesforceOrgs.TestHost, SalesforceOrgs.InstanceHosts],
            Title = record is null ? $"{tab.Schema.LabelPlural} in Salesforce" : $"{record.Title} in Salesforce",
            Style = "salesforce.css",
            Side = Side(org, tab),
            Middle = mode.Length > 0 ? recordPage.Form(org, tab, mode == "edit" ? record : null, problem)
                : record is not null && record.Type == tab.Object ? recordPage.View(org, tab, record, problem)
                : Table(org, tab),
        }).WriteAsync(context);
    }

    private Html Side(SalesforceOrg org, SalesforceTab current) => Html.Of($"""
        <aside class="side" aria-label="Organisation" data-live="side">
        <div class="side-head">{SalesforceGlyph.Tile}<span><b>{org.Name}</b><span>{(org.IsSandbox ? "A copy to try things in" : "Production")}</span></span></div>
        <nav aria-label="Objects"><h2>Objects</h2><ul>{SalesforceTab.All.Select(tab => Link(org, tab, current))}</ul></nav>
        <nav aria-label="Other places"><h2>Elsewhere</h2><ul>{SalesforceOrgs.All.Where(other => other != org).Select(other => Html.Of($"""<li><a href="/world/salesforce?org={OrgName(other)}&tab={current.Object}"><span class="face" aria-hidden="true">{(other.IsSandbox ? "U" : "P")}</span><span class="name">{other.Name}</span></a></li>"""))}<li><a href="/world/">{Icons.Back}<span class="name">All worlds</span></a></li></ul></nav>
        </aside>
        """);

    private Html Link(SalesforceOrg org, SalesforceTab tab, SalesforceTab current)
    {
        var count = records.All(org.Id, tab.Schema).Count();
        var here = tab == current ? Html.Of($""" aria-current="page" """) : Html.Empty;
        return Html.Of($"""<li><a href="/world/salesforce?org={OrgName(org)}&tab={tab.Object}"{here}>{tab.Icon}<span class="name">{tab.Schema.LabelPlural}</span><span class="count" aria-label="{count} records">{count}</span></a></li>""");
    }

    private Html Table(SalesforceOrg org, SalesforceTab tab) => Html.Of($"""
        <header class="middle-head">{tab.Icon}<h1>{tab.Schema.LabelPlural}</h1><p class="meta">{org.Instance}</p><a class="button" href="/world/salesforce?org={OrgName(org)}&tab={tab.Object}&form=new">New {tab.Schema.Label.ToLowerInvariant()}</a></header>
        <div class="scroll" tabindex="0" role="region" aria-label="{tab.Schema.LabelPlural}"><div data-live="records">{(tab.Object == "Opportunity" ? tables.Pipeline(org, tab) : tables.Table(org, tab))}</div></div>
        """);

    /// <summary>A person writes: Mara, who sees everything. What the API would refuse is refused here in the same words.</summary>
    private Task SaveAsync(HttpContext context, IFormCollection form)
    {
        var org = OrgOf(form["org"].ToString());
        var tab = SalesforceTab.Of(form["tab"].ToString());
        var old = records.Living(org.Id, form["record"].ToString());
        var fields = new JsonObject();
        foreach (var name in tab.Form)
            fields[name] = form[name].ToString() is { Length: > 0 } value ? value.Length == 16 && value[10] == 'T' ? value + ":00Z" : value : null;
        try
        {
            var saved = store.Atomic(() => old is null ? writer.Create(Viewer(org), tab.Schema, Given(fields)) : writer.Update(Viewer(org), old, fields));
            context.Response.Redirect($"/world/salesforce?org={OrgName(org)}&record={saved.Id}");
        }
        catch (SalesforceRefusal refusal)
        {
            context.Response.Redirect($"/world/salesforce?org={OrgName(org)}&tab={tab.Object}&form={(old is null ? "new" : "edit")}&record={old?.Id}&problem={Uri.EscapeDataString($"{refusal.Error.Code}: {refusal.Error.Message}")}");
        }

        return Task.CompletedTask;
    }

    private Task ChangeAsync(HttpContext context, IFormCollection form, Action<SalesforceActor, SObjectRecord> change, bool stays)
    {
        var org = OrgOf(form["org"].ToString());
        var problem = "";
        var record = records.Living(org.Id, form["record"].ToString());
        try
        {
            if (record is not null)
                store.Atomic(() => change(Viewer(org), record));
        }
        catch (SalesforceRefusal refusal)
        {
            (stays, problem) = (true, $"{refusal.Error.Code}: {refusal.Error.Message}");
        }

        context.Response.Redirect($"/world/salesforce?org={OrgName(org)}&tab={record?.Type}{(stays ? $"&record={record?.Id}" : "")}{(problem.Length > 0 ? "&problem=" + Uri.EscapeDataString(problem) : "")}");
        return Task.CompletedTask;
    }

    private SalesforceActor Viewer(SalesforceOrg org) => new(org.Id, records.All(org.Id, SalesforceSchema.Get("User")).First().Id);

    private static JsonObject Given(JsonObject fields) => new(fields.Where(member => member.Value is not null).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));

    private static SalesforceOrg OrgOf(string name) => name == "uat" ? SalesforceOrgs.Sandbox : SalesforceOrgs.Production;

    public static string OrgName(SalesforceOrg org) => org.IsSandbox ? "uat" : "production";
}
