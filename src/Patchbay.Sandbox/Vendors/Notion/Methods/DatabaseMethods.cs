using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors.Notion.Query;
using Patchbay.Sandbox.Vendors.Notion.Values;

namespace Patchbay.Sandbox.Vendors.Notion.Methods;

/// <summary>Databases and data sources. Before 2025-09-03 a database answers for its only data source.</summary>
internal sealed class DatabaseMethods(NotionWorld world, NotionShapes shapes, PropertyShapes properties, PropertySchema schemas, RichText richText, FileValue files) : INotionMethods
{
    public IReadOnlyList<NotionMethod> Methods =>
    [
        new("POST", "/databases", NotionCapabilities.Insert, Create),
        new("GET", "/databases/{id}", NotionCapabilities.Read, Get),
        new("PATCH", "/databases/{id}", NotionCapabilities.Update, Update),
        new("POST", "/databases/{id}/query", NotionCapabilities.Read, call => Query(call, call.OnlySource(call.Id("database_id")))) { Exists = version => !version.HasSources },
        new("POST", "/data_sources", NotionCapabilities.Insert, CreateSource) { Exists = version => version.HasSources },
        new("GET", "/data_sources/{id}", NotionCapabilities.Read, call => shapes.Source(call.Source(call.Id("data_source_id")), call)) { Exists = version => version.HasSources },
        new("PATCH", "/data_sources/{id}", NotionCapabilities.Update, UpdateSource) { Exists = version => version.HasSources },
        new("POST", "/data_sources/{id}/query", NotionCapabilities.Read, call => Query(call, call.Source(call.Id("data_source_id")))) { Exists = version => version.HasSources },
    ];

    private JsonObject Get(NotionCall call)
    {
        var database = call.Database(call.Id("database_id"));
        if (!call.Version.HasSources)
            _ = call.OnlySource(database.Id);
        return shapes.Database(database, call);
    }

    private JsonObject Query(NotionCall call, NotionSource source)
    {
        var test = new Filter(source, properties, call).Read(call.Body["filter"]);
        var trashed = call.Body.Flag("in_trash") || call.Body.Flag("archived");
        var rows = world.Pages(source.Id).Where(page => page.InTrash == trashed && test(page));
        var sorted = new Sorts(source, properties).Apply(rows, call.Body["sorts"]);
        var only = PageMethods.Only(call);
        return call.List(sorted, page => page.Id, page => shapes.Page(page, call, only), call.Version.HasSources ? "page_or_data_source" : "page_or_database", inQuery: false);
    }

    private JsonObject Create(NotionCall call)
    {
        var parent = Parent(call);
        var database = new NotionDatabase
        {
            Id = NotionIds.New(), WorkspaceId = call.Bot.WorkspaceId, Parent = parent, CreatedTime = world.Now, CreatedBy = call.Bot.Id, LastEditedTime = world.Now, LastEditedBy = call.Bot.Id, Sort = world.Next(),
            Title = call.Body["title"] is { } title ? richText.Read(title, "title") : [],
            Description = call.Body["description"] is { } description ? richText.Read(description, "description") : [],
            Icon = files.Icon(call.Body["icon"], "icon", call),
            Cover = files.Cover(call.Body["cover"], "cover", call),
            IsInline = call.Body.Flag("is_inline"),
        };
        var sourceId = NotionIds.New();
        var schema = call.Version.HasSources
            ? schemas.Create(call.Body["initial_data_source"].Child("properties") ?? new JsonObject { ["Name"] = new JsonObject { ["title"] = new JsonObject() } }, "initial_data_source.properties", call, sourceId)
            : schemas.Create(call.Body["properties"], "properties", call, sourceId);
        if (call.Version.HasSources && call.Body["properties"] is { } misplaced)
            throw NotionRefusal.Body("properties", "not present", misplaced);
        world.Put(database);
        Store(database, sourceId, schema, database.Title, call);
        if (parent.Kind == NotionParentKind.Workspace)
            world.Put(call.Bot with { Picked = [.. call.Bot.Picked, database.Id] });
        else
            world.PutLine(database);
        return shapes.Database(database, call);
    }

    private JsonObject Update(NotionCall call)
    {
        var database = call.Database(call.Id("database_id"));
        if (PageMethods.TrashOf(call) is { } trashed && trashed != database.InTrash)
        {
            world.Trash(database, trashed, call.Bot.Id);
            database = world.Database(database.Id)!;
        }

        database = database with
        {
            Title = call.Body["title"] is { } title ? richText.Read(title, "title") : database.Title,
            Description = call.Body["description"] is { } description ? richText.Read(description, "description") : database.Description,
            Icon = call.Body.ContainsKey("icon") ? files.Icon(call.Body["icon"], "icon", call) : database.Icon,
            Cover = call.Body.ContainsKey("cover") ? files.Cover(call.Body["cover"], "cover", call) : database.Cover,
            IsInline = call.Body["is_inline"] is null ? database.IsInline : call.Body.Flag("is_inline"),
            LastEditedTime = world.Now,
            LastEditedBy = call.Bot.Id,
        };
        world.Put(database);
        if (call.Body["properties"] is { } changes)
        {
            if (call.Version.HasSources)
                throw NotionRefusal.Body("properties", "not present", changes);
            Change(call.OnlySource(database.Id), call);
        }

        if (!call.Version.HasSources && call.Body["title"] is not null)
            world.Put(call.OnlySource(database.Id) with { Title = (JsonArray)database.Title.DeepClone() });
        return shapes.Database(database, call);
    }

    private JsonObject CreateSource(NotionCall call)
    {
        var database = call.Database(NotionCall.BodyId(call.Body["parent"], "database_id", "parent.database_id"));
        call.DemandAlive(database);
        var id = NotionIds.New();
        var title = call.Body["title"] is { } given ? richText.Read(given, "title") : RichText.Of("New data source");
        return shapes.Source(Store(database, id, schemas.Create(call.Body["properties"], "properties", call, id), title, call), call);
    }

    private JsonObject UpdateSource(NotionCall call)
    {
        var source = call.Source(call.Id("data_source_id"));
        if (PageMethods.TrashOf(call) is { } trashed && trashed != source.InTrash)
        {
            world.Trash(source, trashed, call.Bot.Id);
            source = world.Source(source.Id)!;
        }

        source = source with
        {
            Title = call.Body["title"] is { } title ? richText.Read(title, "title") : source.Title,
            Description = call.Body["description"] is { } description ? richText.Read(description, "description") : source.Description,
            Icon = call.Body.ContainsKey("icon") ? files.Icon(call.Body["icon"], "icon", call) : source.Icon,
        };
        world.Put(source);
        return shapes.Source(call.Body["properties"] is null ? source : Change(source, call), call);
    }

    private NotionSource Change(NotionSource source, NotionCall call)
    {
        call.DemandAlive(source);
        var schema = (JsonObject)source.Schema.DeepClone();
        schemas.Update(schema, call.Body["properties"], "properties", call, source.Id);
        source = source with { Schema = schema, LastEditedTime = world.Now, LastEditedBy = call.Bot.Id };
        world.Put(source);
        return source;
    }

    private NotionSource Store(NotionDatabase database, string id, JsonObject schema, JsonArray title, NotionCall call)
    {
        var source = new NotionSource
        {
            Id = id, WorkspaceId = database.WorkspaceId, Parent = new NotionParent(NotionParentKind.Database, database.Id), CreatedTime = world.Now, CreatedBy = call.Bot.Id,
            LastEditedTime = world.Now, LastEditedBy = call.Bot.Id, Sort = world.Next(), Title = (JsonArray)title.DeepClone(), Schema = schema,
        };
        world.Put(source);
        return source;
    }

    private static NotionParent Parent(NotionCall call)
    {
        var parent = call.Body["parent"] as JsonObject ?? throw NotionRefusal.Missing("parent");
        if (parent.Flag("workspace"))
            return new NotionParent(NotionParentKind.Workspace, call.Bot.WorkspaceId);
        var page = call.Page(NotionCall.BodyId(parent, "page_id", "parent.page_id"));
        call.DemandAlive(page);
        return new NotionParent(NotionParentKind.Page, page.Id);
    }
}
