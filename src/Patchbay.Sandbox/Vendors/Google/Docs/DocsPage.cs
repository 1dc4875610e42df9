using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Pages;
using Patchbay.Sandbox.State;
using Patchbay.Sandbox.Vendors.Google.Docs.Export;
using Patchbay.Sandbox.Vendors.Google.Docs.Requests;
using Patchbay.Sandbox.Vendors.Google.Drive;

namespace Patchbay.Sandbox.Vendors.Google.Docs;

/// <summary>/world/docs: the documents somebody may open, one of them as paper.</summary>
internal sealed class DocsPage(DocsStore documents, DriveFiles files, GoogleAccounts accounts, Store store, WorldShell shell, TimeProvider time)
{
    public const string Slug = "docs";
    private static readonly Html Tile = Html.Of($"""<svg class="glyph tile docs" viewBox="0 0 32 32" aria-hidden="true"><rect x=".5" y=".5" width="31" height="31" rx="8"/><path d="M10 9a2 2 0 0 1 2-2h6l4.5 4.5V23a2 2 0 0 1-2 2H12a2 2 0 0 1-2-2zM13 15h6.5M13 18h6.5M13 21h4"/></svg>""");

    public WorldPage Page => new(Slug, "Google Docs", "The documents of Northwind, as their readers see them.", Tile, ShowAsync)
    {
        Actions = new Dictionary<string, Func<HttpContext, IFormCollection, Task>> { ["create"] = CreateAsync, ["write"] = WriteAsync },
    };

    private Task ShowAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var asked = files.Get(query["document"].ToString()) is { MimeType: DriveMime.Document } known ? known : null;
        // A link from elsewhere names no account: the document is shown to its owner.
        var account = accounts.ByEmail(query["account"].ToString()) ?? accounts.Get(asked?.Owner) ?? accounts.All()[0];
        var all = files.All();
        var byId = all.ToDictionary(file => file.Id);
        var access = new DriveAccess(byId.GetValueOrDefault, time.GetUtcNow());
        var mine = all.Where(file => file.MimeType == DriveMime.Document && access.Listed(account, file) && !access.IsTrashed(file)).OrderByDescending(file => file.Modified).Take(60).ToList();
        var open = asked is not null && access.Role(account, asked) > DriveRole.None ? asked : mine.FirstOrDefault();
        return shell.Of(new WorldView
        {
            Vendor = GoogleOAuth.Vendor,
            Imitates = "Google Docs",
            Slug = Slug,
            Hosts = ["docs.googleapis.com", "www.googleapis.com", "oauth2.googleapis.com", GoogleOAuth.Host],
            Title = open is null ? $"Docs of {account.Name}" : $"{open.Name} in Docs",
            Side = Side(account, mine, open),
            Middle = open is null ? None(account) : Paper(account, open, access.Role(account, open)),
        }).WriteAsync(context);
    }

    private Html Side(GoogleAccount current, List<DriveFile> mine, DriveFile? open) => Html.Of($"""
        <aside class="side" aria-label="Docs" data-live="side">
        <div class="side-head">{Tile}<span><b>Google Docs</b><span>Seen as {current.Name}</span></span></div>
        <nav aria-label="Documents"><h2>Documents</h2><ul>{mine.Select(file => Html.Of($"""<li><a href="{Link(current, file)}"{Here(file.Id == open?.Id)}>{DriveIcons.Of(file.MimeType)}<span class="name">{file.Name}</span></a></li>"""))}</ul></nav>
        <nav aria-label="Accounts"><h2>Accounts</h2><ul>{accounts.All().Select(account => Html.Of($"""<li><a href="/world/docs?account={Uri.EscapeDataString(account.Email)}"{Here(account.Id == current.Id)}><span class="face" aria-hidden="true">{ConsentPage.Initials(account.Name)}</span><span class="name">{account.Name}</span></a></li>"""))}</ul></nav>
        <nav aria-label="Other places"><h2>Elsewhere</h2><ul><li><a href="/world/drive?account={Uri.EscapeDataString(current.Email)}">{DriveIcons.Folder}<span class="name">Drive</span></a></li><li><a href="/world/">{Icons.Back}<span class="name">All worlds</span></a></li></ul></nav>
        </aside>
        """);

    private Html None(GoogleAccount account) => Html.Of($"""
        <header class="middle-head"><h1>No documents</h1><p class="meta">{account.Email}</p></header>
        <div class="scroll" tabindex="0" role="region" aria-label="Documents"><p class="empty letter">What a flow writes for {account.Name} shows up here.</p>{NewForm(account)}</div>
        """);

    private Html Paper(GoogleAccount account, DriveFile file, DriveRole role)
    {
        var document = documents.Open(file.Id);
        var (header, footer) = (document.Segments.FirstOrDefault(segment => segment.Kind == "header"), document.Segments.FirstOrDefault(segment => segment.Kind == "footer"));
        var owner = accounts.Get(file.Owner)?.Name;
        return Html.Of($"""
            <header class="middle-head" data-live="head"><h1>{file.Name}</h1><p class="meta">of {owner} · changed {file.Modified.ToString("d MMM HH:mm", CultureInfo.InvariantCulture)}</p></header>
            <div class="scroll desk" tabindex="0" role="region" aria-label="Document"><article class="paper" data-live="paper">
            {Html.If(header is not null, $"""<div class="paper-margin">{(header is null ? Html.Empty : DocsPaper.Of(DocsParagraphs.Of(document, header)))}</div>""")}
            {DocsPaper.Of(DocsParagraphs.Of(document))}
            {Html.If(footer is not null, $"""<div class="paper-margin">{(footer is null ? Html.Empty : DocsPaper.Of(DocsParagraphs.Of(document, footer)))}</div>""")}
            </article>
            {Html.If(role >= DriveRole.Writer, $"""<form class="composer" method="post" action="/world/docs/write">{shell.GuardField}<input type="hidden" name="account" value="{account.Email}"><input type="hidden" name="document" value="{file.Id}"><label class="sr" for="line">Add a paragraph</label><input id="line" name="text" required maxlength="4000" autocomplete="off" placeholder="Add a paragraph as {account.GivenName}"><button aria-label="Add">{Icons.Send}</button></form>""")}
            {NewForm(account)}</div>
            """);
    }

    private Html NewForm(GoogleAccount account) => Html.Of($"""
        <form class="drive-line docs-new" method="post" action="/world/docs/create">{shell.GuardField}<input type="hidden" name="account" value="{account.Email}"><label class="sr" for="title">Title of a new document</label><input id="title" name="title" required maxlength="200" autocomplete="off" placeholder="Title of a new document"><button class="button small">Create</button></form>
        """);

    private Task CreateAsync(HttpContext context, IFormCollection form)
    {
        var account = accounts.ByEmail(form["account"].ToString()) ?? accounts.All()[0];
        var title = form["title"].ToString().Trim();
        var file = store.Atomic(() =>
        {
            var made = files.Create(account, title.Length > 0 ? title : "Untitled document", DriveMime.Document);
            documents.Put(Model.DocDocument.Empty(made.Id));
            return made;
        });
        context.Response.Redirect(Link(account, file));
        return Task.CompletedTask;
    }

    private Task WriteAsync(HttpContext context, IFormCollection form)
    {
        var account = accounts.ByEmail(form["account"].ToString()) ?? accounts.All()[0];
        var id = form["document"].ToString();
        store.Atomic(() =>
        {
            if (files.Get(id) is not { MimeType: DriveMime.Document } file || new DriveAccess(files.Get, time.GetUtcNow()).Role(account, file) < DriveRole.Writer)
                return;
            var document = documents.Open(id);
            // A line of its own, also behind what is there.
            var text = (document.Body.Length > 2 ? "\n" : "") + form["text"].ToString();
            var request = new JsonObject { ["insertText"] = new JsonObject { ["endOfSegmentLocation"] = new JsonObject(), ["text"] = text } };
            if (DocsBatch.Run(new DocsEdit(document), [request]).Refusal is not null)
                return;
            document.Revision++;
            documents.Put(document);
            files.Touch(file, account);
        });
        context.Response.Redirect($"/world/docs?account={Uri.EscapeDataString(account.Email)}&document={Uri.EscapeDataString(id)}");
        return Task.CompletedTask;
    }

    private static string Link(GoogleAccount account, DriveFile file) => $"/world/docs?account={Uri.EscapeDataString(account.Email)}&document={Uri.EscapeDataString(file.Id)}";

    private static Html Here(bool here) => here ? Html.Of($""" aria-current="page" """) : Html.Empty;
}
