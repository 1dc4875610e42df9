using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.HubSpot.Crm;

/// <param name="Property">A property, or <c>associations.company</c>.</param>
/// <param name="Operator">One of <see cref="SearchRequest.Operators"/>.</param>
/// <param name="Value">The lower end for BETWEEN.</param>
/// <param name="HighValue">The upper end for BETWEEN.</param>
/// <param name="Values">For IN and NOT_IN.</param>
internal sealed record SearchFilter(string Property, string Operator, string Value, string HighValue, IReadOnlyList<string> Values);

/// <summary>The body of a CRM search, read and checked.</summary>
internal sealed record SearchRequest
{
    /// <summary>HubSpot finds no more than these for one search; whoever needs more splits it.</summary>
    public const int MostResults = 10_000;

    public static readonly IReadOnlyList<string> Operators =
        ["EQ", "NEQ", "LT", "LTE", "GT", "GTE", "BETWEEN", "IN", "NOT_IN", "HAS_PROPERTY", "NOT_HAS_PROPERTY", "CONTAINS_TOKEN", "NOT_CONTAINS_TOKEN"];

    /// <summary>One group must hold; in it every filter.</summary>
    public required IReadOnlyList<IReadOnlyList<SearchFilter>> Groups { get; init; }

    public string Query { get; init; } = "";
    public (string Property, bool Descending)? Sort { get; init; }
    public IReadOnlyList<string> Properties { get; init; } = [];
    public int Limit { get; init; } = 10;
    public int After { get; init; }

    /// <summary>Reads a body; what HubSpot would refuse comes back as a refusal.</summary>
    public static (SearchRequest? Request, HubSpotAnswer? Refusal) Read(JsonObject body)
    {
        try
        {
            return (Parse(body), null);
        }
        catch (HubSpotRefusalException refusal)
        {
            return (null, refusal.Answer);
        }
        catch (ArgumentException)
        {
            return (null, HubSpotAnswer.Invalid("Invalid input JSON: a member is there twice"));
        }
    }

    private static SearchRequest Parse(JsonObject body)
    {
        var groups = (List(body, "filterGroups") ?? []).Select(group => Filters(Expect(group, "filterGroups"))).ToList();
        // Filters outside any group are one group of their own.
        if (body["filters"] is JsonArray)
            groups.Add(Filters(body));
        groups.RemoveAll(group => group.Count == 0);
        if (groups.Count > 5)
            throw Refuse($"There are too many filterGroups: {groups.Count}, the most is 5");
        if (groups.FirstOrDefault(group => group.Count > 6) is { } wide)
            throw Refuse($"There are too many filters in a group: {wide.Count}, the most is 6");
        if (groups.Sum(group => group.Count) > 18)
            throw Refuse("There are too many filters: the most is 18");

        var query = body.Text("query") ?? "";
        if (query.Length > 3000)
            throw Refuse("The query may have 3000 characters at most");
        var limit = Number(body["limit"], "limit") ?? 10;
        if (limit is < 0 or > 200)
            throw Refuse($"Unable to use limit {limit}: the most is 200");
        var after = Number(body["after"], "after") ?? 0;
        if (after < 0 || after + limit > MostResults)
            throw Refuse($"Results beyond {MostResults} cannot be reached by paging. Narrow the search.");
        return new SearchRequest { Groups = groups, Query = query.Trim(), Sort = SortOf(List(body, "sorts")), Properties = body.Texts("properties"), Limit = limit, After = after };
    }

    private static List<SearchFilter> Filters(JsonObject group) => [.. (List(group, "filters") ?? []).Select(node =>
    {
        var filter = Expect(node, "filters");
        var name = filter.Text("operator") ?? "";
        if (!Operators.Contains(name))
            throw Refuse($"Invalid input JSON: Cannot deserialize operator from String \"{name}\": not one of the values accepted: [{string.Join(", ", Operators)}]");
        if (filter.Text("propertyName") is not { Length: > 0 } property)
            throw Refuse("Invalid input JSON: propertyName is missing in a filter");
        var values = (List(filter, "values") ?? []).Select(value => PropertyValues.Text(value) ?? throw Refuse("values must be plain values")).ToList();
        var (low, high) = (filter["value"], filter["highValue"]);
        if (name is "IN" or "NOT_IN" && values.Count == 0)
            throw Refuse($"operator {name} requires values");
        if (name is not ("IN" or "NOT_IN" or "HAS_PROPERTY" or "NOT_HAS_PROPERTY") && low is null)
            throw Refuse($"operator {name} requires a value");
        if (name == "BETWEEN" && high is null)
            throw Refuse("operator BETWEEN requires a highValue");
        return new SearchFilter(property, name, PropertyValues.Text(low) ?? throw Refuse("value must be a plain value"), PropertyValues.Text(high) ?? throw Refuse("highValue must be a plain value"), values);
    })];

    /// <summary>An object with a direction, or just a name; a minus sign before it turns it round.</summary>
    private static (string, bool)? SortOf(JsonArray? sorts)
    {
        if (sorts is null or [])
            return null;
        if (sorts.Count > 1)
            throw Refuse("There may be one sort at most");
        if (sorts[0] is JsonValue value && value.TryGetValue<string>(out var name))
            return (name.TrimStart('-'), name.StartsWith('-'));
        var sort = Expect(sorts[0], "sorts");
        return sort.Text("propertyName") is { Length: > 0 } property ? (property, sort.Text("direction") is "DESCENDING") : throw Refuse("A sort needs a propertyName");
    }

    private static JsonArray? List(JsonObject body, string name) => body[name] switch
    {
        null => null,
        JsonArray list => list,
        _ => throw Refuse($"Invalid input JSON: {name} must be a list"),
    };

    private static JsonObject Expect(JsonNode? node, string where) => node as JsonObject ?? throw Refuse($"Invalid input JSON: {where} must hold objects");

    private static int? Number(JsonNode? node, string name)
    {
        if (node is null)
            return null;
        var text = node is JsonValue && node.GetValueKind() is JsonValueKind.String ? node.GetValue<string>() : node.ToJsonString();
        if (text.Length == 0)
            return null;
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw Refuse($"Invalid input JSON: {name} must be a number");
    }

    private static HubSpotRefusalException Refuse(string message) => new(HubSpotAnswer.Invalid(message));
}
