using System.Net;

namespace Patchbay.Vault.Network;

/// <summary>What both realms' pools have in common: nothing happens on its own (redirects, cookies, proxies, decoding).</summary>
internal static class VendorHandler
{
    public static SocketsHttpHandler Create() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        PreAuthenticate = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60),
        MaxResponseHeadersLength = 64,
        MaxConnectionsPerServer = 256,
    };
}
