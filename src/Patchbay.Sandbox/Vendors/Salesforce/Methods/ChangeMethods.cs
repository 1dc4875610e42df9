using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors.Salesforce.Api;
using Patchbay.Sandbox.Vendors.Salesforce.Records;
using Patchbay.Sandbox.Vendors.Salesforce.Schema;

namespace Patchbay.Sandbox.Vendors.Salesforce.Methods;

/// <summary>Which records of an object changed or were deleted in a span of at most thirty days.</summary>
internal sealed class ChangeMethods(RecordStore records, TimeProvider time) : ISalesforceMethods
{
    public IEnumerable<SalesforceRoute> Routes =>
    [
        new("GET", "sobjects/{type}/updated", Updated),
        new("GET", "sobjects/{type}/deleted", Deleted),
    ];

    private SalesforceAnswer Updated(SalesforceCall call)
    {
        var (changed, end) = Changed(call);
        return SalesforceAnswer.Ok(new JsonObject
        {
            ["ids"] = Json.Array(changed.Where(record => !record.Deleted).Select(record => record.Id)),
            ["latestDateCovered"] = FieldValues.Show(end),
        });
    }

    private SalesforceAnswer Deleted(SalesforceCall call)
    {
        var (changed, end) = Changed(call);
        return SalesforceAnswer.Ok(new JsonObject
        {
            ["deletedRecords"] = new JsonArray([.. changed.Where(record => record.Deleted).Select(record => (JsonNode)new JsonObject { ["id"] = record.Id, ["deletedDate"] = record.Text("SystemModstamp") })]),
            ["earliestDateAvailable"] = FieldValues.Show(time.GetUtcNow().AddDays(-30)),
            ["latestDateCovered"] = FieldValues.Show(end),
        });
    }

    private (IReadOnlyList<SObjectRecord> Records, DateTimeOffset End) Changed(SalesforceCall call)
    {
        var type = SObjectMethods.TypeOf(call.Route["type"]);
        var (start, end) = (Moment(call, "start"), Moment(call, "end"));
        if (start >= end)
            throw new SalesforceRefusal("INVALID_REPLICATION_DATE", "startDate cannot be after or equal to endDate");
        if (start < time.GetUtcNow().AddDays(-30))
            throw new SalesforceRefusal("INVALID_REPLICATION_DATE", "startDate cannot be more than 30 days ago");
        var found = records.All(call.Actor.Org, type, withDeleted: true)
            .Where(record => FieldValues.TryMoment(record.Text("SystemModstamp") ?? "", out var at) && at >= start && at <= end).ToList();
        return (found, end);
    }

    private static DateTimeOffset Moment(SalesforceCall call, string name) =>
        // An unescaped + arrives as a blank.
        call.Parameter(name) is { } text && DateTimeOffset.TryParse(text.Replace(' ', '+'), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? at
            : throw new SalesforceRefusal("INVALID_REPLICATION_DATE", $"{name} must be a date with time such as 2026-06-19T09:41:00Z");
}
