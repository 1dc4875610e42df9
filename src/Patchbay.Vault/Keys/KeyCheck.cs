namespace Patchbay.Vault.Keys;

/// <summary>Which master key a database was written with. The caller keeps it in the database; it tells the right key
/// from a wrong one and gives nothing away about it.</summary>
/// <param name="KeyId">For example <c>k3f9c0a1b2d4e5f60</c>.</param>
/// <param name="CheckValue">32 hex characters: a keyed hash of the id.</param>
public sealed record KeyCheck(string KeyId, string CheckValue);
