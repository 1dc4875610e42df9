using Patchbay.Sandbox.Http;
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

    public async Task AuthorizeAsync(HttpContext context)
    {
        var query = context.Request.Query;
        string? Value(string name) => query[name] is [{ Length: > 0 } value, ..] ? value : null;

        var client = oauth.FindClient(Vendor, Value("client_id"));
        var redirect = Value("redirect_uri");
        var scopes = HubSpotScopes.Split(query["scope"]);
        var invalid = scopes.Where(scope => HubSpotScopes.Find(scope) is null).ToList();
        var problem = client switch
        {
            null => ("HubSpot does not know this app", "invalid_client", "We couldn't find an app with the client ID in this address."),
            _ when redirect is null => ("The return address is missing", "invalid_request", "The parameter redirect_uri is required."),
            _ when !client.RedirectUris.Contains(redirect) => ("The return address is not registered", "redirect_uri_mismatch", $"Redirect URL {redirect} doesn't match the redirect URLs of this app."),
            _ when scopes.Count == 0 => ("The app asks for nothing", "invalid_scope", "The parameter scope is required."),
            _ when invalid.Count > 0 => ("The app asks for scopes that do not exist", "invalid_scope", "These scopes are not valid: " + string.Join(", ", invalid)),
            _ when Value("code_challenge") is not null && Value("code_challenge_method") is not (null or "S256") => ("The request is not valid", "invalid_request", "code_challenge_method must be S256"),
            _ => default,
        };
        if (problem != default)
        {
            await ErrorPage.Of("HubSpot", HubSpotPage.Glyph, StatusCodes.Status400BadRequest, problem.Item1, problem.Item2, problem.Item3).WriteAsync(context);
            return;
        }

        var request = new PendingConsent
        {
            Vendor = Vendor,
            Client = client!,
            RedirectUri = redirect!,
            State = Value("state"),
            Scopes = scopes,
            // HubSpot's second list: what the app can live without. Unknown ones are dropped as the unavailable are.
            UserScopes = [.. HubSpotScopes.Split(query["optional_scope"]).Where(scope => HubSpotScopes.Find(scope) is not null).Except(scopes)],
            Challenge = Value("code_challenge"),
        };
        await ConsentPage.Of(View(request)).WriteAsync(context);
    }

    public async Task AnswerAsync(HttpContext context)
    {
        var form = await Forms.ReadAsync(context);
        if (Forms.FromElsewhere(context.Request) || pending.Take(form["request"], Vendor) is not { } request || world.User(form["account"]) is not { } user)
        {
            await ErrorPage.Of("HubSpot", HubSpotPage.Glyph, StatusCodes.Status400BadRequest, "This page was already answered", "stale_request",
                "The consent page works once and for ten minutes. Go back to the app and start again.").WriteAsync(context);
            return;
        }

        var lacks = world.Portal(user.Portal)!.Lacks;
        var state = ("state", request.State ?? "");
        switch (form["decision"].ToString())
        {
            // A required scope that the account's plan does not have blocks the installation, and no app is told.
            case "allow" or "used_code" when request.Scopes.Intersect(lacks).ToList() is { Count: > 0 } missing:
                await ErrorPage.Of("HubSpot", HubSpotPage.Glyph, StatusCodes.Status403Forbidden, "This app cannot be connected to this account", "insufficient_scopes",
                    $"{world.Portal(user.Portal)!.Name} does not have access to: {string.Join(", ", missing)}. Choose another account, or ask the app's maker to make them optional.").WriteAsync(context);
                break;
            case "allow":
                Redirects.Send(context, request.RedirectUri, ("code", Code(request, user, lacks)), state);
                break;
            case "used_code":
                var code = Code(request, user, lacks);
                oauth.Redeem(Vendor, code, request.Client.ClientId, request.RedirectUri, null);
                Redirects.Send(context, request.RedirectUri, ("code", code), state);
                break;
            case "server_error":
                Redirects.Send(context, request.RedirectUri, ("error", "server_error"), ("error_description", "Something went wrong while connecting the app"), state);
                break;
            case "silence":
                await Redirects.SilenceAsync(context, "HubSpot", HubSpotPage.Glyph);
                break;
            default:
                Redirects.Send(context, request.RedirectUri, ("error", "access_denied"), ("error_description", "The user denied access to the app"), state);
                break;
        }
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
