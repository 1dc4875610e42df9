using Patchbay.Catalog;

namespace Patchbay.Vault.OAuth;

/// <summary>Sets of a vendor's scopes with what they include.</summary>
internal static class Scopes
{
    /// <summary>The given scopes and everything they imply, to the end.</summary>
    public static HashSet<string> Closure(IEnumerable<string> scopes, IEnumerable<Connector> connectors)
    {
        var implied = connectors.SelectMany(c => c.Scopes).ToLookup(s => s.Id, s => s.Implies, StringComparer.Ordinal);
        var closed = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(scopes);
        while (open.TryPop(out var scope))
        {
            if (!closed.Add(scope))
                continue;
            foreach (var next in implied[scope].SelectMany(i => i))
                open.Push(next);
        }
        return closed;
    }

    /// <summary>Asked for and not given. Scopes that only show whose account it is do not count: vendors rename them
    /// in their replies (Google answers <c>email</c> with an address).</summary>
    public static IReadOnlyList<string> Missing(IEnumerable<string> requested, IEnumerable<string> granted, Connector connector)
    {
        var closure = Closure(granted, [connector]);
        return [.. requested.Except(connector.UsesOAuth ? connector.OAuth.IdentityScopes : [], StringComparer.Ordinal).Where(s => !closure.Contains(s))];
    }

    /// <summary>Granted by the vendor and covered by nothing that was approved here: scopes that add up over apps or time.</summary>
    /// <param name="family">Every connector of the vendor.</param>
    public static IReadOnlyList<string> Excess(IEnumerable<string> granted, IEnumerable<string> approved, IReadOnlyList<Connector> family)
    {
        var closure = Closure(approved, family);
        closure.UnionWith(IdentityOf(family));
        return [.. granted.Where(s => !closure.Contains(s))];
    }

    /// <summary>Granted only to show whose account it is; one that was approved for a feature too is a permission like others.</summary>
    public static IReadOnlyList<string> Identity(IEnumerable<string> granted, IEnumerable<string> approved, IReadOnlyList<Connector> family) =>
        [.. granted.Intersect(IdentityOf(family), StringComparer.Ordinal).Except(approved, StringComparer.Ordinal)];

    /// <summary>Every connector of the vendor.</summary>
    public static IReadOnlyList<Connector> Family(ConnectorCatalog catalog, string vendor) => [.. catalog.Connectors.Where(c => c.Vendor == vendor)];

    private static IEnumerable<string> IdentityOf(IEnumerable<Connector> family) =>
        family.Where(c => c.UsesOAuth).SelectMany(c => c.OAuth.IdentityScopes.Concat(c.OAuth.IdentityScopeNames));

    public static IReadOnlyList<string> Union(params IEnumerable<string>[] sets) => [.. sets.SelectMany(s => s).Distinct(StringComparer.Ordinal)];
}
