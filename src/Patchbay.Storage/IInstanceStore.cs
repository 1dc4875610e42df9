using Patchbay.Vault.Keys;

namespace Patchbay.Storage;

/// <summary>What the install knows about itself.</summary>
public interface IInstanceStore
{
    /// <summary>The same 24 hex characters for the life of the database, whichever node asks first.</summary>
    Task<string> GetOrCreateInstanceIdAsync(CancellationToken cancellationToken);

    /// <summary>Null until a key was saved.</summary>
    Task<KeyCheck?> GetKeyCheckAsync(CancellationToken cancellationToken);

    Task SaveKeyCheckAsync(KeyCheck check, CancellationToken cancellationToken);
}
