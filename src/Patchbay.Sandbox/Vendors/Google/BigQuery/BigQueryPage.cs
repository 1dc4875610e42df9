using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Pages;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Jobs;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Warehouse;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery;

/// <summary>/world/bigquery: datasets and tables, their rows, a box to ask in, and what was asked.</summary>
internal sealed class BigQueryPage(Shelf shelf, WarehouseStore warehouse, JobRunner runner, GoogleAccounts accounts, WorldShell shell, LiveFeed live)
{
    public const string Slug = "bigquery";
    private const int Shown = 100;

    private static readonly Html Glyph = Html.Of($"""<svg class="glyph tile bigquery" viewBox="0 0 32 32" aria-hidden="true"><rect x=".5" y=".5" width="31" height="31" rx="8"/><path d="M14.5 8a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13ZM19.3 19.3 24 24M12 15.5v2M14.5 12.5v5M17 14.5v3"/></svg>""");
    private static readonly Html TableIcon = Icon("M4 5h16v14H4zM4 10h16M10 10v9");
    private static readonly Html ViewIcon = Icon("M3 12s3.5-6 9-6 9 6 9 6-3.5 6-9 6-9-6-9-6ZM12 9.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5Z");

    public WorldPage Page => new(Slug, "BigQuery", "A sales warehouse and web events, with a box to ask GoogleSQL in.", Glyph, ShowAsync)
    {
        Actions = new Dictionary<string, Func<HttpContext, IFormCollection, Task>> { ["run"] = RunAsync },
    };

    private static Html Icon(string path) => Html.Of($"""<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="{path}"/></svg>""");

    private Task RunAsync(HttpContext context, IFormCollection form)
    {
        var text = form["query"].ToString();
        var project = shelf.AllProjects().FirstOrDefault(one => one.Id == form["project"].ToString()) ?? First(shelf.AllProjects());
        var person = accounts.ByEmail(project?.Roles.FirstOrDefault(role => role.Value == "OWNER").Key ?? "");
        if (project is null || person is null || string.IsNullOrWhiteSpace(text) || text.Length > 100_000)
        {
            context.Response.Redirect($"/world/{Slug}");
            return Task.CompletedTask;
        }

        JobRecord job;
        lock (warehouse.Gate)
        {
            var configuration = new JsonObject { ["jobType"] = "QUERY", ["query"] = new JsonObject { ["query"] = text, ["useLegacySql"] = false } };
            job = runner.Run(new QueryRequest { Project = project.Id, Account = person, MayWrite = true, Text = text, CacheKey = $"{person.Id}\n{project.Id}\n{text}" }, configuration, null);
        }

        live.Changed(Slug);
        context.Response.Redirect($"/world/{Slug}?project={Uri.EscapeDataString(project.Id)}&job={Uri.EscapeDataString(job.Id)}");
        return Task.CompletedTask;
    }

    private static ProjectRecord? First(IReadOnlyList<ProjectRecord> projects) => projects.Count == 0 ? null : projects[0];

    private Task ShowAsync(HttpContext context)
    {
        Page page;
        lock (warehouse.Gate)
        {
            var query = context.Request.Query;
            var projects = shelf.AllProjects();
            var project = projects.FirstOrDefault(one => one.Id == query["project"].ToString()) ?? First(projects);
            var job = project is null ? null : shelf.FindJob(project.Id, query["job"].ToString());
            var table = project is null || query["table"].ToString().Split('.', 2) is not [var dataset, var id] ? null : shelf.FindTable(project.Id, dataset, id);
            page = shell.Of(new WorldView
            {
                Vendor = GoogleOAuth.Vendor,
                Style = "bigquery.css",
            Imitates = "BigQuery",
                Slug = Slug,
                Hosts = ["bigquery.googleapis.com", "oauth2.googleapis.com", GoogleOAuth.Host],
                Title = table is null ? "BigQuery" : $"{table.Dataset}.{table.Id}",
                Side = Side(projects, project, table),
                Middle = Middle(project, table, job),
            });
        }

        return page.WriteAsync(context);
    }

    private Html Side(IReadOnlyList<ProjectRecord> projects, ProjectRecord? current, TableRecord? table) => Html.Of($"""
        <aside class="side" aria-label="Explorer" data-live="side">
        <div class="side-head">{Glyph}<span><b>BigQuery</b><span>{current?.FriendlyName ?? "No project"}</span></span></div>
        {(current is null ? [] : shelf.Datasets(current.Id)).Select(dataset => Html.Of($"""
        <nav aria-label="Dataset {dataset.Id}"><h2>{dataset.Id}</h2><ul>{shelf.Tables(dataset.Project, dataset.Id).Select(one => Html.Of($"""
        <li><a href="/world/{Slug}?project={Uri.EscapeDataString(one.Project)}&table={Uri.EscapeDataString(one.Dataset + "." + one.Id)}"{Here(one.Key == table?.Key)}>{(one.Kind == "VIEW" ? ViewIcon : TableIcon)}<span class="name">{one.Id}</span></a></li>
        """))}</ul></nav>
        """))}
        <nav aria-label="Projects"><h2>Projects</h2><ul>{projects.Select(project => Html.Of($"""<li><a href="/world/{Slug}?project={Uri.EscapeDataString(project.Id)}"{Here(project.Id == current?.Id)}>{Icons.Tag}<span class="name">{project.Id}</span></a></li>"""))}</ul></nav>
        <nav aria-label="Other places"><h2>Elsewhere</h2><ul><li><a href="/world/">{Icons.Back}<span class="name">All worlds</span></a></li></ul></nav>
        </aside>
        """);

    private static Html Here(bool here) => here ? Html.Of($""" aria-current="page" """) : Html.Empty;

    private Html Middle(ProjectRecord? project, TableRecord? table, JobRecord? job)
    {
        if (project is null)
            return Html.Of($"""<header class="middle-head"><h1>BigQuery</h1></header><div class="scroll"><p class="empty letter">There is no project.</p></div>""");
        var text = job is not null ? QueryText(job)
            : table is not null ? $"SELECT *\nFROM `{table.Project}.{table.Dataset}.{table.Id}`\nLIMIT 20"
            : shelf.FindTable(project.Id, "sales", "orders") is null ? "SELECT 1 AS one"
            : $"SELECT o.channel, ROUND(SUM(i.quantity * i.unit_price), 2) AS revenue\nFROM `{project.Id}.sales.orders` AS o\nJOIN `{project.Id}.sales.order_items` AS i USING (order_id)\nGROUP BY o.channel\nORDER BY revenue DESC";
        return Html.Of($"""
            <header class="middle-head"><h1>{(table is null ? "Query" : table.Id)}</h1><p class="meta">{(table is null ? project.Id : $"{table.Project}.{table.Dataset}")}</p></header>
            <div class="scroll bq" tabindex="0" role="region" aria-label="Query and results">
            <form class="ask" method="post" action="/world/{Slug}/run">{shell.GuardField}<input type="hidden" name="project" value="{project.Id}">
            <label class="sr" for="bq-text">GoogleSQL</label><textarea id="bq-text" name="query" rows="{Math.Clamp(text.Count(c => c == '\n') + 2, 4, 14)}" spellcheck="false" autocomplete="off">{text}</textarea>
            <div class="ask-foot"><span class="meta">GoogleSQL, as the project's owner</span><button class="button primary">Run</button></div></form>
            {(job is not null ? Outcome(job) : table is not null ? About(table) : Html.Empty)}
            <section aria-labelledby="bq-jobs" data-live="jobs"><h2 id="bq-jobs">Recent jobs</h2>{Recent(project)}</section>
            </div>
            """);
    }

    private static string QueryText(JobRecord job) => Wire.Text(Wire.Object(job.Configuration, "query"), "query") ?? "";

    private Html Outcome(JobRecord job)
    {
        if (job.ErrorMessage is { } message)
            return Html.Of($"""<section aria-label="Result"><p class="notice bq-error" role="alert">{Icons.Alert}<span><b>{job.ErrorReason}</b><br>{message}</span></p></section>""");
        if (job.StatementType != "SELECT")
        {
            var affected = Wire.Text(job.More, "numDmlAffectedRows");
            return Html.Of($"""<section aria-label="Result"><p class="notice bq-done">{Icons.Check}<span>{(affected is null ? $"{job.StatementType} done." : $"This statement changed {affected} rows.")}</span></p></section>""");
        }

        var rows = warehouse.Result(job.ResultOf ?? job.Key);
        return rows is null
            ? Html.Of($"""<p class="empty">The rows of this job are not kept any more.</p>""")
            : Html.Of($"""<section aria-labelledby="bq-result"><h2 id="bq-result">Result</h2><p class="meta">{job.TotalRows} rows · {Size(job.BytesProcessed)} processed{(job.CacheHit ? " · from the cache" : "")}{(rows.Count > Shown ? $" · the first {Shown} shown" : "")}</p>{Grid(job.Schema, rows)}</section>""");
    }

    private Html About(TableRecord table)
    {
        var schema = Html.Of($"""
            <section aria-labelledby="bq-schema"><h2 id="bq-schema">Schema</h2>{Html.If(table.Description is not null, $"""<p class="meta">{table.Description}</p>""")}
            <div class="grid-wrap" tabindex="0" role="region" aria-label="Columns"><table class="grid"><thead><tr><th scope="col">Column</th><th scope="col">Type</th><th scope="col">Mode</th><th scope="col">Description</th></tr></thead>
            <tbody>{table.Fields.Select(field => Html.Of($"""<tr><th scope="row">{field.Name}</th><td>{Schemas.Type(field).ToString()}</td><td>{field.Mode}</td><td class="wide">{field.Description}</td></tr>"""))}</tbody></table></div></section>
            """);
        if (table.Kind == "VIEW")
            return Html.Of($"""<section aria-labelledby="bq-view"><h2 id="bq-view">View</h2><pre class="sql">{table.ViewQuery}</pre></section>{schema}""");
        var bytes = warehouse.Bytes(warehouse.Stored(table), Enumerable.Range(0, table.Fields.Count));
        return Html.Of($"""<section aria-labelledby="bq-preview" data-live="preview"><h2 id="bq-preview">Preview</h2><p class="meta">{warehouse.CountRows(table)} rows · {Size(bytes)}</p>{Grid(table.Fields, warehouse.Rows(table, 0, 20))}</section>{schema}""");
    }

    private static Html Grid(List<FieldRecord> fields, List<object?[]> rows)
    {
        if (rows.Count == 0)
            return Html.Of($"""<p class="empty">There are no rows.</p>""");
        var types = fields.Select(Schemas.Type).ToList();
        var cells = new Cells("ISO8601_STRING");
        return Html.Of($"""
            <div class="grid-wrap" tabindex="0" role="region" aria-label="Rows"><table class="grid"><thead><tr>{fields.Zip(types, (field, type) => Html.Of($"""<th scope="col"{Number(type)}>{field.Name}</th>"""))}</tr></thead>
            <tbody>{rows.Take(Shown).Select(row => Html.Of($"""<tr>{row.Zip(types, (value, type) => Html.Of($"""<td{Number(type)}>{Cell(cells, value, type)}</td>"""))}</tr>"""))}</tbody></table></div>
            """);
    }

    private static Html Number(SqlType type) => type.IsNumber ? Html.Of($""" class="num" """) : Html.Empty;

    private static Html Cell(Cells cells, object? value, SqlType type)
    {
        if (value is null)
            return Html.Of($"""<span class="null">null</span>""");
        var text = type.IsNested ? Sql.Library.JsonFunctions.ToJson(value, type) : cells.Scalar(value, type.Kind);
        return Html.Of($"{(text.Length > 120 ? text[..120] + "…" : text)}");
    }

    private Html Recent(ProjectRecord project)
    {
        var jobs = shelf.Jobs(project.Id, 12);
        return jobs.Count == 0
            ? Html.Of($"""<p class="empty">Nothing was asked yet. Queries of flows and agents appear here.</p>""")
            : Html.Of($"""
                <ul class="jobs">{jobs.Select(job => Html.Of($"""
                <li><a class="job" href="/world/{Slug}?project={Uri.EscapeDataString(project.Id)}&job={Uri.EscapeDataString(job.Id)}"><time>{DateTimeOffset.FromUnixTimeMilliseconds(job.Created).ToString("d MMM HH:mm:ss", CultureInfo.InvariantCulture)}</time><code>{OneLine(job)}</code><span class="meta">{job.User}</span><span class="badge {(job.ErrorReason is null ? "ok" : "bad")}">{job.ErrorReason ?? (job.CacheHit ? "cache" : Size(job.BytesProcessed))}</span></a></li>
                """))}</ul>
                """);
    }

    private static string OneLine(JobRecord job)
    {
        var text = string.Join(' ', QueryText(job).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length == 0 ? Wire.Text(job.Configuration, "jobType") ?? "" : text.Length > 160 ? text[..160] + "…" : text;
    }

    private static string Size(long bytes) => bytes switch
    {
        < 1024 => $"{bytes} B",
        < 1024 * 1024 => FormattableString.Invariant($"{bytes / 1024.0:0.#} KB"),
        _ => FormattableString.Invariant($"{bytes / 1024.0 / 1024:0.#} MB"),
    };
}
