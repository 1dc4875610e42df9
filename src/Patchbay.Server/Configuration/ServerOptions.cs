using System.Net;

namespace Patchbay.Server.Configuration;

/// <summary>Everything an operator can set, checked. Made by <see cref="ServerOptionsReader"/> only.</summary>
public sealed record ServerOptions
{
    /// <summary>TCP port of the dashboard and the API; 0 lets the system choose (tests).</summary>
    public int Port { get; init; } = 4400;

    /// <summary>Full path of the data directory.</summary>
    public required string Data { get; init; }

    /// <summary>PostgreSQL connection string; null for SQLite in the data directory.</summary>
    public string? Database { get; init; }

    /// <summary>Where the master key lies; null for the default outside the data directory.</summary>
    public string? KeyFile { get; init; }

    /// <summary>The operator's own connectors, one folder each; null for none. Full path.</summary>
    public string? Connectors { get; init; }

    /// <summary>Every absolute URL is derived from it, never from a request. Null: <c>http://localhost:PORT</c>.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Parent domain of the apps' hosts, <c>{app}.AppsDomain</c>.</summary>
    public string AppsDomain { get; init; } = "localhost";

    public IPAddress Listen { get; init; } = IPAddress.Loopback;

    /// <summary>Port of the sandbox beside the server; 0 lets the system choose, null for no sandbox.</summary>
    public int? SandboxPort { get; init; } = 4401;

    /// <summary>Proxies whose <c>X-Forwarded-*</c> headers count.</summary>
    public IReadOnlyList<IPAddress> TrustedProxies { get; init; } = [];

    /// <summary>Permits functions without bubblewrap: development on loopback only.</summary>
    public bool UnsafeFunctions { get; init; }
}
