namespace Patchbay.Vault;

/// <summary>Whether a credential belongs to the real vendor or to our look-alike. Sealed when the OAuth client is chosen.</summary>
public enum Realm
{
    Live,
    Sandbox,
}
