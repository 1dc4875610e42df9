using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.State;
using Patchbay.Sandbox.Vendors.Salesforce.Api;
using Patchbay.Sandbox.Vendors.Salesforce.Records;
using Patchbay.Sandbox.Vendors.Salesforce.Soql;

namespace Patchbay.Sandbox.Vendors.Salesforce.Bulk;

/// <summary>jobs/query: a query whose result is fetched as CSV.</summary>
internal sealed class BulkQueryMethods(SoqlRunner soql, RecordStore records, BulkJobs jobs) : ISalesforceMethods
{
    public IEnumerable<SalesforceRoute> Routes =>
    [
        new("POST", "jobs/query", Create),
        new("GET", "jobs/query", call => jobs.List(call, reads: true)),
        new("GET", "jobs/query/{id}", call => SalesforceAnswer.Ok(Finished(call).ToJson(processed: Count(call)))),
        new("PATCH", "jobs/query/{id}", Abort),
        new("DELETE", "jobs/query/{id}", call => jobs.Delete(call, reads: true)),
        new("GET", "jobs/query/{id}/results", Results),
    ];

    private SalesforceAnswer Create(SalesforceCall call)
    {
        var body = call.Json();
        var text = SalesforceJson.Text(body["query"]) ?? throw new SalesforceRefusal("API_ERROR", "No query given");
        var operation = SalesforceJson.Text(body["operation"]);
        if (operation is not ("query" or "queryAll"))
            throw new SalesforceRefusal("API_ERROR", "operation must be query or queryAll");
        var query = SoqlParser.Parse(text);
        var result = soql.Run(call.Actor, query, call.Root);
        if (result.Groups is not null || result.CountOnly || query.Offset is not null || result.Shape.Lists.Count + result.Shape.ByType.Count > 0)
            throw new SalesforceRefusal("API_ERROR", "Bulk queries take neither aggregate functions, GROUP BY, OFFSET, TYPEOF nor nested queries");
        // The list of records stands from now on, as a job's result does.
        var job = jobs.New(call, operation, result.Shape.Type.Name, body) with
        {
            State = "UploadComplete",
            Query = text,
            Rows = [.. soql.Run(call.Actor, query, call.Root, operation == "queryAll").Records.Select(record => new BulkRow(record.Id, false, null, []))],
        };
        jobs.Put(job);
        return SalesforceAnswer.Ok(job.ToJson());
    }

    /// <summary>Work takes no time here: whoever looks finds it done.</summary>
    private BulkJob Finished(SalesforceCall call)
    {
        var job = jobs.Get(call, reads: true);
        if (job.State == "UploadComplete")
            jobs.Put(job = job with { State = "JobComplete" });
        return job;
    }

    private int Count(SalesforceCall call) => jobs.Get(call, reads: true).Rows.Count;

    private SalesforceAnswer Abort(SalesforceCall call)
    {
        var job = jobs.Get(call, reads: true);
        if (SalesforceJson.Text(call.Json()["state"]) != "Aborted")
            throw new SalesforceRefusal("API_ERROR", "A query job can only be set to Aborted");
        if (job.State != "UploadComplete")
            throw new SalesforceRefusal("INVALIDJOBSTATE", $"Aborting a job in state {job.State} is not allowed");
        jobs.Put(job = job with { State = "Aborted" });
        return SalesforceAnswer.Ok(job.ToJson());
    }

    private SalesforceAnswer Results(SalesforceCall call)
    {
        var job = Finished(call);
        if (job.State != "JobComplete")
            throw new SalesforceRefusal("INVALIDJOBSTATE", $"The job is in state {job.State}");
        var from = 0;
        if (call.Parameter("locator") is { Length: > 0 } locator && (!locator.StartsWith('P') || !int.TryParse(locator[1..], NumberStyles.None, CultureInfo.InvariantCulture, out from)))
            throw new SalesforceRefusal("API_ERROR", "Illegal locator");
        var size = int.TryParse(call.Parameter("maxRecords"), NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most > 0 ? most : 50_000;
        var query = SoqlParser.Parse(job.Query!);
        var shape = soql.Run(call.Actor, query with { Where = null, OrderBy = [], Limit = query.Items.Any(item => item is SoqlItem.FieldSet) ? 1 : 0 }, call.Root).Shape;
        var page = job.Rows.Skip(from).Take(size).Select(row => records.Get(call.Actor.Org, row.Id)).OfType<SObjectRecord>().ToList();
        var next = from + size < job.Rows.Count ? $"P{from + size}" : "null";
        return new SalesforceAnswer(StatusCodes.Status200OK, null)
        {
            Csv = Csv.Write(page.Select(shape.Cells).Prepend(shape.Headers), Csv.Delimiter(job.Delimiter)!.Value, job.LineEnd),
            Headers = [("Sforce-Locator", next), ("Sforce-NumberOfRecords", page.Count.ToString(CultureInfo.InvariantCulture))],
        };
    }
}
