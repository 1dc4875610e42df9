using Patchbay.Catalog;
using Patchbay.Vault.Connections;
using Patchbay.Vault.Network;

namespace Patchbay.Vault.OAuth;

/// <summary>Tells a vendor that a grant is over, unless other connections of the install rest on it: a vendor keeps one
/// grant per (client, account), and revoking any token of it ends them all (Google), or the workspace's only bot (Slack).</summary>
internal sealed class GrantRevoker(IConnectionStore store, TokenEndpoint endpoint)
{
    /// <param name="accountId">The account's id at the vendor; null is taken to be any, since sharing cannot be ruled out.</param>
    /// <param name="except">The connection that is going away, if it is still stored.</param>
    public async Task<DisconnectOutcome> RevokeAsync(Connector connector, OpenClient client, Credential credential, string? accountId, ConnectionId? except, CancellationToken cancellationToken)
    {
        if (!connector.UsesOAuth || connector.OAuth.Revoke is null)
            return DisconnectOutcome.ForgottenNoRevocation;
        await foreach (var other in store.ReadAllAsync(cancellationToken))
        {
            if (other.Id != except && other.OAuthClient == client.Id && other.Credential is not null && other.State != ConnectionState.Disconnected
                && (accountId is null || other.AccountId is null || other.AccountId == accountId))
                return DisconnectOutcome.ForgottenSharedGrant;
        }
        try
        {
            var revoked = credential.Refresh is not null && await endpoint.RevokeAsync(connector, client, credential.Refresh, cancellationToken);
            // Vendors differ in whether the refresh token takes the access token with it: both are told.
            revoked |= await endpoint.RevokeAsync(connector, client, credential.Access, cancellationToken);
            return revoked ? DisconnectOutcome.Revoked : DisconnectOutcome.ForgottenVendorFailed;
        }
        catch (RealmViolationException)
        {
            return DisconnectOutcome.ForgottenVendorFailed;
        }
    }
}
