using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Google.Calendar;

/// <summary>One call to Calendar after token and scope were checked.</summary>
/// <param name="Context">The HTTP call.</param>
/// <param name="Account">Who calls.</param>
/// <param name="Scopes">All scopes of the token.</param>
/// <param name="ClientId">Whose token it is.</param>
/// <param name="Body">The JSON body; empty when there is none.</param>
internal sealed record CalendarCall(HttpContext Context, GoogleAccount Account, IReadOnlyList<string> Scopes, string ClientId, JsonObject Body)
{
    public string Route(string name) => (string?)Context.Request.RouteValues[name] ?? "";

    /// <summary>Empty when absent.</summary>
    public string Query(string name) => Context.Request.Query[name].ToString();

    public IReadOnlyList<string> QueryList(string name) => [.. Context.Request.Query[name].OfType<string>().Where(text => text.Length > 0)];

    public bool Has(string name) => Context.Request.Query.ContainsKey(name);

    public bool Flag(string name) => Query(name) switch
    {
        "" or "false" or "False" => false,
        "true" or "True" => true,
        _ => throw CalendarErrors.BadRequest.Refuse(),
    };

    public int Number(string name, int otherwise, int most)
    {
        if (Query(name) is not { Length: > 0 } text)
            return otherwise;
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number > 0
            ? Math.Min(number, most)
            : throw CalendarErrors.Of(400, "invalidParameter", $"Invalid integer value: '{text}'.", at: (name, "parameter")).Refuse();
    }

    /// <summary>An RFC 3339 moment with its offset; null when absent.</summary>
    public DateTimeOffset? Moment(string name)
    {
        if (Query(name) is not { Length: > 0 } text)
            return null;
        return CalendarTime.Instant(text) ?? throw CalendarErrors.BadRequest.Refuse();
    }

    /// <summary>One of the scopes is there.</summary>
    public bool HasAny(params ReadOnlySpan<string> scopes)
    {
        foreach (var scope in scopes)
        {
            if (Scopes.Contains(scope))
                return true;
        }

        return false;
    }

    /// <summary>The etag must be the given one where the client says so.</summary>
    public void DemandMatch(string etag)
    {
        var wanted = Context.Request.Headers.IfMatch;
        if (wanted.Count > 0 && !wanted.ToString().Split(',', StringSplitOptions.TrimEntries).Any(tag => tag is "*" || tag == etag || tag == "W/" + etag))
            throw CalendarErrors.EtagDiffers.Refuse();
    }

    /// <summary>The client has it already.</summary>
    public bool Unchanged(string etag) => Context.Request.Headers.IfNoneMatch.ToString().Split(',', StringSplitOptions.TrimEntries).Contains(etag);
}
