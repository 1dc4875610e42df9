using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using Patchbay.FunctionHost.Isolation;
using Patchbay.FunctionHost.Logs;
using Patchbay.FunctionHost.Native;

namespace Patchbay.FunctionHost.Processes;

/// <summary>One Deno process from spawn to end: its pipes, its socket, its door. It serves at most one function.</summary>
internal sealed class FunctionProcess : IAsyncDisposable
{
    private const int LongestLine = 256 << 10;
    private const long MostUntrustedOutput = 4 << 20;
    private const int KeptErrorOutput = 4096;

    private readonly Process _process;
    private readonly ProcessFolder _folder;
    private readonly IFunctionDoor _door;
    private readonly byte[] _nonce = ProcessMessage.NewNonce();
    private readonly TaskCompletionSource<ProcessMessage> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<ProcessMessage> _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder _errors = new();
    private readonly uint _uid;
    private readonly Action _onEnd;
    private ProcessHandle? _init;
    private SafeFileHandle? _socket;
    private HttpMessageInvoker? _http;
    private int _end;
    private long _untrusted;
    private int _disposed;

    private FunctionProcess(Process process, ProcessFolder folder, IFunctionDoor door, uint uid, TimeProvider time, Action onEnd)
    {
        (_process, _folder, _door, _uid, _onEnd) = (process, folder, door, uid, onEnd);
        Logs = new ProcessLogs(time);
        Pid = process.Id;
        Ended = Task.Run(RunAsync);
    }

    public ProcessLogs Logs { get; }

    /// <summary>Deno's own id; until ready, that of the outermost wrapper.</summary>
    public int Pid { get; private set; }

    /// <summary>Completes when the process is gone and its pipes are read to the end. Never fails.</summary>
    public Task Ended { get; }

    public ProcessEnd End => (ProcessEnd)Volatile.Read(ref _end);

    public bool IsAlive => !Ended.IsCompleted && End == ProcessEnd.None;

    /// <summary>What Deno itself said at the end, for an operator.</summary>
    public string ErrorOutput
    {
        get { lock (_errors) return _errors.ToString().Trim(); }
    }

    /// <summary>Spawns and waits until the process listens.</summary>
    /// <exception cref="IOException">It did not become ready; the message holds what it said.</exception>
    public static async Task<FunctionProcess> StartAsync(ProcessSetup setup, CancellationToken cancellationToken)
    {
        var folder = new ProcessFolder(setup.Folder, setup.Uid);
        IFunctionDoor? door = null;
        FunctionProcess? process = null;
        try
        {
            door = await setup.Egress.OpenAsync(folder.Path, cancellationToken);
            folder.Open(door, writable: setup.Unsafe);
            var child = await setup.Spawner.StartAsync(setup.Line.Function(door.SocketPath, setup.Uid));
            process = new FunctionProcess(child, folder, door, setup.Uid ?? NativeFiles.EffectiveUid(), setup.Time, setup.OnEnd);
            await process.BecomeReadyAsync(setup, cancellationToken);
            return process;
        }
        catch
        {
            if (process is not null) await process.DisposeAsync();
            else
            {
                if (door is not null) await door.DisposeAsync();
                folder.Dispose();
                setup.OnEnd();
            }

            throw;
        }
    }

    /// <summary>Makes this process the function <paramref name="key"/>: first the door, then the code.</summary>
    /// <returns>Null, or why the function's code did not load.</returns>
    public async Task<FunctionFailed?> LoadAsync(FunctionKey key, FunctionBundle bundle, FunctionInvocation invocation, CancellationToken cancellationToken)
    {
        await _door.BindAsync(key, cancellationToken);
        if (bundle.SourceMap is { } map) Logs.MapStack = SourceMap.Parse(map).MapStack;
        const string LoadScope = "load";
        Logs.Open(LoadScope, invocation.Log, invocation.Limits.LogBytes);
        await SendAsync(new { code = bundle.Code, env = invocation.Environment, logBytes = invocation.Limits.LogBytes, invocation = LoadScope }, cancellationToken);
        var answer = await AnswerAsync(_loaded.Task, cancellationToken);
        return answer.Kind == "loaded" ? null : new FunctionFailed(FunctionFailure.LoadFailed, Logs.MapStack(answer.Text));
    }

    /// <summary>Sends one request over the process's socket; returns at the reply's headers.</summary>
    /// <exception cref="IOException">The process has ended.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await _http!.SendAsync(request, cancellationToken);
        }
        catch (ObjectDisposedException e)
        {
            throw Gone(e);
        }
    }

    /// <summary>Ends the process at once, by its id.</summary>
    public void Kill(ProcessEnd reason)
    {
        Interlocked.CompareExchange(ref _end, (int)reason, (int)ProcessEnd.None);
        try
        {
            // The namespace's init takes everything inside with it, and bubblewrap, its parent, collects it. To kill
            // bubblewrap instead would leave a zombie to whoever is process 1 here, which in a container may not care.
            // While it is being built there is no init yet, and bubblewrap's child may not yet have asked to die with
            // its parent: it would wait for ever, with our pipes open, for a word that a dead parent never gives.
            if (_init?.Kill() != true) _process.Kill(entireProcessTree: true);
            _process.StandardInput.BaseStream.Dispose();
        }
        catch (Exception e) when (e is InvalidOperationException or ObjectDisposedException or IOException or AggregateException)
        {
            // It has ended by itself, as a whole or one of its children meanwhile.
        }
    }

    public async ValueTask DisposeAsync()
    {
        Kill(ProcessEnd.Retired);
        await Ended;
    }

    private async Task BecomeReadyAsync(ProcessSetup setup, CancellationToken cancellationToken)
    {
        var (socket, door) = setup.Line.Seen(_door.SocketPath);
        await SendAsync(new { nonce = Encoding.ASCII.GetString(_nonce), socket, door, port = SandboxLine.BridgePort, @unsafe = setup.Unsafe }, cancellationToken);
        await AnswerAsync(_ready.Task, cancellationToken);

        if (ProcFiles.Chain(_process.Id) is { Count: > 0 } chain)
        {
            Pid = chain[^1];
            _init = ProcessHandle.Open(chain[0]);
        }

        // The socket lies on the namespace's own tmpfs; nothing of the machine has to be writable for it. Pinned once,
        // before any foreign code, so that no later trick with the path can lead us to another socket.
        var path = setup.Unsafe ? socket : $"/proc/{Pid}/root{socket}";
        _socket = NativeFiles.PinSocket(path, _uid);
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = System.Net.DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            MaxResponseHeadersLength = 64,
            // Without these a header outside ASCII, which any caller may send, would be an error of ours.
            RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
            ResponseHeaderEncodingSelector = (_, _) => Encoding.UTF8,
            ConnectCallback = (_, token) => ConnectAsync(_socket, token),
        });
    }

    private static async ValueTask<Stream> ConnectAsync(SafeFileHandle socket, CancellationToken cancellationToken)
    {
        var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        // Held open while its number is used: closed meanwhile, it could name the socket of another function.
        var held = false;
        try
        {
            socket.DangerousAddRef(ref held);
            await client.ConnectAsync(new UnixDomainSocketEndPoint($"/proc/self/fd/{socket.DangerousGetHandle()}"), cancellationToken);
            return new NetworkStream(client, ownsSocket: true);
        }
        catch (ObjectDisposedException e)
        {
            client.Dispose();
            throw Gone(e);
        }
        catch
        {
            client.Dispose();
            throw;
        }
        finally
        {
            if (held) socket.DangerousRelease();
        }
    }

    private async Task SendAsync(object message, CancellationToken cancellationToken)
    {
        await _process.StandardInput.BaseStream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(message), cancellationToken);
        await _process.StandardInput.BaseStream.WriteAsync("\n"u8.ToArray(), cancellationToken);
        await _process.StandardInput.BaseStream.FlushAsync(cancellationToken);
    }

    private async Task<ProcessMessage> AnswerAsync(Task<ProcessMessage> answer, CancellationToken cancellationToken)
    {
        await Task.WhenAny(answer, Ended).WaitAsync(cancellationToken);
        if (answer.IsCompletedSuccessfully) return await answer;
        throw new IOException(ErrorOutput is { Length: > 0 } said ? said : "The process ended without a word.");
    }

    private async Task RunAsync()
    {
        await Task.WhenAll(
            ReadAsync(_process.StandardOutput.BaseStream, line =>
            {
                if (ProcessMessage.Parse(line, _nonce) is { } message) Receive(message);
                else CountUntrusted(line.Length);
            }),
            ReadAsync(_process.StandardError.BaseStream, line =>
            {
                CountUntrusted(line.Length);
                lock (_errors)
                {
                    if (_errors.Length < KeptErrorOutput) _errors.AppendLine(Encoding.UTF8.GetString(line));
                }
            }),
            _process.WaitForExitAsync());
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        _http?.Dispose();
        _socket?.Dispose();
        _init?.Dispose();
        await _door.DisposeAsync();
        _folder.Dispose();
        _process.Dispose();
        _onEnd();
    }

    private static IOException Gone(ObjectDisposedException e) => new("The function's process has ended.", e);

    private static async Task ReadAsync(Stream stream, Action<System.Buffers.ReadOnlySequence<byte>> onLine)
    {
        try
        {
            await LineReader.ReadAsync(stream, LongestLine, onLine);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // A pipe that breaks ends like one that is closed.
        }
    }

    private void Receive(ProcessMessage message)
    {
        switch (message.Kind)
        {
            case "ready": _ready.TrySetResult(message); break;
            case "loaded" or "loadFailed": _loaded.TrySetResult(message); break;
            case "log": Logs.Write(message); break;
        }
    }

    // Honest functions write through the bootstrap. What comes past it is dropped, and a flood of it is no accident.
    private void CountUntrusted(long bytes)
    {
        if (Interlocked.Add(ref _untrusted, bytes + 1) > MostUntrustedOutput) Kill(ProcessEnd.Misbehaved);
    }
}
