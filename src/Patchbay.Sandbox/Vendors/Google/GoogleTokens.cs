using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Vendors.Google;

/// <summary>oauth2.googleapis.com: token, revoke and tokeninfo.</summary>
internal sealed class GoogleTokens(OAuthStore oauth, GoogleAccounts accounts, GoogleIdTokens idTokens, RequestLog log)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(3599);

    public async Task TokenAsync(HttpContext context)
    {
        log.CountTokenRequest(GoogleOAuth.Vendor);
        var form = await Forms.ReadAsync(context);
        string? Value(string name) => ClientCredentials.Value(form, name);

        var (id, secret) = ClientCredentials.Read(context.Request, form);
        var answer = oauth.FindClient(GoogleOAuth.Vendor, id) is not { } client
            ? Refuse(401, "invalid_client", "The OAuth client was not found.")
            : !Secrets.Matches(secret ?? "", client.SecretHash)
                ? Refuse(401, "invalid_client", "Unauthorized")
                : Value("grant_type") switch
                {
                    "authorization_code" => Exchange(client, Value("code") ?? "", Value("redirect_uri"), Value("code_verifier")),
                    "refresh_token" => Refresh(client, Value("refresh_token")),
                    null => Refuse(400, "invalid_request", "Required parameter is missing: grant_type"),
                    var other => Refuse(400, "unsupported_grant_type", $"Invalid grant_type: {other}"),
                };
        await answer.WriteAsync(context);
    }

    /// <summary>Any token ends the whole grant of that account at that client: every access and refresh token of it.</summary>
    public async Task RevokeAsync(HttpContext context)
    {
        var form = await Forms.ReadAsync(context);
        var text = ClientCredentials.Value(form, "token") ?? context.Request.Query["token"].ToString();
        var found = Live(text);
        if (found is null)
        {
            await Refuse(400, "invalid_token", "Token expired or revoked").WriteAsync(context);
            return;
        }

        oauth.End(found.Grant!);
        await GoogleAnswer.Ok([]).WriteAsync(context);
    }

    public async Task TokenInfoAsync(HttpContext context)
    {
        var form = await Forms.ReadAsync(context);
        var text = context.Request.Query["access_token"].ToString() is { Length: > 0 } inQuery ? inQuery
            : ClientCredentials.Value(form, "access_token") ?? ClientCredentials.ParseBearer(context.Request.Headers.Authorization.ToString()) ?? "";
        if (oauth.Find(GoogleOAuth.Vendor, TokenKind.Access, text) is not { State: TokenState.Live } found)
        {
            await Refuse(400, "invalid_token", "Invalid Value").WriteAsync(context);
            return;
        }

        var left = idTokens.SecondsUntil(found.Token!.ExpiresAt);
        var body = new JsonObject
        {
            ["azp"] = found.Grant!.ClientId,
            ["aud"] = found.Grant.ClientId,
            ["sub"] = found.Grant.Subject,
            ["scope"] = string.Join(' ', found.Scopes!),
            ["exp"] = $"{found.Token.ExpiresAt?.ToUnixTimeSeconds()}",
            ["expires_in"] = $"{left}",
            ["access_type"] = found.Grant.Offline ? "offline" : "online",
        };
        if (found.Scopes!.Contains(GoogleScopes.Email))
        {
            body["email"] = accounts.Get(found.Grant.Subject)?.Email;
            body["email_verified"] = "true";
        }

        await GoogleAnswer.Ok(body).WriteAsync(context);
    }

    private TokenLookup? Live(string text)
    {
        foreach (var kind in (TokenKind[])[TokenKind.Access, TokenKind.Refresh])
        {
            if (oauth.Find(GoogleOAuth.Vendor, kind, text) is { State: TokenState.Live } found)
                return found;
        }

        return null;
    }

    private GoogleAnswer Exchange(OAuthClient client, string text, string? redirect, string? verifier)
    {
        var (result, code) = oauth.Redeem(GoogleOAuth.Vendor, text, client.ClientId, redirect, verifier);
        if (code is null)
            return result switch
            {
                CodeResult.WrongRedirect => Refuse(400, "redirect_uri_mismatch", "Bad Request"),
                CodeResult.VerifierMissing => Refuse(400, "invalid_grant", "Missing code verifier."),
                CodeResult.VerifierWrong => Refuse(400, "invalid_grant", "Invalid code verifier."),
                CodeResult.Unknown => Refuse(400, "invalid_grant", "Malformed auth code."),
                _ => Refuse(400, "invalid_grant", "Bad Request"),
            };

        var grant = oauth.Widen(GoogleOAuth.Vendor, client.ClientId, code.Account, code.Scopes, offline: code.WithRefresh);
        var scopes = code.WithEarlierScopes ? grant.Scopes : code.Scopes;
        var body = Reply(grant, scopes, code.Nonce);
        if (code.WithRefresh)
            body["refresh_token"] = oauth.Issue(grant, TokenKind.Refresh, "1//0", null, scopes);
        return GoogleAnswer.Ok(body);
    }

    private GoogleAnswer Refresh(OAuthClient client, string? text)
    {
        if (text is null)
            return Refuse(400, "invalid_request", "Missing required parameter: refresh_token");
        var found = oauth.Find(GoogleOAuth.Vendor, TokenKind.Refresh, text);
        if (found.State != TokenState.Live || found.Grant!.ClientId != client.ClientId)
            return Refuse(400, "invalid_grant", found.State is TokenState.Unknown ? "Bad Request" : "Token has been expired or revoked.");
        // Google's refresh tokens live on; strict rotation is one of the troubles a person can order.
        if (client.RotateTokens && !oauth.Spend(found.Token!.Hash))
            return Refuse(400, "invalid_grant", "Token has been expired or revoked.");
        var body = Reply(found.Grant, found.Scopes!, null);
        if (client.RotateTokens)
            body["refresh_token"] = oauth.Issue(found.Grant, TokenKind.Refresh, "1//0", null, found.Scopes);
        return GoogleAnswer.Ok(body);
    }

    private JsonObject Reply(Grant grant, IReadOnlyList<string> scopes, string? nonce)
    {
        var access = oauth.Issue(grant, TokenKind.Access, "ya29.a0", Lifetime, scopes);
        var body = new JsonObject
        {
            ["access_token"] = access,
            ["expires_in"] = (int)Lifetime.TotalSeconds,
            ["scope"] = string.Join(' ', scopes),
            ["token_type"] = "Bearer",
        };
        if (scopes.Contains(GoogleScopes.OpenId) && accounts.Get(grant.Subject) is { } account)
            body["id_token"] = idTokens.Make(grant.ClientId, account, scopes, access, nonce);
        return body;
    }

    private static GoogleAnswer Refuse(int status, string error, string description) =>
        new(status, new JsonObject { ["error"] = error, ["error_description"] = description });
}
