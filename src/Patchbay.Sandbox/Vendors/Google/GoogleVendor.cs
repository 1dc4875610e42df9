using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Vendors.Google;

/// <summary>Google's accounts and OAuth, shared by all its products, which have folders of their own below this one.</summary>
internal sealed class GoogleVendor : IVendor, IDisposable
{
    private readonly GoogleAccounts accounts;
    private readonly GoogleOAuth authorization;
    private readonly GoogleIdTokens idTokens;
    private readonly GoogleTokens tokens;
    private readonly GoogleBearer bearer;

    public GoogleVendor(Store store, OAuthStore oauth, PendingConsents pending, RequestLog log, TimeProvider time)
    {
        accounts = new GoogleAccounts(store);
        authorization = new GoogleOAuth(oauth, pending, accounts);
        idTokens = new GoogleIdTokens(time);
        tokens = new GoogleTokens(oauth, accounts, idTokens, log);
        bearer = new GoogleBearer(oauth, accounts);
    }

    public string Name => GoogleOAuth.Vendor;

    public IReadOnlyList<string> Hosts { get; } = [GoogleOAuth.Host, "oauth2.googleapis.com", "www.googleapis.com", "openidconnect.googleapis.com"];

    public WorldPage? World => null;

    public void Map(VendorRoutes routes)
    {
        routes.Get(GoogleOAuth.Host, GoogleOAuth.Path, authorization.AuthorizeAsync);
        routes.Post(GoogleOAuth.Host, GoogleOAuth.Path, authorization.AnswerAsync);
        routes.Post("oauth2.googleapis.com", "/token", tokens.TokenAsync);
        routes.Post("oauth2.googleapis.com", "/revoke", tokens.RevokeAsync);
        routes.Get("oauth2.googleapis.com", "/tokeninfo", tokens.TokenInfoAsync);
        routes.Post("oauth2.googleapis.com", "/tokeninfo", tokens.TokenInfoAsync);
        routes.Get("www.googleapis.com", "/oauth2/v3/certs", idTokens.CertificatesAsync);
        routes.Get("www.googleapis.com", "/oauth2/v2/userinfo", context => UserInfoAsync(context, openId: false));
        routes.Get("www.googleapis.com", "/oauth2/v3/userinfo", context => UserInfoAsync(context, openId: true));
        routes.Get("openidconnect.googleapis.com", "/v1/userinfo", context => UserInfoAsync(context, openId: true));
    }

    public void Seed() => accounts.Seed();

    public void Clear() => accounts.Clear();

    public Task NotFoundAsync(HttpContext context) => GooglePages.NotFoundAsync(context);

    public Task FailAsync(HttpContext context, int status) => GooglePages.FailAsync(context, status);

    public void Dispose() => idTokens.Dispose();

    private async Task UserInfoAsync(HttpContext context, bool openId)
    {
        var (account, scopes, refusal) = bearer.Check(context, "www.googleapis.com", "google.oauth2.UserInfo",
            [GoogleScopes.OpenId, GoogleScopes.Email, GoogleScopes.Profile]);
        if (account is null)
        {
            await refusal!.WriteAsync(context);
            return;
        }

        var body = new JsonObject { [openId ? "sub" : "id"] = account.Id };
        if (scopes.Contains(GoogleScopes.Email))
        {
            body["email"] = account.Email;
            body[openId ? "email_verified" : "verified_email"] = true;
            body["hd"] = account.Email.Split('@')[1];
        }

        if (scopes.Contains(GoogleScopes.Profile))
        {
            body["name"] = account.Name;
            body["given_name"] = account.GivenName;
            body["family_name"] = account.FamilyName;
        }

        await GoogleAnswer.Ok(body).WriteAsync(context);
    }
}
