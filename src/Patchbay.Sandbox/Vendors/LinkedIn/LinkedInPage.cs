using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Pages;
using Patchbay.Sandbox.Vendors.LinkedIn.Methods;

namespace Patchbay.Sandbox.Vendors.LinkedIn;

/// <summary>/world/linkedin: the feed, a member's profile or a company's page, as Mara sees them.</summary>
internal sealed class LinkedInPage(LinkedInWorld world, PostMethods posts, WorldShell shell)
{
    private static readonly TimeSpan New = TimeSpan.FromMinutes(1);

    public WorldPage Page => new("linkedin", "LinkedIn", "A feed with members and company pages that flows post to.", LinkedInIcons.Tile, ShowAsync)
    {
        Actions = new Dictionary<string, Func<HttpContext, IFormCollection, Task>> { ["post"] = PostAsync, ["like"] = LikeAsync, ["comment"] = CommentAsync },
    };

    private Task ShowAsync(HttpContext context)
    {
        var of = context.Request.Query["of"].ToString();
        if (world.NameOf(of).Length == 0)
            of = "";
        return shell.Of(new WorldView
        {
            Vendor = LinkedInOAuth.Vendor,
            Imitates = "LinkedIn",
            Slug = "linkedin",
            Hosts = ["api.linkedin.com", LinkedInOAuth.Host],
            Title = (of.Length == 0 ? "Feed" : world.NameOf(of)) + " on LinkedIn",
            Style = "linkedin.css",
            Side = Side(of),
            Middle = Middle(of),
        }).WriteAsync(context);
    }

    private Task PostAsync(HttpContext context, IFormCollection form)
    {
        if (form["text"].ToString().Trim() is { Length: > 0 and <= 3000 } text)
        {
            try
            {
                posts.Publish(new LinkedInPost
                {
                    Urn = "", Author = Viewer.Urn, Commentary = LittleText.Escape(text), Visibility = "PUBLIC", Lifecycle = "PUBLISHED", Created = 0, Modified = 0,
                    Distribution = new JsonObject { ["feedDistribution"] = "MAIN_FEED" },
                });
            }
            catch (LinkedInRefusal)
            {
                // The same words twice: the post that is there already is what the person sees.
            }
        }

        return BackAsync(context, form);
    }

    private Task LikeAsync(HttpContext context, IFormCollection form)
    {
        if (world.Post(form["post"]) is { } post)
        {
            if (world.Reaction(post.Urn, Viewer.Urn) is { } mine)
                world.Delete(mine);
            else
                world.Put(new LinkedInReaction(post.Urn, Viewer.Urn, "LIKE", world.Now.ToUnixTimeMilliseconds()));
        }

        return BackAsync(context, form);
    }

    private Task CommentAsync(HttpContext context, IFormCollection form)
    {
        if (world.Post(form["post"]) is { } post && form["text"].ToString().Trim() is { Length: > 0 and <= 1250 } text)
            world.Put(new LinkedInComment(world.NextId(), post.Urn, Viewer.Urn, text, world.Now.ToUnixTimeMilliseconds(), null));
        return BackAsync(context, form);
    }

    private Task BackAsync(HttpContext context, IFormCollection form)
    {
        var of = form["of"].ToString();
        context.Response.Redirect("/world/linkedin" + (world.NameOf(of).Length > 0 ? "?of=" + Uri.EscapeDataString(of) : ""));
        return Task.CompletedTask;
    }

    private LinkedInMember Viewer => world.Members()[0];

    private Html Side(string current) => Html.Of($"""
        <aside class="side" aria-label="LinkedIn" data-live="side">
        <div class="side-head">{LinkedInIcons.Tile}<span><b>LinkedIn</b><span>Seen as {Viewer.Name}</span></span></div>
        <nav aria-label="Feed"><ul>{Link("", "Feed", LinkedInIcons.Feed, current)}</ul></nav>
        <nav aria-label="People"><h2>People</h2><ul>{world.Members().Select(member => Link(member.Urn, member.Name, Icons.Person, current))}</ul></nav>
        <nav aria-label="Companies"><h2>Companies</h2><ul>{world.Organizations().Select(organization => Link(organization.Urn, organization.Name, LinkedInIcons.Company, current))}</ul></nav>
        <nav aria-label="Other places"><h2>Elsewhere</h2><ul><li><a href="/world/">{Icons.Back}<span class="name">All worlds</span></a></li></ul></nav>
        </aside>
        """);

    private static Html Link(string urn, string name, Html icon, string current) => Html.Of($"""
        <li><a href="/world/linkedin{(urn.Length > 0 ? "?of=" + Uri.EscapeDataString(urn) : "")}"{(urn == current ? Html.Of($""" aria-current="page" """) : Html.Empty)}>{icon}<span class="name">{name}</span></a></li>
        """);

    private Html Middle(string of)
    {
        var shown = of.Length == 0 ? world.Feed() : world.Posts(of);
        return Html.Of($"""
            <header class="middle-head" data-live="head">{(of.Length == 0 ? LinkedInIcons.Feed : world.OrganizationOf(of) is null ? Icons.Person : LinkedInIcons.Company)}<h1>{(of.Length == 0 ? "Feed" : world.NameOf(of))}</h1><p class="meta">{shown.Count} {(shown.Count == 1 ? "post" : "posts")}</p></header>
            <div class="scroll" tabindex="0" role="region" aria-label="Posts"><div class="li-feed">
            {Card(of)}
            {Html.If(of.Length == 0 || of == Viewer.Urn, $"""<form class="composer li-composer" method="post" action="/world/linkedin/post">{shell.GuardField}<input type="hidden" name="of" value="{of}"><input name="text" maxlength="3000" autocomplete="off" required aria-label="New post" placeholder="Post as {Viewer.Name}"><button aria-label="Post">{Icons.Send}</button></form>""")}
            <div class="li-posts" data-live="posts">{(shown.Count == 0 ? Html.Of($"""<p class="empty">Nothing was posted here yet. A flow that posts shows up at once.</p>""") : Html.Join(shown.Select(post => Post(post, of))))}</div>
            </div></div>
            """);
    }

    private Html Card(string of)
    {
        var (name, line, figures) = world.MemberOf(of) is { } member ? (member.Name, member.Headline, $"{member.Connections} connections")
            : world.OrganizationOf(of) is { } organization ? (organization.Name, organization.Tagline, $"{organization.Followers.ToString("#,0", CultureInfo.InvariantCulture)} followers") : ("", "", "");
        return name.Length == 0 ? Html.Empty : Html.Of($"""
            <section class="card li-card" aria-label="{name}"><div class="li-cover"></div><div class="li-about">{Face(of, big: true)}<h2>{name}</h2><p>{line}</p><p class="meta">{figures}</p></div></section>
            """);
    }

    private Html Post(LinkedInPost post, string of)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(post.Created);
        var fresh = world.Now - at < New && post.ClientId is not null;
        var (likes, comments) = (world.Reactions(post.Urn), world.Comments(post.Urn));
        var mine = likes.Any(like => like.Actor == Viewer.Urn);
        var words = LittleText.Read(post.Commentary, out var cut);
        return Html.Of($"""
            <article class="card li-post{(fresh ? " fresh" : "")}">
            <header>{Face(post.Author, big: false)}<div><b><a href="/world/linkedin?of={Uri.EscapeDataString(post.Author)}">{world.NameOf(post.Author)}</a></b><p class="meta">{world.MemberOf(post.Author)?.Headline ?? world.OrganizationOf(post.Author)?.Tagline}</p><p class="meta"><time>{at.ToString("d MMM HH:mm", CultureInfo.InvariantCulture)}</time>{(post.Modified > post.Created ? " · edited" : "")}{(post.Visibility == "PUBLIC" ? "" : " · " + post.Visibility.ToLowerInvariant())}{(post.Lifecycle == "DRAFT" ? " · draft" : "")}</p></div>{Html.If(fresh, $"""<span class="badge accent">just now</span>""")}</header>
            <p class="li-text">{words.Select(Piece)}</p>
            {Html.If(cut, $"""<p class="notice">{Icons.Alert}<span>LinkedIn cut this text at a reserved character that was not escaped.</span></p>""")}
            {Reshared(post)}{Content(post.Content)}
            <p class="meta li-counts">{likes.Count} {(likes.Count == 1 ? "reaction" : "reactions")} · {comments.Count} {(comments.Count == 1 ? "comment" : "comments")}</p>
            {Html.If(comments.Count > 0, $"""<ul class="li-comments">{comments.Select(comment => Html.Of($"""<li>{Face(comment.Actor, big: false)}<div><b>{world.NameOf(comment.Actor)}</b><p>{comment.Text}</p></div></li>"""))}</ul>""")}
            <footer><form method="post" action="/world/linkedin/like">{shell.GuardField}<input type="hidden" name="of" value="{of}"><input type="hidden" name="post" value="{post.Urn}"><button class="button small{(mine ? " primary" : "")}" aria-pressed="{(mine ? "true" : "false")}">{LinkedInIcons.Like}{(mine ? "Liked" : "Like")}</button></form>
            <form class="li-say" method="post" action="/world/linkedin/comment">{shell.GuardField}<input type="hidden" name="of" value="{of}"><input type="hidden" name="post" value="{post.Urn}"><input name="text" maxlength="1250" autocomplete="off" required aria-label="Comment" placeholder="Comment as {Viewer.GivenName}"><button class="button small">{LinkedInIcons.Talk}Comment</button></form></footer>
            </article>
            """);
    }

    private Html Reshared(LinkedInPost post) => world.Post(post.Reshare.Text("parent")) is { } shared
        ? Html.Of($"""<blockquote class="li-shared"><b>{world.NameOf(shared.Author)}</b><p class="li-text">{LittleText.Read(shared.Commentary).Select(Piece)}</p></blockquote>""") : Html.Empty;

    private Html Content(JsonObject? content)
    {
        if (content?["article"] is JsonObject article)
            return Html.Of($"""<div class="li-article"><b>{article.Text("title")}</b>{Html.If(article.Text("description") is not null, $"<p>{article.Text("description")}</p>")}<p class="meta">{(Uri.TryCreate(article.Text("source"), UriKind.Absolute, out var uri) ? uri.Host : "")}</p></div>""");
        if (content?["poll"] is JsonObject poll)
            return Html.Of($"""<div class="li-article"><b>{poll.Text("question")}</b><ul>{(poll["options"] as JsonArray ?? []).Select(option => Html.Of($"<li>{option.Text("text")}</li>"))}</ul></div>""");
        var media = (content.Child("multiImage").Child("images") as JsonArray ?? [.. content?["media"] is { } one ? [one.DeepClone()] : Array.Empty<JsonNode>()]).Select(item => (Item: item, Media: world.Media(item.Text("id")))).ToList();
        return Html.Join(media.Select(entry => Html.Of($"""<p class="li-media">{Icons.Clip}{entry.Media?.Kind ?? "media"}{Html.If(entry.Item.Text("title") is not null, $""" · {entry.Item.Text("title")}""")} · {entry.Media?.Received.Values.Sum() ?? 0} bytes</p>""")));
    }

    private Html Piece(LittlePiece piece) => piece.Urn switch
    {
        "" => Html.Of($"{piece.Words}"),
        "hashtag" => Html.Of($"""<b class="li-tag">{piece.Words}</b>"""),
        _ => Html.Of($"""<a href="/world/linkedin?of={Uri.EscapeDataString(piece.Urn)}">{piece.Words}</a>"""),
    };

    private Html Face(string urn, bool big) => Html.Of($"""<span class="face{(world.OrganizationOf(urn) is null ? "" : " li-square")}{(big ? " li-big" : "")}" aria-hidden="true">{ConsentPage.Initials(world.NameOf(urn))}</span>""");
}
