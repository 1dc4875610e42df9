using Patchbay.Vault.Secrets;

namespace Patchbay.Vault.Connections;

/// <summary>A connection as stored. The credential is ciphertext; everything else may be shown to teammates.</summary>
public sealed record ConnectionRow
{
    public required AppId App { get; init; }
    public required ConnectionId Id { get; init; }
    public required string Connector { get; init; }
    public required string Vendor { get; init; }
    public required Realm Realm { get; init; }

    /// <summary>Id of the <see cref="OAuthClientRow"/> that the grant was made to; empty where the account is connected by a key.</summary>
    public required string OAuthClient { get; init; }

    public required ConnectionState State { get; init; }

    /// <summary>The vendor's stable id of the account, or null where it gives none.</summary>
    public string? AccountId { get; init; }

    public string? AccountLabel { get; init; }

    /// <summary>What the vendor gave.</summary>
    public required IReadOnlyList<string> GrantedScopes { get; init; }

    /// <summary>What a teammate approved for this app; the egress allows only operations within it.</summary>
    public required IReadOnlyList<string> ApprovedScopes { get; init; }

    /// <summary>Null once disconnected: the data key is destroyed with it.</summary>
    public SealedSecret? Credential { get; init; }

    /// <summary>Null where the vendor names no end.</summary>
    public DateTimeOffset? AccessExpiresAt { get; init; }

    public DateTimeOffset? AccessIssuedAt { get; init; }

    /// <summary>Why it needs a person, or null: a code such as <c>PB2103</c>.</summary>
    public string? Problem { get; init; }

    /// <summary>Teammate id of the one who connected it.</summary>
    public required string ConnectedBy { get; init; }

    public required DateTimeOffset ConnectedAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Grows by one with each lease. A write of refreshed tokens must name the fence it was leased under.</summary>
    public long Fence { get; init; }

    /// <summary>Set, durably, before a refresh token is sent to the vendor; cleared with the write of its successor.
    /// Found set after a crash, it says that the stored refresh token may already be spent.</summary>
    public DateTimeOffset? RefreshIntentAt { get; init; }
}

public enum ConnectionState
{
    Connected,

    /// <summary>The vendor ended the grant: only a person can repair it.</summary>
    NeedsReconnect,

    /// <summary>A crash or a restore left the refresh token in doubt.</summary>
    CheckNeeded,

    Disconnected,
}

/// <summary>An OAuth client registered at a vendor; its realm seals the realm of every credential made with it.</summary>
/// <param name="Id">Ours.</param>
/// <param name="ClientId">The vendor's public client id.</param>
/// <param name="ClientSecret">Ciphertext; null for a public client.</param>
public sealed record OAuthClientRow(string Id, string Vendor, Realm Realm, string ClientId, SealedSecret? ClientSecret, DateTimeOffset CreatedAt)
{
    /// <summary>Whose it is; null for every workspace of the install.</summary>
    public string? Workspace { get; init; }

    /// <summary>What people call it, such as "Production".</summary>
    public string Name { get; init; } = "Default";

    /// <summary>The connectors of the vendor that it serves; empty for all of them.</summary>
    public IReadOnlyList<string> Connectors { get; init; } = [];

    /// <summary>Taken where nobody names another.</summary>
    public bool IsDefault { get; init; }
}

/// <summary>An authorisation request under way. Everything that could be replayed is a hash or ciphertext.</summary>
public sealed record AuthorizationRow
{
    /// <summary>SHA-256 of the <c>state</c> parameter, hex.</summary>
    public required string StateHash { get; init; }

    /// <summary>SHA-256 of the value of the browser's binding cookie, hex.</summary>
    public required string BrowserHash { get; init; }

    public required AppId App { get; init; }
    public required string Teammate { get; init; }
    public required string Connector { get; init; }
    public required string OAuthClient { get; init; }
    public required Realm Realm { get; init; }
    public required string RedirectUri { get; init; }
    public required IReadOnlyList<string> RequestedScopes { get; init; }

    /// <summary>The connection that stays in use until the new credential is proven; null for a first one.</summary>
    public ConnectionId? Replaces { get; init; }

    /// <summary>What the Vault needs back at the callback, sealed: the PKCE verifier (none where the vendor refuses PKCE),
    /// the scopes to approve, whether the account may change. The Vault always writes it.</summary>
    public SealedSecret? Verifier { get; init; }

    /// <summary>Opaque to the vault: what the caller wants back after the callback (a proposal id).</summary>
    public string? Context { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}
