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

    /// <summary>Each customer has a host of its own, which the token reply names.</summary>
    public static readonly Connector Tenants = Basic("tenants", "Tenants", "tenants", ["login.tenants.example", "*.my.tenants.example"]) with
    {
        OAuth = new OAuthDefinition
        {
            AuthorizeUrl = "https://login.tenants.example/authorize",
            TokenUrl = "https://login.tenants.example/token",
            ClientAuthentication = ClientAuthentication.Post,
            Reply = new TokenReply { Config = ["instance_url"] },
        },
        Scopes = [Allows("read"), Allows("write")],
        Operations = [Does("tenants.query", "GET", "*.my.tenants.example", "/data/{version}/query", "read"), Does("tenants.create", "POST", "*.my.tenants.example", "/data/{version}/things", "write")],
    };

    /// <summary>Takes JSON with Basic, also for revoking.</summary>
    public static readonly Connector Notes = Basic("notes", "Notes", "notes", ["api.notes.example"]) with
    {
        OAuth = new OAuthDefinition
        {
            AuthorizeUrl = "https://api.notes.example/authorize",
            TokenUrl = "https://api.notes.example/token",
            Revoke = new RevokeDefinition("POST", "https://api.notes.example/revoke", "token"),
            ClientAuthentication = ClientAuthentication.Basic,
            Body = TokenRequestBody.Json,
        },
        Scopes = [Allows("read")],
    };

    /// <summary>Has its own name for the client id, a hexadecimal challenge, and the token in the path of its identity call.</summary>
    public static readonly Connector Clip = Basic("clip", "Clip", "clip", ["api.clip.example"]) with
    {
        OAuth = new OAuthDefinition
        {
            AuthorizeUrl = "https://clip.example/authorize",
            TokenUrl = "https://api.clip.example/token",
            Revoke = new RevokeDefinition("POST", "https://api.clip.example/revoke", "token"),
            ClientAuthentication = ClientAuthentication.Post,
            ClientIdParameter = "client_key",
            ChallengeEncoding = ChallengeEncoding.Hex,
            Reply = new TokenReply { Scope = "scopes" },
        },
        Identity = new IdentityDefinition("GET", "https://api.clip.example/tokens/{token}", ["hub", "user"], ["hub"]),
        Scopes = [Allows("clips")],
    };

    /// <summary>One vendor for each way in which a client proves itself, all at the strict referee.</summary>
    public static readonly IReadOnlyList<Connector> Strict = [StrictBy("strict-post", ClientAuthentication.Post), StrictBy("strict-basic", ClientAuthentication.Basic), StrictBy("strict-jwt", ClientAuthentication.PrivateKeyJwt), StrictBy("strict-none", ClientAuthentication.Post)];

    public static readonly ConnectorCatalog Catalog = new([Slack, Gmail, Drive, Acme, Tenants, Notes, Clip, .. Strict]);

    private static Connector StrictBy(string id, ClientAuthentication authentication) => Basic(id, id, id, [StrictServer.Host]) with
    {
        OAuth = new OAuthDefinition
        {
            AuthorizeUrl = $"{StrictServer.Issuer}/auth",
            TokenUrl = $"{StrictServer.Issuer}/token",
            Revoke = new RevokeDefinition("POST", $"{StrictServer.Issuer}/token/revocation", "token"),
            ClientAuthentication = authentication,
            Issuer = StrictServer.Issuer,
            IdentityScopes = ["openid", "offline_access"],
            AuthorizeParameters = new Dictionary<string, string> { ["prompt"] = "consent" },
        },
        Identity = new IdentityDefinition("GET", $"{StrictServer.Issuer}/me", ["sub"], ["sub"]),
        Scopes = [Allows("things:read"), Allows("things:write")],
    };

    public static IEnumerable<string> Vendors => Catalog.Connectors.Select(c => c.Vendor).Distinct(StringComparer.Ordinal);

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
