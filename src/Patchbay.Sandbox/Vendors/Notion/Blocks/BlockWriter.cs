using System.Globalization;

namespace Patchbay.Sandbox.Vendors.Notion.Blocks;

/// <summary>Stores checked blocks in the text of a page or below another block.</summary>
internal sealed class BlockWriter(NotionWorld world)
{
    /// <summary>Appends, or puts after a block, or (with an empty id) at the start. Gives what was made at the first level.</summary>
    public IReadOnlyList<NotionBlock> Insert(NotionThing parent, IReadOnlyList<BlockDraft> drafts, string by, string? after = null)
    {
        var at = new NotionParent(parent is NotionPageRecord ? NotionParentKind.Page : NotionParentKind.Block, parent.Id);
        var made = drafts.Select(draft => Make(draft, at, parent.WorkspaceId, by)).ToList();
        if (after is not null)
        {
            // Sort keys are plain numbers, so a place in the middle means counting everything behind it again.
            var others = world.Blocks(parent.Id).Where(block => !made.Exists(mine => mine.Id == block.Id)).ToList();
            var index = others.FindIndex(block => block.Id == after) + 1;
            others.InsertRange(index, made);
            for (var position = 0; position < others.Count; position++)
                world.Put(others[position] with { Sort = position.ToString("D18", CultureInfo.InvariantCulture) });
        }

        world.Touch(parent, by);
        return made;
    }

    private NotionBlock Make(BlockDraft draft, NotionParent parent, string workspaceId, string by)
    {
        var block = new NotionBlock
        {
            Id = NotionIds.New(), WorkspaceId = workspaceId, Parent = parent, CreatedTime = world.Now, CreatedBy = by, LastEditedTime = world.Now, LastEditedBy = by,
            Sort = world.Next(), Type = draft.Type, Content = draft.Content,
        };
        world.Put(block);
        foreach (var child in draft.Children)
            Make(child, new NotionParent(NotionParentKind.Block, block.Id), workspaceId, by);
        return block;
    }
}
