using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Vendors.Notion;

/// <summary>What the workspaces hold. The API, the consent page and the world page all go through here.</summary>
internal sealed class NotionWorld(Store store, LiveFeed live, TimeProvider time)
{
    private readonly Collection<NotionWorkspace> workspaces = new(store, "notion.workspace");
    private readonly Collection<NotionUser> users = new(store, "notion.user");
    private readonly Collection<NotionBot> bots = new(store, "notion.bot");
    private readonly Collection<NotionPageRecord> pages = new(store, "notion.page");
    private readonly Collection<NotionDatabase> databases = new(store, "notion.database");
    private readonly Collection<NotionSource> sources = new(store, "notion.source");
    private readonly Collection<NotionBlock> blocks = new(store, "notion.block");
    private long last;

    public Store Store => store;

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Bots stay: what people picked for an app is theirs and its grant's, and seed ids do not change.</summary>
    public void Clear()
    {
        workspaces.Clear();
        users.Clear();
        pages.Clear();
        databases.Clear();
        sources.Clear();
        blocks.Clear();
    }

    public IReadOnlyList<NotionWorkspace> Workspaces() => workspaces.List();

    public NotionWorkspace? Workspace(string id) => workspaces.Get(id);

    public void Put(NotionWorkspace workspace) => workspaces.Put(workspace.Id, workspace, sort: Next());

    public IReadOnlyList<NotionUser> Users(string workspaceId) => users.List(workspaceId);

    public NotionUser? User(string? id) => id is null ? null : users.Get(id);

    public void Put(NotionUser user) => users.Put(user.Id, user, user.WorkspaceId, Next());

    public NotionBot? Bot(string? id) => id is null ? null : bots.Get(id);

    public IReadOnlyList<NotionBot> Bots(string workspaceId) => bots.List(workspaceId);

    public void Put(NotionBot bot) => bots.Put(bot.Id, bot, bot.WorkspaceId);

    public NotionPageRecord? Page(string? id) => id is null ? null : pages.Get(id);

    public NotionDatabase? Database(string? id) => id is null ? null : databases.Get(id);

    public NotionSource? Source(string? id) => id is null ? null : sources.Get(id);

    public NotionBlock? Block(string? id) => id is null ? null : blocks.Get(id);

    /// <summary>Pages directly below a page, block, data source or workspace, oldest first.</summary>
    public List<NotionPageRecord> Pages(string parentId) => pages.List(parentId);

    public List<NotionDatabase> Databases(string parentId) => databases.List(parentId);

    public List<NotionSource> Sources(string databaseId) => sources.List(databaseId);

    public List<NotionBlock> Blocks(string parentId) => blocks.List(parentId);

    public bool HasBlocks(string parentId) => blocks.List(parentId).Exists(block => !block.InTrash);

    /// <summary>Every page, then every database of a workspace: for search.</summary>
    public IEnumerable<NotionThing> Everything(string workspaceId)
    {
        var open = new Stack<string>([workspaceId]);
        while (open.TryPop(out var parent))
        {
            foreach (var page in pages.List(parent))
            {
                yield return page;
                open.Push(page.Id);
            }

            foreach (var block in blocks.List(parent).Where(block => block.Type is not ("child_page" or "child_database")))
                open.Push(block.Id);
            foreach (var database in databases.List(parent))
            {
                yield return database;
                foreach (var source in sources.List(database.Id))
                {
                    yield return source;
                    open.Push(source.Id);
                }
            }
        }
    }

    public NotionThing? Find(string? id) => (NotionThing?)Page(id) ?? Database(id) ?? Source(id) ?? (NotionThing?)Block(id);

    /// <summary>The thing and everything above it, nearest first.</summary>
    public IEnumerable<NotionThing> Upward(NotionThing thing)
    {
        for (var at = thing; at is not null; at = at.Parent.Kind switch
        {
            NotionParentKind.Page => Page(at.Parent.Id),
            NotionParentKind.Block => Block(at.Parent.Id),
            NotionParentKind.Database => Database(at.Parent.Id),
            NotionParentKind.Source => (NotionThing?)Source(at.Parent.Id),
            _ => null,
        })
            yield return at;
    }

    /// <summary>Whether a bot was given the thing or something above it.</summary>
    public bool Sees(NotionBot bot, NotionThing thing) =>
        thing.WorkspaceId == bot.WorkspaceId && Upward(thing).Any(step => bot.Picked.Contains(step.Id));

    public void Put(NotionThing thing)
    {
        switch (thing)
        {
            case NotionPageRecord page:
                pages.Put(page.Id, page, page.Parent.Id, page.Sort);
                break;
            case NotionDatabase database:
                databases.Put(database.Id, database, database.Parent.Id, database.Sort);
                break;
            case NotionSource source:
                sources.Put(source.Id, source, source.Parent.Id, source.Sort);
                break;
            case NotionBlock block:
                blocks.Put(block.Id, block, block.Parent.Id, block.Sort);
                break;
        }

        live.Changed("notion");
    }

    /// <summary>Notes on a thing, and on the page it stands on, who changed it now.</summary>
    public void Touch(NotionThing thing, string by)
    {
        foreach (var step in Upward(thing).TakeWhile(step => step.Id == thing.Id || thing is NotionBlock))
        {
            Put(step with { LastEditedTime = Now, LastEditedBy = by });
            if (step is NotionPageRecord)
                break;
        }
    }

    /// <summary>Something moved into or out of the trash takes its line in the parent's text with it.</summary>
    public void Trash(NotionThing thing, bool trashed, string by)
    {
        Put(thing with { InTrash = trashed, LastEditedTime = Now, LastEditedBy = by });
        if (thing is not NotionBlock && Block(thing.Id) is { } line)
            Put(line with { InTrash = trashed });
        if (thing is NotionBlock { Type: "child_page" or "child_database" } && Find(thing.Id) is { } child)
            Put(child with { InTrash = trashed, LastEditedTime = Now, LastEditedBy = by });
    }

    /// <summary>A sort key after every one before.</summary>
    public string Next()
    {
        last = Math.Max(time.GetUtcNow().ToUnixTimeMilliseconds() * 1000, last + 1);
        return last.ToString("D18", CultureInfo.InvariantCulture);
    }

    /// <summary>The page or database as a line of its parent's text.</summary>
    public void PutLine(NotionThing child) => Put(new NotionBlock
    {
        Id = child.Id,
        WorkspaceId = child.WorkspaceId,
        Parent = child.Parent,
        CreatedTime = child.CreatedTime,
        CreatedBy = child.CreatedBy,
        LastEditedTime = child.LastEditedTime,
        LastEditedBy = child.LastEditedBy,
        Sort = Next(),
        Type = child is NotionDatabase ? "child_database" : "child_page",
        Content = [],
    });

    public static string TitleOf(NotionThing thing) => thing switch
    {
        NotionPageRecord page => Values.RichText.Plain(page.Values["title"] as JsonArray),
        NotionDatabase database => Values.RichText.Plain(database.Title),
        NotionSource source => Values.RichText.Plain(source.Title),
        _ => "",
    };
}
