using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Patchbay.Vault.Egress.Doors;

namespace Patchbay.Vault.Egress;

/// <summary>One Kestrel for all doors, started with the first.</summary>
internal sealed class EgressServer(EgressApplication application, ConnectMiddleware connect, InterceptionCa ca, IServiceProvider services, ILoggerFactory loggers) : IEgress, IAsyncDisposable
{
    private readonly DoorListenerFactory _doors = new();
    private readonly SocketTransportFactory _transport = new(Options.Create(new SocketTransportOptions { WaitForDataBeforeAllocatingBuffer = true }), loggers);
    private readonly SemaphoreSlim _starting = new(1);
    private KestrelServer? _kestrel;

    public string CaCertificatePem => ca.Pem;

    public async ValueTask<IEgressDoor> OpenAsync(string directory, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        await StartAsync(cancellationToken);
        return await EgressDoor.OpenAsync(directory, _transport, _doors.TryAdd, loggers.CreateLogger<EgressDoor>(), cancellationToken);
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        await _starting.WaitAsync(cancellationToken);
        try
        {
            if (_kestrel is not null)
                return;
            var options = new KestrelServerOptions { ApplicationServices = services, AddServerHeader = false };
            options.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
            options.Limits.MaxRequestLineSize = 16 * 1024;
            options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            options.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(120);
            options.Limits.MaxRequestBodySize = 256L * 1024 * 1024;
            // A function that reads slowly holds its own connection only; run limits end it.
            options.Limits.MinResponseDataRate = null;
            options.Limits.MinRequestBodyDataRate = null;
            options.Listen(new DoorListenerFactory.DoorsEndPoint(), listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                listen.Use(next => connection => connect.OnConnectionAsync(connection, c => next(c)));
            });
            var kestrel = new KestrelServer(Options.Create(options), _doors, loggers);
            await kestrel.StartAsync(application, cancellationToken);
            _kestrel = kestrel;
        }
        finally
        {
            _starting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_kestrel is not null)
        {
            using var now = new CancellationTokenSource();
            await now.CancelAsync();
            await _kestrel.StopAsync(now.Token);
            _kestrel.Dispose();
            _kestrel = null;
        }
        _starting.Dispose();
    }
}
