using System.Globalization;
using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery;

/// <summary>One method of the API.</summary>
/// <param name="Verb">HTTP method.</param>
/// <param name="Path">Below /bigquery/v2.</param>
/// <param name="Name">Google's name, for refusals.</param>
/// <param name="Accepted">Any of these scopes is enough.</param>
/// <param name="Run">Does it; throws <see cref="Sql.SqlError"/> to refuse.</param>
internal sealed record BigQueryMethod(string Verb, string Path, string Name, IReadOnlyList<string> Accepted, Func<BigQueryCall, GoogleAnswer> Run);

/// <summary>A family of methods.</summary>
internal interface IBigQueryMethods
{
    IEnumerable<BigQueryMethod> Methods { get; }
}

/// <summary>One call after token and scope were checked.</summary>
/// <param name="Context">The HTTP call.</param>
/// <param name="Account">Who calls.</param>
/// <param name="Scopes">All scopes of the token.</param>
/// <param name="Body">The JSON body; empty when there is none.</param>
internal sealed record BigQueryCall(HttpContext Context, GoogleAccount Account, IReadOnlyList<string> Scopes, JsonObject Body)
{
    public string Project => Route("project");

    public bool MayWrite => BigQueryScopes.Write.Any(Scopes.Contains);

    public string Route(string name) => (string?)Context.Request.RouteValues[name] ?? "";

    /// <summary>Empty when absent.</summary>
    public string Query(string name) => Context.Request.Query[name].ToString();

    /// <summary>formatOptions.x of a body is formatOptions.x=... of a query; both are looked at.</summary>
    public JsonObject FormatOptions => Wire.Object(Body, "formatOptions") ?? new JsonObject
    {
        ["useInt64Timestamp"] = Query("formatOptions.useInt64Timestamp") is "true" or "True" or "1",
        ["timestampOutputFormat"] = Query("formatOptions.timestampOutputFormat"),
    };
}

/// <summary>Values of bodies as clients send them: numbers also as text, flags also as words.</summary>
internal static class Wire
{
    public static JsonObject? Object(JsonNode? of, string member) => Member(of, member) as JsonObject;

    public static JsonArray? List(JsonNode? of, string member) => Member(of, member) as JsonArray;

    public static string? Text(JsonNode? of, string member) => Member(of, member) is JsonValue value ? Text(value) : null;

    public static string Text(JsonValue value) => value.TryGetValue<string>(out var text) ? text : value.ToJsonString();

    public static bool? Flag(JsonNode? of, string member) => Text(of, member)?.ToUpperInvariant() switch { "TRUE" => true, "FALSE" => false, _ => null };

    public static long? Number(JsonNode? of, string member) =>
        long.TryParse(Text(of, member), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Null also when the object repeats a key, which JsonObject finds out only when read.</summary>
    public static JsonNode? Member(JsonNode? of, string member)
    {
        try
        {
            return of is JsonObject map ? map[member] : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
