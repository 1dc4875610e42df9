namespace Patchbay.Vault.Secrets;

/// <summary>Ciphertext at rest: a data key wrapped by a master key, and the payload under the data key, both AES-256-GCM
/// (nonce 12 bytes, then ciphertext, then tag 16 bytes). What it belongs to is bound as associated data.</summary>
/// <param name="KeyId">Id of the master key that wrapped the data key.</param>
/// <param name="WrappedKey">60 bytes.</param>
/// <param name="Payload">28 bytes more than the plaintext.</param>
public sealed record SealedSecret(string KeyId, byte[] WrappedKey, byte[] Payload);
