using Patchbay.Catalog;
using Patchbay.Platform.Chat.Conversations;
using Patchbay.Platform.Chat.Proposals;
using Patchbay.Platform.Connections;
using Patchbay.Platform.Flows.Triggers;
using Patchbay.Vault;
using Patchbay.Vault.Connections;
using Patchbay.Vault.OAuth;

namespace Patchbay.Server.Api;

/// <summary>A stored proposal with the connections as they are now.</summary>
internal sealed class ProposalViews(IConversationStore store, AppConnections connections, ConnectorCatalog catalog)
{
    public async Task<ProposalView?> FindAsync(AppId app, string id, CancellationToken cancellationToken) =>
        await store.FindProposalAsync(app, id, cancellationToken) is { } found ? await OfAsync(app, found, cancellationToken) : null;

    public async Task<ProposalView> OfAsync(AppId app, StoredProposal stored, CancellationToken cancellationToken)
    {
        var document = ProposalDocument.FromJson(stored.Content);
        var live = (await connections.ListAsync(app, cancellationToken)).ToDictionary(c => c.Connector, StringComparer.Ordinal);
        var approved = await connections.ApprovedAsync(app, cancellationToken);
        var requirements = document.Requirements.Select(r => Requirement(r, document, live.GetValueOrDefault(r.Connector), approved.GetValueOrDefault(r.Connector))).ToList();
        return new(stored.Id, stored.Status, document.Sentence, document.When, document.Steps, requirements, document.Files, document.FunctionName, document.FlowName,
            document.FlowId, (document.Trigger as RecordTrigger)?.Entity,
            requirements.All(r => r.State is RequirementState.Connected or RequirementState.Skipped), stored.AcceptedAt);
    }

    private RequirementView Requirement(ProposalRequirement requirement, ProposalDocument document, ConnectionView? connection, IReadOnlyList<string>? approved)
    {
        var working = connection is { State: ConnectionState.Connected };
        var have = working && approved is not null && catalog.FindConnector(requirement.Connector) is { } connector ? ScopeRules.Closure(connector, approved) : null;
        var permissions = requirement.Permissions.Select(p => p with { IsNew = have?.Contains(p.Scope) != true }).ToList();
        var state = working && permissions.TrueForAll(p => !p.IsNew) ? RequirementState.Connected
            : document.Skipped.Contains(requirement.Connector) ? RequirementState.Skipped
            : working ? RequirementState.NeedsScopes : RequirementState.Missing;
        return new(requirement.Connector, requirement.ConnectorName, connection?.Id.Value, connection?.AccountLabel, connection?.Realm, state, permissions, requirement.Cannot);
    }
}

/// <param name="Entity">The entity whose records start it; null for other triggers.</param>
/// <param name="Ready">Nothing is left to connect.</param>
public sealed record ProposalView(
    string Id, ProposalStatus Status, string Sentence, string When, IReadOnlyList<ProposalStep> Steps, IReadOnlyList<RequirementView> Requirements,
    IReadOnlyList<ProposalFile> Files, string FunctionName, string FlowName, string? FlowId, string? Entity, bool Ready, DateTimeOffset? AcceptedAt);

public enum RequirementState
{
    Missing,
    Connected,

    /// <summary>Connected, with fewer permissions than this needs.</summary>
    NeedsScopes,
    Skipped,
}

public sealed record RequirementView(
    string Connector, string ConnectorName, string? ConnectionId, string? AccountLabel, Realm? Realm, RequirementState State,
    IReadOnlyList<ProposalPermission> Permissions, string Cannot);
