using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Pages;

namespace Patchbay.Sandbox.OAuth;

/// <summary>What a person posted from a consent page, and the ways back that all vendors share.</summary>
internal sealed class ConsentAnswer
{
    private readonly HttpContext context;
    private readonly Face face;

    private ConsentAnswer(HttpContext context, Face face, IFormCollection form, PendingConsent request) =>
        (this.context, this.face, Form, Request) = (context, face, form, request);

    /// <summary>How a vendor shows itself on a page.</summary>
    public sealed record Face(string Name, Html Glyph);

    public IFormCollection Form { get; }

    public PendingConsent Request { get; }

    public string Account => Form["account"].ToString();

    public string Decision => Form["decision"].ToString();

    private string Redirect => Request.RedirectUri.Length > 0 ? Request.RedirectUri : Request.Client.RedirectUris[0];

    /// <summary>Takes the request off the page, once. Null when the page is stale, from another site, or names an account
    /// that is not there; the person has been told then.</summary>
    public static async Task<ConsentAnswer?> TakeAsync(HttpContext context, PendingConsents pending, string vendor, Face face, Func<string, bool> knowsAccount)
    {
        var form = await Forms.ReadAsync(context);
        if (!Forms.FromElsewhere(context.Request) && pending.Take(form["request"], vendor) is { } request && knowsAccount(form["account"].ToString()))
            return new ConsentAnswer(context, face, form, request);
        await ErrorPage.Of(face.Name, face.Glyph, StatusCodes.Status400BadRequest, "This page was already answered", "stale_request",
            "The consent page works once and for ten minutes. Go back to the app and start again.").WriteAsync(context);
        return null;
    }

    /// <summary>Carries out what was decided: a yes, one of the troubles every vendor's page offers, and no for everything else.</summary>
    /// <param name="code">Issues a code for this answer.</param>
    /// <param name="oauth">Spends one, for the trouble "code already used".</param>
    /// <param name="beside">What the vendor sends with a code.</param>
    /// <param name="denied">What it sends with a no.</param>
    /// <param name="failed">What it sends when it fails.</param>
    public Task FinishAsync(
        OAuthStore oauth, Func<string> code, (string Name, string Value)? beside = null,
        (string Error, string Description)? denied = null, (string Error, string Description)? failed = null)
    {
        switch (Decision)
        {
            case "allow":
                SendCode(code(), beside);
                break;
            case "used_code":
                var spent = code();
                oauth.Redeem(Request.Vendor, spent, Request.Client.ClientId, Request.RedirectUri, null);
                SendCode(spent, beside);
                break;
            case "server_error":
                Refuse(failed?.Error ?? "server_error", failed?.Description ?? "");
                break;
            case "silence":
                return Redirects.SilenceAsync(context, face.Name, face.Glyph);
            default:
                Refuse(denied?.Error ?? "access_denied", denied?.Description ?? "");
                break;
        }

        return Task.CompletedTask;
    }

    public void SendCode(string code, (string Name, string Value)? beside = null) =>
        Redirects.Send(context, Redirect, ("code", code), beside ?? ("", ""), ("state", Request.State ?? ""));

    public void Refuse(string error, string description = "") =>
        Redirects.Send(context, Redirect, ("error", error), ("error_description", description), ("state", Request.State ?? ""));
}
