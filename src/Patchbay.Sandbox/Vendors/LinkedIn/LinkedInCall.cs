using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.LinkedIn;

/// <summary>One call: who calls, with which scopes, and what was sent.</summary>
internal sealed record LinkedInCall(HttpContext Context, LinkedInMember Member, string ClientId, IReadOnlyList<string> Scopes, JsonObject Body, IReadOnlyDictionary<string, JsonNode?> Query, string Resource)
{
    public bool Has(params ReadOnlySpan<string> anyOf)
    {
        foreach (var scope in anyOf)
        {
            if (Scopes.Contains(scope))
                return true;
        }

        return false;
    }

    /// <exception cref="LinkedInRefusal">The token has none of the scopes.</exception>
    public void Demand(params ReadOnlySpan<string> anyOf)
    {
        if (!Has(anyOf))
            throw LinkedInRefusal.Forbidden(Resource);
    }

    /// <summary>A path parameter, decoded.</summary>
    public string Route(string name) => (string?)Context.Request.RouteValues[name] ?? "";

    public string? Text(string name) => Query.TryGetValue(name, out var value) && value is JsonValue ? value.ToString() : null;

    public JsonNode? Value(string name) => Query.GetValueOrDefault(name);

    public string Header(string name) => Context.Request.Headers[name].ToString();

    /// <summary>start and count of a finder.</summary>
    public (int Start, int Count) Paging(int most = 100)
    {
        int Number(string name, int otherwise) => Text(name) is not { } text ? otherwise
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw LinkedInRefusal.BadQuery($"Invalid value for param; wrong type or other syntax error: {name}");
        var (start, count) = (Number("start", 0), Number("count", 10));
        return count > most ? throw LinkedInRefusal.BadQuery($"count cannot be more than {most}") : (start, count);
    }

    /// <summary>The collection that a finder answers with, with links to the pages around it.</summary>
    public JsonObject List<T>(IReadOnlyList<T> all, Func<T, JsonNode> show, int most = 100)
    {
        var (start, count) = Paging(most);
        var links = new JsonArray();
        void Link(string rel, int at) => links.Add(new JsonObject { ["type"] = "application/json", ["rel"] = rel, ["href"] = Address(at, count) });
        if (start > 0)
            Link("prev", Math.Max(0, start - count));
        if (start + count < all.Count)
            Link("next", start + count);
        return new JsonObject
        {
            ["paging"] = new JsonObject { ["start"] = start, ["count"] = count, ["links"] = links, ["total"] = all.Count },
            ["elements"] = new JsonArray([.. all.Skip(start).Take(count).Select(show)]),
        };
    }

    private string Address(int start, int count)
    {
        var path = Context.Request.Path.Value ?? "";
        var kept = (Context.Request.QueryString.Value ?? "").TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(pair => !pair.StartsWith("start=", StringComparison.Ordinal) && !pair.StartsWith("count=", StringComparison.Ordinal));
        return $"{path[(VendorPath.Host(path).Length + 1)..]}?{string.Join('&', kept.Append($"start={start}").Append($"count={count}"))}";
    }
}

/// <param name="Status">200, 201 or 204.</param>
/// <param name="Body">Null sends none.</param>
/// <param name="Id">Goes into x-restli-id.</param>
internal sealed record LinkedInAnswer(int Status, JsonObject? Body = null, string? Id = null)
{
    public static LinkedInAnswer Ok(JsonObject body) => new(200, body);

    public static LinkedInAnswer Created(string id, JsonObject? body = null) => new(201, body, id);

    public static LinkedInAnswer NoContent { get; } = new(204);
}
