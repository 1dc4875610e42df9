using Patchbay.Vault.Egress.Doors;

namespace Patchbay.Vault.Egress;

/// <summary>Writes the call log: one line per request, no bodies, headers or queries.</summary>
internal sealed class CallRecorder(ICallLog log, TimeProvider time)
{
    private const int LongestPath = 300;

    public ValueTask RefusedTunnelAsync(FunctionIdentity function, string host, EgressError refusal, CancellationToken cancellationToken) =>
        log.AppendAsync(new CallLogEntry
        {
            Id = Ids.New(time),
            App = function.App,
            Time = time.GetUtcNow(),
            Method = "CONNECT",
            Host = host,
            Path = "",
            Status = refusal.Status,
            DurationMs = 0,
            RequestBytes = 0,
            ResponseBytes = 0,
            Function = function.Function,
            Outcome = CallOutcome.Refused,
            Reason = refusal.Code,
        }, cancellationToken);

    public async ValueTask WriteAsync(CallRecord call)
    {
        // Not the request's token: a call that the function gave up on went out all the same and is logged.
        await log.AppendAsync(new CallLogEntry
        {
            Id = Ids.New(time),
            App = call.Function.App,
            Time = call.Started,
            Connection = call.Connection?.Connection,
            Connector = call.Connection?.Connector,
            Operation = call.Operation,
            Method = call.Method,
            Host = call.Host,
            Path = SafePath(call.Path),
            Status = call.Status,
            DurationMs = (time.GetUtcNow() - call.Started).TotalMilliseconds,
            RequestBytes = call.RequestBytes,
            ResponseBytes = call.ResponseBytes,
            Function = call.Function.Function,
            RunId = call.RunId,
            Outcome = call.Outcome,
            Reason = call.Reason,
        }, CancellationToken.None);
    }

    /// <summary>Without query, cut, and without phantoms: a refused request may have one in its path.</summary>
    private static string SafePath(string path)
    {
        var query = path.IndexOfAny(['?', '#']);
        if (query >= 0)
            path = path[..query];
        foreach (var phantom in Phantoms.FindAll(path).ToList())
            path = path.Replace(phantom, Phantoms.Prefix + "...", StringComparison.Ordinal);
        return path.Length > LongestPath ? path[..LongestPath] : path;
    }
}

/// <summary>What is known of a call while it runs.</summary>
internal sealed class CallRecord(FunctionIdentity function, DateTimeOffset started, string method, string host, string path)
{
    public FunctionIdentity Function => function;
    public DateTimeOffset Started => started;
    public string Method => method;
    public string Host => host;
    public string Path => path;
    public AllowedConnection? Connection { get; set; }
    public string? Operation { get; set; }
    public string? RunId { get; init; }
    public int? Status { get; set; }
    public long RequestBytes { get; set; }
    public long ResponseBytes { get; set; }
    public CallOutcome Outcome { get; set; } = CallOutcome.Failed;
    public string? Reason { get; set; }
}
