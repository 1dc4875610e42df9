using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Patchbay.Storage.Engines;

namespace Patchbay.Storage.Logs;

/// <summary>Collects rows of one table and writes what has gathered in one transaction, in order. A full buffer waits.</summary>
internal sealed partial class BatchWriter(Databases databases, string table, TimeProvider time, ILogger<BatchWriter> logger) : IAsyncDisposable
{
    private const int MostBuffered = 4096;
    private const int MostInBatch = 500;
    private const int MostTries = 6;
    private static readonly TimeSpan FirstRest = TimeSpan.FromMilliseconds(100);

    // An entry is a row, or a question whether all before it is written.
    private readonly Channel<(Args? Row, TaskCompletionSource? Written)> _buffer =
        Channel.CreateBounded<(Args?, TaskCompletionSource?)>(new BoundedChannelOptions(MostBuffered) { SingleReader = true });

    private readonly Lock _gate = new();
    private Task? _loop;

    public ValueTask AppendAsync(Args row, CancellationToken cancellationToken)
    {
        Start();
        return _buffer.Writer.WriteAsync((row, null), cancellationToken);
    }

    /// <summary>Completes when every row appended before is in the database.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        Start();
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _buffer.Writer.WriteAsync((null, written), cancellationToken);
        await written.Task.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _buffer.Writer.TryComplete();
        if (_loop is not null)
            await _loop;
    }

    private void Start()
    {
        if (_loop is not null)
            return;
        lock (_gate)
            _loop ??= Task.Run(LoopAsync);
    }

    private async Task LoopAsync()
    {
        while (await _buffer.Reader.WaitToReadAsync())
        {
            var rows = new List<Args>();
            var asked = new List<TaskCompletionSource>();
            while (rows.Count < MostInBatch && _buffer.Reader.TryRead(out var entry))
            {
                if (entry.Row is { } row)
                    rows.Add(row);
                if (entry.Written is { } written)
                    asked.Add(written);
            }
            await WriteAsync(rows);
            asked.ForEach(a => a.SetResult());
        }
    }

    private async Task WriteAsync(List<Args> rows)
    {
        if (rows.Count == 0)
            return;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await databases.Logs.WriteAsync(s => s.InsertAsync(table, rows), CancellationToken.None);
                return;
            }
            // A database that is gone for good must not stop every function with it: after some seconds the lines are given up.
            catch (Exception e) when (attempt < MostTries)
            {
                LogRetry(table, rows.Count, e.GetType().Name);
                await Task.Delay(FirstRest * (1 << attempt), time);
            }
            catch (Exception e)
            {
                LogLost(table, rows.Count, e.GetType().Name);
                return;
            }
        }
    }

    [LoggerMessage(EventId = 3101, Level = LogLevel.Warning, Message = "{Count} rows of {Table} could not be written and will be tried again: {Kind}")]
    private partial void LogRetry(string table, int count, string kind);

    [LoggerMessage(EventId = 3102, Level = LogLevel.Error, Message = "{Count} rows of {Table} are lost, the database refused them: {Kind}")]
    private partial void LogLost(string table, int count, string kind);
}
