using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.OAuth;

namespace Patchbay.Sandbox.Vendors.LinkedIn;

/// <param name="Verb">HTTP method.</param>
/// <param name="Doors">Which prefixes it is mapped under: "/rest" (versioned), "/v2".</param>
/// <param name="Path">Below the prefix.</param>
/// <param name="Resource">LinkedIn's name of it in refusals: "posts.CREATE".</param>
/// <param name="Scopes">Any of them is enough; empty where it depends on the body.</param>
/// <param name="Run">Does it, within one transaction.</param>
internal sealed record LinkedInMethod(string Verb, IReadOnlyList<string> Doors, string Path, string Resource, IReadOnlyList<string> Scopes, Func<LinkedInCall, LinkedInAnswer> Run)
{
    public static readonly IReadOnlyList<string> Rest = ["/rest"];
    public static readonly IReadOnlyList<string> Old = ["/v2"];
    public static readonly IReadOnlyList<string> Both = ["/rest", "/v2"];
}

/// <summary>Calls that belong together.</summary>
internal interface ILinkedInMethods
{
    IReadOnlyList<LinkedInMethod> Methods { get; }
}

/// <summary>What stands before every call of api.linkedin.com: version, token, scope, body.</summary>
internal sealed class LinkedInApi(LinkedInWorld world, OAuthStore oauth)
{
    /// <summary>Versions of the sandbox's world begin to be known with this one.</summary>
    private const int FirstOfNow = 202607;

    public async Task RunAsync(HttpContext context, LinkedInMethod method, string door)
    {
        try
        {
            var version = door == "/rest" ? Version(context.Request) : "NO_VERSION";
            var (member, clientId, scopes) = Authenticate(context.Request);
            var resource = $"{method.Resource}.{version}";
            if (method.Scopes.Count > 0 && !method.Scopes.Any(scopes.Contains))
                throw LinkedInRefusal.Forbidden(resource);
            var body = await BodyAsync(context);
            var query = RestLi.Query(context.Request.QueryString.Value ?? "");
            var answer = world.Store.Atomic(() => method.Run(new LinkedInCall(context, member, clientId, scopes, body, query, resource)));
            context.Response.Headers["X-LI-UUID"] = Guid.NewGuid().ToString("N");
            if (answer.Id is not null)
                context.Response.Headers["x-restli-id"] = answer.Id;
            if (answer.Body is null)
                context.Response.StatusCode = answer.Status;
            else
                await Json.WriteAsync(context, answer.Status, answer.Body);
        }
        catch (LinkedInRefusal refusal)
        {
            await Json.WriteAsync(context, refusal.Status, refusal.Body);
        }
        catch (ArgumentException exception) when (exception.Message.Contains("same key", StringComparison.Ordinal))
        {
            await Json.WriteAsync(context, 400, new LinkedInRefusal(400, "BAD_REQUEST", "Could not parse the request body").Body);
        }
    }

    /// <summary>A version lives for a year after its month; before that it does not exist. Some resources have a revision behind a point.</summary>
    private string Version(HttpRequest request)
    {
        var text = request.Headers["LinkedIn-Version"].ToString();
        if (text.Length == 0)
            throw new LinkedInRefusal(400, "VERSION_MISSING", "A version must be present. Please specify a version by adding the LinkedIn-Version header.");
        var month = text.Split('.')[0];
        var known = month.Length is 6 or 8 && int.TryParse(month[..6], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number % 100 is >= 1 and <= 12;
        var given = known ? int.Parse(month[..6], CultureInfo.InvariantCulture) : 0;
        var now = world.Now;
        var newest = Math.Max(FirstOfNow, (now.Year * 100) + now.Month);
        var oldest = now.AddMonths(-13);
        if (!known || given > newest || given < (oldest.Year * 100) + oldest.Month)
            throw new LinkedInRefusal(426, "NONEXISTENT_VERSION", $"Requested version {(month.Length == 6 ? month + "01" : month)} is not active");
        return month.Length == 6 ? month + "01" : month;
    }

    private (LinkedInMember Member, string ClientId, IReadOnlyList<string> Scopes) Authenticate(HttpRequest request)
    {
        if (ClientCredentials.ParseBearer(request.Headers.Authorization.ToString()) is not { } text)
            throw new LinkedInRefusal(401, "EMPTY_ACCESS_TOKEN", "Empty oauth2 access token", 65604);
        var found = oauth.Find(LinkedInOAuth.Vendor, TokenKind.Access, text);
        return found.State switch
        {
            TokenState.Live when world.Member(found.Grant!.Subject) is { } member => (member, found.Grant.ClientId, LinkedInScopes.WithIncluded(found.Scopes!)),
            TokenState.Expired => throw new LinkedInRefusal(401, "EXPIRED_ACCESS_TOKEN", "The token used in the request has expired", 65602),
            TokenState.GrantEnded or TokenState.Spent => throw new LinkedInRefusal(401, "REVOKED_ACCESS_TOKEN", "The token used in the request has been revoked by the user", 65601),
            _ => throw new LinkedInRefusal(401, "INVALID_ACCESS_TOKEN", "Invalid access token", 65600),
        };
    }

    private static async Task<JsonObject> BodyAsync(HttpContext context)
    {
        var sendsBody = context.Request.ContentLength is > 0 || context.Request.Headers.TransferEncoding.Count > 0;
        if (context.Request.Method is "GET" or "DELETE" || !sendsBody)
            return [];
        return await Json.ReadObjectAsync(context) ?? throw new LinkedInRefusal(400, "BAD_REQUEST", "Could not parse the request body");
    }
}
