using Patchbay.Vault.ApiKeys;

namespace Patchbay.Vault.OAuth;

/// <summary>The Vault's front door for accounts: connect, list, approve, disconnect. No credential passes through it.</summary>
public interface IConnections
{
    /// <summary>Starts an authorisation-code flow with PKCE (RFC 6749, 7636) that stays open for ten minutes.</summary>
    /// <exception cref="VaultRefusedException">Unknown connector or scope, or no OAuth client for the vendor.</exception>
    Task<AuthorizationStart> BeginAsync(ConnectRequest request, CancellationToken cancellationToken);

    /// <summary>Finishes it. Of two callbacks with one state, one is served.</summary>
    /// <param name="callback">The query as it came.</param>
    /// <param name="browserBinding">The raw value of the binding cookie, or null if the browser sent none.</param>
    /// <param name="teammate">Id of the signed-in teammate.</param>
    /// <param name="cancellationToken">Stops waiting for the vendor; the state is used up all the same.</param>
    Task<ConnectOutcome> CompleteAsync(CallbackParameters callback, string? browserBinding, string teammate, CancellationToken cancellationToken);

    /// <summary>Connects an account by its key, always in the live realm. Whether the key works is asked of the vendor before
    /// anything is stored; a key in use stays in use until the new one is proven.</summary>
    /// <exception cref="VaultRefusedException">Unknown connector or scope, or one that is connected by signing in.</exception>
    Task<ConnectOutcome> ConnectWithKeyAsync(KeyConnectRequest request, CancellationToken cancellationToken);

    /// <summary>The vendor whose callback address an answer with that state belongs to, or null. Spends nothing.</summary>
    Task<string?> FindVendorOfAsync(string state, CancellationToken cancellationToken);

    /// <summary>Every connection of the app that is not disconnected.</summary>
    Task<IReadOnlyList<ConnectionView>> ListAsync(AppId app, CancellationToken cancellationToken);

    /// <summary>A connection of the app in any state, or null.</summary>
    Task<ConnectionView?> FindAsync(AppId app, ConnectionId id, CancellationToken cancellationToken);

    /// <summary>Widens what the app may use, within what the catalog knows.</summary>
    /// <exception cref="VaultRefusedException">Unknown connection or scope.</exception>
    Task ApproveAsync(AppId app, ConnectionId id, IReadOnlyList<string> scopes, CancellationToken cancellationToken);

    /// <summary>Destroys the credential first, then tells the vendor as well as it can. A vendor's grant on which other
    /// connections of this install rest is left alone: revoking it would end those too.</summary>
    Task<DisconnectOutcome> DisconnectAsync(AppId app, ConnectionId id, CancellationToken cancellationToken);
}

/// <summary>What became of a disconnect. In every case but the first the credential is gone here.</summary>
public enum DisconnectOutcome
{
    /// <summary>No such connection, or it was disconnected before.</summary>
    NothingToDo,

    /// <summary>The vendor confirmed that the grant is revoked.</summary>
    Revoked,

    /// <summary>Other connections rest on the same grant at the vendor.</summary>
    ForgottenSharedGrant,

    /// <summary>The vendor has no way to revoke: the person may remove the app in the vendor's settings.</summary>
    ForgottenNoRevocation,

    /// <summary>The vendor could not be told: the person may remove the app in the vendor's settings.</summary>
    ForgottenVendorFailed,
}

/// <summary>The vault refuses what was asked. Message and code may be shown to people.</summary>
/// <param name="code"><c>PB2110</c> unknown connector, <c>PB2111</c> scope not in the catalog, <c>PB2112</c> no OAuth client,
/// <c>PB2113</c> unknown connection, <c>PB2114</c> the sandbox refused, <c>PB2115</c> OAuth client not as it must be, <c>PB2116</c> OAuth client in use, <c>PB2117</c> unknown OAuth client,
/// <c>PB2118</c> connected by a key or not by one, <c>PB2119</c> no look-alike in the sandbox, <c>PB2120</c> a scope that the vendor gives to nobody.</param>
public sealed class VaultRefusedException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
