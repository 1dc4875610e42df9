using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Vendors.Notion;

/// <summary>/v1/oauth/token, revoke and introspect: HTTP Basic and a JSON body, nothing else.</summary>
internal sealed class NotionTokens(OAuthStore oauth, NotionWorld world, NotionUsers users, RequestLog log)
{
    private const string Look = "ntn_";

    public Task TokenAsync(HttpContext context)
    {
        log.CountTokenRequest(NotionOAuth.Vendor);
        return RunAsync(context, (client, body) => body.Text("grant_type") switch
        {
            "authorization_code" => Exchange(client, body),
            "refresh_token" => Refresh(client, body.Text("refresh_token") ?? throw NotionRefusal.Missing("refresh_token")),
            null => throw NotionRefusal.Missing("grant_type"),
            _ => throw NotionRefusal.Body("grant_type", "`\"authorization_code\"` or `\"refresh_token\"`", body["grant_type"]),
        });
    }

    /// <summary>Ends what the token stands for: the app in that workspace, for the person that let it in.</summary>
    public Task RevokeAsync(HttpContext context) => RunAsync(context, (client, body) =>
    {
        if (Live(client, body) is { } found)
            oauth.End(found.Grant!);
        return [];
    });

    public Task IntrospectAsync(HttpContext context) => RunAsync(context, (client, body) => Live(client, body) is { } found
        ? new JsonObject { ["active"] = true, ["scope"] = string.Join(' ', found.Scopes!), ["iat"] = world.Now.ToUnixTimeSeconds() }
        : new JsonObject { ["active"] = false });

    private async Task RunAsync(HttpContext context, Func<OAuthClient, JsonObject, JsonObject> run)
    {
        try
        {
            var (id, secret) = ClientCredentials.ParseBasic(context.Request.Headers.Authorization.ToString()) ?? ("", "");
            if (oauth.FindClient(NotionOAuth.Vendor, id) is not { } client || !Secrets.Matches(secret, client.SecretHash))
                throw new OAuthRefusal(401, "invalid_client", "Client authentication failed.");
            if (!context.Request.HasJsonContentType() || await Json.ReadObjectAsync(context) is not { } body)
                throw NotionRefusal.InvalidJson;
            var answer = world.Store.Atomic(() => run(client, body));
            answer["request_id"] = NotionIds.New();
            await Json.WriteAsync(context, StatusCodes.Status200OK, answer);
        }
        catch (OAuthRefusal refusal)
        {
            await Json.WriteAsync(context, refusal.Status, new JsonObject { ["error"] = refusal.Error, ["error_description"] = refusal.Message, ["request_id"] = NotionIds.New() });
        }
        catch (NotionRefusal refusal)
        {
            await NotionApi.RefuseAsync(context, refusal);
        }
    }

    private JsonObject Exchange(OAuthClient client, JsonObject body)
    {
        var text = body.Text("code") ?? throw NotionRefusal.Missing("code");
        // Left out at the start, it must be left out here; and the other way round.
        var (result, code) = oauth.Redeem(NotionOAuth.Vendor, text, client.ClientId, body.Text("redirect_uri") ?? "", null);
        if (code is null)
            throw new OAuthRefusal(400, "invalid_grant", result switch
            {
                CodeResult.AlreadyUsed => "Invalid code: this code has been revoked.",
                CodeResult.WrongRedirect => "Invalid code: redirect_uri does not match the one of the authorization request.",
                CodeResult.Expired => "Invalid code: this code has expired.",
                _ => "Invalid code.",
            });

        var grant = oauth.Widen(NotionOAuth.Vendor, client.ClientId, code.Account, code.Scopes);
        var id = NotionOAuth.BotId(grant);
        var (workspaceId, userId) = (code.Account.Split('/')[0], code.Account.Split('/')[1]);
        world.Put(new NotionBot { Id = id, ClientId = client.ClientId, WorkspaceId = workspaceId, OwnerId = userId, Name = client.Name, Picked = code.Choices });
        return Reply(grant, code.Scopes);
    }

    private JsonObject Refresh(OAuthClient client, string text)
    {
        var found = oauth.Find(NotionOAuth.Vendor, TokenKind.Refresh, text);
        if (found.State != TokenState.Live || found.Grant!.ClientId != client.ClientId || !oauth.Spend(found.Token!.Hash))
            throw new OAuthRefusal(400, "invalid_grant", "Invalid refresh token.");
        return Reply(found.Grant, found.Scopes!);
    }

    /// <summary>What a token may do is what its app was registered for at that time; it never adds up.</summary>
    private JsonObject Reply(Grant grant, IReadOnlyList<string> capabilities)
    {
        var bot = world.Bot(NotionOAuth.BotId(grant))!;
        var workspace = world.Workspace(bot.WorkspaceId);
        return new JsonObject
        {
            ["access_token"] = oauth.Issue(grant, TokenKind.Access, Look, null, capabilities),
            ["token_type"] = "bearer",
            ["refresh_token"] = oauth.Issue(grant, TokenKind.Refresh, "nrt_", null, capabilities),
            ["bot_id"] = bot.Id,
            ["workspace_id"] = bot.WorkspaceId,
            ["workspace_name"] = workspace?.Name,
            ["workspace_icon"] = workspace?.Icon,
            ["owner"] = users.Owner(bot, emails: true),
            ["duplicated_template_id"] = null,
        };
    }

    private TokenLookup? Live(OAuthClient client, JsonObject body)
    {
        var text = body.Text("token") ?? throw NotionRefusal.Missing("token");
        foreach (var kind in (TokenKind[])[TokenKind.Access, TokenKind.Refresh])
        {
            if (oauth.Find(NotionOAuth.Vendor, kind, text) is { State: TokenState.Live } found && found.Grant!.ClientId == client.ClientId)
                return found;
        }

        return null;
    }

    /// <summary>The token endpoint words refusals as OAuth does, the rest of the API as Notion does.</summary>
    private sealed class OAuthRefusal(int status, string error, string message) : Exception(message)
    {
        public int Status { get; } = status;

        public string Error { get; } = error;
    }
}
