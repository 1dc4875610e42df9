using Patchbay.Vault.Keys;

namespace Patchbay.Vault;

/// <summary>What the composition root tells the Vault.</summary>
public sealed class VaultOptions
{
    /// <summary>From <see cref="VaultKey.OpenOrCreate"/>. Without it the Vault refuses to start.</summary>
    public VaultKey? Key { get; set; }

    /// <summary>The dashboard's address, without a path. Vendors send browsers back to <c>{PublicUrl}/oauth/callback/{vendor}</c>.</summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>Loopback port of the sandbox, or null for none. May be set after the Vault was built: it is read at each call.</summary>
    public int? SandboxPort { get; set; }

    /// <summary>What the sandbox's control interface asks for; guards no account.</summary>
    public string? SandboxControlToken { get; set; }

    /// <summary>One address per vendor: an answer that comes to another vendor's is refused, whatever it says (RFC 9700 §4.4.2.2).</summary>
    internal string RedirectUri(string vendor) =>
        $"{(PublicUrl ?? throw new VaultStartException("PB2007", "The vault does not know the dashboard's address. The operator must set --public-url.")).GetLeftPart(UriPartial.Authority)}/oauth/callback/{vendor}";

    internal VaultKey RequiredKey => Key ?? throw new VaultStartException("PB2007", "The vault has no key. The operator must name a key file with --key-file.");
}
