using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Vendors.TikTok;

/// <summary>open.tiktokapis.com/v2/oauth: tokens that rotate, and taking back what was granted.</summary>
internal sealed class TikTokTokens(OAuthStore oauth, RequestLog log, TimeProvider time)
{
    private static readonly TimeSpan Access = TimeSpan.FromDays(1);
    private static readonly TimeSpan Refreshing = TimeSpan.FromDays(365);

    public async Task TokenAsync(HttpContext context)
    {
        log.CountTokenRequest(TikTokOAuth.Vendor);
        var form = await Forms.ReadAsync(context);
        string? Value(string name) => ClientCredentials.Value(form, name);
        var answer = !context.Request.HasFormContentType
            ? Refuse("invalid_request", "Only `application/x-www-form-urlencoded` is supported as Content-Type.")
            : Client(form) is not { } client
                ? Refuse("invalid_client", "Client key or secret is incorrect.")
                : Value("grant_type") switch
                {
                    "authorization_code" => Exchange(client, Value("code"), Value("redirect_uri"), Value("code_verifier")),
                    "refresh_token" => Refresh(client, Value("refresh_token") ?? ""),
                    null => Refuse("invalid_request", "The request parameters are malformed."),
                    _ => Refuse("unsupported_grant_type", "The authorization grant type is not supported by the authorization server."),
                };
        await WriteAsync(context, answer);
    }

    /// <summary>Ends what the creator granted to the app: all tokens of it, on every device.</summary>
    public async Task RevokeAsync(HttpContext context)
    {
        var form = await Forms.ReadAsync(context);
        if (Client(form) is not { } client)
        {
            await WriteAsync(context, Refuse("invalid_client", "Client key or secret is incorrect."));
            return;
        }

        var text = ClientCredentials.Value(form, "token") ?? "";
        if (oauth.Find(TikTokOAuth.Vendor, TokenKind.Access, text) is not { State: TokenState.Live } found || found.Grant!.ClientId != client.ClientId)
        {
            await WriteAsync(context, Refuse("invalid_request", "The access token is not valid."));
            return;
        }

        oauth.End(found.Grant);
        await WriteAsync(context, (StatusCodes.Status200OK, []));
    }

    private (int, JsonObject) Exchange(OAuthClient client, string? text, string? redirect, string? verifier)
    {
        if (text is null || redirect is null)
            return Refuse("invalid_request", "The request parameters are malformed.");
        var (result, code) = oauth.Redeem(TikTokOAuth.Vendor, text, client.ClientId, redirect, verifier);
        if (code is null)
        {
            return result switch
            {
                CodeResult.WrongRedirect => Refuse("invalid_grant", "Redirect_uri is not matched with the uri when requesting code."),
                CodeResult.VerifierMissing or CodeResult.VerifierWrong => Refuse("invalid_request", "Code verifier or code challenge is invalid."),
                CodeResult.Expired or CodeResult.AlreadyUsed => Refuse("invalid_grant", "Authorization code is expired."),
                _ => Refuse("invalid_grant", "Authorization code is invalid."),
            };
        }

        var grant = oauth.Widen(TikTokOAuth.Vendor, client.ClientId, code.Account, code.Scopes, offline: true);
        return Reply(grant, code.Scopes);
    }

    /// <summary>Every refresh gives another refresh token, and the one before stops working.</summary>
    private (int, JsonObject) Refresh(OAuthClient client, string text)
    {
        if (oauth.Find(TikTokOAuth.Vendor, TokenKind.Refresh, text) is not { State: TokenState.Live } found || found.Grant!.ClientId != client.ClientId || !oauth.Spend(found.Token!.Hash))
            return Refuse("invalid_grant", "Refresh token is invalid or expired.");
        return Reply(found.Grant, found.Scopes!);
    }

    private (int, JsonObject) Reply(Grant grant, IReadOnlyList<string> scopes) => (StatusCodes.Status200OK, new JsonObject
    {
        ["access_token"] = oauth.Issue(grant, TokenKind.Access, "act.", Access, scopes),
        ["expires_in"] = (int)Access.TotalSeconds,
        ["open_id"] = TikTokWorld.OpenId(grant.ClientId, grant.Subject),
        ["refresh_expires_in"] = (int)Refreshing.TotalSeconds,
        ["refresh_token"] = oauth.Issue(grant, TokenKind.Refresh, "rft.", Refreshing, scopes),
        ["scope"] = string.Join(',', scopes),
        ["token_type"] = "Bearer",
    });

    private OAuthClient? Client(IFormCollection form) =>
        oauth.FindClient(TikTokOAuth.Vendor, ClientCredentials.Value(form, "client_key")) is { } client && Secrets.Matches(ClientCredentials.Value(form, "client_secret") ?? "", client.SecretHash) ? client : null;

    private (int, JsonObject) Refuse(string error, string description) => (error == "invalid_client" ? StatusCodes.Status401Unauthorized : StatusCodes.Status400BadRequest, new JsonObject
    {
        ["error"] = error,
        ["error_description"] = description,
        ["log_id"] = TikTokAnswer.LogId(time),
    });

    private static Task WriteAsync(HttpContext context, (int Status, JsonObject Body) answer)
    {
        context.Response.Headers.CacheControl = "no-store";
        return Json.WriteAsync(context, answer.Status, answer.Body);
    }
}
