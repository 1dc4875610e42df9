namespace Patchbay.Vault.OAuth;

/// <summary>The OAuth clients that this install and its workspaces have at vendors. Secrets go in and never come out.</summary>
public interface IOAuthClients
{
    /// <summary>Gives every vendor of the catalog a client at the sandbox: made once, announced at each call, since a
    /// sandbox with fresh data knows none. A vendor without a look-alike gets none. Call it when the sandbox is up.</summary>
    /// <exception cref="VaultRefusedException">The sandbox is not there or refuses.</exception>
    Task EnsureSandboxAsync(CancellationToken cancellationToken);

    /// <summary>Adds a live client. The first of its kind (owner, vendor, connectors) becomes the default.</summary>
    /// <exception cref="VaultRefusedException">Unknown vendor or connector, a taken name, or a secret that is empty or the sandbox's.</exception>
    Task<OAuthClientView> AddAsync(NewOAuthClient client, CancellationToken cancellationToken);

    /// <summary>Changes what is not null. A vendor's tokens belong to one client id: that one can change only while no
    /// connection rests on the client; the secret can change any time.</summary>
    /// <exception cref="VaultRefusedException">As for <see cref="AddAsync"/>; unknown client; client id in use.</exception>
    Task<OAuthClientView> ChangeAsync(string id, OAuthClientChange change, CancellationToken cancellationToken);

    /// <summary>Forgets a live client and destroys its secret.</summary>
    /// <exception cref="VaultRefusedException">Unknown client, or connections rest on it.</exception>
    Task RemoveAsync(string id, CancellationToken cancellationToken);

    /// <summary>The install's, the sandbox's among them, and the workspace's own.</summary>
    /// <param name="workspace">Null: the install's only.</param>
    /// <param name="vendor">Null: of every vendor.</param>
    Task<IReadOnlyList<OAuthClientView>> ListAsync(string? workspace, string? vendor, CancellationToken cancellationToken);

    /// <summary>The clients of a realm that a connect of the connector may choose from, the one that is taken unasked first:
    /// the workspace's own before the install's; then the default; then one that names the connector; then the newest.</summary>
    /// <exception cref="VaultRefusedException">Unknown connector.</exception>
    Task<IReadOnlyList<OAuthClientView>> ListForAsync(string connector, Realm realm, string? workspace, CancellationToken cancellationToken);

    /// <summary>Connections that rest on the client.</summary>
    /// <param name="workspace">Of whose apps; null: of any.</param>
    Task<IReadOnlyList<OAuthClientUse>> ListUsesAsync(string id, string? workspace, int limit, CancellationToken cancellationToken);

    /// <summary>How many they are.</summary>
    Task<int> CountUsesAsync(string id, string? workspace, CancellationToken cancellationToken);

    /// <summary>Where the vendor must send browsers back to: what a person registers there, letter by letter.</summary>
    string CallbackAddress(string vendor);
}

/// <param name="ClientId">The vendor's public client id.</param>
/// <param name="HasSecret">False for a public client.</param>
public sealed record OAuthClientView(string Id, string Vendor, Realm Realm, string ClientId, bool HasSecret, DateTimeOffset CreatedAt)
{
    /// <summary>Null for every workspace of the install.</summary>
    public string? Workspace { get; init; }

    public required string Name { get; init; }

    /// <summary>Empty: every connector of the vendor.</summary>
    public required IReadOnlyList<string> Connectors { get; init; }

    public required bool IsDefault { get; init; }
}

public sealed record OAuthClientUse(AppId App, ConnectionId Connection, string Connector, string? AccountLabel);

/// <summary>A client as a person enters it.</summary>
/// <param name="workspace">Null for every workspace of the install.</param>
/// <param name="connectors">Empty: every connector of the vendor.</param>
/// <param name="clientSecret">Null for a public client. Blanks around it are taken off.</param>
public sealed class NewOAuthClient(string? workspace, string vendor, IReadOnlyList<string> connectors, string name, string clientId, string? clientSecret, bool isDefault)
{
    internal string? Workspace => workspace;
    internal string Vendor => vendor;
    internal IReadOnlyList<string> Connectors => connectors;
    internal string Name => name.Trim();
    internal string ClientId => clientId.Trim();
    internal Secrets.SecretText? Secret { get; } = clientSecret is null ? null : new(clientSecret.Trim());
    internal bool IsDefault => isDefault;
}

/// <summary>What to change; null leaves it.</summary>
/// <param name="isDefault">True makes it the default in the place of another. There is no way to have none: make another one the default.</param>
public sealed class OAuthClientChange(string? name = null, string? clientId = null, string? clientSecret = null, IReadOnlyList<string>? connectors = null, bool isDefault = false)
{
    internal string? Name => name?.Trim();
    internal string? ClientId => clientId?.Trim();
    internal Secrets.SecretText? Secret { get; } = clientSecret is null ? null : new(clientSecret.Trim());
    internal IReadOnlyList<string>? Connectors => connectors;
    internal bool IsDefault => isDefault;
}
