using Patchbay.Catalog;
using Patchbay.FunctionHost;
using Patchbay.Platform.Apps;
using Patchbay.Platform.Auditing;
using Patchbay.Platform.Chat.Conversations;
using Patchbay.Platform.Chat.Proposals;
using Patchbay.Platform.Connections;
using Patchbay.Platform.Flows;
using Patchbay.Platform.Functions;
using Patchbay.Platform.Runs;
using Patchbay.Platform.Workspaces;
using Patchbay.Vault;

namespace Patchbay.Platform.Chat;

/// <summary>What became of a proposal: shown, skipped, accepted in one transaction, undone in one.</summary>
public sealed class ProposalService(
    IConversationStore store, IFunctionHost host, IFunctionStore functions, AppService apps, AppConnections connections,
    ConnectorCatalog catalog, WorkSignals signals, IAuditLog audit, TimeProvider time)
{
    public async Task<StoredProposal> GetAsync(AppId app, string id, CancellationToken cancellationToken) =>
        await store.FindProposalAsync(app, id, cancellationToken) ?? throw new UserVisibleException(RefusalKind.NotFound, "PB1503", "This proposal does not exist.");

    /// <summary>Leaves a connector unconnected for now; the flow waits for it.</summary>
    public async Task<StoredProposal> SkipAsync(AppId app, string id, string connector, CancellationToken cancellationToken)
    {
        var proposal = await GetAsync(app, id, cancellationToken);
        var document = ProposalDocument.FromJson(proposal.Content);
        if (document.Requirements.All(r => r.Connector != connector))
            throw new UserVisibleException(RefusalKind.Invalid, "PB1504", "The proposal does not need that connector.");
        var changed = proposal with { Content = (document with { Skipped = [.. document.Skipped.Union([connector])] }).ToJson() };
        return await store.TryUpdateProposalAsync(changed, ProposalStatus.Proposed, cancellationToken) ? changed : throw MovedOn();
    }

    /// <summary>Writes the function and switches the flow on, together. A connector that is neither connected with what the
    /// function needs nor skipped is refused first: it could not run.</summary>
    public async Task<StoredProposal> AcceptAsync(Teammate actor, App app, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(app);
        await apps.DemandConnectorsAsync(app, cancellationToken);
        var proposal = await GetAsync(app.Id, id, cancellationToken);
        if (proposal.Status != ProposalStatus.Proposed)
            throw MovedOn();
        var document = ProposalDocument.FromJson(proposal.Content);
        var approved = await connections.ApprovedAsync(app.Id, cancellationToken);
        foreach (var requirement in document.Requirements.Where(r => !document.Skipped.Contains(r.Connector)))
        {
            var have = approved.TryGetValue(requirement.Connector, out var scopes) ? ScopeRules.Closure(catalog.FindConnector(requirement.Connector)!, scopes) : null;
            if (have is null || requirement.Permissions.Any(p => !have.Contains(p.Scope)))
            {
                throw new UserVisibleException(RefusalKind.Conflict, "PB1505",
                    $"{requirement.ConnectorName} is not connected with the permissions this needs. Connect it, or skip it for now.");
            }
        }

        var entry = document.Files.First(f => f.Kind == "function");
        // Two proposals made from alike words have one name until one is accepted; the other must not replace its function.
        if (await functions.FindAsync(app.Id, document.FunctionName, cancellationToken) is not null)
        {
            throw new UserVisibleException(RefusalKind.Conflict, "PB1507",
                $"The app has a function '{document.FunctionName}' by now, made after this proposal. Say the request again: the new proposal gets a name of its own.");
        }
        var bundle = await host.BuildAsync(new(entry.Path, new Dictionary<string, string> { [entry.Path] = entry.Content }), cancellationToken);
        var now = time.GetUtcNow();
        var version = new FunctionVersion
        {
            App = app.Id, Name = document.FunctionName, Version = 1, Entry = entry.Path,
            Files = new Dictionary<string, string> { [entry.Path] = entry.Content }, Bundle = bundle.Code, SourceMap = bundle.SourceMap,
            Operations = document.Operations, Author = "chat", Message = document.Sentence, CreatedAt = now,
        };
        var flow = new Flow
        {
            App = app.Id, Id = new(Ids.New(time)), Name = document.FlowName, Sentence = document.Sentence, Enabled = true, Trigger = document.Trigger,
            Function = document.FunctionName, Arguments = document.Arguments, Connectors = [.. document.Requirements.Select(r => r.Connector)],
            NextAt = Scheduler.NextOf(document.Trigger, now), CreatedBy = actor.Id.Value, CreatedAt = now,
        };
        var accepted = proposal with { Status = ProposalStatus.Accepted, AcceptedAt = now, Content = (document with { FlowId = flow.Id.Value }).ToJson() };
        if (!await store.TryAcceptAsync(accepted, [version], [flow], cancellationToken))
            throw MovedOn();
        signals.Schedules.Set();
        await AuditAsync(actor, app, "proposal.accepted", document.FlowName, cancellationToken);
        return accepted;
    }

    /// <summary>Takes back what accepting wrote: the flow and that version of the function.</summary>
    public async Task<StoredProposal> UndoAsync(Teammate actor, App app, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(app);
        var proposal = await GetAsync(app.Id, id, cancellationToken);
        var document = ProposalDocument.FromJson(proposal.Content);
        if (proposal.Status != ProposalStatus.Accepted || document.FlowId is not { } flow)
            throw MovedOn();
        var version = await functions.FindAsync(app.Id, document.FunctionName, cancellationToken);
        var undone = proposal with { Status = ProposalStatus.Undone };
        // A version saved since by a person is theirs: only the chat's own newest one goes.
        if (!await store.TryUndoAsync(undone, version is { Author: "chat" } ? [version] : [], [new FlowId(flow)], cancellationToken))
            throw MovedOn();
        await host.EvictAsync(app.Id.Value, document.FunctionName, cancellationToken);
        await AuditAsync(actor, app, "proposal.undone", document.FlowName, cancellationToken);
        return undone;
    }

    private static UserVisibleException MovedOn() =>
        new(RefusalKind.Conflict, "PB1506", "This proposal has been accepted, undone or replaced meanwhile. Reload to see how it stands.");

    private Task AuditAsync(Teammate actor, App app, string action, string subject, CancellationToken cancellationToken) =>
        audit.AppendAsync(new(Ids.New(time), actor.Workspace, app.Id, time.GetUtcNow(), actor.Id.Value, action, subject, null), cancellationToken);
}
