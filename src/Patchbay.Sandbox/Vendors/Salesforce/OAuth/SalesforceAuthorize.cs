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

    public async Task AuthorizeAsync(HttpContext context)
    {
        var query = context.Request.Query;
        string? Value(string name) => query[name] is [{ Length: > 0 } value, ..] ? value : null;

        var client = oauth.FindClient(Vendor, Value("client_id"));
        var redirect = Value("redirect_uri") ?? client?.RedirectUris[0];
        var problem = client switch
        {
            null => ("invalid_client_id", "client identifier invalid"),
            _ when !client.RedirectUris.Contains(redirect) => ("redirect_uri_mismatch", "redirect_uri must match configuration"),
            _ => default,
        };
        if (problem != default)
        {
            await ErrorPage.Of("Salesforce", SalesforceGlyph.Tile, StatusCodes.Status400BadRequest, "We can't authorize this app", problem.Item1, problem.Item2).WriteAsync(context);
            return;
        }

        var scopes = Value("scope") is { } asked ? SalesforceScopes.Split(asked) : [SalesforceScopes.Api, "id", SalesforceScopes.Refresh];
        var refusal = (Value("response_type"), Value("code_challenge_method")) switch
        {
            (not "code", _) => ("unsupported_response_type", "response type not supported"),
            _ when scopes.FirstOrDefault(scope => SalesforceScopes.Find(scope) is null) is { } unknown => ("invalid_scope", $"the requested scope is invalid, unknown, or malformed: {unknown}"),
            (_, not (null or "S256")) => ("invalid_request", "code challenge method must be S256"),
            _ => default,
        };
        if (refusal != default)
        {
            Redirects.Send(context, redirect!, ("error", refusal.Item1), ("error_description", refusal.Item2), ("state", Value("state") ?? ""));
            return;
        }

        var host = VendorPath.Host(context.Request.Path);
        var request = new PendingConsent
        {
            Vendor = Vendor,
            Client = client!,
            RedirectUri = redirect!,
            State = Value("state"),
            Scopes = scopes,
            // Some clients send a challenge without its method; there is only one.
            Challenge = Value("code_challenge"),
            Nonce = Value("nonce"),
        };
        await ConsentPage.Of(View(request, host, Value("login_hint"))).WriteAsync(context);
    }

    public async Task AnswerAsync(HttpContext context)
    {
        var form = await Forms.ReadAsync(context);
        var org = SalesforceOrgs.AtHost(VendorPath.Host(context.Request.Path));
        if (Forms.FromElsewhere(context.Request)
            || pending.Take(form["request"], Vendor) is not { } request
            || records.Living(org.Id, form["account"]) is not { Type: "User" } user)
        {
            await ErrorPage.Of("Salesforce", SalesforceGlyph.Tile, StatusCodes.Status400BadRequest, "This page was already answered", "stale_request",
                "The consent page works once and for ten minutes. Go back to the app and start again.").WriteAsync(context);
            return;
        }

        var state = ("state", request.State ?? "");
        switch (form["decision"].ToString())
        {
            case "allow":
                Redirects.Send(context, request.RedirectUri, ("code", Code(request, org, user)), state);
                break;
            case "used_code":
                var code = Code(request, org, user);
                oauth.Redeem(Vendor, code, request.Client.ClientId, request.RedirectUri, null);
                Redirects.Send(context, request.RedirectUri, ("code", code), state);
                break;
            case "server_error":
                Redirects.Send(context, request.RedirectUri, ("error", "server_error"), ("error_description", "unexpected error"), state);
                break;
            case "blocked":
                Redirects.Send(context, request.RedirectUri, ("error", "OAUTH_APP_BLOCKED"), ("error_description", "this app is blocked by admin"), state);
                break;
            case "silence":
                await Redirects.SilenceAsync(context, "Salesforce", SalesforceGlyph.Tile);
                break;
            default:
                Redirects.Send(context, request.RedirectUri, ("error", "access_denied"), ("error_description", "end-user denied authorization"), state);
                break;
        }
    }

    private ConsentView View(PendingConsent request, string host, string? hint)
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
            LeadsTo = Redirects.Origin(request.RedirectUri),
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
