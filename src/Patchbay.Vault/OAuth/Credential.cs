using System.Text.Json;
using Patchbay.Vault.Connections;
using Patchbay.Vault.Secrets;

namespace Patchbay.Vault.OAuth;

/// <summary>The tokens of a connection, opened. The realm is inside the ciphertext as well as in the row: a changed row
/// cannot move a credential to the other realm.</summary>
internal sealed record Credential(SecretText Access, SecretText? Refresh, Realm Realm)
{
    private sealed record Content(string Access, string? Refresh, Realm Realm);

    public SealedSecret Seal(SecretBox box, AppId app, ConnectionId id) =>
        box.Seal(new SecretText(JsonSerializer.Serialize(new Content(Access.Reveal(), Refresh?.Reveal(), Realm))), AssociatedData.Credential(app, id));

    /// <exception cref="SecretUnreadableException">It does not open, or the row claims another realm.</exception>
    public static Credential Open(SecretBox box, ConnectionRow row)
    {
        if (row.Credential is null)
            throw new SecretUnreadableException("The connection has no credential. A teammate must connect the account again.");
        var content = JsonSerializer.Deserialize<Content>(box.Open(row.Credential, AssociatedData.Credential(row.App, row.Id)).Reveal())!;
        if (content.Realm != row.Realm)
            throw new SecretUnreadableException("A stored connection claims another realm than its credential. A teammate must connect the account again.");
        return new Credential(new SecretText(content.Access), content.Refresh is null ? null : new SecretText(content.Refresh), content.Realm);
    }
}
