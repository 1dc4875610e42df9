using System.Buffers;
using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;
using System.Text;
using Microsoft.AspNetCore.Connections;

namespace Patchbay.Vault.Egress.Doors;

/// <summary>Runs before HTTP on each connection of a door: a CONNECT is answered after the policy was asked about its
/// host, TLS is ended with a leaf for that host, and Kestrel reads the requests inside. A connection that does not begin
/// with CONNECT goes to Kestrel as it is.</summary>
internal sealed class ConnectMiddleware(InterceptionCa ca, HostPolicy hosts, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private const byte TlsHandshake = 0x16;

    public async Task OnConnectionAsync(ConnectionContext connection, Func<ConnectionContext, Task> next)
    {
        if (EgressDoor.Of(connection.Items) is not { } door)
            return;
        using var timeout = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, connection.ConnectionClosed);
        SslStream? tls = null;
        try
        {
            var (kind, target) = await ReadHeadAsync(connection.Transport.Input, either.Token);
            if (kind == HeadKind.Broken)
            {
                await RefuseAsync(connection, 400, "PB2201", "That is not a CONNECT request to a host name and port.", either.Token);
                return;
            }
            if (kind == HeadKind.Connect)
            {
                var (host, port) = target;
                if (await hosts.RefuseTunnelAsync(door, host, port, either.Token) is { } refusal)
                {
                    await RefuseAsync(connection, refusal.Status, refusal.Code, refusal.Message, either.Token);
                    return;
                }
                await connection.Transport.Output.WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray(), either.Token);
                var speaksTls = await PeekAsync(connection.Transport.Input, either.Token);
                // Port 443 speaks TLS and our own API does not: anything else was meant for somebody else's parser.
                if (speaksTls is null || speaksTls != (port == 443))
                    return;
                connection.Items[typeof(Tunnel)] = new Tunnel(host, port, speaksTls.Value);
                if (speaksTls.Value)
                {
                    tls = new SslStream(new DuplexPipeStream(connection.Transport), leaveInnerStreamOpen: true);
                    await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
                    {
                        ServerCertificateContext = ca.Leaf(host),
                        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                        ApplicationProtocols = [SslApplicationProtocol.Http11],
                        AllowRenegotiation = false,
                    }, either.Token);
                    connection.Transport = new StreamPipes(tls);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or AuthenticationException or ConnectionAbortedException or ConnectionResetException)
        {
            if (tls is not null)
                await tls.DisposeAsync();
            return;
        }
        await ServeAsync(connection, tls, next);
    }

    private static async Task ServeAsync(ConnectionContext connection, SslStream? tls, Func<ConnectionContext, Task> next)
    {
        try
        {
            await next(connection);
        }
        finally
        {
            if (tls is not null)
            {
                await connection.Transport.Input.CompleteAsync();
                await connection.Transport.Output.CompleteAsync();
                await tls.DisposeAsync();
            }
        }
    }

    private enum HeadKind
    {
        Other,
        Connect,
        Broken,
    }

    private static async Task<(HeadKind, (string Host, int Port))> ReadHeadAsync(PipeReader input, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await input.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            var head = buffer.Slice(0, Math.Min(buffer.Length, ConnectHead.Longest)).ToArray();
            var start = ConnectHead.Method[..Math.Min(head.Length, ConnectHead.Method.Length)];
            if (!head.AsSpan().StartsWith(start) || (read.IsCompleted && head.Length < ConnectHead.Method.Length))
            {
                input.AdvanceTo(buffer.Start);
                return (HeadKind.Other, default);
            }
            var end = head.AsSpan().IndexOf("\r\n\r\n"u8);
            if (end >= 0)
            {
                // What follows in the buffer belongs to the tunnel and stays in the pipe.
                input.AdvanceTo(buffer.GetPosition(end + 4));
                return ConnectHead.TryParse(head.AsSpan(0, end + 4), out var host, out var port) ? (HeadKind.Connect, (host, port)) : (HeadKind.Broken, default);
            }
            input.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted || buffer.Length >= ConnectHead.Longest)
                return (HeadKind.Broken, default);
        }
    }

    /// <summary>Whether the first byte begins TLS; null if the connection ended.</summary>
    private static async Task<bool?> PeekAsync(PipeReader input, CancellationToken cancellationToken)
    {
        var read = await input.ReadAsync(cancellationToken);
        bool? tls = read.Buffer.IsEmpty ? null : read.Buffer.FirstSpan[0] == TlsHandshake;
        input.AdvanceTo(read.Buffer.Start);
        return tls;
    }

    /// <summary>Answers and closes: what the function sent along behind a refused CONNECT is never read.</summary>
    private static async Task RefuseAsync(ConnectionContext connection, int status, string code, string message, CancellationToken cancellationToken)
    {
        var body = EgressError.Json(code, message);
        var head = $"HTTP/1.1 {status} {(status == 400 ? "Bad Request" : "Forbidden")}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n";
        await connection.Transport.Output.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. body], cancellationToken);
    }
}
