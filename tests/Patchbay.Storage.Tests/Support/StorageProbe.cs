using Microsoft.Extensions.DependencyInjection;

namespace Patchbay.Storage.Tests.Support;

/// <summary>Storage with a given connection string, not opened yet.</summary>
internal sealed class StorageProbe(string connection) : IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddLogging()
        .AddStorage(new() { DataDirectory = Path.GetTempPath(), ConnectionString = connection }).BuildServiceProvider();

    public Task OpenAsync() => _services.GetRequiredService<IStorage>().OpenAsync(default);

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
