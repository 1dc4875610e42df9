using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Patchbay.Catalog;
using Patchbay.Vault.Network;
using Patchbay.Vault.Secrets;

namespace Patchbay.Vault.OAuth;

/// <summary>An OAuth client with its secret opened.</summary>
internal sealed record OpenClient(string Id, string ClientId, SecretText? Secret, Realm Realm);

/// <summary>Talks to a vendor's token and revocation endpoints.</summary>
internal sealed class TokenEndpoint(VendorHttp http, TimeProvider time)
{
    /// <summary>Shorter than a refresh lease, so that a holder's request has ended before a successor may start.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    private const int LargestReply = 256 * 1024;

    public Task<(TokenGrant? Grant, TokenFailure? Failure)> ExchangeAsync(Connector connector, OpenClient client, string code, string redirectUri, string? verifier, CancellationToken cancellationToken)
    {
        var fields = new List<KeyValuePair<string, string>> { new("grant_type", "authorization_code"), new("code", code), new("redirect_uri", redirectUri) };
        if (verifier is not null)
            fields.Add(new("code_verifier", verifier));
        // The code counts as a credential of its realm: the sandbox's begin with sbx as its tokens do.
        return SendAsync(connector, client, fields, [new SecretText(code)], cancellationToken);
    }

    public Task<(TokenGrant? Grant, TokenFailure? Failure)> RefreshAsync(Connector connector, OpenClient client, SecretText refreshToken, CancellationToken cancellationToken) =>
        SendAsync(connector, client, [new("grant_type", "refresh_token"), new("refresh_token", refreshToken.Reveal())], [refreshToken], cancellationToken);

    /// <summary>True if the vendor confirmed.</summary>
    public async Task<bool> RevokeAsync(Connector connector, OpenClient client, SecretText token, CancellationToken cancellationToken)
    {
        var revoke = connector.OAuth.Revoke!;
        var fields = new List<KeyValuePair<string, string>>();
        if (revoke.Parameter is { } parameter)
            fields.Add(new(parameter, token.Reveal()));
        using var message = new HttpRequestMessage(new HttpMethod(revoke.Method), revoke.Url);
        if (revoke.Parameter is null)
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Reveal());
        else
            Authenticate(message, connector.OAuth, client, fields);
        // A vendor that takes the token as the bearer may refuse a body of no meaning (Dropbox).
        if (message.Method == HttpMethod.Post)
            message.Content = fields.Count > 0 ? Body(connector.OAuth, fields) : null;
        else if (fields.Count > 0)
            message.RequestUri = new Uri($"{revoke.Url}?{await new FormUrlEncodedContent(fields).ReadAsStringAsync(cancellationToken)}");
        var (status, body) = await ReadAsync(new VendorRequest(message, Secrets(client, token)), client.Realm, cancellationToken);
        return status is >= 200 and < 300 && (connector.OAuth.Reply.Success is not { } success || Says(body, success));
    }

    private async Task<(TokenGrant?, TokenFailure?)> SendAsync(Connector connector, OpenClient client, List<KeyValuePair<string, string>> fields, SecretText[] secrets, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, connector.OAuth.TokenUrl);
        Authenticate(message, connector.OAuth, client, fields);
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        message.Content = Body(connector.OAuth, fields);
        var (status, body) = await ReadAsync(new VendorRequest(message, Secrets(client, secrets)), client.Realm, cancellationToken);
        return status is null ? (null, new TokenFailure(TokenFailureKind.Unavailable, null)) : TokenReplyReader.Read(status.Value, body, connector.OAuth.Reply);
    }

    private static SecretText[] Secrets(OpenClient client, params SecretText[] others) => client.Secret is null ? others : [client.Secret, .. others];

    /// <summary>A vendor that wants JSON at its token endpoint wants it at its revocation endpoint too (Notion).</summary>
    private static HttpContent Body(OAuthDefinition oauth, List<KeyValuePair<string, string>> fields) => oauth.Body == TokenRequestBody.Json
        ? new StringContent(JsonSerializer.Serialize(fields.ToDictionary(f => f.Key, f => f.Value)), Encoding.UTF8, "application/json")
        : new FormUrlEncodedContent(fields);

    private void Authenticate(HttpRequestMessage message, OAuthDefinition oauth, OpenClient client, List<KeyValuePair<string, string>> fields)
    {
        if (oauth.ClientAuthentication == ClientAuthentication.Basic && client.Secret is not null)
        {
            // RFC 6749 §2.3.1: both parts are form-encoded before they are joined.
            var pair = $"{Uri.EscapeDataString(client.ClientId)}:{Uri.EscapeDataString(client.Secret.Reveal())}";
            message.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
            return;
        }
        fields.Add(new(oauth.ClientIdParameter, client.ClientId));
        if (oauth.ClientAuthentication == ClientAuthentication.PrivateKeyJwt && client.Secret is not null)
        {
            fields.Add(new("client_assertion_type", ClientAssertion.Type));
            fields.Add(new("client_assertion", ClientAssertion.Create(client.ClientId, client.Secret, oauth.TokenUrl, time.GetUtcNow())));
            return;
        }
        if (client.Secret is not null)
            fields.Add(new("client_secret", client.Secret.Reveal()));
    }

    /// <summary>Status null: no answer in time, or one beyond any token reply's size.</summary>
    private async Task<(int? Status, byte[] Body)> ReadAsync(VendorRequest request, Realm realm, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var reply = await http.For(realm).SendAsync(request, either.Token);
            return ((int)reply.StatusCode, await BoundedBody.ReadAsync(reply.Content, LargestReply, either.Token));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or AddressRefusedException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return (null, []);
        }
    }

    private static bool Says(byte[] body, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return JsonPaths.Find(document.RootElement, path) is { ValueKind: JsonValueKind.True };
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
