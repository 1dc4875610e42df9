using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Patchbay.Catalog;
using Patchbay.Vault.Connections;
using Patchbay.Vault.Network;
using Patchbay.Vault.Secrets;

namespace Patchbay.Vault.OAuth;

internal sealed class OAuthClients(ConnectorCatalog catalog, IConnectionStore store, SecretBox box, VendorHttp http, VaultOptions options, TimeProvider time) : IOAuthClients
{
    public async Task EnsureSandboxAsync(CancellationToken cancellationToken)
    {
        // The others have no look-alike that a client could be announced to.
        foreach (var vendor in catalog.Connectors.Where(c => c.UsesOAuth && c.Proof == Proof.Sandbox).Select(c => c.Vendor).Distinct(StringComparer.Ordinal))
        {
            var known = await store.FindClientAsync(vendor, Realm.Sandbox, cancellationToken);
            var row = known ?? Row(vendor, Realm.Sandbox, $"patchbay-{vendor}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}", "sbxs_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));
            // Announced before it is stored: a stored client promises that the sandbox has that vendor.
            if (await AnnounceAsync(vendor, Open(row), cancellationToken) && known is null)
                await store.SaveClientAsync(row, cancellationToken);
        }
    }

    public async Task SetLiveAsync(string vendor, string clientId, string? clientSecret, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(clientId);
        if (!catalog.Connectors.Any(c => c.Vendor == vendor && c.UsesOAuth))
            throw new VaultRefusedException("PB2110", "No connector in the catalog belongs to that vendor. The admin must name a vendor of the catalog.");
        if (clientSecret is not null && (clientSecret.Length == 0 || new SecretText(clientSecret).IsSandboxMade))
            throw new VaultRefusedException("PB2112", "That client secret is empty or belongs to the sandbox. The admin must enter the secret that the vendor shows.");
        await store.SaveClientAsync(Row(vendor, Realm.Live, clientId, clientSecret), cancellationToken);
    }

    public async Task<IReadOnlyList<OAuthClientView>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await store.ListClientsAsync(cancellationToken)).Select(c => new OAuthClientView(c.Id, c.Vendor, c.Realm, c.ClientId, c.ClientSecret is not null, c.CreatedAt))];

    /// <exception cref="VaultRefusedException">None is set up.</exception>
    public async Task<OpenClient> ChooseAsync(Connector connector, Realm? realm, CancellationToken cancellationToken)
    {
        Realm[] candidates = realm is { } chosen ? [chosen] : [Realm.Live, Realm.Sandbox];
        foreach (var candidate in candidates)
        {
            if (await store.FindClientAsync(connector.Vendor, candidate, cancellationToken) is { } row)
                return Open(row);
        }
        throw new VaultRefusedException("PB2112", $"No OAuth client is set up for {connector.Name}. An admin must enter one, or start the server with the sandbox.");
    }

    public async Task<OpenClient?> FindAsync(string id, CancellationToken cancellationToken) =>
        await store.FindClientAsync(id, cancellationToken) is { } row ? Open(row) : null;

    private OpenClient Open(OAuthClientRow row) =>
        new(row.Id, row.ClientId, row.ClientSecret is null ? null : box.Open(row.ClientSecret, AssociatedData.Client(row.Id)), row.Realm);

    private OAuthClientRow Row(string vendor, Realm realm, string clientId, string? secret)
    {
        var id = Ids.New(time);
        return new OAuthClientRow(id, vendor, realm, clientId, secret is null ? null : box.Seal(new SecretText(secret), AssociatedData.Client(id)), time.GetUtcNow());
    }

    /// <summary>False if the sandbox has no look-alike of that vendor.</summary>
    private async Task<bool> AnnounceAsync(string vendor, OpenClient client, CancellationToken cancellationToken)
    {
        var body = JsonContent.Create(new { vendor, clientId = client.ClientId, clientSecret = client.Secret!.Reveal(), redirectUris = new[] { options.RedirectUri } });
        try
        {
            using var reply = await http.Sandbox.ControlAsync(HttpMethod.Post, "clients", body, options.SandboxControlToken ?? "", cancellationToken);
            if (!reply.IsSuccessStatusCode && reply.StatusCode != HttpStatusCode.BadRequest)
                throw new VaultRefusedException("PB2114", $"The sandbox refused the OAuth client for {vendor} (status {(int)reply.StatusCode}). The operator must restart the server and its sandbox together.");
            return reply.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or AddressRefusedException)
        {
            throw new VaultRefusedException("PB2114", "The sandbox does not answer. The operator must start the server with the sandbox, or with --sandbox off.");
        }
    }
}
