using Microsoft.Extensions.Logging;
using Patchbay.Platform.Runs;
using Patchbay.Storage.Engines;
using Patchbay.Vault;

namespace Patchbay.Storage.Logs;

internal sealed class RunLog(Databases databases, TimeProvider time, ILogger<BatchWriter> logger) : IRunLog, IAsyncDisposable
{
    private readonly BatchWriter _writer = new(databases, "run_lines", time, logger);

    public ValueTask AppendAsync(RunLogLine line, CancellationToken cancellationToken) => _writer.AppendAsync(new()
    {
        { "app", line.App }, { "run", line.Run }, { "attempt", line.Attempt }, { "at", line.Time }, { "level", line.Level }, { "message", line.Message },
    }, cancellationToken);

    /// <summary>In order, from the first; includes what this process has appended before.</summary>
    public async Task<IReadOnlyList<RunLogLine>> ListAsync(AppId app, RunId run, int limit, CancellationToken cancellationToken)
    {
        await _writer.FlushAsync(cancellationToken);
        return await databases.Logs.ListAsync("SELECT * FROM run_lines WHERE app = @app AND run = @run ORDER BY seq LIMIT @limit",
            new() { { "app", app }, { "run", run }, { "limit", limit } },
            r => new RunLogLine(app, run, r.Int("attempt"), r.Time("at"), r.Text("level"), r.Text("message")), cancellationToken);
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();
}
