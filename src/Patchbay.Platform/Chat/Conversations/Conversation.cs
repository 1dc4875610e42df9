using System.Text.Json.Nodes;
using Patchbay.Platform.Flows;
using Patchbay.Platform.Functions;
using Patchbay.Vault;

namespace Patchbay.Platform.Chat.Conversations;

public sealed record Conversation(AppId App, string Id, string Title, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <param name="Role">"user" or "assistant".</param>
/// <param name="Attachment">A question or a decline as the API shows it, with what the planner needs to go on; null otherwise.</param>
/// <param name="ProposalId">The proposal it carries, or null.</param>
public sealed record Message(AppId App, string Conversation, string Id, string Role, string Text, JsonObject? Attachment, string? ProposalId, DateTimeOffset CreatedAt);

/// <summary>What the chat offered. Nothing changes before a person accepts.</summary>
/// <param name="Content">The plan and what is shown of it, as JSON.</param>
public sealed record StoredProposal(AppId App, string Id, string Conversation, ProposalStatus Status, JsonObject Content, DateTimeOffset CreatedAt, DateTimeOffset? AcceptedAt);

public enum ProposalStatus
{
    Proposed,
    Accepted,
    Undone,
    Superseded,
}

public interface IConversationStore
{
    Task InsertAsync(Conversation conversation, CancellationToken cancellationToken);

    Task<Conversation?> FindAsync(AppId app, string id, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<Conversation>> ListAsync(AppId app, CancellationToken cancellationToken);

    /// <summary>Messages in order, with proposals and the conversation's new title and time, in one transaction.</summary>
    Task AppendAsync(Conversation conversation, IReadOnlyList<Message> messages, IReadOnlyList<StoredProposal> proposals, CancellationToken cancellationToken);

    Task<IReadOnlyList<Message>> ListMessagesAsync(AppId app, string conversation, CancellationToken cancellationToken);

    Task<StoredProposal?> FindProposalAsync(AppId app, string id, CancellationToken cancellationToken);

    /// <summary>Saves status and content if the status still is <paramref name="expected"/>.</summary>
    Task<bool> TryUpdateProposalAsync(StoredProposal proposal, ProposalStatus expected, CancellationToken cancellationToken);

    /// <summary>Accepts in one transaction: the proposal's status moves from proposed to accepted, the function versions and the
    /// flows are inserted. False (nothing written) if the status has moved on or a version number is taken.</summary>
    Task<bool> TryAcceptAsync(StoredProposal accepted, IReadOnlyList<FunctionVersion> functions, IReadOnlyList<Flow> flows, CancellationToken cancellationToken);

    /// <summary>The one undo, in one transaction: status accepted → undone, flows and functions that the proposal made are removed.</summary>
    Task<bool> TryUndoAsync(StoredProposal undone, IReadOnlyList<FunctionVersion> functions, IReadOnlyList<FlowId> flows, CancellationToken cancellationToken);
}
