using Microsoft.Extensions.DependencyInjection;

namespace Patchbay.Storage.Tests.Support;

/// <summary>What every engine must do, on a fresh database for each test.</summary>
public abstract class Conformance(TestEngine engine) : IAsyncLifetime
{
    private readonly List<ServiceProvider> _nodes = [];

    protected TestEngine Engine => engine;

    /// <summary>The first node.</summary>
    protected ServiceProvider Node => _nodes[0];

    protected T Get<T>()
        where T : notnull => Node.GetRequiredService<T>();

    public async Task InitializeAsync() => _nodes.Add(await engine.StartNodeAsync());

    public async Task DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
        await engine.DisposeAsync();
    }

    /// <summary>Another node on the same database; where there can be only one, that one.</summary>
    protected async Task<ServiceProvider> SecondNodeAsync()
    {
        if (!engine.ManyNodes)
            return Node;
        _nodes.Add(await engine.StartNodeAsync());
        return _nodes[^1];
    }

    /// <summary>Stops the first node and starts it anew.</summary>
    protected async Task RestartAsync()
    {
        await _nodes[0].DisposeAsync();
        _nodes[0] = await engine.StartNodeAsync();
    }
}
