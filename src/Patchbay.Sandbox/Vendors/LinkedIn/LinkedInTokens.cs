using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Vendors.LinkedIn;

/// <summary>accessToken, introspectToken and revoke. Forms with the client's credentials in them.</summary>
internal sealed class LinkedInTokens(OAuthStore oauth, LinkedInWorld world, LinkedInIdTokens idTokens, RequestLog log)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(5_183_999);
    private static readonly TimeSpan RefreshLifetime = TimeSpan.FromSeconds(31_535_999);

    public async Task TokenAsync(HttpContext context)
    {
        log.CountTokenRequest(LinkedInOAuth.Vendor);
        var (form, client, refusal) = await ClientAsync(context);
        var (status, body) = client is null ? (401, refusal!) : ClientCredentials.Value(form, "grant_type") switch
        {
            "authorization_code" => Exchange(client, ClientCredentials.Value(form, "code"), ClientCredentials.Value(form, "redirect_uri")),
            "refresh_token" => Refresh(client, ClientCredentials.Value(form, "refresh_token")),
            null => Refuse("invalid_request", "A required parameter \"grant_type\" is missing"),
            _ => Refuse("unsupported_grant_type", "The passed in grant_type is invalid"),
        };
        await Json.WriteAsync(context, status, body);
    }

    /// <summary>Says what a token is. LinkedIn answers for its own app only.</summary>
    public async Task IntrospectAsync(HttpContext context)
    {
        var (form, client, refusal) = await ClientAsync(context);
        if (client is null)
        {
            await Json.WriteAsync(context, 401, refusal!);
            return;
        }

        var found = oauth.Find(LinkedInOAuth.Vendor, TokenKind.Access, ClientCredentials.Value(form, "token") ?? "");
        var live = found.State == TokenState.Live && found.Grant!.ClientId == client.ClientId;
        var body = new JsonObject { ["active"] = live };
        if (live)
        {
            body["client_id"] = client.ClientId;
            body["authorized_at"] = (found.Token!.ExpiresAt!.Value - Lifetime).ToUnixTimeSeconds();
            body["created_at"] = (found.Token.ExpiresAt.Value - Lifetime).ToUnixTimeSeconds();
            body["expires_at"] = found.Token.ExpiresAt.Value.ToUnixTimeSeconds();
            body["status"] = "active";
            body["scope"] = string.Join(',', found.Scopes!);
            body["auth_type"] = "3L";
        }
        else if (found.State is TokenState.Expired or TokenState.GrantEnded)
        {
            body["status"] = found.State == TokenState.Expired ? "expired" : "revoked";
        }

        await Json.WriteAsync(context, 200, body);
    }

    /// <summary>Ends everything of that member at that app.</summary>
    public async Task RevokeAsync(HttpContext context)
    {
        var (form, client, refusal) = await ClientAsync(context);
        if (client is null)
        {
            await Json.WriteAsync(context, 401, refusal!);
            return;
        }

        foreach (var kind in (TokenKind[])[TokenKind.Access, TokenKind.Refresh])
        {
            if (oauth.Find(LinkedInOAuth.Vendor, kind, ClientCredentials.Value(form, "token") ?? "") is { State: TokenState.Live } found && found.Grant!.ClientId == client.ClientId)
                oauth.End(found.Grant);
        }

        context.Response.StatusCode = StatusCodes.Status200OK;
    }

    private (int Status, JsonObject Body) Exchange(OAuthClient client, string? text, string? redirect)
    {
        if (text is null)
            return Refuse("invalid_request", "A required parameter \"code\" is missing");
        if (redirect is null)
            return Refuse("invalid_request", "A required parameter \"redirect_uri\" is missing");
        var (_, code) = oauth.Redeem(LinkedInOAuth.Vendor, text, client.ClientId, redirect, null);
        if (code is null)
            return Refuse("invalid_request", "Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization code. Or authorization code expired. Or external member binding exists");

        return world.Store.Atomic(() =>
        {
            // Another set of scopes is another agreement: tokens of the one before end with it.
            if (oauth.FindGrant(LinkedInOAuth.Vendor, client.ClientId, code.Account) is { Ended: false } before && !before.Scopes.Order().SequenceEqual(code.Scopes.Order()))
                oauth.End(before);
            var grant = oauth.Widen(LinkedInOAuth.Vendor, client.ClientId, code.Account, code.Scopes);
            var body = Reply(grant);
            if (client.RefreshTokens)
            {
                body["refresh_token"] = oauth.Issue(grant, TokenKind.Refresh, "AQY", RefreshLifetime);
                body["refresh_token_expires_in"] = (long)RefreshLifetime.TotalSeconds;
            }

            if (code.Scopes.Contains("openid") && world.Member(code.Account) is { } member)
                body["id_token"] = idTokens.Make(client.ClientId, member, code.Scopes, code.Nonce);
            return (200, body);
        });
    }

    /// <summary>The same refresh token comes back, with what is left of its year.</summary>
    private (int Status, JsonObject Body) Refresh(OAuthClient client, string? text)
    {
        if (text is null)
            return Refuse("invalid_request", "A required parameter \"refresh_token\" is missing");
        var found = oauth.Find(LinkedInOAuth.Vendor, TokenKind.Refresh, text);
        if (found.State != TokenState.Live || found.Grant!.ClientId != client.ClientId)
            return Refuse("invalid_grant", found.State == TokenState.Expired ? "The provided authorization grant or refresh token is expired" : "The provided authorization grant or refresh token is invalid, expired or revoked");
        // Strict rotation is one of the troubles a person can order; by itself LinkedIn gives the same token back.
        if (client.RotateTokens && !oauth.Spend(found.Token!.Hash))
            return Refuse("invalid_grant", "The provided authorization grant or refresh token is invalid, expired or revoked");
        var body = Reply(found.Grant);
        body["refresh_token"] = client.RotateTokens ? oauth.Issue(found.Grant, TokenKind.Refresh, "AQY", found.Token!.ExpiresAt!.Value - world.Now) : text;
        body["refresh_token_expires_in"] = (long)(found.Token!.ExpiresAt!.Value - world.Now).TotalSeconds;
        return (200, body);
    }

    private JsonObject Reply(Grant grant) => new()
    {
        ["access_token"] = oauth.Issue(grant, TokenKind.Access, "AQV", Lifetime),
        ["expires_in"] = (long)Lifetime.TotalSeconds,
        ["scope"] = string.Join(',', grant.Scopes.Order(StringComparer.Ordinal)),
        ["token_type"] = "Bearer",
    };

    private async Task<(IFormCollection Form, OAuthClient? Client, JsonObject? Refusal)> ClientAsync(HttpContext context)
    {
        var form = await Forms.ReadAsync(context);
        var (id, secret) = (ClientCredentials.Value(form, "client_id"), ClientCredentials.Value(form, "client_secret"));
        return oauth.FindClient(LinkedInOAuth.Vendor, id) is { } client && Secrets.Matches(secret ?? "", client.SecretHash)
            ? (form, client, null)
            : (form, null, new JsonObject { ["error"] = "invalid_client", ["error_description"] = "Client authentication failed" });
    }

    private static (int Status, JsonObject Body) Refuse(string error, string description) =>
        (400, new JsonObject { ["error"] = error, ["error_description"] = description });
}
