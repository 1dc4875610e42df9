using System.Buffers;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Patchbay.Vault.Egress.Doors;

/// <summary>The phantoms of one door. A phantom is <c>pbp_</c> and 512 random bits; it says nothing and opens nothing
/// but its connection, through this door.</summary>
internal sealed class Phantoms
{
    public const string Prefix = "pbp_";
    public const int Length = 4 + 86;

    private static readonly SearchValues<char> Base64UrlChars = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    // Bounded by the connections of the function's policy. Looked up by hash: comparing takes the same time for any guess.
    private readonly ConcurrentDictionary<AllowedConnection, string> _byConnection = new();
    private readonly ConcurrentDictionary<string, AllowedConnection> _byHash = new();

    /// <summary>The same for the life of the door.</summary>
    public string For(AllowedConnection connection) => _byConnection.GetOrAdd(connection, c =>
    {
        var phantom = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(64));
        _byHash[Hash(phantom)] = c;
        return phantom;
    });

    public AllowedConnection? Find(string phantom) => _byHash.GetValueOrDefault(Hash(phantom));

    public void Clear()
    {
        _byConnection.Clear();
        _byHash.Clear();
    }

    /// <summary>Every text in the form of a phantom, of whatever door.</summary>
    public static IEnumerable<string> FindAll(string text)
    {
        for (var at = text.IndexOf(Prefix, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Prefix, at + 1, StringComparison.Ordinal))
        {
            if (at + Length <= text.Length && !text.AsSpan(at + Prefix.Length, Length - Prefix.Length).ContainsAnyExcept(Base64UrlChars))
                yield return text.Substring(at, Length);
        }
    }

    public static bool Contains(string text) => FindAll(text).Any();

    private static string Hash(string phantom) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(phantom)));
}
