using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Patchbay.Vault.Network;
using Patchbay.Vault.Secrets;

namespace Patchbay.Vault.OAuth;

/// <summary>What a person does at a vendor's console, done at the sandbox: tells it of an OAuth client.</summary>
internal sealed class SandboxRegistration(VendorHttp http, VaultOptions options)
{
    public static (string ClientId, SecretText Secret) Invent(string vendor) =>
        ($"patchbay-{vendor}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}", new SecretText("sbxs_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))));

    /// <summary>False if the sandbox has no look-alike of that vendor.</summary>
    public async Task<bool> AnnounceAsync(string vendor, OpenClient client, string redirectUri, CancellationToken cancellationToken)
    {
        var body = JsonContent.Create(new { vendor, clientId = client.ClientId, clientSecret = client.Secret!.Reveal(), redirectUris = new[] { redirectUri } });
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
