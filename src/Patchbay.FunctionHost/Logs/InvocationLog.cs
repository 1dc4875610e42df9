namespace Patchbay.FunctionHost.Logs;

/// <summary>The lines of one invocation: counted, bounded, and awaited.</summary>
internal sealed class InvocationLog(IFunctionLog sink, int budget)
{
    private readonly Lock _gate = new();
    private int _lines;
    private long _size;
    private (int Count, TaskCompletionSource Reached)? _awaited;

    public void Write(FunctionLogLine line)
    {
        TaskCompletionSource? reached = null;
        lock (_gate)
        {
            _lines++;
            if (_size <= budget)
            {
                _size += line.Text.Length;
                Pass(line);
                if (_size > budget) Pass(line with { Level = FunctionLogLevel.Warn, Text = "[the log of this invocation is full; what follows is dropped]" });
            }

            if (_awaited is { } awaited && _lines >= awaited.Count) (reached, _awaited) = (awaited.Reached, null);
        }

        reached?.TrySetResult();
    }

    // Called from the one reader of the process: a sink that throws must not stop it for every other invocation.
    private void Pass(FunctionLogLine line)
    {
        try
        {
            sink.Write(line);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            System.Diagnostics.Trace.TraceError($"A function log failed: {e.GetType().Name}");
        }
    }

    /// <summary>Completes when the function's first <paramref name="count"/> lines have been read.</summary>
    public Task ReachAsync(int count)
    {
        lock (_gate)
        {
            if (_lines >= count) return Task.CompletedTask;
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited = (count, reached);
            return reached.Task;
        }
    }
}
