namespace Patchbay.Catalog;

/// <summary>Which hosts a connector's <c>hosts</c> allow.</summary>
public static class HostRules
{
    /// <summary>True for an exact name, or a real subdomain of <c>*.example.com</c> (never example.com itself).</summary>
    public static bool Allows(IReadOnlyList<string> hosts, string host)
    {
        ArgumentNullException.ThrowIfNull(hosts);
        ArgumentNullException.ThrowIfNull(host);
        foreach (var allowed in hosts)
            if (allowed.StartsWith("*.", StringComparison.Ordinal)
                ? host.Length > allowed.Length - 1 && host.EndsWith(allowed[1..], StringComparison.OrdinalIgnoreCase)
                : host.Equals(allowed, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }
}
