using System.Text;
using System.Text.Json;
using Patchbay.Catalog;
using Patchbay.Vault.Network;
using Patchbay.Vault.Secrets;

namespace Patchbay.Vault.OAuth;

/// <summary>Whose account a fresh token opens: from the connector's identity call, or from the token reply itself.</summary>
internal sealed class AccountReader(VendorHttp http, TimeProvider time)
{
    private const int LargestReply = 256 * 1024;

    /// <summary>Never fails the connection for the sake of a label: both are null if the vendor does not say.</summary>
    public async Task<(string? Id, string? Label)> ReadAsync(Connector connector, TokenGrant grant, Realm realm, CancellationToken cancellationToken)
    {
        var account = connector.Identity is null ? null : await AskAsync(connector, grant.Access, grant.Config, realm, cancellationToken);
        return (account?.Id ?? grant.AccountId, SafeText.Label(account?.Label ?? grant.AccountLabel));
    }

    /// <summary>Makes the identity call. What the vendor answers is the proof that the credential works.</summary>
    /// <param name="told">Values for <c>{name}</c> in the address.</param>
    public async Task<AccountAnswer> AskAsync(Connector connector, SecretText access, IReadOnlyDictionary<string, string> told, Realm realm, CancellationToken cancellationToken)
    {
        var identity = connector.Identity!;
        var address = told.Aggregate(identity.Url, (url, pair) => url.Replace("{" + pair.Key + "}", Uri.EscapeDataString(pair.Value), StringComparison.Ordinal));
        using var message = new HttpRequestMessage(new HttpMethod(identity.Method), address.Replace("{token}", Uri.EscapeDataString(access.Reveal()), StringComparison.Ordinal));
        message.Headers.TryAddWithoutValidation(connector.Slot.Header, connector.Slot.Format.Replace("{token}", access.Reveal(), StringComparison.Ordinal));
        message.Headers.TryAddWithoutValidation("Accept", "application/json");
        if (identity.Body is { } body)
            message.Content = new StringContent(body, Encoding.UTF8, "application/json");
        // Some vendors (GitHub) answer nobody who does not say what is calling.
        message.Headers.TryAddWithoutValidation("User-Agent", "Patchbay");
        using var timeout = new CancellationTokenSource(TokenEndpoint.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var reply = await http.For(realm).SendAsync(new VendorRequest(message, access), either.Token);
            if (!reply.IsSuccessStatusCode)
                return new((int)reply.StatusCode, null, null);
            using var document = JsonDocument.Parse(await BoundedBody.ReadAsync(reply.Content, LargestReply, either.Token));
            return new((int)reply.StatusCode, JsonPaths.Joined(document.RootElement, identity.IdPaths, ":"), SafeText.Label(JsonPaths.Joined(document.RootElement, identity.LabelPaths, " · ")));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException or InvalidOperationException or AddressRefusedException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new(null, null, null);
        }
    }
}

/// <summary>What a vendor said about the account of a credential.</summary>
/// <param name="Status">Of the reply; null if there was none that could be read.</param>
/// <param name="Id">The account's stable id, or null.</param>
/// <param name="Label">The account's name, made safe to show, or null.</param>
internal sealed record AccountAnswer(int? Status, string? Id, string? Label)
{
    public bool Works => Status is >= 200 and < 300;
}
