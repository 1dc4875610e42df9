using System.Net;

namespace Patchbay.Server.Configuration;

/// <summary>What must hold between options (DESIGN 3.1): who may reach the server, and which hosts are never mixed.</summary>
internal static class ServerOptionsRules
{
    public static IEnumerable<string> Check(ServerOptions options)
    {
        var publicUrl = options.PublicUrl;
        if (!IPAddress.IsLoopback(options.Listen) && publicUrl is not { Scheme: "https" })
        {
            yield return $"--listen {options.Listen} is reachable from other machines, so people need an encrypted address: "
                + "put a TLS proxy in front and set --public-url https://... (and --trusted-proxies), or listen on 127.0.0.1.";
        }
        if (publicUrl is { Scheme: "http", IsLoopback: false })
            yield return $"--public-url {publicUrl.GetLeftPart(UriPartial.Authority)} is not encrypted. Use https://, or a loopback address for development.";
        if (options.UnsafeFunctions && (!IPAddress.IsLoopback(options.Listen) || publicUrl is { IsLoopback: false }))
            yield return "--unsafe-functions works on loopback only. Remove it, or listen on 127.0.0.1 with a --public-url of this machine.";
        if (publicUrl is not null && publicUrl.Host == "127.0.0.1" && options.SandboxPort is not null)
            yield return "--public-url 127.0.0.1 is the sandbox's own host, and ports do not separate cookies. Use http://localhost, or --sandbox off.";
        if (publicUrl is not null && SharesRegistrableDomain(publicUrl.Host, options.AppsDomain))
        {
            yield return $"--apps-domain {options.AppsDomain} and --public-url {publicUrl.Host} belong to one registrable domain, so an app's page "
                + "could act on the dashboard. Use another domain for apps.";
        }
        if (options.SandboxPort is > 0 && options.SandboxPort == options.Port)
            yield return $"--sandbox-port and --port are both {options.Port}. Choose two ports.";
    }

    /// <summary>Compares the last two labels. That is stricter than the public suffix list for names such as
    /// <c>a.co.uk</c> and <c>b.co.uk</c>: it may refuse two that are apart, it never lets two through that are one.
    /// <c>localhost</c> is the exception that browsers make (cross-site by name).</summary>
    private static bool SharesRegistrableDomain(string host, string appsDomain)
    {
        if (host == "localhost" && appsDomain == "localhost")
            return false;
        static string Last(string name) => string.Join('.', name.TrimEnd('.').Split('.').TakeLast(2)).ToLowerInvariant();
        return Last(host) == Last(appsDomain);
    }
}
