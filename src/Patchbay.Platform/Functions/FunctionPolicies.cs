using Patchbay.Vault.Connections;
using Patchbay.Vault.Egress;
using Patchbay.Vault.OAuth;

namespace Patchbay.Platform.Functions;

/// <summary>What the egress lets a function reach: the app's own accounts, while the app may run functions. Asked before
/// each call and not remembered, so that a disconnect bites at once.</summary>
internal sealed class FunctionPolicies(FunctionGate gate, IConnections connections) : IEgressPolicy
{
    public async ValueTask<FunctionPolicy?> GetAsync(FunctionIdentity function, CancellationToken cancellationToken)
    {
        if (await gate.RefusalAsync(function.App, cancellationToken) is not null)
            return null;
        // An account that needs a person stays in: the egress then says so, instead of "not allowed".
        var allowed = (await connections.ListAsync(function.App, cancellationToken))
            .Where(c => c.State != ConnectionState.Disconnected)
            .GroupBy(c => c.Connector)
            .Select(g => g.OrderByDescending(c => c.State == ConnectionState.Connected).ThenByDescending(c => c.ConnectedAt).First())
            .Select(c => new AllowedConnection(c.Connector, c.Id));
        return new FunctionPolicy([.. allowed], []);
    }
}
