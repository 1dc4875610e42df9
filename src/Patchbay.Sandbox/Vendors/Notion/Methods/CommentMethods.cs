using System.Text.Json.Nodes;
using Patchbay.Sandbox.Vendors.Notion.Values;

namespace Patchbay.Sandbox.Vendors.Notion.Methods;

/// <summary>Comments on pages and blocks, and answers in a discussion.</summary>
internal sealed class CommentMethods(NotionWorld world, NotionComments comments, NotionShapes shapes, RichText richText) : INotionMethods
{
    public IReadOnlyList<NotionMethod> Methods =>
    [
        new("POST", "/comments", NotionCapabilities.Comment, Create),
        new("GET", "/comments", NotionCapabilities.ReadComments, List),
        new("GET", "/comments/{id}", NotionCapabilities.ReadComments, call => shapes.Comment(Find(call), call)),
        new("PATCH", "/comments/{id}", NotionCapabilities.Comment, Update),
        new("DELETE", "/comments/{id}", NotionCapabilities.Comment, Delete),
    ];

    private JsonObject Create(NotionCall call)
    {
        var (parent, discussion) = Where(call);
        var text = richText.Read(call.Body["rich_text"], "rich_text");
        if (text.Count == 0)
            throw NotionRefusal.Body("rich_text.length", "≥ `1`", 0);
        var comment = new NotionComment
        {
            Id = NotionIds.New(), WorkspaceId = call.Bot.WorkspaceId, Parent = parent, DiscussionId = discussion, RichText = text,
            CreatedTime = world.Now, LastEditedTime = world.Now, CreatedBy = call.Bot.Id, Sort = world.Next(),
        };
        comments.Put(comment);
        return shapes.Comment(comment, call);
    }

    private (NotionParent Parent, string Discussion) Where(NotionCall call)
    {
        if (call.Body["discussion_id"] is not null)
        {
            if (call.Body["parent"] is not null)
                throw NotionRefusal.Validation("Only one of parent and discussion_id may be given.");
            var id = NotionCall.BodyId(call.Body, "discussion_id", "discussion_id");
            var first = comments.Discussion(id) ?? throw NotionRefusal.NotFound("discussion", id, call.Bot.Name);
            _ = call.Block(first.Parent.Id);
            return (first.Parent, id);
        }

        var parent = call.Body["parent"] as JsonObject ?? throw NotionRefusal.Missing("parent");
        var thing = parent["block_id"] is not null
            ? call.Block(NotionCall.BodyId(parent, "block_id", "parent.block_id"))
            : call.Page(NotionCall.BodyId(parent, "page_id", "parent.page_id"));
        call.DemandAlive(thing);
        return (new NotionParent(thing is NotionPageRecord ? NotionParentKind.Page : NotionParentKind.Block, thing.Id), NotionIds.New());
    }

    private JsonObject List(NotionCall call)
    {
        var given = call.Query("block_id") ?? throw NotionRefusal.Validation("query failed validation: query.block_id should be defined, instead was `undefined`.");
        var id = NotionIds.Parse(given) ?? throw NotionRefusal.Validation($"query failed validation: query.block_id should be a valid uuid, instead was `\"{given}\"`.");
        var thing = call.Block(id);
        return call.List(comments.On(thing.Id), comment => comment.Id, comment => shapes.Comment(comment, call), "comment", inQuery: true);
    }

    private JsonObject Update(NotionCall call)
    {
        var comment = Own(call) with { RichText = richText.Read(call.Body["rich_text"], "rich_text"), LastEditedTime = world.Now };
        comments.Put(comment);
        return shapes.Comment(comment, call);
    }

    private JsonObject Delete(NotionCall call)
    {
        var comment = Own(call);
        comments.Delete(comment);
        return shapes.Comment(comment, call);
    }

    private NotionComment Find(NotionCall call)
    {
        var id = call.Id("comment_id");
        var comment = comments.Get(id) ?? throw NotionRefusal.NotFound("comment", id, call.Bot.Name);
        _ = call.Block(comment.Parent.Id);
        return comment;
    }

    private NotionComment Own(NotionCall call) =>
        Find(call) is var comment && comment.CreatedBy == call.Bot.Id ? comment : throw NotionRefusal.Restricted;
}
