using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Patchbay.Vault.Secrets;

/// <summary>A secret in plaintext. Internal to the Vault: printing, logging or interpolating it yields its type only.</summary>
[DebuggerDisplay("[secret]")]
internal sealed class SecretText(string value) : IEquatable<SecretText>
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string _value = value;

    public int Length => _value.Length;

    /// <summary>Named so that every use is easy to find in review.</summary>
    public string Reveal() => _value;

    /// <summary>Whether this is a credential of the sandbox: all of those, and no other, begin with <c>sbx</c>.</summary>
    public bool IsSandboxMade => _value.StartsWith("sbx", StringComparison.Ordinal);

    public bool Equals(SecretText? other) =>
        other is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(_value), Encoding.UTF8.GetBytes(other._value));

    public override bool Equals(object? obj) => Equals(obj as SecretText);

    /// <summary>Constant: a hash of the value would be an oracle in dumps, and secrets are never dictionary keys.</summary>
    public override int GetHashCode() => 0;

    public override string ToString() => "[secret]";
}
