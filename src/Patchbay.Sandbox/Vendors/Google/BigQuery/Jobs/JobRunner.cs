using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.State;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Warehouse;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Jobs;

/// <summary>Runs queries as jobs: with a record of each, a cache of results, and a table for them where one is asked for.</summary>
internal sealed class JobRunner(Shelf shelf, WarehouseStore warehouse, TimeProvider time)
{
    private static readonly TimeSpan CacheLife = TimeSpan.FromHours(24);
    private readonly StatementRunner statements = new(shelf, warehouse, time);
    private readonly Dictionary<string, string> cache = [];

    /// <summary>Without running anything; errors are thrown.</summary>
    public QueryOutcome Dry(QueryRequest request) => statements.Run(request with { DryRun = true });

    /// <summary>Runs a query and puts its job on the shelf, failed or not.</summary>
    public JobRecord Run(QueryRequest request, JsonObject configuration, string? id)
    {
        var job = New(request.Project, request.Account.Email, configuration, id);
        try
        {
            var known = request.UseCache && request.Destination is null ? Cached(request) : null;
            job = known is null ? Finish(job, request, statements.Run(request)) : job with
            {
                StatementType = known.StatementType, CacheHit = true, Schema = known.Schema, TotalRows = known.TotalRows, ResultOf = known.ResultOf ?? known.Key, Ended = shelf.Now, More = known.More?.DeepClone() as JsonObject,
            };
        }
        catch (SqlError error)
        {
            job = job with { ErrorReason = error.Reason, ErrorMessage = error.Message, Ended = shelf.Now };
        }

        shelf.Put(job);
        return job;
    }

    public JobRecord New(string project, string user, JsonObject configuration, string? id)
    {
        id ??= "job_" + Secrets.Base64Url(RandomNumberGenerator.GetBytes(21)).Replace('-', '_');
        if (id.Length > 1024 || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
            throw BigQueryErrors.Invalid($"Invalid job ID \"{id}\"");
        if (shelf.FindJob(project, id) is not null)
            throw BigQueryErrors.Exists($"Job {project}:US.{id}");
        return new JobRecord { Project = project, Id = id, User = user, Configuration = configuration, Created = shelf.Now };
    }

    /// <summary>A result of the same question over unchanged tables, not older than a day.</summary>
    private JobRecord? Cached(QueryRequest request)
    {
        if (!cache.TryGetValue(Key(request), out var remembered) || remembered.Split('\n') is not [var project, var id, var revisions])
            return null;
        return shelf.FindJob(project, id) is { } job && job.Ended >= shelf.Now - (long)CacheLife.TotalMilliseconds && revisions == Revisions(job) && warehouse.Result(job.ResultOf ?? job.Key) is not null ? job : null;
    }

    private static string Key(QueryRequest request) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(request.CacheKey)));

    private string Revisions(JobRecord job) => string.Join(',', (Wire.List(job.More, "referencedTables") ?? []).Select(table =>
        shelf.FindTable(Wire.Text(table, "projectId") ?? "", Wire.Text(table, "datasetId") ?? "", Wire.Text(table, "tableId") ?? "") is { } found ? $"{found.Physical}:{found.Revision}:{found.Modified}" : "gone"));

    private JobRecord Finish(JobRecord job, QueryRequest request, QueryOutcome outcome)
    {
        var more = new JsonObject();
        if (outcome.Referenced.Count > 0)
            more["referencedTables"] = new JsonArray([.. outcome.Referenced.Select(table => (JsonNode)Reference(table))]);
        if (outcome.Changed is { } changed)
        {
            more["numDmlAffectedRows"] = $"{changed.Inserted + changed.Updated + changed.Deleted}";
            more["dmlStats"] = new JsonObject { ["insertedRowCount"] = $"{changed.Inserted}", ["updatedRowCount"] = $"{changed.Updated}", ["deletedRowCount"] = $"{changed.Deleted}" };
        }

        if (outcome.Ddl is { } operation)
        {
            more["ddlOperationPerformed"] = operation;
            if (outcome.Target is { Table.Length: > 0 } target)
                more["ddlTargetTable"] = Reference(target);
            else if (outcome.Target is { } dataset)
                more["ddlTargetDataset"] = new JsonObject { ["projectId"] = dataset.Project, ["datasetId"] = dataset.Dataset };
        }

        job = job with
        {
            StatementType = outcome.StatementType, Schema = outcome.Schema, TotalRows = outcome.Rows.Count, BytesProcessed = outcome.Bytes,
            BytesBilled = StatementRunner.Billed(outcome.Bytes, outcome.Referenced.Count), More = more, Ended = shelf.Now,
        };
        if (outcome.StatementType != "SELECT")
            return job;
        if (request.Destination is { } destination)
            new DestinationTable(shelf, warehouse).Write(request, destination, outcome);
        warehouse.SaveResult(job.Key, outcome.Rows);
        if (!outcome.Volatile && request.Destination is null)
        {
            if (cache.Count > 500)
                cache.Clear();
            cache[Key(request)] = $"{job.Project}\n{job.Id}\n{Revisions(job)}";
        }

        return job;
    }

    private static JsonObject Reference((string Project, string Dataset, string Table) table) =>
        new() { ["projectId"] = table.Project, ["datasetId"] = table.Dataset, ["tableId"] = table.Table };
}
