using Patchbay.Vault.Keys;

namespace Patchbay.Vault;

/// <summary>What the composition root tells the Vault.</summary>
public sealed class VaultOptions
{
    /// <summary>From <see cref="VaultKey.OpenOrCreate"/>. Without it the Vault refuses to start.</summary>
    public VaultKey? Key { get; set; }

    /// <summary>The dashboard's address, without a path. Vendors send browsers back to <c>{PublicUrl}/oauth/callback</c>.</summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>Loopback port of the sandbox, or null for none. May be set after the Vault was built: it is read at each call.</summary>
    public int? SandboxPort { get; set; }

    /// <summary>What the sandbox's control interface asks for; guards no account.</summary>
    public string? SandboxControlToken { get; set; }

    internal string RedirectUri => (PublicUrl ?? throw new VaultStartException("PB2007", "The vault does not know the dashboard's address. The operator must set --public-url.")).GetLeftPart(UriPartial.Authority) + "/oauth/callback";

    internal VaultKey RequiredKey => Key ?? throw new VaultStartException("PB2007", "The vault has no key. The operator must name a key file with --key-file.");
}
