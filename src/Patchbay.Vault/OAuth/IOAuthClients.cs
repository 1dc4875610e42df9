namespace Patchbay.Vault.OAuth;

/// <summary>The OAuth clients that this install has at vendors.</summary>
public interface IOAuthClients
{
    /// <summary>Gives every vendor of the catalog a client at the sandbox: made once, announced at each call, since a
    /// sandbox with fresh data knows none. A vendor without a look-alike gets none. Call it when the sandbox is up.</summary>
    /// <exception cref="VaultRefusedException">The sandbox is not there or refuses.</exception>
    Task EnsureSandboxAsync(CancellationToken cancellationToken);

    /// <summary>Sets the live client of a vendor. The secret goes in and never comes out. Connections made with an
    /// earlier client keep it.</summary>
    /// <exception cref="VaultRefusedException">Unknown vendor, or a secret that belongs to the sandbox.</exception>
    Task SetLiveAsync(string vendor, string clientId, string? clientSecret, CancellationToken cancellationToken);

    Task<IReadOnlyList<OAuthClientView>> ListAsync(CancellationToken cancellationToken);
}

/// <param name="ClientId">The vendor's public client id.</param>
/// <param name="HasSecret">False for a public client.</param>
public sealed record OAuthClientView(string Id, string Vendor, Realm Realm, string ClientId, bool HasSecret, DateTimeOffset CreatedAt);
