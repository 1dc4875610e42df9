using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Patchbay.FunctionHost;
using Patchbay.Platform.Live;

namespace Patchbay.Platform.Runs.Internal;

/// <summary>Carries the lines of one attempt to the log and to open dashboards. The function host hands them over from its
/// reader and bounds their number, so the channel needs no bound.</summary>
internal sealed partial class RunLogPump : IFunctionLog
{
    private const int LongestError = 300;

    private static readonly string[] Prefixes = ["Uncaught (in handler)", "Uncaught (in promise)", "Uncaught", "Error:"];

    private readonly Channel<RunLogLine> _lines = Channel.CreateUnbounded<RunLogLine>(new() { SingleReader = true });
    private readonly Run _run;
    private readonly Task _pumping;

    public RunLogPump(Run run, IRunLog log, LiveBus live, ILogger logger)
    {
        _run = run;
        _pumping = PumpAsync(log, live, logger);
    }

    /// <summary>The last line of the function's errors, without the stack: what it threw, if it threw.</summary>
    public string? LastError { get; private set; }

    public void Write(FunctionLogLine line)
    {
        if (line.Level == FunctionLogLevel.Error && Shortened(line.Text) is { Length: > 0 } text)
            LastError = text;
        _lines.Writer.TryWrite(new RunLogLine(_run.App, _run.Id, _run.Attempts, line.At, NameOf(line.Level), line.Text));
    }

    public Task FinishAsync()
    {
        _lines.Writer.TryComplete();
        return _pumping;
    }

    private async Task PumpAsync(IRunLog log, LiveBus live, ILogger logger)
    {
        var failed = false;
        await foreach (var line in _lines.Reader.ReadAllAsync())
        {
            live.Publish(new LiveSignal(line.App, "log", line));
            if (failed)
                continue;
            try
            {
                await log.AppendAsync(line, CancellationToken.None);
            }
            catch (Exception e)
            {
                // Output may be lost without harm; the run may not.
                failed = true;
                LogLost(logger, _run.Id, e);
            }
        }
    }

    /// <summary>"Uncaught (in handler) Error: it broke" and its stack become "it broke".</summary>
    private static string Shortened(string text)
    {
        var line = text.AsSpan().Trim();
        line = line[..(line.IndexOfAny('\r', '\n') is var end and >= 0 ? end : line.Length)];
        foreach (var prefix in Prefixes)
        {
            if (line.StartsWith(prefix, StringComparison.Ordinal))
                line = line[prefix.Length..].TrimStart();
        }
        var kept = line.Length > LongestError ? $"{line[..LongestError]}…" : line.ToString();
        // PostgreSQL stores no NUL, and half a surrogate pair (cut here or printed so) is no text at all.
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(kept)).Replace('\0', '\uFFFD');
    }

    private static string NameOf(FunctionLogLevel level) => level switch
    {
        FunctionLogLevel.Debug => "debug",
        FunctionLogLevel.Info => "info",
        FunctionLogLevel.Warn => "warn",
        _ => "error",
    };

    [LoggerMessage(EventId = 3112, Level = LogLevel.Warning, Message = "The output of run {Run} could not be stored")]
    private static partial void LogLost(ILogger logger, RunId run, Exception e);
}
