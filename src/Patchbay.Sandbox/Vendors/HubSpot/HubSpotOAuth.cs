using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.Pages;
using Patchbay.Sandbox.Vendors.HubSpot.Crm;

namespace Patchbay.Sandbox.Vendors.HubSpot;

/// <summary>app.hubspot.com: choosing a portal, and saying yes to all that is required.</summary>
internal sealed class HubSpotOAuth(OAuthStore oauth, PendingConsents pending, CrmWorld world)
{
    public const string Vendor = "hubspot";
    public const string Host = "app.hubspot.com";
    public const string Path = "/oauth/authorize";
    private static readonly ConsentAnswer.Face Face = new("HubSpot", HubSpotPage.Glyph);

    public async Task AuthorizeAsync(HttpContext context)
    {
        var asked = new AuthorizeRequest(context, oauth, Vendor);
        var scopes = HubSpotScopes.Split(asked.Value("scope"));
        var invalid = scopes.Where(scope => HubSpotScopes.Find(scope) is null).ToList();
        var problem = asked.Client switch
        {
            null => ("HubSpot does not know this app", "invalid_client", "We couldn't find an app with the client ID in this address."),
            _ when asked.Redirect is null => ("The return address is missing", "invalid_request", "The parameter redirect_uri is required."),
            _ when !asked.Registers(asked.Redirect) => ("The return address is not registered", "redirect_uri_mismatch", $"Redirect URL {asked.Redirect} doesn't match the redirect URLs of this app."),
            _ when scopes.Count == 0 => ("The app asks for nothing", "invalid_scope", "The parameter scope is required."),
            _ when invalid.Count > 0 => ("The app asks for scopes that do not exist", "invalid_scope", "These scopes are not valid: " + string.Join(", ", invalid)),
            _ when asked.Challenge is not null && asked.Value("code_challenge_method") is not (null or "S256") => ("The request is not valid", "invalid_request", "code_challenge_method must be S256"),
            _ => default,
        };
        if (problem != default)
        {
            await ErrorPage.Of("HubSpot", HubSpotPage.Glyph, StatusCodes.Status400BadRequest, problem.Item1, problem.Item2, problem.Item3).WriteAsync(context);
            return;
        }

        var request = asked.Pending(scopes) with
        {
            // HubSpot's second list: what the app can live without. Unknown ones are dropped as the unavailable are.
            UserScopes = [.. HubSpotScopes.Split(asked.Value("optional_scope")).Where(scope => HubSpotScopes.Find(scope) is not null).Except(scopes)],
        };
        await ConsentPage.Of(View(request)).WriteAsync(context);
    }

    public async Task AnswerAsync(HttpContext context)
    {
        if (await ConsentAnswer.TakeAsync(context, pending, Vendor, Face, id => world.User(id) is not null) is not { } answer)
            return;
        var request = answer.Request;
        var user = world.User(answer.Account)!;
        var portal = world.Portal(user.Portal)!;
        // A required scope that the account's plan does not have blocks the installation, and no app is told.
        if (answer.Decision is "allow" or "used_code" && request.Scopes.Intersect(portal.Lacks).ToList() is { Count: > 0 } missing)
        {
            await ErrorPage.Of("HubSpot", HubSpotPage.Glyph, StatusCodes.Status403Forbidden, "This app cannot be connected to this account", "insufficient_scopes",
                $"{portal.Name} does not have access to: {string.Join(", ", missing)}. Choose another account, or ask the app's maker to make them optional.").WriteAsync(context);
            return;
        }

        await answer.FinishAsync(oauth, () => Code(request, user, portal.Lacks),
            denied: ("access_denied", "The user denied access to the app"), failed: ("server_error", "Something went wrong while connecting the app"));
    }

    private ConsentView View(PendingConsent request) => new()
    {
        Vendor = "HubSpot",
        Glyph = HubSpotPage.Glyph,
        AppName = request.Client.Name,
        Host = Host,
        Action = $"/{Host}{Path}",
        RequestId = pending.Add(request),
        LeadsTo = Redirects.Origin(request.RedirectUri),
        Accounts =
        [
            .. world.Portals().OrderBy(portal => portal.Lacks.Count).SelectMany(portal => world.Users(portal.Id)
                .Select(user => new ConsentAccount(user.Subject, user.Name, $"{portal.Name} · {portal.Id} · {portal.Plan}"))),
        ],
        Permissions =
        [
            .. request.Scopes.Select(scope => Permission(scope, "")),
            .. request.UserScopes.Select(scope => Permission(scope, "Optional: left out where the account's plan lacks it")),
        ],
        Note = $"{request.Client.Name} is connected to the chosen account. HubSpot grants all of these or none.",
        Troubles = [("server_error", "server_error"), ("used_code", "code already used"), ("silence", "never return")],
    };

    private static ConsentPermission Permission(string name, string label)
    {
        var scope = HubSpotScopes.Find(name)!;
        return new ConsentPermission(name, scope.Sentence, scope.Class, Tickable: false, label);
    }

    private string Code(PendingConsent request, HubUser user, IReadOnlyList<string> lacks) => oauth.IssueCode("na1-", new AuthorizationCode
    {
        Vendor = Vendor,
        ClientId = request.Client.ClientId,
        RedirectUri = request.RedirectUri,
        Account = user.Subject,
        // Every app may ask whose account it is connected to, whether it named the base scope or not.
        Scopes = [.. request.Scopes.Concat(request.UserScopes.Except(lacks)).Append(HubSpotScopes.Base).Distinct()],
        Challenge = request.Challenge,
        ExpiresAt = default,
    });
}
