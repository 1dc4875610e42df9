using Patchbay.Platform.Chat.Conversations;
using Patchbay.Platform.Flows;
using Patchbay.Platform.Functions;
using Patchbay.Storage.Engines;
using Patchbay.Vault;

namespace Patchbay.Storage.Stores;

internal sealed class ConversationStore(Databases databases) : IConversationStore
{
    private sealed class Refused : Exception;

    private IDatabase Db => databases.Main;

    public Task InsertAsync(Conversation conversation, CancellationToken cancellationToken) => Db.InsertAsync("conversations", new()
    {
        { "app", conversation.App }, { "id", conversation.Id }, { "title", conversation.Title }, { "created_by", conversation.CreatedBy },
        { "created_at", conversation.CreatedAt }, { "updated_at", conversation.UpdatedAt },
    }, cancellationToken);

    public Task<Conversation?> FindAsync(AppId app, string id, CancellationToken cancellationToken) =>
        Db.FirstAsync("SELECT * FROM conversations WHERE app = @app AND id = @id", new() { { "app", app }, { "id", id } }, ToConversation, cancellationToken);

    public Task<IReadOnlyList<Conversation>> ListAsync(AppId app, CancellationToken cancellationToken) =>
        Db.ListAsync("SELECT * FROM conversations WHERE app = @app ORDER BY updated_at DESC, id DESC", new() { { "app", app } }, ToConversation, cancellationToken);

    public Task AppendAsync(Conversation conversation, IReadOnlyList<Message> messages, IReadOnlyList<StoredProposal> proposals, CancellationToken cancellationToken) => Db.WriteAsync(async s =>
    {
        Args key = new() { { "app", conversation.App }, { "id", conversation.Id } };
        // The update locks the conversation: two appends at once get places one after the other.
        if (await s.ExecuteAsync("UPDATE conversations SET title = @title, updated_at = @updated WHERE app = @app AND id = @id",
            key.With("title", conversation.Title).With("updated", conversation.UpdatedAt)) == 0)
            throw new InvalidOperationException($"There is no conversation {conversation.Id} in app {conversation.App}.");
        var next = await s.NumberAsync("SELECT coalesce(max(position), 0) + 1 AS n FROM messages WHERE app = @app AND conversation = @id", key);
        await s.InsertAsync("messages", [.. messages.Select((m, i) => new Args
        {
            { "app", conversation.App }, { "conversation", conversation.Id }, { "position", next + i }, { "id", m.Id }, { "role", m.Role }, { "text", m.Text },
            { "attachment", m.Attachment }, { "proposal_id", m.ProposalId }, { "created_at", m.CreatedAt },
        })]);
        await s.InsertAsync("proposals", [.. proposals.Select(p => new Args
        {
            { "app", conversation.App }, { "id", p.Id }, { "conversation", conversation.Id }, { "status", p.Status }, { "content", p.Content },
            { "created_at", p.CreatedAt }, { "accepted_at", p.AcceptedAt },
        })]);
    }, cancellationToken);

    public Task<IReadOnlyList<Message>> ListMessagesAsync(AppId app, string conversation, CancellationToken cancellationToken) =>
        Db.ListAsync("SELECT * FROM messages WHERE app = @app AND conversation = @id ORDER BY position", new() { { "app", app }, { "id", conversation } },
            r => new Message(app, conversation, r.Text("id"), r.Text("role"), r.Text("text"), r.JsonOrNull("attachment"), r.TextOrNull("proposal_id"), r.Time("created_at")), cancellationToken);

    public Task<StoredProposal?> FindProposalAsync(AppId app, string id, CancellationToken cancellationToken) =>
        Db.FirstAsync("SELECT * FROM proposals WHERE app = @app AND id = @id", new() { { "app", app }, { "id", id } },
            r => new StoredProposal(app, id, r.Text("conversation"), r.Enum<ProposalStatus>("status"), r.Json("content"), r.Time("created_at"), r.TimeOrNull("accepted_at")), cancellationToken);

    public Task<bool> TryUpdateProposalAsync(StoredProposal proposal, ProposalStatus expected, CancellationToken cancellationToken) =>
        Db.WriteAsync(s => MoveAsync(s, proposal, expected), cancellationToken);

    public Task<bool> TryAcceptAsync(StoredProposal accepted, IReadOnlyList<FunctionVersion> functions, IReadOnlyList<Flow> flows, CancellationToken cancellationToken) => TryAsync(async s =>
    {
        if (!await MoveAsync(s, accepted with { Status = ProposalStatus.Accepted }, ProposalStatus.Proposed) || !await FunctionRows.TryInsertAsync(s, functions))
            throw new Refused();
        await s.InsertAsync("flows", [.. flows.Select(FlowRows.Of)]);
    }, cancellationToken);

    public Task<bool> TryUndoAsync(StoredProposal undone, IReadOnlyList<FunctionVersion> functions, IReadOnlyList<FlowId> flows, CancellationToken cancellationToken) => TryAsync(async s =>
    {
        if (!await MoveAsync(s, undone with { Status = ProposalStatus.Undone }, ProposalStatus.Accepted))
            throw new Refused();
        foreach (var flow in flows)
            await s.ExecuteAsync("DELETE FROM flows WHERE app = @app AND id = @id", new() { { "app", undone.App }, { "id", flow } });
        foreach (var function in functions)
        {
            await s.ExecuteAsync("DELETE FROM functions WHERE app = @app AND name = @name AND version = @version",
                new() { { "app", undone.App }, { "name", function.Name }, { "version", function.Version } });
        }
    }, cancellationToken);

    // Leaving the transaction by an exception is what undoes the part already written.
    private async Task<bool> TryAsync(Func<DbSession, Task> body, CancellationToken cancellationToken)
    {
        try
        {
            await Db.WriteAsync(body, cancellationToken);
            return true;
        }
        catch (Refused)
        {
            return false;
        }
    }

    private static async Task<bool> MoveAsync(DbSession s, StoredProposal proposal, ProposalStatus expected) => await s.ExecuteAsync(
        "UPDATE proposals SET status = @status, content = @content, accepted_at = @accepted WHERE app = @app AND id = @id AND status = @expected", new()
        {
            { "app", proposal.App }, { "id", proposal.Id }, { "status", proposal.Status }, { "content", proposal.Content },
            { "accepted", proposal.AcceptedAt }, { "expected", expected },
        }) == 1;

    private static Conversation ToConversation(Row r) => new(new(r.Text("app")), r.Text("id"), r.Text("title"), r.Text("created_by"), r.Time("created_at"), r.Time("updated_at"));
}
