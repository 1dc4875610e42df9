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

    /// <summary>Such as a mail address or the name of a workspace; null where the vendor names none.</summary>
    public string? AccountLabel { get; init; }

    public required IReadOnlyList<string> GrantedScopes { get; init; }
    public required IReadOnlyList<string> ApprovedScopes { get; init; }

    /// <summary>A code such as <c>PB2103</c>; null if nothing is wrong.</summary>
    public string? Problem { get; init; }

    public required string ConnectedBy { get; init; }
    public required DateTimeOffset ConnectedAt { get; init; }
    public DateTimeOffset? LastUsedAt { get; init; }

    internal static ConnectionView Of(ConnectionRow row) => new()
    {
        App = row.App,
        Id = row.Id,
        Connector = row.Connector,
        Realm = row.Realm,
        State = row.State,
        AccountLabel = row.AccountLabel,
        GrantedScopes = row.GrantedScopes,
        ApprovedScopes = row.ApprovedScopes,
        Problem = row.Problem,
        ConnectedBy = row.ConnectedBy,
        ConnectedAt = row.ConnectedAt,
        LastUsedAt = row.LastUsedAt,
    };
}
