namespace Patchbay.Catalog;

/// <summary>How a tool without OAuth is connected: what to ask a person for, and how the credential is made of it.</summary>
/// <remarks>A key can do everything its owner can. Patchbay lets through only the operations that were approved: the scopes of
/// such a connector are called <c>read</c>, <c>write</c> and <c>admin</c> and are the egress's own, the vendor knows none.</remarks>
public sealed record ApiKeyDefinition
{
    /// <summary>In the order in which a person is asked.</summary>
    public required IReadOnlyList<KeyField> Fields { get; init; }

    /// <summary>The credential, each field as <c>{name}</c>: <c>{key}</c>, or <c>{sid}:{token}</c>.</summary>
    public required string Compose { get; init; }

    /// <summary>What becomes of the composed text before it takes the place of <c>{token}</c> in the slot.</summary>
    public KeyEncoding Encoding { get; init; }

    /// <summary>Fields that are no secret and that functions are told with the connection (Twilio's account, which is part of every address).</summary>
    public IReadOnlyList<string> Config { get; init; } = [];

    /// <summary>Where the vendor shows the key, in plain words.</summary>
    public required string FoundAt { get; init; }
}

/// <param name="Name">As <see cref="ApiKeyDefinition.Compose"/> names it.</param>
/// <param name="Label">What the vendor calls it.</param>
/// <param name="Secret">True if it is never shown again and typed without being seen.</param>
/// <param name="Hint">What it looks like; null where that helps nobody.</param>
public sealed record KeyField(string Name, string Label, bool Secret, string? Hint = null);

public enum KeyEncoding
{
    None,

    /// <summary>RFC 7617.</summary>
    Base64,
}
