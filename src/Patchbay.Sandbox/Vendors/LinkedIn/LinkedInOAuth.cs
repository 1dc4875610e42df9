using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.Pages;

namespace Patchbay.Sandbox.Vendors.LinkedIn;

/// <summary>www.linkedin.com/oauth/v2/authorization: all scopes or none, and no PKCE.</summary>
internal sealed class LinkedInOAuth(OAuthStore oauth, PendingConsents pending, LinkedInWorld world)
{
    public const string Vendor = "linkedin";
    public const string Host = "www.linkedin.com";
    public const string Path = "/oauth/v2/authorization";
    private static readonly ConsentAnswer.Face Face = new("LinkedIn", LinkedInIcons.Tile);

    public async Task AuthorizeAsync(HttpContext context)
    {
        var asked = new AuthorizeRequest(context, oauth, Vendor);
        var problem = asked.Client switch
        {
            null => ("LinkedIn does not know this app", "invalid_client_id", "The passed in client_id is invalid"),
            _ when asked.Redirect is null => ("The request is not valid", "invalid_request", "You need to pass the \"redirect_uri\" parameter"),
            _ when !asked.Registers(asked.Redirect) => ("The return address is not registered", "invalid_redirect_uri", "The redirect_uri does not match the registered value"),
            _ => default,
        };
        if (problem != default)
        {
            await ErrorPage.Of("LinkedIn", LinkedInIcons.Tile, StatusCodes.Status400BadRequest, problem.Item1, problem.Item2, problem.Item3).WriteAsync(context);
            return;
        }

        var state = ("state", asked.Value("state") ?? "");
        var scopes = LinkedInScopes.Split(asked.Value("scope"));
        if (asked.Value("response_type") is not "code")
        {
            Redirects.Send(context, asked.Redirect!, ("error", "unsupported_response_type"), ("error_description", "Requested response type is not supported"), state);
            return;
        }

        // What the app's products do not include, the person is never asked for.
        var wrong = scopes.FirstOrDefault(scope => !LinkedInScopes.Known(scope) || asked.Client!.Scopes?.Contains(scope) == false);
        if (scopes.Count == 0 || wrong is not null)
        {
            Redirects.Send(context, asked.Redirect!, ("error", "unauthorized_scope_error"),
                ("error_description", wrong is null ? "No scope was requested" : $"Scope \"{wrong}\" is not authorized for your application"), state);
            return;
        }

        // LinkedIn has no PKCE for apps of this kind: a challenge is read by nobody.
        await ConsentPage.Of(View(asked.Pending(scopes) with { Challenge = null })).WriteAsync(context);
    }

    public async Task AnswerAsync(HttpContext context)
    {
        if (await ConsentAnswer.TakeAsync(context, pending, Vendor, Face, id => world.Member(id) is not null) is not { } answer)
            return;
        if (answer.Decision == "cancel_login")
        {
            answer.Refuse("user_cancelled_login", "The user cancelled LinkedIn login");
            return;
        }

        await answer.FinishAsync(oauth, () => Code(answer.Request, world.Member(answer.Account)!),
            denied: ("user_cancelled_authorize", "The user cancelled the authorization"));
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
