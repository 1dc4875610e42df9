using Patchbay.Catalog;
using Patchbay.Vault.Network;
using Patchbay.Vault.OAuth;

namespace Patchbay.Vault.Egress.Forwarding;

/// <summary>Matches a request with the catalog's operations and holds it to what was approved for the app.</summary>
internal static class OperationGate
{
    /// <param name="Operation">Id for the log; null if no operation describes the request.</param>
    /// <param name="Missing">The scopes that would have to be approved; null if it may pass.</param>
    /// <param name="Excess">What the token can do beyond the approval, so that a call nobody described may not use it; null if it may pass.</param>
    public readonly record struct Verdict(string? Operation, IReadOnlyList<string>? Missing, IReadOnlyList<string>? Excess = null);

    /// <summary>A described call needs a set of scopes approved for this app, whatever the vendor's token would allow. One that
    /// no operation describes (another address of a described one, a batch of calls) passes if the token can do no more than was approved.</summary>
    /// <param name="family">Every connector of the vendor.</param>
    /// <param name="granted">Of the connection's token, as the vendor said.</param>
    /// <param name="approved">Of the connection.</param>
    /// <param name="method">As sent.</param>
    /// <param name="host">Normalised.</param>
    /// <param name="path">Raw, without query.</param>
    public static Verdict Judge(IReadOnlyList<Connector> family, IReadOnlyList<string> granted, IReadOnlyList<string> approved, string method, string host, string path)
    {
        var described = Describing(family, host, path).ToList();
        var exact = described.Where(d => d.Method == method).ToList();
        // A described path with another method counts as described: some vendors (Slack) do the same for GET as for POST.
        var binding = exact.Count > 0 ? exact : described;
        if (binding.Count == 0)
            return Scopes.Excess(granted, approved, family) is { Count: > 0 } excess ? new(null, null, excess) : new(null, null);
        var closure = Scopes.Closure(approved, family);
        var passing = binding.FirstOrDefault(d => SetsOf(d.Operation).Any(set => set.All(closure.Contains)));
        var shown = exact.Count > 0 ? (passing.Operation ?? exact[0].Operation).Id : null;
        return passing.Operation is not null
            ? new(shown, null)
            : new(shown, [.. binding[0].Operation.Scopes.Where(s => !closure.Contains(s))]);
    }

    /// <summary>For a connection by key. No vendor holds a key to anything, so nothing is read generously here: the call has to be
    /// an operation's to the letter, method included. Null if it is none's.</summary>
    /// <param name="matched">Operations of the connector that the matcher found for the call.</param>
    public static Verdict? JudgeKey(Connector connector, IReadOnlyList<Operation> matched, IReadOnlyList<string> approved)
    {
        if (matched.Count == 0)
            return null;
        var closure = Scopes.Closure(approved, [connector]);
        return matched.FirstOrDefault(o => SetsOf(o).Any(set => set.All(closure.Contains))) is { } passing
            ? new(passing.Id, null)
            : new(matched[0].Id, [.. matched[0].Scopes.Where(s => !closure.Contains(s))]);
    }

    private static IEnumerable<IReadOnlyList<string>> SetsOf(Operation operation) => operation.AlternativeScopes.Prepend(operation.Scopes);

    /// <summary>Operations whose host and path fit in any reading a vendor may have: escapes kept within a segment, or
    /// undone first; repeated and trailing slashes dropped; letters of either case. Fewer placeholders come first.</summary>
    private static IEnumerable<(string Method, Operation Operation)> Describing(IReadOnlyList<Connector> family, string host, string path)
    {
        var kept = Segments(path).Select(Uri.UnescapeDataString).ToArray();
        var undone = Segments(Uri.UnescapeDataString(path)).ToArray();
        return from connector in family
               from operation in connector.Operations
               from call in operation.AlsoCalls.Prepend(operation.Call)
               where HostName.Matches(host, call.Host)
               let template = Segments(call.Path).ToArray()
               where Fits(template, kept) || Fits(template, undone)
               orderby template.Count(IsPlaceholder)
               select (call.Method, operation);
    }

    private static string[] Segments(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    private static bool IsPlaceholder(string segment) => segment.StartsWith('{') && segment.EndsWith('}');

    private static bool Fits(string[] template, string[] segments) =>
        template.Length == segments.Length && template.Zip(segments).All(p => FitsSegment(p.First, p.Second));

    private static bool FitsSegment(string template, string segment)
    {
        if (IsPlaceholder(template))
            return true;
        // Google's custom methods stand behind a colon: {spreadsheetId}:batchUpdate.
        return template.StartsWith('{') && template.IndexOf('}', StringComparison.Ordinal) is var end and > 0
            ? segment.Length > template.Length - end - 1 && segment.EndsWith(template[(end + 1)..], StringComparison.OrdinalIgnoreCase)
            : template.Equals(segment, StringComparison.OrdinalIgnoreCase);
    }
}
