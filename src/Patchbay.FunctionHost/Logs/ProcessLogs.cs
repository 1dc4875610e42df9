namespace Patchbay.FunctionHost.Logs;

/// <summary>Routes the lines of one process to the invocations that wrote them.</summary>
/// <remarks>Bounded: the last 64 invocations, so that what runs on after a reply still finds its log.</remarks>
internal sealed class ProcessLogs(TimeProvider time)
{
    private const int Kept = 64;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, InvocationLog> _logs = [];
    private readonly Queue<string> _order = new();
    private InvocationLog? _latest;

    public Func<string, string> MapStack { get; set; } = SourceMap.Empty.MapStack;

    public InvocationLog Open(string id, IFunctionLog sink, int budget)
    {
        var log = new InvocationLog(sink, budget);
        lock (_gate)
        {
            _logs[id] = log;
            _latest = log;
            _order.Enqueue(id);
            if (_order.Count > Kept) _logs.Remove(_order.Dequeue());
        }

        return log;
    }

    public void Write(ProcessMessage message)
    {
        InvocationLog? log;
        lock (_gate)
            // An error outside any context (a rejection nobody awaited) belongs to the newest invocation, for want of better.
            log = message.Invocation is null ? _latest : _logs.GetValueOrDefault(message.Invocation);
        log?.Write(new FunctionLogLine(time.GetUtcNow(), message.Level, message.Level == FunctionLogLevel.Error ? MapStack(message.Text) : message.Text));
    }
}
