namespace Patchbay.Vault.Connections;

/// <summary>What the vault keeps, implemented by the storage engines. It never sees plaintext.</summary>
public interface IConnectionStore
{
    Task<ConnectionRow?> FindAsync(AppId app, ConnectionId id, CancellationToken cancellationToken);

    /// <summary>Every connection of the app but disconnected ones, by connector.</summary>
    Task<IReadOnlyList<ConnectionRow>> ListAsync(AppId app, CancellationToken cancellationToken);

    /// <summary>Inserts <paramref name="fresh"/> and, in the same transaction, disconnects <paramref name="replaced"/>
    /// (its credential becomes null). One live connection per (app, connector): a conflict throws
    /// <see cref="ConnectionConflictException"/>.</summary>
    Task InsertAsync(ConnectionRow fresh, ConnectionId? replaced, CancellationToken cancellationToken);

    /// <summary>Destroys the credential and marks the row disconnected. False if there was nothing to do.</summary>
    Task<bool> DisconnectAsync(AppId app, ConnectionId id, CancellationToken cancellationToken);

    /// <summary>Takes the right to refresh until <paramref name="until"/>: null while another holder has it.
    /// The reply carries the row as it is under the lease, with its new fence.</summary>
    Task<ConnectionRow?> TryLeaseAsync(ConnectionId id, string holder, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Durably notes that the refresh token is about to be sent. False if the fence has moved on.</summary>
    Task<bool> TryWriteIntentAsync(ConnectionId id, long fence, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Stores refreshed tokens, clears the intent and gives the lease back. False if the fence has moved on.</summary>
    Task<bool> TryReplaceCredentialAsync(ConnectionId id, long fence, Secrets.SealedSecret credential, DateTimeOffset? expiresAt, DateTimeOffset issuedAt, IReadOnlyList<string> grantedScopes, CancellationToken cancellationToken);

    /// <summary>Gives the lease back without new tokens, and says what became of the connection. False if the fence has moved on.</summary>
    Task<bool> TryReleaseAsync(ConnectionId id, long fence, ConnectionState state, string? problem, CancellationToken cancellationToken);

    /// <summary>Widens what is approved for this app (a teammate said so).</summary>
    Task ApproveAsync(AppId app, ConnectionId id, IReadOnlyList<string> approvedScopes, CancellationToken cancellationToken);

    /// <summary>Inserts or replaces the client; those named lose their being the default in the same transaction.</summary>
    Task SaveClientAsync(OAuthClientRow client, IReadOnlyList<string> noLongerDefault, CancellationToken cancellationToken);

    Task<OAuthClientRow?> FindClientAsync(string id, CancellationToken cancellationToken);

    /// <summary>Deletes the client unless a connection that is not disconnected rests on it. False if one does, or there is
    /// no such client.</summary>
    Task<bool> TryDeleteClientAsync(string id, CancellationToken cancellationToken);

    /// <summary>Connections made with the client that are not disconnected.</summary>
    /// <param name="workspace">Of whose apps; null: of any.</param>
    Task<IReadOnlyList<ConnectionRow>> ListByClientAsync(string client, string? workspace, int limit, CancellationToken cancellationToken);

    /// <summary>How many <see cref="ListByClientAsync"/> could list.</summary>
    Task<int> CountByClientAsync(string client, string? workspace, CancellationToken cancellationToken);

    Task InsertAuthorizationAsync(AuthorizationRow authorization, CancellationToken cancellationToken);

    /// <summary>The authorisation as it stands, left as it is.</summary>
    Task<AuthorizationRow?> FindAuthorizationAsync(string stateHash, CancellationToken cancellationToken);

    /// <summary>Reads and deletes in one statement: of two callbacks with one state, one gets the row.</summary>
    Task<AuthorizationRow?> TakeAuthorizationAsync(string stateHash, CancellationToken cancellationToken);

    /// <summary>Every sealed secret with where it stands, for verification and rotation, in pages by key.</summary>
    IAsyncEnumerable<ConnectionRow> ReadAllAsync(CancellationToken cancellationToken);

    /// <summary>The install's OAuth clients, the sandbox's among them, and the workspace's own.</summary>
    /// <param name="workspace">Null: the install's only.</param>
    /// <param name="vendor">Null: of every vendor.</param>
    Task<IReadOnlyList<OAuthClientRow>> ListClientsAsync(string? workspace, string? vendor, CancellationToken cancellationToken);
}

/// <summary>The app already has a live connection for that connector.</summary>
public sealed class ConnectionConflictException(string message) : Exception(message);
