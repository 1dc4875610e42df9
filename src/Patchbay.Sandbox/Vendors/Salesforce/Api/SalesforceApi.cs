using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.State;
using Patchbay.Sandbox.Vendors.Salesforce.OAuth;

namespace Patchbay.Sandbox.Vendors.Salesforce.Api;

/// <summary>Everything below /services/data: the token, then the resource, all in one transaction.</summary>
internal sealed class SalesforceApi(OAuthStore oauth, Store store, SalesforceRouter router)
{
    private const int DailyLimit = 15_000;
    private static readonly string[] Seasons = ["Winter", "Spring", "Summer"];
    private int used;

    /// <summary>Calls since the start of this process.</summary>
    public (int Used, int Limit) Usage => (Volatile.Read(ref used), DailyLimit);

    /// <summary>GET /services/data needs no token.</summary>
    public static Task VersionsAsync(HttpContext context) => Json.WriteAsync(context, StatusCodes.Status200OK, new JsonArray(
        [.. Enumerable.Range(SalesforceRouter.FirstVersion, SalesforceRouter.LastVersion - SalesforceRouter.FirstVersion + 1).Select(number => (JsonNode)new JsonObject
        {
            // Three releases a year: 62.0 is Winter '25.
            ["label"] = $"{Seasons[(number - 62 + 90) % 3]} '{(25 + (int)Math.Floor((number - 62) / 3.0)).ToString("D2", CultureInfo.InvariantCulture)}",
            ["url"] = $"/services/data/v{number}.0",
            ["version"] = $"{number}.0",
        })]));

    public async Task RunAsync(HttpContext context)
    {
        var host = VendorPath.Host(context.Request.Path);
        var answer = await AnswerAsync(context, host);
        context.Response.Headers["Sforce-Limit-Info"] = $"api-usage={Interlocked.Increment(ref used)}/{DailyLimit}";
        await answer.WriteAsync(context);
    }

    private async Task<SalesforceAnswer> AnswerAsync(HttpContext context, string host)
    {
        var text = ClientCredentials.ParseBearer(Bearer(context.Request.Headers.Authorization.ToString()));
        var found = text is null ? null : oauth.Find(SalesforceAuthorize.Vendor, TokenKind.Access, text);
        if (found is not { State: TokenState.Live })
            return SalesforceAnswer.Error(new SalesforceError("INVALID_SESSION_ID", "Session expired or invalid"));
        var (org, userId) = SalesforceTokens.Owner(found.Grant!);
        // The login hosts answer for no organisation's data: calls go to the instance_url of the token reply.
        if (!SalesforceOrgs.AnswersAt(org, host))
            return SalesforceAnswer.Error(new SalesforceError("INVALID_SESSION_ID", "Session expired or invalid"));

        // Raw, so that an escaped slash inside an external id stays inside its segment.
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var path = target.Split('?')[0];
        var rest = path[(path.IndexOf("/data", host.Length, StringComparison.Ordinal) + "/data".Length)..];
        if (SalesforceRouter.Read(rest) is not { } read)
            return SalesforceAnswer.Error(SalesforceError.NotFound);
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var method = context.Request.Method == "POST" && context.Request.Query["_HttpMethod"] is [{ Length: > 0 } other, ..] ? other.ToUpperInvariant() : context.Request.Method;
        var call = new SalesforceCall
        {
            Actor = new SalesforceActor(org.Id, userId),
            Scopes = found.Scopes!,
            Method = method,
            Version = read.Version,
            Segments = read.Segments,
            Query = context.Request.Query.ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.OrdinalIgnoreCase),
            Body = body,
            Header = name => context.Request.Headers[name] is [{ } value, ..] ? value : null,
        };
        return store.Atomic(() => router.Run(call));
    }

    /// <summary>"OAuth" is Salesforce's old word for "Bearer".</summary>
    private static string Bearer(string header) => header.StartsWith("OAuth ", StringComparison.OrdinalIgnoreCase) ? "Bearer " + header[6..] : header;
}
