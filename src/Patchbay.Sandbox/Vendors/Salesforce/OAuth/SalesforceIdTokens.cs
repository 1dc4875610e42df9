using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.State;
using Patchbay.Sandbox.Vendors.Salesforce.Records;

namespace Patchbay.Sandbox.Vendors.Salesforce.OAuth;

/// <summary>id_tokens, signed with a key of this process that /id/keys publishes. It proves only that this sandbox made them.</summary>
internal sealed class SalesforceIdTokens(RecordStore records, TimeProvider time) : IDisposable
{
    private const string KeyId = "sandbox-1";

    // Made on first use: a key costs up to a quarter of a second.
    private readonly Lazy<RSA> key = new(() => RSA.Create(2048));

    public string Make(string clientId, SalesforceOrg org, string userId, string subject, string accessToken, string? nonce)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var user = records.Get(org.Id, userId);
        var claims = new JsonObject
        {
            ["iss"] = $"https://{org.Login}",
            ["aud"] = clientId,
            ["sub"] = subject,
            ["at_hash"] = Secrets.Base64Url(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken)).AsSpan(0, 16)),
            ["iat"] = now,
            ["exp"] = now + 120,
            ["name"] = user?.Text("Name"),
            ["email"] = user?.Text("Email"),
        };
        if (nonce is not null)
            claims["nonce"] = nonce;
        var signed = $"{Encode(new JsonObject { ["alg"] = "RS256", ["kid"] = KeyId, ["typ"] = "JWT" })}.{Encode(claims)}";
        return $"{signed}.{Secrets.Base64Url(key.Value.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    public string? Username(SalesforceOrg org, string userId) => records.Get(org.Id, userId)?.Text("Username");

    public Task KeysAsync(HttpContext context)
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

    public void Dispose()
    {
        if (key.IsValueCreated)
            key.Value.Dispose();
    }

    private static string Encode(JsonObject part) => Secrets.Base64Url(Encoding.UTF8.GetBytes(part.ToJsonString()));
}
