using System.Globalization;
using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.HubSpot;

/// <summary>An authorised call.</summary>
/// <param name="Context">The request.</param>
/// <param name="Portal">Whose data.</param>
/// <param name="User">Who installed the app.</param>
/// <param name="Body">The JSON body; null when there is none.</param>
internal sealed record HubSpotCall(HttpContext Context, HubPortal Portal, HubUser User, JsonNode? Body)
{
    public string Route(string name) => (string?)Context.Request.RouteValues[name] ?? "";

    public string? Query(string name) => Context.Request.Query[name] is [{ Length: > 0 } value, ..] ? value : null;

    /// <summary>Repeated or separated by commas: HubSpot's clients send both.</summary>
    public IReadOnlyList<string> QueryList(string name) =>
        [.. Context.Request.Query[name].SelectMany(value => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct()];

    public bool QueryFlag(string name) => Query(name) is "true";

    public JsonObject Object => Body as JsonObject ?? throw new HubSpotRefusalException(HubSpotAnswer.Invalid("Invalid input JSON on line 1, column 1: Cannot deserialize value: an object is needed"));

    /// <summary>The query's limit; refuses what HubSpot refuses.</summary>
    public int Limit(int usual, int most)
    {
        if (Query("limit") is not { } text)
            return usual;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var limit) || limit < 1)
            throw new HubSpotRefusalException(HubSpotAnswer.Invalid($"Invalid limit '{text}': it must be a number from 1 to {most}"));
        return limit <= most ? limit : throw new HubSpotRefusalException(HubSpotAnswer.Invalid($"Unable to use limit {limit}: the most is {most}"));
    }
}

/// <summary>One call of the API.</summary>
/// <param name="Verb">HTTP method.</param>
/// <param name="Path">Below the host.</param>
/// <param name="Accepted">Scopes of which one is enough; none needs only a living token.</param>
/// <param name="Run">Does it.</param>
internal sealed record HubSpotMethod(string Verb, string Path, Func<HttpContext, IReadOnlyList<string>> Accepted, Func<HubSpotCall, HubSpotAnswer> Run)
{
    public HubSpotMethod(string verb, string path, IReadOnlyList<string> accepted, Func<HubSpotCall, HubSpotAnswer> run)
        : this(verb, path, _ => accepted, run)
    {
    }
}

/// <summary>A family of calls.</summary>
internal interface IHubSpotMethods
{
    IEnumerable<HubSpotMethod> Methods { get; }
}
