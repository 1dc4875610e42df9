using Patchbay.FunctionHost.Isolation;

namespace Patchbay.FunctionHost.Building;

internal sealed class Bundler(string runtimeDirectory, Spawner spawner) : IAsyncDisposable
{
    public Task<FunctionBundle> BuildAsync(FunctionSource source, CancellationToken cancellationToken) =>
        Task.FromResult(new FunctionBundle(source.Files[source.Entry], null, runtimeDirectory + spawner));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
