using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Patchbay.Vault.Secrets;

namespace Patchbay.Vault.OAuth;

/// <summary>A client that proves itself with a signature instead of a secret (RFC 7523 §2.2, <c>private_key_jwt</c>).</summary>
/// <remarks>The client's secret is its private key, PEM: an EC key on P-256 signs ES256, an RSA key RS256.</remarks>
internal static class ClientAssertion
{
    public const string Type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /// <summary>Long enough for a slow vendor, too short to be of use to anyone who finds it.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(1);

    /// <summary>Whether a secret is a key that can sign.</summary>
    public static bool IsKey(SecretText secret)
    {
        using var key = Open(secret);
        return key is not null;
    }

    /// <param name="audience">The token endpoint's address.</param>
    /// <exception cref="CryptographicException">The secret is no such key.</exception>
    public static string Create(string clientId, SecretText secret, string audience, DateTimeOffset now)
    {
        using var key = Open(secret) ?? throw new CryptographicException("The OAuth client's secret is not a private key in PEM.");
        var head = Part(new() { ["alg"] = key is RSA ? "RS256" : "ES256", ["typ"] = "JWT" });
        var claims = Part(new()
        {
            ["iss"] = clientId,
            ["sub"] = clientId,
            ["aud"] = audience,
            ["jti"] = Nonce.New(),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + Life).ToUnixTimeSeconds(),
        });
        var text = Encoding.ASCII.GetBytes($"{head}.{claims}");
        var signature = key is RSA rsa
            ? rsa.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : ((ECDsa)key).SignData(text, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"{head}.{claims}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Part(Dictionary<string, object> json) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(json));

    // PKCS #8 does not say in its label what kind of key it holds: both are tried.
    private static AsymmetricAlgorithm? Open(SecretText secret)
    {
        foreach (AsymmetricAlgorithm key in (AsymmetricAlgorithm[])[ECDsa.Create(), RSA.Create()])
        {
            try
            {
                key.ImportFromPem(secret.Reveal());
                if (key is RSA { KeySize: >= 2048 } or ECDsa { KeySize: 256 } && Signs(key))
                    return key;
            }
            catch (Exception e) when (e is ArgumentException or CryptographicException)
            {
                // Not this kind of key.
            }

            key.Dispose();
        }

        return null;
    }

    // A public key is read without a word, and says so only here.
    private static bool Signs(AsymmetricAlgorithm key) => key is RSA rsa
        ? rsa.SignData([], HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).Length > 0
        : ((ECDsa)key).SignData([], HashAlgorithmName.SHA256).Length > 0;
}
