using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Patchbay.Vault.Egress;

namespace Patchbay.Vault.Tests.Support;

/// <summary>The client side of a door: a well-behaved one through .NET's own proxy support, and one that sends any bytes.</summary>
internal sealed class FunctionProcess : IAsyncDisposable
{
    private readonly TestVault _vault;
    private readonly X509Certificate2 _ca;

    public FunctionProcess(TestVault vault, IEgressDoor door, string caPem)
    {
        _vault = vault;
        Door = door;
        _ca = X509Certificate2.CreateFromPem(caPem);
        Http = new HttpClient(new SocketsHttpHandler
        {
            Proxy = new WebProxy("http://127.0.0.1:3128"),
            UseProxy = true,
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectCallback = async (_, cancellationToken) => await DialAsync(cancellationToken),
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, c, _, e) => Trusts(c, e) },
        })
        { Timeout = TimeSpan.FromSeconds(30) };
    }

    public IEgressDoor Door { get; }
    public HttpClient Http { get; }

    /// <summary>As <c>getConnection(...)</c> does it, over the door itself.</summary>
    public async Task<string?> PhantomAsync(string connector)
    {
        string? phantom = null;
        _vault.LocalApi = async (http, caller) => phantom = await caller.GetPhantomAsync(connector, http.RequestAborted);
        using var reply = await Http.GetAsync(new Uri("http://patchbay.internal/token"));
        return phantom;
    }

    public async Task<HttpResponseMessage> SendAsync(string method, string url, string? phantom, HttpContent? content = null, Action<HttpRequestMessage>? change = null)
    {
        using var message = new HttpRequestMessage(new HttpMethod(method), url) { Content = content };
        if (phantom is not null)
            message.Headers.TryAddWithoutValidation("Authorization", "Bearer " + phantom);
        change?.Invoke(message);
        return await Http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>The status of the reply, or of the refused tunnel.</summary>
    public async Task<int> StatusAsync(string method, string url, string? phantom, HttpContent? content = null, Action<HttpRequestMessage>? change = null)
    {
        try
        {
            using var reply = await SendAsync(method, url, phantom, content, change);
            return (int)reply.StatusCode;
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ProxyTunnelError)
        {
            return e.Message.Contains("'403'", StringComparison.Ordinal) ? 403 : throw new InvalidOperationException("the tunnel was refused otherwise", e);
        }
    }

    /// <summary>Sends bytes as they are and reads until the other side closes or <paramref name="enough"/> says so.</summary>
    public async Task<string> RawAsync(string text, Func<string, bool>? enough = null)
    {
        await using var stream = await DialAsync(CancellationToken.None);
        return await ExchangeAsync(stream, text, enough);
    }

    /// <summary>Opens a tunnel, then sends bytes inside it, in TLS if the tunnel is one.</summary>
    /// <returns>The answer to CONNECT, and what came inside (null if the tunnel was refused).</returns>
    public async Task<(string Connect, string? Inside)> TunnelAsync(string target, string text, bool tls = true, Func<string, bool>? enough = null)
    {
        await using var stream = await DialAsync(CancellationToken.None);
        var connect = await ExchangeAsync(stream, $"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n", t => t.Contains("\r\n\r\n", StringComparison.Ordinal));
        if (!connect.StartsWith("HTTP/1.1 200", StringComparison.Ordinal))
            return (connect, null);
        if (!tls)
            return (connect, await ExchangeAsync(stream, text, enough));
        await using var ssl = new SslStream(stream, leaveInnerStreamOpen: true, (_, c, _, e) => Trusts(c, e));
        await ssl.AuthenticateAsClientAsync(target.Split(':')[0]);
        return (connect, await ExchangeAsync(ssl, text, enough));
    }

    /// <summary>Ends with a whole answer without keeping the connection.</summary>
    public static string Request(string line, string host, params string[] headers) =>
        $"{line} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{string.Concat(headers.Select(h => h + "\r\n"))}\r\n";

    private static async Task<string> ExchangeAsync(Stream stream, string text, Func<string, bool>? enough)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var got = new StringBuilder();
        var buffer = new byte[16384];
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(text), deadline.Token);
            await stream.FlushAsync(deadline.Token);
            int read;
            while ((enough is null || !enough(got.ToString())) && (read = await stream.ReadAsync(buffer, deadline.Token)) > 0)
                got.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Closed on us, or kept open without a word: what came before is the answer.
        }
        return got.ToString();
    }

    private async Task<Stream> DialAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Door.SocketPath), cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private bool Trusts(X509Certificate? certificate, SslPolicyErrors errors)
    {
        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_ca);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(new X509Certificate2(certificate));
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Door.DisposeAsync();
        _ca.Dispose();
    }
}
