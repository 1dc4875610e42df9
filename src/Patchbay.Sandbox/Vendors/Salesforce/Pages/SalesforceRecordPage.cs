using Patchbay.Sandbox.Pages;
using Patchbay.Sandbox.Vendors.Salesforce.Records;
using Patchbay.Sandbox.Vendors.Salesforce.Schema;

namespace Patchbay.Sandbox.Vendors.Salesforce.Pages;

/// <summary>One record: what it says, what hangs on it, what was posted on it; and the form to change it.</summary>
internal sealed class SalesforceRecordPage(RecordStore records, WorldShell shell)
{
    private static readonly string[] Unshown = ["Id", "IsDeleted", "SystemModstamp", "Name", "Subject", "ForecastCategory", "Fiscal", "FiscalYear", "FiscalQuarter", "TaskSubtype"];

    public Html View(SalesforceOrg org, SalesforceTab tab, SObjectRecord record, string problem)
    {
        var name = SalesforcePage.OrgName(org);
        var facts = record.Schema.Fields.Where(field => !Unshown.Contains(field.Name) && field.Type != FieldType.Address && record.Raw(field) is not null
            && !(field.Type == FieldType.Boolean && !record.Flag(field.Name)));
        return Html.Of($"""
            <header class="middle-head"><a class="back" href="/world/salesforce?org={name}&tab={tab.Object}">{Icons.Back}{tab.Schema.LabelPlural}</a><p class="meta"></p>{Actions(org, tab, record)}</header>
            <div class="scroll" tabindex="0" role="region" aria-label="Record"><article class="crm-record">
            {Html.If(problem.Length > 0, $"""<p class="notice warn" role="alert">{Icons.Alert}<span>{problem}</span></p>""")}
            <div data-live="record">
            <div class="crm-title">{tab.Icon}<div><h1>{record.Title}</h1><code>{record.Id}</code></div></div>
            {Html.If(record.Type == "Opportunity", $"{Path(org, record)}")}
            <dl class="crm-facts">{facts.Select(field => Html.Of($"""<div><dt>{field.Label.Replace(" ID", "", StringComparison.Ordinal)}</dt><dd>{Value(org, record, field)}</dd></div>"""))}</dl>
            {SalesforceSchema.Children(record.Schema).Where(link => link.Field.ChildRelationship is not null).Select(link => Children(org, record, link.Child, link.Field))}
            {Feed(record)}
            </div></article></div>
            """);
    }

    private Html Actions(SalesforceOrg org, SalesforceTab tab, SObjectRecord record)
    {
        var name = SalesforcePage.OrgName(org);
        var closable = tab.Object is "Case" or "Task" && !record.Flag("IsClosed");
        return Html.Of($"""
            <div class="crm-actions">{Html.If(closable, $"{Button("close", tab.Object == "Case" ? "Close case" : "Complete")}")}<a class="button" href="/world/salesforce?org={name}&record={record.Id}&form=edit">Edit</a>{Button("delete", "Delete")}</div>
            """);

        Html Button(string action, string label) => Html.Of($"""
            <form method="post" action="/world/salesforce/{action}">{shell.GuardField}<input type="hidden" name="org" value="{name}"><input type="hidden" name="record" value="{record.Id}"><button class="button">{label}</button></form>
            """);
    }

    /// <summary>The stages in a row; a click moves the deal.</summary>
    private Html Path(SalesforceOrg org, SObjectRecord record)
    {
        var at = SalesObjects.Stages.ToList().IndexOf(record.Text("StageName") ?? "");
        return Html.Of($"""
            <form class="crm-path" method="post" action="/world/salesforce/stage" aria-label="Stage">{shell.GuardField}<input type="hidden" name="org" value="{SalesforcePage.OrgName(org)}"><input type="hidden" name="record" value="{record.Id}">{SalesObjects.Stages.Select((stage, index) => Html.Of($"""<button name="stage" value="{stage}" class="{(index == at ? "here" : index < at ? "past" : "")}"{Html.If(index == at, $""" aria-current="step" """)}>{stage}</button>"""))}</form>
            """);
    }

    private Html Value(SalesforceOrg org, SObjectRecord record, SObjectField field)
    {
        var text = FieldValues.Show(record.Raw(field));
        if (field.Type != FieldType.Reference)
            return Html.Of($"{SalesforceTables.Shown(field, text)}");
        var target = records.Living(org.Id, text);
        return target is null ? Html.Of($"<code>{text}</code>")
            : SalesforceTab.All.Any(tab => tab.Object == target.Type) ? Html.Of($"""<a href="/world/salesforce?org={SalesforcePage.OrgName(org)}&record={target.Id}">{target.Title}</a>""")
            : Html.Of($"{target.Title}");
    }

    private Html Children(SalesforceOrg org, SObjectRecord record, SObjectType child, SObjectField field)
    {
        var found = records.All(org.Id, child).Where(one => one.Text(field.Name) == record.Id).Take(20).ToList();
        return Html.If(found.Count > 0 && SalesforceTab.All.Any(tab => tab.Object == child.Name), $"""
            <section class="crm-related"><h2>{child.LabelPlural}</h2><ul>{found.Select(one => Html.Of($"""<li><a href="/world/salesforce?org={SalesforcePage.OrgName(org)}&record={one.Id}">{one.Title}</a><span class="meta">{one.Text("Subject") ?? one.Text("StageName") ?? one.Text("Email") ?? one.Text("Status") ?? one.Text("Status__c")}</span></li>"""))}</ul></section>
            """);
    }

    private Html Feed(SObjectRecord record)
    {
        var posts = records.All(record.Org, SalesforceSchema.Get("FeedItem")).Where(post => post.Text("ParentId") == record.Id).Reverse().Take(20).ToList();
        return Html.If(posts.Count > 0, $"""
            <section class="crm-related"><h2>Chatter</h2><ul class="crm-feed">{posts.Select(post => Post(record, post))}</ul></section>
            """);
    }

    private Html Post(SObjectRecord record, SObjectRecord post)
    {
        var by = records.Get(record.Org, post.Text("CreatedById"))?.Title ?? "Somebody";
        return Html.Of($"""<li><span class="face" aria-hidden="true">{ConsentPage.Initials(by)}</span><div><b>{by}</b> <time>{SalesforceTables.Shown(post.Schema.Field("CreatedDate")!, post.Text("CreatedDate") ?? "")}</time><p>{post.Text("Body")}</p></div></li>""");
    }

    public Html Form(SalesforceOrg org, SalesforceTab tab, SObjectRecord? record, string problem)
    {
        var back = record is null ? $"tab={tab.Object}" : $"record={record.Id}";
        return Html.Of($"""
            <header class="middle-head"><a class="back" href="/world/salesforce?org={SalesforcePage.OrgName(org)}&{back}">{Icons.Back}{(record is null ? tab.Schema.LabelPlural : record.Title)}</a></header>
            <div class="scroll" tabindex="0" role="region" aria-label="Form"><form class="crm-form" method="post" action="/world/salesforce/save">{shell.GuardField}
            <h1>{(record is null ? "New" : "Edit")} {tab.Schema.Label.ToLowerInvariant()}</h1>
            {Html.If(problem.Length > 0, $"""<p class="notice warn" role="alert">{Icons.Alert}<span>{problem}</span></p>""")}
            <input type="hidden" name="org" value="{SalesforcePage.OrgName(org)}"><input type="hidden" name="tab" value="{tab.Object}"><input type="hidden" name="record" value="{record?.Id}">
            <div class="crm-fields">{tab.Form.Select(name => tab.Schema.Field(name)!).Select(field => Html.Of($"""<label class="{(field.Length > 1000 ? "wide" : "")}"><span>{field.Label.Replace(" ID", "", StringComparison.Ordinal)}{(field.Required ? " *" : "")}</span>{Input(org, field, record)}</label>"""))}</div>
            <div class="actions"><button class="button primary">Save</button></div>
            </form></div>
            """);
    }

    private Html Input(SalesforceOrg org, SObjectField field, SObjectRecord? record)
    {
        var value = record is null ? field.Default ?? "" : FieldValues.Show(record.Raw(field));
        return field.Type switch
        {
            FieldType.Picklist => Select(field.Values.Select(choice => (choice, choice))),
            FieldType.Reference => Select(field.ReferenceTo.SelectMany(type => records.All(org.Id, SalesforceSchema.Get(type))).Select(one => (one.Id, one.Title))),
            FieldType.Date => Html.Of($"""<input type="date" name="{field.Name}" value="{value}">"""),
            FieldType.DateTime => Html.Of($"""<input type="datetime-local" name="{field.Name}" value="{(value.Length >= 16 ? value[..16] : "")}">"""),
            _ when field.Type.IsNumber() => Html.Of($"""<input type="number" step="any" name="{field.Name}" value="{value}">"""),
            _ when field.Length > 1000 => Html.Of($"""<textarea name="{field.Name}" rows="4" maxlength="{field.Length}">{value}</textarea>"""),
            _ => Html.Of($"""<input type="text" name="{field.Name}" maxlength="{field.Length}" value="{value}" autocomplete="off">"""),
        };

        Html Select(IEnumerable<(string Value, string Label)> choices) => Html.Of($"""
            <select name="{field.Name}"><option value="">None</option>{choices.Select(choice => Html.Of($"""<option value="{choice.Value}"{Html.If(choice.Value == value, $" selected")}>{choice.Label}</option>"""))}</select>
            """);
    }
}
