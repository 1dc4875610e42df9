using System.Globalization;
using System.Text;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.Pages;
using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Vendors.Google.Drive;

/// <summary>/world/drive: somebody's folders, one file at a time.</summary>
internal sealed class DrivePage(DriveDesk desk, OAuthStore oauth, Store store, WorldShell shell)
{
    public const string Slug = "drive";
    private static readonly TimeSpan New = TimeSpan.FromMinutes(1);
    private static readonly Html Tile = Html.Of($"""<svg class="glyph tile drive" viewBox="0 0 32 32" aria-hidden="true"><rect x=".5" y=".5" width="31" height="31" rx="8"/><path d="M7.5 11.5a2 2 0 0 1 2-2h4l2 2.5h7a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2z"/></svg>""");

    private static readonly (string Id, string Name, Html Icon)[] Places =
        [("", "My Drive", DriveIcons.Folder), ("shared", "Shared with me", Icons.Person), ("starred", "Starred", Icons.Star), ("trash", "Bin", Icons.Bin)];

    public WorldPage Page => new(Slug, "Google Drive", "Folders and files of four people, who owns them and who shares them.", Tile, ShowAsync)
    {
        Actions = new Dictionary<string, Func<HttpContext, IFormCollection, Task>>
        {
            ["folder"] = (context, form) => ActAsync(context, form, (account, folder) => NewFolder(form, account, folder)),
            ["file"] = (context, form) => ActAsync(context, form, (account, folder) => NewFile(form, account, folder)),
            ["trash"] = (context, form) => OnFileAsync(context, form, DriveRole.Owner, (file, _) => Trash(file)),
            ["share"] = (context, form) => OnFileAsync(context, form, DriveRole.Writer, (file, account) => Share(form, file, account)),
            ["pick"] = (context, form) => OnFileAsync(context, form, DriveRole.Reader, (file, account) => Pick(form, file, account)),
        },
    };

    private Task ShowAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var account = desk.Accounts.ByEmail(query["account"].ToString()) ?? desk.Accounts.All()[0];
        var root = store.Atomic(() => desk.Files.Root(account));
        var all = desk.Files.All();
        var access = desk.Access(all);
        var place = query["place"].ToString() is "shared" or "starred" or "trash" ? query["place"].ToString() : "";
        var open = desk.Files.Get(query["file"].ToString()) is { } asked && access.Role(account, asked) > DriveRole.None ? asked : null;
        var folder = open is { IsFolder: true } ? open : root;
        var view = new DriveView(account, folder, place, all, access);
        return shell.Of(new WorldView
        {
            Vendor = GoogleOAuth.Vendor,
            Imitates = "Google Drive",
            Slug = Slug,
            Hosts = ["www.googleapis.com", "docs.googleapis.com", "sheets.googleapis.com", "slides.googleapis.com", "oauth2.googleapis.com", GoogleOAuth.Host],
            Title = open is null ? $"Drive of {account.Name}" : $"{open.Name} in Drive",
            Side = Side(view, open),
            Middle = open is { IsFolder: false } ? Detail(view, open) : List(view),
        }).WriteAsync(context);
    }

    private Html Side(DriveView view, DriveFile? open) => Html.Of($"""
        <aside class="side" aria-label="Drive" data-live="side">
        <div class="side-head">{Tile}<span><b>Google Drive</b><span>Seen as {view.Account.Name}</span></span></div>
        <nav aria-label="Places"><ul>{Places.Select(place => Html.Of($"""<li><a href="{view.Link(place: place.Id)}"{Here(open is null && place.Id == view.Place)}>{place.Icon}<span class="name">{place.Name}</span></a></li>"""))}</ul></nav>
        <nav aria-label="Accounts"><h2>Accounts</h2><ul>{desk.Accounts.All().Select(account => Html.Of($"""<li><a href="/world/drive?account={Uri.EscapeDataString(account.Email)}"{Here(account.Id == view.Account.Id)}><span class="face" aria-hidden="true">{ConsentPage.Initials(account.Name)}</span><span class="name">{account.Name}</span></a></li>"""))}</ul></nav>
        <nav aria-label="Other places"><h2>Elsewhere</h2><ul><li><a href="/world/">{Icons.Back}<span class="name">All worlds</span></a></li></ul></nav>
        </aside>
        """);

    private Html List(DriveView view)
    {
        var files = view.Files().ToList();
        var name = Places.First(place => place.Id == view.Place).Name;
        var path = view.Place.Length > 0 ? Html.Of($"""<h1>{name}</h1>""") : Html.Of($"""<h1 class="path">{view.Path().Select(step => Html.Of($"""<a href="{view.Link(step)}">{step.Name}</a><span aria-hidden="true">/</span>"""))}<span>{view.Folder.Name}</span></h1>""");
        var content = files.Count == 0
            ? Html.Of($"""<p class="empty letter">{(view.Place.Length > 0 ? $"Nothing in {name}." : "This folder is empty. What a flow saves here shows up at once.")}</p>""")
            : Html.Of($"""<ul class="drive-list">{files.Select(file => Row(view, file))}</ul>""");
        return Html.Of($"""
            <header class="middle-head" data-live="head">{path}<p class="meta">{(view.Place.Length == 0 ? Sharing(view, view.Folder) : view.Account.Email)}</p></header>
            {Html.If(view.Place.Length == 0 && view.MayWrite(view.Folder), $"""
            <details class="drive-new"><summary class="button small">New</summary><div class="drive-forms">
            <form method="post" action="/world/drive/folder">{Hidden(view, view.Folder)}<label>New folder<input name="name" required maxlength="200" placeholder="Name"></label><button class="button small">Create folder</button></form>
            <form method="post" action="/world/drive/file">{Hidden(view, view.Folder)}<label>New text file<input name="name" required maxlength="200" placeholder="Notes.txt"></label><label>Text<textarea name="text" rows="3"></textarea></label><button class="button small">Save file</button></form>
            </div></details>
            """)}
            <div class="scroll" tabindex="0" role="region" aria-label="Files"><div data-live="files">{content}</div></div>
            """);
    }

    private Html Row(DriveView view, DriveFile file)
    {
        var fresh = desk.Now - file.Modified < New;
        var owner = file.Owner == view.Account.Id ? "me" : desk.Accounts.Get(file.Owner)?.GivenName ?? "somebody";
        return Html.Of($"""
            <li><a class="drive-row{(fresh ? " fresh" : "")}" href="{view.Link(file)}"><span class="kind {DriveIcons.Kind(file.MimeType)}">{DriveIcons.Of(file.MimeType)}</span><span class="name">{file.Name}</span><span class="marks">{Html.If(view.Access.Permissions(file).Count > 1, $"""<span class="badge">shared</span>""")}{Html.If(file.StarredBy.Contains(view.Account.Id), $"""<span class="badge warn">starred</span>""")}</span><span class="owner">{owner}</span><span class="size">{Size(file)}</span><time>{When(file.Modified)}</time></a></li>
            """);
    }

    private Html Detail(DriveView view, DriveFile file)
    {
        var product = desk.Products.Find(file.MimeType);
        var text = desk.Text(file);
        var mine = view.Access.Role(view.Account, file);
        var given = view.Access.Permissions(file);
        var apps = file.Apps.Where(app => app.Account == view.Account.Id).Select(app => oauth.FindClient(GoogleOAuth.Vendor, app.Client)?.Name ?? app.Client).Distinct().ToList();
        var others = oauth.Clients(GoogleOAuth.Vendor).Where(client => !file.Apps.Contains(new DriveApp(client.ClientId, view.Account.Id))).ToList();
        var preview = text.Length > 0
            ? Html.Of($"""<pre class="paper plain">{(text.Length > 20_000 ? text[..20_000] + "…" : text)}</pre>""")
            : Html.Of($"""<p class="empty">{(file.HeadRevision is null ? "It is empty." : $"{file.MimeType}, {Size(file)}. There is no preview of this type.")}</p>""");
        return Html.Of($"""
            <header class="middle-head"><a class="back" href="{view.Link(view.Above(file))}">{Icons.Back}{view.Above(file).Name}</a></header>
            <div class="scroll" tabindex="0" role="region" aria-label="File"><div class="drive-detail" data-live="file">
            <div class="drive-title"><span class="kind {DriveIcons.Kind(file.MimeType)}">{DriveIcons.Of(file.MimeType)}</span><h1>{file.Name}</h1>{Html.If(view.Access.IsTrashed(file), $"""<span class="badge bad">in the bin</span>""")}{Html.If(product is not null, $"""<a class="button small" href="{product?.WorldAddress(file)}">Open</a>""")}</div>
            <p class="meta">{Size(file)}{(file.Size > 0 ? " · " : "")}changed {When(file.Modified)} by {desk.Accounts.Get(file.ModifiedBy)?.Name} · version {file.Version}{Html.If(file.Description is not null, $""" · {file.Description}""")}</p>
            {preview}
            <section aria-label="Sharing"><h2>Who has it</h2><ul class="drive-people">{given.OrderByDescending(one => one.Permission.Role).Select(one => Html.Of($"""<li><span>{Who(one.Permission)}</span><span class="meta">{DriveShapes.RoleName(one.Permission.Role)}{(one.Inherited ? ", from its folder" : "")}</span></li>"""))}</ul>
            {Html.If(mine >= DriveRole.Writer, $"""<form class="drive-line" method="post" action="/world/drive/share">{Hidden(view, file)}<label class="sr" for="share-with">Share with</label><input id="share-with" name="email" type="email" required placeholder="name@example.com"><select name="role" aria-label="Role"><option value="reader">may read</option><option value="writer">may change</option></select><button class="button small">Share</button></form>""")}</section>
            <section aria-label="Apps"><h2>Apps that may use it with drive.file</h2><p class="meta">{(apps.Count == 0 ? "None yet: an app with drive.file does not see this file." : string.Join(", ", apps))}</p>
            {Html.If(others.Count > 0, $"""<form class="drive-line" method="post" action="/world/drive/pick">{Hidden(view, file)}<select name="client" aria-label="App">{others.Select(client => Html.Of($"""<option value="{client.ClientId}">{client.Name}</option>"""))}</select><button class="button small">Pick it for this app</button></form>""")}</section>
            {Html.If(mine == DriveRole.Owner, $"""<form method="post" action="/world/drive/trash">{Hidden(view, file)}<button class="button small">{(file.Trashed ? "Take out of the bin" : "Move to the bin")}</button></form>""")}
            </div></div>
            """);
    }

    private string Sharing(DriveView view, DriveFile folder)
    {
        var people = view.Access.Permissions(folder).Where(one => !string.Equals(one.Permission.Email, view.Account.Email, StringComparison.OrdinalIgnoreCase)).Select(one => Who(one.Permission)).ToList();
        return folder.Parent is null ? view.Account.Email : people.Count == 0 ? "Only you" : "With " + string.Join(", ", people);
    }

    private string Who(DrivePermission permission) => permission.Type switch
    {
        "anyone" => "Anyone with the link",
        "domain" => $"Everybody at {permission.Domain}",
        _ => desk.Accounts.ByEmail(permission.Email ?? "")?.Name ?? permission.Email ?? "",
    };

    private Html Hidden(DriveView view, DriveFile file) => Html.Of($"""{shell.GuardField}<input type="hidden" name="account" value="{view.Account.Email}"><input type="hidden" name="file" value="{file.Id}">""");

    private Task ActAsync(HttpContext context, IFormCollection form, Action<GoogleAccount, DriveFile> act) =>
        OnFileAsync(context, form, DriveRole.Writer, (folder, account) => act(account, folder));

    private Task OnFileAsync(HttpContext context, IFormCollection form, DriveRole needed, Action<DriveFile, GoogleAccount> act)
    {
        var (email, id) = (form["account"].ToString(), form["file"].ToString());
        store.Atomic(() =>
        {
            if (desk.Accounts.ByEmail(email) is { } account && desk.Files.Get(id) is { } file && desk.Access().Role(account, file) >= needed)
                act(file, account);
        });
        context.Response.Redirect($"/world/drive?account={Uri.EscapeDataString(email)}&file={Uri.EscapeDataString(id)}");
        return Task.CompletedTask;
    }

    private void NewFolder(IFormCollection form, GoogleAccount account, DriveFile folder)
    {
        if (folder.IsFolder && form["name"].ToString().Trim() is { Length: > 0 } name)
            desk.Files.Create(account, name, DriveMime.Folder, folder.Id);
    }

    private void NewFile(IFormCollection form, GoogleAccount account, DriveFile folder)
    {
        if (folder.IsFolder && form["name"].ToString().Trim() is { Length: > 0 } name)
            desk.Files.PutContent(desk.Files.Create(account, name, "text/plain", folder.Id), Encoding.UTF8.GetBytes(form["text"].ToString()), "text/plain", account);
    }

    private void Trash(DriveFile file)
    {
        if (file.Parent is not null)
            desk.Files.Save(file with { Trashed = !file.Trashed, TrashedAt = file.Trashed ? null : desk.Now });
    }

    private void Share(IFormCollection form, DriveFile file, GoogleAccount account)
    {
        var email = form["email"].ToString().Trim();
        if (file.Parent is null || !email.Contains('@', StringComparison.Ordinal) || file.Permissions.Any(known => string.Equals(known.Email, email, StringComparison.OrdinalIgnoreCase)))
            return;
        var role = form["role"].ToString() == "writer" ? DriveRole.Writer : DriveRole.Reader;
        desk.Files.Save(file with { Permissions = [.. file.Permissions, new DrivePermission { Id = DriveFiles.PermissionId(email), Type = "user", Role = role, Email = email, Since = desk.Now, By = account.Id }] });
    }

    private void Pick(IFormCollection form, DriveFile file, GoogleAccount account)
    {
        if (oauth.FindClient(GoogleOAuth.Vendor, form["client"].ToString()) is { } client)
            desk.Files.Give(file, client.ClientId, account);
    }

    private string When(DateTimeOffset at) => at.Date == desk.Now.Date ? at.ToString("HH:mm", CultureInfo.InvariantCulture) : at.ToString("d MMM", CultureInfo.InvariantCulture);

    private static string Size(DriveFile file) => file.HeadRevision is null ? "" : file.Size switch
    {
        < 1024 => $"{file.Size} B",
        < 1024 * 1024 => (file.Size / 1024d).ToString("0.#", CultureInfo.InvariantCulture) + " KB",
        _ => (file.Size / 1024d / 1024d).ToString("0.#", CultureInfo.InvariantCulture) + " MB",
    };

    private static Html Here(bool here) => here ? Html.Of($""" aria-current="page" """) : Html.Empty;
}
