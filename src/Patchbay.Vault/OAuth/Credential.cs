using System.Text.Json;
using Patchbay.Catalog;
using Patchbay.Vault.Connections;
using Patchbay.Vault.Secrets;

namespace Patchbay.Vault.OAuth;

/// <summary>The tokens of a connection, opened. The realm is inside the ciphertext as well as in the row: a changed row
/// cannot move a credential to the other realm.</summary>
/// <remarks>Where the account's API is (see <see cref="TokenReply.Config"/>) came in the same reply and is sealed with them, so
/// that it changes with them or not at all.</remarks>
internal sealed record Credential(SecretText Access, SecretText? Refresh, Realm Realm)
{
    public IReadOnlyDictionary<string, string> Config { get; init; } = new Dictionary<string, string>();

    private sealed record Content(string Access, string? Refresh, Realm Realm, IReadOnlyDictionary<string, string>? Config = null);

    public SealedSecret Seal(SecretBox box, AppId app, ConnectionId id) =>
        box.Seal(new SecretText(JsonSerializer.Serialize(new Content(Access.Reveal(), Refresh?.Reveal(), Realm, Config.Count > 0 ? Config : null))), AssociatedData.Credential(app, id));

    /// <summary>Addresses on the connector's own hosts; what else a reply says there is dropped, a token least of all passes.</summary>
    public static IReadOnlyDictionary<string, string> ConfigOf(Connector connector, TokenGrant grant) => grant.Config
        .Where(pair => pair.Value.Length <= 300 && Uri.TryCreate(pair.Value, UriKind.Absolute, out var uri)
            && uri is { Scheme: "https", IsDefaultPort: true, UserInfo: "", Query: "", Fragment: "" } && HostRules.Allows(connector.Hosts, uri.Host))
        .ToDictionary(StringComparer.Ordinal);

    /// <exception cref="SecretUnreadableException">It does not open, or the row claims another realm.</exception>
    public static Credential Open(SecretBox box, ConnectionRow row)
    {
        if (row.Credential is null)
            throw new SecretUnreadableException("The connection has no credential. A teammate must connect the account again.");
        var content = JsonSerializer.Deserialize<Content>(box.Open(row.Credential, AssociatedData.Credential(row.App, row.Id)).Reveal())!;
        if (content.Realm != row.Realm)
            throw new SecretUnreadableException("A stored connection claims another realm than its credential. A teammate must connect the account again.");
        return new Credential(new SecretText(content.Access), content.Refresh is null ? null : new SecretText(content.Refresh), content.Realm) { Config = content.Config ?? new Dictionary<string, string>() };
    }
}
