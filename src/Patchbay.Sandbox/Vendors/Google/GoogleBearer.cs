using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.OAuth;

namespace Patchbay.Sandbox.Vendors.Google;

/// <summary>Checks the token of a call to any Google API.</summary>
internal sealed class GoogleBearer(OAuthStore oauth, GoogleAccounts accounts)
{
    /// <summary>The account behind a living token that has one of the scopes; otherwise Google's refusal.</summary>
    /// <param name="context">The call.</param>
    /// <param name="service">For the refusal: such as gmail.googleapis.com.</param>
    /// <param name="method">For the refusal: Google's name of the method.</param>
    /// <param name="accepted">Any of them is enough.</param>
    public (GoogleAccount? Account, IReadOnlyList<string> Scopes, GoogleAnswer? Refusal) Check(HttpContext context, string service, string method, IReadOnlyList<string> accepted)
    {
        var (caller, refusal) = CheckCaller(context, service, method, accepted);
        return (caller?.Account, caller?.Scopes ?? [], refusal);
    }

    /// <summary>The same, and which OAuth client calls: drive.file reaches what that client made or was given.</summary>
    public (GoogleCaller? Caller, GoogleAnswer? Refusal) CheckCaller(HttpContext context, string service, string method, IReadOnlyList<string> accepted)
    {
        var text = ClientCredentials.ParseBearer(context.Request.Headers.Authorization.ToString())
            ?? (context.Request.Query["access_token"] is [{ Length: > 0 } inQuery, ..] ? inQuery : null);
        if (text is null)
            return (null, GoogleAnswer.Unauthenticated(presented: false));
        var found = oauth.Find(GoogleOAuth.Vendor, TokenKind.Access, text);
        if (found.State != TokenState.Live || accounts.Get(found.Grant!.Subject) is not { } account)
            return (null, GoogleAnswer.Unauthenticated(presented: true));
        return accepted.Any(found.Scopes!.Contains)
            ? (new GoogleCaller(account, found.Grant.ClientId, found.Scopes!), null)
            : (null, GoogleAnswer.ScopeInsufficient(service, method, accepted));
    }
}

/// <param name="Account">Who granted.</param>
/// <param name="ClientId">The OAuth client that calls.</param>
/// <param name="Scopes">All scopes of the token.</param>
internal sealed record GoogleCaller(GoogleAccount Account, string ClientId, IReadOnlyList<string> Scopes);
