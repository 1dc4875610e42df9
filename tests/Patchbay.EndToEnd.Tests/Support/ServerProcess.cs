using System.Diagnostics;
using System.Text;

namespace Patchbay.EndToEnd.Tests.Support;

/// <summary>The real server as a child process. What it prints is kept.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _said = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _welcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, e) => Hear(e.Data);
        _process.ErrorDataReceived += (_, e) => Hear(e.Data);
    }

    public Uri Address { get; private set; } = null!;

    public int Id => _process.Id;

    /// <summary>Everything on standard output and error so far.</summary>
    public string Said
    {
        get
        {
            lock (_said)
                return _said.ToString();
        }
    }

    /// <summary>The token of the link that makes the first owner. Only a first start prints one.</summary>
    public Task<string> WelcomeAsync() => _welcome.Task.WaitAsync(Wait.Patience);

    /// <summary>Returns when it listens.</summary>
    /// <exception cref="InvalidOperationException">It ended instead; the message is what it said.</exception>
    public static async Task<ServerProcess> StartAsync(IEnumerable<string> arguments, string workingDirectory, IReadOnlyDictionary<string, string>? environment = null)
    {
        // The executable instead of dotnet: then the sandbox is started with the dotnet of PATH, where a test may stand between.
        var start = new ProcessStartInfo(Clone.Server, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = workingDirectory };
        start.Environment["DOTNET_ROOT"] = Path.GetDirectoryName(Clone.Dotnet);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        var server = new ServerProcess(start);
        server._process.Start();
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        var ended = server._process.WaitForExitAsync();
        if (await Task.WhenAny(server._listening.Task, ended).WaitAsync(Wait.Patience) == ended)
            throw new InvalidOperationException($"The server ended with {server._process.ExitCode}: {server.Said}");
        server.Address = await server._listening.Task;
        return server;
    }

    /// <summary>kill -9: no farewell, nothing flushed.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to end (SIGTERM) and returns its exit code.</summary>
    public async Task<int> StopAsync()
    {
        await ProgramRun.RunAsync("kill", ["-TERM", Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync().WaitAsync(Wait.Patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null)
            return;
        lock (_said)
            _said.AppendLine(line);
        const string listens = "Patchbay listens on ", welcome = "/welcome#";
        if (line.StartsWith(listens, StringComparison.Ordinal))
            _listening.TrySetResult(new Uri(line[listens.Length..]));
        if (line.IndexOf(welcome, StringComparison.Ordinal) is >= 0 and var at)
            _welcome.TrySetResult(line[(at + welcome.Length)..].Trim());
    }
}
