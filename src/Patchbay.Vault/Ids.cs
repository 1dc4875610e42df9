using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Patchbay.Vault;

/// <summary>The app a row belongs to: 24 lower-case hex characters.</summary>
public readonly record struct AppId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>An authorised account: 24 lower-case hex characters.</summary>
public readonly record struct ConnectionId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>Makes identifiers: 48 bits of Unix milliseconds, then 48 random bits, as 24 lower-case hex characters
/// (the length of the ids that Base44 clients expect). They sort by the time they were made.</summary>
public static class Ids
{
    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    public static string New(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        Span<byte> bytes = stackalloc byte[14];
        BinaryPrimitives.WriteInt64BigEndian(bytes, time.GetUtcNow().ToUnixTimeMilliseconds());
        RandomNumberGenerator.Fill(bytes[8..]);
        return Convert.ToHexStringLower(bytes[2..]);
    }

    /// <summary>Whether a text from outside has the form of an id.</summary>
    public static bool IsWellFormed(string? text) =>
        text is { Length: 24 } && !text.AsSpan().ContainsAnyExcept(LowerHex);
}
