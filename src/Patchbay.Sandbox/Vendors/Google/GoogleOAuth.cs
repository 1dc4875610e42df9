using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.Pages;

namespace Patchbay.Sandbox.Vendors.Google;

/// <summary>accounts.google.com: the consent page with tick boxes, and what is answered to it.</summary>
internal sealed class GoogleOAuth(OAuthStore oauth, PendingConsents pending, GoogleAccounts accounts)
{
    public const string Vendor = "google";
    public const string Host = "accounts.google.com";
    public const string Path = "/o/oauth2/v2/auth";
    private static readonly ConsentAnswer.Face Face = new("Google", Icons.Google);

    public async Task AuthorizeAsync(HttpContext context)
    {
        var asked = new AuthorizeRequest(context, oauth, Vendor);
        var scopes = GoogleScopes.Split(asked.Value("scope"));
        var invalid = scopes.Where(scope => GoogleScopes.Find(scope) is null).ToList();
        var problem = asked.Client switch
        {
            _ when asked.Value("client_id") is null => (400, "invalid_request", "Missing required parameter: client_id"),
            null => (401, "invalid_client", "The OAuth client was not found."),
            _ when asked.Redirect is null => (400, "invalid_request", "Missing required parameter: redirect_uri"),
            _ when !asked.Registers(asked.Redirect) => (400, "redirect_uri_mismatch", $"The redirect URI in the request, {asked.Redirect}, does not match the ones authorized for the OAuth client."),
            _ when asked.Value("response_type") is not "code" => (400, "unsupported_response_type", "response_type must be code"),
            _ when scopes.Count == 0 => (400, "invalid_request", "Missing required parameter: scope"),
            _ when invalid.Count > 0 => (400, "invalid_scope", $"Some requested scopes were invalid. {{invalid=[{string.Join(", ", invalid)}]}}"),
            _ when asked.ChallengeIsOdd => (400, "invalid_request", "code_challenge_method must be S256"),
            _ => default,
        };
        if (problem != default)
        {
            await ErrorPage.Of("Google", Icons.Google, problem.Item1, "Access blocked: this app's request is invalid", problem.Item2, $"Error {problem.Item1}: {problem.Item3}").WriteAsync(context);
            return;
        }

        var prompts = (asked.Value("prompt") ?? "").Split(' ');
        var request = asked.Pending(scopes) with
        {
            Offline = asked.Value("access_type") is "offline",
            AskAgain = prompts.Contains("consent"),
            IncludeGranted = asked.Value("include_granted_scopes") is "true",
        };
        await ConsentPage.Of(View(request, asked.Value("login_hint"))).WriteAsync(context);
    }

    public async Task AnswerAsync(HttpContext context)
    {
        if (await ConsentAnswer.TakeAsync(context, pending, Vendor, Face, id => accounts.Get(id) is not null) is not { } answer)
            return;
        var request = answer.Request;
        var account = accounts.Get(answer.Account)!;
        var granted = Granted(request, answer.Form["scope"]);
        var scope = ("scope", string.Join(' ', granted));
        switch (answer.Decision)
        {
            case "allow" when granted.Count == 0:
                answer.Refuse("access_denied");
                break;
            case "no_refresh":
                answer.SendCode(Code(request, account, granted, mayRefresh: false), scope);
                break;
            default:
                await answer.FinishAsync(oauth, () => Code(request, account, granted, mayRefresh: answer.Decision == "allow"), scope);
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
