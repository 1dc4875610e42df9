using System.Text.Json.Nodes;
using Patchbay.Sandbox.State;
using Patchbay.Sandbox.Vendors.Salesforce.Api;
using Patchbay.Sandbox.Vendors.Salesforce.Records;

namespace Patchbay.Sandbox.Vendors.Salesforce.Bulk;

/// <summary>Where jobs are kept.</summary>
internal sealed class BulkJobs(Store store, RecordStore records, TimeProvider time)
{
    private readonly Collection<BulkJob> jobs = new(store, "salesforce.job");

    public void Clear() => jobs.Clear();

    public BulkJob New(SalesforceCall call, string operation, string objectName, JsonObject body)
    {
        var delimiter = SalesforceJson.Text(body["columnDelimiter"]) ?? "COMMA";
        var lineEnding = SalesforceJson.Text(body["lineEnding"]) ?? "LF";
        if (Csv.Delimiter(delimiter) is null || lineEnding is not ("LF" or "CRLF") || (SalesforceJson.Text(body["contentType"]) ?? "CSV") != "CSV")
            throw new SalesforceRefusal("API_ERROR", "contentType must be CSV, lineEnding LF or CRLF, columnDelimiter one of COMMA, SEMICOLON, TAB, PIPE, CARET, BACKQUOTE");
        return new BulkJob
        {
            Id = records.NewId("750"),
            Org = call.Actor.Org,
            CreatedBy = call.Actor.UserId,
            CreatedDate = FieldValues.Show(time.GetUtcNow()),
            Operation = operation,
            Object = objectName,
            Version = call.Version,
            Delimiter = delimiter,
            LineEnding = lineEnding,
            State = "Open",
        };
    }

    public void Put(BulkJob job) => jobs.Put(job.Id, job, job.Org, job.Id);

    public BulkJob Get(SalesforceCall call, bool reads) =>
        SalesforceIds.TryRead(call.Route["id"], out var id) && jobs.Get(id) is { } job && job.Org == call.Actor.Org && job.Reads == reads
            ? job
            : throw new SalesforceRefusal(SalesforceError.NotFound);

    public SalesforceAnswer List(SalesforceCall call, bool reads) => SalesforceAnswer.Ok(new JsonObject
    {
        ["done"] = true,
        ["records"] = new JsonArray([.. jobs.List(call.Actor.Org).Where(job => job.Reads == reads).Select(job => (JsonNode)job.ToJson())]),
        ["nextRecordsUrl"] = null,
    });

    public SalesforceAnswer Delete(SalesforceCall call, bool reads)
    {
        var job = Get(call, reads);
        if (job.State is "Open" or "UploadComplete" && !reads)
            throw new SalesforceRefusal("INVALIDJOBSTATE", $"Deleting a job in state {job.State} is not allowed");
        jobs.Delete(job.Id);
        return SalesforceAnswer.NoContent;
    }
}
