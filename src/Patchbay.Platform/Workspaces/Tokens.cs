using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Patchbay.Platform.Workspaces;

/// <summary>Opaque bearer values: 256 random bits for people and programs, SHA-256 of them at rest.</summary>
public static class Tokens
{
    /// <summary>43 base64url characters.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>64 lower-case hex characters.</summary>
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
