using Patchbay.Storage.Engines;
using Patchbay.Vault;
using Patchbay.Vault.Connections;
using Patchbay.Vault.Secrets;

namespace Patchbay.Storage.Stores;

internal static class ConnectionRows
{
    public static Args Of(ConnectionRow c) => With(new()
    {
        { "app", c.App }, { "id", c.Id }, { "connector", c.Connector }, { "vendor", c.Vendor }, { "realm", c.Realm }, { "oauth_client", c.OAuthClient },
        { "state", c.State }, { "account_id", c.AccountId }, { "account_label", c.AccountLabel }, { "granted_scopes", c.GrantedScopes },
        { "approved_scopes", c.ApprovedScopes }, { "access_expires_at", c.AccessExpiresAt }, { "access_issued_at", c.AccessIssuedAt },
        { "problem", c.Problem }, { "connected_by", c.ConnectedBy }, { "connected_at", c.ConnectedAt }, { "last_used_at", c.LastUsedAt },
        { "fence", c.Fence }, { "refresh_intent_at", c.RefreshIntentAt },
    }, c.Credential);

    public static ConnectionRow To(Row r) => new()
    {
        App = new(r.Text("app")),
        Id = new(r.Text("id")),
        Connector = r.Text("connector"),
        Vendor = r.Text("vendor"),
        Realm = r.Enum<Realm>("realm"),
        OAuthClient = r.Text("oauth_client"),
        State = r.Enum<ConnectionState>("state"),
        AccountId = r.TextOrNull("account_id"),
        AccountLabel = r.TextOrNull("account_label"),
        GrantedScopes = r.List("granted_scopes"),
        ApprovedScopes = r.List("approved_scopes"),
        Credential = r.Sealed(),
        AccessExpiresAt = r.TimeOrNull("access_expires_at"),
        AccessIssuedAt = r.TimeOrNull("access_issued_at"),
        Problem = r.TextOrNull("problem"),
        ConnectedBy = r.Text("connected_by"),
        ConnectedAt = r.Time("connected_at"),
        LastUsedAt = r.TimeOrNull("last_used_at"),
        Fence = r.Long("fence"),
        RefreshIntentAt = r.TimeOrNull("refresh_intent_at"),
    };

    public static Args Of(OAuthClientRow c) => With(new()
    {
        { "id", c.Id }, { "vendor", c.Vendor }, { "realm", c.Realm }, { "client_id", c.ClientId }, { "created_at", c.CreatedAt },
        { "workspace", c.Workspace }, { "name", c.Name }, { "connectors", c.Connectors }, { "is_default", c.IsDefault },
    }, c.ClientSecret);

    public static OAuthClientRow ToClient(Row r) => new(r.Text("id"), r.Text("vendor"), r.Enum<Realm>("realm"), r.Text("client_id"), r.Sealed(), r.Time("created_at"))
    {
        Workspace = r.TextOrNull("workspace"),
        Name = r.Text("name"),
        Connectors = r.List("connectors"),
        IsDefault = r.Bool("is_default"),
    };

    public static Args Of(AuthorizationRow a) => With(new()
    {
        { "app", a.App }, { "state_hash", a.StateHash }, { "browser_hash", a.BrowserHash }, { "teammate", a.Teammate }, { "connector", a.Connector },
        { "oauth_client", a.OAuthClient }, { "realm", a.Realm }, { "redirect_uri", a.RedirectUri }, { "requested_scopes", a.RequestedScopes },
        { "replaces", a.Replaces }, { "context", a.Context }, { "expires_at", a.ExpiresAt },
    }, a.Verifier);

    public static AuthorizationRow ToAuthorization(Row r) => new()
    {
        App = new(r.Text("app")),
        StateHash = r.Text("state_hash"),
        BrowserHash = r.Text("browser_hash"),
        Teammate = r.Text("teammate"),
        Connector = r.Text("connector"),
        OAuthClient = r.Text("oauth_client"),
        Realm = r.Enum<Realm>("realm"),
        RedirectUri = r.Text("redirect_uri"),
        RequestedScopes = r.List("requested_scopes"),
        Replaces = r.TextOrNull("replaces") is { } id ? new ConnectionId(id) : null,
        Verifier = r.Sealed(),
        Context = r.TextOrNull("context"),
        ExpiresAt = r.Time("expires_at"),
    };

    public static Args With(Args row, SealedSecret? secret)
    {
        row.Add("key_id", secret?.KeyId);
        row.Add("wrapped_key", secret?.WrappedKey);
        row.Add("payload", secret?.Payload);
        return row;
    }
}
