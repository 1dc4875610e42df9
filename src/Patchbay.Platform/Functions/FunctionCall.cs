namespace Patchbay.Platform.Functions;

/// <summary>A function's reply to a direct call. Headers and body are foreign: judge before passing on.</summary>
public sealed class FunctionCall(FunctionProblem problem, string? message, int status, IReadOnlyList<KeyValuePair<string, string>> headers, Stream body, Func<ValueTask> release) : IAsyncDisposable
{
    public FunctionProblem Problem { get; } = problem;

    /// <summary>For a person, when there was a problem.</summary>
    public string? Message { get; } = message;

    /// <summary>0 when there was a problem.</summary>
    public int Status { get; } = status;

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; } = headers;

    /// <summary>As it arrives; throws <see cref="FunctionHost.FunctionFailedException"/> when the function dies midway.</summary>
    public Stream Body { get; } = body;

    /// <summary>Frees the request's place and ends its service token.</summary>
    public ValueTask DisposeAsync() => release();

    internal static FunctionCall Refused(FunctionProblem problem, string message) =>
        new(problem, message, 0, [], Stream.Null, () => ValueTask.CompletedTask);
}
