using System.Net;
using Patchbay.Server.Configuration;

namespace Patchbay.Server.Security;

/// <summary>Which of our origins a request came in on.</summary>
public enum OriginKind
{
    Dashboard,
    App,
}

/// <summary>The server answers only for hosts it knows; everything else is 421 (RFC 9110 §15.5.20), which also ends DNS
/// rebinding.</summary>
/// <param name="publicUrl">The dashboard's origin, port included.</param>
internal sealed class HostRules(Uri publicUrl, ServerOptions options)
{
    private readonly string _appsSuffix = "." + options.AppsDomain;

    /// <returns>Null for a host that is not ours; for an app host the app's label.</returns>
    public (OriginKind Kind, string? AppLabel)? Find(HostString host)
    {
        var name = host.Host.TrimEnd('.').ToLowerInvariant();
        if ((host.Port ?? DefaultPort) != PublicPort)
            return null;
        if (name == publicUrl.Host)
            return (OriginKind.Dashboard, null);
        // 127.0.0.1 is the sandbox's host: a dashboard there would share its cookies with the sandbox.
        if (name.EndsWith(_appsSuffix, StringComparison.Ordinal) && name[..^_appsSuffix.Length] is { Length: > 0 and <= 63 } label && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            return (OriginKind.App, label);
        return null;
    }

    private int PublicPort => publicUrl.Port;

    private int DefaultPort => publicUrl.Scheme == "https" ? 443 : 80;
}
