namespace Patchbay.FunctionHost;

/// <summary>A function's files before bundling.</summary>
/// <param name="Entry">Key in <paramref name="Files"/> of the file that calls Deno.serve or has the default export.</param>
/// <param name="Files">Text by path: relative, forward slashes, such as <c>functions/hello/entry.ts</c> or <c>shared/x.ts</c>.</param>
public sealed record FunctionSource(string Entry, IReadOnlyDictionary<string, string> Files);

/// <summary>What runs: one ECMAScript module with every import resolved.</summary>
/// <param name="Code">The module's text.</param>
/// <param name="SourceMap">Source map (version 3, JSON) back to the author's files, or null.</param>
/// <param name="Hash">SHA-256 of the code, 64 lower-case hex.</param>
public sealed record FunctionBundle(string Code, string? SourceMap, string Hash);

/// <summary>The identity of a process: one process serves one key and is never reused for another.</summary>
public sealed record FunctionKey(string App, string Function, int Version);

/// <summary>One request to a function.</summary>
/// <param name="Key">Which function version.</param>
/// <param name="Bundle">Loads the bundle; called only when a process has to be prepared.</param>
/// <param name="Request">The HTTP request the function sees.</param>
/// <param name="Limits">Limits of this request; the memory and concurrency of the process that serves it.</param>
/// <param name="Log">Receives what the function prints.</param>
/// <param name="InvocationId">The caller's id, for its own records.</param>
public sealed record FunctionInvocation(
    FunctionKey Key,
    Func<CancellationToken, ValueTask<FunctionBundle>> Bundle,
    FunctionHttpRequest Request,
    FunctionLimits Limits,
    IFunctionLog Log,
    string InvocationId)
{
    /// <summary>What Deno.env and process.env answer. Never a secret: those reach the function through its door.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}

/// <summary>The request as the function sees it. Hop-by-hop headers are dropped on the way.</summary>
/// <param name="Method">HTTP method. CONNECT, TRACE and TRACK are refused: a function cannot see them.</param>
/// <param name="Url">Absolute http or https URL that <c>req.url</c> shows.</param>
/// <param name="Headers">In order, repeated names allowed.</param>
/// <param name="Body">Null for none. Not disposed by the host.</param>
public sealed record FunctionHttpRequest(
    string Method,
    Uri Url,
    IReadOnlyList<KeyValuePair<string, string>> Headers,
    Stream? Body);

/// <summary>Bounds of one request and of the process that serves it.</summary>
public sealed record FunctionLimits
{
    /// <summary>From dispatch to the last byte of the reply.</summary>
    public TimeSpan Wall { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Processor time the process may use per request it is serving, and once between requests.</summary>
    public TimeSpan Cpu { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Private memory (resident minus shared) of the process, in bytes.</summary>
    public long MemoryBytes { get; init; } = 256L << 20;

    /// <summary>Largest request body, in bytes.</summary>
    public long RequestBytes { get; init; } = 16L << 20;

    /// <summary>Largest reply body, in bytes.</summary>
    public long ReplyBytes { get; init; } = 16L << 20;

    /// <summary>Largest log of one request, in UTF-16 characters; what comes after is dropped and said so.</summary>
    public int LogBytes { get; init; } = 256 << 10;

    /// <summary>Requests one process serves at a time.</summary>
    public int Concurrency { get; init; } = 16;
}
