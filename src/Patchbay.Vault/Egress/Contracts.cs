using Microsoft.AspNetCore.Http;

namespace Patchbay.Vault.Egress;

/// <summary>Which function a socket belongs to.</summary>
public sealed record FunctionIdentity(AppId App, string Function, int Version);

/// <summary>What one function may reach.</summary>
/// <param name="Connections">At most one per connector.</param>
/// <param name="AllowedHosts">Extra hosts without a connector's credential, exact or <c>*.example.com</c>.</param>
public sealed record FunctionPolicy(IReadOnlyList<AllowedConnection> Connections, IReadOnlyList<string> AllowedHosts);

/// <param name="Connector">Catalog id.</param>
/// <param name="Connection">The account that calls go out with.</param>
public sealed record AllowedConnection(string Connector, ConnectionId Connection);

/// <summary>Implemented by the platform: the egress asks before each swap, so that a disconnect bites at once.</summary>
public interface IEgressPolicy
{
    /// <summary>Null if the function is unknown or may not call out (plan, switch, pause).</summary>
    ValueTask<FunctionPolicy?> GetAsync(FunctionIdentity function, CancellationToken cancellationToken);
}

/// <summary>Implemented by the server: answers calls of a function to <c>Base44-Api-Url</c> with the server's own pipeline.</summary>
public interface ILocalApi
{
    Task HandleAsync(HttpContext context, IFunctionCaller caller);
}

/// <summary>The function behind a socket, as the server's pipeline sees it.</summary>
public interface IFunctionCaller
{
    FunctionIdentity Identity { get; }

    /// <summary>The run that the request belongs to, or null if it named no ticket of <see cref="IEgressDoor.RegisterRun"/>.</summary>
    string? RunId => null;

    /// <summary>A phantom for the app's connection of that connector, stable for the life of the process: opaque,
    /// header-safe, at least 64 characters, worth nothing outside this socket. Null if it is not connected.</summary>
    ValueTask<string?> GetPhantomAsync(string connector, CancellationToken cancellationToken);

    /// <summary>Where the account's own API is, for vendors that say so with the token (Salesforce's <c>instance_url</c>):
    /// https addresses on the connector's hosts by their name in the reply. Null where there is nothing to tell.</summary>
    ValueTask<IReadOnlyDictionary<string, string>?> GetConfigAsync(string connector, CancellationToken cancellationToken) => new((IReadOnlyDictionary<string, string>?)null);
}

/// <summary>The only way out for functions.</summary>
public interface IEgress
{
    /// <summary>Opens a unix socket named <c>egress.sock</c> in <paramref name="directory"/> for one process that has no
    /// function yet: until <see cref="IEgressDoor.Bind"/> every request on it is refused.</summary>
    ValueTask<IEgressDoor> OpenAsync(string directory, CancellationToken cancellationToken);

    /// <summary>PEM of the interception CA's certificate: new per server process, trusted by functions only.</summary>
    string CaCertificatePem { get; }
}

/// <summary>One function process's door. Disposing closes the socket and forgets its phantoms.</summary>
public interface IEgressDoor : IAsyncDisposable
{
    string SocketPath { get; }

    /// <summary>Once: names the function that the process runs from now on.</summary>
    void Bind(FunctionIdentity function);

    /// <summary>Makes the header <c>X-Patchbay-Run: ticket</c> on this door stand for a run in the call log. The ticket is
    /// random and new per invocation; the function's own code could send another ticket of its own door, so it orders the
    /// log and grants nothing. The header never travels on.</summary>
    void RegisterRun(string ticket, string runId);

    /// <summary>The invocation ended.</summary>
    void ForgetRun(string ticket);
}
