using System.Globalization;
using Patchbay.Sandbox.Pages;
using Patchbay.Sandbox.Vendors.Salesforce.Records;
using Patchbay.Sandbox.Vendors.Salesforce.Schema;
using Patchbay.Sandbox.Vendors.Salesforce.Soql;

namespace Patchbay.Sandbox.Vendors.Salesforce.Pages;

/// <summary>Records as a table, and deals as a pipeline.</summary>
internal sealed class SalesforceTables(RecordStore records, TimeProvider time)
{
    private const int Most = 200;
    private static readonly TimeSpan New = TimeSpan.FromMinutes(1);

    public Html Table(SalesforceOrg org, SalesforceTab tab)
    {
        var related = new Related(records, org.Id);
        var columns = tab.Columns.Select(path => BoundPath.Bind(tab.Schema, new SoqlExpression.Path(path.Split('.'), 0), path, null)).ToList();
        var rows = records.All(org.Id, tab.Schema).Reverse().Take(Most).ToList();
        if (rows.Count == 0)
            return Html.Of($"""<p class="empty crm-empty">There is no {tab.Schema.Label.ToLowerInvariant()} here yet. What a flow creates shows up at once.</p>""");
        return Html.Of($"""
            <table class="crm-table"><thead><tr>{columns.Select(column => Html.Of($"<th scope=\"col\">{Head(column)}</th>"))}</tr></thead>
            <tbody>{rows.Select(record => Row(org, record, columns, related))}</tbody></table>
            """);
    }

    private Html Row(SalesforceOrg org, SObjectRecord record, List<BoundPath> columns, Related related) => Html.Of($"""
        <tr{Fresh(record)}>{columns.Select((column, index) => Html.Of($"""<td data-label="{Head(column)}">{Cell(org, record, column, index, related)}</td>"""))}</tr>
        """);

    private static Html Cell(SalesforceOrg org, SObjectRecord record, BoundPath column, int index, Related related)
    {
        var shown = Shown(column.Field, column.Raw(record, related) is { } raw ? FieldValues.Show(raw) : "");
        return index == 0
            ? Html.Of($"""<a href="/world/salesforce?org={SalesforcePage.OrgName(org)}&record={record.Id}">{(shown.Length > 0 ? shown : record.Id)}</a>""")
            : Badge(column.Field, shown) is { } look ? Html.Of($"""<span class="badge {look}">{shown}</span>""")
            : Html.Of($"{shown}");
    }

    /// <summary>One column for each stage that has deals, with their sum.</summary>
    public Html Pipeline(SalesforceOrg org, SalesforceTab tab)
    {
        var related = new Related(records, org.Id);
        var deals = records.All(org.Id, tab.Schema).ToList();
        if (deals.Count == 0)
            return Html.Of($"""<p class="empty crm-empty">There is no deal here yet. What a flow creates shows up at once.</p>""");
        var stages = SalesObjects.Stages.Concat(deals.Select(deal => deal.Text("StageName") ?? "")).Distinct(StringComparer.OrdinalIgnoreCase)
            .Where(stage => deals.Exists(deal => string.Equals(deal.Text("StageName"), stage, StringComparison.OrdinalIgnoreCase)));
        return Html.Of($"""<div class="crm-pipeline">{stages.Select(stage => Stage(org, stage, [.. deals.Where(deal => string.Equals(deal.Text("StageName"), stage, StringComparison.OrdinalIgnoreCase))], related))}</div>""");
    }

    private Html Stage(SalesforceOrg org, string stage, List<SObjectRecord> deals, Related related) => Html.Of($"""
        <section class="crm-stage{(stage == "Closed Won" ? " won" : stage == "Closed Lost" ? " lost" : "")}"><header><h2>{stage}</h2><span class="meta">{deals.Count} · {Money(deals.Sum(deal => deal.Number("Amount") ?? 0))}</span></header>
        <ul>{deals.OrderBy(deal => deal.Text("CloseDate"), StringComparer.Ordinal).Select(deal => Html.Of($"""
        <li><a class="crm-deal"{Fresh(deal)} href="/world/salesforce?org={SalesforcePage.OrgName(org)}&record={deal.Id}"><b>{deal.Title}</b><span>{related.Follow(deal, SalesforceSchema.Get("Opportunity").Field("AccountId")!)?.Title}</span><span class="crm-deal-foot"><span>{(deal.Number("Amount") is { } amount ? Money(amount) : "")}</span><time>{Shown(deal.Schema.Field("CloseDate")!, deal.Text("CloseDate") ?? "")}</time></span></a></li>
        """))}</ul></section>
        """);

    /// <summary>A value as a person writes it.</summary>
    public static string Shown(SObjectField field, string value) => field.Type switch
    {
        _ when value.Length == 0 => "",
        FieldType.Currency when decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var amount) => Money(amount),
        FieldType.Percent => value + " %",
        FieldType.Date when FieldValues.TryDate(value, out var day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture),
        FieldType.DateTime when FieldValues.TryMoment(value, out var at) => at.ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture),
        FieldType.Boolean => value == "true" ? "Yes" : "No",
        FieldType.MultiPicklist => value.Replace(";", ", ", StringComparison.Ordinal),
        _ => value,
    };

    public static string Money(decimal amount) => "€ " + amount.ToString("#,##0.##", CultureInfo.InvariantCulture);

    private static string Head(BoundPath column) => column.Hops is [.., var hop] ? hop.Label.Replace(" ID", "", StringComparison.Ordinal) : column.Field.IsName ? column.Field.Label is "Name" or "Subject" ? column.Field.Label : "Number" : column.Field.Label;

    private static string? Badge(SObjectField field, string value) => (field.Name, value) switch
    {
        (_, "") => null,
        ("Priority", "High") => "warn",
        ("Priority", _) => "",
        ("Status" or "Status__c", "Closed - Converted" or "Completed" or "Done" or "Closed") => "ok",
        ("Status" or "Status__c", "Escalated" or "On hold") => "warn",
        ("Status" or "Status__c", "New" or "Open - Not Contacted") => "accent",
        ("Status" or "Status__c", _) => "",
        _ => null,
    };

    private Html Fresh(SObjectRecord record) => Html.If(FieldValues.TryMoment(record.Text("SystemModstamp") ?? "", out var at) && time.GetUtcNow() - at < New, $""" data-fresh="yes" """);
}
