using Patchbay.Catalog;
using Patchbay.Platform.Chat.Code;
using Patchbay.Platform.Chat.Planning;
using Patchbay.Platform.Chat.Planning.Internal;

namespace Patchbay.Platform.Chat.Proposals;

/// <summary>A valid plan to everything a person sees before accepting it.</summary>
public sealed class ProposalBuilder(ConnectorCatalog catalog)
{
    private readonly ProposalValidator _validator = new(catalog);

    /// <param name="approved">Connector to the scopes approved for this app already.</param>
    /// <param name="functionNames">Names of the app's functions; the new one gets another.</param>
    /// <exception cref="ArgumentException">The validator rejects the plan.</exception>
    public ProposalContent Build(Plan plan, AppSchema schema, IReadOnlyDictionary<string, IReadOnlyList<string>> approved, IReadOnlyCollection<string> functionNames)
    {
        var validation = _validator.Validate(plan, schema);
        if (validation.Errors.Count > 0)
            throw new ArgumentException("The plan is not valid: " + string.Join(' ', validation.Errors), nameof(plan));
        var function = ProposalNames.Function(plan, functionNames);
        var flow = ProposalNames.Flow(plan, schema);
        var operations = ProposalValidator.OperationsOf(plan);
        return new(
            PlanSentence.Of(plan.Trigger, plan.Actions, schema), Said.Capital(PlanSentence.When(plan.Trigger, schema)), Steps(plan, schema, function),
            [.. validation.Scopes.Select(s => Requirement(s.Key, s.Value, operations, approved.GetValueOrDefault(s.Key) ?? []))],
            [New($"functions/{function}/entry.ts", "function", FunctionCode.Of(plan, schema)), New($"flows/{function}.jsonc", "flow", FlowFile.Of(plan, schema, flow, function))],
            function, flow, operations, FunctionCode.Args(plan), plan);
    }

    private List<ProposalStep> Steps(Plan plan, AppSchema schema, string function)
    {
        var icon = plan.Trigger switch { RecordTrigger => "database", ScheduleTrigger => "clock", _ => "hand" };
        return
        [
            new("trigger", "When", Said.Capital(PlanSentence.When(plan.Trigger, schema)), null, icon),
            new("function", "Function", function, null, "code"),
            .. plan.Actions.Select(a => a.Operation[..a.Operation.IndexOf('.', StringComparison.Ordinal)] is var connector
                ? new ProposalStep("operation", catalog.FindConnector(connector)!.Name, ProposalNames.Step(a), connector, connector) : null!),
        ];
    }

    private ProposalRequirement Requirement(string connectorId, IReadOnlyList<string> scopes, IReadOnlyList<string> operations, IReadOnlyList<string> approved)
    {
        var connector = catalog.FindConnector(connectorId)!;
        var have = ScopeRules.Closure(connector, approved);
        var used = operations.Select(catalog.FindOperation).OfType<Operation>().Where(o => connector.Operations.Contains(o)).ToList();
        return new(connectorId, connector.Name,
            [.. scopes.Select(id => connector.Scopes.First(s => s.Id == id)).Select(s => new ProposalPermission(
                s.Id, s.Plain, Class(s.Class), !have.Contains(s.Id),
                [.. used.Where(o => o.Scopes.Any(needed => ScopeRules.Closure(connector, [s.Id]).Contains(needed))).Select(o => Said.Capital(o.Summary))]))],
            Restraint.Sentence(connector, scopes));
    }

    private static string Class(ScopeClass scope) => scope switch { ScopeClass.Read => "read", ScopeClass.Write => "write", ScopeClass.Identity => "identity", _ => "admin" };

    private static ProposalFile New(string path, string kind, string content)
    {
        var (added, removed) = LineDiff.Count(null, content);
        return new(path, kind, added, removed, content, null);
    }
}
