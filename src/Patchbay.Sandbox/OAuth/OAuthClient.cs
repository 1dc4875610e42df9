namespace Patchbay.Sandbox.OAuth;

/// <summary>An app registered at a vendor.</summary>
internal sealed record OAuthClient
{
    /// <summary>Whose client it is: an <c>IVendor.Name</c>.</summary>
    public required string Vendor { get; init; }

    public required string ClientId { get; init; }

    /// <summary>What the consent page calls the app.</summary>
    public required string Name { get; init; }

    public required string SecretHash { get; init; }

    /// <summary>Compared character by character.</summary>
    public required IReadOnlyList<string> RedirectUris { get; init; }

    /// <summary>Strict rotation where the vendor does not rotate by itself: every refresh token works once (Slack has it as an option).</summary>
    public bool RotateTokens { get; init; }
}
