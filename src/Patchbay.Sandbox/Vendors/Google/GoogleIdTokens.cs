using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Vendors.Google;

/// <summary>
/// id_tokens in Google's form, signed with a key of this process; the certificates endpoint publishes it.
/// The signature proves only that this sandbox made them.
/// </summary>
internal sealed class GoogleIdTokens(TimeProvider time) : IDisposable
{
    private const string KeyId = "sandbox-1";

    // Made on first use: a key costs up to a quarter of a second, and start has one second in all.
    private readonly Lazy<RSA> key = new(() => RSA.Create(2048));

    public string Make(string clientId, GoogleAccount account, IReadOnlyList<string> scopes, string accessToken, string? nonce)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = "https://accounts.google.com",
            ["azp"] = clientId,
            ["aud"] = clientId,
            ["sub"] = account.Id,
            ["hd"] = account.Email.Split('@')[1],
            ["at_hash"] = Secrets.Base64Url(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken)).AsSpan(0, 16)),
            ["iat"] = now,
            ["exp"] = now + 3600,
        };
        if (nonce is not null)
            claims["nonce"] = nonce;
        if (scopes.Contains(GoogleScopes.Email))
            (claims["email"], claims["email_verified"]) = (account.Email, true);
        if (scopes.Contains(GoogleScopes.Profile))
            claims["name"] = account.Name;

        var head = new JsonObject { ["alg"] = "RS256", ["kid"] = KeyId, ["typ"] = "JWT" };
        var signed = $"{Encode(head)}.{Encode(claims)}";
        return $"{signed}.{Secrets.Base64Url(key.Value.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    public Task CertificatesAsync(HttpContext context)
    {
        var parameters = key.Value.ExportParameters(includePrivateParameters: false);
        return Json.WriteAsync(context, StatusCodes.Status200OK, new JsonObject
        {
            ["keys"] = new JsonArray(new JsonObject
            {
                ["kty"] = "RSA",
                ["use"] = "sig",
                ["alg"] = "RS256",
                ["kid"] = KeyId,
                ["n"] = Secrets.Base64Url(parameters.Modulus),
                ["e"] = Secrets.Base64Url(parameters.Exponent),
            }),
        });
    }

    public long SecondsUntil(DateTimeOffset? moment) => moment is { } end ? Math.Max(0, (long)(end - time.GetUtcNow()).TotalSeconds) : 0;

    public void Dispose()
    {
        if (key.IsValueCreated)
            key.Value.Dispose();
    }

    private static string Encode(JsonObject part) => Secrets.Base64Url(Encoding.UTF8.GetBytes(part.ToJsonString()));
}
