using Patchbay.Catalog;
using Patchbay.Vault.Connections;

namespace Patchbay.Vault.OAuth;

/// <summary>A connection as teammates may see it.</summary>
public sealed record ConnectionView
{
    public required AppId App { get; init; }
    public required ConnectionId Id { get; init; }
    public required string Connector { get; init; }
    public required Realm Realm { get; init; }
    public required ConnectionState State { get; init; }

    /// <summary>Our id of the OAuth client that it was made with.</summary>
    public required string Client { get; init; }

    /// <summary>Such as a mail address or the name of a workspace; null where the vendor names none.</summary>
    public string? AccountLabel { get; init; }

    public required IReadOnlyList<string> GrantedScopes { get; init; }
    public required IReadOnlyList<string> ApprovedScopes { get; init; }

    /// <summary>Granted only to show whose account it is.</summary>
    public IReadOnlyList<string> IdentityScopes { get; init; } = [];

    /// <summary>Granted by the vendor and covered by nothing that was approved here. The egress refuses what needs them.</summary>
    public IReadOnlyList<string> ExcessScopes { get; init; } = [];

    /// <summary>A code such as <c>PB2103</c>; null if nothing is wrong.</summary>
    public string? Problem { get; init; }

    public required string ConnectedBy { get; init; }
    public required DateTimeOffset ConnectedAt { get; init; }
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <param name="family">Every connector of the vendor.</param>
    internal static ConnectionView Of(ConnectionRow row, IReadOnlyList<Connector> family) => new()
    {
        App = row.App,
        Id = row.Id,
        Connector = row.Connector,
        Realm = row.Realm,
        State = row.State,
        Client = row.OAuthClient,
        AccountLabel = row.AccountLabel,
        GrantedScopes = row.GrantedScopes,
        ApprovedScopes = row.ApprovedScopes,
        IdentityScopes = Scopes.Identity(row.GrantedScopes, row.ApprovedScopes, family),
        ExcessScopes = Scopes.Excess(row.GrantedScopes, row.ApprovedScopes, family),
        Problem = row.Problem,
        ConnectedBy = row.ConnectedBy,
        ConnectedAt = row.ConnectedAt,
        LastUsedAt = row.LastUsedAt,
    };
}
