namespace Patchbay.FunctionHost;

/// <summary>What a function answered, or why it did not.</summary>
public sealed class FunctionReply : IAsyncDisposable
{
    private readonly Func<ValueTask>? _release;

    internal FunctionReply(int status, IReadOnlyList<KeyValuePair<string, string>> headers, Stream body, bool threw, Func<ValueTask> release)
    {
        (Status, Headers, Body, Threw, _release) = (status, headers, body, threw, release);
    }

    internal FunctionReply(FunctionFailed failure)
    {
        (Failure, Status, Headers, Body) = (failure, 0, [], Stream.Null);
    }

    /// <summary>Null when the function answered.</summary>
    public FunctionFailed? Failure { get; }

    /// <summary>HTTP status, or 0 when it failed.</summary>
    public int Status { get; }

    /// <summary>Headers as the function set them, without hop-by-hop headers. Foreign: judge before passing on.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    /// <summary>The handler threw; the status is then 500 and the error stands in the log.</summary>
    public bool Threw { get; }

    /// <summary>The reply as it arrives. Reading throws <see cref="FunctionFailedException"/> when the function dies or passes a limit midway.</summary>
    public Stream Body { get; }

    /// <summary>Frees the request's place in the process.</summary>
    public ValueTask DisposeAsync() => _release is null ? ValueTask.CompletedTask : _release();
}
