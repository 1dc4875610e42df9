using System.Text.Json.Nodes;
using Patchbay.Sandbox.Vendors.Salesforce.Api;
using Patchbay.Sandbox.Vendors.Salesforce.Methods;
using Patchbay.Sandbox.Vendors.Salesforce.Records;
using Patchbay.Sandbox.Vendors.Salesforce.Schema;

namespace Patchbay.Sandbox.Vendors.Salesforce.Bulk;

/// <summary>jobs/ingest: CSV that becomes records, each row by itself.</summary>
internal sealed class BulkIngestMethods(RecordStore records, RecordWriter writer, RecordUpsert upserts, BulkJobs jobs) : ISalesforceMethods
{
    public IEnumerable<SalesforceRoute> Routes =>
    [
        new("POST", "jobs/ingest", Create),
        new("GET", "jobs/ingest", call => jobs.List(call, reads: false)),
        new("GET", "jobs/ingest/{id}", call => SalesforceAnswer.Ok(Finished(call).ToJson())),
        new("PATCH", "jobs/ingest/{id}", Change),
        new("DELETE", "jobs/ingest/{id}", call => jobs.Delete(call, reads: false)),
        new("PUT", "jobs/ingest/{id}/batches", Upload),
        new("GET", "jobs/ingest/{id}/successfulResults", call => Result(call, row => row.Error is null, ["sf__Id", "sf__Created"], row => [row.Id ?? "", row.Created ? "true" : "false"])),
        new("GET", "jobs/ingest/{id}/failedResults", call => Result(call, row => row.Error is not null, ["sf__Id", "sf__Error"], row => [row.Id ?? "", row.Error!])),
        new("GET", "jobs/ingest/{id}/unprocessedrecords", call => Result(call, _ => false, [], _ => [])),
    ];

    private SalesforceAnswer Create(SalesforceCall call)
    {
        if (call.Header("Content-Type")?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true)
            throw new SalesforceRefusal("UNSUPPORTED_MEDIA_TYPE", "This sandbox takes jobs as JSON and data by PUT, not both as multipart");
        var body = call.Json();
        var operation = SalesforceJson.Text(body["operation"]) ?? "";
        if (operation is not ("insert" or "update" or "upsert" or "delete" or "hardDelete"))
            throw new SalesforceRefusal("INVALIDJOB", "Unable to find operation: " + operation);
        var type = SalesforceSchema.Find(SalesforceJson.Text(body["object"]) ?? "") ?? throw new SalesforceRefusal("INVALIDENTITY", $"Unable to find object: {SalesforceJson.Text(body["object"])}");
        var key = SalesforceJson.Text(body["externalIdFieldName"]);
        if (operation == "upsert" && (key is null || type.Field(key) is not { } field || !field.ExternalId && field.Name != "Id"))
            throw new SalesforceRefusal("INVALIDJOB", $"External ID was missing or is no external id of {type.Name}: {key}");
        var job = jobs.New(call, operation, type.Name, body) with { ExternalId = operation == "upsert" ? type.Field(key!)!.Name : null };
        jobs.Put(job);
        return SalesforceAnswer.Ok(job.ToJson());
    }

    private SalesforceAnswer Upload(SalesforceCall call)
    {
        var job = jobs.Get(call, reads: false);
        if (job.State != "Open")
            throw new SalesforceRefusal("INVALIDJOBSTATE", $"Uploading to a job in state {job.State} is not allowed");
        if (job.Upload.Length > 0)
            throw new SalesforceRefusal("INVALIDJOBSTATE", "Data was uploaded to this job already");
        jobs.Put(job with { Upload = call.Body });
        return new SalesforceAnswer(StatusCodes.Status201Created, null);
    }

    private SalesforceAnswer Change(SalesforceCall call)
    {
        var job = jobs.Get(call, reads: false);
        var state = SalesforceJson.Text(call.Json()["state"]);
        if (job.State != "Open" || state is not ("UploadComplete" or "Aborted"))
            throw new SalesforceRefusal("INVALIDJOBSTATE", $"A job in state {job.State} cannot become {state}");
        jobs.Put(job = job with { State = state });
        return SalesforceAnswer.Ok(job.ToJson());
    }

    /// <summary>Whoever looks after the upload is complete finds the work done.</summary>
    private BulkJob Finished(SalesforceCall call)
    {
        var job = jobs.Get(call, reads: false);
        if (job.State == "UploadComplete")
            jobs.Put(job = Process(call.Actor, job));
        return job;
    }

    private BulkJob Process(SalesforceActor actor, BulkJob job)
    {
        if (Csv.Read(job.Upload, Csv.Delimiter(job.Delimiter)!.Value) is not { } table)
            return job with { State = "Failed", Error = "InvalidBatch : Failed to parse CSV. EOF reached before closing an opened quote" };
        if (table.Count == 0)
            return job with { State = "Failed", Error = "InvalidBatch : The content is empty" };
        var header = table[0].ConvertAll(name => name.Trim());
        if (header.Distinct(StringComparer.OrdinalIgnoreCase).Count() < header.Count)
            return job with { State = "Failed", Error = "InvalidBatch : Duplicate field name in the header" };
        var type = SalesforceSchema.Get(job.Object);
        if (header.FirstOrDefault(name => !Known(type, name)) is { } unknown)
            return job with { State = "Failed", Error = $"InvalidBatch : Field name not found : {unknown}" };
        return job with
        {
            State = "JobComplete",
            Header = header,
            Upload = "",
            Rows = [.. table.Skip(1).Select(cells => Row(actor, job, type, header, cells))],
        };
    }

    private BulkRow Row(SalesforceActor actor, BulkJob job, SObjectType type, List<string> header, List<string> cells)
    {
        try
        {
            if (cells.Count != header.Count)
                throw new SalesforceRefusal("CLIENT_ERROR", $"Number of columns ({cells.Count}) differs from the header's ({header.Count})");
            return records.AllOrNothing(() =>
            {
                var fields = Fields(job, header, cells);
                var id = Take(fields, "Id");
                switch (job.Operation)
                {
                    case "insert":
                        return new BulkRow(writer.Create(actor, type, fields).Id, true, null, cells);
                    case "upsert":
                        var key = job.ExternalId == "Id" ? id : Take(fields, job.ExternalId!);
                        var (record, created) = upserts.Run(actor, type, job.ExternalId!, key ?? "", fields);
                        return new BulkRow(record.Id, created, null, cells);
                    case "update":
                        return new BulkRow(writer.Update(actor, Find(actor, type, id), fields).Id, false, null, cells);
                    default:
                        var gone = Find(actor, type, id);
                        writer.Delete(actor, gone);
                        return new BulkRow(gone.Id, false, null, cells);
                }
            });
        }
        catch (SalesforceRefusal refusal)
        {
            return new BulkRow(null, false, $"{refusal.Error.Code}:{refusal.Error.Message}:{string.Join(',', refusal.Error.Fields)}--", cells);
        }
    }

    private SObjectRecord Find(SalesforceActor actor, SObjectType type, string? id)
    {
        if (string.IsNullOrEmpty(id))
            throw new SalesforceRefusal("MISSING_ARGUMENT", "Id not specified");
        return SalesforceIds.TryRead(id, out _) ? SObjectMethods.Find(records, actor, type, id) : throw new SalesforceRefusal("MALFORMED_ID", $"malformed id {id}");
    }

    /// <summary>An empty cell says nothing; #N/A empties the field. Account.External_Id__c names a record by its key.</summary>
    private static JsonObject Fields(BulkJob job, List<string> header, List<string> cells)
    {
        var fields = new JsonObject();
        foreach (var (name, cell) in header.Zip(cells))
        {
            if (cell.Length == 0)
                continue;
            if (name.Split('.') is [var relationship, var key])
                fields[relationship] = new JsonObject { [key] = cell };
            else
                fields[name] = cell == "#N/A" && job.Operation != "insert" ? null : cell;
        }

        return fields;
    }

    private static string? Take(JsonObject fields, string name)
    {
        var key = fields.FirstOrDefault(member => member.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Key;
        if (key is null)
            return null;
        var value = SalesforceJson.Text(fields[key]);
        fields.Remove(key);
        return value;
    }

    private static bool Known(SObjectType type, string name) => name.Split('.') switch
    {
        [var field] => type.Field(field) is not null,
        [var relationship, _] => type.Reference(relationship) is not null,
        _ => false,
    };

    private SalesforceAnswer Result(SalesforceCall call, Func<BulkRow, bool> belongs, string[] extra, Func<BulkRow, string[]> cells)
    {
        var job = Finished(call);
        var rows = job.Rows.Where(belongs).Select(row => cells(row).Concat(row.Cells));
        return new SalesforceAnswer(StatusCodes.Status200OK, null)
        {
            Csv = Csv.Write(rows.Prepend(extra.Concat(job.Header)), Csv.Delimiter(job.Delimiter)!.Value, job.LineEnd),
        };
    }
}
