namespace Patchbay.Catalog;

/// <summary>What the vendor's error codes call for.</summary>
/// <param name="Path">JSON path of the code in a failed reply (<c>a.b</c>); null where only the status tells.</param>
/// <param name="Reconnect">Codes after which only a person can help.</param>
/// <param name="MissingScope">Codes that mean: a permission is missing.</param>
/// <param name="Transient">Codes that pass by themselves.</param>
public sealed record ErrorCodes(string? Path, IReadOnlyList<string> Reconnect, IReadOnlyList<string> MissingScope, IReadOnlyList<string> Transient);

/// <summary>The headers in which a vendor says what is left to call.</summary>
/// <param name="Plain">The rule in words.</param>
/// <param name="Limit">Calls allowed in the window.</param>
/// <param name="Remaining">Calls left in it.</param>
/// <param name="Reset">When it ends; <paramref name="ResetIs"/> says in what.</param>
/// <param name="ResetIs">How to read <paramref name="Reset"/>.</param>
/// <param name="RetryAfter">Sent with a refusal: how long to wait (RFC 9110 §10.2.3).</param>
public sealed record RateLimitReading(string Plain, string? Limit = null, string? Remaining = null, string? Reset = null, ResetUnit ResetIs = ResetUnit.EpochSeconds, string? RetryAfter = null);

public enum ResetUnit
{
    EpochSeconds,
    EpochMilliseconds,
    SecondsFromNow,
}

/// <summary>How a call from the vendor is proven to come from it.</summary>
/// <param name="Plain">The rule in words, with where the secret comes from.</param>
/// <param name="Header">Carries the proof.</param>
/// <param name="Algorithm">How it is made.</param>
/// <param name="Encoding">How it is written.</param>
/// <param name="Signed">What is signed, with <c>{body}</c> (raw), <c>{timestamp}</c>, <c>{method}</c> and <c>{url}</c>; null where nothing is.</param>
/// <param name="Prefix">Stands before the proof in the header (<c>sha256=</c>).</param>
/// <param name="TimestampHeader">Carries <c>{timestamp}</c> where it has a header of its own.</param>
/// <param name="ToleranceSeconds">How old a call may be; null where the vendor sends no time.</param>
public sealed record WebhookScheme(
    string Plain, string Header, WebhookAlgorithm Algorithm, WebhookEncoding Encoding = WebhookEncoding.Hex, string? Signed = null,
    string? Prefix = null, string? TimestampHeader = null, int? ToleranceSeconds = null);

public enum WebhookAlgorithm
{
    HmacSha256,
    HmacSha1,
    Ed25519,
    EcdsaP256,

    /// <summary>The header repeats a secret that was agreed on.</summary>
    SharedToken,

    /// <summary>A signed token (RFC 7519) of the vendor's own issuer.</summary>
    Jwt,
}

public enum WebhookEncoding
{
    Hex,
    Base64,
}
