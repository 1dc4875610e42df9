using Patchbay.Vault;

namespace Patchbay.Platform.Connections;

/// <summary>A wish to connect an account that its requester has not confirmed on our own page yet. The handle in its link is
/// 256 random bits and kept as a hash; it opens for its requester only, for ten minutes, and counts once.</summary>
public sealed record ConnectStart
{
    public required AppId App { get; init; }

    /// <summary>SHA-256 of the handle, hex.</summary>
    public required string HandleHash { get; init; }

    public required RequesterKind RequesterKind { get; init; }

    /// <summary>Id of who asked; nobody else may go on.</summary>
    public required string Requester { get; init; }

    public required string Connector { get; init; }
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Null: live where a client for it is set up, else the sandbox.</summary>
    public Realm? Realm { get; init; }

    /// <summary>Our id of the OAuth client; null: the default one.</summary>
    public string? Client { get; init; }

    public bool SwitchAccount { get; init; }

    /// <summary>Comes back with the outcome: a proposal's id.</summary>
    public string? Context { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? UsedAt { get; init; }
}

public enum RequesterKind
{
    Teammate,
}

public interface IConnectStartStore
{
    Task InsertAsync(ConnectStart start, CancellationToken cancellationToken);

    /// <summary>Used and ended ones too, for a while.</summary>
    Task<ConnectStart?> FindAsync(string handleHash, CancellationToken cancellationToken);

    /// <summary>Marks it used in one statement: of two clicks, one gets true. False too once it has ended.</summary>
    Task<bool> TryUseAsync(string handleHash, DateTimeOffset now, CancellationToken cancellationToken);
}
