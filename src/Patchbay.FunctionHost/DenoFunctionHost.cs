using System.Collections.Concurrent;
using Patchbay.FunctionHost.Building;
using Patchbay.FunctionHost.Dispatch;
using Patchbay.FunctionHost.Isolation;
using Patchbay.FunctionHost.Pool;

namespace Patchbay.FunctionHost;

/// <summary>The function host of one node: a warm pool of Deno processes behind bubblewrap.</summary>
public sealed class DenoFunctionHost : IFunctionHost
{
    private readonly FunctionHostOptions _options;
    private readonly TimeProvider _time;
    private readonly Spawner _spawner = new();
    private readonly RunFolder _run;
    private readonly Readiness _readiness;
    private readonly Bundler _bundler;
    private readonly Dispatcher _dispatcher;
    private readonly ConcurrentDictionary<FunctionKey, Lane> _lanes = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _starting = new(1, 1);
    private volatile Running? _running;

    /// <summary>Starts nothing yet: the first status or invocation examines the machine and fills the pool.</summary>
    public DenoFunctionHost(FunctionHostOptions options, IFunctionEgress egress, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _run = new RunFolder(options.RunDirectory);
        _readiness = new Readiness(options, _spawner, _run, egress, time);
        _bundler = new Bundler(options.RuntimeDirectory, _spawner, time);
        _dispatcher = new Dispatcher(time);
    }

    private sealed record Running(WarmPool Pool, LaneHost Lanes, Task Watchdog);

    /// <inheritdoc/>
    public async Task<FunctionHostStatus> GetStatusAsync(CancellationToken cancellationToken)
    {
        var problems = await EnsureRunningAsync(cancellationToken);
        return new FunctionHostStatus(problems.Count == 0, _options.Isolation, problems);
    }

    /// <inheritdoc/>
    public Task<FunctionBundle> BuildAsync(FunctionSource source, CancellationToken cancellationToken) => _bundler.BuildAsync(source, cancellationToken);

    /// <inheritdoc/>
    public async Task<FunctionReply> InvokeAsync(FunctionInvocation invocation, CancellationToken cancellationToken)
    {
        try
        {
            if (_running is null && await EnsureRunningAsync(cancellationToken) is { Count: > 0 } problems)
                return new FunctionReply(new FunctionFailed(FunctionFailure.NotAvailable, $"Functions cannot run on this machine. {string.Join(' ', problems)}"));
        }
        catch (OperationCanceledException)
        {
            return new FunctionReply(new FunctionFailed(FunctionFailure.Cancelled, "The request was cancelled by its caller."));
        }

        for (; ; )
        {
            var lane = _lanes.GetOrAdd(invocation.Key, static (key, host) => new Lane(key, host), _running!.Lanes);
            if (await _dispatcher.SendAsync(lane, invocation, cancellationToken) is { } reply) return reply;
        }
    }

    /// <inheritdoc/>
    public async Task EvictAsync(string app, string function, CancellationToken cancellationToken)
    {
        foreach (var lane in _lanes.Values.Where(l => l.Key.App == app && l.Key.Function == function))
            await lane.EvictAllAsync().WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _starting.WaitAsync();
        if (_running is { } running)
        {
            await running.Watchdog;
            await running.Pool.DisposeAsync();
            foreach (var lane in _lanes.Values) await lane.EvictAllAsync();
        }

        await _bundler.DisposeAsync();
        _spawner.Dispose();
        _run.Dispose();
    }

    private async Task<IReadOnlyList<string>> EnsureRunningAsync(CancellationToken cancellationToken)
    {
        if (_running is not null) return [];
        await _starting.WaitAsync(cancellationToken);
        try
        {
            if (_running is not null) return [];
            ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, this);
            var (factory, problems) = await _readiness.ExamineAsync(cancellationToken);
            if (factory is null) return problems;
            var pool = new WarmPool(factory, _options.PoolSize);
            pool.Fill();
            _running = new Running(pool, new LaneHost(_options, pool, _time, EvictLongestIdle), Task.Run(WatchAsync, CancellationToken.None));
            return [];
        }
        finally
        {
            _starting.Release();
        }
    }

    private bool EvictLongestIdle()
    {
        for (; ; )
        {
            var longest = _lanes.Values.Select(lane => (Lane: lane, Since: lane.IdleSince())).Where(l => l.Since is not null).OrderBy(l => l.Since).FirstOrDefault().Lane;
            if (longest is null) return false;
            // It may have got a request in the same instant: then the next longest goes.
            if (longest.EvictIdle()) return true;
        }
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(_options.WatchInterval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                foreach (var (key, lane) in _lanes)
                {
                    lane.Watch(_time.GetUtcNow(), _options.IdleTimeout);
                    if (lane.TryClose()) _lanes.TryRemove(key, out _);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }
}
