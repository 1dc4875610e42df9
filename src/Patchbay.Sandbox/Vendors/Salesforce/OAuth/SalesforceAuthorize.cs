using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.Pages;
using Patchbay.Sandbox.State;
using Patchbay.Sandbox.Vendors.Salesforce.Records;
using Patchbay.Sandbox.Vendors.Salesforce.Schema;

namespace Patchbay.Sandbox.Vendors.Salesforce.OAuth;

/// <summary>/services/oauth2/authorize: all that is asked for or nothing.</summary>
internal sealed class SalesforceAuthorize(OAuthStore oauth, PendingConsents pending, RecordStore records)
{
    public const string Vendor = "salesforce";
    public const string Path = "/services/oauth2/authorize";
    private static readonly ConsentAnswer.Face Face = new("Salesforce", SalesforceGlyph.Tile);

    public async Task AuthorizeAsync(HttpContext context)
    {
        var asked = new AuthorizeRequest(context, oauth, Vendor);
        var redirect = asked.Redirect ?? asked.Client?.RedirectUris[0];
        var problem = asked.Client switch
        {
            null => ("invalid_client_id", "client identifier invalid"),
            _ when !asked.Registers(redirect) => ("redirect_uri_mismatch", "redirect_uri must match configuration"),
            _ => default,
        };
        if (problem != default)
        {
            await ErrorPage.Of("Salesforce", SalesforceGlyph.Tile, StatusCodes.Status400BadRequest, "We can't authorize this app", problem.Item1, problem.Item2).WriteAsync(context);
            return;
        }

        var scopes = asked.Value("scope") is { } named ? SalesforceScopes.Split(named) : [SalesforceScopes.Api, "id", SalesforceScopes.Refresh];
        var refusal = (asked.Value("response_type"), asked.Value("code_challenge_method")) switch
        {
            (not "code", _) => ("unsupported_response_type", "response type not supported"),
            _ when scopes.FirstOrDefault(scope => SalesforceScopes.Find(scope) is null) is { } unknown => ("invalid_scope", $"the requested scope is invalid, unknown, or malformed: {unknown}"),
            (_, not (null or "S256")) => ("invalid_request", "code challenge method must be S256"),
            _ => default,
        };
        if (refusal != default)
        {
            Redirects.Send(context, redirect!, ("error", refusal.Item1), ("error_description", refusal.Item2), ("state", asked.Value("state") ?? ""));
            return;
        }

        // Some clients send a challenge without its method; there is only one. And an address that was left out is the registered one,
        // also where the token request names it.
        await ConsentPage.Of(View(asked.Pending(scopes) with { RedirectUri = redirect! }, redirect!, VendorPath.Host(context.Request.Path), asked.Value("login_hint"))).WriteAsync(context);
    }

    public async Task AnswerAsync(HttpContext context)
    {
        var org = SalesforceOrgs.AtHost(VendorPath.Host(context.Request.Path));
        if (await ConsentAnswer.TakeAsync(context, pending, Vendor, Face, id => records.Living(org.Id, id) is { Type: "User" }) is not { } answer)
            return;
        if (answer.Decision == "blocked")
        {
            answer.Refuse("OAUTH_APP_BLOCKED", "this app is blocked by admin");
            return;
        }

        await answer.FinishAsync(oauth, () => Code(answer.Request, org, records.Living(org.Id, answer.Account)!),
            denied: ("access_denied", "end-user denied authorization"), failed: ("server_error", "unexpected error"));
    }

    private ConsentView View(PendingConsent request, string redirect, string host, string? hint)
    {
        var org = SalesforceOrgs.AtHost(host);
        return new ConsentView
        {
            Vendor = "Salesforce",
            Glyph = SalesforceGlyph.Tile,
            AppName = request.Client.Name,
            Host = host,
            Action = $"/{host}{Path}",
            RequestId = pending.Add(request),
            LeadsTo = Redirects.Origin(redirect),
            Accounts =
            [
                .. records.All(org.Id, SalesforceSchema.Get("User")).Where(user => user.Flag("IsActive"))
                    .OrderByDescending(user => string.Equals(user.Text("Username"), hint, StringComparison.OrdinalIgnoreCase))
                    .Select(user => new ConsentAccount(user.Id, user.Title, $"{org.Name} · {user.Text("Username")}")),
            ],
            Permissions = [.. request.Scopes.Select(name => SalesforceScopes.Find(name)!).Select(scope => new ConsentPermission(scope.Name, scope.Sentence, scope.Class, Tickable: false))],
            Note = $"{request.Client.Name} works with the chosen person's own access in {org.Name}. Salesforce grants all of these or none.",
            Troubles = [("server_error", "server_error"), ("blocked", "app is blocked"), ("used_code", "code already used"), ("silence", "never return")],
        };
    }

    private string Code(PendingConsent request, SalesforceOrg org, SObjectRecord user) => oauth.IssueCode("aPrx", new AuthorizationCode
    {
        Vendor = Vendor,
        ClientId = request.Client.ClientId,
        RedirectUri = request.RedirectUri,
        Account = $"{org.Id}/{user.Id}",
        Scopes = request.Scopes,
        Challenge = request.Challenge,
        Nonce = request.Nonce,
        ExpiresAt = default,
    });
}
