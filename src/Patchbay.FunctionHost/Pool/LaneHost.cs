using Patchbay.FunctionHost.Processes;

namespace Patchbay.FunctionHost.Pool;

/// <summary>What lanes share: the pool, the node's capacity, the clock.</summary>
internal sealed class LaneHost(FunctionHostOptions options, WarmPool pool, TimeProvider time, Func<bool> evictOne)
{
    public Capacity Capacity { get; } = new(options.MaxProcesses, evictOne);

    public TimeProvider Time { get; } = time;

    public int MaxProcessesPerFunction => options.MaxProcessesPerFunction;

    public TimeSpan RetireGrace => options.RetireGrace;

    /// <summary>Takes a process from the pool and makes it the function.</summary>
    public async Task<(FunctionProcess? Process, FunctionFailed? Failed)> StartAsync(FunctionKey key, FunctionInvocation invocation)
    {
        using var limit = new CancellationTokenSource(options.StartTimeout, Time);
        if (!await Capacity.TakeAsync(limit.Token))
            return (null, new FunctionFailed(FunctionFailure.StartFailed, $"All {options.MaxProcesses} function processes of this node are busy."));

        FunctionProcess? process = null;
        FunctionFailed? failed;
        try
        {
            (process, failed) = await BindAsync(key, invocation, limit.Token);
        }
        finally
        {
            if (process is null) Capacity.Free(evicted: false);
        }

        return (process, failed);
    }

    private async Task<(FunctionProcess? Process, FunctionFailed? Failed)> BindAsync(FunctionKey key, FunctionInvocation invocation, CancellationToken limit)
    {
        FunctionBundle bundle;
        try
        {
            bundle = await invocation.Bundle(limit);
        }
        catch (Exception e)
        {
            return (null, new FunctionFailed(FunctionFailure.BuildFailed, $"The function's bundle could not be loaded: {e.Message}"));
        }

        FunctionProcess? process = null;
        FunctionFailed failed;
        try
        {
            process = await pool.TakeAsync(limit);
            if (await process.LoadAsync(key, bundle, invocation, limit) is not { } notLoaded) return (process, null);
            failed = notLoaded;
        }
        catch (OperationCanceledException)
        {
            failed = new FunctionFailed(FunctionFailure.TimedOut, $"The function was not loaded within {options.StartTimeout.TotalSeconds:0} s.");
        }
        catch (IOException e) when (process is null)
        {
            failed = new FunctionFailed(FunctionFailure.StartFailed, $"No function process could be started: {e.Message}");
        }
        catch (IOException)
        {
            failed = Failures.Of(process!, "while it was loaded");
        }

        if (process is not null) await process.DisposeAsync();
        return (null, failed);
    }
}
