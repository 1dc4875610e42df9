using System.Text;
using System.Text.RegularExpressions;
using Patchbay.Catalog;

namespace Patchbay.Platform.Functions.Internal;

/// <summary>
/// Which catalog operations a source calls, as far as reading it tells: URLs in its strings, with constants put in, and
/// the method written near them. What it misses costs a refusal at the egress, never a permission too many.
/// </summary>
internal static partial class OperationScan
{
    private const int LookAhead = 600;
    private const int LongestUrl = 2000;
    private static readonly string Unknown = new(SourceLiterals.Hole, 2);
    private static readonly string[] OtherMethods = ["POST", "PUT", "PATCH", "DELETE"];

    /// <returns>Operation ids, sorted.</returns>
    public static IReadOnlyList<string> Of(ConnectorCatalog catalog, IEnumerable<string> sources)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var source in sources)
        {
            var own = new SortedSet<string>(StringComparer.Ordinal);
            Scan(catalog.Matcher, source, own);
            found.UnionWith(own.Select(id => OfTheNamed(catalog, id, source)));
        }
        return [.. found];
    }

    /// <summary>Two connectors of a vendor may make the same call (Slack and its bot): the one that the source names is meant.</summary>
    private static string OfTheNamed(ConnectorCatalog catalog, string id, string source)
    {
        var operation = catalog.FindOperation(id)!;
        var own = Connector(id);
        if (Names(own))
            return id;
        var call = operation.Call;
        var twins = catalog.Matcher.FindAll(call.Method, call.Host.TrimStart('*', '.'), call.Path.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal));
        return twins.FirstOrDefault(twin => twin.Call == call && Names(Connector(twin.Id)))?.Id ?? id;

        static string Connector(string operationId) => operationId[..operationId.IndexOf('.', StringComparison.Ordinal)];
        bool Names(string connector) => source.Contains($"\"{connector}\"", StringComparison.Ordinal) || source.Contains($"'{connector}'", StringComparison.Ordinal);
    }

    private static void Scan(OperationMatcher matcher, string source, SortedSet<string> found)
    {
        var literals = SourceLiterals.Of(source);
        var constants = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var literal in literals)
            if (Assigned().Match(Before(source, literal.Start)) is { Success: true } match)
                constants.TryAdd(match.Groups[1].Value, literal.Text);
        for (var i = 0; i < literals.Count; i++)
        {
            var text = literals[i].Text;
            if (text.StartsWith('/') && Added().Match(Before(source, literals[i].Start)) is { Success: true } plus)
                text = constants.GetValueOrDefault(plus.Groups[1].Value, Unknown) + text;
            if (UrlOf(matcher, Filled(text, constants)) is not { } url)
                continue;
            var end = Math.Min(source.Length, literals[i].End + LookAhead);
            // The method of the next call is not this one's.
            for (var next = i + 1; next < literals.Count && literals[next].Start < end; next++)
                if (UrlOf(matcher, Filled(literals[next].Text, constants)) is not null)
                    end = literals[next].Start;
            var method = Method().Match(source, literals[i].End, Math.Max(0, end - literals[i].End));
            Add(matcher, method.Success ? method.Groups[1].Value : null, url, found);
        }
    }

    private static void Add(OperationMatcher matcher, string? method, (string Host, string Path, string Query) url, SortedSet<string> found)
    {
        if (matcher.FindAll(method ?? "GET", url.Host, url.Path) is [var first, ..] all)
        {
            // One call of several operations: those that its query names, as far as the source shows it.
            var meant = all.Where(operation => operation.Call == first.Call && operation.QueryWords.Any(word => url.Query.Contains(word, StringComparison.Ordinal))).ToList();
            found.UnionWith(meant.Count > 0 ? meant.Select(operation => operation.Id) : [first.Id]);
        }
        else if (method is null)
            // The method stands somewhere else, in a helper: every operation that the address can be.
            foreach (var other in OtherMethods)
                if (matcher.Find(other, url.Host, url.Path) is { } possible)
                    found.Add(possible.Id);
    }

    private static string Filled(string text, Dictionary<string, string> constants)
    {
        for (var round = 0; round < 3 && text.Length <= LongestUrl && text.StartsWith(SourceLiterals.Hole); round++)
        {
            var close = text.IndexOf(SourceLiterals.Hole, 1);
            if (close < 0 || !constants.TryGetValue(text[1..close], out var value))
                break;
            text = value + text[(close + 1)..];
        }
        return text;
    }

    private static (string Host, string Path, string Query)? UrlOf(OperationMatcher matcher, string text)
    {
        const string scheme = "https://";
        if (text.Length > LongestUrl)
            return null;
        // `${instance_url}/services/...`: the host comes out of the connection and is known only at run time.
        var known = text.StartsWith(scheme, StringComparison.Ordinal);
        if (!known && !text.StartsWith(SourceLiterals.Hole))
            return null;
        var slash = known ? text.IndexOf('/', scheme.Length) : text.IndexOf(SourceLiterals.Hole, 1) + 1;
        if (slash <= 0 || slash >= text.Length || text[slash] != '/')
            return null;
        // A hole in the host itself leaves its end: https://${domain}.my.salesforce.com/...
        var host = known && !text.AsSpan(scheme.Length, slash - scheme.Length).Contains(SourceLiterals.Hole) ? text[scheme.Length..slash] : OperationMatcher.AnyHost;
        var path = new StringBuilder();
        for (var i = slash; i < text.Length && text[i] is not '?' and not '#'; i++)
        {
            if (text[i] != SourceLiterals.Hole)
                path.Append(text[i]);
            else
            {
                path.Append('x');
                i = text.IndexOf(SourceLiterals.Hole, i + 1);
                if (i < 0)
                    break;
            }
        }
        var question = text.IndexOf('?', slash);
        var query = question < 0 ? "" : text[question..];
        // Without a known host only a path that the catalog knows makes an address.
        return host != OperationMatcher.AnyHost || OtherMethods.Prepend("GET").Any(method => matcher.Find(method, host, path.ToString()) is not null) ? (host, path.ToString(), query) : null;
    }

    private static string Before(string source, int at) => source[Math.Max(0, at - 120)..at];

    [GeneratedRegex(@"(?:const|let|var)\s+([A-Za-z_$][\w$]*)\s*(?::\s*string\s*)?=\s*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Assigned();

    [GeneratedRegex(@"([A-Za-z_$][\w$]*)\s*\+\s*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Added();

    [GeneratedRegex("""\bmethod["']?\s*:\s*["'`]([A-Za-z]{3,7})["'`]""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Method();
}
