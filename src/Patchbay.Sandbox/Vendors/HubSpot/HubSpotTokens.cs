using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.State;
using Patchbay.Sandbox.Vendors.HubSpot.Crm;

namespace Patchbay.Sandbox.Vendors.HubSpot;

/// <summary>
/// api.hubapi.com/oauth: tokens, what they are, and taking them back. The newer versions take parameters in the body
/// only and tell more; version 1 also takes them in the query.
/// </summary>
internal sealed class HubSpotTokens(OAuthStore oauth, CrmWorld world, RequestLog log)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    public void Map(VendorRoutes routes)
    {
        routes.Post(HubSpotVendor.Api, "/oauth/v1/token", context => TokenAsync(context, newer: false));
        routes.Get(HubSpotVendor.Api, "/oauth/v1/access-tokens/{token}", context => DescribeAsync(context, TokenKind.Access));
        routes.Get(HubSpotVendor.Api, "/oauth/v1/refresh-tokens/{token}", context => DescribeAsync(context, TokenKind.Refresh));
        routes.Delete(HubSpotVendor.Api, "/oauth/v1/refresh-tokens/{token}", DeleteAsync);
        foreach (var version in (string[])["v3", "2026-03"])
        {
            routes.Post(HubSpotVendor.Api, $"/oauth/{version}/token", context => TokenAsync(context, newer: true));
            routes.Post(HubSpotVendor.Api, $"/oauth/{version}/token/introspect", IntrospectAsync);
            routes.Post(HubSpotVendor.Api, $"/oauth/{version}/token/revoke", RevokeAsync);
        }
    }

    private async Task TokenAsync(HttpContext context, bool newer)
    {
        log.CountTokenRequest(HubSpotOAuth.Vendor);
        var form = await Forms.ReadAsync(context);
        string? Value(string name) => ClientCredentials.Value(form, name) ?? (!newer && context.Request.Query[name] is [{ Length: > 0 } value, ..] ? value : null);
        var (client, refusal) = Client(Value("client_id"), Value("client_secret"));
        var answer = client is null ? refusal! : Value("grant_type") switch
        {
            "authorization_code" => Exchange(client, Value("code") ?? "", Value("redirect_uri"), Value("code_verifier"), newer),
            "refresh_token" => Refresh(client, Value("refresh_token") ?? "", newer),
            var other => Refuse("BAD_GRANT_TYPE", "unsupported_grant_type", $"missing or unknown grant type: {other}"),
        };
        await answer.WriteAsync(context);
    }

    private HubSpotAnswer Exchange(OAuthClient client, string text, string? redirect, string? verifier, bool newer)
    {
        var (result, code) = oauth.Redeem(HubSpotOAuth.Vendor, text, client.ClientId, redirect, verifier);
        if (code is null)
        {
            return result switch
            {
                CodeResult.WrongRedirect => Refuse("MISMATCH_REDIRECT_URI_AUTH_CODE", "invalid_grant", "redirect uri does not match the one of the auth code"),
                CodeResult.VerifierMissing or CodeResult.VerifierWrong => Refuse("BAD_CODE_VERIFIER", "invalid_grant", "missing or invalid code verifier"),
                _ => Refuse("BAD_AUTH_CODE", "invalid_grant", "missing or unknown auth code"),
            };
        }

        var grant = oauth.Widen(HubSpotOAuth.Vendor, client.ClientId, code.Account, code.Scopes, offline: true);
        return Reply(grant, code.Scopes, oauth.Issue(grant, TokenKind.Refresh, "na1-", null, code.Scopes), newer);
    }

    /// <summary>The refresh token stays the same, and lives until it is deleted or the app is uninstalled.</summary>
    private HubSpotAnswer Refresh(OAuthClient client, string text, bool newer)
    {
        if (oauth.Find(HubSpotOAuth.Vendor, TokenKind.Refresh, text) is not { State: TokenState.Live } found || found.Grant!.ClientId != client.ClientId)
            return Refuse("BAD_REFRESH_TOKEN", "invalid_grant", "missing or unknown refresh token");
        if (!client.RotateTokens)
            return Reply(found.Grant, found.Scopes!, text, newer);
        return oauth.Spend(found.Token!.Hash)
            ? Reply(found.Grant, found.Scopes!, oauth.Issue(found.Grant, TokenKind.Refresh, "na1-", null, found.Scopes), newer)
            : Refuse("BAD_REFRESH_TOKEN", "invalid_grant", "missing or unknown refresh token");
    }

    private HubSpotAnswer Reply(Grant grant, IReadOnlyList<string> scopes, string refresh, bool newer)
    {
        var body = new JsonObject
        {
            ["token_type"] = "bearer",
            ["refresh_token"] = refresh,
            ["access_token"] = oauth.Issue(grant, TokenKind.Access, "CN", Lifetime, scopes),
            ["expires_in"] = (int)Lifetime.TotalSeconds,
        };
        if (newer && world.User(grant.Subject) is { } user)
        {
            body["hub_id"] = Number(user.Portal);
            body["user_id"] = Number(user.Id);
            body["scopes"] = Json.Array(scopes);
        }

        return HubSpotAnswer.Ok(body);
    }

    private async Task DescribeAsync(HttpContext context, TokenKind kind)
    {
        var text = (string?)context.Request.RouteValues["token"] ?? "";
        var answer = Describe(text, kind) is { } body ? HubSpotAnswer.Ok(body)
            : HubSpotAnswer.Error(StatusCodes.Status404NotFound, "OBJECT_NOT_FOUND", $"{(kind == TokenKind.Access ? "access" : "refresh")} token is not known, or it has ended");
        await answer.WriteAsync(context);
    }

    private async Task IntrospectAsync(HttpContext context)
    {
        var form = await Forms.ReadAsync(context);
        var (client, refusal) = Client(ClientCredentials.Value(form, "client_id"), ClientCredentials.Value(form, "client_secret"));
        var text = ClientCredentials.Value(form, "token") ?? "";
        var body = client is null ? null : Describe(text, TokenKind.Access) ?? Describe(text, TokenKind.Refresh);
        body?["active"] = true;
        await (client is null ? refusal! : HubSpotAnswer.Ok(body ?? new JsonObject { ["active"] = false })).WriteAsync(context);
    }

    /// <summary>Only this one refresh token: access tokens live out their half hour, and the app stays installed.</summary>
    private async Task DeleteAsync(HttpContext context)
    {
        var ended = Forget((string?)context.Request.RouteValues["token"] ?? "");
        await (ended ? HubSpotAnswer.NoContent : HubSpotAnswer.Error(StatusCodes.Status404NotFound, "OBJECT_NOT_FOUND", "refresh token is not known, or it has ended")).WriteAsync(context);
    }

    private async Task RevokeAsync(HttpContext context)
    {
        var form = await Forms.ReadAsync(context);
        var (client, refusal) = Client(ClientCredentials.Value(form, "client_id"), ClientCredentials.Value(form, "client_secret"));
        if (client is null)
        {
            await refusal!.WriteAsync(context);
            return;
        }

        var ended = Forget(ClientCredentials.Value(form, "token") ?? "", client.ClientId);
        await (ended ? HubSpotAnswer.NoContent : Refuse("BAD_REFRESH_TOKEN", "invalid_request", "missing or unknown refresh token")).WriteAsync(context);
    }

    private bool Forget(string text, string? clientId = null) =>
        oauth.Find(HubSpotOAuth.Vendor, TokenKind.Refresh, text) is { State: TokenState.Live } found && (clientId is null || found.Grant!.ClientId == clientId) && oauth.Spend(found.Token!.Hash);

    private JsonObject? Describe(string text, TokenKind kind)
    {
        if (oauth.Find(HubSpotOAuth.Vendor, kind, text) is not { State: TokenState.Live } found || world.User(found.Grant!.Subject) is not { } user)
            return null;
        var body = new JsonObject
        {
            ["token"] = text,
            ["user"] = user.Email,
            ["hub_domain"] = world.Portal(user.Portal)?.Domain,
            ["scopes"] = Json.Array(found.Scopes!),
            ["hub_id"] = Number(user.Portal),
            ["user_id"] = Number(user.Id),
            ["token_type"] = kind == TokenKind.Access ? "access" : "refresh",
        };
        if (kind == TokenKind.Access)
        {
            body["app_id"] = BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(found.Grant.ClientId))) % 10_000_000;
            body["expires_in"] = (int)(found.Token!.ExpiresAt!.Value - world.Time.GetUtcNow()).TotalSeconds;
            body["is_private_distribution"] = false;
        }
        else
        {
            body["client_id"] = found.Grant.ClientId;
        }

        return body;
    }

    private (OAuthClient? Client, HubSpotAnswer? Refusal) Client(string? id, string? secret) => oauth.FindClient(HubSpotOAuth.Vendor, id) switch
    {
        null => (null, Refuse("BAD_CLIENT_ID", "invalid_client", "missing or invalid client id")),
        { } client when !Secrets.Matches(secret ?? "", client.SecretHash) => (null, Refuse("BAD_CLIENT_SECRET", "invalid_client", "missing or invalid client secret")),
        var client => (client, null),
    };

    private static HubSpotAnswer Refuse(string status, string error, string message) => new(StatusCodes.Status400BadRequest, new JsonObject
    {
        ["status"] = status,
        ["message"] = message,
        ["correlationId"] = Guid.NewGuid().ToString(),
        ["error"] = error,
        ["error_description"] = message,
    });

    private static long Number(string id) => long.Parse(id, CultureInfo.InvariantCulture);
}
