using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Vendors.LinkedIn;

/// <summary>id_tokens in LinkedIn's form, signed with a key of this process, which the jwks address publishes.</summary>
internal sealed class LinkedInIdTokens(TimeProvider time) : IDisposable
{
    private const string KeyId = "sandbox-li-1";

    // Made on first use: a key costs up to a quarter of a second, and start has one second in all.
    private readonly Lazy<RSA> key = new(() => RSA.Create(2048));

    public string Make(string clientId, LinkedInMember member, IReadOnlyList<string> scopes, string? nonce)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var claims = LinkedInProfile.UserInfo(member, scopes);
        claims["iss"] = "https://www.linkedin.com/oauth";
        claims["aud"] = clientId;
        claims["iat"] = now;
        claims["exp"] = now + 3600;
        if (nonce is not null)
            claims["nonce"] = nonce;
        var signed = $"{Encode(new JsonObject { ["alg"] = "RS256", ["kid"] = KeyId, ["typ"] = "JWT" })}.{Encode(claims)}";
        return $"{signed}.{Secrets.Base64Url(key.Value.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    public Task KeysAsync(HttpContext context)
    {
        var parameters = key.Value.ExportParameters(includePrivateParameters: false);
        return Json.WriteAsync(context, StatusCodes.Status200OK, new JsonObject
        {
            ["keys"] = new JsonArray(new JsonObject
            {
                ["kty"] = "RSA", ["use"] = "sig", ["alg"] = "RS256", ["kid"] = KeyId, ["n"] = Secrets.Base64Url(parameters.Modulus), ["e"] = Secrets.Base64Url(parameters.Exponent),
            }),
        });
    }

    public void Dispose()
    {
        if (key.IsValueCreated)
            key.Value.Dispose();
    }

    private static string Encode(JsonObject part) => Secrets.Base64Url(Encoding.UTF8.GetBytes(part.ToJsonString()));
}
