using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors.Notion.Values;

namespace Patchbay.Sandbox.Vendors.Notion;

/// <summary>Pages, databases, data sources, blocks and comments as each API version shows them.</summary>
internal sealed class NotionShapes(NotionWorld world, NotionUsers users, PropertyShapes properties, FileValue files)
{
    public static string Address(string id, string title)
    {
        var words = string.Concat(title.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Trim('-');
        while (words.Contains("--", StringComparison.Ordinal))
            words = words.Replace("--", "-", StringComparison.Ordinal);
        return $"https://www.notion.so/{(words.Length > 0 ? words + "-" : "")}{NotionIds.Compact(id)}";
    }

    public JsonObject Thing(NotionThing thing, NotionCall call) => thing switch
    {
        NotionPageRecord page => Page(page, call),
        NotionDatabase database => Database(database, call),
        NotionSource source => call.Version.HasSources ? Source(source, call) : Database(world.Database(source.Parent.Id)!, call),
        _ => Block((NotionBlock)thing, call),
    };

    public JsonObject Page(NotionPageRecord page, NotionCall call, IReadOnlyList<string>? only = null)
    {
        var shape = Head("page", page, call);
        shape["cover"] = files.Shown(page.Cover);
        shape["icon"] = files.Shown(page.Icon);
        shape["parent"] = Parent(page.Parent, call.Version);
        Trash(shape, page, call.Version);
        shape["is_locked"] = false;
        shape["properties"] = properties.All(page, call.Can(NotionCapabilities.ReadUsers), only);
        shape["url"] = Address(page.Id, NotionWorld.TitleOf(page));
        shape["public_url"] = null;
        return shape;
    }

    public JsonObject Database(NotionDatabase database, NotionCall call)
    {
        var sources = world.Sources(database.Id).Where(source => !source.InTrash).ToList();
        var shape = Head("database", database, call);
        shape["title"] = database.Title.DeepClone();
        shape["description"] = database.Description.DeepClone();
        shape["is_inline"] = database.IsInline;
        shape["is_locked"] = false;
        shape["icon"] = files.Shown(database.Icon);
        shape["cover"] = files.Shown(database.Cover);
        shape["parent"] = Parent(database.Parent, call.Version);
        Trash(shape, database, call.Version);
        shape["url"] = Address(database.Id, "");
        shape["public_url"] = null;
        if (call.Version.HasSources)
            shape["data_sources"] = new JsonArray([.. sources.Select(source => (JsonNode)new JsonObject { ["id"] = source.Id, ["name"] = NotionWorld.TitleOf(source) })]);
        else if (sources.Count > 0)
            shape["properties"] = Schema(sources[0], call.Version);
        return shape;
    }

    public JsonObject Source(NotionSource source, NotionCall call)
    {
        var database = world.Database(source.Parent.Id)!;
        var shape = Head("data_source", source, call);
        shape["title"] = source.Title.DeepClone();
        shape["description"] = source.Description.DeepClone();
        shape["icon"] = files.Shown(source.Icon ?? database.Icon);
        shape["cover"] = files.Shown(database.Cover);
        shape["is_inline"] = database.IsInline;
        shape["parent"] = new JsonObject { ["type"] = "database_id", ["database_id"] = database.Id };
        shape["database_parent"] = Parent(database.Parent, call.Version);
        Trash(shape, source, call.Version);
        shape["properties"] = Schema(source, call.Version);
        shape["url"] = Address(database.Id, "");
        shape["public_url"] = null;
        return shape;
    }

    /// <summary>Pages and databases stand in their parent's text as lines with their title.</summary>
    public JsonObject Block(NotionThing thing, NotionCall call)
    {
        if (thing is not NotionBlock block)
            block = world.Block(thing.Id) ?? Line(thing);
        var content = (JsonObject)block.Content.DeepClone();
        if (block.Type is "child_page" or "child_database")
            content["title"] = world.Find(block.Id) is { } child ? NotionWorld.TitleOf(child) : "";
        Blocks.BlockFiles.Show(content, block.Type, files);
        var shape = new JsonObject
        {
            ["object"] = "block",
            ["id"] = block.Id,
            ["parent"] = Parent(block.Parent, call.Version),
            ["created_time"] = DateValue.Shown(block.CreatedTime),
            ["last_edited_time"] = DateValue.Shown(block.LastEditedTime),
            ["created_by"] = NotionUsers.Partial(block.CreatedBy),
            ["last_edited_by"] = NotionUsers.Partial(block.LastEditedBy),
            ["has_children"] = world.HasBlocks(block.Id),
        };
        Trash(shape, block, call.Version);
        shape["type"] = block.Type;
        shape[block.Type] = content;
        return shape;
    }

    public JsonObject Comment(NotionComment comment, NotionCall call) => new()
    {
        ["object"] = "comment",
        ["id"] = comment.Id,
        ["parent"] = Parent(comment.Parent, call.Version),
        ["discussion_id"] = comment.DiscussionId,
        ["created_time"] = DateValue.Shown(comment.CreatedTime),
        ["last_edited_time"] = DateValue.Shown(comment.LastEditedTime),
        ["created_by"] = NotionUsers.Partial(comment.CreatedBy),
        ["rich_text"] = comment.RichText.DeepClone(),
        ["display_name"] = new JsonObject { ["type"] = world.Bot(comment.CreatedBy) is null ? "user" : "integration", ["resolved_name"] = users.Shape(comment.CreatedBy, emails: false).Text("name") },
    };

    public JsonObject Parent(NotionParent parent, NotionVersion version) => parent.Kind switch
    {
        NotionParentKind.Workspace => new JsonObject { ["type"] = "workspace", ["workspace"] = true },
        NotionParentKind.Page => new JsonObject { ["type"] = "page_id", ["page_id"] = parent.Id },
        NotionParentKind.Block => new JsonObject { ["type"] = "block_id", ["block_id"] = parent.Id },
        NotionParentKind.Database => new JsonObject { ["type"] = "database_id", ["database_id"] = parent.Id },
        _ when version.HasSources => new JsonObject { ["type"] = "data_source_id", ["data_source_id"] = parent.Id, ["database_id"] = world.Source(parent.Id)?.Parent.Id },
        _ => new JsonObject { ["type"] = "database_id", ["database_id"] = world.Source(parent.Id)?.Parent.Id },
    };

    /// <summary>Columns by name, with ids as they stand in addresses. The older version knows databases only.</summary>
    private JsonObject Schema(NotionSource source, NotionVersion version)
    {
        var schema = new JsonObject();
        foreach (var (_, property) in source.Schema)
        {
            var shape = (JsonObject)property!.DeepClone();
            if (shape["relation"] is JsonObject relation)
            {
                var target = world.Source(relation.Text("data_source_id"));
                var kind = relation.Text("type")!;
                relation[kind] = kind == "dual_property"
                    ? new JsonObject { ["synced_property_id"] = relation.Text("synced_property_id"), ["synced_property_name"] = relation.Text("synced_property_name") }
                    : [];
                relation.Remove("synced_property_id");
                relation.Remove("synced_property_name");
                relation["database_id"] = target?.Parent.Id;
                if (!version.HasSources)
                    relation.Remove("data_source_id");
            }

            schema[shape.Text("name")!] = shape;
        }

        return schema;
    }

    private static JsonObject Head(string kind, NotionThing thing, NotionCall call) => new()
    {
        ["object"] = kind,
        ["id"] = thing.Id,
        ["created_time"] = DateValue.Shown(thing.CreatedTime),
        ["last_edited_time"] = DateValue.Shown(thing.LastEditedTime),
        ["created_by"] = NotionUsers.Partial(thing.CreatedBy),
        ["last_edited_by"] = NotionUsers.Partial(thing.LastEditedBy),
    };

    private static void Trash(JsonObject shape, NotionThing thing, NotionVersion version)
    {
        if (!version.SaysTrash)
            shape["archived"] = thing.InTrash;
        shape["in_trash"] = thing.InTrash;
    }

    /// <summary>A page at the top of a workspace, or a row, is no line of any text, and still a block.</summary>
    private static NotionBlock Line(NotionThing thing) => new()
    {
        Id = thing.Id, WorkspaceId = thing.WorkspaceId, Parent = thing.Parent, CreatedTime = thing.CreatedTime, CreatedBy = thing.CreatedBy,
        LastEditedTime = thing.LastEditedTime, LastEditedBy = thing.LastEditedBy, InTrash = thing.InTrash, Sort = thing.Sort,
        Type = thing is NotionPageRecord ? "child_page" : "child_database", Content = [],
    };
}
