namespace Patchbay.FunctionHost;

/// <summary>
/// Runs foreign TypeScript functions, each in a Deno process of its own that can reach nothing but its door.
/// </summary>
/// <remarks>Expected failures are values: see <see cref="FunctionReply.Failure"/>.</remarks>
public interface IFunctionHost : IAsyncDisposable
{
    /// <summary>Whether functions can run on this machine and, if not, what to install or allow.</summary>
    Task<FunctionHostStatus> GetStatusAsync(CancellationToken cancellationToken);

    /// <summary>Bundles a function at deploy; nothing outside <paramref name="source"/> is ever read.</summary>
    /// <exception cref="FunctionBuildException">The source cannot be bundled; says file, line and what to do.</exception>
    Task<FunctionBundle> BuildAsync(FunctionSource source, CancellationToken cancellationToken);

    /// <summary>
    /// Runs one request. The reply must be disposed: it holds one of the process's places until then.
    /// Cancelling tells the function (its request signal aborts) and gives <see cref="FunctionFailure.Cancelled"/>.
    /// </summary>
    Task<FunctionReply> InvokeAsync(FunctionInvocation invocation, CancellationToken cancellationToken);

    /// <summary>Ends every process of a function (it was deleted, or its secrets changed). Requests in flight fail as crashed.</summary>
    Task EvictAsync(string app, string function, CancellationToken cancellationToken);
}
