using System.Security.Cryptography;
using System.Text;

namespace Patchbay.Sandbox.State;

/// <summary>Tokens are made here, leave in a reply, and are kept only as SHA-256.</summary>
internal static class Secrets
{
    /// <summary>Every secret of the sandbox begins so; the live side of the product refuses to send one.</summary>
    public const string Prefix = "sbx";

    /// <summary>A fresh secret: the prefix, the vendor's own look, 40 random base64url characters.</summary>
    public static string New(string vendorLook) =>
        $"{Prefix}-{vendorLook}{Base64Url(RandomNumberGenerator.GetBytes(30))}";

    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Compares in time that does not depend on where they differ.</summary>
    public static bool Matches(string secret, string hash) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash(secret)), Encoding.ASCII.GetBytes(hash));

    public static string Base64Url(ReadOnlySpan<byte> bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    /// <summary>A stable vendor-looking id from what it names, so that a reset world keeps its ids.</summary>
    /// <param name="prefix">The vendor's letter, such as U for a Slack user.</param>
    /// <param name="name">What is named.</param>
    /// <param name="length">Characters after the prefix.</param>
    public static string StableId(string prefix, string name, int length = 10)
    {
        const string alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(name));
        return prefix + string.Create(length, hash, (span, bytes) =>
        {
            for (var index = 0; index < span.Length; index++)
                span[index] = alphabet[bytes[index] & 31];
        });
    }
}
