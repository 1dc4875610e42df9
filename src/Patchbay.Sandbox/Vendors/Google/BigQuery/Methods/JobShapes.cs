using System.Text.Json.Nodes;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Warehouse;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Methods;

/// <summary>Jobs and results as replies show them.</summary>
internal static class JobShapes
{
    public static JsonObject Reference(JobRecord job) => new() { ["projectId"] = job.Project, ["jobId"] = job.Id, ["location"] = job.Location };

    public static JsonObject Status(JobRecord job)
    {
        var status = new JsonObject { ["state"] = "DONE" };
        if (job.ErrorReason is { } reason)
        {
            status["errorResult"] = BigQueryErrors.Proto(reason, job.ErrorMessage!);
            status["errors"] = new JsonArray(BigQueryErrors.Proto(reason, job.ErrorMessage!));
        }

        return status;
    }

    public static JsonObject Statistics(JobRecord job)
    {
        var statistics = new JsonObject { ["creationTime"] = $"{job.Created}", ["startTime"] = $"{job.Created}", ["endTime"] = $"{job.Ended}", ["finalExecutionDurationMs"] = $"{job.Ended - job.Created}" };
        if (Wire.Object(job.Configuration, "query") is null || job.ErrorReason is not null)
            return statistics;
        statistics["totalBytesProcessed"] = $"{job.BytesProcessed}";
        var query = job.More?.DeepClone() as JsonObject ?? [];
        query["totalBytesProcessed"] = $"{job.BytesProcessed}";
        query["totalBytesBilled"] = $"{job.BytesBilled}";
        query["cacheHit"] = job.CacheHit;
        query["statementType"] = job.StatementType;
        if (job.StatementType == "SELECT" && job.Schema.Count > 0)
            query["schema"] = Schemas.Json(job.Schema);
        statistics["query"] = query;
        return statistics;
    }

    /// <param name="listed">In a list the state stands outside too, and the configuration is there only with projection=full.</param>
    public static JsonObject Job(JobRecord job, bool listed = false, bool full = true)
    {
        var body = new JsonObject
        {
            ["kind"] = "bigquery#job",
            ["id"] = $"{job.Project}:{job.Location}.{job.Id}",
            ["jobReference"] = Reference(job),
            ["statistics"] = Statistics(job),
            ["status"] = Status(job),
            ["user_email"] = job.User,
            ["principal_subject"] = $"user:{job.User}",
        };
        if (listed)
        {
            body["state"] = "DONE";
            if (job.ErrorReason is not null)
                body["errorResult"] = BigQueryErrors.Proto(job.ErrorReason, job.ErrorMessage!);
        }
        else
        {
            body["etag"] = Etags.Of(job.Key, job.Ended);
            body["selfLink"] = $"https://bigquery.googleapis.com/bigquery/v2/projects/{job.Project}/jobs/{job.Id}?location={job.Location}";
            body["jobCreationReason"] = new JsonObject { ["code"] = "REQUESTED" };
        }

        if (full)
            body["configuration"] = job.Configuration.DeepClone();
        return body;
    }
}
