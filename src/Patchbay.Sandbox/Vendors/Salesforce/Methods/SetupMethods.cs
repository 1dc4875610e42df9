using System.Text.Json.Nodes;
using Patchbay.Sandbox.Vendors.Salesforce.Api;
using Patchbay.Sandbox.Vendors.Salesforce.OAuth;
using Patchbay.Sandbox.Vendors.Salesforce.Records;
using Patchbay.Sandbox.Vendors.Salesforce.Schema;

namespace Patchbay.Sandbox.Vendors.Salesforce.Methods;

/// <summary>The list of resources, limits, and what a person worked on last.</summary>
internal sealed class SetupMethods(RecordStore records, Func<(int Used, int Limit)> usage) : ISalesforceMethods
{
    private static readonly string[] Resources = ["sobjects", "query", "queryAll", "search", "parameterizedSearch", "limits", "recent", "composite", "chatter", "jobs", "actions"];

    public IEnumerable<SalesforceRoute> Routes =>
    [
        new("GET", "", List),
        new("GET", "limits", Limits),
        new("GET", "recent", Recent),
    ];

    private static SalesforceAnswer List(SalesforceCall call)
    {
        var body = new JsonObject(Resources.Select(name => KeyValuePair.Create(name, (JsonNode?)$"{call.Root}/{name}")));
        body["identity"] = SalesforceTokens.IdentityAddress(SalesforceOrgs.Find(call.Actor.Org)!, call.Actor.UserId);
        return SalesforceAnswer.Ok(body);
    }

    private SalesforceAnswer Limits(SalesforceCall call)
    {
        var (used, limit) = usage();
        JsonObject Of(int max, int left) => new() { ["Max"] = max, ["Remaining"] = Math.Max(0, left) };
        return SalesforceAnswer.Ok(new JsonObject
        {
            ["DailyApiRequests"] = Of(limit, limit - used),
            ["DailyAsyncApexExecutions"] = Of(250_000, 250_000),
            ["DailyBulkApiBatches"] = Of(15_000, 15_000),
            ["DailyBulkV2QueryJobs"] = Of(10_000, 10_000),
            ["DailyBulkV2QueryFileStorageMB"] = Of(976_562, 976_562),
            ["DailyStreamingApiEvents"] = Of(10_000, 10_000),
            ["DataStorageMB"] = Of(5, 4),
            ["FileStorageMB"] = Of(20, 20),
            ["SingleEmail"] = Of(15, 15),
            ["MassEmail"] = Of(10, 10),
        });
    }

    private SalesforceAnswer Recent(SalesforceCall call)
    {
        var limit = int.TryParse(call.Parameter("limit"), out var given) ? Math.Clamp(given, 1, 200) : 100;
        var found = SalesforceSchema.Types.Where(type => type.Kind == SObjectKind.Owned).SelectMany(type => records.All(call.Actor.Org, type))
            .Where(record => record.Text("LastModifiedById") == call.Actor.UserId)
            .OrderByDescending(record => record.Text("LastModifiedDate"), StringComparer.Ordinal).Take(limit);
        return SalesforceAnswer.Ok(new JsonArray([.. found.Select(record => (JsonNode)DescribeMethods.Item(call.Root, record))]));
    }
}
