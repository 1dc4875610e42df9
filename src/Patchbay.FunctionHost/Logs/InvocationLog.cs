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
                sink.Write(line);
                if (_size > budget) sink.Write(line with { Level = FunctionLogLevel.Warn, Text = "[the log of this invocation is full; what follows is dropped]" });
            }

            if (_awaited is { } awaited && _lines >= awaited.Count) (reached, _awaited) = (awaited.Reached, null);
        }

        reached?.TrySetResult();
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
