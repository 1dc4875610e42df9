using System.Text.Json.Nodes;
using Microsoft.Extensions.Primitives;

namespace Patchbay.Sandbox.Vendors.Salesforce.Api;

/// <summary>One call of the REST API with a living token, or one part of a call that carries several.</summary>
internal sealed record SalesforceCall
{
    public required SalesforceActor Actor { get; init; }
    public required IReadOnlyList<string> Scopes { get; init; }
    public required string Method { get; init; }

    /// <summary>Such as "62.0".</summary>
    public required string Version { get; init; }

    /// <summary>What follows the version, by segment, unescaped.</summary>
    public required IReadOnlyList<string> Segments { get; init; }

    public required IReadOnlyDictionary<string, StringValues> Query { get; init; }
    public required string Body { get; init; }
    public required Func<string, string?> Header { get; init; }

    /// <summary>Segments that stood for a placeholder, by its name.</summary>
    public IReadOnlyDictionary<string, string> Route { get; init; } = new Dictionary<string, string>();

    /// <summary>Part of a composite call: nothing may come back that is not JSON.</summary>
    public bool Part { get; init; }

    public string Root => $"/services/data/v{Version}";

    public string? Parameter(string name) => Query.TryGetValue(name, out var values) && values is [{ } value, ..] ? value : null;

    public bool Flag(string name) => string.Equals(Parameter(name), "true", StringComparison.OrdinalIgnoreCase);

    public JsonObject Json() => SalesforceJson.Object(Body);
}
