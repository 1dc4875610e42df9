namespace Patchbay.Catalog;

/// <summary>A vendor's OAuth 2 authorisation-code flow (RFC 6749 §4.1) and where it differs from the text.</summary>
public sealed record OAuthDefinition
{
    public required string AuthorizeUrl { get; init; }

    public required string TokenUrl { get; init; }

    /// <summary>RFC 7009 or the vendor's own; null where the vendor has none.</summary>
    public RevokeDefinition? Revoke { get; init; }

    public required ClientAuthentication ClientAuthentication { get; init; }

    public TokenRequestBody Body { get; init; } = TokenRequestBody.Form;

    /// <summary>RFC 7636. False only where the vendor refuses it.</summary>
    public bool Pkce { get; init; } = true;

    /// <summary>How the S256 challenge is written. TikTok has it hexadecimal.</summary>
    public ChallengeEncoding ChallengeEncoding { get; init; }

    /// <summary>What the vendor calls <c>client_id</c>, at its page and its token endpoint (TikTok: <c>client_key</c>).</summary>
    public string ClientIdParameter { get; init; } = "client_id";

    public string ScopeParameter { get; init; } = "scope";

    public string ScopeSeparator { get; init; } = " ";

    /// <summary>Scopes asked with every connection, to show which account it is (<c>openid</c>, <c>email</c>).</summary>
    public IReadOnlyList<string> IdentityScopes { get; init; } = [];

    /// <summary>Other names of theirs in the vendor's replies: Google answers <c>email</c> with an address.</summary>
    public IReadOnlyList<string> IdentityScopeNames { get; init; } = [];

    /// <summary>Fixed parameters of the authorisation request, for example <c>access_type=offline</c>.</summary>
    public IReadOnlyDictionary<string, string> AuthorizeParameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Replace or join the former where a person wants to choose another account.</summary>
    public IReadOnlyDictionary<string, string> SwitchAccountParameters { get; init; } = new Dictionary<string, string>();

    public TokenReply Reply { get; init; } = new();

    /// <summary>Error codes of the token endpoint after which only a person can help (<c>invalid_grant</c>).</summary>
    public IReadOnlyList<string> DeadGrantErrors { get; init; } = ["invalid_grant"];

    /// <summary>What a person does at the vendor to get an OAuth client, in order and in plain words.</summary>
    public IReadOnlyList<string> Setup { get; init; } = [];

    /// <summary>Which callback addresses the vendor takes.</summary>
    public RedirectRules Redirect { get; init; } = new();

    /// <summary>The issuer that a callback's <c>iss</c> must equal (RFC 9207); null where the vendor sends none.</summary>
    public string? Issuer { get; init; }

    /// <summary>How far one grant reaches at the vendor: which connections a revocation would end.</summary>
    public GrantUnit GrantUnit { get; init; }
}

/// <summary>Where the token endpoint's JSON reply carries what (paths as <c>a.b</c>). Alternatives stand behind <c>|</c>:
/// whichever one holds the access token is used for the refresh token, the life and the scopes too
/// (<c>access_token|authed_user.access_token</c>).</summary>
public sealed record TokenReply
{
    public string AccessToken { get; init; } = "access_token";
    public string RefreshToken { get; init; } = "refresh_token";
    public string ExpiresIn { get; init; } = "expires_in";
    public string Scope { get; init; } = "scope";
    public string ScopeSeparator { get; init; } = " ";
    public string Error { get; init; } = "error";

    /// <summary>A boolean that is false in a failed reply sent with status 200 (Slack's <c>ok</c>); null elsewhere.</summary>
    public string? Success { get; init; }

    /// <summary>JSON paths joined by " · " to the account's label, for vendors whose reply names it; empty elsewhere.</summary>
    public IReadOnlyList<string> LabelPaths { get; init; } = [];

    /// <summary>JSON paths joined by ":" to the vendor's stable id of the account; empty where the reply has none.</summary>
    public IReadOnlyList<string> IdPaths { get; init; } = [];

    /// <summary>JSON paths to addresses that functions are told with the connection, under the path's own name
    /// (Salesforce's <c>instance_url</c>). Only https addresses on the connector's hosts are passed on.</summary>
    public IReadOnlyList<string> Config { get; init; } = [];
}

/// <param name="Method">POST or DELETE.</param>
/// <param name="Url">Absolute.</param>
/// <param name="Parameter">Name of the form or query parameter with the token; null where the token is the bearer.</param>
public sealed record RevokeDefinition(string Method, string Url, string? Parameter);

/// <summary>What a vendor keeps one grant for, always per OAuth client. Connections that share the unit rest on one grant:
/// revoking any of their tokens ends them all.</summary>
public enum GrantUnit
{
    /// <summary>One person's account (Google): the whole account id of the connection.</summary>
    Account,

    /// <summary>A workspace, whoever signed in (a Slack team's one bot): the first part of the connection's account id,
    /// which is the first of the connector's <c>idPaths</c>.</summary>
    Workspace,

    /// <summary>A customer's installation, whoever signed in (a HubSpot portal): the first part of the account id, as above.</summary>
    Portal,

    /// <summary>Every sign-in makes a grant of its own: revoking it touches no other connection.</summary>
    Token,
}

public enum ClientAuthentication
{
    /// <summary><c>client_id</c> and <c>client_secret</c> in the body.</summary>
    Post,

    /// <summary>RFC 6749 §2.3.1 Basic.</summary>
    Basic,

    /// <summary>RFC 7523 §2.2: a signed assertion; the client's secret is a private key.</summary>
    PrivateKeyJwt,
}

public enum ChallengeEncoding
{
    /// <summary>RFC 7636.</summary>
    Base64Url,

    /// <summary>Lower case.</summary>
    Hex,
}

public enum TokenRequestBody
{
    Form,
    Json,
}
