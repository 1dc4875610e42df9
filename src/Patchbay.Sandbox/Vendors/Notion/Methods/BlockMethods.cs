using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors.Notion.Blocks;

namespace Patchbay.Sandbox.Vendors.Notion.Methods;

/// <summary>The text of pages, block by block.</summary>
internal sealed class BlockMethods(NotionWorld world, NotionShapes shapes, BlockReader reader, BlockWriter writer) : INotionMethods
{
    public IReadOnlyList<NotionMethod> Methods =>
    [
        new("GET", "/blocks/{id}", NotionCapabilities.Read, call => shapes.Block(call.Block(call.Id("block_id")), call)),
        new("PATCH", "/blocks/{id}", NotionCapabilities.Update, Update),
        new("DELETE", "/blocks/{id}", NotionCapabilities.Update, Delete),
        new("GET", "/blocks/{id}/children", NotionCapabilities.Read, Children),
        new("PATCH", "/blocks/{id}/children", NotionCapabilities.Insert, Append),
    ];

    private JsonObject Children(NotionCall call)
    {
        var parent = call.Block(call.Id("block_id"));
        var blocks = world.Blocks(parent.Id).Where(block => !block.InTrash).ToList();
        return call.List(blocks, block => block.Id, block => shapes.Block(block, call), "block", inQuery: true);
    }

    private JsonObject Append(NotionCall call)
    {
        var parent = call.Block(call.Id("block_id"));
        call.DemandAlive(parent);
        var type = (parent as NotionBlock)?.Type is { } name ? BlockTypes.Find(name) : null;
        if (parent is NotionDatabase or NotionSource || type is { MayNest: false })
            throw NotionRefusal.Validation("Block does not support children.");
        var drafts = reader.ReadAll(call.Body["children"], "children", call, type);
        if (drafts.Count == 0)
            throw NotionRefusal.Body("children.length", "≥ `1`", 0);
        var made = writer.Insert(parent, drafts, call.Bot.Id, Position(call, parent));
        return call.List(made.Select(block => world.Block(block.Id)!).ToList(), block => block.Id, block => shapes.Block(block, call), "block", inQuery: true);
    }

    /// <summary>The block to stand behind, empty for the start, null for the end.</summary>
    private string? Position(NotionCall call, NotionThing parent)
    {
        string? after;
        if (call.Version.SaysTrash)
        {
            if (call.Body["after"] is { } old)
                throw NotionRefusal.Body("after", "not present", old);
            var type = call.Body["position"].Text("type");
            if (type is not "after_block")
                return type is null or "end" ? null : type is "start" ? "" : throw NotionRefusal.Body("position.type", "`\"after_block\"`, `\"start\"`, or `\"end\"`", type);
            after = NotionCall.BodyId(call.Body["position"]!["after_block"], "id", "position.after_block.id");
        }
        else
        {
            if (call.Body["after"] is null)
                return null;
            after = NotionCall.BodyId(call.Body, "after", "after");
        }

        return world.Block(after)?.Parent.Id == parent.Id ? after : throw NotionRefusal.Validation($"The block to insert after, {after}, is not a child of {parent.Id}.");
    }

    private JsonObject Update(NotionCall call)
    {
        var thing = call.Block(call.Id("block_id"));
        if (PageMethods.TrashOf(call) is { } trashed)
        {
            world.Trash(thing, trashed, call.Bot.Id);
            thing = world.Find(thing.Id)!;
        }

        if (thing is not NotionBlock block)
            return shapes.Block(thing, call);
        if (call.Body[block.Type] is JsonObject content)
        {
            call.DemandAlive(block);
            block = block with { Content = reader.Content(BlockTypes.Find(block.Type)!, content, block.Content, block.Type, call) };
            world.Put(block);
            world.Touch(block, call.Bot.Id);
        }
        else if (BlockTypes.Names.FirstOrDefault(name => call.Body[name] is JsonObject) is { } other)
        {
            throw NotionRefusal.Validation($"Block type cannot be changed: the block is a {block.Type}, not a {other}.");
        }

        return shapes.Block(world.Block(block.Id)!, call);
    }

    private JsonObject Delete(NotionCall call)
    {
        var thing = call.Block(call.Id("block_id"));
        if (thing.InTrash)
            throw NotionRefusal.Validation("Can't edit block that is archived. You must unarchive the block before editing.");
        world.Trash(thing, true, call.Bot.Id);
        if (thing is NotionBlock block && world.Find(block.Parent.Id) is { } above)
            world.Touch(above, call.Bot.Id);
        return shapes.Block(world.Find(thing.Id)!, call);
    }
}
