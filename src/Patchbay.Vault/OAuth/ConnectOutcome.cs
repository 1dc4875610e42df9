namespace Patchbay.Vault.OAuth;

/// <summary>What became of a callback.</summary>
public sealed record ConnectOutcome
{
    /// <summary>Null if the account is connected (perhaps with <see cref="MissingScopes"/>).</summary>
    public ConnectFailure? Failure { get; init; }

    /// <summary>For a person: what failed and who must do what. Plain text, to be escaped like any other; null on success.</summary>
    public string? Message { get; init; }

    public ConnectionView? Connection { get; init; }

    /// <summary>Asked for and not given (the person unticked them). The connection works for what was given.</summary>
    public IReadOnlyList<string> MissingScopes { get; init; } = [];

    /// <summary>Known once state, browser and teammate are proven, so that the page can lead back; null before.</summary>
    public AppId? App { get; init; }

    public string? Connector { get; init; }

    /// <summary>As given to <see cref="ConnectRequest.Context"/>.</summary>
    public string? Context { get; init; }
}

/// <summary>Why an account was not connected. The credential in use before, if any, still is.</summary>
public enum ConnectFailure
{
    /// <summary>Not a callback: no state, no code, or a parameter twice.</summary>
    Malformed,

    /// <summary>Never issued, already used, or changed. The person must start again.</summary>
    UnknownState,

    /// <summary>More than ten minutes passed. The person must start again.</summary>
    Expired,

    /// <summary>Another browser started it: perhaps a forged link. Nothing was exchanged.</summary>
    WrongBrowser,

    /// <summary>Another teammate is signed in than the one who started it. Nothing was exchanged.</summary>
    WrongTeammate,

    /// <summary>The answer names another issuer than the vendor's (RFC 9207), or none where it must. Nothing was exchanged.</summary>
    IssuerMismatch,

    /// <summary>The answer came to the callback address of another vendor (a mix-up). Nothing was exchanged.</summary>
    OtherVendor,

    /// <summary>The person chose not to allow it.</summary>
    Denied,

    /// <summary>The vendor's page reported another error.</summary>
    VendorError,

    /// <summary>The OAuth client or the connector is gone since it began. An admin must set it up.</summary>
    NotSetUp,

    /// <summary>The vendor did not accept the code.</summary>
    ExchangeRefused,

    /// <summary>The vendor could not be reached or did not answer as it should. The person may try again.</summary>
    VendorUnavailable,

    /// <summary>The person chose another account than the connected one; they must say "switch account" or choose it again.</summary>
    OtherAccount,

    /// <summary>The app got a connection for this connector meanwhile.</summary>
    AlreadyConnected,

    /// <summary>The vendor did not accept the key, or it cannot be one. The person must copy it anew.</summary>
    KeyRefused,
}
