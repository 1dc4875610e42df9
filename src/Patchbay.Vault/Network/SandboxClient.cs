using System.Net;
using System.Net.Sockets;

namespace Patchbay.Vault.Network;

/// <summary>The look-alike vendors: <c>https://host/path</c> becomes <c>http://127.0.0.1:port/host/path</c>, and that
/// port is all it can connect to. Has no resolver and no TLS.</summary>
/// <param name="port">Asked at each call, since the server may start the sandbox after the Vault; null while there is none.</param>
internal sealed class SandboxClient : IVendorClient
{
    private readonly Func<int?> _port;
    private readonly HttpMessageInvoker _http;

    public SandboxClient(Func<int?> port)
    {
        _port = port;
        var handler = VendorHandler.Create();
        handler.ConnectCallback = ConnectAsync;
        _http = new HttpMessageInvoker(handler);
    }

    public Task<HttpResponseMessage> SendAsync(VendorRequest request, CancellationToken cancellationToken)
    {
        if (!request.Secrets.All(s => s.IsSandboxMade))
            throw new RealmViolationException("A credential of a real vendor was about to go to the sandbox.");
        request.Message.RequestUri = Rewrite(request.Message.RequestUri!);
        request.Message.Headers.Host = null;
        return _http.SendAsync(request.Message, cancellationToken);
    }

    /// <summary>Where the sandbox serves an address of a vendor, keeping path and query byte for byte.</summary>
    public Uri Rewrite(Uri vendor)
    {
        if (vendor.Scheme != Uri.UriSchemeHttps || vendor.Port != 443 || !HostName.TryNormalise(vendor.Host, out var host))
            throw new AddressRefusedException("A call to the sandbox must name a vendor's https address on port 443.");
        return new Uri($"http://127.0.0.1:{Port}/{host}{vendor.PathAndQuery}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
    }

    /// <summary>Calls of the sandbox's own control interface (<c>/_sandbox/...</c>), which takes no vendor's credential.</summary>
    public Task<HttpResponseMessage> ControlAsync(HttpMethod method, string path, HttpContent? content, string controlToken, CancellationToken cancellationToken)
    {
        var message = new HttpRequestMessage(method, $"http://127.0.0.1:{Port}/_sandbox/{path}") { Content = content };
        message.Headers.Add("X-Sandbox-Control", controlToken);
        return _http.SendAsync(message, cancellationToken);
    }

    private int Port => _port() ?? throw new AddressRefusedException("The sandbox is off: this credential belongs to it. The operator must start the server with the sandbox, or a teammate must connect a real account.");

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        if (context.DnsEndPoint.Host != "127.0.0.1" || context.DnsEndPoint.Port != _port())
            throw new AddressRefusedException("The sandbox client connects to the sandbox only.");
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, context.DnsEndPoint.Port), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose() => _http.Dispose();
}
