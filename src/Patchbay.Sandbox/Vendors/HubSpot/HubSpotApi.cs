using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.State;
using Patchbay.Sandbox.Vendors.HubSpot.Crm;

namespace Patchbay.Sandbox.Vendors.HubSpot;

/// <summary>What every call of api.hubapi.com goes through: token, scope, body, one step in the store, limits in the headers.</summary>
internal sealed class HubSpotApi(CrmWorld world, OAuthStore oauth, Store store, RateWindow limits)
{
    public async Task RunAsync(HttpContext context, HubSpotMethod method)
    {
        var (call, refusal) = Authorize(context, method.Accepted);
        if (call is null)
        {
            await refusal!.WriteAsync(context);
            return;
        }

        if (method.Verb is "POST" or "PUT" or "PATCH" or "DELETE" && (context.Request.ContentLength is > 0 || context.Request.Headers.TransferEncoding.Count > 0))
        {
            if (await BodyAsync(context) is not { } body)
            {
                await HubSpotAnswer.Invalid("Invalid input JSON on line 1, column 1: Unable to parse the body").WriteAsync(context);
                return;
            }

            call = call with { Body = body };
        }

        await Run(() => method.Run(call)).WriteAsync(context);
    }

    /// <summary>The call behind a living token with one of the scopes; otherwise HubSpot's refusal.</summary>
    public (HubSpotCall? Call, HubSpotAnswer? Refusal) Authorize(HttpContext context, Func<HttpContext, IReadOnlyList<string>> acceptedBy)
    {
        if (ClientCredentials.ParseBearer(context.Request.Headers.Authorization.ToString()) is not { } text)
        {
            return (null, HubSpotAnswer.Unauthenticated(
                "Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview"));
        }

        var found = oauth.Find(HubSpotOAuth.Vendor, TokenKind.Access, text);
        if (found.State == TokenState.Expired)
            return (null, HubSpotAnswer.Unauthenticated("The OAuth token used to make this call expired.", "EXPIRED_AUTHENTICATION"));
        if (found.State != TokenState.Live || world.User(found.Grant!.Subject) is not { } user || world.Portal(user.Portal) is not { } portal)
            return (null, HubSpotAnswer.Unauthenticated("The OAuth token used to make this call is not valid."));

        var (most, left) = limits.Take(found.Grant.Key);
        var headers = context.Response.Headers;
        headers["X-HubSpot-RateLimit-Max"] = most.ToString(CultureInfo.InvariantCulture);
        headers["X-HubSpot-RateLimit-Remaining"] = left.ToString(CultureInfo.InvariantCulture);
        headers["X-HubSpot-RateLimit-Interval-Milliseconds"] = "10000";
        try
        {
            var accepted = acceptedBy(context);
            return accepted.Count == 0 || accepted.Any(found.Scopes!.Contains)
                ? (new HubSpotCall(context, portal, user, null), null)
                : (null, HubSpotAnswer.MissingScopes(accepted));
        }
        catch (HubSpotRefusalException refusal)
        {
            // The scope depends on the object type, and the path names one that does not exist.
            return (null, refusal.Answer);
        }
    }

    /// <summary>Runs something as one step; a refusal leaves nothing of it behind.</summary>
    public HubSpotAnswer Run(Func<HubSpotAnswer> work)
    {
        try
        {
            return store.Atomic(work);
        }
        catch (HubSpotRefusalException refusal)
        {
            return refusal.Answer;
        }
    }

    /// <summary>Objects and lists; null for anything else, and for an object that names a member twice.</summary>
    private static async Task<JsonNode?> BodyAsync(HttpContext context)
    {
        try
        {
            var body = await JsonNode.ParseAsync(context.Request.Body, documentOptions: new JsonDocumentOptions { MaxDepth = 64 }, cancellationToken: context.RequestAborted);
            Touch(body);
            return body is JsonObject or JsonArray ? body : null;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            return null;
        }
    }

    // A repeated member is only noticed when an object is first read.
    private static void Touch(JsonNode? node)
    {
        foreach (var child in node switch { JsonObject map => map.Select(member => member.Value), JsonArray list => list, _ => [] })
            Touch(child);
    }
}
