using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Patchbay.Catalog;

namespace Patchbay.Vault.OAuth;

/// <summary>Random handles of the flow (state, browser binding, PKCE verifier): 256 bits as 43 base64url characters.</summary>
internal static class Nonce
{
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>What is stored of one: SHA-256, hex. No salt is needed against a value of 256 random bits.</summary>
    public static string Hash(string value) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)));

    /// <summary>The S256 challenge of RFC 7636 §4.2, or the same bytes in another writing.</summary>
    public static string Challenge(string verifier, ChallengeEncoding encoding)
    {
        var bytes = SHA256.HashData(Encoding.ASCII.GetBytes(verifier));
        return encoding == ChallengeEncoding.Hex ? Convert.ToHexStringLower(bytes) : Base64Url.EncodeToString(bytes);
    }

    public static bool SameHash(string a, string b) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(a), Encoding.ASCII.GetBytes(b));
}
