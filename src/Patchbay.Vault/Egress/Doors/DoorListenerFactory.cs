using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;

namespace Patchbay.Vault.Egress.Doors;

/// <summary>Lets one Kestrel serve doors that open and close while it runs: to Kestrel they are one endpoint, whose
/// connections come out of a channel.</summary>
internal sealed class DoorListenerFactory : IConnectionListenerFactory
{
    // Unbounded in form only: each door admits at most EgressDoor.MostConnections.
    private readonly Channel<ConnectionContext> _connections = Channel.CreateUnbounded<ConnectionContext>();

    public bool TryAdd(ConnectionContext connection) => _connections.Writer.TryWrite(connection);

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new(new Listener(endpoint, _connections));

    private sealed class Listener(EndPoint endpoint, Channel<ConnectionContext> connections) : IConnectionListener
    {
        public EndPoint EndPoint => endpoint;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            while (await connections.Reader.WaitToReadAsync(cancellationToken))
            {
                if (connections.Reader.TryRead(out var connection))
                    return connection;
            }
            return null;
        }

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            connections.Writer.TryComplete();
            return default;
        }

        public ValueTask DisposeAsync() => UnbindAsync();
    }

    /// <summary>Names the doors as a whole; nothing is bound under it.</summary>
    internal sealed class DoorsEndPoint : EndPoint
    {
        public override string ToString() => "egress-doors";
    }
}
