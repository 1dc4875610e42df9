using Patchbay.Catalog;
using Patchbay.Vault;
using Patchbay.Vault.Connections;
using Patchbay.Vault.OAuth;

namespace Patchbay.Platform.Runs;

/// <summary>Which accounts a flow waits for.</summary>
public sealed class RunConnections(IConnections connections, ConnectorCatalog catalog)
{
    /// <summary>Names of the connectors among <paramref name="connectors"/> that have no working connection.</summary>
    public async Task<IReadOnlyList<string>> MissingAsync(AppId app, IReadOnlyList<string> connectors, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connectors);
        if (connectors.Count == 0)
            return [];
        var there = await connections.ListAsync(app, cancellationToken);
        return [.. connectors.Where(c => !there.Any(x => x.Connector == c && x.State == ConnectionState.Connected)).Select(NameOf)];
    }

    public string NameOf(string connector) => catalog.FindConnector(connector)?.Name ?? connector;
}
