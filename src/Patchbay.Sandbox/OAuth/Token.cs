namespace Patchbay.Sandbox.OAuth;

/// <summary>An access or refresh token, known by the hash it is stored under.</summary>
internal sealed record Token
{
    public required string Hash { get; init; }
    public required TokenKind Kind { get; init; }
    public required string GrantKey { get; init; }

    /// <summary>The life of the grant it belongs to.</summary>
    public required int Serial { get; init; }

    /// <summary>Fixed at issue; null follows whatever the grant has (Slack adds scopes to a living token).</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>Null does not expire.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Used up (a rotated refresh token) or revoked by itself.</summary>
    public bool Spent { get; init; }
}

internal enum TokenKind
{
    Access,
    Refresh,
}

/// <summary>What a presented token turned out to be. Vendors word each case in their own way.</summary>
internal enum TokenState
{
    /// <summary>Never issued here.</summary>
    Unknown,
    Live,
    Expired,

    /// <summary>This token was revoked or already used.</summary>
    Spent,

    /// <summary>The whole grant has ended.</summary>
    GrantEnded,
}

/// <param name="State">What it is; the rest is set only when <see cref="TokenState.Live"/>.</param>
internal sealed record TokenLookup(TokenState State, Token? Token = null, Grant? Grant = null, IReadOnlyList<string>? Scopes = null);
