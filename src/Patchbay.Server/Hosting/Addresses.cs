using Patchbay.Server.Configuration;
using Patchbay.Server.Security;

namespace Patchbay.Server.Hosting;

/// <summary>Every address of this server, derived from its options and never from a request. The port may be chosen by the
/// system: then it is known once the server listens.</summary>
public sealed class Addresses
{
    private readonly ServerOptions _options;
    private Uri? _publicUrl;
    private HostRules? _hosts;
    private SessionCookie? _cookie;

    public Addresses(ServerOptions options)
    {
        _options = options;
        if (options.PublicUrl is not null || options.Port != 0)
            Set(options.PublicUrl ?? new Uri($"http://localhost:{options.Port}"));
    }

    public Uri PublicUrl => _publicUrl ?? throw new InvalidOperationException("The server does not listen yet.");

    /// <summary>Address of the sandbox for browsers; null when it is off or not up.</summary>
    public Uri? SandboxUrl { get; internal set; }

    internal HostRules Hosts => _hosts ?? throw new InvalidOperationException("The server does not listen yet.");

    internal SessionCookie Cookie => _cookie ?? throw new InvalidOperationException("The server does not listen yet.");

    public Uri AppUrl(string label) => new($"{PublicUrl.Scheme}://{label}.{_options.AppsDomain}:{PublicUrl.Port}/");

    internal void Listening(int port)
    {
        if (_publicUrl is null)
            Set(new Uri($"http://localhost:{port}"));
    }

    private void Set(Uri publicUrl)
    {
        _publicUrl = publicUrl;
        _hosts = new HostRules(publicUrl, _options);
        _cookie = new SessionCookie(publicUrl);
    }
}
