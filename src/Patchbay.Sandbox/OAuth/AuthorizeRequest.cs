namespace Patchbay.Sandbox.OAuth;

/// <summary>An authorization request as it arrived (RFC 6749 §4.1.1, RFC 7636 §4.3), before a vendor's own checks and words.</summary>
/// <param name="clientParameter">What the vendor calls <c>client_id</c>.</param>
internal sealed class AuthorizeRequest(HttpContext context, OAuthStore oauth, string vendor, string clientParameter = "client_id")
{
    private readonly IQueryCollection query = context.Request.Query;

    /// <summary>Null where the vendor knows no such app.</summary>
    public OAuthClient? Client { get; } = oauth.FindClient(vendor, Value(context.Request.Query, clientParameter));

    /// <summary>As it was sent; some vendors let an app leave it out.</summary>
    public string? Redirect => Value("redirect_uri");

    public string? Challenge => Value("code_challenge");

    /// <summary>A challenge by another method than S256, or by none.</summary>
    public bool ChallengeIsOdd => Challenge is not null && Value("code_challenge_method") is not "S256";

    /// <summary>The first value of a parameter; an empty one is as good as none.</summary>
    public string? Value(string name) => Value(query, name);

    /// <summary>Compared to the letter, as every vendor of ours does.</summary>
    public bool Registers(string? redirect) => redirect is not null && Client?.RedirectUris.Contains(redirect) == true;

    /// <summary>What the consent page needs to remember, once the vendor has found nothing wrong.</summary>
    public PendingConsent Pending(IReadOnlyList<string> scopes) => new()
    {
        Vendor = vendor,
        Client = Client!,
        // Kept as it was sent: the token request must repeat it, or leave it out where it was left out.
        RedirectUri = Redirect ?? "",
        State = Value("state"),
        Scopes = scopes,
        Challenge = Challenge,
        Nonce = Value("nonce"),
    };

    private static string? Value(IQueryCollection query, string name) => query[name] is [{ Length: > 0 } value, ..] ? value : null;
}
