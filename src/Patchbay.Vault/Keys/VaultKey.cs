using System.Security.Cryptography;
using System.Text;

namespace Patchbay.Vault.Keys;

/// <summary>The loaded master key: a handle for the composition root. Its bytes stay inside the Vault.</summary>
public sealed class VaultKey
{
    internal const int Size = 32;
    private readonly byte[] _material;

    internal VaultKey(string keyId, byte[] material, bool created)
    {
        KeyId = keyId;
        _material = material;
        Created = created;
    }

    public string KeyId { get; }

    /// <summary>True if this start made the file: tell the person to save it, for without it no connection can be read.</summary>
    public bool Created { get; }

    /// <summary>What to keep in the database and to hand to the next <see cref="OpenOrCreate"/>.</summary>
    public KeyCheck Check => new(KeyId, CheckValue(KeyId, _material));

    internal ReadOnlySpan<byte> Material => _material;

    /// <summary><c>$XDG_CONFIG_HOME/patchbay/&lt;instance&gt;.key</c>, or <c>~/.config/patchbay/...</c> where it is not set.</summary>
    public static string DefaultPath(string instance)
    {
        ArgumentException.ThrowIfNullOrEmpty(instance);
        var config = Environment.GetEnvironmentVariable("XDG_CONFIG_HOME");
        if (string.IsNullOrEmpty(config) || !Path.IsPathRooted(config))
            config = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), ".config");
        return Path.Combine(config, "patchbay", instance + ".key");
    }

    /// <summary>Reads the key file, or makes it where none exists and the database has no key yet.</summary>
    /// <param name="path">The key file. Made with mode 0600, its directory with 0700.</param>
    /// <param name="dataDirectory">Where the database lies: the key must lie elsewhere, or a copied directory opens itself.</param>
    /// <param name="expected">What the database says, or null for a database that was never written with a key.</param>
    /// <exception cref="VaultStartException">One clear reason; nothing was changed.</exception>
    public static VaultKey OpenOrCreate(string path, string dataDirectory, KeyCheck? expected)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentException.ThrowIfNullOrEmpty(dataDirectory);
        KeyFile.RefuseInside(path, dataDirectory);
        if (!File.Exists(path))
        {
            if (expected is not null)
                throw new VaultStartException("PB2001", $"The key file {path} is missing, but the database was written with master key {expected.KeyId}. The operator must put that file back or name it with --key-file; without it no stored connection can be read.");
            return KeyFile.Create(path);
        }
        var key = KeyFile.Load(path);
        if (expected is not null && (expected.KeyId != key.KeyId || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected.CheckValue), Encoding.ASCII.GetBytes(key.Check.CheckValue))))
            throw new VaultStartException("PB2003", $"The key file {path} holds master key {key.KeyId}, but the database was written with {expected.KeyId}. The operator must name the right file with --key-file.");
        return key;
    }

    internal static string CheckValue(string keyId, byte[] material) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(material, Encoding.UTF8.GetBytes("patchbay key check|" + keyId)).AsSpan(0, 16));

    public override string ToString() => $"master key {KeyId}";
}
