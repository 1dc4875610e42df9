using System.Text;

namespace Patchbay.FunctionHost.Tests.Support;

/// <summary>A real function host with recording doors.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private int _next;

    private TestHost(DenoFunctionHost host, TestEgress egress) => (Host, Egress) = (host, egress);

    public DenoFunctionHost Host { get; }

    public TestEgress Egress { get; }

    public static string RuntimeDirectory { get; } = FindRuntime();

    public static TestHost Create(Func<FunctionHostOptions, FunctionHostOptions>? change = null)
    {
        var options = new FunctionHostOptions { RuntimeDirectory = RuntimeDirectory, PoolSize = 2 };
        var egress = new TestEgress();
        return new TestHost(new DenoFunctionHost(change?.Invoke(options) ?? options, egress, TimeProvider.System), egress);
    }

    /// <summary>A function of one file under a key of its own.</summary>
    public async Task<TestFunction> DeployAsync(string code, string entry = "entry.ts", params (string Path, string Text)[] more)
    {
        var files = more.ToDictionary(f => f.Path, f => f.Text);
        files[entry] = code;
        var bundle = await Host.BuildAsync(new FunctionSource(entry, files), CancellationToken.None);
        return new TestFunction(this, new FunctionKey("app", $"f{Interlocked.Increment(ref _next)}", 1), bundle);
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    private static string FindRuntime()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var runtime = Path.Combine(folder.FullName, "src", "Patchbay.FunctionHost", "runtime");
            if (Directory.Exists(runtime)) return runtime;
        }

        throw new DirectoryNotFoundException("src/Patchbay.FunctionHost/runtime is not above the tests.");
    }
}

/// <summary>A deployed function.</summary>
internal sealed class TestFunction(TestHost host, FunctionKey key, FunctionBundle bundle)
{
    public FunctionKey Key { get; } = key;

    public async Task<TestReply> CallAsync(
        string method = "POST", string? body = null, FunctionLimits? limits = null, string path = "/", (string Name, string Value)[]? headers = null,
        IReadOnlyDictionary<string, string>? environment = null, CancellationToken cancellationToken = default)
    {
        var log = new TestLog();
        await using var reply = await StartAsync(method, body is null ? null : new MemoryStream(Encoding.UTF8.GetBytes(body)), log, limits, path, headers, environment, cancellationToken);
        if (reply.Failure is { } failed) return new TestReply(0, "", [], log.Lines, failed, false);
        try
        {
            using var reader = new StreamReader(reply.Body);
            var text = await reader.ReadToEndAsync(cancellationToken);
            return new TestReply(reply.Status, text, reply.Headers, log.Lines, null, reply.Threw);
        }
        catch (FunctionFailedException e)
        {
            return new TestReply(reply.Status, "", reply.Headers, log.Lines, e.Failed, false);
        }
    }

    public Task<FunctionReply> StartAsync(
        string method, Stream? body, IFunctionLog log, FunctionLimits? limits = null, string path = "/", (string Name, string Value)[]? headers = null,
        IReadOnlyDictionary<string, string>? environment = null, CancellationToken cancellationToken = default) =>
        host.Host.InvokeAsync(
            new FunctionInvocation(
                Key,
                _ => ValueTask.FromResult(bundle),
                new FunctionHttpRequest(method, new Uri($"https://app.example{path}"), [.. (headers ?? []).Select(h => new KeyValuePair<string, string>(h.Name, h.Value))], body),
                limits ?? new FunctionLimits(),
                log,
                "test") { Environment = environment ?? new Dictionary<string, string>() },
            cancellationToken);
}

internal sealed record TestReply(
    int Status, string Body, IReadOnlyList<KeyValuePair<string, string>> Headers, IReadOnlyList<FunctionLogLine> Log, FunctionFailed? Failure, bool Threw)
{
    public string? Header(string name) => Headers.FirstOrDefault(h => h.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    public IEnumerable<string> Texts => Log.Select(l => l.Text);
}

/// <summary>Keeps lines and lets a test wait for one.</summary>
internal sealed class TestLog : IFunctionLog
{
    private readonly Lock _gate = new();
    private readonly List<FunctionLogLine> _lines = [];
    private readonly List<(Func<FunctionLogLine, bool> Wanted, TaskCompletionSource Seen)> _waiting = [];

    public IReadOnlyList<FunctionLogLine> Lines
    {
        get { lock (_gate) return [.. _lines]; }
    }

    public void Write(FunctionLogLine line)
    {
        lock (_gate)
        {
            _lines.Add(line);
            foreach (var (wanted, seen) in _waiting)
                if (wanted(line)) seen.TrySetResult();
        }
    }

    public Task SeeAsync(Func<FunctionLogLine, bool> wanted)
    {
        lock (_gate)
        {
            if (_lines.Exists(l => wanted(l))) return Task.CompletedTask;
            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((wanted, seen));
            return seen.Task.WaitAsync(TimeSpan.FromSeconds(20));
        }
    }
}
