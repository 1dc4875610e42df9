using Patchbay.Vault;
using Patchbay.Vault.OAuth;

namespace Patchbay.Platform.Connections;

/// <summary>Whether accounts of a connector can be connected here, and if not, what is missing and who can add it.</summary>
/// <param name="CallbackAddress">To be registered at the vendor, letter by letter.</param>
/// <param name="LiveClients">That a connect may choose from, the one that is taken unasked first.</param>
/// <param name="Sandbox">Whether the vendor's look-alike is there.</param>
/// <param name="AddressRefusal">Why the vendor would not call this server back; null if it would.</param>
public sealed record ConnectorReadiness(string ConnectorName, string CallbackAddress, IReadOnlyList<OAuthClientView> LiveClients, bool Sandbox, string? AddressRefusal)
{
    /// <summary>Why no live account can be connected, and who can change that; null if one can.</summary>
    public string? LiveProblem => (LiveClients.Count, AddressRefusal) switch
    {
        (0, _) => $"No OAuth client is set up for {ConnectorName}. An admin adds one on the connector's page.",
        (_, { } refusal) => $"{refusal} The operator starts the server with --public-url and such an address.",
        _ => null,
    };

    /// <summary>The realm that a connect would be in, unasked.</summary>
    public Realm? Usual => LiveProblem is null ? Realm.Live : Sandbox ? Realm.Sandbox : null;

    public bool Can(Realm realm) => realm == Realm.Live ? LiveProblem is null : Sandbox;

    /// <returns>The realm to use.</returns>
    /// <exception cref="UserVisibleException">It cannot work; the message says why.</exception>
    public Realm Demand(Realm? realm, string? client)
    {
        if (client is not null && (realm == Realm.Sandbox || LiveClients.All(c => c.Id != client)))
            throw new UserVisibleException(RefusalKind.NotFound, "PB1420", $"There is no such OAuth client for {ConnectorName}. Choose one that the connector's page lists.");
        var wanted = realm ?? (client is null ? Usual : Realm.Live);
        if (wanted == Realm.Live && LiveProblem is { } problem)
            throw new UserVisibleException(RefusalKind.Conflict, "PB1435", Sandbox ? $"{problem} Or connect in the sandbox, a look-alike on this server." : problem);
        if (wanted is null || (wanted == Realm.Sandbox && !Sandbox))
            throw new UserVisibleException(RefusalKind.Conflict, "PB1435", $"{LiveProblem ?? $"{ConnectorName} has no look-alike here."} The sandbox is off, or has no {ConnectorName}: the operator can start the server with it.");
        return wanted.Value;
    }
}
