using System.Globalization;
using Patchbay.Sandbox.Http;
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

    public async Task AuthorizeAsync(HttpContext context)
    {
        var query = context.Request.Query;
        string? Value(string name) => query[name] is [{ Length: > 0 } value, ..] ? value : null;

        var client = oauth.FindClient(Vendor, Value("client_key"));
        var redirect = Value("redirect_uri");
        var scopes = TikTokScopes.Split(query["scope"]);
        var invalid = scopes.Where(scope => TikTokScopes.Find(scope) is null).ToList();
        var challenge = Value("code_challenge");
        // TikTok names the parameter that is wrong, and nothing else.
        var problem = client switch
        {
            null => ("client_key", "The client key is missing or belongs to no app."),
            _ when redirect is null || !client.RedirectUris.Contains(redirect) => ("redirect_uri", $"The redirect URI {redirect} is not registered for this app."),
            _ when Value("response_type") is not "code" => ("response_type", "response_type must be code."),
            _ when scopes.Count == 0 => ("scope", "The parameter scope is missing."),
            _ when invalid.Count > 0 => ("scope", "The app may not ask for: " + string.Join(", ", invalid)),
            _ when challenge is not null && (Value("code_challenge_method") is not "S256" || Stored(challenge) is null) => ("code_challenge", "The challenge must be the SHA-256 of the verifier in hexadecimal, with code_challenge_method S256."),
            _ => default,
        };
        if (problem != default)
        {
            await ErrorPage.Of("TikTok", TikTokPage.Glyph, StatusCodes.Status400BadRequest, "Something went wrong", problem.Item1, problem.Item2).WriteAsync(context);
            return;
        }

        var request = new PendingConsent
        {
            Vendor = Vendor,
            Client = client!,
            RedirectUri = redirect!,
            State = Value("state"),
            Scopes = scopes,
            Challenge = challenge is null ? null : Stored(challenge),
        };
        await ConsentPage.Of(View(request)).WriteAsync(context);
    }

    public async Task AnswerAsync(HttpContext context)
    {
        var form = await Forms.ReadAsync(context);
        if (Forms.FromElsewhere(context.Request) || pending.Take(form["request"], Vendor) is not { } request || world.Account(form["account"]) is not { } account)
        {
            await ErrorPage.Of("TikTok", TikTokPage.Glyph, StatusCodes.Status400BadRequest, "This page was already answered", "stale_request",
                "The consent page works once and for ten minutes. Go back to the app and start again.").WriteAsync(context);
            return;
        }

        var state = ("state", request.State ?? "");
        var ticked = form["scope"];
        IReadOnlyList<string> granted = [.. request.Scopes.Where(scope => !Tickable(scope) || ticked.Contains(scope))];
        var scopes = ("scopes", string.Join(',', granted));
        switch (form["decision"].ToString())
        {
            case "allow" when granted.Count > 0:
                Redirects.Send(context, request.RedirectUri, ("code", Code(request, account, granted)), scopes, state);
                break;
            case "used_code":
                var code = Code(request, account, granted);
                oauth.Redeem(Vendor, code, request.Client.ClientId, request.RedirectUri, null);
                Redirects.Send(context, request.RedirectUri, ("code", code), scopes, state);
                break;
            case "server_error":
                Redirects.Send(context, request.RedirectUri, ("error", "server_error"), ("error_description", "Something went wrong"), state);
                break;
            case "silence":
                await Redirects.SilenceAsync(context, "TikTok", TikTokPage.Glyph);
                break;
            default:
                Redirects.Send(context, request.RedirectUri, ("error", "access_denied"), ("error_description", "The user did not authorize the app"), state);
                break;
        }
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
