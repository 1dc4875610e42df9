using Patchbay.Catalog;
using Patchbay.Vault.Egress.Doors;
using Patchbay.Vault.Network;

namespace Patchbay.Vault.Egress;

/// <summary>Which hosts a function may name.</summary>
internal sealed class HostPolicy(ConnectorCatalog catalog, IEgressPolicy policy, CallRecorder recorder)
{
    /// <summary>The server itself, as functions know it (<c>Base44-Api-Url</c>).</summary>
    public const string OwnHost = "patchbay.internal";

    public static readonly EgressError Unbound = new(403, "PB2202", "This process has no function yet, so nothing leaves it.");
    public static readonly EgressError NotAllowed = new(403, "PB2203", "This function may not call out: it is unknown, switched off, or the plan does not allow it. An owner or admin must allow it.");
    public static readonly EgressError BadPort = new(403, "PB2204", "Functions reach the outside by https on port 443 only.");

    public static EgressError HostNotAllowed(string host) => new(403, "PB2205", $"This function may not reach {host}. Use a connector of that vendor, or an owner or admin must add the host to the app's allowed hosts.");

    /// <summary>Null if the tunnel may be opened. What travels in it is judged request by request.</summary>
    public async ValueTask<EgressError?> RefuseTunnelAsync(EgressDoor door, string host, int port, CancellationToken cancellationToken)
    {
        var refusal = await JudgeTunnelAsync(door, host, port, cancellationToken);
        if (refusal is not null && door.Identity is { } identity)
            await recorder.RefusedTunnelAsync(identity, host, refusal, cancellationToken);
        return refusal;
    }

    private async ValueTask<EgressError?> JudgeTunnelAsync(EgressDoor door, string host, int port, CancellationToken cancellationToken)
    {
        if (door.Identity is not { } identity)
            return Unbound;
        if (host == OwnHost)
            return port == 80 ? null : new EgressError(403, "PB2204", $"The server answers functions at http://{OwnHost} on port 80 only.");
        if (port != 443)
            return BadPort;
        if (await policy.GetAsync(identity, cancellationToken) is not { } allowed)
            return NotAllowed;
        return IsExtraHost(allowed, host) || allowed.Connections.Any(c => IsVendorHost(c.Connector, host)) ? null : HostNotAllowed(host);
    }

    public static bool IsExtraHost(FunctionPolicy allowed, string host) => allowed.AllowedHosts.Any(p => HostName.Matches(host, p));

    /// <summary>Hosts of the connector's vendor: one vendor's connectors share them, and its scopes decide what works.</summary>
    public bool IsVendorHost(string connectorId, string host) => Family(connectorId).Any(c => c.Hosts.Any(p => HostName.Matches(host, p)));

    /// <summary>All connectors of the same vendor.</summary>
    public IEnumerable<Connector> Family(string connectorId) =>
        catalog.FindConnector(connectorId) is { } connector ? catalog.Connectors.Where(c => c.Vendor == connector.Vendor) : [];

    public Connector? Find(string connectorId) => catalog.FindConnector(connectorId);

    /// <summary>The connector's operations that this call is, to the letter.</summary>
    public IReadOnlyList<Operation> OperationsOf(Connector connector, string method, string host, string path) => catalog.Matcher.FindAll(connector.Id, method, host, path);
}
