using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.OAuth;

/// <summary>
/// Clients, codes, grants and tokens: the mechanics every vendor shares. Which errors to word how, what a
/// revoke reaches and who gets a refresh token is the vendor's own business.
/// </summary>
internal sealed class OAuthStore(Store store, TimeProvider time)
{
    private static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(10);
    private readonly Collection<OAuthClient> clients = new(store, "oauth.client");
    private readonly Collection<AuthorizationCode> codes = new(store, "oauth.code");
    private readonly Collection<Grant> grants = new(store, "oauth.grant");
    private readonly Collection<Token> tokens = new(store, "oauth.token");

    public void Register(OAuthClient client) => clients.Put(ClientKey(client.Vendor, client.ClientId), client, client.Vendor);

    public OAuthClient? FindClient(string vendor, string? clientId) =>
        clientId is null ? null : clients.Get(ClientKey(vendor, clientId));

    public List<OAuthClient> Clients(string vendor) => clients.List(vendor);

    /// <summary>A code for a given answer. The caller sends it to the redirect address and forgets it.</summary>
    public string IssueCode(string vendorLook, AuthorizationCode code)
    {
        var text = Secrets.New(vendorLook);
        Put(Secrets.Hash(text), code with { ExpiresAt = time.GetUtcNow() + CodeLifetime });
        return text;
    }

    /// <summary>Redeems a code once. A code shown with the wrong client, redirect or verifier is used up too.</summary>
    public (CodeResult Result, AuthorizationCode? Code) Redeem(string vendor, string code, string clientId, string? redirectUri, string? verifier) =>
        store.Atomic<(CodeResult, AuthorizationCode?)>(() =>
        {
            var hash = Secrets.Hash(code);
            if (codes.Get(hash) is not { } found || found.Vendor != vendor)
                return (CodeResult.Unknown, null);
            if (found.Used)
                return (CodeResult.AlreadyUsed, null);

            Put(hash, found with { Used = true });
            var result = found switch
            {
                _ when found.ExpiresAt < time.GetUtcNow() => CodeResult.Expired,
                _ when found.ClientId != clientId => CodeResult.WrongClient,
                _ when found.RedirectUri != redirectUri => CodeResult.WrongRedirect,
                { Challenge: not null } when string.IsNullOrEmpty(verifier) => CodeResult.VerifierMissing,
                { Challenge: { } challenge } when !Pkce.Fits(verifier, challenge) => CodeResult.VerifierWrong,
                _ => CodeResult.Ok,
            };
            return (result, result == CodeResult.Ok ? found : null);
        });

    public Grant? FindGrant(string vendor, string clientId, string subject) => grants.Get(Grant.KeyOf(vendor, clientId, subject));

    public List<Grant> Grants(string vendor) => grants.List(vendor);

    /// <summary>Adds scopes to the living grant, or begins a new life.</summary>
    public Grant Widen(string vendor, string clientId, string subject, IEnumerable<string> scopes, bool offline = false) =>
        store.Atomic(() =>
        {
            var old = FindGrant(vendor, clientId, subject);
            var alive = old is { Ended: false };
            var grant = new Grant
            {
                Vendor = vendor,
                ClientId = clientId,
                Subject = subject,
                Serial = alive ? old!.Serial : (old?.Serial ?? 0) + 1,
                Scopes = [.. (alive ? old!.Scopes : []).Union(scopes)],
                Offline = offline || (alive && old!.Offline),
            };
            grants.Put(grant.Key, grant, vendor);
            return grant;
        });

    public void End(Grant grant) => grants.Put(grant.Key, grant with { Ended = true }, grant.Vendor);

    /// <summary>Takes a scope away from a grant and from every token of it.</summary>
    public void DropScope(Grant grant, string scope) => store.Atomic(() =>
    {
        grants.Put(grant.Key, grant with { Scopes = [.. grant.Scopes.Where(s => s != scope)] }, grant.Vendor);
        foreach (var token in tokens.List(grant.Key).Where(t => t.Scopes is not null))
            Put(token with { Scopes = [.. token.Scopes!.Where(s => s != scope)] });
    });

    /// <summary>A new token of a grant.</summary>
    /// <param name="grant">What it stands for.</param>
    /// <param name="kind">Access or refresh.</param>
    /// <param name="vendorLook">How the vendor's tokens begin, after our own prefix.</param>
    /// <param name="lifetime">Null does not expire.</param>
    /// <param name="scopes">Fixed scopes, or null to follow the grant.</param>
    public string Issue(Grant grant, TokenKind kind, string vendorLook, TimeSpan? lifetime, IReadOnlyList<string>? scopes = null)
    {
        var text = Secrets.New(vendorLook);
        Put(new Token
        {
            Hash = Secrets.Hash(text),
            Kind = kind,
            GrantKey = grant.Key,
            Serial = grant.Serial,
            Scopes = scopes,
            ExpiresAt = lifetime is { } life ? time.GetUtcNow() + life : null,
        });
        return text;
    }

    public TokenLookup Find(string vendor, TokenKind kind, string text) => store.Atomic(() =>
    {
        if (tokens.Get(Secrets.Hash(text)) is not { } token || token.Kind != kind
            || grants.Get(token.GrantKey) is not { } grant || grant.Vendor != vendor)
            return new TokenLookup(TokenState.Unknown);
        if (token.Spent)
            return new TokenLookup(TokenState.Spent);
        if (grant.Ended || grant.Serial != token.Serial)
            return new TokenLookup(TokenState.GrantEnded);
        if (token.ExpiresAt <= time.GetUtcNow())
            return new TokenLookup(TokenState.Expired);
        return new TokenLookup(TokenState.Live, token, grant, token.Scopes ?? grant.Scopes);
    });

    /// <summary>Uses up a refresh token. False when somebody else did, so that of two users of one token one loses.</summary>
    public bool Spend(string hash) => store.Atomic(() =>
    {
        if (tokens.Get(hash) is not { Spent: false } token)
            return false;
        Put(token with { Spent = true });
        return true;
    });

    /// <summary>Makes every living access token of a vendor expired; refresh tokens live on.</summary>
    public int ExpireAccessTokens(string vendor) => store.Atomic(() =>
    {
        var past = time.GetUtcNow();
        var living = grants.List(vendor).SelectMany(grant => tokens.List(grant.Key))
            .Where(token => token.Kind == TokenKind.Access && !(token.ExpiresAt <= past)).ToList();
        foreach (var token in living)
            Put(token with { ExpiresAt = past });
        return living.Count;
    });

    /// <summary>Forgets what ended long ago. Run at start.</summary>
    /// <remarks>A month later nobody needs to tell "expired" from "never issued".</remarks>
    public void Prune() => store.Atomic(() =>
    {
        var old = Moment(time.GetUtcNow() - TimeSpan.FromDays(30));
        tokens.DeleteBefore(old);
        codes.DeleteBefore(old);
    });

    private void Put(Token token) => tokens.Put(token.Hash, token, token.GrantKey, token.ExpiresAt is { } end ? Moment(end) : "");

    private void Put(string hash, AuthorizationCode code) => codes.Put(hash, code, sort: Moment(code.ExpiresAt));

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);

    private static string ClientKey(string vendor, string clientId) => $"{vendor}\n{clientId}";
}
