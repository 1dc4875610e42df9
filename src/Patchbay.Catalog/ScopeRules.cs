namespace Patchbay.Catalog;

/// <summary>Least privilege, computed from the catalog and nothing else (DESIGN.md 2.2).</summary>
public static class ScopeRules
{
    /// <summary>The scopes and everything they include. Unknown ones are kept and include nothing.</summary>
    public static IReadOnlySet<string> Closure(Connector connector, IEnumerable<string> scopes)
    {
        ArgumentNullException.ThrowIfNull(connector);
        ArgumentNullException.ThrowIfNull(scopes);
        var closure = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(scopes);
        while (open.TryPop(out var id))
            if (closure.Add(id))
                foreach (var implied in connector.Scopes.FirstOrDefault(s => s.Id == id)?.Implies ?? [])
                    open.Push(implied);
        return closure;
    }

    /// <summary>
    /// What has to be asked for before <paramref name="operation"/> may run: empty if its least set, or another set
    /// the vendor accepts, is covered already; otherwise the part of the least set that is not.
    /// </summary>
    public static IReadOnlyList<string> Missing(Connector connector, Operation operation, IEnumerable<string> approved)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var have = Closure(connector, approved);
        return operation.AlternativeScopes.Any(set => set.Count > 0 && set.All(have.Contains))
            ? []
            : [.. operation.Scopes.Where(s => !have.Contains(s)).Order(StringComparer.Ordinal)];
    }

    /// <summary>
    /// The union of the operations' least sets without what another scope of the union includes, sorted.
    /// Operations of other connectors do not count.
    /// </summary>
    public static IReadOnlyList<string> LeastScopes(Connector connector, IEnumerable<Operation> operations)
    {
        ArgumentNullException.ThrowIfNull(connector);
        ArgumentNullException.ThrowIfNull(operations);
        var own = connector.Operations.Select(o => o.Id).ToHashSet(StringComparer.Ordinal);
        var union = operations.Where(o => own.Contains(o.Id)).SelectMany(o => o.Scopes).Distinct(StringComparer.Ordinal).ToList();
        var closures = union.ToDictionary(s => s, s => Closure(connector, [s]), StringComparer.Ordinal);
        return [.. union.Where(s => !union.Any(o => Covers(o, s))).Order(StringComparer.Ordinal)];

        // Two names of one permission (Salesforce) include each other; the first in order stays.
        bool Covers(string other, string scope) =>
            other != scope
            && closures[other].Contains(scope)
            && (!closures[scope].Contains(other) || string.CompareOrdinal(other, scope) < 0);
    }
}
