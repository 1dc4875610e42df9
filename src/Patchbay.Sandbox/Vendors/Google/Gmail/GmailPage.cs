using System.Globalization;
using Patchbay.Sandbox.Pages;
using Patchbay.Sandbox.Vendors.Google.Gmail.Mime;

namespace Patchbay.Sandbox.Vendors.Google.Gmail;

/// <summary>/world/gmail: mailboxes of the accounts, one message at a time.</summary>
internal sealed class GmailPage(GmailMailboxes mailboxes, GoogleAccounts accounts, WorldShell shell, TimeProvider time)
{
    private static readonly TimeSpan New = TimeSpan.FromMinutes(1);

    private static readonly (string Id, string Name, Html Icon)[] Boxes =
    [
        ("INBOX", "Inbox", Icons.Inbox), ("STARRED", "Starred", Icons.Star), ("SENT", "Sent", Icons.Send), ("DRAFT", "Drafts", Icons.Draft), ("TRASH", "Trash", Icons.Bin),
    ];

    public WorldPage Page => new("gmail", "Gmail", "Four mailboxes that write to each other, as their owners see them.", Icons.Gmail, ShowAsync);

    private Task ShowAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var account = accounts.ByEmail(query["account"].ToString()) ?? accounts.All()[0];
        var box = mailboxes.KnowsLabel(account.Id, query["box"].ToString()) ? query["box"].ToString() : "INBOX";
        var message = mailboxes.Message(account.Id, query["message"].ToString());
        return shell.Of(new WorldView
        {
            Vendor = GoogleOAuth.Vendor,
            Imitates = "Gmail",
            Slug = "gmail",
            Hosts = ["gmail.googleapis.com", "oauth2.googleapis.com", GoogleOAuth.Host, "www.googleapis.com", "openidconnect.googleapis.com"],
            Title = $"{BoxName(account, box)} of {account.Name}",
            Side = Side(account, box),
            Middle = message is null ? List(account, box) : Letter(account, box, message),
        }).WriteAsync(context);
    }

    private Html Side(GoogleAccount current, string box)
    {
        var unread = mailboxes.Messages(current.Id).Where(message => message.Has("UNREAD")).ToList();
        return Html.Of($"""
            <aside class="side" aria-label="Mailbox" data-live="side">
            <div class="side-head">{Icons.Gmail}<span><b>Gmail</b><span>Seen as {current.Name}</span></span></div>
            <nav aria-label="Mailboxes"><ul>{Boxes.Select(entry => BoxLink(current, entry.Id, entry.Name, entry.Icon, box, unread))}{mailboxes.Labels(current.Id).Select(label => BoxLink(current, label.Id, label.Name, Icons.Tag, box, unread))}</ul></nav>
            <nav aria-label="Accounts"><h2>Accounts</h2><ul>{accounts.All().Select(account => AccountLink(account, current))}</ul></nav>
            <nav aria-label="Other places"><h2>Elsewhere</h2><ul><li><a href="/world/">{Icons.Back}<span class="name">All worlds</span></a></li></ul></nav>
            </aside>
            """);
    }

    private static Html BoxLink(GoogleAccount account, string id, string name, Html icon, string current, List<GmailMessage> allUnread)
    {
        var unread = allUnread.Count(message => message.Has(id) && (id == "TRASH" || !message.Has("TRASH")));
        return Html.Of($"""<li><a href="/world/gmail?account={Uri.EscapeDataString(account.Email)}&box={id}"{Here(id == current)}>{icon}<span class="name">{name}</span>{Html.If(unread > 0, $"""<span class="count" aria-label="{unread} unread">{unread}</span>""")}</a></li>""");
    }

    private static Html AccountLink(GoogleAccount account, GoogleAccount current) => Html.Of($"""
        <li><a href="/world/gmail?account={Uri.EscapeDataString(account.Email)}"{Here(account.Id == current.Id)}><span class="face" aria-hidden="true">{ConsentPage.Initials(account.Name)}</span><span class="name">{account.Name}</span></a></li>
        """);

    private Html List(GoogleAccount account, string box)
    {
        var found = mailboxes.Messages(account.Id).Where(message => message.Has(box) && (box == "TRASH" || !message.Has("TRASH"))).Take(100).ToList();
        var name = BoxName(account, box);
        var content = found.Count == 0
            ? Html.Of($"""<p class="empty letter">{name} is empty. What a flow sends to {account.Email} arrives here.</p>""")
            : Html.Of($"""<ul class="mails">{found.Select(message => Row(account, box, message))}</ul>""");
        return Html.Of($"""
            <header class="middle-head"><h1>{name}</h1><p class="meta">{account.Email}</p></header>
            <div class="scroll" tabindex="0" role="region" aria-label="{name}"><div data-live="mails">{content}</div></div>
            """);
    }

    private Html Row(GoogleAccount account, string box, GmailMessage message)
    {
        var outgoing = message.Has("SENT") && box != "INBOX";
        var who = outgoing ? "To " + ShortName(message.To) : ShortName(message.From);
        var at = DateTimeOffset.FromUnixTimeMilliseconds(message.Date);
        var fresh = time.GetUtcNow() - at < New && message.Has("UNREAD");
        return Html.Of($"""
            <li><a class="mail{(message.Has("UNREAD") ? " unread" : "")}{(fresh ? " fresh" : "")}" href="/world/gmail?account={Uri.EscapeDataString(account.Email)}&box={box}&message={message.Id}"><span class="face" aria-hidden="true">{ConsentPage.Initials(ShortName(outgoing ? message.To : message.From))}</span><span class="from">{who}</span><span class="line">{LabelBadges(account, message, box)}<span class="subject">{Subject(message)}</span> <span class="snippet">{message.Snippet}</span></span><time>{(at.Date == time.GetUtcNow().Date ? at.ToString("HH:mm", CultureInfo.InvariantCulture) : at.ToString("d MMM", CultureInfo.InvariantCulture))}</time></a></li>
            """);
    }

    private Html Letter(GoogleAccount account, string box, GmailMessage message)
    {
        var raw = mailboxes.Raw(message);
        var parsed = MimeParser.Parse(raw);
        var html = parsed.All.FirstOrDefault(part => part.MediaType == "text/html" && part.FileName.Length == 0);
        var files = parsed.All.Where(part => part.FileName.Length > 0).ToList();
        var at = DateTimeOffset.FromUnixTimeMilliseconds(message.Date);
        return Html.Of($"""
            <header class="middle-head"><a class="back" href="/world/gmail?account={Uri.EscapeDataString(account.Email)}&box={box}">{Icons.Back}{BoxName(account, box)}</a></header>
            <div class="scroll" tabindex="0" role="region" aria-label="Message"><article class="letter">
            <h1>{Subject(message)}</h1>
            <div class="letter-head"><span class="face" aria-hidden="true">{ConsentPage.Initials(ShortName(message.From))}</span><dl><div><dt>From</dt><dd>{message.From}</dd></div><div><dt>To</dt><dd>{message.To}</dd></div></dl><span>{LabelBadges(account, message, "")}<time>{at.ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture)}</time></span></div>
            <div class="body">{message.Body}</div>
            {Html.If(files.Count > 0, $"""<ul class="files" aria-label="Attachments">{files.Select(file => Html.Of($"""<li class="badge">{Icons.Clip} {file.FileName} · {file.Body.Length} bytes</li>"""))}</ul>""")}
            {Html.If(html is not null, $"""<details><summary>As HTML, without styles, scripts and pictures</summary><iframe sandbox srcdoc="{html?.Text}" title="The message as HTML"></iframe></details>""")}
            <details><summary>As it was sent</summary><pre>{System.Text.Encoding.UTF8.GetString(raw.AsSpan(0, Math.Min(raw.Length, 20_000)))}</pre></details>
            </article></div>
            """);
    }

    private Html LabelBadges(GoogleAccount account, GmailMessage message, string except) => Html.Join(
        mailboxes.Labels(account.Id).Where(label => label.Id != except && message.Has(label.Id)).Select(label => Html.Of($"""<span class="badge">{label.Name}</span>""")));

    private string BoxName(GoogleAccount account, string box) =>
        Boxes.FirstOrDefault(entry => entry.Id == box).Name ?? mailboxes.Labels(account.Id).FirstOrDefault(label => label.Id == box)?.Name ?? box;

    private static Html Here(bool here) => here ? Html.Of($""" aria-current="page" """) : Html.Empty;

    private static string Subject(GmailMessage message) => message.Subject.Length > 0 ? message.Subject : "(no subject)";

    private static string ShortName(string header) => MailAddress.ParseList(header) is [var first, ..] ? first.Name.Length > 0 ? first.Name : first.Address : header;
}
