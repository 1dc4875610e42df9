using System.Text.Json.Nodes;
using Patchbay.Sandbox.Vendors.Salesforce.Api;
using Patchbay.Sandbox.Vendors.Salesforce.Records;
using Patchbay.Sandbox.Vendors.Salesforce.Schema;
using Patchbay.Sandbox.Vendors.Salesforce.Soql;
using Patchbay.Sandbox.Vendors.Salesforce.Sosl;

namespace Patchbay.Sandbox.Vendors.Salesforce.Methods;

/// <summary>search (SOSL) and parameterizedSearch.</summary>
internal sealed class SearchMethods(SoqlRunner soql) : ISalesforceMethods
{
    private static readonly string[] Everywhere = ["Account", "Campaign", "Case", "Contact", "Lead", "Opportunity", "Project__c", "Task", "Event", "User"];
    private static readonly string[] Clauses = ["WHERE", "ORDER", "LIMIT", "OFFSET", "USING"];

    public IEnumerable<SalesforceRoute> Routes =>
    [
        new("GET", "search", call => Run(call, SoslQuery.Parse(call.Parameter("q") ?? throw new SalesforceRefusal("MALFORMED_SEARCH", "q is missing")))),
        new("GET", "parameterizedSearch", call => Run(call, FromParameters(call))),
        new("POST", "parameterizedSearch", call => Run(call, FromBody(call.Json()))),
    ];

    private SalesforceAnswer Run(SalesforceCall call, SoslQuery query)
    {
        var words = new SoslWords(query.Words);
        var found = new JsonArray();
        foreach (var (name, inside) in query.Returning.Count > 0 ? query.Returning : [.. Everywhere.Select(type => (type, ""))])
        {
            var cut = Cut(inside);
            var fields = inside[..cut].Trim();
            var rest = inside[cut..];
            var limit = query.Limit;
            var parsed = SoqlParser.Parse($"SELECT {(fields.Length == 0 ? "Id" : fields)} FROM {name} {rest}");
            // The limit of the object counts what matches the words, not what was looked at.
            var result = soql.Run(call.Actor, parsed with { Limit = null, Offset = null }, call.Root);
            var matching = result.Records.Where(record => words.Match(Texts(record, query.Group))).Skip(parsed.Offset ?? 0).Take(Math.Min(parsed.Limit ?? limit, limit - found.Count));
            foreach (var record in matching)
                found.Add((JsonNode)result.Shape.Row(record));
        }

        return SalesforceAnswer.Ok(new JsonObject { ["searchRecords"] = found });
    }

    private static IEnumerable<string> Texts(SObjectRecord record, string group) => record.Schema.Fields
        .Where(field => field.Type.IsText() && field.Type is not (FieldType.Id or FieldType.Reference) && group switch
        {
            "NAME" => field.IsName || field.Name is "FirstName" or "LastName",
            "EMAIL" => field.Type == FieldType.Email,
            "PHONE" => field.Type == FieldType.Phone,
            _ => true,
        })
        .Select(field => record.Text(field.Name)).OfType<string>();

    /// <summary>Where the list of fields ends.</summary>
    private static int Cut(string inside)
    {
        for (var at = 0; at < inside.Length; at++)
        {
            if ((at == 0 || char.IsWhiteSpace(inside[at - 1])) && Clauses.Any(clause => string.Compare(inside, at, clause, 0, clause.Length, StringComparison.OrdinalIgnoreCase) == 0
                && (at + clause.Length == inside.Length || char.IsWhiteSpace(inside[at + clause.Length]))))
                return at;
        }

        return inside.Length;
    }

    private static SoslQuery FromParameters(SalesforceCall call)
    {
        var types = (call.Parameter("sobject") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new SoslQuery(call.Parameter("q") ?? throw new SalesforceRefusal("MALFORMED_SEARCH", "q is missing"), (call.Parameter("in") ?? "ALL").ToUpperInvariant(),
            [.. types.Select(type => (Known(type), call.Parameter($"{type}.fields") ?? ""))], int.TryParse(call.Parameter("overallLimit"), out var limit) ? Math.Clamp(limit, 1, 2000) : 2000);
    }

    private static SoslQuery FromBody(JsonObject body) => new(
        SalesforceJson.Text(body["q"]) ?? throw new SalesforceRefusal("MALFORMED_SEARCH", "q is missing"),
        (SalesforceJson.Text(body["in"]) ?? "ALL").ToUpperInvariant(),
        body["sobjects"] is null ? [] : [.. SalesforceJson.Objects(body, "sobjects").Select(one => (Known(SalesforceJson.Text(one["name"]) ?? ""), string.Join(',', Http.Json.Texts(one, "fields"))))],
        Http.Json.Number(body, "overallLimit") is { } limit ? Math.Clamp(limit, 1, 2000) : 2000);

    private static string Known(string type) => SalesforceSchema.Find(type)?.Name ?? throw new SalesforceRefusal("INVALID_TYPE", $"sObject type '{type}' is not supported.");
}
