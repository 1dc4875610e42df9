using Microsoft.Extensions.Logging;
using Patchbay.Platform.Runs;
using Patchbay.Storage.Engines;
using Patchbay.Vault;
using Patchbay.Vault.Egress;

namespace Patchbay.Storage.Logs;

internal sealed class CallLog(Databases databases, TimeProvider time, ILogger<BatchWriter> logger) : ICallLog, ICallLogReader, IAsyncDisposable
{
    private readonly BatchWriter _writer = new(databases, "calls", time, logger);

    public ValueTask AppendAsync(CallLogEntry entry, CancellationToken cancellationToken) => _writer.AppendAsync(new()
    {
        { "app", entry.App }, { "id", entry.Id }, { "at", entry.Time }, { "connection", entry.Connection }, { "connector", entry.Connector },
        { "operation", entry.Operation }, { "method", entry.Method }, { "host", entry.Host }, { "path", entry.Path }, { "status", entry.Status },
        { "duration_ms", entry.DurationMs }, { "request_bytes", entry.RequestBytes }, { "response_bytes", entry.ResponseBytes },
        { "function", entry.Function }, { "run", entry.RunId }, { "outcome", entry.Outcome }, { "reason", entry.Reason },
    }, cancellationToken);

    /// <summary>Includes what this process has appended before.</summary>
    public async Task<IReadOnlyList<CallLogEntry>> ListAsync(AppId app, ConnectionId? connection, RunId? run, int limit, CancellationToken cancellationToken)
    {
        await _writer.FlushAsync(cancellationToken);
        Args args = new() { { "app", app }, { "limit", limit } };
        var where = "app = @app";
        if (connection is not null)
        {
            where += " AND connection = @connection";
            args.Add("connection", connection);
        }
        if (run is not null)
        {
            where += " AND run = @run";
            args.Add("run", run);
        }
        return await databases.Logs.ListAsync($"SELECT * FROM calls WHERE {where} ORDER BY seq DESC LIMIT @limit", args, ToEntry, cancellationToken);
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private static CallLogEntry ToEntry(Row r) => new()
    {
        Id = r.Text("id"),
        App = new(r.Text("app")),
        Time = r.Time("at"),
        Connection = r.TextOrNull("connection") is { } id ? new ConnectionId(id) : null,
        Connector = r.TextOrNull("connector"),
        Operation = r.TextOrNull("operation"),
        Method = r.Text("method"),
        Host = r.Text("host"),
        Path = r.Text("path"),
        Status = r.IntOrNull("status"),
        DurationMs = r.Double("duration_ms"),
        RequestBytes = r.Long("request_bytes"),
        ResponseBytes = r.Long("response_bytes"),
        Function = r.TextOrNull("function"),
        RunId = r.TextOrNull("run"),
        Outcome = r.Enum<CallOutcome>("outcome"),
        Reason = r.TextOrNull("reason"),
    };
}
