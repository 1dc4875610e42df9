using Patchbay.Catalog;
using Patchbay.Vault.Connections;
using Patchbay.Vault.Secrets;

namespace Patchbay.Vault.OAuth;

/// <summary>Which OAuth clients may serve a connector, and what a client must be to be kept. Pure.</summary>
internal static class ClientChoice
{
    public const int LongestText = 300, LongestSecret = 8_000;

    /// <summary>Best first; the order is told at <see cref="IOAuthClients.ListForAsync"/>.</summary>
    public static IEnumerable<OAuthClientRow> For(IEnumerable<OAuthClientRow> all, Connector connector, Realm realm, string? workspace) =>
        // The sandbox plays a vendor for those connectors only that are proven in it.
        all.Where(c => c.Realm == realm && (realm == Realm.Live || connector.Proof == Proof.Sandbox) && c.Vendor == connector.Vendor && (c.Workspace is null || c.Workspace == workspace)
                && (c.Connectors.Count == 0 || c.Connectors.Contains(connector.Id)))
            .OrderByDescending(c => c.Workspace is not null).ThenByDescending(c => c.IsDefault).ThenByDescending(c => c.Connectors.Count > 0)
            .ThenByDescending(c => c.CreatedAt).ThenByDescending(c => c.Id, StringComparer.Ordinal);

    /// <summary>Of whom only one can be the default: the same owner's, for the same connectors. One for the whole vendor and
    /// one for named connectors are no rivals: where both are the default, the one that names the connector is taken.</summary>
    public static IReadOnlyList<OAuthClientRow> Rivals(OAuthClientRow row, IEnumerable<OAuthClientRow> all) =>
    [
        .. Siblings(row, all).Where(c => row.Connectors.Count == 0 ? c.Connectors.Count == 0 : c.Connectors.Any(row.Connectors.Contains)),
    ];

    public static void Demand(ConnectorCatalog catalog, OAuthClientRow row, IEnumerable<OAuthClientRow> all, SecretText? secret)
    {
        var family = catalog.Connectors.Where(c => c.Vendor == row.Vendor && c.UsesOAuth).Select(c => c.Id).ToList();
        if (family.Count == 0)
            throw new VaultRefusedException("PB2110", "No connector in the catalog belongs to that vendor. Name a vendor of the catalog.");
        if (row.Connectors.FirstOrDefault(c => !family.Contains(c)) is { } foreign)
            throw new VaultRefusedException("PB2115", $"'{SafeText.Label(foreign)}' is no connector of {row.Vendor}. Name some of: {string.Join(", ", family)}.");
        if (row.Name.Length is 0 or > 80 || row.Name.Any(char.IsControl))
            throw new VaultRefusedException("PB2115", "The client's name must have 1 to 80 characters.");
        if (row.ClientId.Length is 0 or > LongestText || row.ClientId.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)))
            throw new VaultRefusedException("PB2115", $"The client id must have 1 to {LongestText} characters and no blank. Copy it from the vendor's page.");
        if (secret is not null && catalog.Connectors.Any(c => c.Vendor == row.Vendor && c.UsesOAuth && c.OAuth.ClientAuthentication == ClientAuthentication.PrivateKeyJwt) && !ClientAssertion.IsKey(secret))
            throw new VaultRefusedException("PB2115", "This vendor's clients sign with a private key: enter it in PEM, an EC key on P-256 or an RSA key of at least 2048 bits.");
        if (secret is not null && (secret.Length is 0 or > LongestSecret || secret.IsSandboxMade))
            throw new VaultRefusedException("PB2115", "That client secret is empty, too long, or belongs to the sandbox. Enter the secret that the vendor shows.");
        if (Siblings(row, all).Any(c => string.Equals(c.Name, row.Name, StringComparison.OrdinalIgnoreCase)))
            throw new VaultRefusedException("PB2115", $"There is a client named \"{row.Name}\" for {row.Vendor} already. Choose another name, or replace that one's secret.");
    }

    private static IEnumerable<OAuthClientRow> Siblings(OAuthClientRow row, IEnumerable<OAuthClientRow> all) =>
        all.Where(c => c.Id != row.Id && c.Vendor == row.Vendor && c.Realm == row.Realm && c.Workspace == row.Workspace);
}
