using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Vendors.Notion;

/// <summary>Comments, listed under the page or block they stand on.</summary>
internal sealed class NotionComments(Store store)
{
    private readonly Collection<NotionComment> comments = new(store, "notion.comment");
    private readonly Collection<NotionComment> discussions = new(store, "notion.discussion");

    public void Clear()
    {
        comments.Clear();
        discussions.Clear();
    }

    public void Put(NotionComment comment)
    {
        comments.Put(comment.Id, comment, comment.Parent.Id, comment.Sort);
        if (discussions.Get(comment.DiscussionId) is null)
            discussions.Put(comment.DiscussionId, comment);
    }

    public NotionComment? Get(string id) => comments.Get(id);

    /// <summary>The comment that began it.</summary>
    public NotionComment? Discussion(string id) => discussions.Get(id);

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<NotionComment> On(string thingId) => comments.List(thingId);

    public void Delete(NotionComment comment) => comments.Delete(comment.Id);
}
