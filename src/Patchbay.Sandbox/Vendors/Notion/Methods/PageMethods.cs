using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors.Notion.Blocks;
using Patchbay.Sandbox.Vendors.Notion.Values;

namespace Patchbay.Sandbox.Vendors.Notion.Methods;

/// <summary>Pages, which are also the rows of data sources.</summary>
internal sealed class PageMethods(NotionWorld world, NotionShapes shapes, PropertyShapes properties, PropertyValues values, FileValue files, BlockReader reader, BlockWriter writer) : INotionMethods
{
    public IReadOnlyList<NotionMethod> Methods =>
    [
        new("POST", "/pages", NotionCapabilities.Insert, Create),
        new("GET", "/pages/{id}", NotionCapabilities.Read, call => shapes.Page(call.Page(call.Id("page_id")), call, Only(call))),
        new("PATCH", "/pages/{id}", NotionCapabilities.Update, Update),
        new("GET", "/pages/{id}/properties/{property}", NotionCapabilities.Read, Property),
        new("POST", "/pages/{id}/move", NotionCapabilities.Update, Move),
    ];

    public static IReadOnlyList<string>? Only(NotionCall call) =>
        call.Context.Request.Query["filter_properties"].Concat(call.Context.Request.Query["filter_properties[]"]).OfType<string>().ToList() is { Count: > 0 } only ? only : null;

    private JsonObject Create(NotionCall call)
    {
        var (parent, source) = Parent(call);
        if (call.Body["children"] is not null && call.Body["markdown"] is { } both)
            throw NotionRefusal.Body("markdown", "not present", both);
        var drafts = call.Body["children"] is { } children ? reader.ReadAll(children, "children", call) : Markdown.MarkdownReader.Read(call.Body.Text("markdown") ?? "");
        if (drafts.Count > 0 && call.Body["template"].Text("type") is "default" or "template_id")
            throw NotionRefusal.Validation("children cannot be given together with a template.");
        var page = new NotionPageRecord
        {
            Id = NotionIds.New(), WorkspaceId = call.Bot.WorkspaceId, Parent = parent, CreatedTime = world.Now, CreatedBy = call.Bot.Id, LastEditedTime = world.Now, LastEditedBy = call.Bot.Id,
            Sort = world.Next(), Values = [],
            Icon = files.Icon(call.Body["icon"], "icon", call),
            Cover = files.Cover(call.Body["cover"], "cover", call),
        };
        if (call.Body["properties"] is not null || source is null)
            source = Write(page.Values, source, call);
        if (source is not null)
            Number(page, source);
        world.Put(page);
        if (source is not null)
            Relations.Mirror(world, page, [], source.Schema);
        else if (parent.Kind == NotionParentKind.Workspace)
            world.Put(call.Bot with { Picked = [.. call.Bot.Picked, page.Id] });
        else
            world.PutLine(page);
        writer.Insert(page, drafts, call.Bot.Id);
        return shapes.Page(page, call);
    }

    private JsonObject Update(NotionCall call)
    {
        var page = call.Page(call.Id("page_id"));
        var trash = TrashOf(call);
        if (trash is not false)
            call.DemandAlive(page, itself: trash is null && page.InTrash);
        if (trash is { } trashed && trashed != page.InTrash)
        {
            world.Trash(page, trashed, call.Bot.Id);
            page = world.Page(page.Id)!;
        }

        if (call.Body.ContainsKey("icon"))
            page = page with { Icon = files.Icon(call.Body["icon"], "icon", call) };
        if (call.Body.ContainsKey("cover"))
            page = page with { Cover = files.Cover(call.Body["cover"], "cover", call) };
        var before = page.Values;
        page = page with { Values = (JsonObject)before.DeepClone(), LastEditedTime = world.Now, LastEditedBy = call.Bot.Id };
        var source = page.Parent.Kind == NotionParentKind.Source ? world.Source(page.Parent.Id) : null;
        if (call.Body["properties"] is not null)
            source = Write(page.Values, source, call);
        if (call.Body.Flag("erase_content"))
        {
            foreach (var block in world.Blocks(page.Id))
                world.Trash(block, true, call.Bot.Id);
        }

        world.Put(page);
        if (source is not null)
            Relations.Mirror(world, page, before, source.Schema);
        return shapes.Page(page, call);
    }

    /// <summary>One property by itself; those that are lists come as pages of items.</summary>
    private JsonObject Property(NotionCall call)
    {
        var page = call.Page(call.Id("page_id"));
        var wanted = Uri.UnescapeDataString((string?)call.Context.Request.RouteValues["property"] ?? "");
        var schema = page.Parent.Kind == NotionParentKind.Source ? world.Source(page.Parent.Id)!.Schema
            : new JsonObject { ["title"] = new JsonObject { ["id"] = "title", ["name"] = "title", ["type"] = "title" } };
        var property = PropertySchema.Find(schema, wanted) ?? throw NotionRefusal.NotFound("property", wanted, call.Bot.Name);
        var type = property.Text("type")!;
        var value = properties.Value(page, property, call.Can(NotionCapabilities.ReadUsers));
        if (type is not ("title" or "rich_text" or "relation" or "people"))
            return new JsonObject { ["object"] = "property_item", ["type"] = type, ["id"] = property.Text("id"), [type] = value };

        var items = ((JsonArray)value!).Select((item, index) => (Item: item!, Index: index)).ToList();
        // Items have no ids of their own: their cursor is a UUID made from where they stand.
        var list = call.List(items, item => NotionIds.Stable(string.Create(CultureInfo.InvariantCulture, $"{page.Id}/{property.Text("id")}/{item.Index}")),
            item => new JsonObject { ["object"] = "property_item", ["type"] = type, ["id"] = property.Text("id"), [type] = item.Item.DeepClone() }, "property_item", inQuery: true);
        list["property_item"] = new JsonObject { ["id"] = property.Text("id"), ["next_url"] = null, ["type"] = type, [type] = new JsonObject() };
        return list;
    }

    private JsonObject Move(NotionCall call)
    {
        var page = call.Page(call.Id("page_id"));
        call.DemandAlive(page);
        var (parent, source) = Parent(call);
        if (page.Parent.Kind == NotionParentKind.Source || source is not null)
            throw NotionRefusal.Validation("This sandbox moves pages below pages only, not rows.");
        if (world.Find(parent.Id) is { } above && world.Upward(above).Any(step => step.Id == page.Id))
            throw NotionRefusal.Validation("A page cannot be moved below itself.");
        page = page with { Parent = parent, LastEditedTime = world.Now, LastEditedBy = call.Bot.Id };
        world.Put(page);
        world.PutLine(page);
        return shapes.Page(page, call);
    }

    private static (NotionParent Parent, NotionSource? Source) Parent(NotionCall call)
    {
        if (call.Body["parent"] is not JsonObject parent)
            throw call.Body["parent"] is null ? NotionRefusal.Missing("parent") : NotionRefusal.Body("parent", "an object", call.Body["parent"]);
        if (parent["page_id"] is not null)
        {
            var above = call.Page(NotionCall.BodyId(parent, "page_id", "parent.page_id"));
            call.DemandAlive(above);
            return (new NotionParent(NotionParentKind.Page, above.Id), null);
        }

        if (parent["data_source_id"] is not null && call.Version.HasSources)
        {
            var source = call.Source(NotionCall.BodyId(parent, "data_source_id", "parent.data_source_id"));
            call.DemandAlive(source);
            return (new NotionParent(NotionParentKind.Source, source.Id), source);
        }

        if (parent["database_id"] is not null)
        {
            var source = call.OnlySource(NotionCall.BodyId(parent, "database_id", "parent.database_id"));
            call.DemandAlive(source);
            return (new NotionParent(NotionParentKind.Source, source.Id), source);
        }

        if (parent.Flag("workspace"))
            return (new NotionParent(NotionParentKind.Workspace, call.Bot.WorkspaceId), null);
        throw NotionRefusal.Missing(call.Version.HasSources ? "parent.data_source_id" : "parent.database_id");
    }

    /// <summary>Writes the body's properties; options they brought along are kept with the data source.</summary>
    private NotionSource? Write(JsonObject stored, NotionSource? source, NotionCall call)
    {
        if (source is null)
        {
            values.Write(stored, call.Body["properties"], null, call);
            return null;
        }

        var schema = (JsonObject)source.Schema.DeepClone();
        if (!values.Write(stored, call.Body["properties"], schema, call))
            return source;
        source = source with { Schema = schema };
        world.Put(source);
        return source;
    }

    private void Number(NotionPageRecord page, NotionSource source)
    {
        foreach (var property in source.Schema.Select(entry => entry.Value).Where(property => property.Text("type") == "unique_id"))
        {
            source = source with { LastNumber = source.LastNumber + 1 };
            page.Values[property.Text("id")!] = source.LastNumber;
            world.Put(source);
        }
    }

    public static bool? TrashOf(NotionCall call) =>
        call.Body["in_trash"] is JsonValue now && now.TryGetValue<bool>(out var trash) ? trash
        : call.Body["archived"] is JsonValue before && before.TryGetValue<bool>(out var archived)
            ? call.Version.SaysTrash ? throw NotionRefusal.Body("archived", "not present", before) : archived
            : null;
}
