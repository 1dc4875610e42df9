using System.Text.Json.Nodes;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Jobs;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Warehouse;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Methods;

/// <summary>jobs.query and jobs.getQueryResults.</summary>
internal sealed class QueryMethods(Shelf shelf, JobRunner runner, WarehouseStore warehouse) : IBigQueryMethods
{
    /// <summary>What one page may hold, in bytes of JSON: 10 MB as at BigQuery.</summary>
    private const long MaxPage = 10_000_000;

    /// <summary>requestId → job, so that a repeated request is answered and not run again.</summary>
    private readonly Dictionary<string, string> requests = [];

    public IEnumerable<BigQueryMethod> Methods =>
    [
        new("POST", "/projects/{project}/queries", "JobService.Query", BigQueryScopes.Read, Query),
        new("GET", "/projects/{project}/queries/{job}", "JobService.GetQueryResults", BigQueryScopes.Read, Results),
    ];

    private GoogleAnswer Query(BigQueryCall call)
    {
        Project(call);
        var dry = Wire.Flag(call.Body, "dryRun") == true;
        var request = QueryRequest.Read(call, call.Body, dry);
        var size = Paging.Size(Wire.Text(call.Body, "maxResults") ?? "", int.MaxValue, int.MaxValue);
        if (dry)
        {
            var outcome = runner.Dry(request);
            return GoogleAnswer.Ok(new JsonObject
            {
                ["kind"] = "bigquery#queryResponse",
                ["schema"] = Schemas.Json(outcome.Schema),
                ["jobReference"] = new JsonObject { ["projectId"] = call.Project, ["location"] = "US" },
                ["totalBytesProcessed"] = $"{outcome.Bytes}",
                ["jobComplete"] = true,
                ["cacheHit"] = false,
            });
        }

        var key = Wire.Text(call.Body, "requestId") is { Length: > 0 } id ? $"{call.Account.Id}/{call.Project}/{id}" : null;
        var job = key is not null && requests.TryGetValue(key, out var known) ? shelf.FindJob(call.Project, known) : null;
        job ??= runner.Run(request, Configuration(call.Body), null);
        if (job.ErrorReason is { } reason)
            throw new SqlError(job.ErrorMessage!, reason);
        if (key is not null)
        {
            if (requests.Count > 1000)
                requests.Clear();
            requests[key] = job.Id;
        }

        var body = Page(job, "bigquery#queryResponse", 0, size, Cells.For(call.FormatOptions));
        body["queryId"] = job.Id;
        // A short query may go without a job when the caller says so; a further page needs one.
        if (Wire.Text(call.Body, "jobCreationMode") == "JOB_CREATION_OPTIONAL" && !body.ContainsKey("pageToken"))
            body.Remove("jobReference");
        return GoogleAnswer.Ok(body);
    }

    private static JsonObject Configuration(JsonObject body)
    {
        var query = new JsonObject();
        foreach (var name in (string[])["query", "useLegacySql", "defaultDataset", "queryParameters", "parameterMode", "maximumBytesBilled", "useQueryCache"])
        {
            if (Wire.Member(body, name) is { } value)
                query[name] = value.DeepClone();
        }

        var configuration = new JsonObject { ["jobType"] = "QUERY", ["query"] = query };
        if (Wire.Object(body, "labels") is { } labels)
            configuration["labels"] = labels.DeepClone();
        return configuration;
    }

    private void Project(BigQueryCall call)
    {
        try
        {
            shelf.Project(call.Project, call.Account);
        }
        catch (SqlError)
        {
            throw BigQueryErrors.Denied($"Project {call.Project}: User does not have bigquery.jobs.create permission in project {call.Project}.");
        }
    }

    private GoogleAnswer Results(BigQueryCall call)
    {
        shelf.Project(call.Project, call.Account);
        var job = shelf.Job(call.Project, call.Route("job"));
        if (call.Query("location") is { Length: > 0 } location && !location.Equals(job.Location, StringComparison.OrdinalIgnoreCase))
            throw BigQueryErrors.NotFound($"Job {call.Project}:{location}.{job.Id}");
        if (Wire.Object(job.Configuration, "query") is null)
            throw BigQueryErrors.Invalid($"Cannot get query results of a job that is no query: {job.Key}");
        if (job.ErrorReason is { } reason)
            throw new SqlError(job.ErrorMessage!, reason);
        var start = call.Query("pageToken") is { Length: > 0 } token ? Paging.Position(token) : long.TryParse(call.Query("startIndex"), out var index) && index >= 0 ? index : 0;
        var body = Page(job, "bigquery#getQueryResultsResponse", start, Paging.Size(call.Query("maxResults"), int.MaxValue, int.MaxValue), Cells.For(call.FormatOptions));
        body["etag"] = Etags.Of(job.Key, job.Ended, start);
        return GoogleAnswer.Ok(body);
    }

    private JsonObject Page(JobRecord job, string kind, long start, int size, Cells cells)
    {
        var body = new JsonObject { ["kind"] = kind };
        if (job.StatementType == "SELECT")
            body["schema"] = Schemas.Json(job.Schema);
        body["jobReference"] = JobShapes.Reference(job);
        if (job.StatementType == "SELECT")
        {
            var types = job.Schema.ConvertAll(Schemas.Type);
            var all = warehouse.Result(job.ResultOf ?? job.Key) ?? throw BigQueryErrors.NotFound($"The result of job {job.Key} is not kept any more");
            var (rows, bytes, at) = (new JsonArray(), 0L, start);
            for (; at < all.Count && rows.Count < size && (bytes < MaxPage || rows.Count == 0); at++)
            {
                rows.Add((JsonNode)cells.Row(all[(int)at], types));
                bytes += 10 + all[(int)at].Sum(value => 10L + (value as string ?? "").Length);
            }

            body["totalRows"] = $"{job.TotalRows}";
            if (rows.Count > 0)
                body["rows"] = rows;
            if (at < all.Count)
                body["pageToken"] = Paging.Token(at);
        }
        else if (Wire.Text(job.More, "numDmlAffectedRows") is { } affected)
        {
            body["schema"] = Schemas.Json([]);
            body["numDmlAffectedRows"] = affected;
            body["dmlStats"] = Wire.Object(job.More, "dmlStats")?.DeepClone();
            body["totalRows"] = "0";
        }
        else
        {
            body["totalRows"] = "0";
        }

        body["totalBytesProcessed"] = $"{job.BytesProcessed}";
        body["totalBytesBilled"] = $"{job.BytesBilled}";
        body["jobComplete"] = true;
        body["cacheHit"] = job.CacheHit;
        body["creationTime"] = $"{job.Created}";
        body["startTime"] = $"{job.Created}";
        body["endTime"] = $"{job.Ended}";
        body["location"] = job.Location;
        return body;
    }
}
