namespace Patchbay.Sandbox.OAuth;

/// <summary>A code on its way from the consent page to the token endpoint: one use, ten minutes.</summary>
internal sealed record AuthorizationCode
{
    public required string Vendor { get; init; }
    public required string ClientId { get; init; }
    public required string RedirectUri { get; init; }

    /// <summary>The account that said yes.</summary>
    public required string Account { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Slack's second list, for the person's own token.</summary>
    public IReadOnlyList<string> UserScopes { get; init; } = [];

    /// <summary>What the person picked besides the account: Notion's pages.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>S256 challenge; when set, a verifier is required.</summary>
    public string? Challenge { get; init; }

    public string? Nonce { get; init; }

    /// <summary>The token reply carries a refresh token.</summary>
    public bool WithRefresh { get; init; }

    /// <summary>The access token also covers what was granted before.</summary>
    public bool WithEarlierScopes { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
    public bool Used { get; init; }
}

/// <summary>Why a code was refused, or <see cref="Ok"/>.</summary>
internal enum CodeResult
{
    Ok,
    Unknown,
    Expired,
    AlreadyUsed,
    WrongClient,
    WrongRedirect,
    VerifierMissing,
    VerifierWrong,
}
