using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.Pages;

namespace Patchbay.Sandbox.Vendors.Google;

/// <summary>accounts.google.com: the consent page with tick boxes, and what is answered to it.</summary>
internal sealed class GoogleOAuth(OAuthStore oauth, PendingConsents pending, GoogleAccounts accounts)
{
    public const string Vendor = "google";
    public const string Host = "accounts.google.com";
    public const string Path = "/o/oauth2/v2/auth";

    public async Task AuthorizeAsync(HttpContext context)
    {
        var query = context.Request.Query;
        string? Value(string name) => query[name] is [{ Length: > 0 } value, ..] ? value : null;

        var client = oauth.FindClient(Vendor, Value("client_id"));
        var redirect = Value("redirect_uri");
        var scopes = GoogleScopes.Split(query["scope"]);
        var invalid = scopes.Where(scope => GoogleScopes.Find(scope) is null).ToList();
        var problem = client switch
        {
            _ when Value("client_id") is null => (400, "invalid_request", "Missing required parameter: client_id"),
            null => (401, "invalid_client", "The OAuth client was not found."),
            _ when redirect is null => (400, "invalid_request", "Missing required parameter: redirect_uri"),
            _ when !client.RedirectUris.Contains(redirect) => (400, "redirect_uri_mismatch", $"The redirect URI in the request, {redirect}, does not match the ones authorized for the OAuth client."),
            _ when Value("response_type") is not "code" => (400, "unsupported_response_type", "response_type must be code"),
            _ when scopes.Count == 0 => (400, "invalid_request", "Missing required parameter: scope"),
            _ when invalid.Count > 0 => (400, "invalid_scope", $"Some requested scopes were invalid. {{invalid=[{string.Join(", ", invalid)}]}}"),
            _ when Value("code_challenge") is not null && Value("code_challenge_method") is not "S256" => (400, "invalid_request", "code_challenge_method must be S256"),
            _ => default,
        };
        if (problem != default)
        {
            await ErrorPage.Of("Google", Icons.Google, problem.Item1, "Access blocked: this app's request is invalid", problem.Item2, $"Error {problem.Item1}: {problem.Item3}").WriteAsync(context);
            return;
        }

        var prompts = (Value("prompt") ?? "").Split(' ');
        var request = new PendingConsent
        {
            Vendor = Vendor,
            Client = client!,
            RedirectUri = redirect!,
            State = Value("state"),
            Scopes = scopes,
            Challenge = Value("code_challenge"),
            Nonce = Value("nonce"),
            Offline = Value("access_type") is "offline",
            AskAgain = prompts.Contains("consent"),
            IncludeGranted = Value("include_granted_scopes") is "true",
        };
        await ConsentPage.Of(View(request, Value("login_hint"))).WriteAsync(context);
    }

    public async Task AnswerAsync(HttpContext context)
    {
        var form = await Forms.ReadAsync(context);
        if (Forms.FromElsewhere(context.Request)
            || pending.Take(form["request"], Vendor) is not { } request
            || accounts.Get(form["account"]) is not { } account)
        {
            await ErrorPage.Of("Google", Icons.Google, StatusCodes.Status400BadRequest, "This page was already answered", "stale_request",
                "The consent page works once and for ten minutes. Go back to the app and start again.").WriteAsync(context);
            return;
        }

        var state = ("state", request.State ?? "");
        var granted = Granted(request, form["scope"]);
        switch (form["decision"].ToString())
        {
            case "allow" when granted.Count > 0:
                Redirects.Send(context, request.RedirectUri, state, ("code", Code(request, account, granted, mayRefresh: true)), ("scope", string.Join(' ', granted)));
                break;
            case "no_refresh":
                Redirects.Send(context, request.RedirectUri, state, ("code", Code(request, account, granted, mayRefresh: false)), ("scope", string.Join(' ', granted)));
                break;
            case "used_code":
                var code = Code(request, account, granted, mayRefresh: false);
                oauth.Redeem(Vendor, code, request.Client.ClientId, request.RedirectUri, null);
                Redirects.Send(context, request.RedirectUri, state, ("code", code), ("scope", string.Join(' ', granted)));
                break;
            case "server_error":
                Redirects.Send(context, request.RedirectUri, ("error", "server_error"), state);
                break;
            case "silence":
                await Redirects.SilenceAsync(context, "Google", Icons.Google);
                break;
            default:
                Redirects.Send(context, request.RedirectUri, ("error", "access_denied"), state);
                break;
        }
    }

    private ConsentView View(PendingConsent request, string? hint) => new()
    {
        Vendor = "Google",
        Glyph = Icons.Google,
        AppName = request.Client.Name,
        Host = Host,
        Action = $"/{Host}{Path}",
        RequestId = pending.Add(request),
        LeadsTo = Redirects.Origin(request.RedirectUri),
        Accounts =
        [
            .. accounts.All().OrderByDescending(account => string.Equals(account.Email, hint, StringComparison.OrdinalIgnoreCase))
                .Select(account => new ConsentAccount(account.Id, account.Name, account.Email)),
        ],
        Permissions =
        [
            .. request.Scopes.Select(name => GoogleScopes.Find(name)!).OrderBy(scope => scope.SignIn)
                .Select(scope => new ConsentPermission(scope.Name, scope.Sentence, scope.Class, Tickable(request, scope), scope.SignIn ? "Comes with signing in" : "")),
        ],
        Note = $"{request.Client.Name} gets what you tick for this one account. Others in your organisation are not affected.",
        Troubles = [("server_error", "server_error"), ("used_code", "code already used"), ("no_refresh", "no refresh token"), ("silence", "never return")],
    };

    /// <summary>Google shows tick boxes only when more than one scope besides signing in is asked for.</summary>
    private static bool Tickable(PendingConsent request, GoogleScope scope) =>
        !scope.SignIn && request.Scopes.Count(name => !GoogleScopes.Find(name)!.SignIn) > 1;

    private static List<string> Granted(PendingConsent request, Microsoft.Extensions.Primitives.StringValues ticked) =>
        [.. request.Scopes.Where(name => !Tickable(request, GoogleScopes.Find(name)!) || ticked.Contains(name))];

    private string Code(PendingConsent request, GoogleAccount account, IReadOnlyList<string> granted, bool mayRefresh)
    {
        // The first consent for this account gets a refresh token; later ones only when the app insists.
        var before = oauth.FindGrant(Vendor, request.Client.ClientId, account.Id);
        var first = before is not { Ended: false, Offline: true };
        return oauth.IssueCode("4/0A", new AuthorizationCode
        {
            Vendor = Vendor,
            ClientId = request.Client.ClientId,
            RedirectUri = request.RedirectUri,
            Account = account.Id,
            Scopes = granted,
            Challenge = request.Challenge,
            Nonce = request.Nonce,
            WithRefresh = mayRefresh && request.Offline && (first || request.AskAgain),
            WithEarlierScopes = request.IncludeGranted,
            ExpiresAt = default,
        });
    }
}
