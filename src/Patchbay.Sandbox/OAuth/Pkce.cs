using System.Security.Cryptography;
using System.Text;
using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.OAuth;

/// <summary>RFC 7636 with S256 only: no vendor of ours needs "plain", and accepting it would hide a mistake.</summary>
internal static class Pkce
{
    public static string Challenge(string verifier) => Secrets.Base64Url(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));

    public static bool Fits(string verifier, string challenge) =>
        verifier.Length is >= 43 and <= 128
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Challenge(verifier)), Encoding.UTF8.GetBytes(challenge));
}
