namespace Patchbay.Catalog;

/// <summary>All connectors, checked and indexed. Immutable.</summary>
public sealed class ConnectorCatalog
{
    private readonly Dictionary<string, Connector> _connectors;
    private readonly Dictionary<string, Operation> _operations;

    public ConnectorCatalog(IEnumerable<Connector> connectors)
    {
        ArgumentNullException.ThrowIfNull(connectors);
        _connectors = connectors.ToDictionary(c => c.Id, StringComparer.Ordinal);
        _operations = _connectors.Values.SelectMany(c => c.Operations).ToDictionary(o => o.Id, StringComparer.Ordinal);
        Matcher = new OperationMatcher(_connectors.Values);
        Connectors = [.. _connectors.Values.OrderBy(c => c.Name, StringComparer.Ordinal)];
    }

    public IReadOnlyList<Connector> Connectors { get; }

    /// <summary>Which operation a request is; what the egress asks for every call.</summary>
    public OperationMatcher Matcher { get; }

    public Connector? FindConnector(string id) => _connectors.GetValueOrDefault(id);

    public Operation? FindOperation(string id) => _operations.GetValueOrDefault(id);
}
