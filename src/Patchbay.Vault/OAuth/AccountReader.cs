using System.Text.Json;
using Patchbay.Catalog;
using Patchbay.Vault.Network;

namespace Patchbay.Vault.OAuth;

/// <summary>Whose account a fresh token opens: from the connector's identity call, or from the token reply itself.</summary>
internal sealed class AccountReader(VendorHttp http, TimeProvider time)
{
    private const int LargestReply = 256 * 1024;

    /// <summary>Never fails the connection for the sake of a label: both are null if the vendor does not say.</summary>
    public async Task<(string? Id, string? Label)> ReadAsync(Connector connector, TokenGrant grant, Realm realm, CancellationToken cancellationToken)
    {
        if (connector.Identity is not { } identity)
            return (grant.AccountId, SafeText.Label(grant.AccountLabel));
        using var message = new HttpRequestMessage(new HttpMethod(identity.Method), identity.Url.Replace("{token}", Uri.EscapeDataString(grant.Access.Reveal()), StringComparison.Ordinal));
        message.Headers.TryAddWithoutValidation(connector.Slot.Header, connector.Slot.Format.Replace("{token}", grant.Access.Reveal(), StringComparison.Ordinal));
        using var timeout = new CancellationTokenSource(TokenEndpoint.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var reply = await http.For(realm).SendAsync(new VendorRequest(message, grant.Access), either.Token);
            if (!reply.IsSuccessStatusCode)
                return (grant.AccountId, SafeText.Label(grant.AccountLabel));
            using var document = JsonDocument.Parse(await BoundedBody.ReadAsync(reply.Content, LargestReply, either.Token));
            return (JsonPaths.Joined(document.RootElement, identity.IdPaths, ":") ?? grant.AccountId, SafeText.Label(JsonPaths.Joined(document.RootElement, identity.LabelPaths, " · ") ?? grant.AccountLabel));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException or InvalidOperationException or AddressRefusedException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return (grant.AccountId, SafeText.Label(grant.AccountLabel));
        }
    }
}
