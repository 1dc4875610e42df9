using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;

namespace Patchbay.Sandbox.Vendors.Salesforce.Api;

/// <summary>Finds the resource of a path and runs it: for calls from outside, and for the parts of a composite call.</summary>
internal sealed partial class SalesforceRouter
{
    public const int FirstVersion = 31, LastVersion = 66, FirstKept = 21;
    private SalesforceRoute[] routes = [];

    /// <summary>Composite families need the router before it knows them.</summary>
    public void Add(IEnumerable<ISalesforceMethods> families) =>
        routes = [.. families.SelectMany(family => family.Routes).OrderBy(route => route.Placeholders)];

    /// <summary>Runs a call; refusals become answers.</summary>
    public SalesforceAnswer Run(SalesforceCall call)
    {
        try
        {
            return SalesforceScopes.Holds(call.Scopes, SalesforceScopes.Api) || call.Segments is ["chatter", ..] && SalesforceScopes.Holds(call.Scopes, SalesforceScopes.Chatter)
                ? Find(call)
                : SalesforceAnswer.Error(new SalesforceError("INVALID_SESSION_ID", "This session is not valid for use with the REST API"));
        }
        catch (SalesforceRefusal refusal)
        {
            return SalesforceAnswer.Error(refusal.Error);
        }
    }

    /// <summary>A part's address below /services/data: "/services/data/v62.0/query?q=..." or "v62.0/query?q=..."; null when it is none.</summary>
    public static SalesforceCall? Part(SalesforceCall whole, string method, string address, string body, Func<string, string?> header)
    {
        var question = address.IndexOf('?', StringComparison.Ordinal);
        var path = (question < 0 ? address : address[..question]).TrimStart('/');
        if (path.StartsWith("services/data/", StringComparison.OrdinalIgnoreCase))
            path = path["services/data/".Length..];
        return Read(path) is not { } read ? null : whole with
        {
            Method = method.ToUpperInvariant(),
            Version = read.Version,
            Segments = read.Segments,
            Query = QueryHelpers.ParseQuery(question < 0 ? "" : address[question..]),
            Body = body,
            Header = header,
            Part = true,
        };
    }

    /// <summary>"v62.0/sobjects/Lead" as version and segments; null when it begins with no version.</summary>
    public static (string Version, IReadOnlyList<string> Segments)? Read(string path)
    {
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return segments.Length > 0 && Version().Match(segments[0]) is { Success: true } version
            ? (version.Groups[1].Value, [.. segments.Skip(1).Select(Uri.UnescapeDataString)])
            : null;
    }

    private SalesforceAnswer Find(SalesforceCall call)
    {
        var version = decimal.Parse(call.Version, CultureInfo.InvariantCulture);
        if (version < FirstKept)
            return new SalesforceAnswer(StatusCodes.Status410Gone, new System.Text.Json.Nodes.JsonArray(new SalesforceError("UNSUPPORTED_API_VERSION", "API version retired.").ToJson()));
        if (version > LastVersion)
            return SalesforceAnswer.Error(SalesforceError.NotFound);
        var allowed = new List<string>();
        foreach (var route in routes)
        {
            if (route.Match(call.Segments) is not { } values)
                continue;
            if (route.Method == call.Method || route.Method == "GET" && call.Method == "HEAD")
                return SalesforceScopes.Holds(call.Scopes, route.Scope)
                    ? route.Run(call with { Route = values })
                    : SalesforceAnswer.Error(new SalesforceError("INSUFFICIENT_ACCESS", "The session lacks the scope " + route.Scope));
            allowed.Add(route.Method);
        }

        return allowed.Count == 0
            ? SalesforceAnswer.Error(SalesforceError.NotFound)
            : SalesforceAnswer.Error(new SalesforceError("METHOD_NOT_ALLOWED", $"HTTP Method '{call.Method}' not allowed. Allowed are {string.Join(',', allowed.Distinct())}")) with
            {
                Headers = [("Allow", string.Join(',', allowed.Distinct()))],
            };
    }

    [GeneratedRegex(@"^[vV](\d{1,3}\.0)$")]
    private static partial Regex Version();
}
