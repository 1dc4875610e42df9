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
            if (Matches(allowed, host))
                return true;
        return false;
    }

    /// <summary>Whether some host is allowed by both patterns.</summary>
    public static bool Overlap(string one, string other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return one.Equals(other, StringComparison.OrdinalIgnoreCase) || Includes(one, other) || Includes(other, one);
    }

    // What lies below *.y.example.com lies below *.example.com too.
    private static bool Includes(string allowed, string other) =>
        other.StartsWith("*.", StringComparison.Ordinal) ? allowed.StartsWith("*.", StringComparison.Ordinal) && Matches(allowed, other[2..]) : Matches(allowed, other);

    private static bool Matches(string allowed, string host) =>
        allowed.StartsWith("*.", StringComparison.Ordinal)
            ? host.Length > allowed.Length - 1 && host.EndsWith(allowed[1..], StringComparison.OrdinalIgnoreCase)
            : host.Equals(allowed, StringComparison.OrdinalIgnoreCase);
}
