using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Patchbay.Storage.Tests.Support;

/// <summary>Makes nodes on one fresh database of an engine.</summary>
public abstract class TestEngine : IAsyncDisposable
{
    /// <summary>Whether several nodes may share the database.</summary>
    public abstract bool ManyNodes { get; }

    public abstract ValueTask DisposeAsync();

    /// <summary>A server's container on the database, opened. The caller disposes it.</summary>
    public async Task<ServiceProvider> StartNodeAsync()
    {
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).AddLogging();
        services.AddStorage(await OptionsAsync());
        var node = services.BuildServiceProvider();
        try
        {
            await node.GetRequiredService<IStorage>().OpenAsync(default);
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
        return node;
    }

    protected abstract Task<StorageOptions> OptionsAsync();
}
