using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Vendors.Salesforce.OAuth;

/// <summary>/services/oauth2/token, revoke and introspect.</summary>
internal sealed class SalesforceTokens(OAuthStore oauth, SalesforceIdTokens idTokens, RequestLog log, TimeProvider time)
{
    /// <summary>The session's life is a setting of the organisation and is told to nobody; two hours is what it begins with.</summary>
    private static readonly TimeSpan Session = TimeSpan.FromHours(2);

    /// <summary>One person may approve an app so often; the sixth approval ends the first.</summary>
    private const int MostApprovals = 5;

    public async Task TokenAsync(HttpContext context)
    {
        log.CountTokenRequest(SalesforceAuthorize.Vendor);
        var form = await Forms.ReadAsync(context);
        string? Value(string name) => ClientCredentials.Value(form, name) ?? (context.Request.Query[name] is [{ Length: > 0 } value, ..] ? value : null);

        var (id, secret) = ClientCredentials.Read(context.Request, form);
        (id, secret) = (id ?? Value("client_id"), secret ?? Value("client_secret"));
        var host = VendorPath.Host(context.Request.Path);
        var (status, body) = oauth.FindClient(SalesforceAuthorize.Vendor, id) is not { } client
            ? Refuse("invalid_client_id", "client identifier invalid")
            : Value("grant_type") switch
            {
                null => Refuse("invalid_request", "must provide a grant_type"),
                "authorization_code" or "refresh_token" when !Secrets.Matches(secret ?? "", client.SecretHash) => Refuse("invalid_client", "invalid client credentials"),
                "authorization_code" => Exchange(client, host, Value("code") ?? "", Value("redirect_uri"), Value("code_verifier"), secret!),
                "refresh_token" => Refresh(client, Value("refresh_token") ?? "", secret!),
                _ => Refuse("unsupported_grant_type", "grant type not supported"),
            };
        context.Response.Headers.CacheControl = "no-cache, no-store";
        await Json.WriteAsync(context, status, body);
    }

    /// <summary>A refresh token ends its approval and every session of it; an access token ends one session.</summary>
    public async Task RevokeAsync(HttpContext context)
    {
        var form = await Forms.ReadAsync(context);
        var text = ClientCredentials.Value(form, "token") ?? context.Request.Query["token"].ToString();
        if (oauth.Find(SalesforceAuthorize.Vendor, TokenKind.Refresh, text) is { State: TokenState.Live } refresh)
        {
            oauth.End(refresh.Grant!);
        }
        else if (oauth.Find(SalesforceAuthorize.Vendor, TokenKind.Access, text) is { State: TokenState.Live } access)
        {
            oauth.Spend(access.Token!.Hash);
        }
        else
        {
            var (status, body) = text.Length == 0 ? Refuse("unsupported_token_type", "this token type is not supported") : Refuse("invalid_token", "invalid token");
            await Json.WriteAsync(context, status, body);
            return;
        }

        context.Response.ContentLength = 0;
    }

    public async Task IntrospectAsync(HttpContext context)
    {
        var form = await Forms.ReadAsync(context);
        var (id, secret) = ClientCredentials.Read(context.Request, form);
        if (oauth.FindClient(SalesforceAuthorize.Vendor, id) is not { } client || !Secrets.Matches(secret ?? "", client.SecretHash))
        {
            await Json.WriteAsync(context, StatusCodes.Status401Unauthorized, Refuse("invalid_client", "invalid client credentials").Body);
            return;
        }

        var text = ClientCredentials.Value(form, "token") ?? "";
        var (kind, found) = oauth.Find(SalesforceAuthorize.Vendor, TokenKind.Access, text) is { State: TokenState.Live } access
            ? ("access_token", access)
            : ("refresh_token", oauth.Find(SalesforceAuthorize.Vendor, TokenKind.Refresh, text));
        if (found.State != TokenState.Live || found.Grant!.ClientId != client.ClientId)
        {
            await Json.WriteAsync(context, StatusCodes.Status200OK, new JsonObject { ["active"] = false });
            return;
        }

        var (org, user) = Owner(found.Grant);
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        await Json.WriteAsync(context, StatusCodes.Status200OK, new JsonObject
        {
            ["active"] = true,
            ["scope"] = string.Join(' ', found.Scopes!),
            ["client_id"] = client.ClientId,
            ["username"] = idTokens.Username(org, user),
            ["sub"] = IdentityAddress(org, user),
            ["token_type"] = kind,
            ["exp"] = found.Token!.ExpiresAt?.ToUnixTimeSeconds() ?? now + (365L * 24 * 3600),
            ["iat"] = now,
            ["nbf"] = now,
        });
    }

    /// <summary>Organisation and person behind a grant; the part that follows numbers the approval.</summary>
    public static (SalesforceOrg Org, string UserId) Owner(Grant grant)
    {
        var parts = grant.Subject.Split('/');
        return (SalesforceOrgs.Find(parts[0])!, parts[1]);
    }

    public static string IdentityAddress(SalesforceOrg org, string user) => $"https://{org.Login}/id/{org.Id}/{user}";

    private (int Status, JsonObject Body) Exchange(OAuthClient client, string host, string text, string? redirect, string? verifier, string secret)
    {
        var (result, code) = oauth.Redeem(SalesforceAuthorize.Vendor, text, client.ClientId, redirect ?? client.RedirectUris[0], verifier);
        if (code is null)
            return result switch
            {
                CodeResult.WrongRedirect => Refuse("redirect_uri_mismatch", "redirect_uri must match configuration"),
                CodeResult.VerifierMissing => Refuse("invalid_request", "missing required code verifier"),
                CodeResult.VerifierWrong => Refuse("invalid_grant", "invalid code verifier"),
                CodeResult.Unknown => Refuse("invalid_grant", "invalid authorization code"),
                CodeResult.WrongClient => Refuse("invalid_grant", "client identifier invalid"),
                _ => Refuse("invalid_grant", "expired authorization code"),
            };
        if (SalesforceOrgs.AtHost(host) != SalesforceOrgs.Find(code.Account.Split('/')[0]))
            return Refuse("invalid_grant", "invalid authorization code");

        var approvals = oauth.Grants(SalesforceAuthorize.Vendor)
            .Where(grant => !grant.Ended && grant.ClientId == client.ClientId && grant.Offline && grant.Subject.StartsWith(code.Account + "/", StringComparison.Ordinal))
            .OrderBy(grant => grant.Subject, StringComparer.Ordinal).ToList();
        foreach (var first in approvals.SkipLast(MostApprovals - 1))
            oauth.End(first);
        // Each approval stands for itself, so that revoking one leaves the others.
        var number = $"{time.GetUtcNow().UtcTicks:x16}{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";
        var offline = code.Scopes.Any(scope => scope is SalesforceScopes.Refresh or SalesforceScopes.Offline);
        var grant = oauth.Widen(SalesforceAuthorize.Vendor, client.ClientId, $"{code.Account}/{number}", code.Scopes, offline);
        var body = Reply(grant, secret, code.Nonce);
        if (offline)
            body["refresh_token"] = oauth.Issue(grant, TokenKind.Refresh, "5Aep861", null);
        return (StatusCodes.Status200OK, body);
    }

    private (int Status, JsonObject Body) Refresh(OAuthClient client, string text, string secret)
    {
        var found = oauth.Find(SalesforceAuthorize.Vendor, TokenKind.Refresh, text);
        if (found.State != TokenState.Live || found.Grant!.ClientId != client.ClientId || client.RotateTokens && !oauth.Spend(found.Token!.Hash))
            return Refuse("invalid_grant", "expired access/refresh token");

        var body = Reply(found.Grant, secret, null);
        if (client.RotateTokens)
            body["refresh_token"] = oauth.Issue(found.Grant, TokenKind.Refresh, "5Aep861", null);
        return (StatusCodes.Status200OK, body);
    }

    private JsonObject Reply(Grant grant, string secret, string? nonce)
    {
        var (org, user) = Owner(grant);
        var access = oauth.Issue(grant, TokenKind.Access, org.Id[..15] + "!AQ", Session);
        var issued = time.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var identity = IdentityAddress(org, user);
        var body = new JsonObject
        {
            ["access_token"] = access,
            ["signature"] = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(identity + issued))),
            ["scope"] = string.Join(' ', grant.Scopes),
            ["instance_url"] = $"https://{org.Instance}",
            ["id"] = identity,
            ["token_type"] = "Bearer",
            ["issued_at"] = issued,
        };
        if (grant.Scopes.Contains(SalesforceScopes.OpenId))
            body["id_token"] = idTokens.Make(grant.ClientId, org, user, identity, access, nonce);
        return body;
    }

    private static (int Status, JsonObject Body) Refuse(string error, string description) =>
        (StatusCodes.Status400BadRequest, new JsonObject { ["error"] = error, ["error_description"] = description });
}
