namespace Patchbay.Catalog;

/// <summary>
/// Finds the operation that a request is, by method, host and path. A tree of path segments: time grows with the
/// number of segments of the path, never with the number of operations, and no text is ever backtracked over.
/// </summary>
public sealed class OperationMatcher
{
    /// <summary>Stands for a host that is known only when the call is made: calls of <c>*.example.com</c> can be meant.</summary>
    public const string AnyHost = "*";

    private readonly Dictionary<(string Connector, string Method, string Host), Node> _trees = [];
    private readonly Dictionary<(string Method, string Host), Node> _anyConnector = [];
    private readonly SortedSet<string> _wildcards = new(StringComparer.Ordinal);

    public OperationMatcher(IEnumerable<Connector> connectors)
    {
        ArgumentNullException.ThrowIfNull(connectors);
        foreach (var connector in connectors)
            foreach (var operation in connector.Operations)
            {
                Add(connector.Id, operation.Call, operation, own: true);
                foreach (var call in operation.AlsoCalls)
                    Add(connector.Id, call, operation, own: false);
            }
    }

    /// <summary>The operation whose own call this is; failing that, the first that also makes it; null where none does.</summary>
    /// <param name="method">Compared without regard to case.</param>
    /// <param name="host">Without port, compared without regard to case; <see cref="AnyHost"/> where it is not known.</param>
    /// <param name="path">As sent, percent escapes included; a query is ignored.</param>
    public Operation? Find(string method, string host, string path) => FindAll(method, host, path) is [var first, ..] ? first : null;

    /// <summary>The same among the operations of one connector.</summary>
    public Operation? Find(string connector, string method, string host, string path) =>
        FindAll(connector, method, host, path) is [var first, ..] ? first : null;

    /// <summary>Every operation that makes this call; those whose own call it is come first. Any one approved suffices.</summary>
    public IReadOnlyList<Operation> FindAll(string method, string host, string path) =>
        FirstOf(host, name => Walk(_anyConnector.GetValueOrDefault((Upper(method), name)), path));

    /// <inheritdoc cref="FindAll(string, string, string)"/>
    public IReadOnlyList<Operation> FindAll(string connector, string method, string host, string path) =>
        FirstOf(host, name => Walk(_trees.GetValueOrDefault((connector, Upper(method), name)), path));

    /// <summary>Tries the host's own name, then the wildcards that include it, the narrowest first.</summary>
    private List<Operation> FirstOf(string host, Func<string, List<Operation>> find)
    {
        if (host == AnyHost)
            return _wildcards.Select(find).FirstOrDefault(found => found.Count > 0) ?? [];
        var name = Lower(host);
        var exact = find(name);
        for (var dot = name.IndexOf('.', StringComparison.Ordinal); exact.Count == 0 && dot > 0; dot = name.IndexOf('.', dot + 1))
            if (_wildcards.Contains("*" + name[dot..]))
                exact = find("*" + name[dot..]);
        return exact;
    }

    private void Add(string connector, OperationCall call, Operation operation, bool own)
    {
        if (call.Host.StartsWith("*.", StringComparison.Ordinal))
            _wildcards.Add(Lower(call.Host));
        Plant(_trees, (connector, Upper(call.Method), Lower(call.Host)), call.Path, operation, own);
        Plant(_anyConnector, (Upper(call.Method), Lower(call.Host)), call.Path, operation, own);
    }

    private static void Plant<TKey>(Dictionary<TKey, Node> trees, TKey key, string path, Operation operation, bool own)
        where TKey : notnull
    {
        if (!trees.TryGetValue(key, out var node))
            trees[key] = node = new Node();
        foreach (var segment in path.Split('/'))
            node = node.Child(segment);
        node.Operations.Insert(own ? node.OwnCount++ : node.Operations.Count, operation);
    }

    private static List<Operation> Walk(Node? root, string path)
    {
        if (root is null)
            return [];
        var query = path.AsSpan().IndexOfAny('?', '#');
        var rest = query < 0 ? path.AsSpan() : path.AsSpan(0, query);
        return Walk(root, rest, depth: 0)?.Operations ?? [];
    }

    // A literal segment wins over a parameter. Trying the parameter after a dead literal branch is bounded by the
    // tree, not the text: catalog templates are at most a dozen segments deep.
    private static Node? Walk(Node node, ReadOnlySpan<char> rest, int depth)
    {
        if (depth > MaximumSegments)
            return null;
        var slash = rest.IndexOf('/');
        var segment = slash < 0 ? rest : rest[..slash];
        var isLast = slash < 0;
        foreach (var candidate in node.Candidates(segment))
        {
            var found = isLast
                ? candidate.Operations.Count > 0 ? candidate : null
                : Walk(candidate, rest[(slash + 1)..], depth + 1);
            if (found is not null)
                return found;
        }

        return null;
    }

    private const int MaximumSegments = 32;

    private static string Upper(string method) => method.ToUpperInvariant();

    // Host names are lower case in the catalog; a trailing dot would name the same host at a resolver.
    private static string Lower(string host) => host.TrimEnd('.').ToLowerInvariant();

    private sealed class Node
    {
        private readonly Dictionary<string, Node> _literals = new(StringComparer.Ordinal);
        private readonly Dictionary<string, Node>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
        private readonly List<(string Suffix, Node Node)> _parameters = [];

        public Node() => _bySpan = _literals.GetAlternateLookup<ReadOnlySpan<char>>();

        public List<Operation> Operations { get; } = [];

        public int OwnCount { get; set; }

        /// <summary><c>{x}</c> is any one segment that is not empty; <c>{x}:verb</c> one that ends in <c>:verb</c>.</summary>
        public Node Child(string segment)
        {
            if (!segment.StartsWith('{'))
                return _literals.TryGetValue(segment, out var literal) ? literal : _literals[segment] = new Node();
            var suffix = segment[(segment.IndexOf('}') + 1)..];
            var known = _parameters.FindIndex(p => p.Suffix == suffix);
            if (known >= 0)
                return _parameters[known].Node;
            var added = new Node();
            // The longest suffix first, so that `{id}:append` is not swallowed by `{id}`.
            var at = _parameters.FindIndex(p => p.Suffix.Length < suffix.Length);
            _parameters.Insert(at < 0 ? _parameters.Count : at, (suffix, added));
            return added;
        }

        public List<Node> Candidates(ReadOnlySpan<char> segment)
        {
            var found = new List<Node>(2);
            if (_bySpan.TryGetValue(segment, out var literal))
                found.Add(literal);
            if (IsPlain(segment))
                foreach (var (suffix, node) in _parameters)
                    if (segment.Length > suffix.Length && segment.EndsWith(suffix, StringComparison.Ordinal))
                        found.Add(node);
            return found;
        }

        // A vendor that decodes %2F or %2E before routing would see another path than the one matched here.
        private static bool IsPlain(ReadOnlySpan<char> segment) =>
            segment.Length > 0
            && segment is not "." and not ".."
            && segment.IndexOf('\\') < 0
            && segment.IndexOf("%2f", StringComparison.OrdinalIgnoreCase) < 0
            && segment.IndexOf("%5c", StringComparison.OrdinalIgnoreCase) < 0
            && segment.IndexOf("%2e", StringComparison.OrdinalIgnoreCase) < 0;
    }
}
