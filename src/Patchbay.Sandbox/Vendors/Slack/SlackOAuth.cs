using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.Pages;

namespace Patchbay.Sandbox.Vendors.Slack;

/// <summary>The authorize page and oauth.v2.access.</summary>
internal sealed class SlackOAuth(OAuthStore oauth, PendingConsents pending, SlackWorld world, RequestLog log)
{
    public const string Vendor = "slack";
    private const string Host = "slack.com";
    private static readonly ConsentAnswer.Face Face = new("Slack", Icons.Slack);
    private static readonly TimeSpan RotatingLifetime = TimeSpan.FromSeconds(43_200);

    public async Task AuthorizeAsync(HttpContext context)
    {
        var asked = new AuthorizeRequest(context, oauth, Vendor);
        var redirect = asked.Redirect ?? asked.Client?.RedirectUris[0];
        var scopes = SlackScopes.Split(asked.Value("scope"));
        var userScopes = SlackScopes.Split(asked.Value("user_scope"));
        var invalid = SlackScopes.Invalid(scopes, userScopes).ToList();

        var problem = asked.Client switch
        {
            null => ("Slack does not know this app", "invalid_client_id", "Invalid client_id parameter"),
            _ when !asked.Registers(redirect) => ("The return address is not registered", "bad_redirect_uri", $"redirect_uri did not match any configured URIs. Passed URI: {redirect}"),
            _ when scopes.Count + userScopes.Count == 0 => ("The app asks for nothing", "invalid_scope", "No scopes requested"),
            _ when invalid.Count > 0 => ("Invalid permissions requested", "invalid_scope", "The following permissions are invalid: " + string.Join(", ", invalid)),
            _ when asked.ChallengeIsOdd => ("The request is not valid", "invalid_code_challenge_method", "code_challenge_method must be S256"),
            _ => default,
        };
        if (problem != default)
        {
            await ErrorPage.Of("Slack", Icons.Slack, StatusCodes.Status400BadRequest, problem.Item1, problem.Item2, problem.Item3).WriteAsync(context);
            return;
        }

        await ConsentPage.Of(View(asked.Pending(scopes) with { UserScopes = userScopes }, redirect!, asked.Value("team"))).WriteAsync(context);
    }

    public async Task AnswerAsync(HttpContext context)
    {
        if (await ConsentAnswer.TakeAsync(context, pending, Vendor, Face, KnowsAccount) is { } answer)
            await answer.FinishAsync(oauth, () => Code(answer.Request, answer.Account));
    }

    private bool KnowsAccount(string account) => account.Split('/') is [var teamId, var userId] && world.User(userId)?.TeamId == teamId;

    /// <summary>oauth.v2.access, for codes and for refresh tokens. Always HTTP 200.</summary>
    public async Task<SlackAnswer> AccessAsync(HttpContext context)
    {
        log.CountTokenRequest(Vendor);
        var form = await Forms.ReadAsync(context);
        string? Value(string name) => ClientCredentials.Value(form, name) ?? (context.Request.Query[name] is [{ Length: > 0 } value, ..] ? value : null);

        var (id, secret) = ClientCredentials.Read(context.Request, form);
        if (oauth.FindClient(Vendor, id ?? Value("client_id")) is not { } client)
            return SlackAnswer.Fail("invalid_client_id");
        if (!State.Secrets.Matches(secret ?? Value("client_secret") ?? "", client.SecretHash))
            return SlackAnswer.Fail("bad_client_secret");

        return Value("grant_type") switch
        {
            "refresh_token" => Refresh(client, Value("refresh_token") ?? ""),
            null or "authorization_code" => Exchange(client, Value("code") ?? "", Value("redirect_uri"), Value("code_verifier")),
            _ => SlackAnswer.Fail("invalid_grant_type"),
        };
    }

    private ConsentView View(PendingConsent request, string redirect, string? team) => new()
    {
        Vendor = "Slack",
        Glyph = Icons.Slack,
        AppName = request.Client.Name,
        Host = Host,
        Action = $"/{Host}/oauth/v2/authorize",
        RequestId = pending.Add(request),
        LeadsTo = Redirects.Origin(redirect),
        Accounts =
        [
            .. world.Teams().Where(t => team is null || t.Id == team)
                .OrderByDescending(t => t.Id == SlackSeed.Northwind)
                .SelectMany(t => world.Users(t.Id).Where(user => !user.IsBot)
                    .Select(user => new ConsentAccount($"{t.Id}/{user.Id}", user.RealName, $"{t.Name} · {user.Email}"))),
        ],
        Permissions =
        [
            .. request.Scopes.Select(scope => Permission(scope, "")),
            .. request.UserScopes.Select(scope => Permission(scope, "As you, with your own access")),
        ],
        Note = $"{request.Client.Name} is installed in the chosen person's workspace. Slack grants all of these or none.",
        Troubles = [("server_error", "server_error"), ("used_code", "code already used"), ("silence", "never return")],
    };

    private static ConsentPermission Permission(string name, string label)
    {
        var scope = SlackScopes.Find(name)!;
        return new ConsentPermission(name, scope.Sentence, scope.Class, Tickable: false, label);
    }

    private string Code(PendingConsent request, string account) => oauth.IssueCode("", new AuthorizationCode
    {
        Vendor = Vendor,
        ClientId = request.Client.ClientId,
        RedirectUri = request.RedirectUri,
        Account = account,
        Scopes = request.Scopes,
        UserScopes = request.UserScopes,
        Challenge = request.Challenge,
        ExpiresAt = default,
    });

    private SlackAnswer Exchange(OAuthClient client, string text, string? redirect, string? verifier)
    {
        var (result, code) = oauth.Redeem(Vendor, text, client.ClientId, redirect ?? "", verifier);
        if (code is null)
            return SlackAnswer.Fail(result switch
            {
                CodeResult.AlreadyUsed => "code_already_used",
                CodeResult.WrongRedirect => "bad_redirect_uri",
                CodeResult.VerifierMissing or CodeResult.VerifierWrong => "bad_pkce_code_verifier",
                _ => "invalid_code",
            });

        var (teamId, userId) = (code.Account.Split('/')[0], code.Account.Split('/')[1]);
        var person = new JsonObject { ["id"] = userId };
        if (code.UserScopes.Count > 0)
        {
            var mine = oauth.Widen(Vendor, client.ClientId, code.Account, code.UserScopes);
            person["scope"] = string.Join(',', mine.Scopes);
            Hand(person, client, mine, "user");
        }

        var team = world.Team(teamId);
        var answer = SlackAnswer.Ok(
            ("app_id", SlackWorld.AppId(client.ClientId)), ("authed_user", person),
            ("team", new JsonObject { ["id"] = teamId, ["name"] = team?.Name }));
        answer.Body["enterprise"] = null;
        answer.Body["is_enterprise_install"] = false;
        if (code.Scopes.Count > 0)
            HandBot(answer.Body, client, oauth.Widen(Vendor, client.ClientId, teamId, code.Scopes), world.EnsureBot(client, teamId));
        return answer;
    }

    private SlackAnswer Refresh(OAuthClient client, string text)
    {
        // Strict: a refresh token works once. Two callers with the same one make a winner and a loser.
        if (oauth.Find(Vendor, TokenKind.Refresh, text) is not { State: TokenState.Live } found
            || found.Grant!.ClientId != client.ClientId || !oauth.Spend(found.Token!.Hash))
            return SlackAnswer.Fail("invalid_refresh_token");

        var teamId = found.Grant.Subject.Split('/')[0];
        var answer = SlackAnswer.Ok(
            ("app_id", SlackWorld.AppId(client.ClientId)),
            ("team", new JsonObject { ["id"] = teamId, ["name"] = world.Team(teamId)?.Name }));
        answer.Body["enterprise"] = null;
        answer.Body["is_enterprise_install"] = false;
        if (found.Grant.Subject.Contains('/', StringComparison.Ordinal))
        {
            answer.Body["scope"] = string.Join(',', found.Grant.Scopes);
            Hand(answer.Body, client, found.Grant, "user");
        }
        else
        {
            HandBot(answer.Body, client, found.Grant, world.EnsureBot(client, teamId));
        }

        return answer;
    }

    private void HandBot(JsonObject body, OAuthClient client, Grant grant, SlackUser bot)
    {
        body["scope"] = string.Join(',', grant.Scopes);
        body["bot_user_id"] = bot.Id;
        Hand(body, client, grant, "bot");
    }

    private void Hand(JsonObject body, OAuthClient client, Grant grant, string type)
    {
        var look = type == "bot" ? "xoxb-" : "xoxp-";
        body["token_type"] = type;
        if (!client.RotateTokens)
        {
            body["access_token"] = oauth.Issue(grant, TokenKind.Access, look, null);
            return;
        }

        body["access_token"] = oauth.Issue(grant, TokenKind.Access, "xoxe." + look, RotatingLifetime);
        body["refresh_token"] = oauth.Issue(grant, TokenKind.Refresh, "xoxe-1-", null);
        body["expires_in"] = (int)RotatingLifetime.TotalSeconds;
    }
}
