using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.Pages;

namespace Patchbay.Sandbox.Vendors.LinkedIn;

/// <summary>www.linkedin.com/oauth/v2/authorization: all scopes or none, and no PKCE.</summary>
internal sealed class LinkedInOAuth(OAuthStore oauth, PendingConsents pending, LinkedInWorld world)
{
    public const string Vendor = "linkedin";
    public const string Host = "www.linkedin.com";
    public const string Path = "/oauth/v2/authorization";

    public async Task AuthorizeAsync(HttpContext context)
    {
        var query = context.Request.Query;
        string? Value(string name) => query[name] is [{ Length: > 0 } value, ..] ? value : null;

        var client = oauth.FindClient(Vendor, Value("client_id"));
        var redirect = Value("redirect_uri");
        var problem = client switch
        {
            null => ("LinkedIn does not know this app", "invalid_client_id", "The passed in client_id is invalid"),
            _ when redirect is null => ("The request is not valid", "invalid_request", "You need to pass the \"redirect_uri\" parameter"),
            _ when !client.RedirectUris.Contains(redirect) => ("The return address is not registered", "invalid_redirect_uri", "The redirect_uri does not match the registered value"),
            _ => default,
        };
        if (problem != default)
        {
            await ErrorPage.Of("LinkedIn", LinkedInIcons.Tile, StatusCodes.Status400BadRequest, problem.Item1, problem.Item2, problem.Item3).WriteAsync(context);
            return;
        }

        var state = ("state", Value("state") ?? "");
        var scopes = LinkedInScopes.Split(Value("scope"));
        if (Value("response_type") is not "code")
        {
            Redirects.Send(context, redirect!, ("error", "unsupported_response_type"), ("error_description", "Requested response type is not supported"), state);
            return;
        }

        // What the app's products do not include, the person is never asked for.
        var wrong = scopes.FirstOrDefault(scope => !LinkedInScopes.Known(scope) || client!.Scopes?.Contains(scope) == false);
        if (scopes.Count == 0 || wrong is not null)
        {
            Redirects.Send(context, redirect!, ("error", "unauthorized_scope_error"),
                ("error_description", wrong is null ? "No scope was requested" : $"Scope \"{wrong}\" is not authorized for your application"), state);
            return;
        }

        await ConsentPage.Of(View(new PendingConsent
        {
            Vendor = Vendor,
            Client = client!,
            RedirectUri = redirect!,
            State = Value("state"),
            Scopes = scopes,
            Nonce = Value("nonce"),
        })).WriteAsync(context);
    }

    public async Task AnswerAsync(HttpContext context)
    {
        var form = await Forms.ReadAsync(context);
        if (Forms.FromElsewhere(context.Request)
            || pending.Take(form["request"], Vendor) is not { } request
            || world.Member(form["account"]) is not { } member)
        {
            await ErrorPage.Of("LinkedIn", LinkedInIcons.Tile, StatusCodes.Status400BadRequest, "This page was already answered", "stale_request",
                "The consent page works once and for ten minutes. Go back to the app and start again.").WriteAsync(context);
            return;
        }

        var state = ("state", request.State ?? "");
        switch (form["decision"].ToString())
        {
            case "allow":
                Redirects.Send(context, request.RedirectUri, ("code", Code(request, member)), state);
                break;
            case "used_code":
                var code = Code(request, member);
                oauth.Redeem(Vendor, code, request.Client.ClientId, request.RedirectUri, null);
                Redirects.Send(context, request.RedirectUri, ("code", code), state);
                break;
            case "cancel_login":
                Redirects.Send(context, request.RedirectUri, ("error", "user_cancelled_login"), ("error_description", "The user cancelled LinkedIn login"), state);
                break;
            case "server_error":
                Redirects.Send(context, request.RedirectUri, ("error", "server_error"), state);
                break;
            case "silence":
                await Redirects.SilenceAsync(context, "LinkedIn", LinkedInIcons.Tile);
                break;
            default:
                Redirects.Send(context, request.RedirectUri, ("error", "user_cancelled_authorize"), ("error_description", "The user cancelled the authorization"), state);
                break;
        }
    }

    private ConsentView View(PendingConsent request) => new()
    {
        Vendor = "LinkedIn",
        Glyph = LinkedInIcons.Tile,
        AppName = request.Client.Name,
        Host = Host,
        Action = $"/{Host}{Path}",
        RequestId = pending.Add(request),
        LeadsTo = Redirects.Origin(request.RedirectUri),
        Accounts = [.. world.Members().Select(member => new ConsentAccount(member.Id, member.Name, member.Headline))],
        Permissions = [.. LinkedInScopes.All.Where(scope => request.Scopes.Contains(scope.Name)).Select(scope => new ConsentPermission(scope.Name, scope.Sentence, scope.Class, Tickable: false))],
        Note = $"LinkedIn grants all of these or none, for 60 days. {request.Client.Name} has to ask again after that.",
        Troubles = [("cancel_login", "cancel at sign-in"), ("server_error", "server_error"), ("used_code", "code already used"), ("silence", "never return")],
    };

    private string Code(PendingConsent request, LinkedInMember member) => oauth.IssueCode("AQR", new AuthorizationCode
    {
        Vendor = Vendor,
        ClientId = request.Client.ClientId,
        RedirectUri = request.RedirectUri,
        Account = member.Id,
        Scopes = request.Scopes,
        Nonce = request.Nonce,
        ExpiresAt = default,
    });
}
