using System.Security.Cryptography;
using System.Text;
using Patchbay.Vault.Keys;

namespace Patchbay.Vault.Secrets;

/// <summary>Envelope encryption: each secret under a data key of its own, the data key under the master key.
/// Rotation re-wraps 60 bytes; destroying a row destroys its data key.</summary>
internal sealed class SecretBox(VaultKey key)
{
    private const int NonceSize = 12, TagSize = 16, KeySize = 32;

    public SealedSecret Seal(SecretText secret, AssociatedData belongsTo)
    {
        var plain = Encoding.UTF8.GetBytes(secret.Reveal());
        Span<byte> dataKey = stackalloc byte[KeySize];
        RandomNumberGenerator.Fill(dataKey);
        try
        {
            var wrapped = Encrypt(key.Material, dataKey, belongsTo.ToBytes("key|" + key.KeyId));
            return new SealedSecret(key.KeyId, wrapped, Encrypt(dataKey, plain, belongsTo.ToBytes("data")));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(dataKey);
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <exception cref="SecretUnreadableException">Another master key, another owner, or changed bytes.</exception>
    public SecretText Open(SealedSecret sealedSecret, AssociatedData belongsTo)
    {
        if (sealedSecret.KeyId != key.KeyId)
            throw new SecretUnreadableException($"A secret was sealed with master key {sealedSecret.KeyId}, but key {key.KeyId} is loaded. The operator must start the server with the right key file.");
        Span<byte> dataKey = stackalloc byte[KeySize];
        byte[]? plain = null;
        try
        {
            if (sealedSecret.WrappedKey.Length != NonceSize + KeySize + TagSize || sealedSecret.Payload.Length < NonceSize + TagSize)
                throw new SecretUnreadableException(Damaged);
            Decrypt(key.Material, sealedSecret.WrappedKey, dataKey, belongsTo.ToBytes("key|" + sealedSecret.KeyId));
            plain = new byte[sealedSecret.Payload.Length - NonceSize - TagSize];
            Decrypt(dataKey, sealedSecret.Payload, plain, belongsTo.ToBytes("data"));
            return new SecretText(Encoding.UTF8.GetString(plain));
        }
        catch (CryptographicException)
        {
            throw new SecretUnreadableException(Damaged);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(dataKey);
            if (plain is not null)
                CryptographicOperations.ZeroMemory(plain);
        }
    }

    private const string Damaged = "A stored secret does not open: its row was changed or moved. The operator must restore it from a backup, or a teammate must connect the account again.";

    private static byte[] Encrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> plain, byte[] associated)
    {
        var result = new byte[NonceSize + plain.Length + TagSize];
        RandomNumberGenerator.Fill(result.AsSpan(0, NonceSize));
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(result.AsSpan(0, NonceSize), plain, result.AsSpan(NonceSize, plain.Length), result.AsSpan(NonceSize + plain.Length), associated);
        return result;
    }

    private static void Decrypt(ReadOnlySpan<byte> key, byte[] cipher, Span<byte> plain, byte[] associated)
    {
        using var aes = new AesGcm(key, TagSize);
        aes.Decrypt(cipher.AsSpan(0, NonceSize), cipher.AsSpan(NonceSize, plain.Length), cipher.AsSpan(NonceSize + plain.Length), plain, associated);
    }
}

/// <summary>A ciphertext that does not open. The message may be shown; it never carries bytes of the secret.</summary>
public sealed class SecretUnreadableException(string message) : Exception(message);
