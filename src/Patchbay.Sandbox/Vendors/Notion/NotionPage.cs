using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Pages;
using Patchbay.Sandbox.Vendors.Notion.Blocks;
using Patchbay.Sandbox.Vendors.Notion.Values;

namespace Patchbay.Sandbox.Vendors.Notion;

/// <summary>/world/notion: the workspace as a person sees it, a page or a table at a time, and which apps may see it too.</summary>
internal sealed class NotionPage
{
    private readonly NotionWorld world;
    private readonly NotionComments comments;
    private readonly PropertyShapes properties;
    private readonly BlockWriter writer;
    private readonly WorldShell shell;
    private readonly NotionText text;

    public NotionPage(NotionWorld world, NotionComments comments, PropertyShapes properties, BlockWriter writer, WorldShell shell)
    {
        (this.world, this.comments, this.properties, this.writer, this.shell) = (world, comments, properties, writer, shell);
        text = new NotionText(world, () => shell.GuardField);
    }

    public WorldPage Page => new("notion", "Notion", "A workspace with pages, a client table and a checklist, shared with apps page by page.", NotionIcons.Tile, ShowAsync)
    {
        Actions = new Dictionary<string, Func<HttpContext, IFormCollection, Task>>
        {
            ["write"] = WriteAsync, ["tick"] = TickAsync, ["row"] = RowAsync, ["comment"] = CommentAsync, ["share"] = ShareAsync,
        },
    };

    private Task ShowAsync(HttpContext context)
    {
        var chosen = Chosen(context.Request.Query["page"].ToString(), context.Request.Query["workspace"].ToString());
        return shell.Of(new WorldView
        {
            Vendor = NotionOAuth.Vendor,
            Imitates = "Notion",
            Slug = "notion",
            Hosts = [NotionOAuth.Host, NotionFiles.Host],
            Title = NotionText.Title(chosen) + " in Notion",
            Style = "notion.css",
            Side = Side(chosen),
            Middle = Middle(chosen),
        }).WriteAsync(context);
    }

    private Task WriteAsync(HttpContext context, IFormCollection form)
    {
        if (world.Page(NotionIds.Parse(form["page"])) is { } page && form["text"].ToString().Trim() is { Length: > 0 and <= RichText.LongestText } words)
            writer.Insert(page, [new BlockDraft("paragraph", new JsonObject { ["rich_text"] = RichText.Of(words), ["color"] = "default" }, [])], Viewer(page.WorkspaceId).Id);
        return BackAsync(context, form["page"].ToString());
    }

    private Task TickAsync(HttpContext context, IFormCollection form)
    {
        if (world.Block(NotionIds.Parse(form["block"])) is not { Type: "to_do" } block)
            return BackAsync(context, "");
        var content = (JsonObject)block.Content.DeepClone();
        content["checked"] = !content.Flag("checked");
        block = block with { Content = content };
        world.Put(block);
        world.Touch(block, Viewer(block.WorkspaceId).Id);
        return BackAsync(context, world.Upward(block).OfType<NotionPageRecord>().First().Id);
    }

    private Task RowAsync(HttpContext context, IFormCollection form)
    {
        if (world.Source(NotionIds.Parse(form["source"])) is not { } source)
            return BackAsync(context, "");
        if (form["title"].ToString().Trim() is { Length: > 0 and <= RichText.LongestText } title)
        {
            var by = Viewer(source.WorkspaceId).Id;
            world.Put(new NotionPageRecord
            {
                Id = NotionIds.New(), WorkspaceId = source.WorkspaceId, Parent = new NotionParent(NotionParentKind.Source, source.Id), CreatedTime = world.Now, CreatedBy = by,
                LastEditedTime = world.Now, LastEditedBy = by, Sort = world.Next(), Values = new JsonObject { ["title"] = RichText.Of(title) },
            });
        }

        return BackAsync(context, source.Parent.Id);
    }

    private Task CommentAsync(HttpContext context, IFormCollection form)
    {
        if (world.Page(NotionIds.Parse(form["page"])) is { } page && form["text"].ToString().Trim() is { Length: > 0 and <= RichText.LongestText } words)
            comments.Put(new NotionComment
            {
                Id = NotionIds.New(), WorkspaceId = page.WorkspaceId, Parent = new NotionParent(NotionParentKind.Page, page.Id), DiscussionId = NotionIds.New(), RichText = RichText.Of(words),
                CreatedTime = world.Now, LastEditedTime = world.Now, CreatedBy = Viewer(page.WorkspaceId).Id, Sort = world.Next(),
            });
        return BackAsync(context, form["page"].ToString());
    }

    /// <summary>Lets an app see a page, or no longer: what "Connections" in a page's menu does at Notion.</summary>
    private Task ShareAsync(HttpContext context, IFormCollection form)
    {
        if (world.Find(NotionIds.Parse(form["page"])) is { } thing && world.Bot(form["bot"]) is { } bot && bot.WorkspaceId == thing.WorkspaceId)
            world.Put(bot with { Picked = bot.Picked.Contains(thing.Id) ? [.. bot.Picked.Where(id => id != thing.Id)] : [.. bot.Picked, thing.Id] });
        return BackAsync(context, form["page"].ToString());
    }

    private static Task BackAsync(HttpContext context, string page)
    {
        context.Response.Redirect($"/world/notion?page={NotionIds.Parse(page)}");
        return Task.CompletedTask;
    }

    private NotionThing Chosen(string id, string workspaceId)
    {
        if (world.Find(NotionIds.Parse(id)) is { } found and not NotionBlock)
            return found is NotionSource ? world.Database(found.Parent.Id)! : found;
        var workspace = world.Workspace(workspaceId) ?? world.Workspaces()[0];
        return Tops(workspace.Id).FirstOrDefault() ?? new NotionPageRecord
        {
            Id = workspace.Id, WorkspaceId = workspace.Id, Parent = new NotionParent(NotionParentKind.Workspace, workspace.Id), CreatedTime = world.Now, CreatedBy = "", LastEditedTime = world.Now,
            LastEditedBy = "", Sort = "", Values = new JsonObject { ["title"] = RichText.Of("Nothing here") },
        };
    }

    private IEnumerable<NotionThing> Tops(string workspaceId) =>
        world.Pages(workspaceId).Concat<NotionThing>(world.Databases(workspaceId)).Where(thing => !thing.InTrash).OrderBy(thing => thing.Sort, StringComparer.Ordinal);

    private NotionUser Viewer(string workspaceId) => world.Users(workspaceId)[0];

    private Html Side(NotionThing current)
    {
        var workspace = world.Workspace(current.WorkspaceId)!;
        return Html.Of($"""
            <aside class="side" aria-label="Workspace" data-live="side">
            <div class="side-head">{NotionIcons.Tile}<span><b>{workspace.Name}</b><span>Seen as {Viewer(workspace.Id).Name}</span></span></div>
            <nav aria-label="Pages"><h2>Pages</h2><ul class="note-tree">{Tops(workspace.Id).Select(thing => Branch(thing, current, 0))}</ul></nav>
            <nav aria-label="Other places"><h2>Elsewhere</h2><ul>{world.Workspaces().Where(other => other.Id != workspace.Id).Select(other => Html.Of($"""<li><a href="/world/notion?workspace={other.Id}"><span class="face" aria-hidden="true">{ConsentPage.Initials(other.Name)}</span><span class="name">{other.Name}</span></a></li>"""))}<li><a href="/world/">{Icons.Back}<span class="name">All worlds</span></a></li></ul></nav>
            </aside>
            """);
    }

    private Html Branch(NotionThing thing, NotionThing current, int depth)
    {
        var below = depth < 3 && thing is NotionPageRecord ? world.Blocks(thing.Id).Where(block => !block.InTrash && block.Type is "child_page" or "child_database").Select(block => world.Find(block.Id)).OfType<NotionThing>().ToList() : [];
        var mine = (thing as NotionPageRecord)?.PrivateTo is not null;
        return Html.Of($"""
            <li><a class="depth-{depth}" href="/world/notion?page={thing.Id}"{(thing.Id == current.Id ? Html.Of($""" aria-current="page" """) : Html.Empty)}>{NotionText.Icon(thing)}<span class="name">{NotionText.Title(thing)}</span>{Html.If(mine, $"""<span class="count">private</span>""")}</a></li>{below.Select(child => Branch(child, current, depth + 1))}
            """);
    }

    private Html Middle(NotionThing thing)
    {
        var trail = world.Upward(thing).Skip(1).Where(step => step is NotionPageRecord or NotionDatabase).Reverse().ToList();
        return Html.Of($"""
            <header class="middle-head" data-live="head"><p class="meta note-trail">{trail.Select(step => Html.Of($"""<a href="/world/notion?page={step.Id}">{NotionText.Title(step)}</a> / """))}{NotionText.Title(thing)}</p>{Html.If(thing.InTrash, $"""<span class="badge warn">In the trash</span>""")}<p class="meta note-edited">Edited by {Name(thing.LastEditedBy)}, {thing.LastEditedTime.ToString("d MMM HH:mm", CultureInfo.InvariantCulture)}</p></header>
            <div class="scroll" tabindex="0" role="region" aria-label="Page"><article class="note{(thing is NotionDatabase ? " wide" : "")}">
            <div data-live="note"><div class="note-icon" aria-hidden="true">{NotionText.Icon(thing)}</div><h1>{NotionText.Title(thing)}</h1>
            {Apps(thing)}
            {(thing is NotionDatabase database ? Tables(database) : Sheet((NotionPageRecord)thing))}</div>
            {(thing is NotionPageRecord page ? Writing(page) : Html.Empty)}
            </article></div>
            """);
    }

    private Html Apps(NotionThing thing)
    {
        var bots = world.Bots(thing.WorkspaceId);
        return bots.Count == 0
            ? Html.Of($"""<p class="note-apps meta">No app is connected to this workspace.</p>""")
            : Html.Of($"""<div class="note-apps">{bots.Select(bot => App(bot, thing))}</div>""");
    }

    private Html App(NotionBot bot, NotionThing thing)
    {
        var above = world.Upward(thing).Skip(1).FirstOrDefault(step => bot.Picked.Contains(step.Id));
        var sees = world.Sees(bot, thing);
        return Html.Of($"""
            <form method="post" action="/world/notion/share" class="status {(sees ? "ok" : "off")}">{shell.GuardField}<input type="hidden" name="page" value="{thing.Id}"><input type="hidden" name="bot" value="{bot.Id}">{(sees ? Icons.Eye : Icons.Lock)}<span>{bot.Name} {(above is not null ? $"sees this through {NotionText.Title(above)}" : sees ? "sees this" : "cannot see this")}</span>{Html.If(above is null, $"""<button class="button small">{(sees ? "Stop sharing" : "Share")}</button>""")}</form>
            """);
    }

    private Html Sheet(NotionPageRecord page)
    {
        var rows = Html.Empty;
        if (page.Parent.Kind == NotionParentKind.Source && world.Source(page.Parent.Id) is { } source)
            rows = Html.Of($"""<dl class="note-facts">{source.Schema.Select(entry => (JsonObject)entry.Value!).Where(property => property.Text("type") != "title").Select(property => Html.Of($"<div><dt>{property.Text("name")}</dt><dd>{Cell(page, property)}</dd></div>"))}</dl>""");
        var blocks = text.Blocks(page.Id);
        return Html.Of($"""{rows}<div class="note-text">{(blocks.ToString().Length > 0 ? blocks : Html.Of($"""<p class="empty">This page is empty. Write below, or let a flow add to it.</p>"""))}</div>{Discussion(page)}""");
    }

    private Html Discussion(NotionPageRecord page)
    {
        var said = world.Blocks(page.Id).Where(block => block.Type is not ("child_page" or "child_database")).SelectMany(block => comments.On(block.Id)).Concat(comments.On(page.Id)).OrderBy(comment => comment.Sort, StringComparer.Ordinal).ToList();
        return said.Count == 0 ? Html.Empty : Html.Of($"""
            <section class="note-comments" aria-label="Comments"><h2>Comments</h2><ul>{said.Select(comment => Html.Of($"""
            <li><span class="face" aria-hidden="true">{ConsentPage.Initials(Name(comment.CreatedBy))}</span><div><b>{Name(comment.CreatedBy)}</b> <time>{comment.CreatedTime.ToString("d MMM HH:mm", CultureInfo.InvariantCulture)}</time><p>{NotionText.Rich(comment.RichText)}</p></div></li>
            """))}</ul></section>
            """);
    }

    private Html Writing(NotionPageRecord page) => Html.Of($"""
        <form class="composer note-composer" method="post" action="/world/notion/write">{shell.GuardField}<input type="hidden" name="page" value="{page.Id}"><input name="text" maxlength="2000" autocomplete="off" required aria-label="New paragraph" placeholder="Write a paragraph as {Viewer(page.WorkspaceId).Name}"><button aria-label="Add">{Icons.Send}</button></form>
        <form class="composer note-composer" method="post" action="/world/notion/comment">{shell.GuardField}<input type="hidden" name="page" value="{page.Id}"><input name="text" maxlength="2000" autocomplete="off" required aria-label="Comment" placeholder="Comment"><button aria-label="Send comment">{Icons.Send}</button></form>
        """);

    private Html Tables(NotionDatabase database) => Html.Join(world.Sources(database.Id).Where(source => !source.InTrash).Select(source =>
    {
        var columns = source.Schema.Select(entry => (JsonObject)entry.Value!).OrderBy(property => property.Text("type") == "title" ? 0 : 1).ToList();
        var rows = world.Pages(source.Id).Where(page => !page.InTrash).ToList();
        return Html.Of($"""
            {Html.If(world.Sources(database.Id).Count > 1, $"<h2>{NotionText.Title(source)}</h2>")}
            <div class="note-grid" tabindex="0" role="region" aria-label="{NotionText.Title(source)}"><table><thead><tr>{columns.Select(column => Html.Of($"""<th scope="col">{column.Text("name")}</th>"""))}</tr></thead>
            <tbody>{rows.Select(page => Html.Of($"""<tr{(IsFresh(page) ? Html.Of($""" class="fresh" """) : Html.Empty)}>{columns.Select(column => Html.Of($"<td>{Cell(page, column)}</td>"))}</tr>"""))}</tbody></table></div>
            <p class="meta">{rows.Count} {(rows.Count == 1 ? "row" : "rows")}</p>
            <form class="composer note-composer" method="post" action="/world/notion/row">{shell.GuardField}<input type="hidden" name="source" value="{source.Id}"><input name="title" maxlength="200" autocomplete="off" required aria-label="New row" placeholder="New row as {Viewer(database.WorkspaceId).Name}"><button aria-label="Add row">{Icons.Send}</button></form>
            """);
    }));

    private Html Cell(NotionPageRecord page, JsonObject property)
    {
        var id = property.Text("id")!;
        switch (property.Text("type"))
        {
            case "title":
                return Html.Of($"""<a class="note-row" href="/world/notion?page={page.Id}">{NotionText.Title(page)}</a>""");
            case "select" or "status":
                return PropertyShapes.Option(property, page.Values[id]?.ToString()) is { } option ? Chip(option) : Html.Empty;
            case "multi_select":
                return Html.Join(Relations.Ids(page.Values[id]).Select(choice => PropertyShapes.Option(property, choice)).OfType<JsonObject>().Select(Chip));
            case "checkbox":
                var on = page.Values[id]?.GetValue<bool>() == true;
                return Html.Of($"""<span class="note-box{(on ? " on" : "")}"><span class="sr">{(on ? "Yes" : "No")}</span></span>""");
            case "number" when page.Values[id] is JsonValue number && number.TryGetValue<double>(out var amount):
                return Html.Of($"""<span class="note-number">{Amount(amount, property["number"].Text("format"))}</span>""");
            case "created_time" or "last_edited_time":
                return Html.Of($"{(property.Text("type") == "created_time" ? page.CreatedTime : page.LastEditedTime).ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture)}");
            case "rich_text":
                return NotionText.Rich(page.Values[id]);
            case "url":
                return NotionText.Link(page.Values[id]?.ToString() ?? "", Html.Of($"{page.Values[id]?.ToString()}"));
            default:
                return Html.Of($"{properties.Words(page, property)}");
        }
    }

    private static Html Chip(JsonObject option) => Html.Of($"""<span class="note-chip {option.Text("color")}">{option.Text("name")}</span>""");

    private static string Amount(double amount, string? format) => (format switch
    {
        "euro" => "€",
        "dollar" => "$",
        "pound" => "£",
        _ => "",
    }) + amount.ToString(format is "percent" ? "0.##%" : format is null or "number" ? "0.##" : "#,0.##", CultureInfo.InvariantCulture);

    private bool IsFresh(NotionPageRecord page) => world.Now - page.LastEditedTime < TimeSpan.FromMinutes(1) && world.Bot(page.LastEditedBy) is not null;

    private string Name(string id) => world.User(id)?.Name ?? world.Bot(id)?.Name ?? "Somebody";
}
