using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Patchbay.Vault.Egress.Doors;

/// <summary>One unix socket for one function process. Which socket a connection came through is who it is.</summary>
internal sealed partial class EgressDoor : IEgressDoor
{
    public const int MostConnections = 64;

    private readonly IConnectionListener _listener;
    private readonly Func<ConnectionContext, bool> _accepted;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<string, string> _runs = new();
    private readonly ConcurrentDictionary<ConnectionContext, bool> _open = new();
    private readonly Task _accepting;
    private FunctionIdentity? _identity;
    private int _disposed;

    private EgressDoor(string path, IConnectionListener listener, Func<ConnectionContext, bool> accepted, ILogger logger)
    {
        SocketPath = path;
        _listener = listener;
        _accepted = accepted;
        _logger = logger;
        _accepting = Task.Run(AcceptAsync);
    }

    public string SocketPath { get; }

    /// <summary>Null until the process is given its function, and again after the door is closed.</summary>
    public FunctionIdentity? Identity => Volatile.Read(ref _disposed) == 0 ? Volatile.Read(ref _identity) : null;

    public Phantoms Phantoms { get; } = new();

    /// <param name="directory">Must be reachable by the function process and the server only.</param>
    /// <param name="transport">Kestrel's own socket transport.</param>
    /// <param name="accepted">Takes each new connection; false if it cannot.</param>
    /// <param name="logger">For connections beyond the limit.</param>
    /// <param name="cancellationToken">Gives up the opening.</param>
    public static async ValueTask<EgressDoor> OpenAsync(string directory, IConnectionListenerFactory transport, Func<ConnectionContext, bool> accepted, ILogger logger, CancellationToken cancellationToken)
    {
        var path = Path.Combine(directory, "egress.sock");
        File.Delete(path);
        var listener = await transport.BindAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
        return new EgressDoor(path, listener, accepted, logger);
    }

    public void Bind(FunctionIdentity function)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (Interlocked.CompareExchange(ref _identity, function, null) is not null)
            throw new InvalidOperationException("A door is bound once: a process never runs a second function.");
    }

    public void RegisterRun(string ticket, string runId) => _runs[ticket] = runId;

    public void ForgetRun(string ticket) => _runs.TryRemove(ticket, out _);

    public string? FindRun(string? ticket) => ticket is not null && _runs.TryGetValue(ticket, out var run) ? run : null;

    private async Task AcceptAsync()
    {
        try
        {
            while (await _listener.AcceptAsync() is { } connection)
            {
                if (_open.Count >= MostConnections)
                {
                    LogTooMany(SocketPath);
                    connection.Abort(new ConnectionAbortedException("Too many connections at once."));
                    await connection.DisposeAsync();
                    continue;
                }
                _open[connection] = true;
                connection.ConnectionClosed.UnsafeRegister(_ => _open.TryRemove(connection, out bool _), null);
                connection.Items[typeof(EgressDoor)] = this;
                if (!_accepted(connection))
                    await connection.DisposeAsync();
            }
        }
        catch (Exception e) when (e is ObjectDisposedException or OperationCanceledException or SocketException)
        {
            // The door was closed.
        }
    }

    public static EgressDoor? Of(IDictionary<object, object?> items) => items.TryGetValue(typeof(EgressDoor), out var door) ? door as EgressDoor : null;

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        Phantoms.Clear();
        _runs.Clear();
        await _listener.UnbindAsync();
        await _listener.DisposeAsync();
        foreach (var connection in _open.Keys)
            connection.Abort(new ConnectionAbortedException("The door was closed."));
        await _accepting;
        File.Delete(SocketPath);
    }

    [LoggerMessage(EventId = 2201, Level = LogLevel.Warning, Message = "A function opened too many connections at once: {Socket}")]
    private partial void LogTooMany(string socket);
}
