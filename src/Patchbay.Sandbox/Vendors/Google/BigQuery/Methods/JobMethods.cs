using System.Text.Json.Nodes;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Jobs;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Warehouse;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Methods;

/// <summary>jobs: insert, get, list, cancel, delete. Jobs here are done when they answer.</summary>
internal sealed class JobMethods(Shelf shelf, JobRunner runner, WarehouseStore warehouse) : IBigQueryMethods
{
    public IEnumerable<BigQueryMethod> Methods =>
    [
        new("POST", "/projects/{project}/jobs", "JobService.InsertJob", BigQueryScopes.Write, Insert),
        new("GET", "/projects/{project}/jobs", "JobService.ListJobs", BigQueryScopes.Read, List),
        new("GET", "/projects/{project}/jobs/{job}", "JobService.GetJob", BigQueryScopes.Read, call => GoogleAnswer.Ok(JobShapes.Job(Find(call)))),
        new("POST", "/projects/{project}/jobs/{job}/cancel", "JobService.CancelJob", BigQueryScopes.Write, call => GoogleAnswer.Ok(new JsonObject { ["kind"] = "bigquery#jobCancelResponse", ["job"] = JobShapes.Job(Find(call)) })),
        new("DELETE", "/projects/{project}/jobs/{job}/delete", "JobService.DeleteJob", BigQueryScopes.Write, Delete),
    ];

    private JobRecord Find(BigQueryCall call)
    {
        shelf.Project(call.Project, call.Account);
        return shelf.Job(call.Project, call.Route("job"));
    }

    private GoogleAnswer Delete(BigQueryCall call)
    {
        var job = Find(call);
        warehouse.DeleteResult(job.Key);
        shelf.Delete(job);
        return new GoogleAnswer(StatusCodes.Status204NoContent, null);
    }

    private GoogleAnswer Insert(BigQueryCall call)
    {
        shelf.Project(call.Project, call.Account);
        var configuration = Wire.Object(call.Body, "configuration") ?? throw BigQueryErrors.Required("configuration");
        var reference = Wire.Object(call.Body, "jobReference");
        if (Wire.Text(reference, "projectId") is { } project && project != call.Project)
            throw BigQueryErrors.Invalid("Value for projectId in content does not agree with value in request");
        var kept = (JsonObject)configuration.DeepClone();
        var id = Wire.Text(reference, "jobId");
        if (Wire.Object(configuration, "query") is { } query)
        {
            kept["jobType"] = "QUERY";
            var dry = Wire.Flag(configuration, "dryRun") == true;
            var request = QueryRequest.Read(call, query, dry);
            if (!dry)
                return GoogleAnswer.Ok(JobShapes.Job(runner.Run(request, kept, id)));
            var outcome = runner.Dry(request);
            var job = new JobRecord
            {
                Project = call.Project, Id = "", User = call.Account.Email, Configuration = kept, Created = shelf.Now, Ended = shelf.Now, StatementType = outcome.StatementType, BytesProcessed = outcome.Bytes, Schema = outcome.Schema,
            };
            var shape = JobShapes.Job(job);
            shape.Remove("id");
            ((JsonObject)shape["jobReference"]!).Remove("jobId");
            return GoogleAnswer.Ok(shape);
        }

        if (Wire.Object(configuration, "copy") is { } copy)
        {
            kept["jobType"] = "COPY";
            return GoogleAnswer.Ok(JobShapes.Job(Copy(call, copy, runner.New(call.Project, call.Account.Email, kept, id))));
        }

        throw Wire.Object(configuration, "load") is not null || Wire.Object(configuration, "extract") is not null
            ? BigQueryErrors.Invalid("The Patchbay sandbox has no load and extract jobs: it has no Cloud Storage. Use insertAll or INSERT.")
            : BigQueryErrors.Invalid("Job configuration must contain exactly one job-specific configuration object (e.g., query, load, extract, spark), but there were 0: ");
    }

    private JobRecord Copy(BigQueryCall call, JsonObject copy, JobRecord job)
    {
        try
        {
            var sources = Wire.List(copy, "sourceTables")?.Select(table => table as JsonObject).ToList() ?? [Wire.Object(copy, "sourceTable")];
            var tables = sources.Select(source => shelf.Table(Wire.Text(source, "projectId") ?? call.Project, Wire.Text(source, "datasetId") ?? "", Wire.Text(source, "tableId") ?? "")).ToList();
            var to = Wire.Object(copy, "destinationTable") ?? throw BigQueryErrors.Required("destinationTable");
            if (tables.FirstOrDefault(table => table.Kind != "TABLE") is { } view)
                throw BigQueryErrors.Invalid($"Cannot copy a view: {view.Key}");
            if (tables.Exists(table => !table.Fields.Select(field => (field.Name, field.Type, field.Mode)).SequenceEqual(tables[0].Fields.Select(field => (field.Name, field.Type, field.Mode)))))
                throw BigQueryErrors.Invalid("Source tables have different schemas");
            var rows = tables.SelectMany(table => warehouse.Rows(table, 0, 200_000)).ToList();
            new DestinationTable(shelf, warehouse).Write(call.Account, (Wire.Text(to, "projectId") ?? call.Project, Wire.Text(to, "datasetId") ?? "", Wire.Text(to, "tableId") ?? ""),
                tables[0].Fields, rows, Wire.Text(copy, "writeDisposition") ?? "WRITE_EMPTY", Wire.Text(copy, "createDisposition") ?? "CREATE_IF_NEEDED");
            job = job with { Ended = shelf.Now };
        }
        catch (SqlError error)
        {
            job = job with { ErrorReason = error.Reason, ErrorMessage = error.Message, Ended = shelf.Now };
        }

        shelf.Put(job);
        return job;
    }

    private GoogleAnswer List(BigQueryCall call)
    {
        shelf.Project(call.Project, call.Account);
        var everyone = call.Query("allUsers") is "true" or "True";
        var states = call.Context.Request.Query["stateFilter"].OfType<string>().Select(state => state.ToUpperInvariant()).ToList();
        long Bound(string name, long otherwise) => long.TryParse(call.Query(name), out var value) ? value : otherwise;
        var (least, most) = (Bound("minCreationTime", 0), Bound("maxCreationTime", long.MaxValue));
        var all = states.Count > 0 && !states.Contains("DONE") ? [] : shelf.Jobs(call.Project).Where(job => (everyone || job.User == call.Account.Email) && job.Created >= least && job.Created <= most).ToList();
        var full = call.Query("projection").Equals("full", StringComparison.OrdinalIgnoreCase);
        var page = Paging.Page(call, "bigquery#jobList", "jobs", all, job => JobShapes.Job(job, listed: true, full));
        page["etag"] = Etags.Of(call.Project, all.Count == 0 ? 0 : all[0].Created, all.Count);
        return GoogleAnswer.Ok(page);
    }
}
