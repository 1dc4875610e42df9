using System.Globalization;
using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.Pages;
using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Vendors.TikTok;

/// <summary>www.tiktok.com: the page on which a creator chooses what an app may see.</summary>
internal sealed class TikTokOAuth(OAuthStore oauth, PendingConsents pending, TikTokWorld world)
{
    public const string Vendor = "tiktok";
    public const string Host = "www.tiktok.com";
    public const string Path = "/v2/auth/authorize";
    private const string Denied = "The user did not authorize the app";
    private static readonly ConsentAnswer.Face Face = new("TikTok", TikTokPage.Glyph);

    public async Task AuthorizeAsync(HttpContext context)
    {
        var asked = new AuthorizeRequest(context, oauth, Vendor, clientParameter: "client_key");
        var scopes = TikTokScopes.Split(asked.Value("scope"));
        var invalid = scopes.Where(scope => TikTokScopes.Find(scope) is null).ToList();
        // TikTok names the parameter that is wrong, and nothing else.
        var problem = asked.Client switch
        {
            null => ("client_key", "The client key is missing or belongs to no app."),
            _ when !asked.Registers(asked.Redirect) => ("redirect_uri", $"The redirect URI {asked.Redirect} is not registered for this app."),
            _ when asked.Value("response_type") is not "code" => ("response_type", "response_type must be code."),
            _ when scopes.Count == 0 => ("scope", "The parameter scope is missing."),
            _ when invalid.Count > 0 => ("scope", "The app may not ask for: " + string.Join(", ", invalid)),
            _ when asked.ChallengeIsOdd || asked.Challenge is { } odd && Stored(odd) is null => ("code_challenge", "The challenge must be the SHA-256 of the verifier in hexadecimal, with code_challenge_method S256."),
            _ => default,
        };
        if (problem != default)
        {
            await ErrorPage.Of("TikTok", TikTokPage.Glyph, StatusCodes.Status400BadRequest, "Something went wrong", problem.Item1, problem.Item2).WriteAsync(context);
            return;
        }

        var request = asked.Pending(scopes) with { Challenge = asked.Challenge is { } challenge ? Stored(challenge) : null };
        await ConsentPage.Of(View(request)).WriteAsync(context);
    }

    public async Task AnswerAsync(HttpContext context)
    {
        if (await ConsentAnswer.TakeAsync(context, pending, Vendor, Face, id => world.Account(id) is not null) is not { } answer)
            return;
        var ticked = answer.Form["scope"];
        IReadOnlyList<string> granted = [.. answer.Request.Scopes.Where(scope => !Tickable(scope) || ticked.Contains(scope))];
        if (answer.Decision == "allow" && granted.Count == 0)
        {
            answer.Refuse("access_denied", Denied);
            return;
        }

        await answer.FinishAsync(oauth, () => Code(answer.Request, world.Account(answer.Account)!, granted), ("scopes", string.Join(',', granted)),
            denied: ("access_denied", Denied), failed: ("server_error", "Something went wrong"));
    }

    /// <summary>
    /// TikTok's challenge is the hexadecimal SHA-256 of the verifier, where RFC 7636 has base64url of the same bytes.
    /// What is kept is the RFC's form; null when it is no such challenge.
    /// </summary>
    public static string? Stored(string challenge) =>
        challenge.Length == 64 && challenge.All(char.IsAsciiHexDigit) ? Secrets.Base64Url(Convert.FromHexString(challenge)) : null;

    private ConsentView View(PendingConsent request) => new()
    {
        Vendor = "TikTok",
        Glyph = TikTokPage.Glyph,
        AppName = request.Client.Name,
        Host = Host,
        Action = $"/{Host}{Path}/",
        RequestId = pending.Add(request),
        LeadsTo = Redirects.Origin(request.RedirectUri),
        Accounts = [.. world.Accounts().Select(account => new ConsentAccount(account.Id, account.DisplayName, $"@{account.Username} · {account.Followers.ToString("#,##0", CultureInfo.InvariantCulture)} followers"))],
        Permissions =
        [
            .. request.Scopes.Select(name => TikTokScopes.Find(name)!).OrderBy(scope => Tickable(scope.Name))
                .Select(scope => new ConsentPermission(scope.Name, scope.Sentence, scope.Class, Tickable(scope.Name), Tickable(scope.Name) ? "" : "Always on")),
        ],
        Note = $"{request.Client.Name} sees this one profile. Everything but name and picture can be switched off.",
        Troubles = [("server_error", "server_error"), ("used_code", "code already used"), ("silence", "never return")],
    };

    private static bool Tickable(string scope) => scope != TikTokScopes.Basic;

    private string Code(PendingConsent request, TikTokAccount account, IReadOnlyList<string> granted) => oauth.IssueCode("", new AuthorizationCode
    {
        Vendor = Vendor,
        ClientId = request.Client.ClientId,
        RedirectUri = request.RedirectUri,
        Account = account.Id,
        Scopes = granted,
        Challenge = request.Challenge,
        ExpiresAt = default,
    });
}
