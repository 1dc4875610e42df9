using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;

namespace Patchbay.Vault.Network;

/// <summary>The seams of the live client. Production uses the defaults; tests put a resolver and a dialler of their own.</summary>
internal sealed class LiveNetwork
{
    public Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>Connects to exactly that address: what was checked is what is dialled.</summary>
    public Func<IPEndPoint, CancellationToken, ValueTask<Stream>> Dial { get; init; } = DialAsync;

    public RemoteCertificateValidationCallback? ValidateCertificate { get; init; }

    private static async ValueTask<Stream> DialAsync(IPEndPoint address, CancellationToken cancellationToken)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>The real vendors: https on port 443 only, resolved once, refused unless every address is public, pinned.
/// Has no knowledge of the sandbox's address.</summary>
internal sealed class LiveClient : IVendorClient
{
    private readonly LiveNetwork _network;
    private readonly HttpMessageInvoker _http;

    public LiveClient(LiveNetwork network)
    {
        _network = network;
        var handler = VendorHandler.Create();
        handler.ConnectCallback = ConnectAsync;
        if (network.ValidateCertificate is { } validate)
            handler.SslOptions.RemoteCertificateValidationCallback = validate;
        _http = new HttpMessageInvoker(handler);
    }

    public Task<HttpResponseMessage> SendAsync(VendorRequest request, CancellationToken cancellationToken)
    {
        var uri = request.Message.RequestUri!;
        if (uri.Scheme != Uri.UriSchemeHttps || uri.Port != 443 || uri.UserInfo.Length > 0 || !HostName.TryNormalise(uri.Host, out _))
            throw new AddressRefusedException("A live call must be https to a host name on port 443.");
        if (request.Secrets.Any(s => s.IsSandboxMade) || request.Message.Headers.Any(HasSandboxToken) || QueryHasSandboxToken(uri.Query))
            throw new RealmViolationException("A credential of the sandbox was about to go to a real vendor.");
        return _http.SendAsync(request.Message, cancellationToken);
    }

    private static bool HasSandboxToken(KeyValuePair<string, IEnumerable<string>> header) =>
        header.Value.Any(v => v.Split(' ', ',', ';', '=').Any(w => w.StartsWith("sbx", StringComparison.Ordinal)));

    private static bool QueryHasSandboxToken(string query) =>
        query.TrimStart('?').Split('&').Any(p => Uri.UnescapeDataString(p[(p.IndexOf('=') + 1)..]).StartsWith("sbx", StringComparison.Ordinal));

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = await _network.Resolve(host, cancellationToken);
        // One private address among public ones is what a rebinding name server answers: refuse the whole name.
        if (addresses.Length == 0 || !addresses.All(PublicAddress.IsPublic))
            throw new AddressRefusedException($"{host} does not resolve to public addresses only.");
        for (var i = 0; ; i++)
        {
            try
            {
                return await _network.Dial(new IPEndPoint(addresses[i], context.DnsEndPoint.Port), cancellationToken);
            }
            catch (SocketException) when (i + 1 < addresses.Length)
            {
                // The next address of the same, already checked answer.
            }
        }
    }

    public void Dispose() => _http.Dispose();
}
