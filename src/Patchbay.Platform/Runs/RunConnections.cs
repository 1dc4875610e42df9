using Patchbay.Catalog;
using Patchbay.Platform.Flows;
using Patchbay.Platform.Functions;
using Patchbay.Vault;
using Patchbay.Vault.Connections;
using Patchbay.Vault.OAuth;

namespace Patchbay.Platform.Runs;

/// <summary>What a flow waits for a person to do: connect an account, or approve what its function needs now.</summary>
public sealed class RunConnections(IConnections connections, IFunctionStore functions, ConnectorCatalog catalog)
{
    /// <summary>Names of the flow's connectors that have no working connection, or one that is approved for less than the newest
    /// version of the function calls.</summary>
    public async Task<IReadOnlyList<string>> MissingAsync(AppId app, Flow flow, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(flow);
        if (flow.Connectors.Count == 0)
            return [];
        var there = (await connections.ListAsync(app, cancellationToken)).Where(c => c.State == ConnectionState.Connected).ToDictionary(c => c.Connector, StringComparer.Ordinal);
        var calls = (await functions.ListAsync(app, cancellationToken)).FirstOrDefault(f => f.Name == flow.Function)?.Operations ?? [];
        var missing = new List<string>();
        foreach (var id in flow.Connectors)
        {
            if (!there.TryGetValue(id, out var connection))
                missing.Add(NameOf(id));
            else if (catalog.FindConnector(id) is { } connector && !Covers(connector, connection, calls))
                missing.Add($"more permissions in {connector.Name}");
        }
        return missing;
    }

    public string NameOf(string connector) => catalog.FindConnector(connector)?.Name ?? connector;

    private bool Covers(Connector connector, ConnectionView connection, IReadOnlyList<string> calls)
    {
        // Approved by a person and given by the vendor: the egress lets through nothing else.
        var usable = ScopeRules.Closure(connector, connection.GrantedScopes);
        var approved = ScopeRules.Closure(connector, connection.ApprovedScopes).Where(usable.Contains).ToList();
        return calls.Select(catalog.FindOperation).OfType<Operation>().Where(connector.Operations.Contains).All(o => ScopeRules.Missing(connector, o, approved).Count == 0);
    }
}
