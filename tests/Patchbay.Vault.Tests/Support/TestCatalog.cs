using Patchbay.Catalog;

namespace Patchbay.Vault.Tests.Support;

/// <summary>Connectors that differ where vendors do: bot and user tokens, an identity call, rotation, an issuer.</summary>
internal static class TestCatalog
{
    public const string MailSend = "https://www.googleapis.com/auth/gmail.send";
    public const string MailRead = "https://www.googleapis.com/auth/gmail.readonly";
    public const string MailAll = "https://mail.google.com/";

    public static readonly Connector Slack = Basic("slack", "Slack", "slack", ["slack.com", "*.slack.com"]) with
    {
        OAuth = new OAuthDefinition
        {
            AuthorizeUrl = "https://slack.com/oauth/v2/authorize",
            TokenUrl = "https://slack.com/api/oauth.v2.access",
            Revoke = new RevokeDefinition("POST", "https://slack.com/api/auth.revoke", null),
            ClientAuthentication = ClientAuthentication.Basic,
            ScopeSeparator = ",",
            Reply = new TokenReply
            {
                AccessToken = "access_token|authed_user.access_token",
                RefreshToken = "refresh_token|authed_user.refresh_token",
                ExpiresIn = "expires_in|authed_user.expires_in",
                Scope = "scope|authed_user.scope",
                ScopeSeparator = ",",
                Success = "ok",
                LabelPaths = ["team.name"],
                IdPaths = ["team.id"],
            },
            DeadGrantErrors = ["invalid_refresh_token", "token_revoked"],
        },
        Scopes = [Allows("chat:write"), Allows("channels:read"), Allows("users:read")],
        Operations =
        [
            Does("slack.post_message", "POST", "slack.com", "/api/chat.postMessage", "chat:write"),
            Does("slack.list_channels", "GET", "slack.com", "/api/conversations.list", "channels:read"),
        ],
    };

    public static readonly Connector Gmail = Basic("gmail", "Gmail", "google", ["gmail.googleapis.com", "www.googleapis.com"]) with
    {
        OAuth = new OAuthDefinition
        {
            AuthorizeUrl = "https://accounts.google.com/o/oauth2/v2/auth",
            TokenUrl = "https://oauth2.googleapis.com/token",
            Revoke = new RevokeDefinition("POST", "https://oauth2.googleapis.com/revoke", "token"),
            ClientAuthentication = ClientAuthentication.Post,
            IdentityScopes = ["openid", "email"],
            IdentityScopeNames = ["https://www.googleapis.com/auth/userinfo.email"],
            AuthorizeParameters = new Dictionary<string, string> { ["access_type"] = "offline", ["prompt"] = "consent" },
            SwitchAccountParameters = new Dictionary<string, string> { ["prompt"] = "select_account consent" },
        },
        Identity = new IdentityDefinition("GET", "https://www.googleapis.com/oauth2/v2/userinfo", ["email"], ["id"]),
        Scopes = [Allows(MailSend), Allows(MailRead), Allows(MailAll, MailSend, MailRead)],
        Operations =
        [
            Does("gmail.send_message", "POST", "gmail.googleapis.com", "/gmail/v1/users/{user}/messages/send", MailSend),
            Does("gmail.get_message", "GET", "gmail.googleapis.com", "/gmail/v1/users/{user}/messages/{id}", MailRead),
        ],
    };

    public static readonly Connector Drive = Basic("googledrive", "Google Drive", "google", ["www.googleapis.com"]) with
    {
        OAuth = Gmail.OAuth,
        Identity = Gmail.Identity,
        Scopes = [Allows("https://www.googleapis.com/auth/drive.file")],
        Operations = [Does("googledrive.list_files", "GET", "www.googleapis.com", "/drive/v3/files", "https://www.googleapis.com/auth/drive.file")],
    };

    /// <summary>Rotates its refresh tokens, names its issuer, takes JSON.</summary>
    public static readonly Connector Acme = Basic("acme", "Acme", "acme", ["api.acme.example"]) with
    {
        OAuth = new OAuthDefinition
        {
            AuthorizeUrl = "https://login.acme.example/authorize?tenant=1",
            TokenUrl = "https://login.acme.example/token",
            ClientAuthentication = ClientAuthentication.Post,
            Body = TokenRequestBody.Json,
            Issuer = "https://login.acme.example",
        },
        Slot = new CredentialSlot("X-Acme-Token", "key {token}"),
        Scopes = [Allows("things")],
    };

    public static readonly ConnectorCatalog Catalog = new([Slack, Gmail, Drive, Acme]);

    private static Connector Basic(string id, string name, string vendor, IReadOnlyList<string> hosts) => new()
    {
        Id = id,
        Name = name,
        Vendor = vendor,
        Description = name,
        Category = "Test",
        Hosts = hosts,
        OAuth = new OAuthDefinition { AuthorizeUrl = "", TokenUrl = "", ClientAuthentication = ClientAuthentication.Post },
        Slot = new CredentialSlot("Authorization", "Bearer {token}"),
        Scopes = [],
        Operations = [],
        Examples = [],
    };

    private static Scope Allows(string id, params string[] implies) => new(id, $"Do {id}", ScopeClass.Write, false, implies);

    private static Operation Does(string id, string method, string host, string path, params string[] scopes) => new()
    {
        Id = id,
        Name = id,
        Summary = id,
        Call = new OperationCall(method, host, path),
        Scopes = scopes,
    };
}
